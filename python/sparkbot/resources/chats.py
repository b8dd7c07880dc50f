# Generated from src/api/chats.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from sparkbot.options import Options
    from sparkbot.types import Chat, ChatExtra, ChatKind, ChatSort, ChatStatus, ChatStatusFilter


class Chats(Resource):
    """Conversations of a number: list them, give them to agents, set their status."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        status: Sequence[ChatStatusFilter] | None = None,
        unread: bool | None = None,
        active: bool | None = None,
        can_send: bool | None = None,
        read_only: bool | None = None,
        type: Sequence[ChatKind] | None = None,
        agent: Sequence[str] | None = None,
        search: str | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[ChatExtra] | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: ChatSort | None = None,
        after: datetime | str | None = None,
        archived: bool | None = None,
        options: Options | None = None,
    ) -> builtins.list[Chat]:
        """List the chats of a number, one page at a time.

        Only the chats that every given filter lets through. `chats.iter` walks all the pages. The service
        answers 404 for accounts whose plan has no chat resources.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: Only chats in one of these statuses. Allowed: `pending`, `active`, `resolved`, `archived`,
                `muted`.
            unread: Only chats with (`True`) or without (`False`) unread messages.
            active: Only chats that are (`True`) or are not (`False`) active on WhatsApp.
            can_send: Only chats that messages can (`True`) or cannot (`False`) be sent to.
            read_only: Only chats that are (`True`) or are not (`False`) read only.
            type: Only chats of these kinds. Allowed: `chat`, `group`, `channel`, `community`.
            agent: Only chats owned by these agents (user ids). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            search: Words to look for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Extra data to put into each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`. The service takes `lastMessageAt:desc` if not given.
            after: Only chats dated after this moment. Likely, never seen in use.
            archived: Only chats that are (`True`) or are not (`False`) archived. Likely, never seen in use.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chats.list(device, status=["pending", "active"], size=100)

        `GET /chat/{device}/chats` · safe to repeat · observed in 7 public codebases.
        Title: `Chats:Get Chats`.
        """
        return self._call(
            "chats.list",
            (
                device,
                status,
                unread,
                active,
                can_send,
                read_only,
                type,
                agent,
                search,
                labels,
                labels_exclude,
                include,
                size,
                page,
                sort,
                after,
                archived,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        status: Sequence[ChatStatusFilter] | None = None,
        unread: bool | None = None,
        active: bool | None = None,
        can_send: bool | None = None,
        read_only: bool | None = None,
        type: Sequence[ChatKind] | None = None,
        agent: Sequence[str] | None = None,
        search: str | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[ChatExtra] | None = None,
        size: int | None = None,
        sort: ChatSort | None = None,
        after: datetime | str | None = None,
        archived: bool | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Chat]:
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: Only chats in one of these statuses. Allowed: `pending`, `active`, `resolved`, `archived`,
                `muted`.
            unread: Only chats with (`True`) or without (`False`) unread messages.
            active: Only chats that are (`True`) or are not (`False`) active on WhatsApp.
            can_send: Only chats that messages can (`True`) or cannot (`False`) be sent to.
            read_only: Only chats that are (`True`) or are not (`False`) read only.
            type: Only chats of these kinds. Allowed: `chat`, `group`, `channel`, `community`.
            agent: Only chats owned by these agents (user ids). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            search: Words to look for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Extra data to put into each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`. The service takes `lastMessageAt:desc` if not given.
            after: Only chats dated after this moment. Likely, never seen in use.
            archived: Only chats that are (`True`) or are not (`False`) archived. Likely, never seen in use.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Chat` names the known fields; any may be
            missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.chats.iter(device, status=["pending", "active"], size=100): ...

        `GET /chat/{device}/chats` · safe to repeat · observed in 7 public codebases.
        Title: `Chats:Get Chats`.
        """
        return self._iterate(
            "chats.list",
            (
                device,
                status,
                unread,
                active,
                can_send,
                read_only,
                type,
                agent,
                search,
                labels,
                labels_exclude,
                include,
                size,
                None,
                sort,
                after,
                archived,
            ),
            options,
            max_pages,
        )

    def get(self, device: str, chat: str, *, include: Sequence[ChatExtra] | None = None, options: Options | None = None) -> Chat:
        """Read one chat: its status, owner, labels, counts and dates.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            include: Extra data to put into the chat. Allowed: `messages`, `notes`, `participants`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chats.get(device, chat)["status"]

        `GET /chat/{device}/chats/{wid}` · safe to repeat · documented.
        Title: `Chats:Get Chat Details`.
        """
        return self._call("chats.get", (device, chat, include), options)

    def set_status(self, device: str, chat: str, status: ChatStatus, *, options: Options | None = None) -> Chat:
        """Set a chat's status.

        Setting the status that the chat has already changes nothing, so the call is safe to repeat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            status: The new status. Allowed: `active`, `pending`, `resolved`, `archived`, `removed`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Chat` names the likely fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chats.set_status(device, chat, "resolved")

        `PATCH /chat/{device}/chats/{wid}/status` · safe to repeat · observed in 2 public codebases.
        Title: `Chats:Set Chat Status`.
        """
        return self._call("chats.set_status", (device, chat, status), options)

    def assign(
        self,
        device: str,
        chat: str,
        *,
        agent: str | None = None,
        email: str | None = None,
        department: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Give a chat to an agent, a department, or an agent within a department.

        Name the agent by id or by email. At least one of `agent`, `email` and `department` is needed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            agent: Id of the agent (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            email: Email address of the agent, instead of `agent`. Such as `ada@example.com`.
            department: Id of the department, alone or with an agent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chats.assign(device, chat, agent="64f0c2a91b7e4d5f8a3b6c01")

        `PATCH /chat/{device}/chats/{wid}/owner` · safe to repeat · observed in 6 public codebases.
        Title: `Chats:Assign Chat`.
        """
        return self._call("chats.assign", (device, chat, agent, email, department), options)

    def unassign(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Take a chat away from its agent and department.

        What the service answers for a chat without an owner is not known: 200, 404 and 409 are all possible.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chats.unassign(device, chat)

        `DELETE /chat/{device}/chats/{wid}/owner` · safe to repeat · observed in 2 public codebases.
        Title: `Chats:Unassign Chat`.
        """
        return self._call("chats.unassign", (device, chat), options)


class AsyncChats(AsyncResource):
    """Conversations of a number: list them, give them to agents, set their status."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        status: Sequence[ChatStatusFilter] | None = None,
        unread: bool | None = None,
        active: bool | None = None,
        can_send: bool | None = None,
        read_only: bool | None = None,
        type: Sequence[ChatKind] | None = None,
        agent: Sequence[str] | None = None,
        search: str | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[ChatExtra] | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: ChatSort | None = None,
        after: datetime | str | None = None,
        archived: bool | None = None,
        options: Options | None = None,
    ) -> builtins.list[Chat]:
        """List the chats of a number, one page at a time.

        Only the chats that every given filter lets through. `chats.iter` walks all the pages. The service
        answers 404 for accounts whose plan has no chat resources.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: Only chats in one of these statuses. Allowed: `pending`, `active`, `resolved`, `archived`,
                `muted`.
            unread: Only chats with (`True`) or without (`False`) unread messages.
            active: Only chats that are (`True`) or are not (`False`) active on WhatsApp.
            can_send: Only chats that messages can (`True`) or cannot (`False`) be sent to.
            read_only: Only chats that are (`True`) or are not (`False`) read only.
            type: Only chats of these kinds. Allowed: `chat`, `group`, `channel`, `community`.
            agent: Only chats owned by these agents (user ids). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            search: Words to look for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Extra data to put into each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`. The service takes `lastMessageAt:desc` if not given.
            after: Only chats dated after this moment. Likely, never seen in use.
            archived: Only chats that are (`True`) or are not (`False`) archived. Likely, never seen in use.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chats.list(device, status=["pending", "active"], size=100)

        `GET /chat/{device}/chats` · safe to repeat · observed in 7 public codebases.
        Title: `Chats:Get Chats`.
        """
        return await self._call(
            "chats.list",
            (
                device,
                status,
                unread,
                active,
                can_send,
                read_only,
                type,
                agent,
                search,
                labels,
                labels_exclude,
                include,
                size,
                page,
                sort,
                after,
                archived,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        status: Sequence[ChatStatusFilter] | None = None,
        unread: bool | None = None,
        active: bool | None = None,
        can_send: bool | None = None,
        read_only: bool | None = None,
        type: Sequence[ChatKind] | None = None,
        agent: Sequence[str] | None = None,
        search: str | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[ChatExtra] | None = None,
        size: int | None = None,
        sort: ChatSort | None = None,
        after: datetime | str | None = None,
        archived: bool | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Chat]:
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: Only chats in one of these statuses. Allowed: `pending`, `active`, `resolved`, `archived`,
                `muted`.
            unread: Only chats with (`True`) or without (`False`) unread messages.
            active: Only chats that are (`True`) or are not (`False`) active on WhatsApp.
            can_send: Only chats that messages can (`True`) or cannot (`False`) be sent to.
            read_only: Only chats that are (`True`) or are not (`False`) read only.
            type: Only chats of these kinds. Allowed: `chat`, `group`, `channel`, `community`.
            agent: Only chats owned by these agents (user ids). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            search: Words to look for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Extra data to put into each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`. The service takes `lastMessageAt:desc` if not given.
            after: Only chats dated after this moment. Likely, never seen in use.
            archived: Only chats that are (`True`) or are not (`False`) archived. Likely, never seen in use.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Chat` names the known fields; any may be
            missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.chats.iter(device, status=["pending", "active"], size=100): ...

        `GET /chat/{device}/chats` · safe to repeat · observed in 7 public codebases.
        Title: `Chats:Get Chats`.
        """
        return self._iterate(
            "chats.list",
            (
                device,
                status,
                unread,
                active,
                can_send,
                read_only,
                type,
                agent,
                search,
                labels,
                labels_exclude,
                include,
                size,
                None,
                sort,
                after,
                archived,
            ),
            options,
            max_pages,
        )

    async def get(
        self,
        device: str,
        chat: str,
        *,
        include: Sequence[ChatExtra] | None = None,
        options: Options | None = None,
    ) -> Chat:
        """Read one chat: its status, owner, labels, counts and dates.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            include: Extra data to put into the chat. Allowed: `messages`, `notes`, `participants`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.chats.get(device, chat))["status"]

        `GET /chat/{device}/chats/{wid}` · safe to repeat · documented.
        Title: `Chats:Get Chat Details`.
        """
        return await self._call("chats.get", (device, chat, include), options)

    async def set_status(self, device: str, chat: str, status: ChatStatus, *, options: Options | None = None) -> Chat:
        """Set a chat's status.

        Setting the status that the chat has already changes nothing, so the call is safe to repeat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            status: The new status. Allowed: `active`, `pending`, `resolved`, `archived`, `removed`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Chat` names the likely fields; any may be missing.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chats.set_status(device, chat, "resolved")

        `PATCH /chat/{device}/chats/{wid}/status` · safe to repeat · observed in 2 public codebases.
        Title: `Chats:Set Chat Status`.
        """
        return await self._call("chats.set_status", (device, chat, status), options)

    async def assign(
        self,
        device: str,
        chat: str,
        *,
        agent: str | None = None,
        email: str | None = None,
        department: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Give a chat to an agent, a department, or an agent within a department.

        Name the agent by id or by email. At least one of `agent`, `email` and `department` is needed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            agent: Id of the agent (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            email: Email address of the agent, instead of `agent`. Such as `ada@example.com`.
            department: Id of the department, alone or with an agent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chats.assign(device, chat, agent="64f0c2a91b7e4d5f8a3b6c01")

        `PATCH /chat/{device}/chats/{wid}/owner` · safe to repeat · observed in 6 public codebases.
        Title: `Chats:Assign Chat`.
        """
        return await self._call("chats.assign", (device, chat, agent, email, department), options)

    async def unassign(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Take a chat away from its agent and department.

        What the service answers for a chat without an owner is not known: 200, 404 and 409 are all possible.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device or the chat.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chats.unassign(device, chat)

        `DELETE /chat/{device}/chats/{wid}/owner` · safe to repeat · observed in 2 public codebases.
        Title: `Chats:Unassign Chat`.
        """
        return await self._call("chats.unassign", (device, chat), options)
