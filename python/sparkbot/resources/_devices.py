"""Finding a WhatsApp number by what people call it."""

from __future__ import annotations

import re

from sparkbot.errors import InvalidArgumentError

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from typing import Protocol

    from sparkbot.options import Options
    from sparkbot.types import Device

    class Devices(Protocol):
        """What finding needs of the resource that it is a part of."""

        def get(self, device: str, *, options: Options | None = None) -> Device: ...
        def iter(self, *, options: Options | None = None) -> Iterator[Device]: ...

    class AsyncDevices(Protocol):
        """As `Devices`, awaited."""

        async def get(self, device: str, *, options: Options | None = None) -> Device: ...
        def iter(self, *, options: Options | None = None) -> AsyncIterator[Device]: ...


RESOURCE_ID = re.compile(r"[0-9A-Fa-f]{24}")
# Digits with what people put between them: +44 7362 053576, (0044) 7362-053576.
PHONE = re.compile(r"[+(]*[0-9][0-9\s()./-]*")
# So that the error for an account with hundreds of numbers stays readable.
LISTED = 20


class DevicesFind:
    """`find` for the blocking client."""

    __slots__ = ()

    def find(self: Devices, wanted: str, *, options: Options | None = None) -> Device:
        """Find a WhatsApp number by its id, its phone number or its alias.

        An id is read directly. Otherwise all numbers are listed and compared: first by phone, whatever the spelling
        (`+44 7362 053576`), then by exact alias, then by alias in any case.

        Args:
            wanted: Id (24 hex digits), phone number with its country code, or alias.
            options: Settings for each call that this takes, see `sparkbot.Options`.

        Returns:
            The number, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: None or several of the account's numbers are meant; the message names them.
            NotFoundError: There is no number with this id.

        Example:
            >>> client.devices.find("+44 7362 053576")["id"]
        """
        checked = check_wanted(wanted)
        if is_resource_id(checked):
            return self.get(checked, options=options)
        return choose(list(self.iter(options=options)), checked)


class AsyncDevicesFind:
    """`find` for the awaited client."""

    __slots__ = ()

    async def find(self: AsyncDevices, wanted: str, *, options: Options | None = None) -> Device:
        """Find a WhatsApp number by its id, its phone number or its alias.

        An id is read directly. Otherwise all numbers are listed and compared: first by phone, whatever the spelling
        (`+44 7362 053576`), then by exact alias, then by alias in any case.

        Args:
            wanted: Id (24 hex digits), phone number with its country code, or alias.
            options: Settings for each call that this takes, see `sparkbot.Options`.

        Returns:
            The number, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: None or several of the account's numbers are meant; the message names them.
            NotFoundError: There is no number with this id.

        Example:
            >>> (await client.devices.find("+44 7362 053576"))["id"]
        """
        checked = check_wanted(wanted)
        if is_resource_id(checked):
            return await self.get(checked, options=options)
        return choose([device async for device in self.iter(options=options)], checked)


def check_wanted(wanted: object) -> str:
    """The text to look for, without the spaces around it."""
    if not isinstance(wanted, str) or not wanted.strip():
        raise refused(f"{wanted!r} names no number; give its id, its phone number with + and country code, or its alias")
    return wanted.strip()


def is_resource_id(wanted: str) -> bool:
    return RESOURCE_ID.fullmatch(wanted) is not None


def choose(devices: Sequence[Device], wanted: str) -> Device:
    """The one device that is meant; the first way of comparing that finds any decides."""
    for same in (by_phone(wanted), by_alias(wanted), by_folded_alias(wanted)):
        found = [device for device in devices if same(device)]
        if len(found) == 1:
            return found[0]
        if found:
            raise refused(f"{wanted!r} means {len(found)} numbers: {named(found)}; give the id of one of them")
    raise refused(f"{wanted!r} is none of the account's numbers: {named(devices)}; give one of these phones or aliases, or an id")


def by_phone(wanted: str) -> Callable[[Device], bool]:
    digits = phone_digits(wanted)
    return lambda device: digits != "" and phone_digits(str(device.get("phone") or "")) == digits


def by_alias(wanted: str) -> Callable[[Device], bool]:
    return lambda device: device.get("alias") == wanted


def by_folded_alias(wanted: str) -> Callable[[Device], bool]:
    folded = wanted.casefold()
    return lambda device: str(device.get("alias") or "").strip().casefold() == folded


def phone_digits(text: str) -> str:
    """The digits of a phone number with its country code, or nothing for other text."""
    if PHONE.fullmatch(text.strip()) is None:
        return ""
    digits = "".join(re.findall(r"[0-9]", text))
    return digits.removeprefix("00")


def named(devices: Sequence[Device]) -> str:
    """Devices as a person knows them, for a message."""
    if not devices:
        return "it has none"
    names = [f"{device.get('alias') or 'no alias'} ({device.get('phone') or device.get('id')})" for device in devices]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def refused(message: str) -> InvalidArgumentError:
    return InvalidArgumentError(message, field="wanted", operation="devices.find")
