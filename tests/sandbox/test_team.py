"""Team members and their access to devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

TEAM = f"/devices/{DEVICE}/team"
OTHER_TEAM = f"/devices/{OTHER_DEVICE}/team"
CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"
NEW = {"displayName": "Grace", "email": "grace@example.com", "password": "a secret", "role": "agent", "color": "teal"}
MISSING = "0" * 24


def ids(api: HttpClient, path: str) -> list[str]:
    return [member["id"] for member in api("GET", path).json]


@pytest.fixture
def grace(api: HttpClient) -> str:
    return str(api("POST", TEAM, NEW).json["id"])


def test_member_is_added_to_one_device(api: HttpClient, sandbox: Sandbox) -> None:
    created = api("POST", TEAM, NEW)
    assert (created.status, created.json["status"], created.json["settings"]["color"]) == (201, "active", "teal")
    member = created.json["id"]
    assert member in ids(api, TEAM)
    assert member not in ids(api, OTHER_TEAM)
    assert api("GET", "/team?search=grace").json == [created.json]
    assert "a secret" not in str(sandbox.documents("users"))
    assert api("POST", OTHER_TEAM, NEW).status == 409
    assert api("POST", TEAM, NEW | {"email": "b@example.com", "invite": True}).json["status"] == "pending"


def test_member_is_updated(api: HttpClient, grace: str) -> None:
    response = api("PATCH", "/team", {"id": grace, "role": "supervisor", "color": "red", "password": "another"})
    assert (response.json["role"], response.json["displayName"], response.json["settings"]["color"]) == (
        "supervisor",
        "Grace",
        "red",
    )
    assert "password" not in response.json
    assert api("PATCH", "/team", {"id": grace, "email": "ada@example.com"}).status == 409
    assert api("PATCH", "/team", {"id": grace, "email": "grace@example.com"}).status == 200


def test_access_is_granted_and_revoked(api: HttpClient, grace: str) -> None:
    for _ in range(2):
        assert api("PATCH", OTHER_TEAM, {"id": grace}).status == 200
    assert grace in ids(api, OTHER_TEAM)
    assert api("GET", f"/team?device={OTHER_DEVICE}&ids={grace}").json[0]["devices"] == [DEVICE, OTHER_DEVICE]
    response = api("DELETE", TEAM, {"email": "grace@example.com", "action": "unassign", "remove": False})
    assert (response.status, response.json["id"]) == (200, grace)
    assert grace not in ids(api, TEAM)
    assert grace in ids(api, OTHER_TEAM)
    assert api("DELETE", OTHER_TEAM, {"id": grace, "action": "unassign", "remove": True}).json["removed"]
    assert api("GET", f"/team?ids={grace}").json == []


def test_revoking_one_device_keeps_the_others(api: HttpClient) -> None:
    api("DELETE", TEAM, {"id": AGENT, "action": "unassign", "remove": False})
    assert AGENT not in ids(api, TEAM)
    assert AGENT in ids(api, OTHER_TEAM)


def remove_agent(api: HttpClient, action: str, *, remove: bool = True, force: bool = True, **more: str) -> Any:
    return api("DELETE", "/team", {"users": [{"id": AGENT, "action": action, "remove": remove} | more], "force": force})


def test_chats_of_a_removed_member_are_reassigned(api: HttpClient, grace: str) -> None:
    api("PATCH", f"{CHAT}/owner", {"agent": AGENT, "department": DEPARTMENT})
    assert remove_agent(api, "reassign", assign=AGENT).status == 400
    assert remove_agent(api, "reassign", assign=MISSING).status == 404
    assert remove_agent(api, "unassign", force=False).status == 409
    assert api("GET", CHAT).json["owner"]["agent"] == AGENT
    response = remove_agent(api, "reassign", assign=grace)
    assert response.json == {"deleted": [{"id": AGENT, "chats": 1, "removed": True}]}
    assert api("GET", CHAT).json["owner"]["agent"] == grace
    assert remove_agent(api, "unassign").message == "Agent not found"


def test_chats_of_a_removed_member_are_resolved(api: HttpClient) -> None:
    api("PATCH", f"{CHAT}/owner", {"agent": AGENT, "department": DEPARTMENT})
    assert remove_agent(api, "resolve", remove=False).status == 200
    chat = api("GET", CHAT).json
    assert chat["status"] == "resolved"
    assert chat["owner"]["department"] == DEPARTMENT
    assert "agent" not in chat["owner"]
    suspended = api("GET", f"/team?ids={AGENT}&status=suspended").json
    assert [member["devices"] for member in suspended] == [[]]


def test_removing_members_is_all_or_nothing(api: HttpClient) -> None:
    users = [
        {"id": AGENT, "action": "unassign", "remove": True},
        {"email": "no@example.com", "action": "unassign", "remove": True},
    ]
    assert api("DELETE", "/team", {"users": users, "force": True}).status == 404
    assert ids(api, f"/team?ids={AGENT}") == [AGENT]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("role=supervisor", "b"),
        ("status=suspended,pending", "bc"),
        ("search=EVA", "b"),
        ("search=c@example", "c"),
        ("onlineBefore=2026-03-02", "ab"),
        ("onlineAfter=2026-03-02", "c"),
        ("loginAfter=2026-03-01", "c"),
        ("loginBefore=2026-03-01", "a"),
    ],
)
def test_team_members_are_filtered(sandbox: Sandbox, api: HttpClient, query: str, expected: str) -> None:
    sandbox.seed(
        users=[
            {"id": "a" * 24, "lastSeenAt": "2026-01-01", "lastLoginAt": "2026-01-01"},
            {"id": "b" * 24, "displayName": "Eva", "role": "supervisor", "status": "suspended", "lastSeenAt": "2026-03-01"},
            {
                "id": "c" * 24,
                "email": "c@example.com",
                "status": "pending",
                "lastSeenAt": "2026-05-01",
                "lastLoginAt": "2026-05-01",
            },
        ]
    )
    own = ",".join(letter * 24 for letter in "abc")
    assert "".join(member[0] for member in ids(api, f"/team?ids={own}&{query}")) == expected
    others = ids(api, f"/team?exceptIds={own}&size=100")
    assert AGENT in others
    assert not {letter * 24 for letter in "abc"} & set(others)
