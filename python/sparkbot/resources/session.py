# Generated from src/api/operations/session.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path
    from typing import Any

    from sparkbot.options import Options
    from sparkbot.response import Binary
    from sparkbot.types import QrEncoding, SyncStatus


class Session(Resource):
    """The connection between a number and WhatsApp."""

    __slots__ = ()

    def sync(self, device: str, *, options: Options | None = None) -> SyncStatus:
        """Synchronize a number's session with the phone: chats, contacts, groups and messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.SyncStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.sync(device)

        `GET /devices/{device}/sync` · idempotent · time limit 150 s · documented.
        Title: `WhatsApp session:Sync session`.
        """
        return self._call("session.sync", (device,), options)

    def start(self, device: str, *, wait: bool | None = None, options: Options | None = None) -> dict[str, Any]:
        """Start the session of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            wait: Wait until the session runs, which takes up to 90 seconds.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.start(device, wait=True)

        `POST /devices/{device}/start` · idempotent · time limit 150 s · observed in 1 public codebase.
        Title: `WhatsApp session:Start session`.
        """
        return self._call("session.start", (device, wait), options)

    def scan(
        self,
        device: str,
        *,
        force: bool | None = None,
        encoding: QrEncoding | None = None,
        options: Options | None = None,
    ) -> Binary:
        """Read the QR code that connects a number when the phone scans it.

        The response is an SVG image, unless `encoding` requests another format, and is always returned as
        bytes. A connected number has no code: the service responds with an error.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Create a new code.
            encoding: Format of the response. Allowed: `svg`, `json`, `base64`, `base64_uri`, `uri`, `image`.
                Default of the service: `svg`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.scan(device)

        `GET /devices/{device}/scan` · idempotent · time limit 150 s · documented.
        Title: `WhatsApp session:Scan QR`.
        """
        return self._call("session.scan", (device, force, encoding), options)

    def scan_to(
        self,
        device: str,
        path: str | PathLike[str],
        *,
        force: bool | None = None,
        encoding: QrEncoding | None = None,
        options: Options | None = None,
    ) -> Path:
        """Like `scan`, but write the content to a file as it arrives.

        The response is an SVG image, unless `encoding` requests another format, and is always returned as
        bytes. A connected number has no code: the service responds with an error.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Create a new code.
            encoding: Format of the response. Allowed: `svg`, `json`, `base64`, `base64_uri`, `uri`, `image`.
                Default of the service: `svg`.
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.scan_to(device, "scan.bin")

        `GET /devices/{device}/scan` · idempotent · time limit 150 s · documented.
        Title: `WhatsApp session:Scan QR`.
        """
        return self._call("session.scan", (device, force, encoding), options, path)

    def reset(
        self,
        device: str,
        *,
        data: bool | None = None,
        wait: bool | None = None,
        empty_queue: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """End the session of a number, which must then be connected again.

        Not idempotent: a second request would end a session that was connected in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            data: Also delete the chats, contacts and messages that the service stores for the number.
            wait: Wait until it is done, which takes up to 2 minutes.
            empty_queue: Also delete the queued messages.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.reset(device, wait=True)

        `POST /devices/{device}/reset` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `WhatsApp session:Reset session`.
        """
        return self._call("session.reset", (device, data, wait, empty_queue), options)

    def reboot(
        self,
        device: str,
        *,
        force: bool | None = None,
        wait: bool | None = None,
        sync: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Restart the session of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Restart it even while it is busy.
            wait: Wait until it runs again, which takes up to 90 seconds.
            sync: Synchronize it with the phone afterwards.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.reboot(device, wait=True)

        `POST /devices/{device}/reboot` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `WhatsApp session:Reboot session`.
        """
        return self._call("session.reboot", (device, force, wait, sync), options)

    def get_health(self, device: str, *, options: Options | None = None) -> dict[str, Any]:
        """Read the health of the session of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.get_health(device)

        `GET /devices/{device}/health` · idempotent · documented.
        Title: `WhatsApp session:Get session health`.
        """
        return self._call("session.get_health", (device,), options)

    def request_code(
        self,
        device: str,
        *,
        force: bool | None = None,
        phone: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Request a code that connects a number without a QR code.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Create a new code.
            phone: The number's phone number, E.164 with `+`; required if it was never connected. Such as
                `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.session.request_code(device, phone="+447362053576")

        `POST /devices/{device}/authcode` · not idempotent · time limit 150 s · observed in 1 public codebase.
        Title: `WhatsApp session:Request Authentication Code`.
        """
        return self._call("session.request_code", (device, force, phone), options)


class AsyncSession(AsyncResource):
    """The connection between a number and WhatsApp."""

    __slots__ = ()

    async def sync(self, device: str, *, options: Options | None = None) -> SyncStatus:
        """Synchronize a number's session with the phone: chats, contacts, groups and messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.SyncStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.sync(device)

        `GET /devices/{device}/sync` · idempotent · time limit 150 s · documented.
        Title: `WhatsApp session:Sync session`.
        """
        return await self._call("session.sync", (device,), options)

    async def start(self, device: str, *, wait: bool | None = None, options: Options | None = None) -> dict[str, Any]:
        """Start the session of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            wait: Wait until the session runs, which takes up to 90 seconds.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.start(device, wait=True)

        `POST /devices/{device}/start` · idempotent · time limit 150 s · observed in 1 public codebase.
        Title: `WhatsApp session:Start session`.
        """
        return await self._call("session.start", (device, wait), options)

    async def scan(
        self,
        device: str,
        *,
        force: bool | None = None,
        encoding: QrEncoding | None = None,
        options: Options | None = None,
    ) -> Binary:
        """Read the QR code that connects a number when the phone scans it.

        The response is an SVG image, unless `encoding` requests another format, and is always returned as
        bytes. A connected number has no code: the service responds with an error.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Create a new code.
            encoding: Format of the response. Allowed: `svg`, `json`, `base64`, `base64_uri`, `uri`, `image`.
                Default of the service: `svg`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.scan(device)

        `GET /devices/{device}/scan` · idempotent · time limit 150 s · documented.
        Title: `WhatsApp session:Scan QR`.
        """
        return await self._call("session.scan", (device, force, encoding), options)

    async def scan_to(
        self,
        device: str,
        path: str | PathLike[str],
        *,
        force: bool | None = None,
        encoding: QrEncoding | None = None,
        options: Options | None = None,
    ) -> Path:
        """Like `scan`, but write the content to a file as it arrives.

        The response is an SVG image, unless `encoding` requests another format, and is always returned as
        bytes. A connected number has no code: the service responds with an error.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Create a new code.
            encoding: Format of the response. Allowed: `svg`, `json`, `base64`, `base64_uri`, `uri`, `image`.
                Default of the service: `svg`.
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.scan_to(device, "scan.bin")

        `GET /devices/{device}/scan` · idempotent · time limit 150 s · documented.
        Title: `WhatsApp session:Scan QR`.
        """
        return await self._call("session.scan", (device, force, encoding), options, path)

    async def reset(
        self,
        device: str,
        *,
        data: bool | None = None,
        wait: bool | None = None,
        empty_queue: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """End the session of a number, which must then be connected again.

        Not idempotent: a second request would end a session that was connected in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            data: Also delete the chats, contacts and messages that the service stores for the number.
            wait: Wait until it is done, which takes up to 2 minutes.
            empty_queue: Also delete the queued messages.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.reset(device, wait=True)

        `POST /devices/{device}/reset` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `WhatsApp session:Reset session`.
        """
        return await self._call("session.reset", (device, data, wait, empty_queue), options)

    async def reboot(
        self,
        device: str,
        *,
        force: bool | None = None,
        wait: bool | None = None,
        sync: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Restart the session of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Restart it even while it is busy.
            wait: Wait until it runs again, which takes up to 90 seconds.
            sync: Synchronize it with the phone afterwards.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.reboot(device, wait=True)

        `POST /devices/{device}/reboot` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `WhatsApp session:Reboot session`.
        """
        return await self._call("session.reboot", (device, force, wait, sync), options)

    async def get_health(self, device: str, *, options: Options | None = None) -> dict[str, Any]:
        """Read the health of the session of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.get_health(device)

        `GET /devices/{device}/health` · idempotent · documented.
        Title: `WhatsApp session:Get session health`.
        """
        return await self._call("session.get_health", (device,), options)

    async def request_code(
        self,
        device: str,
        *,
        force: bool | None = None,
        phone: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Request a code that connects a number without a QR code.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            force: Create a new code.
            phone: The number's phone number, E.164 with `+`; required if it was never connected. Such as
                `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.session.request_code(device, phone="+447362053576")

        `POST /devices/{device}/authcode` · not idempotent · time limit 150 s · observed in 1 public codebase.
        Title: `WhatsApp session:Request Authentication Code`.
        """
        return await self._call("session.request_code", (device, force, phone), options)
