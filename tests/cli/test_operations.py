"""`sparkbot operations`: the list, the search, and the OpenAPI document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from tests.request_asserts import Expected
from tests.sample_arguments import everything, minimal

from sparkbot.cli import main
from sparkbot.openapi import document
from sparkbot.operations import all_operations

if TYPE_CHECKING:
    Row = dict[str, Any]

ROWS: dict[str, Row] = {row["name"]: row for row in all_operations()}
DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
DOCUMENT = document()
OPERATIONS = [(path, method, one) for path, ways in DOCUMENT["paths"].items() for method, one in ways.items()]


def printed(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    assert main(["operations", *line]) == 0
    return capsys.readouterr().out


def test_all_148_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys).splitlines()
    assert sum(not line.rstrip().endswith("assumed") for line in lines[1:]) == 148
    assert len(lines[1:]) == len(ROWS)
    free = next(line for line in lines if "Other:Send API request" in line)
    assert free.split() == ["request", "Other:Send", "API", "request", "observed"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("SET_STATUS", "chats.set_status"),
        ("unassign chat", "chats.unassign"),
        ("/numbers/exists", "numbers.exists"),
        ("schedule a text", "send.scheduled"),
        ("send api request", "request"),
    ],
)
def test_names_titles_paths_and_summaries_are_searched(word: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(printed(capsys, word, "--json"))
    assert name in [row["name"] for row in rows]
    assert len(rows) < 20


@pytest.mark.parametrize("form", [[], ["--json"], ["--markdown"]])
def test_no_match_is_said_on_standard_error(form: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operations", "nothing of it", *form]) == 0
    assert capsys.readouterr().err == "No operation has 'nothing of it' in its name, title, path or summary.\n"


def test_json_has_the_complete_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(printed(capsys, "--json")) == all_operations()


def test_openapi_document_is_valid(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKBOT_BASE_URL", raising=False)
    document = json.loads(printed(capsys, "--openapi"))
    validate(document)
    assert document == DOCUMENT
    assert document["openapi"] == "3.1.0"
    assert document["servers"][0]["url"] == "https://{host}/v1"


def test_openapi_server_is_from_the_environment(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKBOT_BASE_URL", "http://127.0.0.1:8080/v1/")
    document = json.loads(printed(capsys, "queue", "--openapi"))
    validate(document)
    assert document["servers"] == [{"url": "http://127.0.0.1:8080/v1"}]
    assert 0 < len(document["paths"]) < len(DOCUMENT["paths"])


def test_openapi_has_every_operation() -> None:
    documented = {
        (entry["operationId"], entry["x-title"], method.upper(), path)
        for path, method, one in OPERATIONS
        for entry in one.get("x-operations", [one])
    }
    assert documented == {(row["name"], row["title"], row["method"], row["path"]) for row in ROWS.values() if row["path"]}
    # 135 of the known operations, and `team.me`.
    assert len(OPERATIONS) == 136
    assert len({one["operationId"] for _, _, one in OPERATIONS}) == 136


def test_openapi_requires_the_token() -> None:
    assert DOCUMENT["security"] == [{"token": []}]
    scheme = DOCUMENT["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "header", "Token")


def body_problems(operation: dict[str, Any], body: Any) -> list[str]:
    """The schema violations of a JSON body."""
    schema = {**operation["requestBody"]["content"]["application/json"]["schema"], "components": DOCUMENT["components"]}
    return [error.message for error in OAS31Validator(schema).iter_errors(body)]


def operation_of(row: Row) -> dict[str, Any]:
    operation: dict[str, Any] = DOCUMENT["paths"][row["path"]][row["method"].lower()]
    return operation


@pytest.mark.parametrize("name", [name for name in ROWS if name != "request" and ROWS[name]["confidence"] != "assumed"])
def test_client_requests_match_openapi(name: str) -> None:
    row = ROWS[name]
    operation = operation_of(row)
    declared = {query["name"]: query for query in operation.get("parameters", []) if query["in"] == "query"}
    for arguments in [minimal(row), *everything(row)]:
        request = Expected(row, arguments)
        assert set(request.query) <= set(declared)
        assert {key for key, query in declared.items() if query["required"]} <= set(request.query)
        for parameter in row["parameters"]:
            if parameter["in"] == "query" and parameter["wire_name"] in request.query:
                schema = declared[parameter["wire_name"]]["schema"]
                OAS31Validator(schema).validate(arguments[parameter["name"]])
        if request.body is not None and request.file is None:
            assert body_problems(operation, request.body) == []


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("chats.set_status", {"status": "resolve"}),
        ("chats.set_status", {}),
        ("chats.assign", {}),
        ("contacts.upsert_metadata", []),
        ("contacts.upsert_metadata", [{"key": "a b", "value": "x"}]),
        ("contacts.upsert_metadata", [{"key": "tier", "value": "x" * 301}]),
        ("queue.route", {"device": "short"}),
        ("send.text", {"device": DEVICE, "message": "no receiver"}),
        ("send.text", {"device": DEVICE, "phone": "+447362053576", "message": "x", "unheard": 1}),
        (
            "send.text",
            {"device": DEVICE, "phone": "+447362053576", "chat": "447362053576@c.us", "message": "x"},
        ),
        ("files.upload", {"filename": "no file"}),
    ],
)
def test_invalid_requests_do_not_match_openapi(name: str, body: Any) -> None:
    assert body_problems(operation_of(ROWS[name]), body) != []


def test_openapi_upload_is_multipart_or_json() -> None:
    content = operation_of(ROWS["files.upload"])["requestBody"]["content"]
    assert set(content) == {"application/json", "multipart/form-data"}
    form = content["multipart/form-data"]["schema"]
    assert form["properties"]["file"]["contentMediaType"] == "application/octet-stream"
    assert form["required"] == ["file"]
    assert "url" not in form["properties"]


def test_openapi_responses_allow_additional_fields() -> None:
    response = operation_of(ROWS["devices.get"])["responses"]["2XX"]["content"]["application/json"]["schema"]
    schema = {**response, "components": DOCUMENT["components"]}
    OAS31Validator(schema).validate({"id": "a", "unheard": [1], "session": {"status": "online"}})
    assert not OAS31Validator(schema).is_valid({"id": 1})


def test_import_is_lazy() -> None:
    import subprocess
    import sys

    program = "import sys, sparkbot; print([name for name in sys.modules if name in ('sparkbot.openapi', 'sparkbot.operations')])"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"
