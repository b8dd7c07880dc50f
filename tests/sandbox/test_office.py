"""Departments, labels, quick replies and meeting links: created, read back, changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, OTHER_DEVICE, Talk

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

DEPARTMENTS = f"/devices/{DEVICE}/departments"
LABELS = f"/devices/{DEVICE}/labels"
REPLIES = f"/devices/{DEVICE}/quickReplies"
LINKS = f"/devices/{DEVICE}/meeting-links"
CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"
MISSING = "0" * 24


def names(talk: Talk, path: str, field: str = "name") -> list[str]:
    return [document[field] for document in talk("GET", path).json]


def test_a_department_lives_on_its_device(talk: Talk) -> None:
    fields = {"name": "Sales", "color": "gold", "icon": "briefcase", "agents": [AGENT]}
    made = talk("POST", DEPARTMENTS, fields)
    assert made.status == 201
    assert {key: made.json[key] for key in fields} == fields
    assert made.json["device"]["id"] == DEVICE
    assert len(made.json["id"]) == 24
    assert names(talk, DEPARTMENTS) == ["Care", "Sales"]
    assert names(talk, f"/devices/{OTHER_DEVICE}/departments") == []
    changed = talk("PATCH", DEPARTMENTS, {"department": made.json["id"], "description": "Sells"}).json
    assert (changed["name"], changed["description"]) == ("Sales", "Sells")
    assert changed["updatedAt"] >= changed["createdAt"]
    assert "department" not in changed
    for method, more in (("POST", {"name": "Care"}), ("PATCH", {"department": made.json["id"]})):
        refused = talk(method, DEPARTMENTS, fields | more | {"agents": [AGENT, MISSING]})
        assert (refused.status, refused.message) == (404, "Agent not found")
    assert talk("DELETE", DEPARTMENTS, {"department": made.json["id"]}).status == 200
    again = talk("DELETE", DEPARTMENTS, {"department": made.json["id"]})
    assert (again.status, again.message) == (404, "Department not found")
    assert names(talk, DEPARTMENTS) == ["Care"]


def test_a_deleted_department_owns_no_chat(talk: Talk) -> None:
    talk("PATCH", f"{CHAT}/owner", {"agent": AGENT, "department": DEPARTMENT})
    talk("DELETE", DEPARTMENTS, {"department": DEPARTMENT})
    owner = talk("GET", CHAT).json["owner"]
    assert owner["agent"] == AGENT
    assert "department" not in owner


def test_a_label_is_known_by_its_name(talk: Talk) -> None:
    made = talk("POST", LABELS, {"name": "vip", "color": "gold"})
    assert (made.status, made.json["name"], made.json["active"]) == (201, "vip", True)
    again = talk("POST", LABELS, {"name": "vip"})
    assert (again.status, again.message) == (409, "Label already exists")
    assert talk("PATCH", LABELS, {"name": "vip", "color": "ruby"}).json["color"] == "ruby"
    talk("POST", LABELS, {"name": "new"})
    assert names(talk, LABELS) == ["vip", "new"]
    assert names(talk, f"{LABELS}?size=1") == ["vip"]
    nothing = talk("PATCH", LABELS, {"name": "vip"})
    assert (nothing.status, nothing.message) == (400, "Give at least one of color, description.")
    talk("PATCH", f"{CHAT}/labels", ["vip", "other"])
    assert talk("DELETE", LABELS, {"name": "vip"}).status == 200
    assert talk("DELETE", LABELS, {"name": "vip"}).message == "Label not found"
    assert talk("GET", CHAT).json["labels"] == ["other"]


def reply(talk: Talk, shortcut: str, **fields: Any) -> Any:
    answer = talk("POST", REPLIES, {"shortcut": shortcut, "message": f"About {shortcut}"} | fields)
    assert answer.status == 201
    return answer.json


def test_quick_replies_are_written_filtered_and_deleted(talk: Talk) -> None:
    hours, _, refund = reply(talk, "hours"), reply(talk, "thanks"), reply(talk, "refund", permission="private")
    assert (hours["permission"], hours["scope"], hours["keywords"]) == ("public", "wa", [])
    assert names(talk, f"{REPLIES}?permissions=private", "shortcut") == ["refund"]
    assert names(talk, f"{REPLIES}?size=2&page=1", "shortcut") == ["refund"]
    assert talk("GET", f"{REPLIES}?size=2&page=2").status == 400
    changed = talk("PATCH", REPLIES, {"id": hours["id"], "shortcut": "hours", "message": "9 to 5"}).json
    assert (changed["id"], changed["message"], changed["permission"]) == (hours["id"], "9 to 5", "public")
    missing = talk("DELETE", REPLIES, [{"shortcut": "thanks"}, {"id": MISSING}])
    assert (missing.status, missing.message) == (404, "Quick reply not found")
    assert len(names(talk, REPLIES, "shortcut")) == 3
    assert talk("DELETE", REPLIES, [{"shortcut": "thanks"}, {"id": refund["id"]}]).json == {"deleted": 2}
    assert names(talk, REPLIES, "shortcut") == ["hours"]
    assert talk("DELETE", REPLIES, [{"all": True}, {"shortcut": "hours"}]).status == 400
    assert talk("DELETE", REPLIES, [{"all": True}]).json == {"deleted": 1}
    assert talk("GET", REPLIES).json == []


def test_a_meeting_link_expires(talk: Talk) -> None:
    made = talk("POST", LINKS, {"kind": "video", "expiration": "1h", "message": "Demo"})
    assert made.status == 201
    assert made.json["url"].startswith("https://call.whatsapp.com/video/")
    longer = talk("POST", LINKS, {"kind": "voice"}).json
    assert longer["expiresAt"] > made.json["expiresAt"] > made.json["createdAt"]
    assert [link["id"] for link in talk("GET", f"{LINKS}?kind=video&search=demo").json] == [made.json["id"]]
    assert [link["id"] for link in talk("GET", f"{LINKS}?expiresAfter={made.json['expiresAt']}").json] == [longer["id"]]


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
def test_meeting_links_are_deleted_by_filters(sandbox: Sandbox, talk: Talk, body: dict[str, Any], left: str) -> None:
    for month, name in enumerate("abc", 1):
        own = {"url": f"https://example.com/{name}", "createdAt": f"2026-0{month}-01", "expiresAt": f"2026-0{month + 2}-01"}
        sandbox.seed(meeting_links=[{"device": DEVICE, "message": name, "id": "fed"[month - 1] * 24} | own])
    answer = talk("DELETE", LINKS, body)
    assert answer.json == {"deleted": 3 - len(left)}
    assert "".join(names(talk, LINKS, "message")) == left


@pytest.mark.parametrize("body", [{}, {"all": False}, {"all": True, "ids": ["f" * 24]}])
def test_it_must_be_clear_which_meeting_links_go(talk: Talk, body: dict[str, Any]) -> None:
    assert talk("DELETE", LINKS, body).status == 400


def test_what_goes_with_a_device(talk: Talk) -> None:
    talk("POST", LABELS, {"name": "vip"})
    assert talk("DELETE", f"/devices/{DEVICE}").status == 200
    answer = talk("GET", LABELS)
    assert (answer.status, answer.message) == (404, "Device not found")


def test_ids_are_the_same_in_every_run(sandbox: Sandbox, talk: Talk) -> None:
    first = reply(talk, "hours")["id"]
    sandbox.reset()
    device = sandbox.documents("devices")[0]["id"]
    made = [
        talk("POST", f"/devices/{device}/quickReplies", {"shortcut": name, "message": "Text"}).json for name in ("one", "two")
    ]
    sandbox.reset()
    again = talk("POST", f"/devices/{device}/quickReplies", {"shortcut": "one", "message": "Text"}).json
    assert again["id"] == made[0]["id"] != made[1]["id"]
    assert len(first) == 24
