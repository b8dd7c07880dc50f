# Generated from src/api/operations/quick_replies.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import DeletedReply, Permission, QuickReply


class QuickReplies(Resource):
    """Texts that agents send with a short word."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        scope: Literal["wa", "chat"] | None = None,
        permissions: Sequence[Permission] | None = None,
        agents: Sequence[str] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[QuickReply]:
        """List the quick replies of a number, one page at a time.

        `quick_replies.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only those of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`, `chat`.
            permissions: Only those with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only those of these agents (ids).
            size: Replies a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.quick_replies.list(device)

        `GET /devices/{device}/quickReplies` · safe to repeat · observed in 2 public codebases.
        Title: `Quick replies:Get Quick Replies`.
        """
        return self._call("quick_replies.list", (device, scope, permissions, agents, size, page), options)

    def iter(
        self,
        device: str,
        *,
        scope: Literal["wa", "chat"] | None = None,
        permissions: Sequence[Permission] | None = None,
        agents: Sequence[str] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[QuickReply]:
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only those of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`, `chat`.
            permissions: Only those with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only those of these agents (ids).
            size: Replies a page. At least 1. The service takes `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.quick_replies.iter(device): ...

        `GET /devices/{device}/quickReplies` · safe to repeat · observed in 2 public codebases.
        Title: `Quick replies:Get Quick Replies`.
        """
        return self._iterate("quick_replies.list", (device, scope, permissions, agents, size, None), options, max_pages)

    def create(
        self,
        device: str,
        *,
        shortcut: str,
        message: str,
        permission: Permission | None = None,
        file: str | None = None,
        keywords: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> QuickReply:
        """Create a quick reply.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            shortcut: Short word that calls the reply. At least 2 characters. Up to 25 characters.
            message: Text of the reply. At least 4 characters. Up to 6000 characters.
            permission: Who may use the reply. Allowed: `public`, `readonly`, `private`. The service takes
                `public` if not given.
            file: Id of an uploaded file to send with it. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.quick_replies.create(device, shortcut="hours", message="We are open from 9 to 5.")

        `POST /devices/{device}/quickReplies` · never repeated · observed in 1 public codebase.
        Title: `Quick replies:Create Quick Reply`.
        """
        return self._call("quick_replies.create", (device, shortcut, message, permission, file, keywords), options)

    def update(
        self,
        device: str,
        reply: str,
        *,
        shortcut: str,
        message: str,
        permission: Permission | None = None,
        file: str | None = None,
        keywords: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> QuickReply:
        """Change a quick reply.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            reply: Id of the quick reply. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            shortcut: Short word that calls the reply; the service needs it even where it stays the same. At
                least 2 characters. Up to 25 characters.
            message: Text of the reply; the service needs it even where it stays the same. At least 4
                characters. Up to 6000 characters.
            permission: Who may use the reply; left as it is if not given. Allowed: `public`, `readonly`,
                `private`.
            file: Id of an uploaded file to send with it.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.quick_replies.update(device, reply, shortcut="hours", message="We are open from 8 to 6.")

        `PATCH /devices/{device}/quickReplies` · safe to repeat · observed in 1 public codebase.
        Title: `Quick replies:Update Quick Reply`.
        """
        return self._call("quick_replies.update", (device, reply, shortcut, message, permission, file, keywords), options)

    def delete(self, device: str, replies: Sequence[DeletedReply], *, options: Options | None = None) -> dict[str, Any]:
        """Delete some or all quick replies of a number.

        Not repeated after an unclear failure: a second run with `all` would also delete what was created in
        between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            replies: Which ones: each by `id` or by `shortcut`, or one entry `{"all": True}`. At least 1 of
                them. Keys: `id`, `shortcut`, `all`, exactly one of `id`, `shortcut` and `all`; see
                `sparkbot.types.DeletedReply`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.quick_replies.delete(device, [{"shortcut": "hours"}])

        `DELETE /devices/{device}/quickReplies` · never repeated · observed in 1 public codebase.
        Title: `Quick replies:Delete Quick Replies`.
        """
        return self._call("quick_replies.delete", (device, replies), options)


class AsyncQuickReplies(AsyncResource):
    """Texts that agents send with a short word."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        scope: Literal["wa", "chat"] | None = None,
        permissions: Sequence[Permission] | None = None,
        agents: Sequence[str] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[QuickReply]:
        """List the quick replies of a number, one page at a time.

        `quick_replies.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only those of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`, `chat`.
            permissions: Only those with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only those of these agents (ids).
            size: Replies a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.quick_replies.list(device)

        `GET /devices/{device}/quickReplies` · safe to repeat · observed in 2 public codebases.
        Title: `Quick replies:Get Quick Replies`.
        """
        return await self._call("quick_replies.list", (device, scope, permissions, agents, size, page), options)

    def iter(
        self,
        device: str,
        *,
        scope: Literal["wa", "chat"] | None = None,
        permissions: Sequence[Permission] | None = None,
        agents: Sequence[str] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[QuickReply]:
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only those of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`, `chat`.
            permissions: Only those with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only those of these agents (ids).
            size: Replies a page. At least 1. The service takes `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.quick_replies.iter(device): ...

        `GET /devices/{device}/quickReplies` · safe to repeat · observed in 2 public codebases.
        Title: `Quick replies:Get Quick Replies`.
        """
        return self._iterate("quick_replies.list", (device, scope, permissions, agents, size, None), options, max_pages)

    async def create(
        self,
        device: str,
        *,
        shortcut: str,
        message: str,
        permission: Permission | None = None,
        file: str | None = None,
        keywords: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> QuickReply:
        """Create a quick reply.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            shortcut: Short word that calls the reply. At least 2 characters. Up to 25 characters.
            message: Text of the reply. At least 4 characters. Up to 6000 characters.
            permission: Who may use the reply. Allowed: `public`, `readonly`, `private`. The service takes
                `public` if not given.
            file: Id of an uploaded file to send with it. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.quick_replies.create(device, shortcut="hours", message="We are open from 9 to 5.")

        `POST /devices/{device}/quickReplies` · never repeated · observed in 1 public codebase.
        Title: `Quick replies:Create Quick Reply`.
        """
        return await self._call("quick_replies.create", (device, shortcut, message, permission, file, keywords), options)

    async def update(
        self,
        device: str,
        reply: str,
        *,
        shortcut: str,
        message: str,
        permission: Permission | None = None,
        file: str | None = None,
        keywords: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> QuickReply:
        """Change a quick reply.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            reply: Id of the quick reply. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            shortcut: Short word that calls the reply; the service needs it even where it stays the same. At
                least 2 characters. Up to 25 characters.
            message: Text of the reply; the service needs it even where it stays the same. At least 4
                characters. Up to 6000 characters.
            permission: Who may use the reply; left as it is if not given. Allowed: `public`, `readonly`,
                `private`.
            file: Id of an uploaded file to send with it.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.quick_replies.update(device, reply, shortcut="hours", message="We are open from 8 to 6.")

        `PATCH /devices/{device}/quickReplies` · safe to repeat · observed in 1 public codebase.
        Title: `Quick replies:Update Quick Reply`.
        """
        return await self._call("quick_replies.update", (device, reply, shortcut, message, permission, file, keywords), options)

    async def delete(self, device: str, replies: Sequence[DeletedReply], *, options: Options | None = None) -> dict[str, Any]:
        """Delete some or all quick replies of a number.

        Not repeated after an unclear failure: a second run with `all` would also delete what was created in
        between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            replies: Which ones: each by `id` or by `shortcut`, or one entry `{"all": True}`. At least 1 of
                them. Keys: `id`, `shortcut`, `all`, exactly one of `id`, `shortcut` and `all`; see
                `sparkbot.types.DeletedReply`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.quick_replies.delete(device, [{"shortcut": "hours"}])

        `DELETE /devices/{device}/quickReplies` · never repeated · observed in 1 public codebase.
        Title: `Quick replies:Delete Quick Replies`.
        """
        return await self._call("quick_replies.delete", (device, replies), options)
