"""Webhooks: authenticates, parses and deduplicates the events that the service posts to your server.

>>> from sparkbot import webhooks
>>> receiver = webhooks.Receiver("a-secret-of-sixteen")
>>> body = b'{"id": "5e01", "event": "message:in:new", "data": {"id": "m1", "body": "Hello"}}'
>>> [event] = receiver.events(body, url="/whatsapp?secret=a-secret-of-sixteen")
>>> webhooks.event_id(event)
'5e01'

A `Router` calls functions for the events of a `Receiver`. `sparkbot.webhooks.django`, `fastapi` and `starlette` use both in
these frameworks; this module imports none of them.
"""

from .._annotations import make_public
from .events import (
    ChatEvent,
    ContactEvent,
    DeviceEvent,
    Event,
    EventChat,
    EventDevice,
    GroupEvent,
    ListedEvent,
    MessageData,
    MessageEvent,
    MessageLocation,
    OtherEvent,
)
from .parsing import MAX_ID_LENGTH, event_id, parse
from .receiver import SIGNATURE_HEADER, Receiver, new_secret, sign
from .router import Router, WebhookResponse
from .stores import EventStore, MemoryStore, SQLiteStore

__all__ = [
    "MAX_ID_LENGTH",
    "SIGNATURE_HEADER",
    "ChatEvent",
    "ContactEvent",
    "DeviceEvent",
    "Event",
    "EventChat",
    "EventDevice",
    "EventStore",
    "GroupEvent",
    "ListedEvent",
    "MemoryStore",
    "MessageData",
    "MessageEvent",
    "MessageLocation",
    "OtherEvent",
    "Receiver",
    "Router",
    "SQLiteStore",
    "WebhookResponse",
    "event_id",
    "new_secret",
    "parse",
    "sign",
]

make_public(__name__)
