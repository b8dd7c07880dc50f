"""Contacts: update, bulk create, block, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CONTACTS = f"/chat/{DEVICE}/contacts"
PERSON = f"{CONTACTS}/{CONTACT}"
PHONE = "+447362053576"


def test_update_contact_keeps_other_fields(api: HttpClient) -> None:
    response = api("PATCH", PERSON, {"surname": "Müller", "city": "Łódź", "metadata": [{"key": "age", "value": "36"}]})
    assert (response.status, response.json["displayName"]) == (200, "Zoë Müller")
    contact = api("GET", PERSON).json
    assert contact == response.json
    assert (contact["name"], contact["info"]["city"]) == ("Zoë", "Łódź")
    assert [pair["key"] for pair in contact["metadata"]] == ["tier", "crm_id", "age"]


def test_update_contact_removes_fields(api: HttpClient) -> None:
    api("PATCH", PERSON, {"name": "Zoë", "surname": "Müller", "notes": "Likes tea"})
    contact = api("PATCH", PERSON, {"$remove": ["notes", "surname"], "city": "Łódź"}).json
    assert (contact["displayName"], contact["info"]["city"]) == ("Zoë", "Łódź")
    assert not {"notes", "surname"} & set(contact["info"])
    bare = api("PATCH", PERSON, {"$remove": ["name"]}).json
    assert bare["displayName"] == PHONE
    assert "name" not in bare
    assert api("PATCH", PERSON, {"$remove": ["phone"]}).message == "Invalid $remove value"


def test_update_contact_with_sync_reaches_all_devices(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(contacts=[{"device": OTHER_DEVICE, "wid": CONTACT}])
    api("PATCH", PERSON, {"name": "Here"})
    other = f"/chat/{OTHER_DEVICE}/contacts/{CONTACT}"
    assert "name" not in api("GET", other).json
    api("PATCH", PERSON, {"name": "Both", "sync": True})
    assert api("GET", other).json["name"] == "Both"
    assert sum(1 for document in sandbox.documents("contacts") if document["wid"] == CONTACT) == 2


def test_bulk_create_contacts_skips_or_updates(api: HttpClient) -> None:
    people = [
        {"phone": PHONE, "name": "Ada"},
        {"phone": "+447362053577", "surname": "Byron", "email": "b@example.com", "metadata": [{"key": "tier", "value": "tin"}]},
    ]
    kept = api("PATCH", f"{CONTACTS}?upsert=false", people).json
    assert kept == {"total": 2, "created": 1, "updated": 0, "skipped": 1}
    assert api("GET", PERSON).json["name"] == "Zoë"
    byron = api("GET", f"{CONTACTS}/447362053577@c.us").json
    assert (byron["displayName"], byron["info"]["email"]) == ("Byron", "b@example.com")
    assert byron["metadata"] == [{"key": "tier", "value": "tin"}]
    assert api("PATCH", CONTACTS, people).json["updated"] == 2
    ada = api("GET", PERSON).json
    assert (ada["name"], len(ada["metadata"])) == ("Ada", 2)


def test_phone_numbers_are_blocked_and_unblocked(sandbox: Sandbox, api: HttpClient) -> None:
    stranger = "+447362053599"
    assert api("POST", f"/devices/{DEVICE}/block", {"contacts": [PHONE, stranger]}).status == 200
    assert api("GET", PERSON).json["meta"]["isContactBlocked"] is True
    assert [document["phone"] for document in sandbox.documents("blocked")] == [PHONE, stranger]
    response = api("DELETE", f"/devices/{DEVICE}/block", {"contacts": [PHONE]})
    assert response.json == {"contacts": [{"wid": CONTACT, "blocked": False}]}
    assert api("GET", PERSON).json["meta"]["isContactBlocked"] is False
    assert [document["phone"] for document in sandbox.documents("blocked")] == [stranger]


def test_deleted_contact_keeps_its_chat(api: HttpClient) -> None:
    assert api("DELETE", PERSON).json["wid"] == CONTACT
    for method in ("GET", "DELETE"):
        assert api(method, PERSON).message == "Contact not found"
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").status == 200
