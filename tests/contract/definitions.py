"""The service's definitions of its documents, and where answers differ from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

Document = dict[str, Any]
# A field may be missing in the documents that this holds for.
Condition = Callable[[Document], bool]

DEFINITIONS: dict[str, Document] = json.loads((Path(__file__).parent / "definitions.json").read_text(encoding="utf-8"))

# The definition of each response schema.
OF_SCHEMA = {
    "Device": "device",
    "Chat": "ioChat",
    "Contact": "ioContact",
    "Message": "ioMessage",
    "ChatFile": "ioFile",
    "File": "file",
    "TeamMember": "user",
    "Label": "label",
    "Department": "department",
    "QuickReply": "quickReply",
    "BusinessCatalog": "catalog",
    "Campaign": "campaign",
    "CampaignContact": "campaignContact",
    "MeetingLink": "meetingLink",
    "Webhook": "webhook",
    "WebhookLog": "webhookLog",
    "OutboundMessage": "message",
    "Group": "chatGroup",
    "Channel": "chatGroup",
    "GroupParticipant": "groupParticipant",
}
# Operations whose response is not known, and which answer with a document in the sandbox.
OF_OPERATION = {
    **dict.fromkeys(("chats.assign", "chats.unassign", "chats.update_labels", "chats.update_attributes"), "ioChat"),
    **dict.fromkeys(("chats.archive", "chats.unarchive", "chats.delete"), "ioChat"),
    **dict.fromkeys(("contacts.upsert_metadata", "contacts.replace_metadata", "contacts.delete"), "ioContact"),
    **dict.fromkeys(("groups.update", "groups.join", "channels.delete", "channels.join"), "chatGroup"),
    **dict.fromkeys(("campaigns.set_status", "campaigns.delete"), "campaign"),
    "messages.edit": "ioMessage",
    "outbound.delete": "message",
    "devices.delete": "device",
    "files.delete": "file",
    "labels.delete": "label",
    "departments.delete": "department",
    "webhooks.enable": "webhook",
    "webhooks.delete": "webhook",
}
# Fields that answers name otherwise.
RENAMED = {("ioMessage", "kind"): "type", ("ioChat", "kind"): "type", ("ioChat", "wid"): "id"}
# Fields for which captured answers outrank the definition: its type of an author is an object.
CAPTURED: dict[tuple[str, str], dict[str, Any]] = {
    ("ioMessage", "author"): {"type": "string"},
    ("ioMessage", "flow"): {"type": "string", "enum": ["inbound", "outbound"]},
}
# A reference to another document, an object in the definitions, is that document or its id.
REFERENCES = {
    *("agent", "assigner", "author", "chat", "clone", "createdBy", "department", "device", "file", "fromContact", "owner"),
    *("previousAgent", "previousDepartment", "toContact", "user", "webhook", "media.id"),
}


def is_not(field: str, *values: object) -> Condition:
    return lambda document: document.get(field) not in values


def lacks(*fields: str) -> Condition:
    return lambda document: not any(document.get(field) for field in fields)


def always(_: Document) -> bool:
    return True


UNPAIRED = "No phone is connected yet."
ON_CHANGE = "Only after such a change."
GIVEN = "Only if it was given."
CLOUD = "Only numbers of the cloud connector have one."
CONTENT = "The sandbox does not read the content of files."
OTHER_CHATS = "Only chats of this type."
OTHER_CONTENT = "Only messages with this content."
NOT_CAPTURED = "No capture shows its form."
NOT_YET = "Only once it has happened."
is_pending: Condition = lambda device: device.get("status") == "pending"  # noqa: E731
is_business: Condition = lambda contact: not contact["meta"]["isBusiness"]  # noqa: E731

# Why fields are missing: pattern of the path, reason, and the documents for which it holds.
REASONS: dict[str, list[tuple[str, str, Condition]]] = {name: [] for name in DEFINITIONS}


def may_miss(definition: str, reason: str, *patterns: str, when: Condition = always) -> None:
    REASONS[definition] += [(pattern, reason, when) for pattern in patterns]


may_miss("device", UNPAIRED, "phone", "wid", "profile", "profile.*", "info", "info.*", when=is_pending)
may_miss("device", UNPAIRED, "session.lastSyncAt", "groupChats.lastSyncAt", when=is_pending)
may_miss("device", CLOUD, "waba", "waba.*")
may_miss("device", ON_CHANGE, "cancelAt", "deletedAt", "disabledAt", "autoAssign.updated??", "billing.subscription.previousPlan")
may_miss("device", ON_CHANGE, "billing.subscription.trialEndsAt", "billing.subscription.cancelledAt")
may_miss("device", ON_CHANGE, "settings.operativeHours.except*")
may_miss("device", GIVEN, "autoReplies.*.file")
may_miss("device", NOT_CAPTURED, "profile.image", "info.protocolVersion", "info.platform.*")
may_miss("device", "Phones that are linked without being online do not report it.", "info.battery", "info.isBatteryPlugged")
may_miss("device", "Only after a message of this kind.", "metrics.last*")
may_miss("ioChat", NOT_CAPTURED, "lid", "permissions", "permissions.*")
may_miss("ioChat", OTHER_CHATS, "group", "group.*", when=is_not("type", "group"))
may_miss("ioChat", OTHER_CHATS, "channel", "channel.*", when=is_not("type", "channel"))
may_miss("ioChat", OTHER_CHATS, "contact", when=is_not("type", "chat"))
may_miss("ioChat", GIVEN, "group.image", "group.image.*", "channel.image", "channel.image.*", "group.community")
may_miss("ioChat", NOT_CAPTURED, "channel.reactionCodes")
may_miss("ioChat", "Only while it is assigned.", "owner", "owner.agent", "owner.assignedAt", "owner.assigner", "owner.department")
may_miss("ioChat", ON_CHANGE, "owner.*", "statusUpdatedBy", "prevStatusUpdatedAt", "meta.unread*At")
may_miss("ioChat", NOT_YET, "lastNote*", "lastReaction*", "lastAutoReply*", "expiresAt")
may_miss("ioFile", CONTENT, "meta.*", "preview", "preview.*")
may_miss("ioFile", ON_CHANGE, "deletedAt", "error", "errorCode")
may_miss("ioFile", "Files are kept without a limit.", "expiresAt")
may_miss("ioFile", "A secret of the phone.", "mediaKey")
may_miss("file", CONTENT, "meta.*", "preview", "preview.*")
may_miss("file", GIVEN, "contact", "reference", "message", "url")
may_miss("file", "Its name has none.", "ext")
may_miss("file", NOT_YET, "deletedAt", "lastAccessAt", "lastDeliveryAt")
may_miss("ioContact", "Only chats with a group, channel or list.", "groupId", "channelId", "broadcastId")
may_miss("ioContact", "The query includes it.", "chat")
may_miss("ioContact", "The contact has no name.", "name", "shortName", "info.name", when=lacks("name"))
may_miss("ioContact", "Only what the team has filled in.", "info.*")
may_miss("ioContact", "Only businesses.", "businessInfo", "businessInfo.*", "meta.verifiedName", when=is_business)
may_miss("ioContact", GIVEN, "businessInfo.latitude", "businessInfo.longitude", "businessInfo.profilePath", "image", "image.url")
may_miss("ioContact", ON_CHANGE, "subscription.*")
may_miss("ioContact", NOT_CAPTURED, "meta.source")
may_miss("groupParticipant", NOT_CAPTURED, "lid")
may_miss("groupParticipant", "Only members who have left.", "leaveReason", "leaveDate")
may_miss("chatGroup", GIVEN, "communityParentGroup", "imageUrl")
may_miss("ioMessage", OTHER_CONTENT, "location", "location.*", when=is_not("type", "location"))
may_miss("ioMessage", OTHER_CONTENT, "poll", "poll.*", when=is_not("type", "poll"))
may_miss("ioMessage", OTHER_CONTENT, "event", "event.*", when=is_not("type", "event"))
may_miss("ioMessage", GIVEN, "event.call", "event.date", "event.description", "event.l*", "event.code")
may_miss("ioMessage", ON_CHANGE, "event.attending", "event.updatedAt")
may_miss("ioMessage", OTHER_CONTENT, "vcards", when=is_not("type", "contacts"))
may_miss("ioMessage", OTHER_CONTENT, "media", "media.*", when=lacks("media"))
may_miss(
    "ioMessage", OTHER_CONTENT, "list*", "product", "product.*", "order*", "payment*", "template*", "linkPreview*", "referral*"
)
may_miss(
    "ioMessage", OTHER_CONTENT, "header*", "footer", "title", "subtype", "params", "quoted*", "meta.selected*", "meta.autoReply"
)
may_miss("ioMessage", OTHER_CONTENT, "meta.color", "meta.font", "meta.ephemeralDuration")
may_miss("ioMessage", GIVEN, "location.*", "reference", "agent")
may_miss("ioMessage", CONTENT, "media.meta.*", "media.preview", "media.preview.*", "media.encoding", "media.filehash")
may_miss("ioMessage", "Files are kept without a limit.", "media.expiresAt")
may_miss("ioMessage", "Only messages of groups.", "author", when=lambda message: not message["meta"]["isGroup"])
may_miss("ioMessage", "Only the other end of a message is a contact.", "fromContact", "toContact")
may_miss("ioMessage", "The message was not received.", "meta.notifyName", when=is_not("flow", "inbound"))
may_miss("ioMessage", ON_CHANGE, "editedAt", "original*", "error*", "campaign*", "trigger")
may_miss("ioMessage", NOT_YET, "events.*", "poll.lastVote*")
may_miss("ioMessage", CLOUD, "pricing", "pricing.*")
may_miss("ioMessage", "A state of the service's own work.", "webhookStatus", "webhookSyncedAt")
may_miss(
    "message", OTHER_CONTENT, "location*", "poll*", "event*", "vote*", "attend*", "reaction*", "product", "forward", "message"
)
may_miss("message", OTHER_CONTENT, "list*", "template*", "header*", "footer", "quote", "selectId")
may_miss("message", OTHER_CONTENT, "media", "media.*", when=lacks("media"))
may_miss("message", GIVEN, "media.file", "media.filename", "reference", "typing", "deliverAt", "expiresAt")
may_miss("message", "A message has one receiver.", "phone", "group", "channel", "chat", "contact")
may_miss("message", NOT_YET, "waId", "sentAt", "processedAt", "expiredAt", "failedAt", "failureReason", "retry.lastRetryAt")
may_miss("message", CLOUD, "waba*")
may_miss("campaign", NOT_YET, "startedAt", "completedAt", "stoppedAt", "canceledAt", "removedAt", "failure*")
may_miss("campaign", GIVEN, "clone", "template*", "file", "settings.date", "settings.expiration")
may_miss("campaignContact", CLOUD, "waba*")
may_miss("campaignContact", NOT_YET, "date", "deliveredAt", "readAt", "failedAt", "error", "message")
may_miss("campaignContact", GIVEN, "group", "name", "reference", "url")
may_miss("webhook", "A webhook without a device belongs to all.", "device")
may_miss("webhook", NOT_YET, "lastRunAt", "lastRetryAt", "lastFailureAt")


def definition_of(operation: Document) -> str | None:
    """Returns the definition of the documents that an operation answers with, if there is one."""
    return OF_SCHEMA.get(operation["response"].get("schema") or "") or OF_OPERATION.get(operation["name"])


def reason_for(definition: str, path: str, document: Document) -> tuple[str, str, str] | None:
    """Returns the row that allows a field to be missing in a document."""
    rows = (row for row in REASONS[definition] if fnmatchcase(path, row[0]) and row[2](document))
    return next(((definition, pattern, reason) for pattern, reason, _ in rows), None)
