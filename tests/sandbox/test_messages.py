"""Messages in chats, and the files in them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest

from sparkbot.errors import InvalidArgumentError
from tests.time_limits import HANG_TIMEOUT

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

MESSAGES = f"/chat/{DEVICE}/messages"
FILES = f"/chat/{DEVICE}/files"
GROUP = "120363012345678901@g.us"
SEEDED: list[dict[str, Any]] = [
    {"body": "alpha one", "date": "2026-03-01T00:00:00.000Z", "ack": "read", "reference": "r1"},
    {"body": "Beta two", "date": "2026-03-02T00:00:00.000Z", "flow": "outbound", "kind": "image"},
    {"body": "gamma two", "date": "2026-03-03T00:00:00.000Z", "chatWid": GROUP, "fromNumber": "+1000001"},
]


def message_id(number: int) -> str:
    return f"3EB0{number:016X}"


def ago(**time: int) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def few(sandbox: Sandbox) -> Sandbox:
    own = ({"device": DEVICE, "chatWid": CONTACT, "id": message_id(number)} | message for number, message in enumerate(SEEDED))
    sandbox.seed(messages=own)
    return sandbox


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "gba"),
        ("sort=date:asc", "abg"),
        ("flow=outbound", "b"),
        ("flow=inbound", "ga"),
        ("ack=read,sent", "ba"),
        ("wid=" + message_id(1), "b"),
        ("search=TWO", "gb"),
        (f"chat={CONTACT}", "ba"),
        ("from=447362053576@c.us", "a"),
        ("from=%2B1000001", "g"),
        ("to=%2B447362053576", "b"),
        ("type=group", "g"),
        ("reference=r1", "a"),
        ("kind=image,video", "b"),
        ("sync=false", "gba"),
        ("begin=" + message_id(1), "gb"),
        ("end=" + message_id(1), "ba"),
        ("after=2026-03-02", "g"),
        ("before=2026-03-02", "a"),
        ("size=2&page=1", "a"),
        ("limit=1", "g"),
        ("sync=true&skip=1", "ba"),
    ],
)
def test_messages_are_filtered(api: HttpClient, query: str, expected: str) -> None:
    response = api("GET", f"{MESSAGES}?{query}")
    assert response.status == 200, response.text
    assert "".join(message["body"][0].lower() for message in response.json) == expected


@pytest.mark.usefixtures("few")
def test_message_includes_chat_and_contact_on_request(api: HttpClient) -> None:
    message = api("GET", f"{MESSAGES}/{message_id(0)}").json
    assert (message["body"], message["flow"], message["fromMe"], message["type"]) == ("alpha one", "inbound", False, "text")
    *_, oldest = api("GET", f"{MESSAGES}?include=chat,contact").json
    assert (oldest["chat"]["wid"], oldest["contact"]["name"]) == (CONTACT, "Zoë")
    assert api("GET", f"/chat/{OTHER_DEVICE}/messages/{message_id(0)}").message == "Message not found"
    chat = api("GET", f"/chat/{DEVICE}/chats/{CONTACT}?include=messages").json
    assert [document["body"][0] for document in chat["messages"]] == ["B", "a"]


def test_delivery_info_lists_each_receiver(sandbox: Sandbox, api: HttpClient) -> None:
    members = [{"wid": "1000001@c.us"}, {"wid": "1000002@c.us"}]
    sandbox.seed(chats=[{"device": DEVICE, "wid": GROUP, "group": {"participants": members}}])
    for number, (wid, ack) in enumerate([(GROUP, "delivered"), (CONTACT, "read"), (CONTACT, "pending")]):
        own = {"device": DEVICE, "chatWid": wid, "ack": ack, "flow": "outbound"}
        sandbox.seed(messages=[own | {"id": message_id(number)}])
    info = [api("GET", f"{MESSAGES}/{message_id(number)}/ackinfo").json for number in range(3)]
    assert [(document["receivers"], len(document["delivered"]), len(document["read"])) for document in info] == [
        (2, 2, 0),
        (1, 1, 1),
        (1, 0, 0),
    ]
    assert info[1]["read"][0]["phone"] == "+447362053576"


def sent(sandbox: Sandbox, **fields: Any) -> str:
    own = {"id": message_id(9), "device": DEVICE, "chatWid": CONTACT, "flow": "outbound", "body": "Hello", "date": ago(minutes=5)}
    sandbox.seed(messages=[own | fields])
    return f"{MESSAGES}/{message_id(9)}"


def test_text_is_editable_for_20_minutes(sandbox: Sandbox, api: HttpClient) -> None:
    path = sent(sandbox)
    edited = api("PATCH", path, {"message": "Goodbye"})
    assert (edited.status, edited.json["body"]) == (200, "Goodbye")
    assert api("GET", path).json == edited.json
    assert edited.json["editedAt"] > edited.json["date"]
    sent(sandbox, date=ago(minutes=21))
    assert api("PATCH", path, {"message": "Late"}).message == "Messages can be edited for 20 minutes only"
    sent(sandbox, flow="inbound")
    assert api("PATCH", path, {"message": "Not mine"}).message == "Only sent messages can be edited"
    assert api("GET", path).json["body"] == "Hello"


def test_message_is_deleted_and_revoked(sandbox: Sandbox, api: HttpClient) -> None:
    path = sent(sandbox, date=ago(minutes=61))
    sandbox.seed(chat_files=[{"id": "f" * 24, "device": DEVICE, "chat": CONTACT, "message": message_id(9)}])
    assert api("DELETE", f"{path}?revoke=true").message == "Messages can be deleted for everyone for 60 minutes only"
    assert api("DELETE", f"{path}?revoke=true&force=true").json["revoked"] is True
    for method in ("GET", "DELETE"):
        assert api(method, path).message == "Message not found"
    assert api("GET", f"{FILES}/{'f' * 24}").status == 200
    sent(sandbox)
    assert api("DELETE", f"{path}?clean=true").json["revoked"] is False
    assert api("GET", f"{FILES}/{'f' * 24}").message == "File not found"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "bdca"),
        ("sort=size:asc", "acdb"),
        ("type=document", "b"),
        ("type=image,audio", "ca"),
        ("search=PHOTO", "a"),
        (f"chat={GROUP}", "c"),
        ("ids=" + "a" * 24, "a"),
        ("message=" + message_id(4), "d"),
        ("flow=out", "b"),
        ("after=2026-03-02T12:00:00Z", "bd"),
        ("before=2026-03-02", "a"),
        ("size=3&page=1", "a"),
    ],
)
def test_files_are_filtered(sandbox: Sandbox, api: HttpClient, query: str, expected: str) -> None:
    own = {"device": DEVICE, "chat": CONTACT}
    sandbox.seed(
        chat_files=[
            own | {"id": "a" * 24, "filename": "photo.png", "createdAt": "2026-03-01", "size": 10},
            own | {"id": "b" * 24, "mime": "application/pdf", "flow": "out", "createdAt": "2026-03-04", "size": 40},
            own | {"id": "c" * 24, "mime": "audio/wav", "chat": GROUP, "createdAt": "2026-03-02", "size": 20},
            own | {"id": "d" * 24, "mime": "video/mp4", "message": message_id(4), "createdAt": "2026-03-03", "size": 30},
        ]
    )
    response = api("GET", f"{FILES}?{query}")
    assert response.status == 200, response.text
    assert "".join(file["id"][0] for file in response.json) == expected


def download(sandbox: Sandbox, device: str, file: str) -> tuple[str, bytes]:
    request = Request(f"{sandbox.url}/chat/{device}/files/{file}/download", headers={"Token": sandbox.api_key})
    with urlopen(request, timeout=HANG_TIMEOUT) as response:
        return response.headers["content-type"], response.read()


STARTS = {"image/png": b"\x89PNG", "application/pdf": b"%PDF", "audio/wav": b"RIFF", "text/plain": b"Sandbox"}


def test_generated_files_match_their_documents(sandbox: Sandbox) -> None:
    files = [file for file in sandbox.documents("chat_files") if file["device"] != DEVICE]
    assert {file["mime"] for file in files} == set(STARTS)
    for file in files[:8]:
        mime, content = download(sandbox, file["device"], file["id"])
        assert mime == file["mime"]
        assert content.startswith(STARTS[mime])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha2"])


def test_expired_file_has_no_content(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(chat_files=[{"id": "a" * 24, "device": DEVICE, "chat": CONTACT, "status": "expired"}])
    assert api("GET", f"{FILES}/{'a' * 24}").json["status"] == "expired"
    response = api("GET", f"{FILES}/{'a' * 24}/download")
    assert (response.status, response.message) == (410, "The file is expired")


def test_generated_chats_end_with_their_last_message(sandbox: Sandbox) -> None:
    messages = {message["id"]: message for message in sandbox.documents("messages")}
    for chat in sandbox.documents("chats"):
        if chat["device"] == DEVICE:
            continue
        last = messages[chat["lastMessage"]["id"]]
        assert (last["chatWid"], last["date"]) == (chat["wid"], chat["lastMessageAt"])
        key = chat["device"], chat["wid"]
        dates = [message["date"] for message in messages.values() if (message["device"], message["chatWid"]) == key]
        assert chat["stats"]["localMessages"] == len(dates)
        assert max(dates) == chat["lastMessageAt"]


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ({"id": message_id(1)}, "give the chatWid of its chat, or the phone"),
        ({"id": "xyz", "chatWid": CONTACT}, "not a message id"),
        ({"chatWid": CONTACT, "flow": "up"}, "it is inbound or outbound"),
    ],
)
def test_invalid_messages_are_not_seeded(sandbox: Sandbox, message: dict[str, str], problem: str) -> None:
    with pytest.raises(InvalidArgumentError, match=problem):
        sandbox.seed(messages=[{"device": DEVICE} | message])
