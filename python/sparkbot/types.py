# Generated from src/api by `make generate`; edit the files there.
"""Types of arguments and answers. Answers are plain dicts: these types only say which fields are known."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypedDict
from uuid import UUID

__all__ = [
    "Chat",
    "ChatExtra",
    "ChatKind",
    "ChatMeta",
    "ChatOwner",
    "ChatSort",
    "ChatStats",
    "ChatStatus",
    "ChatStatusFilter",
    "Contact",
    "ContactKind",
    "ContactKindFilter",
    "ContactSort",
    "Device",
    "DeviceProfile",
    "DeviceQueue",
    "DeviceSession",
    "DeviceStatus",
    "MetadataPair",
    "MetadataValue",
    "QueueStatus",
    "SessionStatus",
    "SyncStatus",
]

MetadataValue: TypeAlias = str | int | float | bool | date | datetime | Decimal | UUID
"""What a metadata value may be; it is sent as text."""

ChatExtra: TypeAlias = Literal["messages", "notes", "participants"]
ChatKind: TypeAlias = Literal["chat", "group", "channel", "community"]
ChatSort: TypeAlias = Literal["lastMessageAt:desc", "lastMessageAt:asc", "unreadCount:desc", "name:asc", "name:desc"]
ChatStatus: TypeAlias = Literal["active", "pending", "resolved", "archived", "removed"]
ChatStatusFilter: TypeAlias = Literal["pending", "active", "resolved", "archived", "muted"]
ContactKind: TypeAlias = Literal["personal", "business"]
ContactKindFilter: TypeAlias = Literal["personal", "business", "user", "group", "channel", "private"]
ContactSort: TypeAlias = Literal["name:asc", "name:desc", "createdAt:desc", "createdAt:asc", "updatedAt:desc", "updatedAt:asc"]
DeviceStatus: TypeAlias = Literal["operative", "pending", "disabled", "removed"]
SessionStatus: TypeAlias = Literal["authorize", "online", "timeout", "offline", "error"]


class Chat(TypedDict, total=False):
    """A conversation."""

    id: str
    wid: str
    name: str
    type: str
    status: str
    waStatus: str
    date: str
    device: str
    phone: str
    contact: Contact
    owner: ChatOwner
    labels: list[str]
    meta: ChatMeta
    stats: ChatStats
    unreadCount: int
    firstMessageAt: str
    lastMessageAt: str
    lastInboundMessageAt: str
    lastOutboundMessageAt: str
    lastMessage: dict[str, Any]
    group: dict[str, Any]


class ChatMeta(TypedDict, total=False):
    """Marks on a chat."""

    unreadCount: int
    isUserInitiated: bool


class ChatOwner(TypedDict, total=False):
    """Who looks after a chat."""

    agent: str
    assigner: str
    assignedAt: str
    department: str


class ChatStats(TypedDict, total=False):
    """Counts of a chat's messages and notes."""

    notes: int
    localMessages: int
    inboundMessages: int
    outboundMessages: int


class Contact(TypedDict, total=False):
    """A person or business that a number knows."""

    wid: str
    phone: str
    type: str
    name: str
    shortName: str
    displayName: str
    formattedName: str
    formattedShortName: str
    countryCode: int
    createdAt: str
    syncedAt: str
    image: dict[str, Any]
    info: dict[str, Any]
    meta: dict[str, Any]
    locationInfo: dict[str, Any]
    metadata: list[MetadataPair]


class Device(TypedDict, total=False):
    """A WhatsApp number of the account."""

    id: str
    phone: str
    wid: str
    alias: str
    description: str
    version: int
    user: dict[str, Any]
    agents: list[dict[str, Any]]
    status: str
    plan: str
    session: DeviceSession
    queue: DeviceQueue
    profile: DeviceProfile
    metrics: dict[str, Any]
    links: dict[str, Any]
    stats: dict[str, Any]
    createdAt: str


class DeviceProfile(TypedDict, total=False):
    """What WhatsApp users see of a number."""

    name: str
    info: str
    lastSyncAt: str
    imagePath: str


class DeviceQueue(TypedDict, total=False):
    """Messages of a number that wait to be sent."""

    size: int
    total: int
    available: int
    status: str


class DeviceSession(TypedDict, total=False):
    """A number's connection to WhatsApp."""

    status: str
    uptime: int
    appVersion: str
    lastSyncAt: str
    error: str


class MetadataPair(TypedDict, total=False):
    """One metadata key of a contact with its value."""

    key: str
    value: str


class QueueStatus(TypedDict, total=False):
    """A number with the state of its queue."""

    queue: DeviceQueue


class SyncStatus(TypedDict, total=False):
    """The state of a session after a sync."""

    status: str
