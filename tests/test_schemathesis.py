"""Valid and invalid requests, generated from the OpenAPI document: the document describes every response of the sandbox."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from sparkbot.openapi import document
from sparkbot.operations import all_operations
from sparkbot.sandbox import Sandbox
from tests import sample_arguments as known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

    Json = dict[str, Any]

KEY = "canary0key"
EXAMPLES = 4
CHECKS = [checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance]
# Ids in paths. The sandbox has most of them, so that most requests succeed. The second device has no session.
IN_PATH: dict[str, list[str]] = {
    "campaign": [known.CAMPAIGN, known.RUNNING],
    "channel": [known.CHANNEL],
    "contact": [known.CONTACT],
    "device": [known.DEVICE, known.NEW_DEVICE, known.UNKNOWN_ID],
    "group": [known.GROUP],
    "status": [known.POST, known.WAITING_POST],
    "webhook": [known.WEBHOOK],
    "wid": [known.CONTACT, known.GROUP],
}
# Path parameters with another meaning in chats.
IN_CHAT = {"file": [known.CHAT_FILE], "message": [known.SENT, known.RECEIVED]}
ELSEWHERE = {"file": [known.FILE], "message": [known.WAITING]}
# Ids in bodies and queries.
IN_REQUEST = {"agent": known.AGENT, "agents": known.AGENT, "department": known.DEPARTMENT, "device": known.DEVICE}


def with_known_ids(openapi_document: Json) -> Json:
    # An invalid key is rejected before anything else is checked.
    del openapi_document["security"], openapi_document["components"]["securitySchemes"]
    for path, item in openapi_document["paths"].items():
        ids = IN_PATH | (IN_CHAT if path.startswith("/chat/") else ELSEWHERE)
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["schema"]["enum"] = ids[parameter["name"]]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                name_in_body(content["schema"])
    for schema in openapi_document["components"]["schemas"].values():
        name_in_body(schema)
    return openapi_document


def name_in_body(schema: Json) -> None:
    for name, inner in schema.get("properties", {}).items():
        item = inner.get("items", inner)
        if name in IN_REQUEST and item.get("pattern"):
            item["enum"] = [IN_REQUEST[name], known.UNKNOWN_ID]


SCHEMA = schemathesis.openapi.from_dict(with_known_ids(document()))
OPERATIONS = {result.ok().label: result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok)}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(api_key=KEY) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture(scope="module")
def statuses() -> Counter[int]:
    return Counter()


def test_document_has_every_operation() -> None:
    paths = {f"{row['method']} {row['path']}" for row in all_operations() if row["path"]}
    assert set(OPERATIONS) == paths
    # 135 of the known operations, and `team.me`.
    assert len(paths) == 136


#: A request without parameters can't be invalid.
CASES = [
    (label, mode)
    for label in sorted(OPERATIONS)
    for mode in GenerationMode
    if (label, mode) != ("GET /me", GenerationMode.NEGATIVE)
]


@pytest.mark.parametrize(("label", "mode"), CASES)
def test_document_describes_every_response(
    label: str, mode: GenerationMode, sandbox: Sandbox, session: requests.Session, statuses: Counter[int]
) -> None:
    @settings(
        derandomize=True,
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        # No shrinking: it takes longer than all other requests.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def send(case: Case[Any]) -> None:
        known.fill(sandbox)
        response = case.call(base_url=sandbox.url, headers={"Token": KEY}, session=session)
        case.validate_response(response, checks=CHECKS)
        assert response.status_code != 401
        if response.status_code >= 500:
            # Only a device without a session is a server error.
            assert response.status_code == 503
            assert known.NEW_DEVICE in sandbox.requests[-1]["path"]
        statuses[response.status_code // 100] += 1

    send()


def test_many_requests_succeed_and_many_fail(statuses: Counter[int]) -> None:
    assert statuses[2] > len(OPERATIONS)
    assert statuses[4] > len(OPERATIONS)
    assert statuses[5] > 0
