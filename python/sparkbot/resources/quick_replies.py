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
    """Texts that agents send by a shortcut."""

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

        `quick_replies.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only replies of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`,
                `chat`.
            permissions: Only replies with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only replies of these agents (ids).
            size: Replies per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.quick_replies.list(device)

        `GET /devices/{device}/quickReplies` · idempotent · observed in 2 public codebases.
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
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only replies of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`,
                `chat`.
            permissions: Only replies with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only replies of these agents (ids).
            size: Replies per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.quick_replies.iter(device): ...

        `GET /devices/{device}/quickReplies` · idempotent · observed in 2 public codebases.
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
            shortcut: Shortcut of the reply. At least 2 characters. Up to 25 characters.
            message: Text of the reply. At least 4 characters. Up to 6000 characters.
            permission: Who may use the reply. Allowed: `public`, `readonly`, `private`. Default of the
                service: `public`.
            file: Id of an uploaded file to send with it. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.quick_replies.create(device, shortcut="hours", message="We are open from 9 to 5.")

        `POST /devices/{device}/quickReplies` · not idempotent · observed in 1 public codebase.
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
            shortcut: Shortcut of the reply; required by the service even if unchanged. At least 2 characters.
                Up to 25 characters.
            message: Text of the reply; required by the service even if unchanged. At least 4 characters. Up
                to 6000 characters.
            permission: Who may use the reply; unchanged if not given. Allowed: `public`, `readonly`,
                `private`.
            file: Id of an uploaded file to send with it.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.quick_replies.update(device, reply, shortcut="hours", message="We are open from 8 to 6.")

        `PATCH /devices/{device}/quickReplies` · idempotent · observed in 1 public codebase.
        Title: `Quick replies:Update Quick Reply`.
        """
        return self._call("quick_replies.update", (device, reply, shortcut, message, permission, file, keywords), options)

    def delete(self, device: str, replies: Sequence[DeletedReply], *, options: Options | None = None) -> dict[str, Any]:
        """Delete some or all quick replies of a number.

        Not idempotent: a second request with `all` would also delete items created in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            replies: Replies to delete: each by `id` or by `shortcut`, or one entry `{"all": True}`. At least
                1 of them. Keys: `id`, `shortcut`, `all`, exactly one of `id`, `shortcut` and `all`; see
                `sparkbot.types.DeletedReply`.
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
            >>> client.quick_replies.delete(device, [{"shortcut": "hours"}])

        `DELETE /devices/{device}/quickReplies` · not idempotent · observed in 1 public codebase.
        Title: `Quick replies:Delete Quick Replies`.
        """
        return self._call("quick_replies.delete", (device, replies), options)


class AsyncQuickReplies(AsyncResource):
    """Texts that agents send by a shortcut."""

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

        `quick_replies.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only replies of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`,
                `chat`.
            permissions: Only replies with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only replies of these agents (ids).
            size: Replies per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.quick_replies.list(device)

        `GET /devices/{device}/quickReplies` · idempotent · observed in 2 public codebases.
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
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            scope: Only replies of WhatsApp (`wa`) or of the service's own chat (`chat`). Allowed: `wa`,
                `chat`.
            permissions: Only replies with these permissions. Allowed: `public`, `readonly`, `private`.
            agents: Only replies of these agents (ids).
            size: Replies per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.QuickReply` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.quick_replies.iter(device): ...

        `GET /devices/{device}/quickReplies` · idempotent · observed in 2 public codebases.
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
            shortcut: Shortcut of the reply. At least 2 characters. Up to 25 characters.
            message: Text of the reply. At least 4 characters. Up to 6000 characters.
            permission: Who may use the reply. Allowed: `public`, `readonly`, `private`. Default of the
                service: `public`.
            file: Id of an uploaded file to send with it. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.quick_replies.create(device, shortcut="hours", message="We are open from 9 to 5.")

        `POST /devices/{device}/quickReplies` · not idempotent · observed in 1 public codebase.
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
            shortcut: Shortcut of the reply; required by the service even if unchanged. At least 2 characters.
                Up to 25 characters.
            message: Text of the reply; required by the service even if unchanged. At least 4 characters. Up
                to 6000 characters.
            permission: Who may use the reply; unchanged if not given. Allowed: `public`, `readonly`,
                `private`.
            file: Id of an uploaded file to send with it.
            keywords: Words (letters and digits) to find the reply by. Up to 3 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.QuickReply` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.quick_replies.update(device, reply, shortcut="hours", message="We are open from 8 to 6.")

        `PATCH /devices/{device}/quickReplies` · idempotent · observed in 1 public codebase.
        Title: `Quick replies:Update Quick Reply`.
        """
        return await self._call("quick_replies.update", (device, reply, shortcut, message, permission, file, keywords), options)

    async def delete(self, device: str, replies: Sequence[DeletedReply], *, options: Options | None = None) -> dict[str, Any]:
        """Delete some or all quick replies of a number.

        Not idempotent: a second request with `all` would also delete items created in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            replies: Replies to delete: each by `id` or by `shortcut`, or one entry `{"all": True}`. At least
                1 of them. Keys: `id`, `shortcut`, `all`, exactly one of `id`, `shortcut` and `all`; see
                `sparkbot.types.DeletedReply`.
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
            >>> await client.quick_replies.delete(device, [{"shortcut": "hours"}])

        `DELETE /devices/{device}/quickReplies` · not idempotent · observed in 1 public codebase.
        Title: `Quick replies:Delete Quick Replies`.
        """
        return await self._call("quick_replies.delete", (device, replies), options)
