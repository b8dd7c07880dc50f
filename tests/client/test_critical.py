"""The operations that must be right above all: what goes over the wire, what comes back, what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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
def test_request_answer_and_state(api: Api, case: Case) -> None:
    with api.sandbox.client() as reader:
        reader.chats.assign(DEVICE, CHAT, agent=AGENT)
        assert case.read(reader) == case.before
        answer = api(case.call)
        assert isinstance(answer, dict)
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


def test_a_chat_without_owner_can_be_unassigned_again(api: Api) -> None:
    for _ in range(2):
        assert isinstance(api(lambda client: client.chats.unassign(DEVICE, CHAT)), dict)


def test_the_key_travels_in_the_header_token_and_nowhere_else(api: Api) -> None:
    api(lambda client: client.chats.list(DEVICE, search="Ada & Bob?#", unread=False))
    request = api.sandbox.requests[-1]
    assert request["query"] == [("unread", "false"), ("search", "Ada & Bob?#")]
    assert CANARY not in str(request)


def find(client: Any, wanted: str) -> Any:
    return client.devices.find(wanted)


def walk(client: Any, size: int | None) -> Any:
    return client.contacts.iter(TARGET, size=size)


def test_numbers_are_found_by_id_phone_and_alias(api: Api) -> None:
    for wanted in (DEVICE, "+447362053500", "+44 7362 053500", "Field Team", "field team"):
        found = api(partial(find, wanted=wanted))
        assert found["id"] == (TARGET if wanted.lower() == "field team" else DEVICE)
    with pytest.raises(sparkbot.errors.InvalidArgumentError, match="Nobody"):
        api(lambda client: client.devices.find("Nobody"))


def test_walks_give_every_item_once(api: Api) -> None:
    wids = [f"4477009{number:05}@c.us" for number in range(45)]
    api.sandbox.seed(contacts=[{"device": TARGET, "wid": wid} for wid in wids])
    for size in (1, 7, 15, 20, 45, 46, 500, None):
        walked = api(partial(walk, size=size))
        names = [contact["wid"] for contact in walked]
        assert len(names) == len(set(names))
        assert set(wids) <= set(names)
    assert len(api(lambda client: client.contacts.iter(TARGET, size=10, max_pages=2))) == 20


def test_an_empty_list_ends_at_once(api: Api) -> None:
    assert api(lambda client: client.chats.iter(DEVICE, search="nobody is called that")) == []


def test_created_contacts_read_back(api: Api) -> None:
    phone = "+4915112345678" if api.awaited else "+4915112345679"
    made = api(lambda client: client.contacts.create(DEVICE, phone=phone, name="Zoë", metadata={"tier": "new"}))
    assert api(lambda client: client.contacts.get_metadata(DEVICE, made["wid"])) == {"tier": "new"}
    assert api.sandbox.requests[-2]["body"] == {"phone": phone, "name": "Zoë", "metadata": [{"key": "tier", "value": "new"}]}
    with pytest.raises(sparkbot.errors.ConflictError):
        api(lambda client: client.contacts.create(DEVICE, phone=phone))


def test_any_request_can_be_made(api: Api) -> None:
    query = {"ids": [DEVICE, TARGET], "search": None, "size": 2}
    devices = api(lambda client: client.request("GET", "/devices", query=query))
    assert {device["id"] for device in devices} == {DEVICE, TARGET}
    same = api(lambda client: client.request("GET", f"/v1/devices/{DEVICE}"))
    assert same["id"] == DEVICE
    api(lambda client: client.request("PATCH", f"/chat/{DEVICE}/chats/{CHAT}/status", json={"status": "pending"}))
    assert api(lambda client: client.chats.get(DEVICE, CHAT))["status"] == "pending"


def test_raw_answers_tell_status_headers_and_timing(api: Api) -> None:
    answer = api(lambda client: client.raw.chats.get(DEVICE, CHAT))
    assert (answer.status_code, answer.attempts, answer.operation) == (200, 1, "chats.get")
    assert answer.json()["wid"] == CHAT
    assert answer.request_id == answer.headers["x-request-id"]
    assert answer.elapsed > 0
