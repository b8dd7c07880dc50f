# Generated from src/api by `make generate`; edit the files there.
"""Types of arguments and responses. Responses are plain dicts; their types only declare the known fields."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from typing import IO, Annotated, Any, Literal, Required, TypeAlias, TypedDict
from uuid import UUID

from sparkbot._annotations import Unchecked

if sys.version_info < (3, 12):
    # pydantic accepts only this one then, and needs the package itself.
    with suppress(ImportError):
        from typing_extensions import TypedDict

__all__ = [
    "AckStatus",
    "Availability",
    "BillingPlan",
    "BusinessCatalog",
    "BusinessCategory",
    "BusinessHours",
    "Campaign",
    "CampaignContact",
    "CampaignStats",
    "CampaignStatus",
    "Channel",
    "Chat",
    "ChatAction",
    "ChatActionName",
    "ChatActionParams",
    "ChatBulkAction",
    "ChatExtra",
    "ChatFile",
    "ChatFileKind",
    "ChatGroup",
    "ChatKind",
    "ChatMeta",
    "ChatNote",
    "ChatOwner",
    "ChatSort",
    "ChatStats",
    "ChatStatus",
    "ChatStatusFilter",
    "Contact",
    "ContactField",
    "ContactKind",
    "ContactKindFilter",
    "ContactSort",
    "DateSort",
    "DeletedMember",
    "DeletedReply",
    "Department",
    "DepartmentIcon",
    "Device",
    "DeviceBilling",
    "DeviceMetrics",
    "DeviceProfile",
    "DeviceQueue",
    "DeviceSession",
    "DeviceSettings",
    "DeviceStatus",
    "File",
    "FileExpiration",
    "FileFormat",
    "FileKind",
    "FileSort",
    "FileSource",
    "FileStats",
    "Group",
    "GroupEphemeral",
    "GroupMember",
    "GroupParticipant",
    "GroupPermission",
    "GroupPermissions",
    "GroupSize",
    "InviteCode",
    "Label",
    "LabelColor",
    "LastMessage",
    "MeetingExpiration",
    "MeetingLink",
    "Message",
    "MessageExpiration",
    "MessageFlow",
    "MessageKind",
    "MessageMedia",
    "MessagePriority",
    "MetadataPair",
    "MetadataValue",
    "NewContact",
    "NumberCountry",
    "NumberExists",
    "NumberFormats",
    "NumberToValidate",
    "NumbersSummary",
    "NumbersValidation",
    "OutboundExtra",
    "OutboundField",
    "OutboundKind",
    "OutboundMessage",
    "OutboundRetry",
    "OutboundStatus",
    "OwnerAction",
    "Permission",
    "PollVote",
    "QrEncoding",
    "QueueStatus",
    "QuickReply",
    "RebootPolicy",
    "RetentionPolicy",
    "SessionStatus",
    "SharedContact",
    "StatusColor",
    "Subscription",
    "SyncStatus",
    "TeamColor",
    "TeamMember",
    "TeamRole",
    "ValidatedNumber",
    "Webhook",
    "WebhookEvent",
    "WebhookLog",
]

FileSource: TypeAlias = str | PathLike[str] | bytes | Annotated[IO[bytes], Unchecked()]
"""An upload: a path, bytes, or a file that is open for reading bytes."""
MetadataValue: TypeAlias = str | int | float | bool | date | datetime | Decimal | UUID
"""A metadata value; it is sent as text."""

AckStatus: TypeAlias = Literal["pending", "sent", "delivered", "read", "failed"]
BillingPlan: TypeAlias = Literal[
    "professional",
    "business",
    "enterprise",
    "gateway-professional",
    "gateway-business",
    "gateway-enterprise",
    "io-professional",
    "io-business",
    "io-enterprise",
]
BusinessCategory: TypeAlias = Literal[
    "other_category",
    "automotive_service",
    "clothing_and_accessories",
    "art_and_entertainment",
    "beauty_cosmetics_and_personal_care",
    "education",
    "event_organizer",
    "finance",
    "grocery",
    "hotel",
    "medicine_and_health",
    "non_profit",
    "restaurant",
    "retail_purchases_and_sales",
    "travel_and_transportation",
]
CampaignStatus: TypeAlias = Literal["draft", "pending", "processing", "completed", "failed", "stopped", "paused", "incomplete"]
ChatActionName: TypeAlias = Literal[
    "chat:assign",
    "chat:unassign",
    "chat:resolve",
    "chat:unresolve",
    "chat:read",
    "chat:unread",
    "labels:add",
    "labels:remove",
    "labels:set",
    "metadata:set",
    "metadata:add",
    "metadata:remove",
]
ChatBulkAction: TypeAlias = Literal[
    "resolve",
    "unresolve",
    "pin",
    "unpin",
    "mute",
    "unmute",
    "assign",
    "unassign",
    "block",
    "unblock",
    "read",
    "unread",
    "labels",
]
ChatExtra: TypeAlias = Literal["messages", "notes", "participants"]
ChatFileKind: TypeAlias = Literal["image", "video", "audio", "ptt", "document", "sticker"]
ChatKind: TypeAlias = Literal["chat", "group", "channel", "community"]
ChatSort: TypeAlias = Literal["lastMessageAt:desc", "lastMessageAt:asc", "unreadCount:desc", "name:asc", "name:desc", "date:desc"]
ChatStatus: TypeAlias = Literal["active", "pending", "resolved", "archived", "removed"]
ChatStatusFilter: TypeAlias = Literal["pending", "active", "resolved", "archived", "muted"]
ContactField: TypeAlias = Literal[
    "name",
    "surname",
    "altPhone",
    "email",
    "companyName",
    "timezone",
    "companyCode",
    "companyTaxId",
    "companyWebsite",
    "companyRole",
    "title",
    "companyEmail",
    "companyPhone",
    "country",
    "companyCountry",
    "address",
    "city",
    "crm",
    "crmRef",
    "postalCode",
    "notes",
    "gender",
    "currency",
    "birthday",
    "description",
    "languages",
    "links",
    "sync",
]
ContactKind: TypeAlias = Literal["personal", "business"]
ContactKindFilter: TypeAlias = Literal["personal", "business", "user", "group", "channel", "private"]
ContactSort: TypeAlias = Literal["name:asc", "name:desc", "createdAt:desc", "createdAt:asc", "updatedAt:desc", "updatedAt:asc"]
DateSort: TypeAlias = Literal["date:desc", "date:asc"]
DepartmentIcon: TypeAlias = Literal[
    "briefcase",
    "users",
    "user-tie",
    "chart-bar",
    "clipboard-list",
    "comments",
    "headset",
    "user-cog",
    "user-edit",
    "user-friends",
    "laptop-code",
    "network-wired",
    "building",
    "handshake",
    "address-book",
    "layer-group",
    "project-diagram",
    "calendar-check",
    "clipboard-check",
    "tasks",
    "chart-pie",
    "hands-helping",
    "shield-alt",
    "user-lock",
    "user-shield",
    "bullhorn",
    "comments-dollar",
    "comment-dots",
    "fingerprint",
    "check-circle",
    "chalkboard-teacher",
    "cogs",
    "rocket",
    "drafting-compass",
    "lightbulb",
    "envelope",
    "inbox",
    "people-carry",
    "code-branch",
    "globe",
    "hand-holding-usd",
    "money-bill-wave",
    "phone",
    "wrench",
    "balance-scale",
    "thumbs-up",
    "user-secret",
    "user-graduate",
    "landmark",
    "archive",
]
DeviceStatus: TypeAlias = Literal["operative", "pending", "disabled", "removed"]
FileExpiration: TypeAlias = Literal[
    "10m",
    "30m",
    "1h",
    "6h",
    "12h",
    "1d",
    "2d",
    "3d",
    "5d",
    "7d",
    "15d",
    "30d",
    "60d",
    "90d",
    "120d",
    "180d",
    "1y",
    "2y",
]
FileFormat: TypeAlias = Literal["gif", "ptt", "native"]
FileKind: TypeAlias = Literal["image", "video", "audio", "document", "file"]
FileSort: TypeAlias = Literal["date:desc", "date:asc", "size:desc", "size:asc"]
GroupEphemeral: TypeAlias = Literal["off", "24h", "7d", "90d"]
GroupPermission: TypeAlias = Literal["all", "admins"]
LabelColor: TypeAlias = Literal[
    "ruby",
    "tomato",
    "orange",
    "sunflower",
    "bubble",
    "rose",
    "poppy",
    "rouge",
    "raspberry",
    "purple",
    "lavender",
    "violet",
    "pool",
    "emerald",
    "kelly",
    "apple",
    "turquoise",
    "aqua",
    "gold",
    "latte",
    "cocoa",
    "iron",
]
MeetingExpiration: TypeAlias = Literal["1h", "2h", "8h", "12h", "24h", "2d", "3d", "4d", "5d", "6d", "7d", "15d", "30d"]
MessageFlow: TypeAlias = Literal["inbound", "outbound"]
MessageKind: TypeAlias = Literal["text", "image", "audio", "voice", "video", "document", "contact", "location", "system"]
MessagePriority: TypeAlias = Literal["low", "normal", "high", "urgent"]
OutboundExtra: TypeAlias = Literal["device", "agent", "events"]
OutboundField: TypeAlias = Literal[
    "reference",
    "media",
    "media.file",
    "media.message",
    "media.reference",
    "location",
    "location.address",
    "location.coordinates",
]
OutboundKind: TypeAlias = Literal[
    "text",
    "image",
    "video",
    "audio",
    "voice",
    "document",
    "location",
    "contact",
    "buttons",
    "list",
    "template",
]
OutboundStatus: TypeAlias = Literal["queued", "processing", "sent", "delivered", "read", "failed", "pending"]
OwnerAction: TypeAlias = Literal["unassign", "reassign", "resolve"]
Permission: TypeAlias = Literal["public", "readonly", "private"]
QrEncoding: TypeAlias = Literal["svg", "json", "base64", "base64_uri", "uri", "image"]
RebootPolicy: TypeAlias = Literal[
    "disabled",
    "10m",
    "15m",
    "20m",
    "25m",
    "30m",
    "45m",
    "1h",
    "2h",
    "3h",
    "4h",
    "5h",
    "6h",
    "8h",
    "10h",
    "12h",
    "18h",
]
RetentionPolicy: TypeAlias = Literal[
    "plan_defaults",
    "never",
    "5m",
    "15m",
    "30m",
    "1h",
    "12h",
    "24h",
    "2d",
    "3d",
    "4d",
    "5d",
    "6d",
    "7d",
    "10d",
]
SessionStatus: TypeAlias = Literal["authorize", "online", "timeout", "offline", "error"]
StatusColor: TypeAlias = Literal[
    "red_purple",
    "moss_green",
    "dark_khaki",
    "wine_red",
    "light_taupe",
    "goldenrod",
    "olive_green",
    "light_plum",
    "dark_purple",
    "light_coral",
    "medium_sea_green",
    "salmon",
    "sky_blue",
    "light_sky_blue",
    "dark_taupe",
    "slate_gray",
    "dodger_blue",
    "dark_magenta",
    "seafoam_green",
    "charcoal",
    "periwinkle",
]
TeamColor: TypeAlias = Literal[
    "blue",
    "azure",
    "indigo",
    "purple",
    "pink",
    "red",
    "orange",
    "yellow",
    "lime",
    "green",
    "teal",
    "cyan",
    "gray",
    "gray-dark",
]
TeamRole: TypeAlias = Literal["admin", "supervisor", "agent"]
WebhookEvent: TypeAlias = Literal[
    "message:in:new",
    "message:out:new",
    "message:out:sent",
    "message:out:ack",
    "message:out:failed",
    "message:update",
    "message:reaction",
    "channel:in",
    "status:update",
    "group:update",
    "chat:update",
    "contact:update",
    "number:session",
]


class Availability(TypedDict, total=False):
    """Availability of a team member."""

    mode: str
    message: str
    updatedAt: str
    shift: dict[str, Any]


class BusinessCatalog(TypedDict, total=False):
    """The catalog of a business."""

    id: str
    wid: str
    scope: str
    status: str
    permission: str
    device: dict[str, Any]
    user: dict[str, Any]
    createdAt: str
    updatedAt: str
    syncedAt: str


class BusinessHours(TypedDict, total=False):
    """An argument `business_hours`."""

    timezone: Required[str]
    """Time zone (IANA name)."""
    monday: Mapping[str, object]
    """Hours of the day."""
    tuesday: Mapping[str, object]
    """Hours of the day."""
    wednesday: Mapping[str, object]
    """Hours of the day."""
    thursday: Mapping[str, object]
    """Hours of the day."""
    friday: Mapping[str, object]
    """Hours of the day."""
    saturday: Mapping[str, object]
    """Hours of the day."""
    sunday: Mapping[str, object]
    """Hours of the day."""


class Campaign(TypedDict, total=False):
    """A campaign with its counts."""

    id: Required[str]
    name: str
    mode: str
    source: str
    status: str
    message: str
    template: str
    templateLanguage: str
    file: dict[str, Any]
    device: dict[str, Any]
    owner: dict[str, Any]
    user: dict[str, Any]
    clone: dict[str, Any]
    failureReason: str
    failureMessage: str
    unsubscribe: dict[str, Any]
    stats: CampaignStats
    settings: dict[str, Any]
    startedAt: str
    completedAt: str
    stoppedAt: str
    canceledAt: str
    removedAt: str


class CampaignContact(TypedDict, total=False):
    """A recipient of a campaign."""

    id: str
    campaign: dict[str, Any]
    wid: str
    status: str
    kind: str
    phone: str
    group: str
    ack: str
    name: str
    date: str
    reference: str
    message: str
    url: str
    error: str
    retries: int
    deliveredAt: str
    readAt: str
    failedAt: str


class CampaignStats(TypedDict, total=False):
    """Results of a campaign."""

    total: int
    processed: int
    delivered: int
    read: int
    failed: int
    excluded: int
    invalid: int


class Channel(TypedDict, total=False):
    """A channel."""

    id: str
    wid: Required[str]
    name: str
    kind: str
    description: str
    imageUrl: str
    website: str
    inviteCode: str
    inviteLink: str
    isVerified: bool
    isArchive: bool
    isReadOnly: bool
    isPinned: bool
    isCommunityAnnounce: bool
    totalParticipants: int
    unreadCount: int
    createdAt: str
    updatedAt: str
    lastMessageAt: str
    lastSyncAt: str


class Chat(TypedDict, total=False):
    """A conversation. Its `id` is its `wid`."""

    id: str
    wid: Required[str]
    name: str
    type: str
    status: str
    waStatus: str
    statusUpdatedAt: str
    prevStatusUpdatedAt: str
    createdAt: str
    date: str
    device: str
    phone: str
    fromNumber: str
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
    lastMessage: LastMessage
    lastNote: dict[str, Any]
    group: ChatGroup
    channel: dict[str, Any]
    links: dict[str, Any]


class ChatAction(TypedDict, total=False):
    """An entry of an argument `actions`."""

    action: Required[ChatActionName]
    """What to do."""
    params: ChatActionParams
    """Parameters of the action."""


class ChatActionParams(TypedDict, total=False):
    """An argument `params`."""

    agent: str
    """Id of the agent, for `chat:assign`."""
    department: str
    """Id of the department, for `chat:assign`."""
    labels: Sequence[str]
    """Names of labels, for `labels:…`."""
    metadata: Mapping[str, MetadataValue]
    """Keys and values, for `metadata:set` and `metadata:add`."""
    keys: Sequence[str]
    """Metadata keys, for `metadata:remove`."""


class ChatFile(TypedDict, total=False):
    """A file in a message."""

    id: Required[str]
    message: str
    chat: str
    status: str
    flow: str
    caption: str
    kind: str
    type: str
    size: int
    mime: str
    extension: str
    format: str
    filename: str
    sha2: str
    createdAt: str
    uploadedAt: str
    deletedAt: str
    expiresAt: str
    meta: dict[str, Any]
    preview: dict[str, Any]
    stats: dict[str, Any]
    links: dict[str, Any]
    error: str
    errorCode: str


class ChatGroup(TypedDict, total=False):
    """The group of a chat."""

    owner: str
    description: str
    descriptionOwner: str
    descriptionUpdatedAt: str
    subjectUpdatedAt: str
    syncedAt: str
    community: str
    isCommunityAnnounce: bool
    totalParticipants: int
    participants: list[GroupParticipant]
    announce: bool
    restrict: bool
    membershipApproval: bool
    membershipInvite: bool
    image: dict[str, Any]


class ChatMeta(TypedDict, total=False):
    """Flags of a chat."""

    unreadCount: int
    unreadCountAt: str
    isUnread: bool
    isUserInitiated: bool
    canSend: bool
    isFavorite: bool
    isPinned: bool
    isChatPinned: bool
    isReadOnly: bool
    isArchived: bool
    isLocked: bool
    isPasswordProtected: bool
    isChatMuted: bool
    isSpam: bool
    isPhoneHidden: bool
    hasOlderMessages: bool
    muteExpiration: int
    modifyTag: int
    ephemeral: int


class ChatNote(TypedDict, total=False):
    """A note in a chat."""

    id: str


class ChatOwner(TypedDict, total=False):
    """Owner of a chat."""

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

    wid: Required[str]
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
    stats: dict[str, Any]
    subscription: dict[str, Any]
    businessInfo: dict[str, Any]
    createdBy: str | dict[str, Any]
    locationInfo: NumberCountry
    metadata: list[MetadataPair]


class DeletedMember(TypedDict, total=False):
    """An entry of an argument `users`."""

    id: str
    """Id or email of the member."""
    email: str
    """Email of the member, instead of `id`."""
    action: Required[OwnerAction]
    """What happens to the member's chats."""
    assign: str
    """Id of the member who receives the chats; required for `reassign`."""
    remove: Required[bool]
    """Whether the user account is also deleted."""


