"""Lists: filters, order, pages, included and excluded fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

DATES = {"lastMessageAt": "2026-03-01T00:00:00.000Z"}
CHATS: list[dict[str, Any]] = [
    {"wid": "1000001@c.us", "name": "anna", "status": "active", "unreadCount": 2, "labels": ["vip", "new"], **DATES},
    {"wid": "1000002@c.us", "name": "Bert", "status": "muted", "waStatus": "archived", "owner": {"agent": AGENT}},
    {
        "wid": "1000003@g.us",
        "name": "Club",
        "meta": {"canSend": False, "isReadOnly": True, "isArchived": True},
        "labels": ["new"],
    },
]
CONTACTS: list[dict[str, Any]] = [
    {"wid": "1000001@c.us", "name": "anna", "info": {"email": "a@b.c", "country": "GB"}, "metadata": {"tier": "gold"}},
    {"wid": "1000002@c.us", "name": "Bert", "info": {"kind": "business", "updatedAt": "2026-05-01T00:00:00.000Z"}},
    {"wid": "1000009@lid", "name": "Cleo", "createdAt": "2025-05-01T00:00:00.000Z", "metadata": {"tier": "tin", "age": "9"}},
]


@pytest.fixture
def few(sandbox: Sandbox) -> Sandbox:
    """The second device has only these documents."""
    own = {"device": OTHER_DEVICE}
    sandbox.seed(chats=[chat | own for chat in CHATS], contacts=[contact | own for contact in CONTACTS])
    return sandbox


def first_names(api: HttpClient, path: str) -> str:
    response = api("GET", path)
    assert response.status == 200, response.text
    return "".join(sorted(document["name"][0].upper() for document in response.json))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ABC"),
        ("status=active,muted", "ABC"),
        ("status=muted", "B"),
        ("status[]=muted&status[]=resolved", "B"),
        ("unread=true", "A"),
        ("unread=false", "BC"),
        ("active=false", "B"),
        ("canSend=false", "C"),
        ("readOnly=true", "C"),
        ("archived=true", "C"),
        ("type=group", "C"),
        ("type=chat,channel", "AB"),
        (f"agent={AGENT}", "B"),
        ("search=ANN", "A"),
        ("search=1000003", "C"),
        ("labels=vip", "A"),
        ("labels=*", "AC"),
        ("labelsExclude=vip", "BC"),
        ("labelsExclude=*", "B"),
        ("labels=new&labelsExclude=vip", "C"),
        ("after=2026-02-01", "A"),
    ],
)
def test_chats_are_filtered(few: Sandbox, api: HttpClient, query: str, expected: str) -> None:
    assert first_names(api, f"/chat/{OTHER_DEVICE}/chats?{query}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type=business", "B"),
        ("type=private", "C"),
        ("has=email", "A"),
        ("has=chat", "AB"),
        ("has=email,chat", "A"),
        ("hasChat=false", "C"),
        ("country=GB,FR", "A"),
        ("labels=vip", "A"),
        ("labelsExclude=*", "BC"),
        ("metadataKey=tier", "AC"),
        ("metadataKey=tier&metadataValue=tin", "C"),
        ("metadataKey=tier,age", "C"),
        ("after=2025-12-01", "AB"),
        ("before=2025-12-01T00:00:00Z", "C"),
        ("updatedAfter=2026-02-01", "B"),
        ("updatedBefore=2026-02-01", "AC"),
        ("lastMessageAfter=2026-02-01", "A"),
        ("lastMessageBefore=2026-02-01", "B"),
        ("search=a@b.c", "A"),
    ],
)
def test_contacts_are_filtered(few: Sandbox, api: HttpClient, query: str, expected: str) -> None:
    assert first_names(api, f"/chat/{OTHER_DEVICE}/contacts?{query}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"ids={DEVICE}", [DEVICE]),
        ("status=operative&search=test", [DEVICE]),
        ("status=disabled", [OTHER_DEVICE]),
        ("sessionStatus=timeout", [OTHER_DEVICE]),
    ],
)
def test_devices_are_filtered(sandbox: Sandbox, api: HttpClient, query: str, expected: list[str]) -> None:
    sandbox.seed(devices=[{"id": OTHER_DEVICE, "status": "disabled", "session": {"status": "timeout"}}])
    assert [device["id"] for device in api("GET", f"/devices?{query}").json] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("chats?sort=name:asc", "aBC"),
        ("chats?sort=name:desc", "CBa"),
        ("chats?sort=unreadCount:desc", "aBC"),
        ("contacts", "aBC"),
        ("contacts?sort=createdAt:asc", "CaB"),
        ("contacts?sort=updatedAt:desc", "BaC"),
    ],
)
def test_lists_are_sorted(few: Sandbox, api: HttpClient, path: str, expected: str) -> None:
    response = api("GET", f"/chat/{OTHER_DEVICE}/{path}")
    assert "".join(document["name"][0] for document in response.json) == expected


def test_pages_contain_every_contact_once(api: HttpClient, sandbox: Sandbox) -> None:
    device = sandbox.documents("devices")[0]["id"]
    pages = [api("GET", f"/chat/{device}/contacts?size=30&page={page}") for page in range(7)]
    wids = [contact["wid"] for page in pages for contact in page.json]
    assert [len(page.json) for page in pages] == [30] * 6 + [20]
    assert len(set(wids)) == 200
    beyond = api("GET", f"/chat/{device}/contacts?size=50&page=4")
    assert (beyond.status, beyond.message) == (400, "Page out of range")
    assert len(api("GET", f"/chat/{device}/contacts").json) == 20


def test_first_page_may_be_empty(api: HttpClient) -> None:
    assert api("GET", f"/chat/{OTHER_DEVICE}/chats").json == []
    assert api("GET", f"/chat/{OTHER_DEVICE}/chats?page=1").status == 400


def test_cached_list_sees_changes(api: HttpClient) -> None:
    path = f"/chat/{DEVICE}/chats?status=resolved"
    assert api("GET", path).json == []
    api("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "resolved"})
    assert [chat["wid"] for chat in api("GET", path).json] == [CONTACT]


def test_responses_honor_include_and_exclude(api: HttpClient) -> None:
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json["contact"]["name"] == "Zoë"
    assert api("GET", f"/chat/{DEVICE}/contacts/{CONTACT}?include=chat").json["chat"]["status"] == "pending"
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}?include=messages,notes").json["messages"] == []
    device = api("GET", f"/devices/{DEVICE}?exclude=session,queue&include=agents").json
    assert "session" not in device
    assert "queue" not in device
    assert AGENT in [agent["id"] for agent in device["agents"]]
