"""`sparkbot devices`, `chats` and `contacts`: the most common lists, with selected columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkbot.cli.call import OperationCommand, operations
from sparkbot.resources._contacts import metadata_of

if TYPE_CHECKING:
    import click

    Item = dict[str, Any]


def commands() -> list[click.Command]:
    """The commands: those of `sparkbot call` under shorter names."""
    return [
        OperationCommand(operations()["devices.list"], name="devices", to_row=_device),
        OperationCommand(_with_optional_device("chats.list"), name="chats", to_row=_chat),
        OperationCommand(_with_optional_device("contacts.list"), name="contacts", to_row=_contact),
    ]


def _with_optional_device(name: str) -> dict[str, Any]:
    operation = operations()[name]
    device, *others = operation["parameters"]
    return {
        **operation,
        "description": operation["description"] + "\n\nDEVICE is optional if the account has a single WhatsApp number.",
        "parameters": [{**device, "required": False}, *others],
    }


def _device(item: Item) -> Item:
    return {
        **_select(item, "id", "phone", "alias", "status"),
        "session": _nested(item, "session", "status"),
        "queue": _nested(item, "queue", "size"),
    }


def _chat(item: Item) -> Item:
    return {
        **_select(item, "wid", "name", "status"),
        "unread": _nested(item, "meta", "unreadCount"),
        "agent": _nested(item, "owner", "agent"),
        **_select(item, "labels", "lastMessageAt"),
    }


def _contact(item: Any) -> Item:
    fields = _select(item, "wid", "phone", "name")
    metadata = metadata_of(item) if isinstance(item.get("metadata"), list) else {}
    # A metadata key can have the name of a field.
    return fields | {f"metadata.{key}" if key in fields else key: value for key, value in metadata.items()}


def _select(item: Item, *names: str) -> Item:
    fields = {name: item.get(name) for name in names}
    return {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in fields.items()}


def _nested(item: Item, name: str, inner: str) -> Any:
    """A field of a nested object; None if there is no object."""
    value = item.get(name)
    return value.get(inner) if isinstance(value, dict) else None
