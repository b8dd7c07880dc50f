"""Chats, contacts, metadata, queues and sessions: changes are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, OTHER_DEVICE, HttpClient, queue_size

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"
PERSON = f"/chat/{DEVICE}/contacts/{CONTACT}"
MISSING_DEVICE = "0" * 24


def pairs(**metadata: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in metadata.items()]


def test_set_status_updates_the_date_only_on_change(api: HttpClient) -> None:
    response = api("PATCH", f"{CHAT}/status", {"status": "resolved"})
    assert (response.status, response.json["status"], response.json["wid"]) == (200, "resolved", CONTACT)
    chat = api("GET", CHAT).json
    assert chat["status"] == "resolved"
    assert chat["statusUpdatedAt"] == response.json["statusUpdatedAt"]
    assert api("PATCH", f"{CHAT}/status", {"status": "resolved"}).json == chat


def test_assign_and_unassign_a_chat(api: HttpClient) -> None:
    assert api("PATCH", f"{CHAT}/owner", {"email": "ada@example.com"}).json["owner"]["agent"] == AGENT
    owner = api("PATCH", f"{CHAT}/owner", {"department": DEPARTMENT}).json["owner"]
    assert (owner["agent"], owner["department"]) == (AGENT, DEPARTMENT)
    assert owner["assignedAt"]
    assert api("GET", CHAT).json["owner"] == owner
    for _ in range(2):
        response = api("DELETE", f"{CHAT}/owner")
        assert response.status == 200
        assert "owner" not in response.json
    assert "owner" not in api("GET", CHAT).json


def test_upsert_metadata_keeps_other_keys_and_replace_does_not(api: HttpClient) -> None:
    response = api("PATCH", f"{PERSON}/metadata", pairs(crm_id="8", city="Łódź"))
    assert response.json["metadata"] == pairs(tier="gold", crm_id="8", city="Łódź")
    assert api("GET", PERSON).json["metadata"] == pairs(tier="gold", crm_id="8", city="Łódź")
    api("PUT", f"{PERSON}/metadata", pairs(city="Oslo"))
    contact = api("GET", PERSON).json
    assert contact["metadata"] == pairs(city="Oslo")
    assert contact["info"]["updatedAt"] > contact["createdAt"]


def test_route_queue_appends_to_the_target(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(queue=[{"id": "f" * 24, "device": OTHER_DEVICE, "message": "first"}])

    assert (queue_size(api, DEVICE), queue_size(api, OTHER_DEVICE)) == (3, 1)
    response = api("PATCH", f"/devices/{DEVICE}/queue", {"device": OTHER_DEVICE})
    assert (response.status, response.json["queue"]["size"]) == (200, 0)
    assert (queue_size(api, DEVICE), queue_size(api, OTHER_DEVICE)) == (0, 4)
    moved = [message["message"] for message in sandbox.documents("queue") if message["device"] == OTHER_DEVICE]
    assert moved == ["first", "0", "1", "2"]
    assert api("GET", f"/devices/{OTHER_DEVICE}").json["queue"]["total"] == 4


def test_route_queue_rejects_unknown_and_same_device(api: HttpClient) -> None:
    assert api("PATCH", f"/devices/{DEVICE}/queue", {"device": MISSING_DEVICE}).message == "Device not found"
    assert api("PATCH", f"/devices/{DEVICE}/queue", {"device": DEVICE}).message == "device and target must differ."
    assert api("GET", f"/devices/{DEVICE}/queue").json["queue"]["size"] == 3


def new_contact(api: HttpClient, **fields: Any) -> Any:
    return api("POST", f"/chat/{DEVICE}/contacts", {"phone": "+447362053577"} | fields)


def test_create_contact_conflicts_unless_upsert(api: HttpClient) -> None:
    created = new_contact(api, name="Ada", surname="Lovelace", email="a@b.c", metadata=pairs(tier="gold"), birthday="1815-12-10")
    assert (created.status, created.json["wid"], created.json["displayName"]) == (201, "447362053577@c.us", "Ada Lovelace")
    assert new_contact(api, name="Augusta").message == "Contact already exists"
    updated = new_contact(api, name="Augusta", upsert=True, metadata=pairs(age="36"))
    assert (updated.status, updated.json["metadata"]) == (200, pairs(tier="gold", age="36"))
    read = api("GET", f"/chat/{DEVICE}/contacts/447362053577@c.us").json
    assert (read["name"], read["info"]["email"], read["info"]["birthday"]) == ("Augusta", "a@b.c", "1815-12-10")


def test_create_contact_on_every_device_assigns_its_chat(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "phone": "+447362053577"}])
    new_contact(api, sync=True, assign=AGENT)
    devices = [contact["device"] for contact in sandbox.documents("contacts") if contact["wid"] == "447362053577@c.us"]
    assert sorted(devices) == sorted(device["id"] for device in sandbox.documents("devices"))
    assert api("GET", f"/chat/{DEVICE}/chats/447362053577@c.us").json["owner"]["agent"] == AGENT