class DeletedReply(TypedDict, total=False):
    """An entry of an argument `replies`."""

    id: str
    """Id of the reply."""
    shortcut: str
    """Shortcut of the reply."""
    all: bool
    """`True`, as the only entry, to select all."""


class Department(TypedDict, total=False):
    """A group of agents."""

    id: str
    name: str
    icon: str
    color: str
    description: str
    agents: list[str]
    device: dict[str, Any]
    owner: dict[str, Any]
    user: dict[str, Any]
    createdAt: str
    updatedAt: str


class Device(TypedDict, total=False):
    """A WhatsApp number of the account."""

    id: Required[str]
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
    metrics: DeviceMetrics
    billing: DeviceBilling
    settings: DeviceSettings
    autoAssign: dict[str, Any]
    autoReplies: dict[str, Any]
    info: dict[str, Any]
    connector: str
    quickReplies: dict[str, Any]
    labels: dict[str, Any]
    groupChats: dict[str, Any]
    logs: list[dict[str, Any]]
    links: dict[str, Any]
    stats: dict[str, Any]
    createdAt: str


class DeviceBilling(TypedDict, total=False):
    """What a number is paid for."""

    subscription: Subscription


class DeviceMetrics(TypedDict, total=False):
    """Counts of a number's chats and contacts, and its last messages."""

    openChats: int
    archivedChats: int
    groupChats: int
    groupChatsActive: int
    groupChatsInactive: int
    channels: int
    channelsOwned: int
    channelsFollowing: int
    communityChats: int
    contacts: int
    contactsAgenda: int
    unreadChats: int
    unreadGroupChats: int
    unreadChannels: int
    unreadMessages: int
    unreadGroupMessages: int
    unreadChannelMessages: int
    lastChatId: str
    lastChatUnread: int
    lastMessageId: str
    lastMessageType: str
    lastMessageBody: str
    lastMessageAt: str
    lastRepliedChatId: str
    lastRepliedMessageId: str
    lastRepliedMessageType: str
    lastRepliedMessageBody: str
    lastRepliedMessageAt: str
    lastGroupChatId: str
    lastGroupMessageId: str
    lastGroupMessageType: str
    lastGroupMessageBody: str
    lastGroupMessageAt: str
    lastGroupMessageAuthor: str
    lastRepliedGroupChatId: str
    lastRepliedGroupMessageId: str
    lastRepliedGroupMessageType: str
    lastRepliedGroupMessageBody: str
    lastRepliedGroupMessageAt: str


