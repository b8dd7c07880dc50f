"""Documents for the sandbox, and arguments for every operation that refer to them."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.sample_arguments import everything, minimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparkbot.sandbox import Sandbox

    Row = dict[str, Any]
    Arguments = dict[str, Any]

DEVICE, OTHER_DEVICE, NEW_DEVICE = (f"64f0c2a91b7e4d5f8a3b6c0{end}" for end in range(1, 4))
AGENT, OTHER_AGENT, DEPARTMENT = (f"64f0c2a91b7e4d5f8a3b6ca{end}" for end in range(3))
CAMPAIGN, RUNNING, WEBHOOK, REPLY, LINK, NOTE = (f"64f0c2a91b7e4d5f8a3b6ce{end}" for end in range(6))
FILE, CHAT_FILE, WAITING, WAITING_POST = (f"64f0c2a91b7e4d5f8a3b6cf{end}" for end in range(4))
LATER = "2090-01-01T00:00:00.000Z"
OWN_PHONE, PHONE, ASKING, STRANGER = "+447362053500", "+447362053576", "+447362053577", "+447362053599"
CONTACT = "447362053576@c.us"
GROUP, OTHER_GROUP, CHANNEL = "120363012345678901@g.us", "120363012345678903@g.us", "120363012345678902@newsletter"
CODE, CHANNEL_CODE = "AbCdEfGhIjKlMnOpQrStUv", "0029VaTea"
RECEIVED, SENT, POLL, EVENT, POST = (f"3EB0A1B2C3D4E5F6071{end}" for end in "34567")
PRODUCT, LABEL = "6000000000000001", "lead"
IMAGE = b64encode(b"\x89PNG\r\n\x1a\n...").decode()


def fill(sandbox: Sandbox) -> None:
    """One of everything that a call can name."""
    of_device, message = {"device": DEVICE}, {"device": DEVICE, "chatWid": CONTACT, "date": now()}
    members = [{"phone": OWN_PHONE, "isAdmin": True, "isSuperAdmin": True}, {"phone": PHONE}]
    group: dict[str, Any] = {**of_device, "name": "Team", "participants": members, "pendingMembers": [{"phone": ASKING}]}
    sandbox.seed(
        users=[{"id": AGENT, "email": "ada@example.com"}, {"id": OTHER_AGENT, "email": "bea@example.com"}],
        devices=[
            {"id": DEVICE, "phone": OWN_PHONE},
            {"id": OTHER_DEVICE, "phone": "+447362053501"},
            {"id": NEW_DEVICE, "phone": "+447362053502", "session": {"status": "authorize"}},
        ],
        departments=[of_device | {"id": DEPARTMENT, "name": "Care", "agents": [AGENT]}],
        contacts=[of_device | {"wid": CONTACT, "name": "Zoë"}],
        groups=[group | {"wid": GROUP}, {"device": OTHER_DEVICE, "wid": OTHER_GROUP, "inviteCode": CODE}],
        channels=[of_device | {"wid": CHANNEL, "name": "News"}],
        public_channels=[{"wid": "777@newsletter", "inviteCode": CHANNEL_CODE}],
        chats=[of_device | {"wid": wid} for wid in (CONTACT, GROUP, CHANNEL)],
        labels=[of_device | {"name": LABEL}],
        quick_replies=[of_device | {"id": REPLY, "shortcut": "hours", "message": "9 to 17"}],
        meeting_links=[of_device | {"id": LINK}],
        messages=[
            message | {"id": RECEIVED, "body": "Hello"},
            message | {"id": SENT, "flow": "outbound", "body": "Hi"},
            message | {"id": POLL, "type": "poll", "kind": "poll"},
            message | {"id": EVENT, "type": "event", "kind": "event"},
        ],
        notes=[of_device | {"id": NOTE, "chat": CONTACT}],
        chat_files=[of_device | {"id": CHAT_FILE, "chat": CONTACT, "message": RECEIVED}],
        products=[of_device | {"id": PRODUCT, "name": "Tea"}],
        user_status=[of_device | {"id": POST}, of_device | {"id": WAITING_POST, "ack": "pending", "deliverAt": LATER}],
        files=[{"id": FILE, "filename": "menu.png"}],
        queue=[of_device | {"id": WAITING, "phone": PHONE, "message": "Waiting"}],
        campaigns=[
            {"id": CAMPAIGN, "device": DEVICE, "contacts": [{"phone": PHONE}]},
            {"id": RUNNING, "device": DEVICE, "status": "processing", "contacts": [{"phone": STRANGER}]},
        ],
        webhooks=[{"id": WEBHOOK, "url": "https://example.com/hook"}],
    )


# What an argument of this name is in every operation, where it is of the same type. An object is filled in, not replaced.
BY_NAME: Arguments = {
    "actions": [{"action": "chat:assign", "params": {"agent": AGENT}}],
    "agent": AGENT,
    "agents": [AGENT],
    "assign": OTHER_AGENT,
    "author": AGENT,
    "campaign": CAMPAIGN,
    "channel": CHANNEL,
    "chat": CONTACT,
    "contact": CONTACT,
    "department": DEPARTMENT,
    "device": DEVICE,
    "event": EVENT,
    "expiration": {"duration": "1h", "date": LATER},
    "file": FILE,
    "group": GROUP,
    "image": IMAGE,
    "image_data": IMAGE,
    "member": AGENT,
    "page": 0,
    "phone": PHONE,
    "poll": POLL,
    "product": PRODUCT,
    "quote": RECEIVED,
    "reaction_message": RECEIVED,
    "reply": REPLY,
    "webhook": WEBHOOK,
}
TYPES = {str: ("string",), int: ("integer",), list: ("object_list", "string_list"), dict: ("object",)}

# What an operation needs instead.
BY_OPERATION: Mapping[str, Arguments] = {
    "campaigns.set_status": {"action": "start"},
    "channels.join": {"code": CHANNEL_CODE, "url": f"https://whatsapp.com/channel/{CHANNEL_CODE}"},
    "chat_files.get": {"file": CHAT_FILE},
    "chat_files.download": {"file": CHAT_FILE},
    "chats.bulk_update": {"chats": [CONTACT, GROUP]},
    "chats.delete_notes": {"ids": [NOTE]},
    "chats.list_participants": {"chat": GROUP},
    "contacts.create": {"phone": STRANGER},
    "groups.approve_members": {"phones": [ASKING]},
    "groups.join": {"code": CODE, "url": f"https://chat.whatsapp.com/{CODE}"},
    "groups.reject_members": {"phones": [ASKING]},
    "groups.remove_participants": {"phones": [PHONE]},
    "groups.update_participants": {"participants": [{"phone": PHONE, "admin": True}]},
    "labels.delete": {"name": LABEL},
    "labels.update": {"name": LABEL},
    "queue.route": {"target": OTHER_DEVICE},
    "quick_replies.delete": {"replies": [{"id": REPLY}, {"shortcut": "hours"}]},
    "session.request_code": {"device": NEW_DEVICE},
    "session.scan": {"device": NEW_DEVICE},
    "team.create": {"email": "grace@example.com"},
    "team.delete": {"users": [{"id": AGENT, "action": "unassign", "remove": True}]},
    "team.revoke_access": {"action": "unassign"},
    "user_status.delete": {"scheduled": [WAITING_POST], "status": [POST]},
    "user_status.get": {"status": POST},
}

# The alternatives that the values above hide.
MORE_CALLS: Mapping[str, list[Arguments]] = {
    "campaigns.set_status": [{"campaign": RUNNING, "action": "stop"}],
    "quick_replies.delete": [{"device": DEVICE, "replies": [{"all": True}]}],
    "team.delete": [
        {"users": [{"email": "ada@example.com", "action": "reassign", "assign": OTHER_AGENT, "remove": False}], "force": True}
    ],
    "team.revoke_access": [{"device": DEVICE, "member": AGENT, "action": "reassign", "assign": OTHER_AGENT, "remove": False}],
}


def calls(row: Row) -> list[Arguments]:
    """The arguments of each call: with the fewest, then with all that go together; what can be sent later also at once."""
    full = [at_its_time(made) for made in everything(row)]
    at_once = [without(made, "deliver_at") for made in full if "deliver_at" in made and row["name"] != "send.scheduled"]
    return [*(fitting(row, made) for made in (minimal(row), *full, *at_once)), *MORE_CALLS.get(row["name"], [])]


def at_its_time(made: Arguments) -> Arguments:
    """What is given up some time from now is sent before that."""
    ends_at_a_date = "date" in made.get("expiration", {"date": None})
    return made if ends_at_a_date else made | {name: now() for name in made if name == "deliver_at"}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def without(made: Arguments, left_out: str | None) -> Arguments:
    return {name: value for name, value in made.items() if name != left_out}


def fitting(row: Row, made: Arguments) -> Arguments:
    """The arguments, with what the table says of them."""
    by_name = {one["name"]: BY_NAME[one["name"]] for one in row["parameters"] if named_alike(one)}
    table = by_name | message_of(row) | BY_OPERATION.get(row["name"], {})
    return {name: fitted(value, table.get(name, value)) for name, value in made.items()}


def named_alike(one: Row) -> bool:
    return one["name"] in BY_NAME and one["type"] in TYPES[type(BY_NAME[one["name"]])]


def fitted(value: Any, fit: Any) -> Any:
    """An object has one of several fields; those that it has are replaced."""
    return {key: fit.get(key, inner) for key, inner in value.items()} if isinstance(fit, dict) else fit


def message_of(row: Row) -> Arguments:
    """A message is named by the id that WhatsApp or the service gave it; elsewhere `message` is a text."""
    ids = {"message_id": SENT, "resource_id": WAITING}
    found = [ids[one["format"]] for one in row["parameters"] if one["name"] == "message" and one["format"]]
    return {"message": found[0]} if found else {}
