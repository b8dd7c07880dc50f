"""Keys, forms of requests, errors in the API's shape, the journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .conftest import CONTACT, DEVICE, Talk

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

DEVICES = "/devices?size=1"


@pytest.mark.parametrize(
    "header", [{"Token": "sandbox-key"}, {"authorization": "Bearer sandbox-key"}, {"Authorization": "sandbox-key"}]
)
def test_the_key_is_taken_in_each_header(talk: Talk, header: dict[str, str]) -> None:
    assert talk("GET", DEVICES, headers=header).status == 200


def test_the_key_is_taken_in_the_query(talk: Talk, sandbox: Sandbox) -> None:
    assert talk("GET", f"{DEVICES}&token=sandbox-key", headers={}).status == 200
    assert sandbox.requests[-1]["unknown_query"] == []


@pytest.mark.parametrize(
    "header", [{}, {"Token": "wrong"}, {"Token": "Token sandbox-key"}, {"Token": ""}, {"Authorization": "Basic sandbox-key"}]
)
def test_anything_else_is_unauthorized(talk: Talk, header: dict[str, str]) -> None:
    answer = talk("GET", DEVICES, headers=header)
    assert (answer.status, answer.message) == (401, "Unauthorized")


def test_ids_in_the_path_may_be_encoded(talk: Talk) -> None:
    encoded = talk("GET", f"/chat/{DEVICE}/contacts/{CONTACT.replace('@', '%40')}")
    assert encoded.json["wid"] == CONTACT
    assert talk("GET", f"/chat/{DEVICE}/contacts/{CONTACT}").json == encoded.json


def test_a_json_type_without_a_body_is_fine(talk: Talk) -> None:
    headers = talk.headers | {"Content-Type": "application/json"}
    assert talk("DELETE", f"/chat/{DEVICE}/chats/{CONTACT}/owner", headers=headers).status == 200


def test_other_methods_are_named(talk: Talk) -> None:
    answer = talk("DELETE", "/devices")
    assert (answer.status, answer.message, answer.headers["allow"]) == (405, "Method not allowed", "GET, POST")


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        ("GET", "/devices/123", None, "Invalid device"),
        ("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "done"}, "Invalid status value"),
        ("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", "{", "Invalid JSON body"),
        ("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", None, "status is required"),
        ("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}/metadata", [], "metadata must have at least 1 item"),
        ("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}/metadata", {"a": "b"}, "metadata must be a list of {key, value}"),
        ("GET", f"/chat/{DEVICE}/chats?size=0", None, "size must be at least 1"),
    ],
)
def test_mistakes_are_named(talk: Talk, method: str, path: str, body: object, message: str) -> None:
    answer = talk(method, path, body)
    assert (answer.status, answer.message) == (400, message)
    assert answer.json["errors"][0]["location"].split(".")[0] in {"path", "query", "body"}


def test_a_wrong_phone_has_its_code(talk: Talk) -> None:
    assert talk("POST", f"/chat/{DEVICE}/contacts", {"phone": "07"}).json["errorCode"] == "phone:invalid"


def test_the_journal_has_what_was_on_the_wire(talk: Talk, sandbox: Sandbox) -> None:
    talk("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT.replace('@', '%40')}/metadata?a=1&b=%2C", [{"key": "k", "value": "é"}])
    talk("GET", "/nothing")
    first, second = sandbox.requests
    assert (first["method"], first["path"]) == ("PATCH", f"/v1/chat/{DEVICE}/contacts/447362053576%40c.us/metadata")
    assert (first["query"], first["unknown_query"]) == ([("a", "1"), ("b", ",")], ["a", "b"])
    assert (first["body"], first["operation"], first["status"]) == ([{"key": "k", "value": "é"}], "contacts.upsert_metadata", 200)
    assert (first["index"], first["request_id"], first["headers"]["token"]) == (0, "sandbox-00000000", "***")
    assert (second["operation"], second["status"], second["body"]) == (None, 404, None)
    assert first["connection"] == second["connection"]
    assert first["elapsed_ms"] >= 0


def test_the_key_is_nowhere_in_the_journal(talk: Talk, sandbox: Sandbox) -> None:
    talk(
        "GET",
        "/devices?token=sandbox-key&search=sandbox-key",
        headers={"X-Note": "sandbox-key", "Authorization": "Bearer sandbox-key"},
    )
    talk("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "sandbox-key"})
    assert sandbox.api_key not in json.dumps(sandbox.requests)
    assert sandbox.requests[0]["headers"]["authorization"] == "Bearer ***"


def test_connections_are_numbered(sandbox: Sandbox, talk: Talk) -> None:
    with Talk(sandbox, talk.headers) as other:
        for one in (talk, other, talk):
            one("GET", DEVICES)
    numbers = [request["connection"] for request in sandbox.requests]
    assert numbers[0] == numbers[2] != numbers[1]


def test_the_journal_keeps_the_last_ten_thousand(talk: Talk, sandbox: Sandbox) -> None:
    connection = talk.connection
    connection.connect()
    assert connection.sock is not None
    batch = b"GET /v1/nothing HTTP/1.1\r\nhost: sandbox\r\n\r\n" * 67
    answers = b""
    for _ in range(150):
        connection.sock.sendall(batch)
    while answers.count(b"HTTP/1.1 401") < 67 * 150:
        answers = answers + connection.sock.recv(1 << 20)
    requests = sandbox.requests
    assert (len(requests), requests[0]["index"], requests[-1]["index"]) == (10_000, 50, 10_049)


def test_answers_have_ids_that_repeat_after_a_reset(talk: Talk, sandbox: Sandbox) -> None:
    def ids() -> list[str]:
        return [talk("GET", DEVICES).headers["x-request-id"] for _ in range(2)]

    first = ids()
    sandbox.reset()
    assert ids() == first == ["sandbox-00000000", "sandbox-00000001"]