class DeviceProfile(TypedDict, total=False):
    """What WhatsApp users see of a number."""

    name: str
    info: str
    status: str
    lastSyncAt: str
    imagePath: str
    image: dict[str, Any]


class DeviceQueue(TypedDict, total=False):
    """Queued messages of a number."""

    size: int
    total: int
    available: int
    status: str
    statusUpdatedAt: str
    messages: int
    scheduled: int


class DeviceSession(TypedDict, total=False):
    """A number's connection to WhatsApp."""

    status: str
    uptime: int
    uptimeOnline: int
    linkedDevices: int
    newNumber: bool
    screenLock: bool
    chatLock: bool
    logs: list[dict[str, Any]]
    appVersion: str
    lastSyncAt: str
    error: str


class DeviceSettings(TypedDict, total=False):
    """Settings of a number."""

    retentionPolicy: str
    rebootPolicy: str
    deliverySpeed: float
    autoRemove: dict[str, Any]
    operativeHours: dict[str, Any]


class File(TypedDict, total=False):
    """An uploaded file."""

    id: Required[str]
    permission: str
    status: str
    origin: str
    format: str
    url: str
    sha2: str
    reference: str
    filename: str
    size: int
    mime: str
    kind: str
    message: str
    ext: str
    tags: list[str]
    createdAt: str
    expiresAt: str
    deletedAt: str
    lastAccessAt: str
    lastDeliveryAt: str
    meta: dict[str, Any]
    preview: dict[str, Any]
    stats: FileStats
    user: dict[str, Any]


