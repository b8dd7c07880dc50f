"""Departments, labels, quick replies and meeting links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

DEPARTMENTS = f"/devices/{DEVICE}/departments"
LABELS = f"/devices/{DEVICE}/labels"
REPLIES = f"/devices/{DEVICE}/quickReplies"
LINKS = f"/devices/{DEVICE}/meeting-links"
CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"
MISSING = "0" * 24


def names(api: HttpClient, path: str, field: str = "name") -> list[str]:
    return [document[field] for document in api("GET", path).json]


def test_department_belongs_to_its_device(api: HttpClient) -> None:
    fields = {"name": "Sales", "color": "gold", "icon": "briefcase", "agents": [AGENT]}
    created = api("POST", DEPARTMENTS, fields)
    assert created.status == 201
    assert {key: created.json[key] for key in fields} == fields
    assert created.json["device"]["id"] == DEVICE
    assert len(created.json["id"]) == 24
    assert names(api, DEPARTMENTS) == ["Care", "Sales"]
    assert names(api, f"/devices/{OTHER_DEVICE}/departments") == []
    changed = api("PATCH", DEPARTMENTS, {"department": created.json["id"], "description": "Sells"}).json
    assert (changed["name"], changed["description"]) == ("Sales", "Sells")
    assert changed["updatedAt"] >= changed["createdAt"]
    assert "department" not in changed
    assert api("DELETE", DEPARTMENTS, {"department": created.json["id"]}).status == 200
    assert names(api, DEPARTMENTS) == ["Care"]


def test_deleted_department_is_removed_from_chats(api: HttpClient) -> None:
    api("PATCH", f"{CHAT}/owner", {"agent": AGENT, "department": DEPARTMENT})
    api("DELETE", DEPARTMENTS, {"department": DEPARTMENT})
    owner = api("GET", CHAT).json["owner"]
    assert owner["agent"] == AGENT
    assert "department" not in owner


def test_label_is_identified_by_its_name(api: HttpClient) -> None:
    created = api("POST", LABELS, {"name": "vip", "color": "gold"})
    assert (created.status, created.json["name"], created.json["active"]) == (201, "vip", True)
    assert api("POST", LABELS, {"name": "vip"}).message == "Label already exists"
    assert api("PATCH", LABELS, {"name": "vip", "color": "ruby"}).json["color"] == "ruby"
    api("POST", LABELS, {"name": "new"})
    assert names(api, LABELS) == ["vip", "new"]
    assert names(api, f"{LABELS}?size=1") == ["vip"]
    api("PATCH", f"{CHAT}/labels", ["vip", "other"])
    assert api("DELETE", LABELS, {"name": "vip"}).status == 200
    assert api("DELETE", LABELS, {"name": "vip"}).message == "Label not found"
    assert api("GET", CHAT).json["labels"] == ["other"]


def reply(api: HttpClient, shortcut: str, **fields: Any) -> Any:
    response = api("POST", REPLIES, {"shortcut": shortcut, "message": f"About {shortcut}"} | fields)
    assert response.status == 201
    return response.json


def test_quick_replies_are_created_filtered_and_deleted(api: HttpClient) -> None:
    hours, _, refund = reply(api, "hours"), reply(api, "thanks"), reply(api, "refund", permission="private")
    assert (hours["permission"], hours["scope"], hours["keywords"]) == ("public", "wa", [])
    assert names(api, f"{REPLIES}?permissions=private", "shortcut") == ["refund"]
    assert names(api, f"{REPLIES}?size=2&page=1", "shortcut") == ["refund"]
    changed = api("PATCH", REPLIES, {"id": hours["id"], "shortcut": "hours", "message": "9 to 5"}).json
    assert (changed["id"], changed["message"], changed["permission"]) == (hours["id"], "9 to 5", "public")
    assert api("DELETE", REPLIES, [{"shortcut": "thanks"}, {"id": MISSING}]).message == "Quick reply not found"
    assert len(names(api, REPLIES, "shortcut")) == 3
    assert api("DELETE", REPLIES, [{"shortcut": "thanks"}, {"id": refund["id"]}]).json == {"deleted": 2}
    assert names(api, REPLIES, "shortcut") == ["hours"]
    assert api("DELETE", REPLIES, [{"all": True}]).json == {"deleted": 1}
    assert api("GET", REPLIES).json == []


def test_meeting_link_expires(api: HttpClient) -> None:
    created = api("POST", LINKS, {"kind": "video", "expiration": "1h", "message": "Demo"})
    assert created.status == 201
    assert created.json["url"].startswith("https://call.whatsapp.com/video/")
    longer = api("POST", LINKS, {"kind": "voice"}).json
    assert longer["expiresAt"] > created.json["expiresAt"] > created.json["createdAt"]
    assert [link["id"] for link in api("GET", f"{LINKS}?kind=video&search=demo").json] == [created.json["id"]]
    assert [link["id"] for link in api("GET", f"{LINKS}?expiresAfter={created.json['expiresAt']}").json] == [longer["id"]]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ({"all": True}, ""),
        ({"ids": ["f" * 24]}, "bc"),
        ({"urls": ["https://example.com/b"]}, "ac"),
        ({"createdBefore": "2026-02-01"}, "bc"),
        ({"createdAfter": "2026-01-15", "expiresBefore": "2026-04-15"}, "ac"),
        ({"expiresAfter": "2027-01-01"}, "abc"),
    ],
)
def test_meeting_links_are_deleted_by_filters(sandbox: Sandbox, api: HttpClient, body: dict[str, Any], left: str) -> None:
    for month, name in enumerate("abc", 1):
        own = {"url": f"https://example.com/{name}", "createdAt": f"2026-0{month}-01", "expiresAt": f"2026-0{month + 2}-01"}
        sandbox.seed(meeting_links=[{"device": DEVICE, "message": name, "id": "fed"[month - 1] * 24} | own])
    response = api("DELETE", LINKS, body)
    assert response.json == {"deleted": 3 - len(left)}
    assert "".join(names(api, LINKS, "message")) == left


@pytest.mark.parametrize("body", [{}, {"all": False}, {"all": True, "ids": ["f" * 24]}])
def test_deleting_meeting_links_requires_a_filter(api: HttpClient, body: dict[str, Any]) -> None:
    assert api("DELETE", LINKS, body).status == 400


def test_deleting_a_device_deletes_its_documents(api: HttpClient) -> None:
    api("POST", LABELS, {"name": "vip"})
    assert api("DELETE", f"/devices/{DEVICE}").status == 200
    assert api("GET", LABELS).message == "Device not found"


def test_ids_are_reproducible(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.reset()
    path = f"/devices/{sandbox.documents('devices')[0]['id']}/quickReplies"
    first, second = (api("POST", path, {"shortcut": name, "message": "Text"}).json["id"] for name in ("one", "two"))
    sandbox.reset()
    assert api("POST", path, {"shortcut": "one", "message": "Text"}).json["id"] == first != second
    assert len(first) == 24
