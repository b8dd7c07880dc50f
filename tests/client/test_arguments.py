"""Invalid arguments are rejected before a request is sent, with the field, the reason and a fix."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from enum import Enum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.conftest import CHAT, DEVICE, TARGET

import sparkbot
from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Api

PHONE = "+447362053576"
GROUP = "120363012345678901@g.us"


def send_text(client: Any, **arguments: Any) -> Any:
    return client.send.text(device=DEVICE, phone=PHONE, message="Hi", **arguments)


def scheduled(client: Any, deliver_at: Any) -> Any:
    return client.send.scheduled(device=DEVICE, phone=PHONE, message="Hi", deliver_at=deliver_at)


REJECTED: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("device", "24 hex digits", lambda client: client.chats.unassign("support", CHAT)),
    ("device", "24 hex digits", lambda client: client.chats.unassign(DEVICE + "0", CHAT)),
    ("device", "not text", lambda client: client.chats.unassign(7, CHAT)),
    ("device", "required", lambda client: client.chats.unassign(None, CHAT)),
    ("chat", "@c.us", lambda client: client.chats.unassign(DEVICE, "+447362053576")),
    ("chat", "bare id", lambda client: client.chats.get(DEVICE, "../devices")),
    ("chat", "another address", lambda client: client.chats.get(DEVICE, "..")),
    ("chat", "is empty", lambda client: client.chats.get(DEVICE, "")),
    ("status", "active, pending, resolved", lambda client: client.chats.set_status(DEVICE, CHAT, "closed")),
    ("status", 'did you mean "resolved"', lambda client: client.chats.set_status(DEVICE, CHAT, "Resolved")),
    ("target", "must differ", lambda client: client.queue.route(DEVICE, DEVICE)),
    ("target", "must differ", lambda client: client.queue.route(DEVICE, DEVICE.upper())),
    ("agent, email, department", "at least one", lambda client: client.chats.assign(DEVICE, CHAT)),
    ("metadata", "at least 1", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {})),
    ("metadata", "not a mapping", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, [("a", "b")])),
    ("metadata", "of A-Z, a-z, 0-9 and _", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"first name": "Ada"})),
    ("metadata", "31 characters", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"k" * 31: "v"})),
    ("metadata", "0 characters", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"": "v"})),
    ("metadata", "not text", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {7: "v"})),
    ('metadata["a"]', "301 characters", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": "é" * 301})),
    ('metadata["a"]', "None", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": None})),
    ('metadata["a"]', "NaN", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": float("nan")})),
    ('metadata["a"]', "infinite", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": float("inf")})),
    ('metadata["a"]', "list", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": ["b"]})),
    ('metadata["a"]', "bytes", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": b"b"})),
    ('metadata["a"]', "surrogate", lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"a": "\ud83d"})),
    ("status", '["pending"]', lambda client: client.chats.list(DEVICE, status="pending")),
    ("status[1]", "none of", lambda client: client.chats.list(DEVICE, status=["pending", "gone"])),
    ("labels[0]", "comma", lambda client: client.chats.list(DEVICE, labels=["a,b"])),
    ("size", "expected at least 1", lambda client: client.chats.list(DEVICE, size=0)),
    ("size", "not an int", lambda client: client.chats.list(DEVICE, size=True)),
    ("page", "expected at least 0", lambda client: client.chats.list(DEVICE, page=-1)),
    ("unread", "True or False", lambda client: client.chats.list(DEVICE, unread="yes")),
    ("after", "time zone", lambda client: client.chats.list(DEVICE, after=dt.datetime(2026, 1, 2))),
    ("after", "time zone", lambda client: client.chats.list(DEVICE, after=dt.date(2026, 1, 2))),
    ("deliver_at", "time zone", lambda client: scheduled(client, dt.datetime(2099, 1, 2))),
    ("deliver_at", "pass a datetime with tzinfo", lambda client: scheduled(client, dt.date(2099, 1, 2))),
    ("deliver_at", "time zone", lambda client: scheduled(client, numpy.datetime64("2099-01-02"))),
    ("after", "ISO-8601", lambda client: client.chats.list(DEVICE, after="yesterday")),
    ("phone", "E.164", lambda client: client.contacts.create(DEVICE, phone="07362 053576")),
    ("name", "31 characters", lambda client: client.contacts.create(DEVICE, phone=PHONE, name="n" * 31)),
    ("all", "given together with ids", lambda client: client.meeting_links.delete(DEVICE, all=True, ids=[TARGET])),
    ("replies", "only entry", lambda client: client.quick_replies.delete(DEVICE, [{"all": True}, {"shortcut": "hours"}])),
    (
        "assign",
        'required if action is "reassign"',
        lambda client: client.team.revoke_access(DEVICE, member=TARGET, action="reassign", remove=False),
    ),
    (
        "users[0]",
        "assign is required",
        lambda client: client.team.delete([{"id": TARGET, "action": "reassign", "remove": True}], force=False),
    ),
    ('expiration["duration"]', "15m, 1h or 1d", lambda client: send_text(client, expiration={"duration": "one hour"})),
    ("file, url", "exactly one", lambda client: client.files.upload()),
    ("phone, group, channel, chat", "Give exactly one", lambda client: client.send.text(device=DEVICE, message="Hi")),
    ("phone, group", "given together. Give exactly one", lambda client: send_text(client, group=GROUP)),
    ("force", "without whatsapp", lambda client: client.chats.delete(DEVICE, CHAT, force=True)),
    ("ids, phones", "Give at most one", lambda client: client.queue.empty(DEVICE, ids=[TARGET], phones=[PHONE])),
    ("upsert, remove", "together", lambda client: client.chats.update_labels(DEVICE, CHAT, labels=[], upsert=True, remove=True)),
    (
        "ids, before, after, expires, filename, ext, mime, kind, owner, format, permission, tags, size, origin, sha2",
        "all missing. Give at least one",
        lambda client: client.files.bulk_delete(limit=500),
    ),
    ("ids", "0 items", lambda client: client.files.bulk_delete(ids=[])),
    ("ids", "0 items", lambda client: client.queue.empty(DEVICE, ids=[])),
    ("ids", "0 items", lambda client: client.outbound.list(ids=[])),
    ("status", "0 items", lambda client: client.chats.list(DEVICE, status=[])),
    ("skip", "without sync", lambda client: client.messages.list(DEVICE, skip=1)),
    (
        "all, ids, urls, created_before, created_after, expires_before, expires_after",
        "all missing",
        lambda client: client.meeting_links.delete(DEVICE, all=False),
    ),
    ("all, phones", "exactly one", lambda client: client.groups.approve_members(DEVICE, GROUP, all=False)),
    ("actions", "a mapping, not a list of dicts", lambda client: send_text(client, actions={})),
    ('actions[0]["action"]', "is None; it is required", lambda client: send_text(client, actions=[{}])),
    (
        'actions[0]["params"]["agent"]',
        'is "Ada", expected 24 hex digits',
        lambda client: send_text(client, actions=[{"action": "metadata:set", "params": {"agent": "Ada"}}]),
    ),
    ("expiration", "exactly one", lambda client: send_text(client, expiration={})),
    ("expiration", "exactly one", lambda client: send_text(client, expiration={"seconds": 60, "duration": "1h"})),
    ('expiration["seconds"]', "is 1, expected at least 5", lambda client: send_text(client, expiration={"seconds": 1})),
    (
        "contacts[0]",
        'has the key "companyName", which is none of',
        lambda client: client.contacts.bulk_create(DEVICE, [{"phone": PHONE, "companyName": "Example"}]),
    ),
    (
        "contacts[0]",
        'did you mean "company_name"?',
        lambda client: client.contacts.bulk_create(DEVICE, [{"phone": PHONE, "companyName": ""}]),
    ),
    (
        "latitude",
        "is 90.5, expected at most 90",
        lambda client: client.send.event(device=DEVICE, phone=PHONE, name="Demo", date="2030-01-31", latitude=90.5),
    ),
    (
        "coordinates[1]",
        "is text, not a number",
        lambda client: client.send.location(device=DEVICE, phone=PHONE, coordinates=[51.5, "west"]),
    ),
    ("url", "http://", lambda client: client.files.upload(url="a")),
    ("url", "no spaces", lambda client: client.webhooks.create(name="Hook", url="https://a b", events=["chat:update"])),
    ("timezone", "Europe/Oslo", lambda client: client.contacts.update(DEVICE, CHAT, timezone="a")),
    ("max_pages", "1 or more", lambda client: client.chats.iter(DEVICE, max_pages=0)),
    ("path", "does not begin with /", lambda client: client.request("GET", "devices")),
    ("path", "another address", lambda client: client.request("GET", "/devices/%2e%2e/me")),
    ("path", "query", lambda client: client.request("GET", "/devices?size=1")),
    ("method", "HTTP method", lambda client: client.request("GET ME", "/devices")),
]


@pytest.mark.parametrize(("field", "words", "call"), REJECTED)
def test_invalid_argument_is_rejected_before_sending(api: Api, field: str, words: str, call: Callable[[Any], Any]) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        api(call)
    assert caught.value.field == field
    assert words in str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert api.sandbox.requests == []


def post(client: Any, value: object) -> Any:
    return client.request("POST", "/devices", json=value)


def upsert(client: Any, value: object) -> Any:
    return client.contacts.upsert_metadata(DEVICE, CHAT, {"a": value})


def get_chat(client: Any, chat: str) -> Any:
    return client.chats.get(DEVICE, chat)


def test_recursive_structure_is_rejected(api: Api) -> None:
    endless: list[Any] = []
    endless.append(endless)
    deep: Any = "x"
    for _ in range(20_000):
        deep = [deep]
    for value in (endless, deep):
        with pytest.raises(InvalidArgumentError, match="64 deep"):
            api(partial(post, value=value))


class Tier(Enum):
    GOLD = "gold"


SERIALIZED = {
    "text": ("  unchanged\n", "  unchanged\n"),
    "integer": (7, "7"),
    "big": (2**70, str(2**70)),
    "float": (0.1, "0.1"),
    "integral": (3.0, "3"),
    "bool": (True, "true"),
    "decimal": (Decimal("12.50"), "12.50"),
    "tiny": (Decimal("1E-7"), "0.0000001"),
    "date": (dt.date(2026, 1, 31), "2026-01-31"),
    "timestamp": (dt.datetime(2026, 1, 31, 14, tzinfo=dt.timezone(dt.timedelta(hours=2))), "2026-01-31T12:00:00Z"),
    "naive": (dt.datetime(2026, 1, 31, 14), "2026-01-31T14:00:00"),
    "uuid": (uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005"),
    "enum": (Tier.GOLD, "gold"),
}


def test_metadata_values_are_serialized_as_text(api: Api) -> None:
    metadata = MappingProxyType({key: value for key, (value, _) in SERIALIZED.items()})
    api(lambda client: client.contacts.replace_metadata(DEVICE, CHAT, metadata))
    assert api(lambda client: client.contacts.get_metadata(DEVICE, CHAT)) == {key: text for key, (_, text) in SERIALIZED.items()}


def test_numpy_and_pandas_scalars_are_values(api: Api) -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    metadata = {
        "a": numpy.int64(7),
        "b": numpy.float64(0.5),
        "c": numpy.bool_(True),
        "d": pandas.Timestamp("2026-01-31", tz="UTC"),
    }
    api(lambda client: client.contacts.replace_metadata(DEVICE, CHAT, metadata))
    read = api(lambda client: client.contacts.get_metadata(DEVICE, CHAT))
    assert read == {"a": "7", "b": "0.5", "c": "true", "d": "2026-01-31T00:00:00Z"}
    for missing in (pandas.NA, pandas.NaT, numpy.nan, numpy.float64("nan")):
        with pytest.raises(InvalidArgumentError):
            api(partial(upsert, value=missing))


def test_validate_option_never_allows_unsafe_paths(api: Api) -> None:
    with (
        pytest.warns(UserWarning, match="none of active"),
        pytest.raises(sparkbot.errors.BadRequestError, match="Invalid status"),
    ):
        api(lambda client: client.chats.set_status(DEVICE, CHAT, "closed"), validate="warn")
    with pytest.raises(sparkbot.errors.BadRequestError, match="Invalid status"):
        api(lambda client: client.chats.set_status(DEVICE, CHAT, "closed", options={"validate": "off"}))
    sent = len(api.sandbox.requests)
    for unsafe in ("..", "a/b", "a?b", "a#b", "a%2fb", "a\r\nb", "a\\b", ""):
        with pytest.raises(InvalidArgumentError):
            api(partial(get_chat, chat=unsafe), validate="off")
    assert len(api.sandbox.requests) == sent


@pytest.fixture(scope="module")
def shared() -> Iterator[sparkbot.Sandbox]:
    with sparkbot.Sandbox() as sandbox:
        yield sandbox


@settings(max_examples=150)
@given(chat=st.text(min_size=1, max_size=40))
def test_id_never_changes_the_path(shared: sparkbot.Sandbox, chat: str) -> None:
    assume(shared.api_key not in chat)  # the request log redacts it
    shared.reset()
    client = shared.client(validate="off", max_retries=0)
    try:
        client.chats.get(TARGET, chat)
    except InvalidArgumentError:
        assert shared.requests == []
        return
    except sparkbot.errors.APIStatusError:
        pass
    from urllib.parse import unquote

    [request] = shared.requests
    prefix = f"/v1/chat/{TARGET}/chats/"
    assert request["path"].startswith(prefix)
    assert unquote(request["path"][len(prefix) :]) == chat
    assert "/" not in request["path"][len(prefix) :]


@settings(max_examples=100)
@given(
    metadata=st.dictionaries(
        st.from_regex(r"[A-Za-z0-9_]{1,30}", fullmatch=True),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
        min_size=1,
        max_size=20,
    )
)
def test_metadata_round_trips(shared: sparkbot.Sandbox, metadata: dict[str, str]) -> None:
    shared.reset()
    shared.seed(devices=[{"id": DEVICE}], contacts=[{"device": DEVICE, "wid": CHAT}])
    client = shared.client()
    client.contacts.replace_metadata(DEVICE, CHAT, metadata)
    assert client.contacts.get_metadata(DEVICE, CHAT) == metadata


@pytest.mark.parametrize("method", ["get", "Get", "GET"])
def test_methods_are_sent_in_upper_case(api: Api, method: str) -> None:
    seen: list[str] = []
    client = api.client(on_request=lambda request: seen.append(request.method))
    assert api.on(client, lambda client: client.request(method, "/devices"))
    assert ([request["method"] for request in api.sandbox.requests], seen) == (["GET"], ["GET"])


TOO_LONG: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "filter": ("id", lambda client: client.campaigns.list(id=[DEVICE] * 3000), "74999 characters"),
    "filter beside others": (
        "phone",
        lambda client: client.campaigns.list(id=[DEVICE], phone=[PHONE] * 5000),
        "79999 characters",
    ),
    "query": (
        'query["ids"]',
        lambda client: client.request("GET", "/devices", query={"ids": "ab " * 20_000}),
        "100000 characters",
    ),
    "path": ("path", lambda client: client.request("GET", "/devices/" + "a" * 70_000), "70012 characters"),
}


@pytest.mark.parametrize("case", TOO_LONG)
def test_argument_too_long_for_a_url_is_named(api: Api, case: str) -> None:
    name, call, length = TOO_LONG[case]
    with pytest.raises(InvalidArgumentError, match=rf"has {length} in the URL, which has room for 65534") as caught:
        api(call)
    assert (caught.value.field, api.sandbox.requests) == (name, [])