class FileStats(TypedDict, total=False):
    """How often a file was used."""

    downloads: int
    deliveries: int


class Group(TypedDict, total=False):
    """A group or a broadcast list."""

    id: str
    wid: Required[str]
    name: str
    kind: str
    description: str
    imageUrl: str
    totalParticipants: int
    participants: list[GroupParticipant]
    unreadCount: int
    isArchive: bool
    isReadOnly: bool
    isPinned: bool
    isCommunityAnnounce: bool
    communityParentGroup: str
    isVerified: bool
    website: str
    permissions: dict[str, Any]
    inviteCode: str
    inviteLink: str
    createdAt: str
    updatedAt: str
    lastMessageAt: str
    lastSyncAt: str


class GroupMember(TypedDict, total=False):
    """An entry of an argument `participants`."""

    phone: Required[str]
    """Phone number, E.164 with `+`."""
    admin: bool
    """Whether the member is an admin."""


class GroupParticipant(TypedDict, total=False):
    """A member of a group chat."""

    id: str
    chatWid: str
    wid: str
    lid: str
    name: str
    phone: str
    isAdmin: bool
    isSuperAdmin: bool
    isOwner: bool
    isContact: bool
    isChatActive: bool
    leaveReason: str
    leaveDate: str
    syncedAt: str
    contact: Contact


