"""Chats, contacts, metadata, queues and sessions: changes are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"
PERSON = f"/chat/{DEVICE}/contacts/{CONTACT}"
MISSING_DEVICE = "0" * 24


def pairs(**metadata: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in metadata.items()]


def test_set_status_updates_the_date_only_on_change(api: HttpClient) -> None:
    answer = api("PATCH", f"{CHAT}/status", {"status": "resolved"})
    assert (answer.status, answer.json["status"], answer.json["wid"]) == (200, "resolved", CONTACT)
    chat = api("GET", CHAT).json
    assert chat["status"] == "resolved"
    assert chat["statusUpdatedAt"] == answer.json["statusUpdatedAt"]
    assert api("PATCH", f"{CHAT}/status", {"status": "resolved"}).json == chat


def test_assign_and_unassign_a_chat(api: HttpClient) -> None:
    assert api("PATCH", f"{CHAT}/owner", {"email": "ada@example.com"}).json["owner"]["agent"] == AGENT
    owner = api("PATCH", f"{CHAT}/owner", {"department": DEPARTMENT}).json["owner"]
    assert (owner["agent"], owner["department"]) == (AGENT, DEPARTMENT)
    assert owner["assignedAt"]
    assert api("GET", CHAT).json["owner"] == owner
    for _ in range(2):
        answer = api("DELETE", f"{CHAT}/owner")
        assert answer.status == 200
        assert "owner" not in answer.json
    assert "owner" not in api("GET", CHAT).json


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        ({"agent": MISSING_DEVICE}, "Agent not found"),
        ({"email": "nobody@example.com"}, "Agent not found"),
        ({"department": MISSING_DEVICE}, "Department not found"),
    ],
)
def test_assign_rejects_unknown_owners(api: HttpClient, owner: dict[str, str], message: str) -> None:
    answer = api("PATCH", f"{CHAT}/owner", owner)
    assert (answer.status, answer.message) == (404, message)
    assert "owner" not in api("GET", CHAT).json


def test_upsert_metadata_keeps_other_keys_and_their_order(api: HttpClient) -> None:
    answer = api("PATCH", f"{PERSON}/metadata", pairs(crm_id="8", city="Łódź"))
    assert answer.json["metadata"] == pairs(tier="gold", crm_id="8", city="Łódź")
    assert api("GET", PERSON).json["metadata"] == pairs(tier="gold", crm_id="8", city="Łódź")


def test_replace_metadata_removes_other_keys(api: HttpClient) -> None:
    api("PUT", f"{PERSON}/metadata", pairs(city="Łódź"))
    contact = api("GET", PERSON).json
    assert contact["metadata"] == pairs(city="Łódź")
    assert contact["info"]["updatedAt"] > contact["createdAt"]


def test_route_queue_appends_to_the_target(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(queue=[{"id": "f" * 24, "device": OTHER_DEVICE, "message": "first"}])

    def size(device: str) -> int:
        return int(api("GET", f"/devices/{device}/queue").json["queue"]["size"])

    assert (size(DEVICE), size(OTHER_DEVICE)) == (3, 1)
    answer = api("PATCH", f"/devices/{DEVICE}/queue", {"device": OTHER_DEVICE})
    assert (answer.status, answer.json["queue"]["size"]) == (200, 0)
    assert (size(DEVICE), size(OTHER_DEVICE)) == (0, 4)
    moved = [message["message"] for message in sandbox.documents("queue") if message["device"] == OTHER_DEVICE]
    assert moved == ["first", "0", "1", "2"]
    assert api("GET", f"/devices/{OTHER_DEVICE}").json["queue"]["total"] == 4


def test_route_queue_rejects_unknown_and_same_device(api: HttpClient) -> None:
    missing = api("PATCH", f"/devices/{DEVICE}/queue", {"device": MISSING_DEVICE})
    assert (missing.status, missing.message) == (404, "Device not found")
    same = api("PATCH", f"/devices/{DEVICE}/queue", {"device": DEVICE})
    assert (same.status, same.message) == (400, "device and target must differ.")
    assert api("GET", f"/devices/{DEVICE}/queue").json["queue"]["size"] == 3


def test_sync_session_requires_an_online_session(sandbox: Sandbox, api: HttpClient) -> None:
    before = api("GET", f"/devices/{DEVICE}").json["session"]["lastSyncAt"]
    assert api("GET", f"/devices/{DEVICE}/sync").json["status"] == "synced"
    assert api("GET", f"/devices/{DEVICE}").json["session"]["lastSyncAt"] > before
    sandbox.seed(devices=[{"id": DEVICE, "session": {"status": "offline"}}])
    answer = api("GET", f"/devices/{DEVICE}/sync")
    assert (answer.status, answer.message) == (503, "Session sync failed")


def new_contact(api: HttpClient, **fields: Any) -> Any:
    return api("POST", f"/chat/{DEVICE}/contacts", {"phone": "+447362053577"} | fields)


def test_create_contact_conflicts_unless_upsert(api: HttpClient) -> None:
    made = new_contact(api, name="Ada", surname="Lovelace", email="a@b.c", metadata=pairs(tier="gold"), birthday="1815-12-10")
    assert (made.status, made.json["wid"], made.json["displayName"]) == (201, "447362053577@c.us", "Ada Lovelace")
    again = new_contact(api, name="Augusta")
    assert (again.status, again.message) == (409, "Contact already exists")
    updated = new_contact(api, name="Augusta", upsert=True, metadata=pairs(age="36"))
    assert (updated.status, updated.json["metadata"]) == (200, pairs(tier="gold", age="36"))
    read = api("GET", f"/chat/{DEVICE}/contacts/447362053577@c.us").json
    assert (read["name"], read["info"]["email"], read["info"]["birthday"]) == ("Augusta", "a@b.c", "1815-12-10")


def test_create_contact_on_every_device_assigns_its_chat(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "phone": "+447362053577"}])
    new_contact(api, sync=True, assign=AGENT)
    on = [contact["device"] for contact in sandbox.documents("contacts") if contact["wid"] == "447362053577@c.us"]
    assert sorted(on) == sorted(device["id"] for device in sandbox.documents("devices"))
    assert api("GET", f"/chat/{DEVICE}/chats/447362053577@c.us").json["owner"]["agent"] == AGENT


@pytest.mark.parametrize(
    ("method", "path", "message"),
    [
        ("GET", f"/devices/{MISSING_DEVICE}", "Device not found"),
        ("GET", f"/chat/{MISSING_DEVICE}/chats", "Device not found"),
        ("GET", f"/devices/{MISSING_DEVICE}/sync", "Device not found"),
        ("GET", f"/chat/{DEVICE}/chats/1234567@c.us", "Chat not found"),
        ("DELETE", f"/chat/{DEVICE}/chats/1234567@c.us/owner", "Chat not found"),
        ("GET", f"/chat/{DEVICE}/contacts/1234567@c.us", "Contact not found"),
        ("GET", "/nothing", "Not found"),
    ],
)
def test_missing_documents_return_404(api: HttpClient, method: str, path: str, message: str) -> None:
    answer = api(method, path)
    assert (answer.status, answer.message) == (404, message)


def test_upsert_metadata_of_unknown_contact_returns_404(api: HttpClient) -> None:
    answer = api("PATCH", f"/chat/{DEVICE}/contacts/1234567@c.us/metadata", pairs(tier="gold"))
    assert (answer.status, answer.message) == (404, "Contact not found")
