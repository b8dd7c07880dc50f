"""What the service posts, as typed dicts: the fields are those that the service's facts name.

As with answers, nothing is checked against these types: they say what to expect. A handler that must never fail reads with
`.get`.
"""

# The keys are the service's.
# ruff: noqa: N815

from __future__ import annotations

from typing import Any, Literal, Required, TypeAlias, TypedDict

from ..types import Chat, Contact, Device, Group, MessageMedia

__all__ = [
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
    "OtherEvent",
]


class EventDevice(TypedDict, total=False):
    """The number that an event is about."""

    id: Required[str]
    phone: str
    alias: str
    plan: str
    version: int


class EventChat(Chat, total=False):
    """A chat as events show it."""

    statusUpdatedAt: str


# `from` is a word of Python's, so it cannot stand in a class.
_Sender = TypedDict("_Sender", {"from": str})


class MessageData(_Sender, total=False):
    """A message as events show it; it has a key `from` besides, the sender's wid."""

    id: Required[str]
    type: Required[str]
    kind: str
    flow: Required[str]
    status: str
    ack: str
    reference: str
    agent: dict[str, Any]
    fromNumber: Required[str]
    to: Required[str]
    toNumber: Required[str]
    author: str
    date: Required[str]
    timestamp: Required[int]
    body: Required[str]
    chat: Required[EventChat]
    media: MessageMedia
    events: dict[str, Any]
    meta: dict[str, Any]
    quoted: dict[str, Any]


class _Envelope(TypedDict, total=False):
    id: str
    object: str
    created: int
    device: EventDevice


class MessageEvent(_Envelope, total=False):
    """A message came in, was sent, or changed. `ack` is there in `message:out:ack` only."""

    event: Required[Literal["message:in:new", "message:out:new", "message:out:ack", "message:update", "message:reaction"]]
    data: Required[MessageData]
    ack: str


class ChatEvent(_Envelope):
    """A chat changed."""

    event: Required[Literal["chat:update"]]
    data: Required[EventChat]


class ContactEvent(_Envelope):
    """A contact changed, or is new."""

    event: Required[Literal["contact:update"]]
    data: Required[Contact]


class GroupEvent(_Envelope):
    """A group changed."""

    event: Required[Literal["group:update"]]
    data: Required[Group]


class DeviceEvent(_Envelope):
    """The session of a number changed: it went online or offline."""

    event: Required[Literal["number:session"]]
    data: Required[Device]


class ListedEvent(TypedDict, total=False):
    """An entry of a list: the service posts up to 25 sent or failed messages at once, without envelope and without id."""

    event: Required[Literal["message:out:sent", "message:out:failed"]]
    date: str
    entity: str
    entityId: Required[str]
    entityUrl: str
    user: Any
    data: Required[dict[str, Any]]


class OtherEvent(_Envelope):
    """Any other event, also one that is newer than this library: these are the names that are known."""

    # Only names: one `str` among the types of a union, and type checkers tell none of its members apart any more.
    event: Required[
        Literal[
            "channel:in",
            "status:update",
            "message:out:retry",
            "message:out:removed",
            "message:out:expired",
            "device:status:update",
        ]
    ]
    data: Required[Any]


Event: TypeAlias = MessageEvent | ChatEvent | ContactEvent | GroupEvent | DeviceEvent | ListedEvent | OtherEvent
"""One event. Compare `event["event"]` with a name, and type checkers know what `event["data"]` is."""
