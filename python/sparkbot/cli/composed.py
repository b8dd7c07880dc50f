"""Methods that combine several calls, described like operations, so that `sparkbot call` supports them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparkbot import Client
    from sparkbot.types import Device

    Operation = dict[str, Any]


def composed_operations(operations: Mapping[str, Operation]) -> dict[str, Operation]:
    """The methods by name, each based on the operation that it ends with."""
    find, metadata = operations["devices.get"], operations["contacts.get"]
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
            "parameters": [parameter for parameter in metadata["parameters"] if parameter["in"] == "path"],
            "response": {**metadata["response"], "schema": None},
            "example": 'client.contacts.get_metadata(device, contact).get("tier")',
        },
    }


def resolve_device(client: Client, operation: Operation, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments with the id of the device, which can also be given as phone number or alias.

    A device in the path can be omitted if the account has only one.
    """
    from sparkbot.resources._devices import is_resource_id

    device = arguments.get("device")
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    parameter = parameters.get("device")
    if parameter is None or parameter["format"] != "resource_id" or (device and is_resource_id(device)):
        return arguments
    if not device and parameter["in"] != "path":
        return arguments
    return arguments | {"device": (client.devices.find(device) if device else _only_device(client))["id"]}


def _only_device(client: Client) -> Device:
    from sparkbot.resources._devices import describe_devices, query_error

    devices = list(client.devices.iter())
    if len(devices) != 1:
        raise query_error(f"the account has {len(devices)} numbers: {describe_devices(devices)}; give DEVICE")
    return devices[0]
