"""Webhook bodies: parsing, rejection, and ids of events."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sparkbot.errors import MalformedWebhookError, WebhookTooLargeError
from sparkbot.webhooks import MAX_ID_LENGTH, event_id, parse

ENVELOPE = {
    "id": "5e01",
    "object": "message",
    "event": "message:in:new",
    "created": 1_769_846_400,
    "data": {"id": "m1", "body": "Hi"},
}
ENTRY = {
    "event": "message:out:sent",
    "date": "2026-01-31T08:00:00.000Z",
    "entity": "message",
    "entityId": "m1",
    "data": {"ack": 1},
}


def test_events_are_parsed_unchanged() -> None:
    unknown = {"id": "5e02", "event": "moon:phase", "data": 7, "extra": [1.5, None]}
    for body, expected in ((ENVELOPE, [ENVELOPE]), ([ENTRY, ENTRY], [ENTRY, ENTRY]), (unknown, [unknown]), ([], [])):
        assert parse(json.dumps(body).encode()) == expected


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"event": "a", "data": NaN}', "NaN is not a number"),
        (b'{"event": "a", "data": ' + b"9" * 5000 + b"}", "not JSON"),
        ('{"event": "a"}'.encode("utf-16"), "not JSON"),
        (b"[" * 100_000, "too deeply"),
        (b"7", "the body is not an object"),
        (b'[{"event": "a"}, null]', "entry 1 is not an object"),
        (b'{"data": {}}', "the body has no string `event`"),
        (b'{"event": 7}', "the body has no string `event`"),
    ],
)
def test_malformed_body_is_rejected_with_400(body: bytes, message: str) -> None:
    with pytest.raises(MalformedWebhookError, match=message) as caught:
        parse(body)
    assert caught.value.status_code == 400


def test_too_large_body_is_rejected_with_413() -> None:
    with pytest.raises(WebhookTooLargeError, match="exceeds the limit of 1,048,576 bytes") as caught:
        parse(b"{" * (1024 * 1024 + 1))
    assert caught.value.status_code == 413


@pytest.mark.parametrize("body", [ENVELOPE, [ENVELOPE], json.dumps(ENVELOPE)])
def test_parsed_body_is_rejected(body: Any) -> None:
    with pytest.raises(MalformedWebhookError, match="pass the raw bytes"):
        parse(body)


def test_lone_surrogate_is_replaced() -> None:
    [event] = parse(b'{"event": "a", "data": {"body": "cut \\ud83d", "whole": "\\ud83d\\ude00", "\\uDC00": ["\\\\ud83d"]}}')
    assert event["data"] == {"body": "cut �", "whole": "😀", "�": ["\\ud83d"]}
    json.dumps(event, ensure_ascii=False).encode()


def test_event_id_is_the_own_id() -> None:
    assert event_id(ENVELOPE) == "5e01"
    assert event_id({**ENVELOPE, "created": 2}) == "5e01"


def test_id_of_the_data_does_not_identify_the_event() -> None:
    """Otherwise the second state of a message would be dropped as a duplicate of the first."""
    first = {"id": "m1", "event": "message:out:ack", "ack": "sent", "data": {"id": "m1", "ack": "sent"}}
    second = {"id": "m1", "event": "message:out:ack", "ack": "read", "data": {"id": "m1", "ack": "read"}}
    assert len({event_id(first), event_id(second)}) == 2


def test_new_message_is_identified_by_its_number_and_id() -> None:
    """Its chat can change between deliveries, and two numbers can receive the same message of a group."""
    event: dict[str, Any] = {
        "id": "m1",
        "event": "message:in:new",
        "device": {"id": "d1"},
        "data": {"id": "m1", "chat": {"stats": 1}},
    }
    assert event_id({**event, "data": {"id": "m1", "chat": {"stats": 2}}}) == event_id(event)
    others: list[dict[str, Any]] = [{"device": {"id": "d2"}}, {"id": "m2", "data": {"id": "m2"}}, {"event": "message:out:new"}]
    assert len({event_id(event), *(event_id(event | other) for other in others)}) == 4


def test_list_entry_is_identified_by_event_date_and_entity() -> None:
    """Its data is the current message, which can change between deliveries."""
    assert event_id({**ENTRY, "data": {"ack": 2}}) == event_id(ENTRY)
    for name in ("event", "date", "entityId"):
        assert event_id({**ENTRY, name: "another"}) != event_id(ENTRY)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.fixed_dictionaries(
    {"event": st.text(min_size=1, max_size=20)}, optional=dict.fromkeys(("id", "date", "entityId", "data"), JSON)
)


@given(EVENTS, st.randoms())
@example({"event": "a", "id": "x" * (MAX_ID_LENGTH + 1)}, None)
@example({"event": "a", "id": "a\0b"}, None)
def test_event_id_is_short_ascii_and_ignores_field_order(event: dict[str, Any], random: Any) -> None:
    items = list(event.items())
    if random is not None:
        random.shuffle(items)
    identifier = event_id(event)
    assert event_id(dict(items)) == identifier
    assert 0 < len(identifier) <= MAX_ID_LENGTH
    assert identifier.isascii()
    assert identifier.isprintable()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_parsed_or_rejected(body: bytes) -> None:
    with suppress(MalformedWebhookError):
        assert all(isinstance(event["event"], str) for event in parse(body))
