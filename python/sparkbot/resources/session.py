# Generated from src/api/session.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparkbot.options import Options
    from sparkbot.types import SyncStatus


class Session(Resource):
    """The connection between a number and WhatsApp."""

    __slots__ = ()

    def sync(self, device: str, *, options: Options | None = None) -> SyncStatus:
        """Bring a number's session up to date with the phone: chats, contacts, groups and messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.SyncStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.session.sync(device)

        `GET /devices/{device}/sync` · safe to repeat · time limit 150 s · documented.
        Title: `WhatsApp session:Sync session`.
        """
        return self._call("session.sync", (device,), options)


class AsyncSession(AsyncResource):
    """The connection between a number and WhatsApp."""

    __slots__ = ()

    async def sync(self, device: str, *, options: Options | None = None) -> SyncStatus:
        """Bring a number's session up to date with the phone: chats, contacts, groups and messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.SyncStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.session.sync(device)

        `GET /devices/{device}/sync` · safe to repeat · time limit 150 s · documented.
        Title: `WhatsApp session:Sync session`.
        """
        return await self._call("session.sync", (device,), options)
