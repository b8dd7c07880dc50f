"""Parses the body of a webhook request, and identifies events."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from ..errors import MalformedWebhookError, WebhookTooLargeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .events import Event

__all__ = ["MAX_BYTES", "MAX_ID_LENGTH", "event_id", "parse"]

#: Maximum size of a body. 25 messages with their chats take about 100 kB.
MAX_BYTES = 1024 * 1024
#: Maximum length of an event id, for a database column.
MAX_ID_LENGTH = 128
#: Fields that identify an entry of a list. Its `data` can change between deliveries.
_IDENTITY_FIELDS = ("event", "date", "entity", "entityId")
#: Events that each message causes once for each number. The chat in their `data` can change between deliveries.
_ONCE_PER_MESSAGE = ("message:in:new", "message:out:new")


def parse(body: bytes, *, max_bytes: int = MAX_BYTES) -> list[Event]:
    """Parse the body of a webhook request. It does not authenticate the sender; use a `Receiver` for that.

    Args:
        body: The raw bytes of the request: Django's `request.body`, Starlette's `await request.body()`.
        max_bytes: Maximum size; a larger body raises `WebhookTooLargeError`.

    Returns:
        The events, including unknown ones.

    Raises:
        MalformedWebhookError: The body is not bytes, is not JSON, or has no events.
        WebhookTooLargeError: The body is larger than `max_bytes`.

    Example:
        >>> parse(b'{"id": "5e01", "event": "message:in:new", "data": {"id": "m1", "body": "Hello"}}')[0]["event"]
        'message:in:new'
    """
    check_type(body)
    raw = bytes(body)
    if len(raw) > max_bytes:
        raise too_large_error(max_bytes)
    content = _decode(raw)
    events = content if isinstance(content, list) else [content]
    for index, event in enumerate(events):
        _check(event, f"entry {index}" if isinstance(content, list) else "the body")
    return events


def check_type(body: object) -> None:
    """An absent body is the sender's fault, a parsed one that of the endpoint; both are rejected alike."""
    if not isinstance(body, bytes | bytearray | memoryview):
        problem = f"the webhook body is of type {type(body).__name__}: pass the raw bytes of the request, not its parsed content"
        raise MalformedWebhookError(problem, status_code=400)


def too_large_error(max_bytes: int) -> WebhookTooLargeError:
    return WebhookTooLargeError(f"the webhook body exceeds the limit of {max_bytes:,} bytes", status_code=413)


def event_id(event: Mapping[str, object]) -> str:
    """A unique id of an event, for deduplication: all deliveries of an event have the same id.

    It is the event's own id. An event without one (an entry of a list), or with the id of its `data`, gets a hash: of what
    identifies it if that is known (a new message, for its number; an entry of a list), else of its content. At most 128
    printable ASCII characters.

    Args:
        event: An event of `parse` or `Receiver.events`.

    Returns:
        The id.

    Example:
        >>> event_id({"id": "5e01", "event": "chat:update", "data": {"wid": "447362053576@c.us"}})
        '5e01'
        >>> event_id({"event": "message:out:sent", "date": "2026-01-31T08:00:00.000Z", "entityId": "m1"})[:15]
        'sha256:b17e1e59'
    """
    fields = dict(event)
    own, data = fields.get("id"), fields.get("data")
    is_id_of_data = own is not None and isinstance(data, dict) and data.get("id") == own
    if isinstance(own, str) and 0 < len(own) <= MAX_ID_LENGTH and own.isascii() and own.isprintable() and not is_id_of_data:
        return own
    if is_id_of_data and fields.get("event") in _ONCE_PER_MESSAGE:
        device = fields.get("device")
        fields = {"event": fields["event"], "id": own, "device": device.get("id") if isinstance(device, dict) else None}
    elif fields.get("date") and fields.get("entityId"):
        fields = {name: fields.get(name) for name in _IDENTITY_FIELDS}
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(canonical.encode()).hexdigest()}"


def _decode(raw: bytes) -> Any:
    try:
        text = raw.decode()
        content = json.loads(text, parse_constant=_reject_constant)
        return _replace_surrogates(content) if "\\ud" in text.lower() else content
    except RecursionError:
        raise MalformedWebhookError("the webhook body is nested too deeply", status_code=400) from None
    except ValueError as error:
        raise MalformedWebhookError(f"the webhook body is not JSON: {error}", status_code=400) from None


def _reject_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _check(event: object, where: str) -> None:
    if not isinstance(event, dict):
        raise MalformedWebhookError(f"the webhook body has no events: {where} is not an object", status_code=400)
    if not isinstance(event.get("event"), str) or not event["event"]:
        raise MalformedWebhookError(f"the webhook body has no events: {where} has no string `event`", status_code=400)


def _replace_surrogates(value: Any) -> Any:
    """Replaces lone surrogates (halves of a truncated emoji) by U+FFFD: databases can't store them."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_replace_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_replace_surrogates(key): _replace_surrogates(item) for key, item in value.items()}
    return value
