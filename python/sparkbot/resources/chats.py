# Generated from src/api/operations/chats.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import (
        Chat,
        ChatBulkAction,
        ChatExtra,
        ChatKind,
        ChatNote,
        ChatSort,
        ChatStatus,
        ChatStatusFilter,
        GroupParticipant,
        Message,
    )


class Chats(Resource):
    """Conversations of a number: list them, assign them to agents, set their status."""

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

        Only the chats that match all given filters. `chats.iter` iterates over all pages. The service
        responds with 404 for accounts whose plan has no chat resources.

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
            search: Text to search for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Additional data to include in each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats per page; 500 is the largest value observed. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`, `date:desc`. Default of the service: `lastMessageAt:desc`.
            after: Only chats dated after this time. Less certain than the operation.
            archived: Only chats that are (`True`) or are not (`False`) archived. Less certain than the
                operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.list(device, status=["pending", "active"], size=100)

        `GET /chat/{device}/chats` · idempotent · observed in 7 public codebases.
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
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

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
            search: Text to search for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Additional data to include in each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats per page; 500 is the largest value observed. At least 1. Default of the service: `20`.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`, `date:desc`. Default of the service: `lastMessageAt:desc`.
            after: Only chats dated after this time. Less certain than the operation.
            archived: Only chats that are (`True`) or are not (`False`) archived. Less certain than the
                operation.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Chat` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.chats.iter(device, status=["pending", "active"], size=100): ...

        `GET /chat/{device}/chats` · idempotent · observed in 7 public codebases.
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
            include: Additional data to include in the chat. Allowed: `messages`, `notes`, `participants`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.get(device, chat)["status"]

        `GET /chat/{device}/chats/{wid}` · idempotent · documented.
        Title: `Chats:Get Chat Details`.
        """
        return self._call("chats.get", (device, chat, include), options)

    def set_status(self, device: str, chat: str, status: ChatStatus, *, options: Options | None = None) -> Chat:
        """Set a chat's status.

        Setting the status that the chat has already changes nothing, so the call is idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            status: The new status. Allowed: `active`, `pending`, `resolved`, `archived`, `removed`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Chat` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.set_status(device, chat, "resolved")

        `PATCH /chat/{device}/chats/{wid}/status` · idempotent · observed in 2 public codebases.
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
        """Assign a chat to an agent, a department, or an agent within a department.

        Name the agent by id or by email.

        Give at least one of `agent`, `email` and `department`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            agent: Id of the agent (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            email: Email address of the agent, instead of `agent`. Such as `ada@example.com`.
            department: Id of the department, with or without an agent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.assign(device, chat, agent="64f0c2a91b7e4d5f8a3b6c01")

        `PATCH /chat/{device}/chats/{wid}/owner` · idempotent · observed in 6 public codebases.
        Title: `Chats:Assign Chat`.
        """
        return self._call("chats.assign", (device, chat, agent, email, department), options)

    def unassign(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Unassign a chat from its agent and department.

        The response for a chat without an owner is not known: 200, 404 and 409 are all possible.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.unassign(device, chat)

        `DELETE /chat/{device}/chats/{wid}/owner` · idempotent · observed in 2 public codebases.
        Title: `Chats:Unassign Chat`.
        """
        return self._call("chats.unassign", (device, chat), options)

    def send_typing(
        self,
        device: str,
        action: Literal["typing", "recording", "stop"],
        *,
        duration: int | None = None,
        phone: str | None = None,
        group: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Show a typing or recording indicator in a chat.

        Give exactly one of `phone` and `group`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            action: The indicator to show. Allowed: `typing`, `recording`, `stop`.
            duration: How many seconds to show it. At least 2. At most 30. Default of the service: `2`.
            phone: Phone number of the chat, E.164 with `+`; or give `group`. Such as `+447362053576`.
            group: Wid of the group. Such as `120363012345678901@g.us`.
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
            >>> client.chats.send_typing(device, "typing", phone="+447362053576")

        `POST /chat/{device}/typing` · not idempotent · observed in 3 public codebases.
        Title: `Chats:Send Typing Status`.
        """
        return self._call("chats.send_typing", (device, action, duration, phone, group), options)

    def sync(
        self,
        device: str,
        *,
        size: int | None = None,
        messages: int | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Synchronize the recent chats of a number with the phone.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Number of recent chats. Default of the service: `50`.
            messages: Number of messages per chat. Default of the service: `50`.
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
            >>> client.chats.sync(device, size=100)

        `POST /chat/{device}/sync` · idempotent · time limit 150 s · observed in 3 public codebases.
        Title: `Chats:Sync Device Chats`.
        """
        return self._call("chats.sync", (device, size, messages), options)

    def sync_messages(
        self,
        device: str,
        chat: str,
        *,
        size: int | None = None,
        page: int | None = None,
        before: datetime | str | None = None,
        options: Options | None = None,
    ) -> builtins.list[Message]:
        """Read a chat's messages from the phone, one page at a time.

        `messages.list` reads the messages that the service has stored; this call asks the phone.
        `chats.iter_sync_messages` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            size: Messages per page; the service rejects fewer than 50. At least 50. Default of the service:
                `50`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            before: Only messages before this time. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.sync_messages(device, chat, size=50)

        `GET /chat/{device}/chats/{wid}/sync` · idempotent · time limit 150 s · observed in 3 public
        codebases.
        Title: `Chats:Sync Chat Messages`.
        """
        return self._call("chats.sync_messages", (device, chat, size, page, before), options)

    def iter_sync_messages(
        self,
        device: str,
        chat: str,
        *,
        size: int | None = None,
        before: datetime | str | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Message]:
        """Iterate over all pages of `sync_messages`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            size: Messages per page; the service rejects fewer than 50. At least 50. Default of the service:
                `50`.
            before: Only messages before this time. Less certain than the operation.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.chats.iter_sync_messages(device, chat, size=50): ...

        `GET /chat/{device}/chats/{wid}/sync` · idempotent · time limit 150 s · observed in 3 public
        codebases.
        Title: `Chats:Sync Chat Messages`.
        """
        return self._iterate("chats.sync_messages", (device, chat, size, None, before), options, max_pages)

    def set_read_status(self, device: str, chat: str, *, unread: bool | None = None, options: Options | None = None) -> Chat:
        """Mark a chat as read or unread.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            unread: `True` marks the chat as unread, `False` as read. Default of the service: `True`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.set_read_status(device, chat, unread=False)

        `PATCH /chat/{device}/chats/{wid}/unread` · idempotent · observed in 2 public codebases.
        Title: `Chats:Update Chat Read Status`.
        """
        return self._call("chats.set_read_status", (device, chat, unread), options)

    def list_participants(
        self,
        device: str,
        chat: str,
        *,
        search: str | None = None,
        phone: Sequence[str] | None = None,
        role: Sequence[Literal["admin", "owner", "participant"]] | None = None,
        contact: bool | None = None,
        include: Sequence[Literal["contact"]] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[GroupParticipant]:
        """List the members of a group chat, one page at a time.

        `chats.iter_participants` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            search: Text to search for in the name or number.
            phone: Only members with these phone numbers.
            role: Only members in these roles. Allowed: `admin`, `owner`, `participant`.
            contact: Only members that are (`True`) or are not (`False`) contacts of the number.
            include: Additional data to include in each member. Allowed: `contact`.
            size: Members per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.GroupParticipant` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.list_participants(device, group, role=["admin"])

        `GET /chat/{device}/chats/{wid}/participants` · idempotent · observed in 3 public codebases.
        Title: `Chats:Get Group Participants`.
        """
        return self._call("chats.list_participants", (device, chat, search, phone, role, contact, include, size, page), options)

    def iter_participants(
        self,
        device: str,
        chat: str,
        *,
        search: str | None = None,
        phone: Sequence[str] | None = None,
        role: Sequence[Literal["admin", "owner", "participant"]] | None = None,
        contact: bool | None = None,
        include: Sequence[Literal["contact"]] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[GroupParticipant]:
        """Iterate over all pages of `list_participants`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            search: Text to search for in the name or number.
            phone: Only members with these phone numbers.
            role: Only members in these roles. Allowed: `admin`, `owner`, `participant`.
            contact: Only members that are (`True`) or are not (`False`) contacts of the number.
            include: Additional data to include in each member. Allowed: `contact`.
            size: Members per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.GroupParticipant` names the known fields; any
            may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.chats.iter_participants(device, group, role=["admin"]): ...

        `GET /chat/{device}/chats/{wid}/participants` · idempotent · observed in 3 public codebases.
        Title: `Chats:Get Group Participants`.
        """
        return self._iterate(
            "chats.list_participants",
            (device, chat, search, phone, role, contact, include, size, None),
            options,
            max_pages,
        )

    def create_note(
        self,
        device: str,
        chat: str,
        message: str,
        *,
        quote: str | None = None,
        author: str | None = None,
        options: Options | None = None,
    ) -> ChatNote:
        """Add a note to a chat, visible to your team only.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            message: Text of the note. At least 2 characters. Up to 6000 characters.
            quote: Id of the message or note that it refers to.
            author: Id of the author (user); by default the owner of the API key. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.ChatNote` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.create_note(device, chat, "Wants a call on Monday")

        `POST /chat/{device}/chats/{wid}/notes` · not idempotent · observed in 2 public codebases.
        Title: `Chats:Create Chat Note`.
        """
        return self._call("chats.create_note", (device, chat, message, quote, author), options)

    def delete_notes(self, device: str, chat: str, ids: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Delete notes of a chat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            ids: Ids of the notes. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.delete_notes(device, chat, [note["id"]])

        `DELETE /chat/{device}/chats/{wid}/notes` · idempotent · observed in 1 public codebase.
        Title: `Chats:Delete Chat Note`.
        """
        return self._call("chats.delete_notes", (device, chat, ids), options)

    def update_labels(
        self,
        device: str,
        chat: str,
        labels: Sequence[str],
        *,
        upsert: bool | None = None,
        remove: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Replace, add or remove labels of a chat.

        Without `upsert` and `remove`, the given labels replace all others.

        Give at most one of `upsert` and `remove`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            labels: Names of labels.
            upsert: Add the labels and keep the others.
            remove: Remove the labels and keep the others.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.update_labels(device, chat, ["vip"], upsert=True)

        `PATCH /chat/{device}/chats/{wid}/labels` · idempotent · observed in 7 public codebases.
        Title: `Chats:Update Chat Labels`.
        """
        return self._call("chats.update_labels", (device, chat, labels, upsert, remove), options)

    def update_attributes(
        self,
        device: str,
        chat: str,
        *,
        pinned: bool | None = None,
        muted: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Pin, unpin, mute or unmute a chat.

        Give at least one of `pinned` and `muted`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            pinned: Whether the chat is pinned.
            muted: Whether notifications are off.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.update_attributes(device, chat, pinned=True)

        `PATCH /chat/{device}/chats/{wid}/attributes` · idempotent · observed in 1 public codebase.
        Title: `Chats:Update Chat Attributes`.
        """
        return self._call("chats.update_attributes", (device, chat, pinned, muted), options)

    def archive(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Archive a chat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.archive(device, chat)

        `PUT /chat/{device}/chats/{wid}/archive` · idempotent · observed in 1 public codebase.
        Title: `Chats:Archive Chat`.
        """
        return self._call("chats.archive", (device, chat), options)

    def unarchive(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Unarchive a chat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.unarchive(device, chat)

        `DELETE /chat/{device}/chats/{wid}/archive` · idempotent · observed in 1 public codebase.
        Title: `Chats:Unarchive Chat`.
        """
        return self._call("chats.unarchive", (device, chat), options)

    def delete(
        self,
        device: str,
        chat: str,
        *,
        whatsapp: bool | None = None,
        force: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete a chat with its messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            whatsapp: Also delete it in WhatsApp on the phone.
            force: Delete it there without confirmation; only with `whatsapp`. Only together with `whatsapp`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chats.delete(device, chat)

        `DELETE /chat/{device}/chats/{wid}` · idempotent · observed in 1 public codebase.
        Title: `Chats:Delete Chat`.
        """
        return self._call("chats.delete", (device, chat, whatsapp, force), options)

    def bulk_update(
        self,
        device: str,
        action: ChatBulkAction,
        chats: Sequence[str],
        *,
        add_labels: Sequence[str] | None = None,
        remove_labels: Sequence[str] | None = None,
        agent: str | None = None,
        department: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Apply one action to many chats.

        Public clients use different field names; this call sends `action`, `chats` and `params`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            action: What to do. Allowed: `resolve`, `unresolve`, `pin`, `unpin`, `mute`, `unmute`, `assign`,
                `unassign`, `block`, `unblock`, `read`, `unread`, `labels`.
            chats: Wids or phone numbers of the chats.
            add_labels: Labels to add, for `labels`.
            remove_labels: Labels to remove, for `labels`.
            agent: Id of the agent (user), for `assign`. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            department: Id of the department, for `assign`. Such as `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> client.chats.bulk_update(device, "resolve", [chat])

        `PATCH /chat/{device}/chats` · idempotent · observed in 2 public codebases.
        Title: `Chats:Bulk Update Chats`.
        """
        return self._call("chats.bulk_update", (device, action, chats, add_labels, remove_labels, agent, department), options)


class AsyncChats(AsyncResource):
    """Conversations of a number: list them, assign them to agents, set their status."""

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

        Only the chats that match all given filters. `chats.iter` iterates over all pages. The service
        responds with 404 for accounts whose plan has no chat resources.

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
            search: Text to search for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Additional data to include in each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats per page; 500 is the largest value observed. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`, `date:desc`. Default of the service: `lastMessageAt:desc`.
            after: Only chats dated after this time. Less certain than the operation.
            archived: Only chats that are (`True`) or are not (`False`) archived. Less certain than the
                operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.list(device, status=["pending", "active"], size=100)

        `GET /chat/{device}/chats` · idempotent · observed in 7 public codebases.
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
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

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
            search: Text to search for in the chat's name or number.
            labels: Only chats with these labels (names); `*` for any label.
            labels_exclude: Only chats without these labels (names); `*` for any label.
            include: Additional data to include in each chat. Allowed: `messages`, `notes`, `participants`.
            size: Chats per page; 500 is the largest value observed. At least 1. Default of the service: `20`.
            sort: Order of the chats. Allowed: `lastMessageAt:desc`, `lastMessageAt:asc`, `unreadCount:desc`,
                `name:asc`, `name:desc`, `date:desc`. Default of the service: `lastMessageAt:desc`.
            after: Only chats dated after this time. Less certain than the operation.
            archived: Only chats that are (`True`) or are not (`False`) archived. Less certain than the
                operation.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Chat` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.chats.iter(device, status=["pending", "active"], size=100): ...

        `GET /chat/{device}/chats` · idempotent · observed in 7 public codebases.
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
            include: Additional data to include in the chat. Allowed: `messages`, `notes`, `participants`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.chats.get(device, chat))["status"]

        `GET /chat/{device}/chats/{wid}` · idempotent · documented.
        Title: `Chats:Get Chat Details`.
        """
        return await self._call("chats.get", (device, chat, include), options)

    async def set_status(self, device: str, chat: str, status: ChatStatus, *, options: Options | None = None) -> Chat:
        """Set a chat's status.

        Setting the status that the chat has already changes nothing, so the call is idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            status: The new status. Allowed: `active`, `pending`, `resolved`, `archived`, `removed`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Chat` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.set_status(device, chat, "resolved")

        `PATCH /chat/{device}/chats/{wid}/status` · idempotent · observed in 2 public codebases.
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
        """Assign a chat to an agent, a department, or an agent within a department.

        Name the agent by id or by email.

        Give at least one of `agent`, `email` and `department`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            agent: Id of the agent (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            email: Email address of the agent, instead of `agent`. Such as `ada@example.com`.
            department: Id of the department, with or without an agent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.assign(device, chat, agent="64f0c2a91b7e4d5f8a3b6c01")

        `PATCH /chat/{device}/chats/{wid}/owner` · idempotent · observed in 6 public codebases.
        Title: `Chats:Assign Chat`.
        """
        return await self._call("chats.assign", (device, chat, agent, email, department), options)

    async def unassign(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Unassign a chat from its agent and department.

        The response for a chat without an owner is not known: 200, 404 and 409 are all possible.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.unassign(device, chat)

        `DELETE /chat/{device}/chats/{wid}/owner` · idempotent · observed in 2 public codebases.
        Title: `Chats:Unassign Chat`.
        """
        return await self._call("chats.unassign", (device, chat), options)

    async def send_typing(
        self,
        device: str,
        action: Literal["typing", "recording", "stop"],
        *,
        duration: int | None = None,
        phone: str | None = None,
        group: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Show a typing or recording indicator in a chat.

        Give exactly one of `phone` and `group`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            action: The indicator to show. Allowed: `typing`, `recording`, `stop`.
            duration: How many seconds to show it. At least 2. At most 30. Default of the service: `2`.
            phone: Phone number of the chat, E.164 with `+`; or give `group`. Such as `+447362053576`.
            group: Wid of the group. Such as `120363012345678901@g.us`.
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
            >>> await client.chats.send_typing(device, "typing", phone="+447362053576")

        `POST /chat/{device}/typing` · not idempotent · observed in 3 public codebases.
        Title: `Chats:Send Typing Status`.
        """
        return await self._call("chats.send_typing", (device, action, duration, phone, group), options)

    async def sync(
        self,
        device: str,
        *,
        size: int | None = None,
        messages: int | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Synchronize the recent chats of a number with the phone.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Number of recent chats. Default of the service: `50`.
            messages: Number of messages per chat. Default of the service: `50`.
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
            >>> await client.chats.sync(device, size=100)

        `POST /chat/{device}/sync` · idempotent · time limit 150 s · observed in 3 public codebases.
        Title: `Chats:Sync Device Chats`.
        """
        return await self._call("chats.sync", (device, size, messages), options)

    async def sync_messages(
        self,
        device: str,
        chat: str,
        *,
        size: int | None = None,
        page: int | None = None,
        before: datetime | str | None = None,
        options: Options | None = None,
    ) -> builtins.list[Message]:
        """Read a chat's messages from the phone, one page at a time.

        `messages.list` reads the messages that the service has stored; this call asks the phone.
        `chats.iter_sync_messages` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            size: Messages per page; the service rejects fewer than 50. At least 50. Default of the service:
                `50`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            before: Only messages before this time. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.sync_messages(device, chat, size=50)

        `GET /chat/{device}/chats/{wid}/sync` · idempotent · time limit 150 s · observed in 3 public
        codebases.
        Title: `Chats:Sync Chat Messages`.
        """
        return await self._call("chats.sync_messages", (device, chat, size, page, before), options)

    def iter_sync_messages(
        self,
        device: str,
        chat: str,
        *,
        size: int | None = None,
        before: datetime | str | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Message]:
        """Iterate over all pages of `sync_messages`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            size: Messages per page; the service rejects fewer than 50. At least 50. Default of the service:
                `50`.
            before: Only messages before this time. Less certain than the operation.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.chats.iter_sync_messages(device, chat, size=50): ...

        `GET /chat/{device}/chats/{wid}/sync` · idempotent · time limit 150 s · observed in 3 public
        codebases.
        Title: `Chats:Sync Chat Messages`.
        """
        return self._iterate("chats.sync_messages", (device, chat, size, None, before), options, max_pages)

    async def set_read_status(
        self,
        device: str,
        chat: str,
        *,
        unread: bool | None = None,
        options: Options | None = None,
    ) -> Chat:
        """Mark a chat as read or unread.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            unread: `True` marks the chat as unread, `False` as read. Default of the service: `True`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Chat` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.set_read_status(device, chat, unread=False)

        `PATCH /chat/{device}/chats/{wid}/unread` · idempotent · observed in 2 public codebases.
        Title: `Chats:Update Chat Read Status`.
        """
        return await self._call("chats.set_read_status", (device, chat, unread), options)

    async def list_participants(
        self,
        device: str,
        chat: str,
        *,
        search: str | None = None,
        phone: Sequence[str] | None = None,
        role: Sequence[Literal["admin", "owner", "participant"]] | None = None,
        contact: bool | None = None,
        include: Sequence[Literal["contact"]] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[GroupParticipant]:
        """List the members of a group chat, one page at a time.

        `chats.iter_participants` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            search: Text to search for in the name or number.
            phone: Only members with these phone numbers.
            role: Only members in these roles. Allowed: `admin`, `owner`, `participant`.
            contact: Only members that are (`True`) or are not (`False`) contacts of the number.
            include: Additional data to include in each member. Allowed: `contact`.
            size: Members per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.GroupParticipant` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.list_participants(device, group, role=["admin"])

        `GET /chat/{device}/chats/{wid}/participants` · idempotent · observed in 3 public codebases.
        Title: `Chats:Get Group Participants`.
        """
        return await self._call(
            "chats.list_participants",
            (device, chat, search, phone, role, contact, include, size, page),
            options,
        )

    def iter_participants(
        self,
        device: str,
        chat: str,
        *,
        search: str | None = None,
        phone: Sequence[str] | None = None,
        role: Sequence[Literal["admin", "owner", "participant"]] | None = None,
        contact: bool | None = None,
        include: Sequence[Literal["contact"]] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[GroupParticipant]:
        """Iterate over all pages of `list_participants`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            search: Text to search for in the name or number.
            phone: Only members with these phone numbers.
            role: Only members in these roles. Allowed: `admin`, `owner`, `participant`.
            contact: Only members that are (`True`) or are not (`False`) contacts of the number.
            include: Additional data to include in each member. Allowed: `contact`.
            size: Members per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.GroupParticipant` names the known fields; any
            may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.chats.iter_participants(device, group, role=["admin"]): ...

        `GET /chat/{device}/chats/{wid}/participants` · idempotent · observed in 3 public codebases.
        Title: `Chats:Get Group Participants`.
        """
        return self._iterate(
            "chats.list_participants",
            (device, chat, search, phone, role, contact, include, size, None),
            options,
            max_pages,
        )

    async def create_note(
        self,
        device: str,
        chat: str,
        message: str,
        *,
        quote: str | None = None,
        author: str | None = None,
        options: Options | None = None,
    ) -> ChatNote:
        """Add a note to a chat, visible to your team only.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            message: Text of the note. At least 2 characters. Up to 6000 characters.
            quote: Id of the message or note that it refers to.
            author: Id of the author (user); by default the owner of the API key. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.ChatNote` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.create_note(device, chat, "Wants a call on Monday")

        `POST /chat/{device}/chats/{wid}/notes` · not idempotent · observed in 2 public codebases.
        Title: `Chats:Create Chat Note`.
        """
        return await self._call("chats.create_note", (device, chat, message, quote, author), options)

    async def delete_notes(self, device: str, chat: str, ids: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Delete notes of a chat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            ids: Ids of the notes. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.delete_notes(device, chat, [note["id"]])

        `DELETE /chat/{device}/chats/{wid}/notes` · idempotent · observed in 1 public codebase.
        Title: `Chats:Delete Chat Note`.
        """
        return await self._call("chats.delete_notes", (device, chat, ids), options)

    async def update_labels(
        self,
        device: str,
        chat: str,
        labels: Sequence[str],
        *,
        upsert: bool | None = None,
        remove: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Replace, add or remove labels of a chat.

        Without `upsert` and `remove`, the given labels replace all others.

        Give at most one of `upsert` and `remove`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            labels: Names of labels.
            upsert: Add the labels and keep the others.
            remove: Remove the labels and keep the others.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.update_labels(device, chat, ["vip"], upsert=True)

        `PATCH /chat/{device}/chats/{wid}/labels` · idempotent · observed in 7 public codebases.
        Title: `Chats:Update Chat Labels`.
        """
        return await self._call("chats.update_labels", (device, chat, labels, upsert, remove), options)

    async def update_attributes(
        self,
        device: str,
        chat: str,
        *,
        pinned: bool | None = None,
        muted: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Pin, unpin, mute or unmute a chat.

        Give at least one of `pinned` and `muted`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            pinned: Whether the chat is pinned.
            muted: Whether notifications are off.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.update_attributes(device, chat, pinned=True)

        `PATCH /chat/{device}/chats/{wid}/attributes` · idempotent · observed in 1 public codebase.
        Title: `Chats:Update Chat Attributes`.
        """
        return await self._call("chats.update_attributes", (device, chat, pinned, muted), options)

    async def archive(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Archive a chat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.archive(device, chat)

        `PUT /chat/{device}/chats/{wid}/archive` · idempotent · observed in 1 public codebase.
        Title: `Chats:Archive Chat`.
        """
        return await self._call("chats.archive", (device, chat), options)

    async def unarchive(self, device: str, chat: str, *, options: Options | None = None) -> dict[str, Any]:
        """Unarchive a chat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.unarchive(device, chat)

        `DELETE /chat/{device}/chats/{wid}/archive` · idempotent · observed in 1 public codebase.
        Title: `Chats:Unarchive Chat`.
        """
        return await self._call("chats.unarchive", (device, chat), options)

    async def delete(
        self,
        device: str,
        chat: str,
        *,
        whatsapp: bool | None = None,
        force: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete a chat with its messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            chat: The chat's wid, such as `447362053576@c.us` or `120363012345678901@g.us`.
            whatsapp: Also delete it in WhatsApp on the phone.
            force: Delete it there without confirmation; only with `whatsapp`. Only together with `whatsapp`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the chat does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chats.delete(device, chat)

        `DELETE /chat/{device}/chats/{wid}` · idempotent · observed in 1 public codebase.
        Title: `Chats:Delete Chat`.
        """
        return await self._call("chats.delete", (device, chat, whatsapp, force), options)

    async def bulk_update(
        self,
        device: str,
        action: ChatBulkAction,
        chats: Sequence[str],
        *,
        add_labels: Sequence[str] | None = None,
        remove_labels: Sequence[str] | None = None,
        agent: str | None = None,
        department: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Apply one action to many chats.

        Public clients use different field names; this call sends `action`, `chats` and `params`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            action: What to do. Allowed: `resolve`, `unresolve`, `pin`, `unpin`, `mute`, `unmute`, `assign`,
                `unassign`, `block`, `unblock`, `read`, `unread`, `labels`.
            chats: Wids or phone numbers of the chats.
            add_labels: Labels to add, for `labels`.
            remove_labels: Labels to remove, for `labels`.
            agent: Id of the agent (user), for `assign`. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            department: Id of the department, for `assign`. Such as `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> await client.chats.bulk_update(device, "resolve", [chat])

        `PATCH /chat/{device}/chats` · idempotent · observed in 2 public codebases.
        Title: `Chats:Bulk Update Chats`.
        """
        return await self._call(
            "chats.bulk_update",
            (device, action, chats, add_labels, remove_labels, agent, department),
            options,
        )
