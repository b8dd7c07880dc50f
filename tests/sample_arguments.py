"""Arguments for every operation: built from the API model, or referring to documents that `fill` puts into a sandbox."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sparkbot._sparkbot import model_definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sparkbot.sandbox import Sandbox

    Operation = dict[str, Any]
    Parameter = dict[str, Any]
    Arguments = dict[str, Any]

DEFINITIONS = model_definitions()
CONTENT = b"%PDF-1.7\r\n--not a boundary\r\n\x00\xff" * 50
# Characters that a query must escape, and one of several bytes.
TEXT = "a b&c=ä/?#+%"


def names_in(owner: Operation | Parameter, *kinds: str) -> list[list[str]]:
    """Returns the names of each constraint of these kinds, of an operation or of an object."""
    return [constraint["names"] for kind in kinds for constraint in owner["constraints"] if constraint["kind"] == kind]


def minimal(operation: Operation) -> Arguments:
    """Returns the arguments that a call cannot omit."""
    names = {parameter["name"] for parameter in operation["parameters"] if parameter["required"]}
    for group in names_in(operation, "exactly_one_of", "at_least_one_of"):
        names |= set() if names & {*group} else {group[0]}
    if names_in(operation, "needs_change"):
        names |= {next(field["name"] for field in operation["parameters"] if field["in"] == "body" and not field["positional"])}
    return _arguments(operation, 1, names | _required_by_values(operation, operation["parameters"], names))


def _required_by_values(owner: Operation | Parameter, parameters: Iterable[Parameter], names: set[str]) -> set[str]:
    """Returns the parameters or fields that the minimal values of the others require."""
    by_name = {parameter["name"]: parameter for parameter in parameters}
    conditions = [constraint for constraint in owner["constraints"] if constraint["kind"] == "required_when"]
    return {
        name
        for constraint in conditions
        for name, other in [constraint["names"]]
        if other in names and value(by_name[other], 1) == constraint["value"]
    }


def _arguments(operation: Operation, variant: int, names: set[str]) -> Arguments:
    """Returns values of these arguments. An alternative that is a flag is true, because `False` does not count as given."""
    alternatives = {name for group in names_in(operation, "exactly_one_of", "at_least_one_of") for name in group}
    return {
        parameter["name"]: True
        if parameter["type"] == "boolean" and parameter["name"] in alternatives
        else value(parameter, variant, index)
        for index, parameter in enumerate(operation["parameters"])
        if parameter["name"] in names
    }


def everything(operation: Operation) -> Iterator[Arguments]:
    """Yields all arguments at once, in as many variants as there are alternatives: at limits, with `True` and with `False`."""
    for [name] in names_in(operation, "exclusive"):
        required = {parameter["name"] for parameter in operation["parameters"] if parameter["required"]}
        yield _arguments(operation, 0, {name} | required)
    choices = names_in(operation, "exactly_one_of", "mutually_exclusive")
    choices += [group for parameter in _with_fields(operation["parameters"]) for group in names_in(parameter, "exactly_one_of")]
    for variant in range(max(2, *map(len, choices), 0)):
        yield _one_variant(operation, variant)


def _with_fields(parameters: Iterable[Parameter]) -> Iterator[Parameter]:
    for parameter in parameters:
        yield parameter
        yield from _with_fields(parameter["fields"])


def _one_variant(operation: Operation, variant: int) -> Arguments:
    omitted = _unchosen(names_in(operation, "exactly_one_of", "mutually_exclusive"), variant)
    omitted |= {name for names in names_in(operation, "exclusive") for name in names}
    arguments = _arguments(operation, variant, {parameter["name"] for parameter in operation["parameters"]} - omitted)
    dependent = {name for name, other in names_in(operation, "depends_on") if arguments.get(other) in (None, False)}
    return {name: argument for name, argument in arguments.items() if name not in dependent}


def _unchosen(groups: list[list[str]], variant: int) -> set[str]:
    """Returns the alternatives that this variant omits."""
    return {name for group in groups for name in group if name != _at(group, variant)}


def _at(values: Sequence[Any], variant: int) -> Any:
    return values[variant % len(values)]


def value(parameter: Parameter, variant: int, index: int = 0) -> Any:
    """Returns a value of an argument, which depends on the variant and on the index of the argument."""
    values: dict[str, Callable[[], Any]] = {
        "string": lambda: _text(parameter, variant, index),
        "integer": lambda: _integer(parameter, variant, index),
        "number": lambda: _number(parameter, variant),
        "boolean": lambda: variant % 2 == 0,
        "datetime": lambda: f"2030-01-{index % 28 + 1:02}T09:00:00+02:00",
        "string_list": lambda: _strings(parameter, variant, index),
        "number_list": lambda: [_number(parameter, variant + item) for item in range(_count(parameter, variant, 3))],
        "object": lambda: _object(parameter, variant, index),
        "object_list": lambda: _objects(parameter, variant, index),
        "metadata": lambda: _metadata(variant),
        "file": lambda: CONTENT,
    }
    return values[parameter["type"]]()


def _text(parameter: Parameter, variant: int, index: int) -> str:
    if parameter["enum"]:
        return str(_at(parameter["enum"], variant))
    if parameter["format"]:
        return _formatted(DEFINITIONS["formats"][parameter["format"]], variant + index)
    length = (parameter["max_length"] or 40) if variant % 2 == 0 else max(parameter["min_length"] or 1, 1)
    return (TEXT * (length // len(TEXT) + 1))[:length].strip().ljust(length, "x")


def _formatted(text_format: dict[str, Any], digit: int) -> str:
    """Returns the format's example with another last digit, if it still matches."""
    example: str = text_format["example"]
    other = re.sub(r"\d(?=\D*$)", str(digit % 10), example)
    return other if re.search(text_format["pattern"], other) else example


