"""Methods that are made of several calls, as rows: `sparkbot call` takes them like any operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparkbot import Client
    from sparkbot.types import Device

    Row = dict[str, Any]


def composed(rows: Mapping[str, Row]) -> dict[str, Row]:
    """A row for each, over that of the operation at the end of it."""
    find, metadata = rows["devices.get"], rows["contacts.get"]
    wanted = {
        **find["parameters"][0],
        "name": "wanted",
        "format": None,
        "summary": "Id (24 hex digits), phone number with its country code, or alias.",
    }
    return {
        "devices.find": {
            **find,
            "name": "devices.find",
            "summary": "Find a WhatsApp number by its id, its phone number or its alias.",
            "parameters": [wanted],
            "example": 'client.devices.find("+44 7362 053576")["id"]',
        },
        "contacts.get_metadata": {
            **metadata,
            "name": "contacts.get_metadata",
            "summary": "Read a contact's metadata as a dict, as `replace_metadata` takes it.",
            "parameters": [one for one in metadata["parameters"] if one["in"] == "path"],
            "response": {**metadata["response"], "schema": None},
            "example": 'client.contacts.get_metadata(device, contact).get("tier")',
        },
    }


def with_found_device(client: Client, row: Row, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments with the id of the device, which may also be named by phone number or alias.

    Where the row has a place for it in the path and none is given, it is the account's only one.
    """
    from sparkbot.resources._devices import is_resource_id

    device = arguments.get("device")
    one = next((one for one in row["parameters"] if one["name"] == "device" and one["format"] == "resource_id"), None)
    if one is None or (device and is_resource_id(device)) or not (device or one["in"] == "path"):
        return arguments
    return arguments | {"device": (client.devices.find(device) if device else _only_device(client))["id"]}


def _only_device(client: Client) -> Device:
    from sparkbot.resources._devices import describe_devices, query_error

    found = list(client.devices.iter())
    if len(found) != 1:
        raise query_error(f"say which number is meant; the account has {len(found)}: {describe_devices(found)}")
    return found[0]