class GroupPermissions(TypedDict, total=False):
    """An argument `permissions`."""

    edit: GroupPermission
    """Who may change name and picture."""
    send: GroupPermission
    """Who may send messages."""
    invite: GroupPermission
    """Who may add members."""
    approval: bool
    """Whether an admin must approve new members."""


class GroupSize(TypedDict, total=False):
    """A group after a change of its members."""

    totalParticipants: int


class InviteCode(TypedDict, total=False):
    """Invitation to a group."""

    code: str
    url: str


class Label(TypedDict, total=False):
    """A label of chats."""

    name: str
    color: str
    scope: str
    description: str
    active: bool


class LastMessage(TypedDict, total=False):
    """What a chat says about its last message."""

    id: str
    flow: str
    type: str
    kind: str
    body: str
    date: str
    ack: str
    fromNumber: str
    author: str


class MeetingLink(TypedDict, total=False):
    """A link to a call."""

    id: str
    kind: str
    token: str
    url: str
    message: str
    expiresAt: str
    createdAt: str
    device: dict[str, Any]
    user: dict[str, Any]


Message = TypedDict(
    "Message",
    {
        "id": "Required[str]",
        "wid": "str",
        "widFull": "str",
        "mtype": "str",
        "device": "str",
        "chatWid": "str",
        "chat": "str | dict[str, Any]",
        "flow": "str",
        "status": "str",
        "type": "str",
        "kind": "str",
        "body": "str",
        "date": "str",
        "createdAt": "str",
        "timestamp": "int",
        "editedAt": "str",
        "from": "str",
        "fromNumber": "str",
        "fromContact": "dict[str, Any]",
        "to": "str",
        "toNumber": "str",
        "toContact": "dict[str, Any]",
        "author": "str | dict[str, Any]",
        "agent": "str | dict[str, Any]",
        "contact": "dict[str, Any]",
        "reactions": "list[dict[str, Any]]",
        "links": "dict[str, Any]",
        "stats": "dict[str, Any]",
        "ack": "str",
        "media": "MessageMedia",
        "reference": "str",
        "quoted": "dict[str, Any]",
        "meta": "dict[str, Any]",
        "events": "dict[str, Any]",
        "location": "dict[str, Any]",
        "poll": "dict[str, Any]",
        "event": "dict[str, Any]",
        "product": "dict[str, Any]",
        "order": "dict[str, Any]",
        "vcards": "list[dict[str, Any]]",
        "contacts": "list[dict[str, Any]]",
        "fromMe": "bool",
    },
    total=False,
)
"""A message in a chat, or a status post. `type` is the kind of its content, such as `text` or `image`."""


