"""The team, and which devices its members may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEPARTMENT, DEVICE, OTHER_DEVICE, Talk

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

HERE = f"/devices/{DEVICE}/team"
THERE = f"/devices/{OTHER_DEVICE}/team"
CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"
NEW: dict[str, Any] = {
    "displayName": "Grace",
    "email": "grace@example.com",
    "password": "a secret",
    "role": "agent",
    "color": "teal",
}
MISSING = "0" * 24


def ids(talk: Talk, path: str) -> list[str]:
    return [member["id"] for member in talk("GET", path).json]


@pytest.fixture
def grace(talk: Talk) -> str:
    return str(talk("POST", HERE, NEW).json["id"])


def test_a_member_is_added_to_one_device(talk: Talk, sandbox: Sandbox) -> None:
    made = talk("POST", HERE, NEW)
    assert (made.status, made.json["status"], made.json["settings"]) == (201, "active", {"color": "teal"})
    member = made.json["id"]
    assert member in ids(talk, HERE)
    assert member not in ids(talk, THERE)
    assert talk("GET", "/team?search=grace").json == [made.json]
    assert "a secret" not in str(sandbox.documents("users"))
    assert talk("POST", THERE, NEW).status == 409
    assert talk("POST", HERE, NEW | {"email": "b@example.com", "invite": True}).json["status"] == "pending"
    assert talk("POST", HERE, NEW | {"role": "king"}).message == "Invalid role value"


def test_a_member_is_changed(talk: Talk, grace: str) -> None:
    answer = talk("PATCH", "/team", {"id": grace, "role": "supervisor", "color": "red", "password": "another"})
    assert (answer.json["role"], answer.json["displayName"], answer.json["settings"]["color"]) == ("supervisor", "Grace", "red")
    assert "password" not in answer.json
    assert talk("PATCH", "/team", {"id": grace, "email": "ada@example.com"}).status == 409
    assert talk("PATCH", "/team", {"id": grace, "email": "grace@example.com"}).status == 200
    assert talk("PATCH", "/team", {"id": MISSING, "role": "agent"}).message == "Agent not found"


def test_access_is_given_and_taken(talk: Talk, grace: str) -> None:
    for _ in range(2):
        assert talk("PATCH", THERE, {"id": grace}).status == 200
    assert grace in ids(talk, THERE)
    assert talk("GET", f"/team?device={OTHER_DEVICE}&ids={grace}").json[0]["devices"] == [DEVICE, OTHER_DEVICE]
    answer = talk("DELETE", HERE, {"email": "grace@example.com", "action": "unassign", "remove": False})
    assert (answer.status, answer.json["id"]) == (200, grace)
    assert grace not in ids(talk, HERE)
    assert grace in ids(talk, THERE)
    assert talk("DELETE", THERE, {"id": grace, "action": "unassign", "remove": True}).json["removed"]
    assert talk("GET", f"/team?ids={grace}").json == []
    assert talk("DELETE", THERE, {"id": grace, "action": "unassign", "remove": True}).status == 404


def test_who_may_use_every_device_loses_only_one(talk: Talk) -> None:
    talk("DELETE", HERE, {"id": AGENT, "action": "unassign", "remove": False})
    assert AGENT not in ids(talk, HERE)
    assert AGENT in ids(talk, THERE)


def leave(talk: Talk, action: str, *, remove: bool = True, force: bool = True, **more: str) -> Any:
    return talk("DELETE", "/team", {"users": [{"id": AGENT, "action": action, "remove": remove} | more], "force": force})


def test_the_chats_of_somebody_who_leaves_are_handed_over(talk: Talk, grace: str) -> None:
    talk("PATCH", f"{CHAT}/owner", {"agent": AGENT, "department": DEPARTMENT})
    refused = leave(talk, "reassign")
    assert (refused.status, leave(talk, "reassign", assign=AGENT).status) == (400, 400)
    assert leave(talk, "reassign", assign=MISSING).status == 404
    assert leave(talk, "unassign", force=False).status == 409
    assert talk("GET", CHAT).json["owner"]["agent"] == AGENT
    answer = leave(talk, "reassign", assign=grace)
    assert answer.json == {"deleted": [{"id": AGENT, "chats": 1, "removed": True}]}
    assert talk("GET", CHAT).json["owner"]["agent"] == grace
    assert leave(talk, "unassign").message == "Agent not found"


def test_chats_may_be_left_to_the_department_or_be_resolved(talk: Talk) -> None:
    talk("PATCH", f"{CHAT}/owner", {"agent": AGENT, "department": DEPARTMENT})
    assert leave(talk, "resolve", remove=False).status == 200
    chat = talk("GET", CHAT).json
    assert chat["status"] == "resolved"
    assert chat["owner"]["department"] == DEPARTMENT
    assert "agent" not in chat["owner"]
    suspended = talk("GET", f"/team?ids={AGENT}&status=suspended").json
    assert [member["devices"] for member in suspended] == [[]]


def test_nobody_leaves_when_one_of_them_is_not_there(talk: Talk) -> None:
    users = [
        {"id": AGENT, "action": "unassign", "remove": True},
        {"email": "no@example.com", "action": "unassign", "remove": True},
    ]
    assert talk("DELETE", "/team", {"users": users, "force": True}).status == 404
    assert ids(talk, f"/team?ids={AGENT}") == [AGENT]


@pytest.mark.parametrize(
    ("query", "found"),
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
def test_the_team_is_filtered(sandbox: Sandbox, talk: Talk, query: str, found: str) -> None:
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
    assert "".join(one[0] for one in ids(talk, f"/team?ids={own}&{query}")) == found
    others = ids(talk, f"/team?exceptIds={own}&size=100")
    assert AGENT in others
    assert not {letter * 24 for letter in "abc"} & set(others)