def _integer(parameter: Parameter, variant: int, index: int) -> int:
    minimum, maximum = parameter["min"] or 0, parameter["max"]
    if variant % 2 == 0:
        return int(maximum) if maximum is not None else minimum + 7 + index
    return int(minimum)


def _number(parameter: Parameter, variant: int) -> float:
    minimum, maximum = parameter["min"], parameter["max"]
    return float(_at([51.5, 90 if maximum is None else maximum, -0.125 if minimum is None else minimum], variant))


def _count(parameter: Parameter, variant: int, usual: int) -> int:
    minimum, maximum = parameter["min_items"] or 1, parameter["max_items"] or max(usual, parameter["min_items"] or 0)
    return min(maximum, 50) if variant % 2 == 0 else minimum


def _strings(parameter: Parameter, variant: int, index: int) -> list[str]:
    if parameter["enum"]:
        return list(parameter["enum"][: _count(parameter, variant, len(parameter["enum"]))])
    count = _count(parameter, variant, 3)
    if parameter["format"]:
        return [_text(parameter, variant + item, index) for item in range(count)]
    return [f"{item} b&c=ä/?#"[: parameter["max_length"] or 40] for item in range(count)]


def _object(parameter: Parameter, variant: int, index: int) -> dict[str, Any]:
    if not parameter["fields"]:
        return {"anything": {"at": [1, None, "ä"]}, "flag": variant % 2 == 0}
    omitted = _unchosen(names_in(parameter, "exactly_one_of"), variant)
    fields = enumerate(parameter["fields"])
    return {field["name"]: value(field, variant, position) for position, field in fields if field["name"] not in omitted}


