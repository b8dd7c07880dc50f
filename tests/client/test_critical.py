"""The critical operations: the request, the response and the state that they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import AGENT, CANARY, CHAT, DEVICE, TARGET

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api


@dataclass
class Case:
    """A call, the request that it must make, and the state that it must leave."""

    call: Callable[[Any], Any]
    method: str
    path: str
    body: Any
    read: Callable[[Any], Any]
    before: Any
    after: Any


READS = {"chats.get", "queue.get_status", "contacts.get"}


def metadata_of(client: Any) -> Any:
    return client.contacts.get_metadata(DEVICE, CHAT)


CASES = {
    "unassign": Case(
        call=lambda client: client.chats.unassign(DEVICE, CHAT),
        method="DELETE",
        path=f"/v1/chat/{DEVICE}/chats/{CHAT}/owner",
        body=None,
        read=lambda client: client.chats.get(DEVICE, CHAT).get("owner", {}).get("agent"),
        before=AGENT,
        after=None,
    ),
    "set_status": Case(
        call=lambda client: client.chats.set_status(DEVICE, CHAT, "resolved"),
        method="PATCH",
        path=f"/v1/chat/{DEVICE}/chats/{CHAT}/status",
        body={"status": "resolved"},
        read=lambda client: client.chats.get(DEVICE, CHAT)["status"],
        before="active",
        after="resolved",
    ),
    "route_queue": Case(
        call=lambda client: client.queue.route(DEVICE, TARGET),
        method="PATCH",
        path=f"/v1/devices/{DEVICE}/queue",
        body={"device": TARGET},
        read=lambda client: [client.queue.get_status(device)["queue"]["size"] for device in (DEVICE, TARGET)],
        before=[3, 0],
        after=[0, 3],
    ),
    "upsert_metadata": Case(
        call=lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"tier": "gold", "visits": 7}),
        method="PATCH",
        path=f"/v1/chat/{DEVICE}/contacts/{CHAT}/metadata",
        body=[{"key": "tier", "value": "gold"}, {"key": "visits", "value": "7"}],
        read=metadata_of,
        before={"tier": "silver", "city": "Oslo"},
        after={"tier": "gold", "city": "Oslo", "visits": "7"},
    ),
    "replace_metadata": Case(
        call=lambda client: client.contacts.replace_metadata(DEVICE, CHAT, {"tier": "gold"}),
        method="PUT",
        path=f"/v1/chat/{DEVICE}/contacts/{CHAT}/metadata",
        body=[{"key": "tier", "value": "gold"}],
        read=metadata_of,
        before={"tier": "silver", "city": "Oslo"},
        after={"tier": "gold"},
    ),
    "assign": Case(
        call=lambda client: client.chats.assign(DEVICE, CHAT, email="ada@example.com"),
        method="PATCH",
        path=f"/v1/chat/{DEVICE}/chats/{CHAT}/owner",
        body={"email": "ada@example.com"},
        read=lambda client: client.chats.get(DEVICE, CHAT)["owner"].get("agent"),
        before=AGENT,
        after=AGENT,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_request_response_and_state(api: Api, case: Case) -> None:
    with api.sandbox.client() as reader:
        reader.chats.assign(DEVICE, CHAT, agent=AGENT)
        assert case.read(reader) == case.before
        response = api(case.call)
        assert isinstance(response, dict)
        assert case.read(reader) == case.after
    *_, request = (entry for entry in api.sandbox.requests if entry["operation"] not in READS and entry["body"] == case.body)
    assert (request["method"], request["path"], request["query"]) == (case.method, case.path, [])
    assert request["headers"]["user-agent"] == f"sparkbot-python/{sparkbot.__version__}"
    assert request["headers"]["token"] == "***"
    assert request["headers"].get("content-type") == ("application/json" if case.body is not None else None)


def test_sync_session(api: Api) -> None:
    before = api(lambda client: client.devices.get(DEVICE))["session"].get("lastSyncAt")
    assert api(lambda client: client.session.sync(DEVICE))["status"]
    request = api.sandbox.requests[-1]
    assert (request["method"], request["path"], request["body"]) == ("GET", f"/v1/devices/{DEVICE}/sync", None)
    assert api(lambda client: client.devices.get(DEVICE))["session"]["lastSyncAt"] != before


def test_list_devices(api: Api) -> None:
    devices = api(lambda client: client.devices.list(ids=[DEVICE, TARGET], size=5))
    assert [device["alias"] for device in devices] == ["Front Desk", "Field Team"]
    request = api.sandbox.requests[-1]
    assert (request["method"], request["path"], request["body"]) == ("GET", "/v1/devices", None)
    assert request["query"] == [("ids", f"{DEVICE},{TARGET}"), ("size", "5")]


def test_chat_without_owner_can_be_unassigned(api: Api) -> None:
    for _ in range(2):
        assert isinstance(api(lambda client: client.chats.unassign(DEVICE, CHAT)), dict)


def test_key_is_sent_in_the_header_only(api: Api) -> None:
    api(lambda client: client.chats.list(DEVICE, search="Ada & Bob?#", unread=False))
    request = api.sandbox.requests[-1]
    assert request["query"] == [("unread", "false"), ("search", "Ada & Bob?#")]
    assert CANARY not in str(request)


def test_find_accepts_id_phone_and_alias(api: Api) -> None:
    for query in (DEVICE, "+447362053500", "+44 7362 053500", "Field Team", "field team"):
        device = api(lambda client, query=query: client.devices.find(query))  # type: ignore[misc]
        assert device["id"] == (TARGET if query.lower() == "field team" else DEVICE)
    with pytest.raises(sparkbot.errors.InvalidArgumentError, match="Nobody"):
        api(lambda client: client.devices.find("Nobody"))


def test_iter_yields_every_item_once(api: Api) -> None:
    wids = [f"4477009{number:05}@c.us" for number in range(45)]
    api.sandbox.seed(contacts=[{"device": TARGET, "wid": wid} for wid in wids])
    for size in (1, 7, 15, 20, 45, 46, 500, None):
        contacts = api(lambda client, size=size: client.contacts.iter(TARGET, size=size))  # type: ignore[misc]
        listed = [contact["wid"] for contact in contacts]
        assert len(listed) == len(set(listed))
        assert set(wids) <= set(listed)
    assert len(api(lambda client: client.contacts.iter(TARGET, size=10, max_pages=2))) == 20


def test_iter_over_an_empty_list(api: Api) -> None:
    assert api(lambda client: client.chats.iter(DEVICE, search="unused name")) == []


def test_raw_response_has_status_headers_and_timing(api: Api) -> None:
    response = api(lambda client: client.raw.chats.get(DEVICE, CHAT))
    assert (response.status_code, response.attempts, response.operation) == (200, 1, "chats.get")
    assert response.json()["wid"] == CHAT
    assert response.request_id == response.headers["x-request-id"]
    assert response.elapsed > 0
