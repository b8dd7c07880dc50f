"""Incoming events of each type: what webhooks get, what the API shows afterwards, and what is refused."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING, Any

import pytest

from sparkbot.errors import InvalidArgumentError

from .conftest import CONTACT, DEVICE, HttpClient
from .test_webhooks import PHONE, Receiver, register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot.sandbox import Sandbox

OTHER_PHONE = "+447362053577"
GROUP = "120363099999999999@g.us"
EVENTS = (
    "message:in:new", "message:update", "message:reaction", "message:out:new", "message:out:sent", "message:out:ack",
    "message:out:failed", "group:update", "channel:in",
)  # fmt: skip


@pytest.fixture
def hook(api: HttpClient) -> Iterator[Receiver]:
    """A receiver of all events of messages and groups."""
    receiver = Receiver()
    register(api, receiver.url, *EVENTS, device=DEVICE)
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def last(sandbox: Sandbox, hook: Receiver) -> Any:
    """The last event that was posted."""
    sandbox.settle()
    return hook.bodies[-1]


def test_event_has_the_fields_of_captured_events(sandbox: Sandbox, hook: Receiver) -> None:
    sandbox.receive(DEVICE, PHONE, "Our shop", type="image", chat=GROUP)
    event = last(sandbox, hook)
    assert event.keys() >= {"id", "object", "event", "created", "device", "data"}
    assert event["device"].keys() >= {"id", "phone", "alias", "plan"}
    data = event["data"]
    assert event["id"] == data["id"]
    expected = {
        "type": "image", "flow": "inbound", "status": "active", "ack": "delivered", "body": "", "reactions": [],
        "fromNumber": PHONE, "author": CONTACT, "toNumber": "+447362053500",
    }  # fmt: skip
    assert {name: data[name] for name in expected} == expected
    assert {type(data[name]) for name in ("from", "to", "date")} == {str}
    assert (type(data["timestamp"]), type(data["links"])) == (int, dict)
    chat = {name: data["chat"][name] for name in ("id", "type", "waStatus")}
    assert chat == {"id": GROUP, "type": "group", "waStatus": "active"}
    assert data["chat"]["group"].keys() >= {"description", "owner", "totalParticipants"}
    assert data["media"].keys() >= {"id", "type", "caption", "mime", "size"}
    assert data["meta"].keys() >= {"isGroup", "isNotification", "isBizNotification", "isForwarded"}
    assert data["contact"].keys() >= {"info", "locationInfo", "subscription"}


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("image", {}, {"mime": "image/png", "extension": "png"}),
        ("audio", {"format": "ptt", "duration": 7}, {"mime": "audio/wav", "format": "ptt"}),
        ("audio", {"mime": "audio/ogg"}, {"mime": "audio/ogg", "filename": "voice.ogg"}),
        ("video", {"format": "gif"}, {"mime": "video/mp4", "format": "gif"}),
        ("document", {"filename": "menu.csv"}, {"mime": "text/csv", "filename": "menu.csv"}),
    ],
)
def test_file_of_an_event_can_be_downloaded(
    sandbox: Sandbox, api: HttpClient, hook: Receiver, kind: Any, fields: Any, expected: dict[str, str]
) -> None:
    sandbox.receive(DEVICE, PHONE, "Look", type=kind, content=b"the content", **fields)
    data = last(sandbox, hook)["data"]
    media = data["media"]
    assert (data["type"], media["type"], media["caption"], media["flow"]) == (kind, kind, "Look", "in")
    assert {name: media[name] for name in expected} == expected
    assert media["meta"].get("duration") == (fields.get("duration", 1) if kind in ("audio", "video") else None)
    file = api("GET", media["links"]["download"].removeprefix("/v1"))
    assert (file.content, file.headers["content-type"], media["size"]) == (b"the content", media["mime"], 11)
    listed = api("GET", f"/chat/{DEVICE}/messages/{data['id']}").json["media"]
    assert (listed["id"], "content" in listed) == (media["id"], False)


def test_file_without_content_is_generated(sandbox: Sandbox, api: HttpClient) -> None:
    for kind, magic in (("image", b"\x89PNG"), ("audio", b"RIFF"), ("document", b"%PDF")):
        media = sandbox.receive(DEVICE, PHONE, type=kind)["media"]  # type: ignore[arg-type]
        content = api("GET", media["links"]["download"].removeprefix("/v1")).content
        assert (content[:4], len(content)) == (magic, media["size"])


def test_content_of_each_type_is_in_its_field(sandbox: Sandbox, hook: Receiver) -> None:
    sandbox.receive(DEVICE, PHONE, type="location", location={"lat": 51.5, "lon": -0.1, "name": "Shop", "address": "1 High St"})
    event = last(sandbox, hook)["data"]
    assert (event["type"], event["location"]["lat"], event["location"]["lon"]) == ("location", 51.5, -0.1)
    sandbox.receive(DEVICE, PHONE, type="contacts", contacts=[{"name": "Ada", "phone": OTHER_PHONE}])
    event = last(sandbox, hook)["data"]
    [card] = event["contacts"]
    assert (event["type"], card["formattedName"], card["phones"][0]["number"]) == ("contacts", "Ada", OTHER_PHONE)
    sandbox.receive(DEVICE, PHONE, type="poll", poll={"name": "Lunch?", "options": ["Yes", "No"]})
    event = last(sandbox, hook)["data"]
    assert (event["type"], event["poll"]["name"]) == ("poll", "Lunch?")
    assert [option["name"] for option in event["poll"]["options"]] == ["Yes", "No"]


def test_votes_count_once_per_person(sandbox: Sandbox, hook: Receiver) -> None:
    poll = sandbox.receive(DEVICE, PHONE, type="poll", poll={"name": "Lunch?", "options": ["Yes", "No"]})["id"]
    for phone, options in ((PHONE, ["Yes"]), (OTHER_PHONE, ["Yes", "No"]), (PHONE, ["No"])):
        sandbox.receive(DEVICE, phone, type="vote", message=poll, options=options)
    event = last(sandbox, hook)
    assert (event["event"], event["data"]["id"]) == ("message:update", poll)
    votes = event["data"]["poll"]
    assert [option["count"] for option in votes["options"]] == [1, 2]
    assert (votes["count"], votes["participants"], votes["lastVoter"]) == (3, 2, CONTACT)
    sandbox.receive(DEVICE, PHONE, type="vote", message=poll, options=[])
    assert last(sandbox, hook)["data"]["poll"]["participants"] == 1


def test_reaction_replaces_that_of_the_same_person(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    message = sandbox.receive(DEVICE, PHONE, "Hello")["id"]
    for emoji in ("👍", "🎉"):
        sandbox.receive(DEVICE, PHONE, type="reaction", message=message, reaction=emoji)
    event = last(sandbox, hook)
    assert (event["event"], event["data"]["id"]) == ("message:reaction", message)
    assert [(reaction["emoji"], reaction["author"]) for reaction in event["data"]["reactions"]] == [("🎉", CONTACT)]
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json["lastReactionEmoji"] == "🎉"
    sandbox.receive(DEVICE, PHONE, type="reaction", message=message, reaction="")
    assert last(sandbox, hook)["data"]["reactions"] == []


def test_sent_reaction_changes_the_same_message(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    message = sandbox.receive(DEVICE, PHONE, "Hello")["id"]
    send(api, message=None, reaction="👍", reactionMessage=message)
    sandbox.settle()
    [event] = [body for body in hook.bodies if isinstance(body, dict) and body["event"] == "message:reaction"]
    assert event["data"]["id"] == message
    assert [(entry["emoji"], entry["author"]) for entry in event["data"]["reactions"]] == [("👍", "447362053500@c.us")]


def test_edit_and_delete_update_message_and_chat(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    message = sandbox.receive(DEVICE, PHONE, "Helo")["id"]
    sandbox.receive(DEVICE, PHONE, "Hello", type="edit", message=message)
    event = last(sandbox, hook)
    assert (event["event"], event["data"]["body"], event["data"]["meta"]["isEdited"]) == ("message:update", "Hello", True)
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json["lastMessage"]["body"] == "Hello"
    sandbox.receive(DEVICE, PHONE, type="delete", message=message)
    data = last(sandbox, hook)["data"]
    assert (data["id"], data["body"], data["meta"]["isRevoked"]) == (message, "", True)


def test_person_joins_a_group(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    sandbox.receive(DEVICE, PHONE, "Hello all", chat=GROUP)
    group = sandbox.receive(DEVICE, OTHER_PHONE, type="join", chat=GROUP)
    event = last(sandbox, hook)
    assert (event["event"], event["object"], event["data"]["wid"]) == ("group:update", "group", GROUP)
    phones = [member["phone"] for member in event["data"]["participants"]]
    assert phones == ["+447362053500", PHONE, OTHER_PHONE]
    assert [member["phone"] for member in group["participants"]] == phones
    assert api("GET", f"/chat/{DEVICE}/chats/{GROUP}").json["group"]["totalParticipants"] == 3


def test_message_tells_name_reply_and_forwarding(sandbox: Sandbox, hook: Receiver) -> None:
    first = sandbox.receive(DEVICE, OTHER_PHONE, "Open?", name="Ada")
    assert (first["meta"]["notifyName"], first["meta"]["isFirstMessage"], first["fromContact"]["displayName"]) == (
        "Ada",
        True,
        "Ada",
    )
    sandbox.receive(DEVICE, OTHER_PHONE, "Well?", quoted=first["id"], forwarded=True)
    data = last(sandbox, hook)["data"]
    assert (data["quoted"]["wid"], data["quoted"]["body"]) == (first["id"], "Open?")
    assert (data["meta"]["isForwarded"], data["meta"]["isFirstMessage"]) == (True, False)


def send(api: HttpClient, **fields: object) -> Any:
    body = {"device": DEVICE, "phone": PHONE, "message": "Hello"} | fields
    return api("POST", "/messages", {name: value for name, value in body.items() if value is not None}).json


def test_report_passes_each_state_once(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    message = send(api, deliverAt="2099-01-01T00:00:00.000Z")["id"]
    assert sandbox.report(message, "read")["deliveryStatus"] == "read"
    sandbox.report(message, "delivered")
    sandbox.settle(scheduled=True)
    assert hook.events() == ["message:out:new", "message:out:sent", "message:out:ack", "message:out:ack"]
    assert [body["ack"] for body in hook.bodies[2:]] == ["delivered", "read"]
    sent = api("GET", f"/messages/{message}").json
    sandbox.report(sent["waId"], "played")
    assert last(sandbox, hook)["ack"] == "played"
    assert api("GET", f"/chat/{DEVICE}/messages/{sent['waId']}").json["ack"] == "played"


def test_reported_failure_has_its_reason(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    message = send(api, deliverAt="2099-01-01T00:00:00.000Z")["id"]
    sandbox.report(message, "failed", reason="number:blocked")
    [event] = last(sandbox, hook)
    assert (event["event"], event["data"]["failureReason"]) == ("message:out:failed", "number:blocked")
    with pytest.raises(InvalidArgumentError, match="has failed"):
        sandbox.report(message, "read")


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ({"type": "smoke"}, 'type is "smoke"'),
        ({"type": "location", "location": {"lat": 1}}, "lat and lon"),
        ({"type": "location", "location": {"lat": 1, "lon": 2}, "body": "here"}, "unknown field body"),
        ({"type": "contacts", "contacts": []}, "contacts is missing"),
        ({"type": "contacts", "contacts": [{"name": "Ada"}]}, "name and a phone"),
        ({"type": "poll", "poll": {"name": "Lunch?", "options": [1]}}, "not all strings"),
        ({"type": "image", "content": "***"}, "not base64"),
        ({"type": "image", "format": "jpeg"}, "format is"),
        ({"type": "audio", "duration": "7 s"}, "number of seconds"),
        ({"type": "edit", "message": "3EB0FFFFFFFFFFFFFFFF", "body": "x"}, "Message not found"),
        ({"type": "join", "chat": "120363000000000000@g.us"}, "Group not found"),
        ({"type": "text", "body": "x", "quoted": "3EB0FFFFFFFFFFFFFFFF"}, "Message not found"),
    ],
)
def test_event_is_refused_with_the_reason(api: HttpClient, event: dict[str, Any], problem: str) -> None:
    response = api("POST", "/_sandbox/incoming", {"device": DEVICE, "from": PHONE} | event)
    assert response.status in (400, 404)
    assert problem in response.message


def test_changes_of_the_wrong_message_are_refused(sandbox: Sandbox) -> None:
    message = sandbox.receive(DEVICE, PHONE, "Hello")["id"]
    for kind in ("edit", "delete"):
        with pytest.raises(InvalidArgumentError, match="only its sender"):
            sandbox.receive(DEVICE, OTHER_PHONE, "x" if kind == "edit" else None, type=kind, message=message)
    with pytest.raises(InvalidArgumentError, match="has no poll"):
        sandbox.receive(DEVICE, PHONE, type="vote", message=message, options=["Yes"])
    with pytest.raises(InvalidArgumentError, match='status is "seen"'):
        sandbox.report(sandbox.documents("outbound")[0]["id"], "seen")  # type: ignore[arg-type]
    with pytest.raises(InvalidArgumentError, match="Message not found"):
        sandbox.report("0" * 24, "read")


def test_deliveries_are_signed_if_a_key_is_set(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    key = "a-key-of-sixteen-characters"
    sandbox.receive(DEVICE, PHONE, "unsigned")
    last(sandbox, hook)
    sandbox.sign_webhooks(key)
    sandbox.receive(DEVICE, PHONE, "größer 👍")
    last(sandbox, hook)
    assert api("PUT", "/_sandbox/signature", {"key": key, "header": "X-Hub"}).status == 200
    sandbox.receive(DEVICE, PHONE, "named")
    last(sandbox, hook)
    sandbox.sign_webhooks(None)
    sandbox.receive(DEVICE, PHONE, "unsigned again")
    last(sandbox, hook)
    right = ["sha256=" + hmac.new(key.encode(), raw, "sha256").hexdigest() for raw in hook.raw]
    assert [headers.get("x-sparkbot-signature") for headers in hook.headers] == [None, right[1], None, None]
    assert [headers.get("x-hub") for headers in hook.headers] == [None, None, right[2], None]
    assert key not in repr(sandbox) + str(sandbox.requests)
    wrong: list[Any] = [{"key": ""}, {"key": 1}, {"key": key, "header": "two words"}, {"secret": key}, []]
    for options in wrong:
        response = api("PUT", "/_sandbox/signature", options)
        assert response.status == 400
        assert key not in response.message


def test_sample_by_name_posts_the_newest_of_its_type(sandbox: Sandbox, api: HttpClient, hook: Receiver) -> None:
    sandbox.receive(DEVICE, PHONE, "old")
    image = sandbox.receive(DEVICE, PHONE, type="image")["id"]
    sandbox.receive(DEVICE, PHONE, "new")
    sandbox.settle()
    del hook.bodies[:]
    for sample in ("inbound-text", "inbound-image", "inbound-video", "outbound-text"):
        body = {"name": sample, "url": f"{hook.url}&{sample}", "events": ["message:in:new"], "device": DEVICE}
        created = api("POST", f"/webhooks?sample={sample}", body)
        assert created.status == 201
        assert api("GET", f"/webhooks/{created.json['id']}?workflow=wf1&sample={sample}").json["id"] == created.json["id"]
    sandbox.settle()
    assert len(hook.bodies) == 4
    assert {event["data"]["type"]: event["data"]["id"] for event in hook.bodies}["image"] == image
    assert sorted(event["data"]["body"] for event in hook.bodies) == ["", "", "new", "new"]


def test_content_is_base64_over_http(api: HttpClient) -> None:
    event = {
        "device": DEVICE,
        "from": PHONE,
        "type": "document",
        "content": base64.b64encode(b"a,b\n").decode(),
        "filename": "a.csv",
    }
    media = api("POST", "/_sandbox/incoming", event).json["media"]
    assert api("GET", f"/chat/{DEVICE}/files/{media['id']}/download").content == b"a,b\n"
