# Generated from src/api/operations/messages.toml by `make generate`; edit that file.
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
    from sparkbot.types import AckStatus, ChatKind, DateSort, Message, MessageFlow, MessageKind


class Messages(Resource):
    """Messages in the chats of a number, received and sent."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
        recipient: str | None = None,
        type: Sequence[ChatKind] | None = None,
        reference: str | None = None,
        kind: Sequence[MessageKind] | None = None,
        sync: bool | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        include: Sequence[Literal["contact", "chat", "media"]] | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        page: int | None = None,
        skip: int | None = None,
        limit: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Message]:
        """List the messages of a number, one page at a time.

        Only the messages that match all given filters. `messages.iter` iterates over all pages. The filter
        `type` is the type of the chat; the field `type` of a message is the kind of its content, which the
        filter `kind` selects.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received or only sent messages. Allowed: `inbound`, `outbound`.
            ack: Only messages with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these messages (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only messages of this chat (wid).
            sender: Only messages from this phone number or wid.
            recipient: Only messages to this phone number or wid.
            type: Only messages in these kinds of chats. Allowed: `chat`, `group`, `channel`, `community`.
            reference: Only messages with this reference.
            kind: Only these kinds of messages. Allowed: `text`, `image`, `audio`, `voice`, `video`,
                `document`, `contact`, `location`, `system`.
            sync: Ask the phone if nothing is stored. Default of the service: `False`.
            begin: First message (id); newer messages follow.
            end: First message (id); older messages follow.
            after: Only messages after this time.
            before: Only messages before this time.
            include: Additional data to include in each message. Allowed: `contact`, `chat`, `media`.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page; one source documents a maximum of 50, others request up to 500. At least
                1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            skip: Messages to skip; only with `sync`. Only together with `sync`. Default of the service: `0`.
            limit: Alias of `size`. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.messages.list(device, chat=chat, size=50)

        `GET /chat/{device}/messages` · idempotent · observed in 11 public codebases.
        Title: `Chat Messages:Get Messages`.
        """
        return self._call(
            "messages.list",
            (
                device,
                flow,
                ack,
                wid,
                search,
                chat,
                sender,
                recipient,
                type,
                reference,
                kind,
                sync,
                begin,
                end,
                after,
                before,
                include,
                sort,
                size,
                page,
                skip,
                limit,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
        recipient: str | None = None,
        type: Sequence[ChatKind] | None = None,
        reference: str | None = None,
        kind: Sequence[MessageKind] | None = None,
        sync: bool | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        include: Sequence[Literal["contact", "chat", "media"]] | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        skip: int | None = None,
        limit: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Message]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received or only sent messages. Allowed: `inbound`, `outbound`.
            ack: Only messages with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these messages (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only messages of this chat (wid).
            sender: Only messages from this phone number or wid.
            recipient: Only messages to this phone number or wid.
            type: Only messages in these kinds of chats. Allowed: `chat`, `group`, `channel`, `community`.
            reference: Only messages with this reference.
            kind: Only these kinds of messages. Allowed: `text`, `image`, `audio`, `voice`, `video`,
                `document`, `contact`, `location`, `system`.
            sync: Ask the phone if nothing is stored. Default of the service: `False`.
            begin: First message (id); newer messages follow.
            end: First message (id); older messages follow.
            after: Only messages after this time.
            before: Only messages before this time.
            include: Additional data to include in each message. Allowed: `contact`, `chat`, `media`.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page; one source documents a maximum of 50, others request up to 500. At least
                1. Default of the service: `20`.
            skip: Messages to skip; only with `sync`. Only together with `sync`. Default of the service: `0`.
            limit: Alias of `size`. Less certain than the operation.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.messages.iter(device, chat=chat, size=50): ...

        `GET /chat/{device}/messages` · idempotent · observed in 11 public codebases.
        Title: `Chat Messages:Get Messages`.
        """
        return self._iterate(
            "messages.list",
            (
                device,
                flow,
                ack,
                wid,
                search,
                chat,
                sender,
                recipient,
                type,
                reference,
                kind,
                sync,
                begin,
                end,
                after,
                before,
                include,
                sort,
                size,
                None,
                skip,
                limit,
            ),
            options,
            max_pages,
        )

    def get(self, device: str, message: str, *, options: Options | None = None) -> Message:
        """Read one message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.messages.get(device, message)["body"]

        `GET /chat/{device}/messages/{message}` · idempotent · documented.
        Title: `Chat Messages:Get Message Details`.
        """
        return self._call("messages.get", (device, message), options)

    def get_delivery_info(self, device: str, message: str, *, options: Options | None = None) -> dict[str, Any]:
        """Read who received and read a message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.messages.get_delivery_info(device, message)

        `GET /chat/{device}/messages/{message}/ackinfo` · idempotent · observed in 2 public codebases.
        Title: `Chat Messages:Get Message Delivery Info`.
        """
        return self._call("messages.get_delivery_info", (device, message), options)

    def edit(self, device: str, message: str, text: str, *, options: Options | None = None) -> dict[str, Any]:
        """Change the text of a sent message, within 20 minutes.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            text: The new text.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.messages.edit(device, message, "See you at 10")

        `PATCH /chat/{device}/messages/{message}` · idempotent · observed in 1 public codebase.
        Title: `Chat Messages:Edit Message`.
        """
        return self._call("messages.edit", (device, message, text), options)

    def delete(
        self,
        device: str,
        message: str,
        *,
        revoke: bool | None = None,
        clean: bool | None = None,
        force: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete a message.

        The exact effect of `clean` and `force` is not documented.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            revoke: Delete it for everyone; WhatsApp allows that for 60 minutes.
            clean: Also delete the data that the service stores about it.
            force: Delete it even if the service would reject the request.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.messages.delete(device, message, revoke=True)

        `DELETE /chat/{device}/messages/{message}` · idempotent · observed in 1 public codebase.
        Title: `Chat Messages:Delete Message`.
        """
        return self._call("messages.delete", (device, message, revoke, clean, force), options)


class AsyncMessages(AsyncResource):
    """Messages in the chats of a number, received and sent."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
        recipient: str | None = None,
        type: Sequence[ChatKind] | None = None,
        reference: str | None = None,
        kind: Sequence[MessageKind] | None = None,
        sync: bool | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        include: Sequence[Literal["contact", "chat", "media"]] | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        page: int | None = None,
        skip: int | None = None,
        limit: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Message]:
        """List the messages of a number, one page at a time.

        Only the messages that match all given filters. `messages.iter` iterates over all pages. The filter
        `type` is the type of the chat; the field `type` of a message is the kind of its content, which the
        filter `kind` selects.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received or only sent messages. Allowed: `inbound`, `outbound`.
            ack: Only messages with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these messages (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only messages of this chat (wid).
            sender: Only messages from this phone number or wid.
            recipient: Only messages to this phone number or wid.
            type: Only messages in these kinds of chats. Allowed: `chat`, `group`, `channel`, `community`.
            reference: Only messages with this reference.
            kind: Only these kinds of messages. Allowed: `text`, `image`, `audio`, `voice`, `video`,
                `document`, `contact`, `location`, `system`.
            sync: Ask the phone if nothing is stored. Default of the service: `False`.
            begin: First message (id); newer messages follow.
            end: First message (id); older messages follow.
            after: Only messages after this time.
            before: Only messages before this time.
            include: Additional data to include in each message. Allowed: `contact`, `chat`, `media`.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page; one source documents a maximum of 50, others request up to 500. At least
                1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            skip: Messages to skip; only with `sync`. Only together with `sync`. Default of the service: `0`.
            limit: Alias of `size`. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.messages.list(device, chat=chat, size=50)

        `GET /chat/{device}/messages` · idempotent · observed in 11 public codebases.
        Title: `Chat Messages:Get Messages`.
        """
        return await self._call(
            "messages.list",
            (
                device,
                flow,
                ack,
                wid,
                search,
                chat,
                sender,
                recipient,
                type,
                reference,
                kind,
                sync,
                begin,
                end,
                after,
                before,
                include,
                sort,
                size,
                page,
                skip,
                limit,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
        recipient: str | None = None,
        type: Sequence[ChatKind] | None = None,
        reference: str | None = None,
        kind: Sequence[MessageKind] | None = None,
        sync: bool | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        include: Sequence[Literal["contact", "chat", "media"]] | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        skip: int | None = None,
        limit: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Message]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received or only sent messages. Allowed: `inbound`, `outbound`.
            ack: Only messages with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these messages (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only messages of this chat (wid).
            sender: Only messages from this phone number or wid.
            recipient: Only messages to this phone number or wid.
            type: Only messages in these kinds of chats. Allowed: `chat`, `group`, `channel`, `community`.
            reference: Only messages with this reference.
            kind: Only these kinds of messages. Allowed: `text`, `image`, `audio`, `voice`, `video`,
                `document`, `contact`, `location`, `system`.
            sync: Ask the phone if nothing is stored. Default of the service: `False`.
            begin: First message (id); newer messages follow.
            end: First message (id); older messages follow.
            after: Only messages after this time.
            before: Only messages before this time.
            include: Additional data to include in each message. Allowed: `contact`, `chat`, `media`.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page; one source documents a maximum of 50, others request up to 500. At least
                1. Default of the service: `20`.
            skip: Messages to skip; only with `sync`. Only together with `sync`. Default of the service: `0`.
            limit: Alias of `size`. Less certain than the operation.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.messages.iter(device, chat=chat, size=50): ...

        `GET /chat/{device}/messages` · idempotent · observed in 11 public codebases.
        Title: `Chat Messages:Get Messages`.
        """
        return self._iterate(
            "messages.list",
            (
                device,
                flow,
                ack,
                wid,
                search,
                chat,
                sender,
                recipient,
                type,
                reference,
                kind,
                sync,
                begin,
                end,
                after,
                before,
                include,
                sort,
                size,
                None,
                skip,
                limit,
            ),
            options,
            max_pages,
        )

    async def get(self, device: str, message: str, *, options: Options | None = None) -> Message:
        """Read one message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.messages.get(device, message))["body"]

        `GET /chat/{device}/messages/{message}` · idempotent · documented.
        Title: `Chat Messages:Get Message Details`.
        """
        return await self._call("messages.get", (device, message), options)

    async def get_delivery_info(self, device: str, message: str, *, options: Options | None = None) -> dict[str, Any]:
        """Read who received and read a message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.messages.get_delivery_info(device, message)

        `GET /chat/{device}/messages/{message}/ackinfo` · idempotent · observed in 2 public codebases.
        Title: `Chat Messages:Get Message Delivery Info`.
        """
        return await self._call("messages.get_delivery_info", (device, message), options)

    async def edit(self, device: str, message: str, text: str, *, options: Options | None = None) -> dict[str, Any]:
        """Change the text of a sent message, within 20 minutes.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            text: The new text.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.messages.edit(device, message, "See you at 10")

        `PATCH /chat/{device}/messages/{message}` · idempotent · observed in 1 public codebase.
        Title: `Chat Messages:Edit Message`.
        """
        return await self._call("messages.edit", (device, message, text), options)

    async def delete(
        self,
        device: str,
        message: str,
        *,
        revoke: bool | None = None,
        clean: bool | None = None,
        force: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete a message.

        The exact effect of `clean` and `force` is not documented.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: WhatsApp id of the message, such as `3EB0A1B2C3D4E5F60718`.
            revoke: Delete it for everyone; WhatsApp allows that for 60 minutes.
            clean: Also delete the data that the service stores about it.
            force: Delete it even if the service would reject the request.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.messages.delete(device, message, revoke=True)

        `DELETE /chat/{device}/messages/{message}` · idempotent · observed in 1 public codebase.
        Title: `Chat Messages:Delete Message`.
        """
        return await self._call("messages.delete", (device, message, revoke, clean, force), options)
