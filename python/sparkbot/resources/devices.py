# Generated from src/api/devices.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource
from sparkbot.resources._devices import AsyncDevicesFind, DevicesFind

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Literal

    from sparkbot.options import Options
    from sparkbot.types import Device, DeviceStatus, SessionStatus


class Devices(DevicesFind, Resource):
    """The account's WhatsApp numbers."""

    __slots__ = ()

    def list(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Device]:
        """List the account's WhatsApp numbers, one page at a time.

        A number with status `operative` can be used. `devices.iter` walks all the pages.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.list(status="operative")

        `GET /devices` · safe to repeat · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return self._call("devices.list", (ids, status, session_status, search, size, page), options)

    def iter(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Device]:
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Device` names the known fields; any may be
            missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.devices.iter(status="operative"): ...

        `GET /devices` · safe to repeat · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return self._iterate("devices.list", (ids, status, session_status, search, size, None), options, max_pages)

    def get(
        self,
        device: str,
        *,
        include: Sequence[Literal["agents", "catalog", "quickReplies"]] | None = None,
        exclude: Sequence[Literal["session", "profile", "stats", "queue"]] | None = None,
        options: Options | None = None,
    ) -> Device:
        """Read one WhatsApp number: plan, session, queue, profile and counts.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            include: Extra data to put into the number. Allowed: `agents`, `catalog`, `quickReplies`.
            exclude: Data to leave out. Allowed: `session`, `profile`, `stats`, `queue`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.get(device)["alias"]

        `GET /devices/{device}` · safe to repeat · documented.
        Title: `WhatsApp Numbers:Get Number by ID`.
        """
        return self._call("devices.get", (device, include, exclude), options)


class AsyncDevices(AsyncDevicesFind, AsyncResource):
    """The account's WhatsApp numbers."""

    __slots__ = ()

    async def list(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Device]:
        """List the account's WhatsApp numbers, one page at a time.

        A number with status `operative` can be used. `devices.iter` walks all the pages.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.devices.list(status="operative")

        `GET /devices` · safe to repeat · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return await self._call("devices.list", (ids, status, session_status, search, size, page), options)

    def iter(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Device]:
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Device` names the known fields; any may be
            missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.devices.iter(status="operative"): ...

        `GET /devices` · safe to repeat · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return self._iterate("devices.list", (ids, status, session_status, search, size, None), options, max_pages)

    async def get(
        self,
        device: str,
        *,
        include: Sequence[Literal["agents", "catalog", "quickReplies"]] | None = None,
        exclude: Sequence[Literal["session", "profile", "stats", "queue"]] | None = None,
        options: Options | None = None,
    ) -> Device:
        """Read one WhatsApp number: plan, session, queue, profile and counts.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            include: Extra data to put into the number. Allowed: `agents`, `catalog`, `quickReplies`.
            exclude: Data to leave out. Allowed: `session`, `profile`, `stats`, `queue`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.devices.get(device))["alias"]

        `GET /devices/{device}` · safe to repeat · documented.
        Title: `WhatsApp Numbers:Get Number by ID`.
        """
        return await self._call("devices.get", (device, include, exclude), options)
