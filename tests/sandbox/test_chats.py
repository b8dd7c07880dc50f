"""Changes to chats, single and in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CHATS = f"/chat/{DEVICE}/chats"
CHAT = f"{CHATS}/{CONTACT}"
GROUP = "120363012345678901@g.us"
MISSING = "0" * 24


def chat(api: HttpClient, wid: str = CONTACT) -> Any:
    return api("GET", f"{CHATS}/{wid}").json


def test_labels_are_replaced_added_and_removed(api: HttpClient) -> None:
    for query, labels, expected in [
        ("", ["vip", "new", "vip"], ["vip", "new"]),
        ("?upsert=true", ["lead", "new"], ["vip", "new", "lead"]),
        ("?remove=true", ["new", "never"], ["vip", "lead"]),
        ("?upsert=false", ["paid"], ["paid"]),
        ("", [], []),
    ]:
        response = api("PATCH", f"{CHAT}/labels{query}", labels)
        assert (response.status, response.json["labels"]) == (200, expected)
        assert chat(api)["labels"] == expected


def test_chat_is_marked_unread_and_read(api: HttpClient) -> None:
    for unread, count in [(True, 1), (True, 1), (False, 0)]:
        response = api("PATCH", f"{CHAT}/unread", {"unread": unread}).json
        assert (response["unreadCount"], response["meta"]["isUnread"]) == (count, unread)
    assert api("GET", f"{CHATS}?unread=true").json == []


def test_chat_is_pinned_and_muted(api: HttpClient) -> None:
    api("PATCH", f"{CHAT}/attributes", {"pinned": True, "muted": True})
    assert api("PATCH", f"{CHAT}/attributes", {"pinned": False}).status == 200
    assert chat(api)["meta"].items() >= {"isPinned": False, "isChatMuted": True}.items()
    assert [document["wid"] for document in api("GET", f"{CHATS}?status=muted").json] == [CONTACT]


def test_chat_is_archived_and_restored(api: HttpClient) -> None:
    api("PATCH", f"{CHAT}/status", {"status": "archived"})
    assert api("PUT", f"{CHAT}/archive").status == 200
    assert [document["wid"] for document in api("GET", f"{CHATS}?archived=true&active=false").json] == [CONTACT]
    assert api("DELETE", f"{CHAT}/archive").json["status"] == "active"
    assert api("GET", f"{CHATS}?archived=true").json == []


def test_notes_are_created_and_deleted(api: HttpClient) -> None:
    created = api("POST", f"{CHAT}/notes", {"message": "Wants a call", "author": AGENT})
    assert (created.status, created.json["author"], created.json["chat"]) == (201, AGENT, CONTACT)
    other = api("POST", f"{CHAT}/notes", {"message": "Has paid"}).json
    assert chat(api)["stats"]["notes"] == 2
    with_notes = api("GET", f"{CHAT}?include=notes").json["notes"]
    assert sorted(note["message"] for note in with_notes) == ["Has paid", "Wants a call"]
    assert api("DELETE", f"{CHAT}/notes", {"ids": [other["id"], MISSING]}).message == "Note not found"
    assert api("DELETE", f"{CHATS}/{GROUP}/notes", {"ids": [other["id"]]}).status == 404
    assert api("DELETE", f"{CHAT}/notes", {"ids": [other["id"]]}).json == {"deleted": 1}
    assert chat(api)["stats"]["notes"] == 1


def test_deleting_a_chat_deletes_its_contents(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(
        messages=[{"device": DEVICE, "chatWid": wid, "body": "Hello"} for wid in (CONTACT, GROUP)],
        chat_files=[{"device": DEVICE, "chat": CONTACT}],
    )
    api("POST", f"{CHAT}/notes", {"message": "Gone soon"})
    assert api("DELETE", CHAT).status == 200
    for method in ("GET", "DELETE"):
        assert api(method, CHAT).message == "Chat not found"
    assert [message["chatWid"] for message in api("GET", f"/chat/{DEVICE}/messages").json] == [GROUP]
    assert api("GET", f"/chat/{DEVICE}/files").json == []
    assert CONTACT not in {note["chat"] for note in sandbox.documents("notes")}


@pytest.mark.parametrize(
    ("action", "params", "path", "expected"),
    [
        ("resolve", {}, "status", "resolved"),
        ("unresolve", {}, "status", "active"),
        ("pin", {}, "meta.isPinned", True),
        ("unpin", {}, "meta.isPinned", False),
        ("mute", {}, "meta.isChatMuted", True),
        ("unmute", {}, "meta.isChatMuted", False),
        ("assign", {"agent": AGENT, "department": DEPARTMENT}, "owner.agent", AGENT),
        ("assign", {"department": DEPARTMENT}, "owner.department", DEPARTMENT),
        ("unassign", {}, "owner", None),
        ("block", {}, "contact.meta.isContactBlocked", True),
        ("unblock", {}, "contact.meta.isContactBlocked", False),
        ("read", {}, "unreadCount", 0),
        ("unread", {}, "unreadCount", 1),
        ("labels", {"add": ["vip"], "remove": ["new"]}, "labels", ["old", "vip"]),
    ],
)
def test_bulk_action_changes_all_chats(
    sandbox: Sandbox, api: HttpClient, action: str, params: dict[str, Any], path: str, expected: object
) -> None:
    other = "1000001@c.us"
    for wid in (CONTACT, other):
        sandbox.seed(chats=[{"device": DEVICE, "wid": wid, "labels": ["old", "new"]}], contacts=[{"device": DEVICE, "wid": wid}])
    body = {"action": action, "chats": ["+447362053576", other]} | ({"params": params} if params else {})
    response = api("PATCH", CHATS, body)
    assert (response.status, response.json["updated"], response.json["chats"]) == (200, 2, [CONTACT, other])
    for wid in (CONTACT, other):
        value = chat(api, wid)
        for key in path.split("."):
            value = value.get(key)
        assert value == expected


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"action": "pin", "chats": [CONTACT, "1000001@c.us"]}, 404, "Chat not found"),
        ({"action": "assign", "chats": [CONTACT]}, 400, "assign needs params.agent or params.department"),
        ({"action": "assign", "chats": [CONTACT], "params": {"agent": MISSING}}, 404, "Agent not found"),
        ({"action": "labels", "chats": [CONTACT]}, 400, "labels needs params.add or params.remove"),
    ],
)
def test_invalid_bulk_action_changes_nothing(api: HttpClient, body: dict[str, Any], status: int, message: str) -> None:
    before = chat(api)
    response = api("PATCH", CHATS, body)
    assert (response.status, response.message) == (status, message)
    assert chat(api) == before


def test_typing_returns_the_chat(api: HttpClient) -> None:
    response = api("POST", f"/chat/{DEVICE}/typing", {"action": "typing", "chat": "+447362053576", "duration": 5})
    assert response.json == {"chat": CONTACT, "action": "typing", "duration": 5}


def test_sync_chats_updates_the_most_recent(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(
        chats=[{"device": DEVICE, "wid": CONTACT, "lastMessageAt": "2026-05-01T00:00:00.000Z"}],
        messages=[{"device": DEVICE, "chatWid": CONTACT, "body": str(number)} for number in range(3)],
    )
    response = api("POST", f"/chat/{DEVICE}/sync?size=1&messages=2").json
    assert (response["chats"], response["messages"]) == (1, 2)
    assert chat(api)["syncedAt"] == response["syncedAt"]
    assert "syncedAt" not in chat(api, GROUP)


def test_sync_chat_messages_pages_newest_first(sandbox: Sandbox, api: HttpClient) -> None:
    dates = [f"2026-05-01T00:{minute:02}:00.000Z" for minute in range(60)]
    sandbox.seed(messages=[{"device": DEVICE, "chatWid": CONTACT, "date": date, "body": date[14:16]} for date in dates])
    sync = f"{CHAT}/sync"
    first, second = api("GET", sync).json, api("GET", f"{sync}?page=1").json
    assert [message["body"] for message in first + second] == [f"{minute:02}" for minute in reversed(range(60))]
    assert api("GET", f"{sync}?page=2").status == 400
    assert len(api("GET", f"{sync}?before={dates[5]}").json) == 5


MEMBERS = [
    {"wid": CONTACT, "name": "Zoë", "phone": "+447362053576", "isAdmin": True, "isSuperAdmin": True},
    {"wid": "1000001@c.us", "name": "Anna", "phone": "+1000001", "isAdmin": True},
    {"wid": "1000002@c.us", "name": "Bert", "phone": "+1000002"},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ZAB"),
        ("role=admin", "A"),
        ("role=owner,participant", "ZB"),
        ("phone=%2B1000001,%2B1000002", "AB"),
        ("search=bert", "B"),
        ("contact=true", "Z"),
        ("contact=false", "AB"),
        ("size=2&page=1", "B"),
    ],
)
def test_group_participants_are_filtered(sandbox: Sandbox, api: HttpClient, query: str, expected: str) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "wid": GROUP, "group": {"participants": MEMBERS}}])
    members = api("GET", f"{CHATS}/{GROUP}/participants?{query}").json
    assert "".join(member["name"][0] for member in members) == expected
    assert all(member["chatWid"] == GROUP and "contact" not in member for member in members)


def test_participant_includes_contact_on_request(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "wid": GROUP, "group": {"participants": MEMBERS}}])
    first, *_ = api("GET", f"{CHATS}/{GROUP}/participants?include=contact").json
    assert first["contact"]["wid"] == CONTACT
    assert api("GET", f"{CHAT}/participants").status == 400


def test_group_without_messages_has_participants(sandbox: Sandbox, api: HttpClient) -> None:
    wid = "120363012345678905@g.us"
    sandbox.seed(groups=[{"device": DEVICE, "wid": wid, "participants": MEMBERS}])
    members = api("GET", f"{CHATS}/{wid}/participants?role=owner").json
    assert [(member["name"], member["chatWid"]) for member in members] == [("Zoë", wid)]
