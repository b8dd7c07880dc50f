"""Groups: participants, join requests, invitations."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

GROUPS = f"/devices/{DEVICE}/groups"
OTHER = "+447362053500"
ADA = "+447362053601"
BEN = "+447362053602"


def create(api: HttpClient, name: str = "Team", **fields: object) -> str:
    response = api("POST", GROUPS, {"name": name, "participants": [{"phone": ADA, "admin": True}]} | fields)
    assert response.status == 201
    return str(response.json["wid"])


def admins(api: HttpClient, wid: str) -> dict[str, bool]:
    group = api("GET", f"{GROUPS}/{wid}").json
    assert group["totalParticipants"] == len(group["participants"])
    return {member["phone"]: member["isAdmin"] for member in group["participants"]}


def test_group_is_created_with_its_chat_and_updated(api: HttpClient) -> None:
    wid = create(api, description="Us", permissions={"send": "admins", "edit": "all"})
    assert admins(api, wid) == {OTHER: True, ADA: True}
    assert api("GET", f"/chat/{DEVICE}/chats/{wid}").json["name"] == "Team"
    # The id may omit its domain.
    change = {"name": "Crew", "ephemeral": "7d", "permissions": {"send": "all"}}
    assert api("PATCH", f"{GROUPS}/{wid.removesuffix('@g.us')}", change).status == 200
    group = api("GET", f"{GROUPS}/{wid}").json
    assert (group["name"], group["description"], group["ephemeral"]) == ("Crew", "Us", "7d")
    assert group["permissions"] == {"send": "all", "edit": "all"}
    assert api("GET", f"/chat/{DEVICE}/chats/{wid}").json["name"] == "Crew"
    assert wid in [document["wid"] for document in api("GET", f"{GROUPS}?kind=group&size=100").json]
    assert wid not in [document["wid"] for document in api("GET", f"{GROUPS}?kind=broadcast&size=100").json]


def test_group_name_is_unique(api: HttpClient) -> None:
    create(api)
    assert api("POST", GROUPS, {"name": "Team", "participants": []}).message == "A group with this name already exists"
    wid = create(api, "Crew")
    assert api("PATCH", f"{GROUPS}/{wid}", {"name": "Team"}).status == 409
    assert api("PATCH", f"{GROUPS}/{wid}", {"name": "Crew"}).status == 200


def test_participants_are_added_promoted_and_removed(api: HttpClient) -> None:
    wid = create(api)
    added = api("POST", f"{GROUPS}/{wid}/participants", {"participants": [{"phone": BEN}]})
    assert (added.status, added.json["totalParticipants"]) == (200, 3)
    assert admins(api, wid) == {OTHER: True, ADA: True, BEN: False}
    change = [{"phone": BEN, "admin": True}, {"phone": ADA, "admin": False}]
    assert api("PATCH", f"{GROUPS}/{wid}/participants", {"participants": change}).json["totalParticipants"] == 3
    assert admins(api, wid) == {OTHER: True, ADA: False, BEN: True}
    assert api("DELETE", f"{GROUPS}/{wid}/participants", [ADA, BEN]).status == 200
    assert admins(api, wid) == {OTHER: True}


@pytest.mark.parametrize(
    ("method", "body", "status", "code"),
    [
        ("POST", {"participants": [{"phone": BEN}, {"phone": ADA}]}, 409, None),
        ("POST", {"participants": [{"phone": BEN}, {"phone": "+447362050000"}]}, 400, "participant:not_found"),
        ("POST", {"participants": [{"phone": BEN}, {"phone": "+447362053576"}]}, 403, "group:participants:privacy_restriction"),
        ("POST", {"participants": [{"phone": "0736"}]}, 400, "phone:invalid"),
        ("PATCH", {"participants": [{"phone": ADA, "admin": False}, {"phone": BEN}]}, 400, "participant:not_found"),
        ("DELETE", [ADA, BEN], 400, "participant:not_found"),
    ],
)
def test_invalid_participant_change_changes_nothing(
    sandbox: Sandbox, api: HttpClient, method: str, body: object, status: int, code: str | None
) -> None:
    sandbox.seed(contacts=[{"device": DEVICE, "wid": CONTACT, "meta": {"canAddToGroups": False}}])
    wid = create(api)
    response = api(method, f"{GROUPS}/{wid}/participants", body)
    assert (response.status, response.json.get("errorCode")) == (status, code)
    if status == 409:
        assert response.message == "Participant already exist in the group."
    if status == 403:
        assert response.json["meta"] == {"participant": "+447362053576"}
    assert admins(api, wid) == {OTHER: True, ADA: True}


def seed_pending(sandbox: Sandbox, *phones: str) -> str:
    wid = "120363777@g.us"
    pending = [{"phone": phone} for phone in phones]
    sandbox.seed(groups=[{"device": DEVICE, "wid": wid, "participants": [{"phone": ADA}], "pendingMembers": pending}])
    return f"{GROUPS}/{wid}"


def pending(api: HttpClient, group: str) -> list[Any]:
    return [member["phone"] for member in api("GET", f"{group}/members").json]


def test_join_requests_are_approved_or_rejected(sandbox: Sandbox, api: HttpClient) -> None:
    group = seed_pending(sandbox, BEN, "+447362053603", "+447362053604", "+447362053605")
    assert "pendingMembers" not in api("GET", group).json
    assert api("POST", f"{group}/members", {"phones": [BEN]}).json["approved"] == [BEN]
    assert api("DELETE", f"{group}/members", {"phones": ["+447362053603"]}).json["rejected"] == ["+447362053603"]
    assert pending(api, group) == ["+447362053604", "+447362053605"]
    assert api("POST", f"{group}/members", {"phones": [BEN]}).json["errorCode"] == "participant:not_found"
    assert api("POST", f"{group}/members", {"all": True}).json["totalParticipants"] == 4
    assert pending(api, group) == []
    members = [member["phone"] for member in api("GET", group).json["participants"]]
    assert members == [ADA, BEN, "+447362053604", "+447362053605"]


def test_all_join_requests_are_rejected(sandbox: Sandbox, api: HttpClient) -> None:
    group = seed_pending(sandbox, BEN, "+447362053603")
    assert api("DELETE", f"{group}/members", {"all": True}).json["rejected"] == [BEN, "+447362053603"]
    assert pending(api, group) == []
    assert api("GET", group).json["totalParticipants"] == 1


def connect_other(sandbox: Sandbox) -> None:
    sandbox.seed(devices=[{"id": OTHER_DEVICE, "phone": "+447362053509"}])


def test_invite_code_is_valid_until_revoked(sandbox: Sandbox, api: HttpClient) -> None:
    connect_other(sandbox)
    wid = create(api)
    invitation = api("GET", f"{GROUPS}/{wid}/invite").json
    assert invitation["url"] == f"https://chat.whatsapp.com/{invitation['code']}"
    assert api("DELETE", f"{GROUPS}/{wid}/invite").status == 200
    renewed = api("GET", f"{GROUPS}/{wid}/invite").json
    assert renewed["code"] != invitation["code"]
    assert api("PUT", f"/devices/{OTHER_DEVICE}/groups", {"code": invitation["code"]}).message == "Invitation not found"
    for _ in range(2):
        assert api("PUT", f"/devices/{OTHER_DEVICE}/groups", {"url": renewed["url"]}).json["wid"] == wid
    assert api("GET", f"/devices/{OTHER_DEVICE}/groups/{wid}").json["totalParticipants"] == 3
    assert "+447362053509" in admins(api, wid)
    assert api("GET", f"/chat/{OTHER_DEVICE}/chats/{wid}").status == 200


def test_join_waits_for_approval_if_required(sandbox: Sandbox, api: HttpClient) -> None:
    connect_other(sandbox)
    wid = create(api, permissions={"approval": True})
    code = api("GET", f"{GROUPS}/{wid}/invite").json["code"]
    for _ in range(2):
        assert api("PUT", f"/devices/{OTHER_DEVICE}/groups", {"code": code}).json["status"] == "pending"
    assert pending(api, f"{GROUPS}/{wid}") == ["+447362053509"]
    assert api("GET", f"/devices/{OTHER_DEVICE}/groups/{wid}").status == 404
    api("POST", f"{GROUPS}/{wid}/members", {"all": True})
    assert api("GET", f"/devices/{OTHER_DEVICE}/groups/{wid}").json["totalParticipants"] == 3


def test_group_is_left_with_or_without_its_chat(sandbox: Sandbox, api: HttpClient) -> None:
    connect_other(sandbox)
    wid = create(api)
    api("PUT", f"/devices/{OTHER_DEVICE}/groups", {"code": api("GET", f"{GROUPS}/{wid}/invite").json["code"]})
    assert api("DELETE", f"/devices/{OTHER_DEVICE}/groups", {"id": wid, "remove": False}).status == 200
    assert api("GET", f"/devices/{OTHER_DEVICE}/groups/{wid}").json["isReadOnly"] is True
    assert "+447362053509" not in admins(api, wid)
    assert api("DELETE", f"/devices/{OTHER_DEVICE}/groups", {"id": wid}).status == 400
    assert api("DELETE", GROUPS, {"id": wid}).status == 200
    for path in (f"{GROUPS}/{wid}", f"/chat/{DEVICE}/chats/{wid}"):
        assert api("GET", path).status == 404


def test_group_image_is_updated(api: HttpClient) -> None:
    wid = create(api)
    assert api("PUT", f"{GROUPS}/{wid}/image", {"image": b64encode(b"\xff\xd8\xff...").decode()}).json["success"] is True
    assert api("PUT", f"{GROUPS}/{wid}/image", {"url": "https://example.com/a.png"}).status == 200
    assert api("GET", f"{GROUPS}/{wid}").json["imageUrl"] == "https://example.com/a.png"
