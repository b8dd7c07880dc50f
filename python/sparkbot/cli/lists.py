"""`sparkbot devices`, `chats` and `contacts`: the lists that are looked at most, with the columns that people look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkbot.cli.call import OperationCommand, rows
from sparkbot.resources._contacts import metadata_of

if TYPE_CHECKING:
    import click

    Item = dict[str, Any]

_ONLY_NUMBER = "\n\nDEVICE may be left out if the account has a single WhatsApp number."


def commands() -> list[click.Command]:
    """The commands, each the one of `sparkbot call` under a shorter name."""
    return [
        OperationCommand(rows()["devices.list"], name="devices", as_line=_device),
        OperationCommand(_with_only_number("chats.list"), name="chats", as_line=_chat),
        OperationCommand(_with_only_number("contacts.list"), name="contacts", as_line=_contact),
    ]


def _with_only_number(name: str) -> dict[str, Any]:
    """The row, whose DEVICE may be left out."""
    row = rows()[name]
    device, *others = row["parameters"]
    return {
        **row,
        "description": row["description"] + _ONLY_NUMBER,
        "parameters": [{**device, "required": False}, *others],
    }


def _device(item: Item) -> Item:
    return {
        **_picked(item, "id", "phone", "alias", "status"),
        "session": _inner(item, "session", "status"),
        "queue": _inner(item, "queue", "size"),
    }


def _chat(item: Item) -> Item:
    return {
        **_picked(item, "wid", "name", "status"),
        "unread": _inner(item, "meta", "unreadCount"),
        "agent": _inner(item, "owner", "agent"),
        **_picked(item, "labels", "lastMessageAt"),
    }


def _contact(item: Item) -> Item:
    own = _picked(item, "wid", "phone", "name")
    # Metadata may have a key of the same name.
    return own | {f"metadata.{key}" if key in own else key: value for key, value in _metadata(item).items()}


def _metadata(item: Any) -> dict[str, str]:
    return metadata_of(item) if isinstance(item.get("metadata"), list) else {}


def _picked(item: Item, *names: str) -> Item:
    found = {name: item.get(name) for name in names}
    return {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in found.items()}


def _inner(item: Item, name: str, inner: str) -> Any:
    """A field of an object in the item; nothing if there is no object."""
    value = item.get(name)
    return value.get(inner) if isinstance(value, dict) else None