class MessageExpiration(TypedDict, total=False):
    """An argument `expiration`."""

    seconds: int
    """Seconds from now."""
    duration: str
    """A short form, such as `1h`, `15m` or `1d`."""
    date: datetime | str
    """A point in time."""


class MessageMedia(TypedDict, total=False):
    """The file of a message."""

    id: str
    message: str
    chat: str
    flow: str
    type: str
    extension: str
    createdAt: str
    stats: dict[str, Any]
    status: str
    mime: str
    size: int
    format: str
    caption: str
    filename: str
    meta: dict[str, Any]
    preview: dict[str, Any]
    expiresAt: str
    links: dict[str, Any]


class MetadataPair(TypedDict, total=False):
    """One metadata key of a contact with its value."""

    key: Required[str]
    value: Required[str]


class NewContact(TypedDict, total=False):
    """An entry of an argument `contacts`."""

    phone: Required[str]
    """Phone number, E.164 with `+`."""
    name: str
    """First name."""
    surname: str
    """Family name."""
    email: str
    """Email address."""
    company_name: str
    """Company's name."""
    kind: ContactKind
    """Kind of contact."""
    country: str
    """Country (ISO 3166 code)."""
    metadata: Mapping[str, MetadataValue]
    """Metadata of the contact; it is not known whether it replaces other keys."""


