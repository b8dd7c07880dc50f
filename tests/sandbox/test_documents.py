"""Documents are complete, whatever their origin: the built-in company, a seed, a request or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import AGENT, CONTACT, DEVICE, OTHER_DEVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot.sandbox import Sandbox
    from tests.sandbox.conftest import HttpClient

STRANGER, GROUP = "447362053588@c.us", "120363012345678905@g.us"
ADA = {"phone": "+447362053577", "name": "Ada"}
CHATS = f"/chat/{DEVICE}/chats"
# What only some of the built-in documents have, since it was set or happened there.
OPTIONAL = {
    "contact": {"name", "shortName", "businessInfo", "info.name", "info.surname", "info.email", "info.kind", "meta.verifiedName"},
    "chat": {"owner", "lastNote", "lastNoteAt", "lastOutboundMessageAt", "lastMessage.id", "group", "channel"},
    "device": {"billing.subscription.plan"},
}


def paths(document: Any, prefix: str = "") -> Iterator[str]:
    """Yields the paths of all fields in a document."""
    for name, value in document.items() if isinstance(document, dict) else ():
        yield prefix + name
        yield from paths(value, f"{prefix}{name}.")


def lacking(built_in: dict[str, Any], document: dict[str, Any], kind: str) -> list[str]:
    """Returns the fields of a built-in document that another one lacks, except those that depend on what happened."""
    expected = {path for path in paths(built_in) if not any(f"{path}.".startswith(f"{name}.") for name in OPTIONAL[kind])}
    return sorted(path for path in expected - set(paths(document)) if not path.startswith(("contact.", "metrics.last")))


def built_in(api: HttpClient) -> str:
    return next(str(device["id"]) for device in api("GET", "/devices").json if device["alias"] == "Support")


def test_seeded_device_is_as_whole_as_a_built_in_one(api: HttpClient) -> None:
    own, other = (api("GET", f"/devices/{device}").json for device in (built_in(api), OTHER_DEVICE))
    assert lacking(own, other, "device") == []
    assert (other["phone"][:7], other["wid"]) == ("+447400", f"{other['phone'][1:]}@c.us")


def test_seeded_chat_is_as_whole_as_a_built_in_one(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "wid": STRANGER}])
    own = next(chat for chat in api("GET", f"/chat/{built_in(api)}/chats?type=chat").json)
    assert lacking(own, api("GET", f"{CHATS}/{STRANGER}").json, "chat") == []


@pytest.mark.parametrize("made_by", ["seed", "request", "message"])
def test_contact_is_whole_whoever_made_it(sandbox: Sandbox, api: HttpClient, made_by: str) -> None:
    own = next(contact for contact in api("GET", f"/chat/{built_in(api)}/contacts").json)
    if made_by == "seed":
        sandbox.seed(contacts=[{"device": DEVICE, "wid": STRANGER}])
    elif made_by == "request":
        api("POST", f"/chat/{DEVICE}/contacts", {"phone": "+447362053588"})
    else:
        sandbox.receive(DEVICE, from_="+447362053588", body="Hello")
    contact = api("GET", f"/chat/{DEVICE}/contacts/{STRANGER}").json
    assert lacking(own, contact, "contact") == []
    assert (contact["countryCode"], contact["info"]["country"], contact["locationInfo"]["code"]) == (44, "GB", "GB")
    assert contact["formattedName"] == contact["displayName"]


def test_chat_is_found_by_the_id_that_it_shows(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "wid": STRANGER, "id": "a" * 24}])
    for chat in api("GET", CHATS).json:
        assert chat["id"] == chat["wid"]
        assert api("GET", f"{CHATS}/{chat['id']}").json["wid"] == chat["wid"]
    assert api("PATCH", f"{CHATS}/{STRANGER}/owner", {"agent": AGENT}).status == 200


def test_listed_groups_have_chats_with_participants(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(groups=[{"device": DEVICE, "wid": GROUP, "name": "Team", "participants": [{"phone": "+447362053576"}]}])
    for device in (built_in(api), DEVICE):
        groups = {group["wid"]: group["name"] for group in api("GET", f"/devices/{device}/groups").json}
        chats = api("GET", f"/chat/{device}/chats?type=group").json
        assert groups.items() <= {chat["wid"]: chat["name"] for chat in chats}.items()
        for chat in chats:
            assert [member["id"] for member in chat["group"]["participants"]] != []
    chat = api("GET", f"{CHATS}/{GROUP}").json
    assert (chat["group"]["owner"], chat["group"]["totalParticipants"]) == (CONTACT, 1)


def test_group_message_names_its_writer_in_the_chat(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(messages=[{"device": DEVICE, "chatWid": GROUP, "author": CONTACT, "fromNumber": "+447362053576"}])
    chat = api("GET", f"{CHATS}/{GROUP}").json
    assert (chat["type"], chat["fromNumber"], chat["lastMessage"]["author"]) == ("group", "+447362053576", CONTACT)
    assert set(chat["group"]) >= {"description", "owner", "totalParticipants", "participants"}


def test_seeded_messages_update_their_chat(sandbox: Sandbox, api: HttpClient) -> None:
    dates = ["2026-03-02T00:00:00.000Z", "2026-03-01T00:00:00.000Z"]
    message = {"device": DEVICE, "chatWid": STRANGER}
    sandbox.seed(messages=[message | {"body": date, "date": date} for date in dates])
    sandbox.seed(messages=[message | {"body": "Hi", "date": "2026-02-01T00:00:00.000Z", "flow": "outbound"}])
    chat = api("GET", f"{CHATS}/{STRANGER}").json
    assert (chat["lastMessage"]["body"], chat["lastMessageAt"], chat["firstMessageAt"]) == (dates[0], dates[0], dates[1])
    assert chat["stats"] == {"notes": 0, "localMessages": 3, "inboundMessages": 2, "outboundMessages": 1}


def test_message_has_chat_type_and_addresses(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(messages=[{"device": DEVICE, "chatWid": CONTACT, "flow": flow} for flow in ("inbound", "outbound")])
    received, sent = api("GET", f"/chat/{DEVICE}/messages?chat={CONTACT}&sort=date:asc").json
    assert (received["type"], received["chat"], received["createdAt"]) == ("text", CONTACT, received["date"])
    assert (sent["from"], sent["fromNumber"], received["toNumber"]) == ("447362053500@c.us", "+447362053500", "+447362053500")
    assert (sent["meta"]["source"], received["meta"]["notifyName"], received["fromContact"]["wid"]) == ("api", "Zoë", CONTACT)
    assert api("GET", f"/chat/{DEVICE}/messages?type=group").json == []


def test_sent_media_can_be_downloaded(sandbox: Sandbox, api: HttpClient) -> None:
    content = b"%PDF-1.4 a menu"
    with sandbox.client() as client:
        [file] = client.files.upload(file=content, filename="menu.pdf")
    sent = api("POST", "/messages", {"device": DEVICE, "phone": "+447362053576", "media": {"file": file["id"]}}).json
    assert (sent["media"]["kind"], sent["media"]["format"]) == ("document", "native")
    sandbox.settle()
    wa_id = api("GET", f"/messages/{sent['id']}").json["waId"]
    media = api("GET", f"/chat/{DEVICE}/messages/{wa_id}").json["media"]
    assert (media["mime"], media["size"], media["filename"]) == ("application/pdf", len(content), "menu.pdf")
    assert api("GET", media["links"]["download"].removeprefix("/v1")).content == content
    assert api("GET", f"/chat/{DEVICE}/files/{media['id']}").json["message"] == wa_id


@pytest.mark.parametrize(("fields", "is_at_once"), [({"enqueue": "never"}, True), ({"live": True}, True), ({}, False)])
def test_message_sent_at_once_answers_with_its_wa_id(
    sandbox: Sandbox, api: HttpClient, fields: dict[str, Any], is_at_once: bool
) -> None:
    sent = api("POST", "/messages", {"device": DEVICE, "phone": "+447362053576", "message": "Hello"} | fields).json
    assert ("waId" in sent) is is_at_once
    sandbox.settle()
    wa_id = api("GET", f"/messages/{sent['id']}").json["waId"]
    assert sent.get("waId", wa_id) == wa_id
    assert api("GET", f"/chat/{DEVICE}/messages/{wa_id}").json["body"] == "Hello"


@pytest.mark.parametrize(
    ("content", "kind", "field", "expected"),
    [
        ({"poll": {"name": "Lunch?", "options": ["Pizza", "Soup"]}}, "poll", "poll", [{"name": "Pizza"}, {"name": "Soup"}]),
        ({"contacts": [ADA]}, "contacts", "contacts", [ADA]),
    ],
)
def test_polls_and_contacts_are_objects(
    sandbox: Sandbox, api: HttpClient, content: dict[str, Any], kind: str, field: str, expected: list[dict[str, str]]
) -> None:
    sent = api("POST", "/messages", {"device": DEVICE, "phone": "+447362053576"} | content).json
    sandbox.settle()
    stored = api("GET", f"/chat/{DEVICE}/messages/{api('GET', '/messages/' + sent['id']).json['waId']}").json
    for message in (sent, stored):
        value = message[field]
        assert (message["type"], value["options"] if kind == "poll" else value) == (kind, expected)


def test_device_has_product_metrics_and_links(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.receive(DEVICE, from_="+447362053588", body="Good evening")
    device = api("GET", f"/devices/{DEVICE}").json
    metrics = device["metrics"]
    assert (device["billing"]["subscription"]["product"], device["billing"]["subscription"]["plan"]) == ("io", device["plan"])
    assert (metrics["unreadChats"], metrics["unreadMessages"], metrics["unreadGroupMessages"]) == (1, 1, 0)
    assert (metrics["lastMessageBody"], metrics["lastChatId"], metrics["lastMessageType"]) == ("Good evening", STRANGER, "text")
    assert device["links"]["sync"] == {"method": "GET", "url": f"/v1/devices/{DEVICE}/sync"}
    assert api("GET", device["profile"]["imagePath"].removeprefix("/v1")).status == 200
    assert (device["settings"]["rebootPolicy"], device["stats"]["day"]["sent"]) == ("disabled", 0)


def test_device_counts_what_it_sent(sandbox: Sandbox, api: HttpClient) -> None:
    for number in ("+447362053588", "+447362050000"):
        api("POST", "/messages", {"device": DEVICE, "phone": number, "message": "Hello"})
    sandbox.settle()
    device = api("GET", f"/devices/{DEVICE}").json
    assert (device["stats"]["hour"]["sent"], device["stats"]["total"]["failed"]) == (1, 1)
    usage = device["billing"]["subscription"]["usage"]
    assert (usage["textMessages"], usage["failedMessages"], device["metrics"]["lastRepliedMessageBody"]) == (1, 1, "Hello")


def test_labels_of_chats_are_among_the_labels(api: HttpClient) -> None:
    scopes = {label["scope"] for label in api("GET", f"/devices/{built_in(api)}/labels").json}
    assert scopes == {"chat", "wa"}


def test_number_has_country_and_business(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(contacts=[{"device": DEVICE, "phone": "+34612345678", "name": "Bar", "info": {"kind": "business"}}])
    number = api("POST", "/numbers/exists", {"phone": "+34612345678"}).json
    assert (number["isBusiness"], number["businessInfo"]["name"], number["businessInfo"]["isSmb"]) == (True, "Bar", True)
    country = number["country"]
    assert (country["code"], country["flag"], country["phonePrefix"]) == ("ES", "🇪🇸", "+34")
    assert (country["currency"], country["languages"][0]) == ({"code": "EUR"}, {"code": "es"})
    assert (country["locales"][0], country["timezones"][0]) == ("es-ES", "Europe/Madrid")


def test_states_have_the_names_of_the_definitions(sandbox: Sandbox, api: HttpClient) -> None:
    sent = api("POST", "/messages", {"device": DEVICE, "phone": "+447362053588", "message": "Hello"}).json
    assert (sent["status"], sent["deliveryStatus"]) == ("queued", "queued")
    sandbox.settle()
    # The filters have the older names.
    [found] = api("GET", f"/messages?status=delivered&devices={DEVICE}").json
    assert (found["id"], found["status"], found["deliveryStatus"]) == (sent["id"], "processed", "delivered")
    assert {file["status"] for file in api("GET", "/files?status=ready").json} == {"active"}
