"""Webhooks: authenticates, parses and deduplicates the events that the service posts to your server.

>>> from sparkbot import webhooks
>>> receiver = webhooks.Receiver("a-secret-of-sixteen")
>>> body = b'{"id": "5e01", "event": "message:in:new", "data": {"id": "m1", "body": "Hello"}}'
>>> [event] = receiver.events(body, url="/whatsapp?secret=a-secret-of-sixteen")
>>> webhooks.event_id(event)
'5e01'

`sparkbot.webhooks.django` and `sparkbot.webhooks.fastapi` use a `Receiver` in these frameworks; this module imports neither.
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

__all__ = [
    "MAX_ID_LENGTH",
    "SIGNATURE_HEADER",
    "ChatEvent",
    "ContactEvent",
    "DeviceEvent",
    "Event",
    "EventChat",
    "EventDevice",
    "GroupEvent",
    "ListedEvent",
    "MessageData",
    "MessageEvent",
    "MessageLocation",
    "OtherEvent",
    "Receiver",
    "event_id",
    "new_secret",
    "parse",
    "sign",
]

make_public(__name__)
