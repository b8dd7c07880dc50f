"""Sending: every message type, delivery, and the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .conftest import AGENT, CONTACT, DEVICE, OTHER_DEVICE, HttpClient, queue_size

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

PHONE = "+447362053576"
NEW_PHONE = "+447362053599"
NEW_CHAT = "447362053599@c.us"
MESSAGE, RECEIVED, POLL, EVENT = (f"3EB0A1B2C3D4E5F6071{end}" for end in "8345")
# Messages that a vote and an event response refer to.
ANSWERED = [(POLL, "poll"), (EVENT, "event")]

KINDS: list[tuple[str, str, dict[str, Any]]] = [
    ("send.text", "text", {"message": "Hello"}),
    ("send.media", "image", {"media": {"url": "https://example.com/a.png?size=2"}, "message": "Look"}),
    ("send.media", "document", {"media": {"url": "https://example.com/menu.pdf"}}),
    ("send.media", "voice", {"media": {"url": "https://example.com/a.ogg", "format": "ptt"}}),
    ("send.scheduled", "text", {"message": "Hello", "deliverAt": "2020-01-01T00:00:00Z"}),
    ("send.poll", "poll", {"poll": {"name": "Lunch?", "options": ["Pizza", "Soup"]}}),
    ("send.vote", "vote", {"vote": {"poll": POLL, "options": [{"id": 0}]}}),
    ("send.clear_vote", "vote", {"vote": {"poll": POLL, "options": []}}),
    ("send.event", "event", {"event": {"name": "Demo", "date": "2030-01-31T09:00:00Z"}}),
    ("send.event_response", "event", {"attend": {"event": EVENT, "confirm": True}}),
    ("send.location", "location", {"location": {"coordinates": [51.5, -0.12], "name": "London"}}),
    ("send.contacts", "contacts", {"contacts": [{"phone": "+447362053577", "name": "Ada"}]}),
    ("send.reaction", "reaction", {"reaction": "👍", "reactionMessage": MESSAGE}),
    ("send.product", "product", {"product": "1234567890123456"}),
    ("send.forward", "forward", {"forward": {"message": MESSAGE}}),
]


def send(api: HttpClient, phone: str = PHONE, device: str = DEVICE, **fields: Any) -> Any:
    response = api("POST", "/messages", {"device": device, "phone": phone} | (fields or {"message": "Hello"}))
    assert response.status == 201, response.text
    return response.json


def outbound(api: HttpClient, message: Any) -> Any:
    return api("GET", f"/messages/{message['id']}").json


def set_queue(api: HttpClient, status: str) -> None:
    response = api("POST", f"/devices/{DEVICE}/queue", {"status": status})
    assert (response.status, response.json["queue"]["status"]) == (200, status)


@pytest.mark.parametrize(("operation", "kind", "content"), KINDS)
def test_every_message_type_is_delivered(
    sandbox: Sandbox, api: HttpClient, operation: str, kind: str, content: dict[str, Any]
) -> None:
    sandbox.seed(
        messages=[{"device": DEVICE, "chatWid": CONTACT, "id": message_id, "kind": kind} for message_id, kind in ANSWERED]
    )
    message = send(api, **content)
    assert sandbox.requests[-1]["operation"] == operation
    assert (message["status"], message["deliveryStatus"], message["type"]) == ("queued", "queued", kind)
    for field in content.keys() - {"deliverAt", "media", "poll", "forward"}:
        assert message[field] == content[field]
    assert message.get("media", {}).items() >= content.get("media", {}).items()
    sandbox.settle()
    sent = outbound(api, message)
    assert (sent["status"], sent["deliveryStatus"]) == ("processed", "delivered")
    assert sent["createdAt"] <= sent["sentAt"]
    stored = api("GET", f"/chat/{DEVICE}/messages/{sent['waId']}").json
    assert (stored["flow"], stored["type"], stored["ack"], stored["chat"]) == ("outbound", kind, "delivered", CONTACT)


def test_message_is_delivered_over_time(api: HttpClient) -> None:
    message = send(api)
    seen = [message["deliveryStatus"]]
    while seen[-1] != "delivered":
        status = outbound(api, message)["deliveryStatus"]
        if status != seen[-1]:
            seen.append(status)
    assert seen in (["queued", "sent", "delivered"], ["queued", "delivered"])


def test_message_to_new_number_creates_chat_and_contact(sandbox: Sandbox, api: HttpClient) -> None:
    assert api("GET", f"/chat/{DEVICE}/chats/{NEW_CHAT}").status == 404
    send(api, NEW_PHONE, message="Welcome")
    sandbox.settle()
    chat = api("GET", f"/chat/{DEVICE}/chats/{NEW_CHAT}").json
    assert chat["contact"]["phone"] == NEW_PHONE
    assert (chat["lastMessage"]["body"], chat["lastMessage"]["flow"]) == ("Welcome", "outbound")
    assert chat["stats"]["outboundMessages"] == 1
    assert chat["lastMessageAt"] == chat["lastOutboundMessageAt"] == chat["firstMessageAt"]
    listed = api("GET", f"/chat/{DEVICE}/messages?chat={NEW_CHAT}").json
    assert [document["body"] for document in listed] == ["Welcome"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"message": "Hello", "colour": "red"}, "Unknown field colour"),
        ({"poll": {"name": "a", "options": ["a", "b"], "c": 1}}, "Unknown field poll.c"),
        ({"message": "Hello", "expiration": {"duration": "soon"}}, "must be a duration"),
        ({"message": "Hello", "deliverAt": "2090-01-02", "expiration": {"date": "2090-01-01"}}, "expires before it is sent"),
        ({"vote": {"poll": RECEIVED, "options": [{"id": 0}]}}, "The message is not of type poll"),
        ({"attend": {"event": RECEIVED, "confirm": True}}, "The message is not of type event"),
    ],
)
def test_invalid_message_is_rejected(sandbox: Sandbox, api: HttpClient, fields: dict[str, Any], message: str) -> None:
    sandbox.seed(messages=[{"device": DEVICE, "chatWid": CONTACT, "id": RECEIVED, "body": "Hello"}])
    response = api("POST", "/messages", {"device": DEVICE, "phone": PHONE} | fields)
    assert response.status == 400
    assert message in response.message


def test_paused_queue_keeps_messages(sandbox: Sandbox, api: HttpClient) -> None:
    set_queue(api, "pause")
    before = queue_size(api)
    low, urgent = send(api, message="low", priority="low"), send(api, message="urgent", priority="urgent")
    sandbox.settle()
    assert (queue_size(api), outbound(api, low)["status"]) == (before + 2, "queued")
    set_queue(api, "active")
    sandbox.settle()
    assert (queue_size(api), outbound(api, low)["deliveryStatus"]) == (before, "delivered")
    stored = [document["body"] for document in api("GET", f"/chat/{DEVICE}/messages?chat={CONTACT}&sort=date:asc").json]
    assert stored == ["urgent", "low"]
    assert outbound(api, urgent)["deliveryStatus"] == "delivered"


def test_offline_session_keeps_messages_queued(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.faults.offline(DEVICE)
    message = send(api)
    sandbox.settle()
    assert outbound(api, message)["status"] == "queued"
    sandbox.faults.clear()
    sandbox.settle()
    assert outbound(api, message)["deliveryStatus"] == "delivered"


def test_rejecting_queue_still_sends_queued_messages(sandbox: Sandbox, api: HttpClient) -> None:
    message = send(api)
    set_queue(api, "reject")
    response = api("POST", "/messages", {"device": DEVICE, "phone": PHONE, "message": "Hello"})
    assert response.status == 409
    assert "rejects" in response.message
    sandbox.settle()
    assert outbound(api, message)["deliveryStatus"] == "delivered"


def test_scheduled_message_waits_until_due(sandbox: Sandbox, api: HttpClient) -> None:
    message = send(api, message="Later", deliverAt="2099-01-01T09:00:00+01:00")
    assert message["deliverAt"] == "2099-01-01T08:00:00.000Z"
    sandbox.settle()
    assert outbound(api, message)["status"] == "queued"
    assert api("GET", f"/devices/{DEVICE}/queue").json["queue"]["scheduled"] == 1
    earlier = api("PATCH", f"/messages/{message['id']}", {"deliverAt": "2020-01-01", "message": "Now"})
    assert (earlier.status, earlier.json["message"]) == (200, "Now")
    sandbox.settle()
    assert outbound(api, message)["deliveryStatus"] == "delivered"
    other = send(api, message="Later", deliverAt="2099-01-01")
    sandbox.settle(scheduled=True)
    assert outbound(api, other)["deliveryStatus"] == "delivered"


def test_expired_message_fails(sandbox: Sandbox, api: HttpClient) -> None:
    message = send(api, message="Hello", expiration={"date": "2020-01-01"})
    sandbox.settle()
    failed = outbound(api, message)
    assert (failed["status"], failed["failureReason"]) == ("failed", "expired")


def test_message_to_unused_number_fails(sandbox: Sandbox, api: HttpClient) -> None:
    assert api("POST", "/numbers/exists", {"phone": "+447362050000"}).json["exists"] is False
    message = send(api, "+447362050000")
    sandbox.settle()
    failed = outbound(api, message)
    assert (failed["status"], failed["deliveryStatus"], failed["failureReason"]) == ("failed", "failed", "number:notfound")


def test_only_queued_messages_can_be_changed(sandbox: Sandbox, api: HttpClient) -> None:
    set_queue(api, "pause")
    message, gone = send(api, message="Helo", reference="r1"), send(api, message="Never")
    path = f"/messages/{message['id']}"
    changed = api("PATCH", path, {"message": "Hello", "phone": NEW_PHONE, "remove": ["reference"]}).json
    assert (changed["message"], changed["wid"]) == ("Hello", NEW_CHAT)
    assert "reference" not in changed
    assert api("GET", path).json == changed
    assert api("DELETE", f"/messages/{gone['id']}").status == 200
    assert (api("GET", f"/messages/{gone['id']}").status, api("DELETE", f"/messages/{gone['id']}").status) == (404, 404)
    set_queue(api, "active")
    sandbox.settle()
    late = api("PATCH", path, {"message": "Too late"})
    assert (late.status, outbound(api, message)["message"]) == (409, "Hello")
    assert [document["body"] for document in api("GET", f"/chat/{DEVICE}/messages").json] == ["Hello"]


def test_routed_messages_are_sent_by_the_target(sandbox: Sandbox, api: HttpClient) -> None:
    set_queue(api, "pause")
    message = send(api)
    sandbox.settle()
    api("PATCH", f"/devices/{DEVICE}/queue", {"device": OTHER_DEVICE})
    sandbox.settle()
    sent = outbound(api, message)
    assert (sent["deliveryStatus"], sent["device"]) == ("delivered", OTHER_DEVICE)
    assert api("GET", f"/chat/{OTHER_DEVICE}/chats/{CONTACT}").json["lastMessage"]["body"] == "Hello"


def test_empty_queue_honors_filters(sandbox: Sandbox, api: HttpClient) -> None:
    set_queue(api, "pause")
    api("DELETE", f"/devices/{DEVICE}/queue")
    assert queue_size(api) == 0
    first, second = send(api), send(api, NEW_PHONE)
    api("POST", "/messages", {"device": DEVICE, "group": "120363012345678901@g.us", "message": "All"})
    scheduled = send(api, message="Later", deliverAt="2099-01-01")

    def empty(**filters: Any) -> int:
        return int(api("DELETE", f"/devices/{DEVICE}/queue", filters).json["queue"]["size"])

    assert empty(before="2020-01-01") == 4
    assert empty(after="2099-01-01") == 4
    assert empty(ids=[first["id"]]) == 3
    assert empty(phones=[NEW_PHONE]) == 2
    assert empty(groups=["120363012345678901@g.us"]) == 1
    assert empty(skipScheduled=True) == 1
    assert [document["id"] for document in sandbox.documents("queue") if document["device"] == DEVICE] == [scheduled["id"]]
    assert api("GET", f"/messages/{second['id']}").status == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("reference=a", ["a"]),
        ("reference=a,b", ["a", "b"]),
        ("phone=%2B447362053599", ["b"]),
        ("priority=high", ["b"]),
        ("target=group", ["c"]),
        ("type=text,image", ["a", "b"]),
        ("search=lunch", ["c"]),
        ("status=delivered", ["a", "b", "c"]),
        ("status=queued", []),
        ("deliveryStatus=delivered&sort=date:asc", ["a", "b", "c"]),
        ("createdBefore=2020-01-01", []),
        (f"agents={AGENT}", ["a"]),
        ("source=chat", []),
    ],
)
def test_outbound_messages_are_filtered(sandbox: Sandbox, api: HttpClient, query: str, expected: list[str]) -> None:
    api("DELETE", f"/devices/{DEVICE}/queue")
    send(api, message="first", reference="a", agent=AGENT)
    sandbox.settle()
    send(api, NEW_PHONE, message="second", reference="b", priority="high")
    sandbox.settle()
    poll = {"poll": {"name": "Lunch?", "options": ["a", "b"]}, "reference": "c"}
    api("POST", "/messages", {"device": DEVICE, "group": "120363012345678901@g.us"} | poll)
    sandbox.settle()
    listed = api("GET", f"/messages?devices={DEVICE}&{query}").json
    assert sorted(document["reference"] for document in listed) == expected


def test_outbound_message_includes_fields_on_request(sandbox: Sandbox, api: HttpClient) -> None:
    message = send(api, message="Hello", agent=AGENT)
    sandbox.settle()
    assert "events" not in outbound(api, message)
    more = api("GET", f"/messages/{message['id']}?include=device,agent,events").json
    assert (more["device"]["id"], more["agent"]["id"]) == (DEVICE, AGENT)
    assert list(more["events"]) == ["sent", "delivered"]


def test_sent_message_applies_its_actions(sandbox: Sandbox, api: HttpClient) -> None:
    actions = [
        {"action": "chat:assign", "params": {"agent": AGENT}},
        {"action": "chat:resolve"},
        {"action": "labels:add", "params": {"labels": ["vip"]}},
        {"action": "metadata:add", "params": {"metadata": [{"key": "tier", "value": "black"}]}},
        {"action": "metadata:remove", "params": {"keys": ["crm_id"]}},
        {"action": "chat:unread"},
    ]
    send(api, message="Hello", actions=actions)
    sandbox.settle()
    chat = api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json
    assert (chat["owner"]["agent"], chat["status"], chat["labels"], chat["unreadCount"]) == (AGENT, "resolved", ["vip"], 1)
    assert chat["contact"]["metadata"] == [{"key": "tier", "value": "black"}]


def test_phone_numbers_are_looked_up_and_validated(api: HttpClient) -> None:
    lookup = api("POST", "/numbers/exists", {"phone": PHONE}).json
    assert (lookup["exists"], lookup["wid"], lookup["country"]["code"]) == (True, CONTACT, "GB")
    numbers = [{"phone": "07362 053576"}, {"phone": "+33 1"}, {"phone": "+34 612 34 56 78"}, {"phone": "tomorrow"}]
    checked = api("POST", "/numbers/validate", {"numbers": numbers, "country": "GB"}).json
    assert checked["summary"] == {"total": 4, "valid": 2, "invalid": 2}
    first, second, third, fourth = checked["numbers"]
    assert (first["phone"], first["country"], first["countryPrefix"]) == (PHONE, "GB", 44)
    assert (third["wid"], third["country"]) == ("34612345678@c.us", "ES")
    assert all("error" in wrong and wrong["valid"] is False for wrong in (second, fourth))
    assert api("POST", "/numbers/validate", {"numbers": [{"phone": "07362 053576"}]}).json["summary"]["valid"] == 0