class NumberCountry(TypedDict, total=False):
    """The country of a phone number."""

    code: str
    name: str
    phonePrefix: str
    flag: str
    currency: dict[str, Any]
    languages: list[dict[str, Any]]
    locales: list[str]
    timezones: list[str]


class NumberExists(TypedDict, total=False):
    """Details of a phone number."""

    exists: bool
    phone: str
    wid: str
    isBusiness: bool
    businessInfo: dict[str, Any]
    link: str
    country: NumberCountry


class NumberFormats(TypedDict, total=False):
    """Formats of a phone number."""

    local: str
    national: str
    international: str


class NumberToValidate(TypedDict, total=False):
    """An entry of an argument `numbers`."""

    phone: Required[str]
    """A phone number, in any format."""


class NumbersSummary(TypedDict, total=False):
    """Counts of valid and invalid phone numbers."""

    total: int
    valid: int
    invalid: int


class NumbersValidation(TypedDict, total=False):
    """Result of a phone number validation."""

    summary: NumbersSummary
    numbers: list[ValidatedNumber]


class OutboundMessage(TypedDict, total=False):
    """An outbound message."""

    id: Required[str]
    entity: str
    type: str
    flow: str
    source: str
    waType: str
    user: dict[str, Any]
    contacts: list[dict[str, Any]]
    forward: str
    deliveryOptions: dict[str, Any]
    sendReadAck: bool
    waId: str
    phone: str
    group: str
    channel: str
    chat: str
    wid: str
    status: str
    deliveryStatus: str
    webhookStatus: str
    createdAt: str
    sentAt: str
    deliverAt: str
    processedAt: str
    expiresAt: str
    expiredAt: str
    failedAt: str
    failureReason: str
    message: str
    priority: str
    retentionPolicy: str
    retry: OutboundRetry
    media: dict[str, Any]
    device: str | dict[str, Any]
    reference: str
    poll: dict[str, Any]
    event: dict[str, Any]
    location: dict[str, Any]
    reaction: str
    quote: str