def _objects(parameter: Parameter, variant: int, index: int) -> list[dict[str, Any]]:
    """Returns an object with all its fields and, if there may be more, one with as few as possible."""
    if not parameter["fields"]:
        return [{"anything": item} for item in range(_count(parameter, variant, 2))]
    full = _object(parameter, variant, index)
    if any(name in full for [name] in names_in(parameter, "exclusive")):
        return [full]
    names = {field["name"] for field in parameter["fields"] if field["required"]}
    names |= {group[0] for group in names_in(parameter, "exactly_one_of")}
    names |= _required_by_values(parameter, parameter["fields"], names)
    fields = enumerate(parameter["fields"])
    small = {field["name"]: value(field, 1, position) for position, field in fields if field["name"] in names}
    count = max(parameter["min_items"] or 1, min(parameter["max_items"] or 2, 2))
    return [full, *[small or full] * (count - 1)]


def _metadata(variant: int) -> dict[str, Any]:
    limits = DEFINITIONS["metadata"]
    pairs = {"tier": "gold", "k" * limits["key_max"]: "ä" * limits["value_max"], "visits": 3, "vip": True}
    return pairs if variant % 2 == 0 else {"Tier_1": ""}


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
UNKNOWN_ID = "64f0c2a91b7e4d5f8a3b6fff"


def fill(sandbox: Sandbox) -> None:
    """Seeds a document of every kind that a call can name."""
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


# The value of an argument of this name and type in every operation. Fields of an object are replaced one by one.
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

# Other values of single operations.
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

# Further calls, for the alternatives that the values above exclude.
MORE_CALLS: Mapping[str, list[Arguments]] = {
    "campaigns.set_status": [{"campaign": RUNNING, "action": "stop"}],
    "quick_replies.delete": [{"device": DEVICE, "replies": [{"all": True}]}],
    "team.delete": [
        {"users": [{"email": "ada@example.com", "action": "reassign", "assign": OTHER_AGENT, "remove": False}], "force": True}
    ],
    "team.revoke_access": [{"device": DEVICE, "member": AGENT, "action": "reassign", "assign": OTHER_AGENT, "remove": False}],
}


def sandbox_calls(operation: Operation) -> list[Arguments]:
    """Returns the arguments of each call: the minimum, then all that are compatible, with and without a delivery date."""
    full = [_deliver_before_expiration(arguments) for arguments in everything(operation)]
    # What a message refers to is of one device, so it does not leave the choice to the sandbox.
    device = {"device": DEVICE} if operation["name"].startswith("send.") else {}
    calls = [minimal(operation) | device, *full]
    if operation["name"] != "send.scheduled":
        scheduled = [arguments for arguments in full if "deliver_at" in arguments]
        calls += [{name: argument for name, argument in call.items() if name != "deliver_at"} for call in scheduled]
    by_name = {
        parameter["name"]: BY_NAME[parameter["name"]]
        for parameter in operation["parameters"]
        if parameter["name"] in BY_NAME and parameter["type"] in TYPES[type(BY_NAME[parameter["name"]])]
    }
    known = by_name | _message_id(operation) | BY_OPERATION.get(operation["name"], {})
    calls = [{name: _replaced(value, known.get(name, value)) for name, value in call.items()} for call in calls]
    return [*calls, *MORE_CALLS.get(operation["name"], [])]


def _deliver_before_expiration(arguments: Arguments) -> Arguments:
    """A message that expires after a duration must be delivered within it."""
    if "deliver_at" not in arguments or "date" in arguments.get("expiration", {"date": None}):
        return arguments
    return arguments | {"deliver_at": now()}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _replaced(value: Any, known: Any) -> Any:
    return {key: known.get(key, inner) for key, inner in value.items()} if isinstance(known, dict) else known


def _message_id(operation: Operation) -> Arguments:
    """A parameter `message` with a format is an id of WhatsApp or of the service; elsewhere it is a text."""
    ids = {"message_id": SENT, "resource_id": WAITING}
    return {
        parameter["name"]: ids[parameter["format"]]
        for parameter in operation["parameters"]
        if parameter["name"] == "message" and parameter["format"]
    }
