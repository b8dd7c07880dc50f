"""API keys, encodings of requests, errors in the API's shape, the request log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .conftest import CONTACT, DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

DEVICES = "/devices?size=1"


@pytest.mark.parametrize(
    "header", [{"Token": "sandbox-key"}, {"authorization": "Bearer sandbox-key"}, {"Authorization": "sandbox-key"}]
)
def test_key_is_accepted_in_each_header(api: HttpClient, header: dict[str, str]) -> None:
    assert api("GET", DEVICES, headers=header).status == 200


def test_key_is_accepted_in_the_query(api: HttpClient, sandbox: Sandbox) -> None:
    assert api("GET", f"{DEVICES}&token=sandbox-key", headers={}).status == 200
    assert sandbox.requests[-1]["unknown_query"] == []


@pytest.mark.parametrize(
    "header", [{}, {"Token": "wrong"}, {"Token": "Token sandbox-key"}, {"Token": ""}, {"Authorization": "Basic sandbox-key"}]
)
def test_other_keys_are_unauthorized(api: HttpClient, header: dict[str, str]) -> None:
    response = api("GET", DEVICES, headers=header)
    assert (response.status, response.message) == (401, "Unauthorized")


def test_ids_in_the_path_may_be_encoded(api: HttpClient) -> None:
    encoded = api("GET", f"/chat/{DEVICE}/contacts/{CONTACT.replace('@', '%40')}")
    assert encoded.json["wid"] == CONTACT
    assert api("GET", f"/chat/{DEVICE}/contacts/{CONTACT}").json == encoded.json


def test_json_content_type_without_a_body_is_accepted(api: HttpClient) -> None:
    headers = api.headers | {"Content-Type": "application/json"}
    assert api("DELETE", f"/chat/{DEVICE}/chats/{CONTACT}/owner", headers=headers).status == 200


def test_405_lists_the_allowed_methods(api: HttpClient) -> None:
    response = api("DELETE", "/devices")
    assert (response.status, response.message, response.headers["allow"]) == (405, "Method not allowed", "GET, POST")


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        ("GET", "/devices/123", None, "Invalid device"),
        ("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "done"}, "Invalid status value"),
        ("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", "{", "Invalid JSON body"),
        ("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}/metadata", {"a": "b"}, "metadata must be a list of {key, value}"),
        ("GET", f"/chat/{DEVICE}/chats?size=0", None, "size must be at least 1"),
    ],
)
def test_400_locates_the_invalid_value(api: HttpClient, method: str, path: str, body: object, message: str) -> None:
    response = api(method, path, body)
    assert (response.status, response.message) == (400, message)
    assert response.json["errors"][0]["location"].split(".")[0] in {"path", "query", "body"}


def test_request_log_has_the_request_as_sent(api: HttpClient, sandbox: Sandbox) -> None:
    api("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT.replace('@', '%40')}/metadata?a=1&b=%2C", [{"key": "k", "value": "é"}])
    api("GET", "/nothing")
    first, second = sandbox.requests
    assert (first["method"], first["path"]) == ("PATCH", f"/v1/chat/{DEVICE}/contacts/447362053576%40c.us/metadata")
    assert (first["query"], first["unknown_query"]) == ([("a", "1"), ("b", ",")], ["a", "b"])
    assert (first["body"], first["operation"], first["status"]) == ([{"key": "k", "value": "é"}], "contacts.upsert_metadata", 200)
    assert (first["index"], first["request_id"], first["headers"]["token"]) == (0, "sandbox-00000000", "***")
    assert (second["operation"], second["status"], second["body"]) == (None, 404, None)
    assert first["connection"] == second["connection"]
    assert first["elapsed_ms"] >= 0


def test_request_log_never_contains_the_key(api: HttpClient, sandbox: Sandbox) -> None:
    api(
        "GET",
        "/devices?token=sandbox-key&search=sandbox-key",
        headers={"X-Note": "sandbox-key", "Authorization": "Bearer sandbox-key"},
    )
    api("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "sandbox-key"})
    assert sandbox.api_key not in json.dumps(sandbox.requests)
    assert sandbox.requests[0]["headers"]["authorization"] == "Bearer ***"


def test_request_log_numbers_connections(sandbox: Sandbox, api: HttpClient) -> None:
    with HttpClient(sandbox, api.headers) as other:
        for client in (api, other, api):
            client("GET", DEVICES)
    numbers = [request["connection"] for request in sandbox.requests]
    assert numbers[0] == numbers[2] != numbers[1]


def test_request_log_keeps_the_last_10000(api: HttpClient, sandbox: Sandbox) -> None:
    connection = api.connection
    connection.connect()
    assert connection.sock is not None
    batch = b"GET /v1/nothing HTTP/1.1\r\nhost: sandbox\r\n\r\n" * 67
    responses = b""
    for _ in range(150):
        connection.sock.sendall(batch)
    while responses.count(b"HTTP/1.1 401") < 67 * 150:
        responses = responses + connection.sock.recv(1 << 20)
    requests = sandbox.requests
    assert (len(requests), requests[0]["index"], requests[-1]["index"]) == (10_000, 50, 10_049)


def test_request_ids_restart_after_a_reset(api: HttpClient, sandbox: Sandbox) -> None:
    def ids() -> list[str]:
        return [api("GET", DEVICES).headers["x-request-id"] for _ in range(2)]

    first = ids()
    sandbox.reset()
    assert ids() == first == ["sandbox-00000000", "sandbox-00000001"]
