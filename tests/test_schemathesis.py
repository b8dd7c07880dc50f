"""Requests made from the exported OpenAPI document, right ones and wrong ones: every answer of the sandbox is in the document."""

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
from tests import sandbox_arguments as known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

    Json = dict[str, Any]

KEY = "canary0key"
EXAMPLES = 4
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
CHECKS = [checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance]
NOWHERE = "64f0c2a91b7e4d5f8a3b6fff"
# What stands in a path: of what the sandbox has, so that most calls come through. The last number has no session.
IN_PATH: dict[str, list[str]] = {
    "campaign": [known.CAMPAIGN, known.RUNNING],
    "channel": [known.CHANNEL],
    "contact": [known.CONTACT],
    "device": [known.DEVICE, known.NEW_DEVICE, NOWHERE],
    "group": [known.GROUP],
    "status": [known.POST, known.WAITING_POST],
    "webhook": [known.WEBHOOK],
    "wid": [known.CONTACT, known.GROUP],
}
# The same words mean other things in a chat.
IN_CHAT = {"file": [known.CHAT_FILE], "message": [known.SENT, known.RECEIVED]}
ELSEWHERE = {"file": [known.FILE], "message": [known.WAITING]}
# What the account has, wherever a body or query names it.
IN_REQUEST = {"agent": known.AGENT, "agents": known.AGENT, "department": known.DEPARTMENT, "device": known.DEVICE}


def with_known_ids(made: Json) -> Json:
    # A wrong key is refused before anything is looked at.
    del made["security"], made["components"]["securitySchemes"]
    for path, item in made["paths"].items():
        ids = IN_PATH | (IN_CHAT if path.startswith("/chat/") else ELSEWHERE)
        for operation in item.values():
            for one in operation.get("parameters", ()):
                if one["in"] == "path":
                    one["schema"]["enum"] = ids[one["name"]]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                name_in_body(content["schema"])
    for schema in made["components"]["schemas"].values():
        name_in_body(schema)
    return made


def name_in_body(schema: Json) -> None:
    for name, inner in schema.get("properties", {}).items():
        found = inner.get("items", inner)
        if name in IN_REQUEST and found.get("pattern"):
            found["enum"] = [IN_REQUEST[name], NOWHERE]


SCHEMA = schemathesis.openapi.from_dict(with_known_ids(document()))
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)}


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


def test_every_operation_of_the_document_is_asked() -> None:
    paths = {f"{row['method']} {row['path']}" for row in all_operations() if row["path"]}
    assert set(OPERATIONS) == paths
    assert len(paths) == 135


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_no_answer_lies_outside_the_document(
    label: str, sandbox: Sandbox, session: requests.Session, statuses: Counter[int]
) -> None:
    for mode in MODES:
        ask(label, mode, sandbox, session, statuses)


def ask(label: str, mode: GenerationMode, sandbox: Sandbox, session: requests.Session, statuses: Counter[int]) -> None:
    @settings(
        derandomize=True,
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        # A failing request is shown as it was made; to look for a smaller one takes longer than all the others.
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
            assert_offline(sandbox, response.status_code)
        statuses[response.status_code // 100] += 1

    send()


def assert_offline(sandbox: Sandbox, status: int) -> None:
    """Nothing but a number without a session is a failure of the service."""
    ask = sandbox.requests[-1]
    assert status == 503
    assert known.NEW_DEVICE in ask["path"]


def test_many_requests_came_through_and_many_did_not(statuses: Counter[int]) -> None:
    assert statuses[2] > len(OPERATIONS)
    assert statuses[4] > len(OPERATIONS)
    assert statuses[5] > 0
