"""Requests that public clients send, in forms that the package's own client does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from .conftest import CONTACT, DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

PHONE = "+447362053576"
MEMBER = "34271533505@c.us"
GROUP = "120363012345678999@g.us"


def test_message_without_device_uses_the_first_number(api: HttpClient, sandbox: Sandbox) -> None:
    response = api("POST", "/messages", {"phone": PHONE, "message": "Hello"})
    assert (response.status, response.json["device"]) == (201, sandbox.documents("devices")[0]["id"])


@pytest.mark.parametrize(
    "path",
    [
        "/devices/",
        f"/chat/{DEVICE}/messages/?chat={quote(CONTACT)}",
        f"/io/{DEVICE}/chats",
        f"/chat/{DEVICE}/chats?sort=date:desc",
        f"/chat/{DEVICE}/messages?sync=false&skip=0",
        f"/chat/{DEVICE}/chats?labels=",
        "/me",
    ],
)
def test_request_of_another_client_is_taken(api: HttpClient, path: str) -> None:
    assert api("GET", path).status == 200


def test_skip_without_sync_is_still_refused(api: HttpClient) -> None:
    response = api("GET", f"/chat/{DEVICE}/messages?sync=false&skip=1")
    assert response.message == "Give skip only together with sync."


def test_webhook_takes_a_sample_by_name(api: HttpClient) -> None:
    hook = api("POST", "/webhooks", {"name": "Hook", "url": "http://127.0.0.1:9/hook", "events": ["message:in:new"]}).json
    response = api("GET", f"/webhooks/{hook['id']}?workflow=7&sample=inbound-text")
    assert (response.status, response.json["id"]) == (200, hook["id"])


def test_limit_is_the_size_of_a_page(api: HttpClient, sandbox: Sandbox) -> None:
    device = sandbox.documents("devices")[0]["id"]
    assert len(api("GET", f"/chat/{device}/contacts?limit=3").json) == 3


@pytest.mark.parametrize(
    ("path", "body", "code", "name", "location"),
    [
        ("/messages", {"phone": "07", "message": "Hello"}, "phone:invalid", "phone", "body.phone"),
        ("/messages", {"phone": PHONE, "message": 7}, "error:generic", "message", "body.message"),
    ],
)
def test_violation_has_code_reason_message_and_path(
    api: HttpClient, path: str, body: Any, code: str, name: str, location: str
) -> None:
    [error] = api("POST", path, body).json["errors"]
    assert (error["code"], error["path"], error["location"]) == (code, name, location)
    assert error["message"] == f"{name} {error['reason']}"


def test_participant_is_removed_by_wid(api: HttpClient, sandbox: Sandbox) -> None:
    member = {"wid": MEMBER, "phone": "+34271533505"}
    sandbox.seed(groups=[{"device": DEVICE, "wid": GROUP, "name": "Team", "participants": [member]}])
    response = api("DELETE", f"/devices/{DEVICE}/groups/{GROUP}/participants", [MEMBER])
    assert response.status == 200
    left = next(group for group in sandbox.documents("groups") if group["wid"] == GROUP)
    assert left["participants"] == []


def test_contacts_in_bulk_have_kind_and_country(api: HttpClient) -> None:
    contact = {"phone": "+447362053577", "name": "Ada", "kind": "business", "country": "GB"}
    assert api("PATCH", f"/chat/{DEVICE}/contacts", [contact]).json["created"] == 1
    info = api("GET", f"/chat/{DEVICE}/contacts/447362053577@c.us").json["info"]
    assert (info["kind"], info["country"]) == ("business", "GB")


def test_location_takes_a_message(api: HttpClient) -> None:
    location = {"coordinates": [51.5, -0.12]}
    response = api("POST", "/messages", {"device": DEVICE, "phone": PHONE, "location": location, "message": "Here"})
    assert (response.status, response.json["type"], response.json["message"]) == (201, "location", "Here")


def test_meeting_links_of_ids_and_urls_are_deleted(api: HttpClient) -> None:
    path = f"/devices/{DEVICE}/meeting-links"
    by_id, by_url, other = (api("POST", path, {"kind": "video"}).json for _ in range(3))
    response = api("DELETE", path, {"ids": [by_id["id"]], "urls": [by_url["url"]]})
    assert response.status == 200
    assert [link["id"] for link in api("GET", path).json] == [other["id"]]


def test_upload_keeps_the_reference_of_the_query(api: HttpClient) -> None:
    [file] = api("POST", "/files?reference=order-7", {"url": "https://example.com/other-client.png"}).json
    assert file["reference"] == "order-7"
    [own] = api("POST", "/files?reference=a", {"url": "https://example.com/own.png", "reference": "b"}).json
    assert own["reference"] == "b"


@pytest.mark.parametrize(("body", "is_unread"), [(None, True), ({}, True), ({"unread": True}, True), ({"unread": False}, False)])
def test_unread_without_a_body_marks_as_unread(api: HttpClient, body: object, is_unread: bool) -> None:
    assert api("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/unread", body).status == 200
    chat = api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json
    assert chat["meta"]["isUnread"] is is_unread


@pytest.mark.parametrize(
    "body",
    [
        {"phone": PHONE, "message": "Hello", "media": None, "poll": None, "quote": None, "device": None},
        {"phone": PHONE, "media": {"url": "https://example.com/a.pdf", "file": None}},
    ],
)
def test_null_in_a_message_counts_as_missing(api: HttpClient, body: Any) -> None:
    assert api("POST", "/messages", body).status == 201


@pytest.mark.parametrize("field", ["attend", "confirm"])
def test_response_to_an_event_has_two_names(api: HttpClient, sandbox: Sandbox, field: str) -> None:
    invitation = {"name": "Demo", "date": "2030-01-01T10:00:00Z"}
    event = api("POST", "/messages", {"phone": PHONE, "event": invitation, "enqueue": "never"}).json["waId"]
    sandbox.settle()
    response = api("POST", "/messages", {"phone": PHONE, field: {"event": event, "confirm": True}})
    assert (response.status, response.json["attend"]) == (201, {"event": event, "confirm": True})
    sandbox.requests.assert_called_once("send.event_response")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"message": "Hello", "media": {"url": "https://example.com/a.pdf", "colour": 1}}, "media.colour"),
        ({"location": {"latitude": 51.5, "longitude": -0.12}}, "location.latitude"),
    ],
)
def test_unknown_field_is_named_by_its_path(api: HttpClient, fields: Any, name: str) -> None:
    assert api("POST", "/messages", {"phone": PHONE} | fields).message == f"Unknown field {name}"


def test_labels_have_a_second_path(api: HttpClient, sandbox: Sandbox) -> None:
    device = sandbox.documents("devices")[0]["id"]
    labels = api("GET", f"/devices/{device}/labels").json
    assert (api("GET", f"/chat/{device}/labels").json, bool(labels)) == (labels, True)
