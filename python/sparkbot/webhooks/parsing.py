"""The body of a webhook's request: from bytes to events, and what tells two events apart."""

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

#: What a body may have. 25 messages with their chats are some 100 kB.
MAX_BYTES = 1024 * 1024
#: No id is longer: what a column for it needs.
MAX_ID_LENGTH = 128
#: What an entry of a list is known by. Its `data` may have changed when it is told again.
_NAMING = ("event", "date", "entity", "entityId")


def parse(body: bytes, *, max_bytes: int = MAX_BYTES) -> list[Event]:
    """Read the body of a webhook's request. It says nothing about who sent it: `Receiver` does.

    Args:
        body: The request's bytes as they came: Django's `request.body`, Starlette's `await request.body()`.
        max_bytes: A larger one is a `WebhookTooLargeError`.

    Returns:
        The events: one, or those of a list. Unknown events too.

    Raises:
        MalformedWebhookError: The body is not JSON, or not events.
        WebhookTooLargeError: The body is larger than `max_bytes`.
        TypeError: The body is no bytes.

    Example:
        >>> parse(b'{"id": "5e01", "event": "message:in:new", "data": {"id": "m1", "body": "Hello"}}')[0]["event"]
        'message:in:new'
    """
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(f"body is of type {type(body).__name__}; give the raw bytes of the request, not what was read from them")
    raw = bytes(body)
    if len(raw) > max_bytes:
        raise WebhookTooLargeError(f"the webhook's body has {len(raw):,} bytes; at most {max_bytes:,} are read", status_code=413)
    found = _decoded(raw)
    events = found if isinstance(found, list) else [found]
    for number, event in enumerate(events):
        _check(event, f"entry {number}" if isinstance(found, list) else "the body")
    return events


def event_id(event: Mapping[str, object]) -> str:
    """What an event is known by, to take each only once: the same for every copy of it, and another for every other event.

    It is the event's own id. An event without one (entries of lists), or whose id is only that of its `data`, has a hash
    of what it says. At most 128 printable ASCII characters.

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
    names_its_data = isinstance(data, dict) and data.get("id") == own
    if isinstance(own, str) and 0 < len(own) <= MAX_ID_LENGTH and own.isascii() and own.isprintable() and not names_its_data:
        return own
    if fields.get("date") and fields.get("entityId"):
        fields = {name: fields.get(name) for name in _NAMING}
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(canonical.encode()).hexdigest()}"


def _decoded(raw: bytes) -> Any:
    try:
        text = raw.decode()
        found = json.loads(text, parse_constant=_refuse)
        return _without_halves(found) if "\\ud" in text.lower() else found
    except RecursionError:
        raise MalformedWebhookError("the webhook's body is nested too deep", status_code=400) from None
    except ValueError as error:
        raise MalformedWebhookError(f"the webhook's body is not JSON: {error}", status_code=400) from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _check(event: object, where: str) -> None:
    if not isinstance(event, dict):
        raise MalformedWebhookError(f"the webhook's body is not events: {where} is no object", status_code=400)
    if not isinstance(event.get("event"), str) or not event["event"]:
        raise MalformedWebhookError(f"the webhook's body is not events: {where} has no text `event`", status_code=400)


def _without_halves(value: Any) -> Any:
    """Half of a character (a lone surrogate, of an emoji that was cut) becomes U+FFFD: no database takes it."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_halves(item) for item in value]
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(item) for key, item in value.items()}
    return value
