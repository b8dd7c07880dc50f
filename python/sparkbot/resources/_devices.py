"""Finds a device by id, phone number or alias."""

from __future__ import annotations

import re

from sparkbot.errors import InvalidArgumentError

# Type checkers know this name. Importing typing takes a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from typing import Protocol

    from sparkbot.options import Options
    from sparkbot.types import Device

    class Devices(Protocol):
        """The methods that `find` uses."""

        def get(self, device: str, *, options: Options | None = None) -> Device: ...
        def iter(self, *, options: Options | None = None) -> Iterator[Device]: ...

    class AsyncDevices(Protocol):
        """As `Devices`, async."""

        async def get(self, device: str, *, options: Options | None = None) -> Device: ...
        def iter(self, *, options: Options | None = None) -> AsyncIterator[Device]: ...


RESOURCE_ID = re.compile(r"[0-9A-Fa-f]{24}")
# Digits with separators: +44 7362 053576, (0044) 7362-053576.
PHONE = re.compile(r"[+(]*[0-9][0-9\s()./-]*")
# Keeps the error readable for an account with hundreds of devices.
MAX_DESCRIBED = 20


class DevicesFind:
    """`find` of the blocking client."""

    __slots__ = ()

    def find(self: Devices, wanted: str, *, options: Options | None = None) -> Device:
        """Find a WhatsApp number by its id, its phone number or its alias.

        An id is requested directly. Otherwise all devices are listed and compared: by phone number in any format
        (`+44 7362 053576`), then by exact alias, then by alias ignoring case.

        Args:
            wanted: Id (24 hex digits), phone number with its country code, or alias.
            options: Options of each call, see `sparkbot.Options`.

        Returns:
            The device as a dict. `sparkbot.types.Device` has the known fields; any may be missing.

        Raises:
            InvalidArgumentError: No device or several devices match; the message lists them.
            NotFoundError: There is no device with this id.

        Example:
            >>> client.devices.find("+44 7362 053576")["id"]
        """
        checked = normalize_query(wanted)
        if is_resource_id(checked):
            return self.get(checked, options=options)
        return select_device(list(self.iter(options=options)), checked)


class AsyncDevicesFind:
    """As `DevicesFind`, async."""

    __slots__ = ()

    async def find(self: AsyncDevices, wanted: str, *, options: Options | None = None) -> Device:
        """Find a WhatsApp number by its id, its phone number or its alias. See `Client.devices.find`.

        Example:
            >>> (await client.devices.find("+44 7362 053576"))["id"]
        """
        checked = normalize_query(wanted)
        if is_resource_id(checked):
            return await self.get(checked, options=options)
        return select_device([device async for device in self.iter(options=options)], checked)


def normalize_query(wanted: object) -> str:
    """The query without surrounding white space."""
    if not isinstance(wanted, str) or not wanted.strip():
        raise query_error(f"{wanted!r} is not a query; pass an id, a phone number with + and country code, or an alias")
    return wanted.strip()


def is_resource_id(wanted: str) -> bool:
    return RESOURCE_ID.fullmatch(wanted) is not None


def select_device(devices: Sequence[Device], wanted: str) -> Device:
    """The device that matches. The first comparison with a match decides."""
    for matches in (by_phone(wanted), by_alias(wanted), by_alias_casefold(wanted)):
        found = [device for device in devices if matches(device)]
        if len(found) == 1:
            return found[0]
        if found:
            raise query_error(f"{wanted!r} matches {len(found)} devices: {describe_devices(found)}; pass the id of one of them")
    raise query_error(f"{wanted!r} matches no device of the account: {describe_devices(devices)}; pass one of these, or an id")


def by_phone(wanted: str) -> Callable[[Device], bool]:
    digits = phone_digits(wanted)
    return lambda device: digits != "" and phone_digits(str(device.get("phone") or "")) == digits


def by_alias(wanted: str) -> Callable[[Device], bool]:
    return lambda device: device.get("alias") == wanted


def by_alias_casefold(wanted: str) -> Callable[[Device], bool]:
    folded = wanted.casefold()
    return lambda device: str(device.get("alias") or "").strip().casefold() == folded


def phone_digits(text: str) -> str:
    """The digits of a phone number with its country code, or an empty string for other text."""
    if PHONE.fullmatch(text.strip()) is None:
        return ""
    digits = "".join(re.findall(r"[0-9]", text))
    return digits.removeprefix("00")


def describe_devices(devices: Sequence[Device]) -> str:
    """Aliases and phone numbers for a message."""
    if not devices:
        return "it has no devices"
    names = [f"{device.get('alias') or 'no alias'} ({device.get('phone') or device.get('id')})" for device in devices]
    more = f" and {len(names) - MAX_DESCRIBED} more" if len(names) > MAX_DESCRIBED else ""
    return ", ".join(names[:MAX_DESCRIBED]) + more


def query_error(message: str) -> InvalidArgumentError:
    return InvalidArgumentError(message, field="wanted", operation="devices.find")