class OutboundRetry(TypedDict, total=False):
    """Delivery retries of a message."""

    max: int
    delay: int
    count: int
    lastRetryAt: str


class PollVote(TypedDict, total=False):
    """An entry of an argument `choices`."""

    id: int
    """Index of the option in the poll, counted from 0."""
    value: str
    """Text of the option."""


class QueueStatus(TypedDict, total=False):
    """A number with the state of its queue."""

    queue: Required[DeviceQueue]


class QuickReply(TypedDict, total=False):
    """A text that agents send by a shortcut."""

    id: str
    shortcut: str
    message: str
    scope: str
    active: bool
    permission: str
    file: str
    keywords: list[str]
    createdAt: str
    updatedAt: str


class SharedContact(TypedDict, total=False):
    """An entry of an argument `contacts`."""

    phone: Required[str]
    """Phone number."""
    name: Required[str]
    """Name."""


class Subscription(TypedDict, total=False):
    """The subscription of a number: its product, such as `io` or `gateway`, and plan."""

    product: str
    plan: str
    planCode: str
    status: str
    isTrial: bool
    createdAt: str
    startsAt: str
    startedAt: str
    endsAt: str
    updatedAt: str
    changedAt: str
    trialEndsAt: str
    cancelledAt: str
    previousPlan: str
    usage: dict[str, Any]


class SyncStatus(TypedDict, total=False):
    """The state of a session after a sync."""

    status: str


class TeamMember(TypedDict, total=False):
    """A member of the team."""

    id: Required[str]
    displayName: str
    email: str
    role: str
    status: str
    availability: Availability
    lastSeenAt: str
    lastLoginAt: str
    settings: dict[str, Any]


class ValidatedNumber(TypedDict, total=False):
    """One validated phone number."""

    valid: bool
    error: str
    input: str
    phone: str
    wid: str
    kind: str
    country: str
    countryPrefix: int
    formats: NumberFormats


class Webhook(TypedDict, total=False):
    """An address to which the service sends events."""

    id: Required[str]
    url: str
    name: str
    status: str
    events: list[str]
    device: str
    retries: int
    lastRetryAt: str
    lastRunAt: str
    lastFailureAt: str
    user: dict[str, Any]


class WebhookLog(TypedDict, total=False):
    """Result of one delivery to a webhook."""

    id: str
    webhook: dict[str, Any]
    createdAt: str
    event: str
    code: str
    objectId: str
    deviceId: str
    objectType: str
    objectEvent: str
    message: str
    body: str
    responseTime: int
    responseStatus: int
    responseType: str
    responseBody: str
