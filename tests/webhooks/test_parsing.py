"""Bodies of webhooks: what is read, what is refused, and what tells events apart."""

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


def test_one_event_and_a_list_and_an_unknown_one_are_read_as_they_are() -> None:
    unknown = {"id": "5e02", "event": "moon:phase", "data": 7, "extra": [1.5, None]}
    for told, expected in ((ENVELOPE, [ENVELOPE]), ([ENTRY, ENTRY], [ENTRY, ENTRY]), (unknown, [unknown]), ([], [])):
        assert parse(json.dumps(told).encode()) == expected


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"event": "a", "data": NaN}', "NaN is no number"),
        (b'{"event": "a", "data": ' + b"9" * 5000 + b"}", "not JSON"),
        ('{"event": "a"}'.encode("utf-16"), "not JSON"),
        (b"[" * 100_000, "too deep"),
        (b"7", "the body is no object"),
        (b'[{"event": "a"}, null]', "entry 1 is no object"),
        (b'{"data": {}}', "the body has no text `event`"),
        (b'{"event": 7}', "the body has no text `event`"),
    ],
)
def test_what_is_no_event_is_refused_with_400(body: bytes, problem: str) -> None:
    with pytest.raises(MalformedWebhookError, match=problem) as caught:
        parse(body)
    assert caught.value.status_code == 400


def test_a_body_that_is_too_large_is_not_read() -> None:
    with pytest.raises(WebhookTooLargeError, match="1,048,577 bytes; at most 1,048,576") as caught:
        parse(b"{" * (1024 * 1024 + 1))
    assert caught.value.status_code == 413


@pytest.mark.parametrize("body", [ENVELOPE, [ENVELOPE], json.dumps(ENVELOPE)])
def test_what_somebody_else_has_read_already_is_refused(body: Any) -> None:
    with pytest.raises(TypeError, match="give the raw bytes"):
        parse(body)


def test_half_an_emoji_can_be_stored() -> None:
    [event] = parse(b'{"event": "a", "data": {"body": "cut \\ud83d", "whole": "\\ud83d\\ude00", "\\uDC00": ["\\\\ud83d"]}}')
    assert event["data"] == {"body": "cut �", "whole": "😀", "�": ["\\ud83d"]}
    json.dumps(event, ensure_ascii=False).encode()


def test_an_event_is_known_by_its_own_id() -> None:
    assert event_id(ENVELOPE) == "5e01"
    assert event_id({**ENVELOPE, "created": 2}) == "5e01"


def test_the_id_of_the_data_is_not_the_events() -> None:
    """Or the second state of a message would be taken for a copy of the first."""
    first = {"id": "m1", "event": "message:out:ack", "ack": "sent", "data": {"id": "m1", "ack": "sent"}}
    second = {"id": "m1", "event": "message:out:ack", "ack": "read", "data": {"id": "m1", "ack": "read"}}
    assert len({event_id(first), event_id(second)}) == 2


def test_an_entry_of_a_list_is_known_by_what_it_tells_of() -> None:
    """Its data is a picture of the message, which may have changed when it is told again."""
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
def test_an_id_fits_a_column_and_does_not_depend_on_the_order_of_fields(event: dict[str, Any], random: Any) -> None:
    items = list(event.items())
    if random is not None:
        random.shuffle(items)
    found = event_id(event)
    assert event_id(dict(items)) == found
    assert 0 < len(found) <= MAX_ID_LENGTH
    assert found.isascii()
    assert found.isprintable()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(MalformedWebhookError):
        assert all(isinstance(event["event"], str) for event in parse(body))
