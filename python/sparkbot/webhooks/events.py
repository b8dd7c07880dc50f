"""Webhook events as typed dicts, with the fields that are known.

Like response types, they are not validated. A handler that must not fail should read fields with `.get`.
"""

# The keys are those of the service.
# ruff: noqa: N815

from __future__ import annotations

from typing import Any, Literal, Required, TypeAlias, TypedDict, get_args

from ..types import Chat, Contact, Device, Group, MessageMedia

# The names of events, by the type of their data.
MessageName: TypeAlias = Literal["message:in:new", "message:out:new", "message:out:ack", "message:update", "message:reaction"]
ChatName: TypeAlias = Literal["chat:update"]
ContactName: TypeAlias = Literal["contact:update"]
GroupName: TypeAlias = Literal["group:update"]
DeviceName: TypeAlias = Literal["number:session"]
ListedName: TypeAlias = Literal["message:out:sent", "message:out:failed"]
OtherName: TypeAlias = Literal[
    "channel:in",
    "status:update",
    "message:out:retry",
    "message:out:removed",
    "message:out:expired",
    "device:status:update",
]


class EventDevice(TypedDict, total=False):
    """The device that an event belongs to."""

    id: Required[str]
    phone: str
    alias: str
    plan: str
    version: int


class EventChat(Chat, total=False):
    """The chat of an event."""

    statusUpdatedAt: str


class MessageLocation(TypedDict, total=False):
    """A place: degrees, and optionally its name and address."""

    lat: Required[float]
    lon: Required[float]
    name: str
    address: str


# `from` is a Python keyword, so a class can't declare it.
_Sender = TypedDict("_Sender", {"from": str})


class MessageData(_Sender, total=False):
    """The message of an event. It also has the key `from`, the wid of the chat that it comes from.

    `type` is the type of its content: `text`, `image`, `audio`, `video`, `document`, `location`, `contacts`, `poll`, or
    another. The content is in the field of this name, that of a file in `media`, with its text as `caption`.
    """

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
    contact: Contact
    media: MessageMedia
    location: MessageLocation
    contacts: list[dict[str, Any]]
    poll: dict[str, Any]
    reactions: list[dict[str, Any]]
    links: dict[str, str]
    events: dict[str, Any]
    meta: dict[str, Any]
    quoted: dict[str, Any]


class _Envelope(TypedDict, total=False):
    id: str
    object: str
    created: int
    device: EventDevice


class MessageEvent(_Envelope, total=False):
    """A message was received, sent or changed. Only `message:out:ack` has `ack`."""

    event: Required[MessageName]
    data: Required[MessageData]
    ack: str


class ChatEvent(_Envelope):
    """A chat changed."""

    event: Required[ChatName]
    data: Required[EventChat]


class ContactEvent(_Envelope):
    """A contact was created or changed."""

    event: Required[ContactName]
    data: Required[Contact]


class GroupEvent(_Envelope):
    """A group changed."""

    event: Required[GroupName]
    data: Required[Group]


class DeviceEvent(_Envelope):
    """The session of a device went online or offline."""

    event: Required[DeviceName]
    data: Required[Device]


class ListedEvent(TypedDict, total=False):
    """An entry of a list: the service posts up to 25 sent or failed messages at once, without envelope and id."""

    event: Required[ListedName]
    date: str
    entity: str
    entityId: Required[str]
    entityUrl: str
    user: Any
    data: Required[dict[str, Any]]


class OtherEvent(_Envelope):
    """Any other event, including events that are newer than this library. These are the known names."""

    # Literals only: with a plain `str` in the union, type checkers can't narrow an `Event` by its name.
    event: Required[OtherName]
    data: Required[Any]


Event: TypeAlias = MessageEvent | ChatEvent | ContactEvent | GroupEvent | DeviceEvent | ListedEvent | OtherEvent
"""One event. A comparison of `event["event"]` with a name narrows the type of `event["data"]`."""

#: The known names of events, each with the type of its data if that is known.
DATA_TYPES: dict[str, Any] = {
    name: data
    for names, data in (
        (MessageName, MessageData),
        (ChatName, EventChat),
        (ContactName, Contact),
        (GroupName, Group),
        (DeviceName, Device),
        (ListedName, None),
        (OtherName, None),
    )
    for name in get_args(names)
}
