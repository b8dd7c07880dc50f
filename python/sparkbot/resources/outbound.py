# Generated from src/api/operations/outbound.toml by `make generate`; edit that file.
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
        AckStatus,
        DateSort,
        MessagePriority,
        OutboundExtra,
        OutboundField,
        OutboundKind,
        OutboundMessage,
        OutboundStatus,
    )


class Outbound(Resource):
    """Sent messages, from the queue to the recipient."""

    __slots__ = ()

    def list(
        self,
        *,
        search: str | None = None,
        status: Sequence[OutboundStatus] | None = None,
        delivery_status: Sequence[AckStatus] | None = None,
        webhook_status: Sequence[Literal["pending", "success", "failed"]] | None = None,
        include: Sequence[OutboundExtra] | None = None,
        ids: Sequence[str] | None = None,
        agents: Sequence[str] | None = None,
        source: Literal["api", "chat"] | None = None,
        target: Literal["user", "group", "channel"] | None = None,
        type: Sequence[OutboundKind] | None = None,
        wa_ids: Sequence[str] | None = None,
        devices: Sequence[str] | None = None,
        device: str | None = None,
        reference: Sequence[str] | None = None,
        priority: Sequence[MessagePriority] | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[OutboundMessage]:
        """List the outbound messages, one page at a time.

        `outbound.iter` iterates over all pages. The filters have older names of states than the messages: a
        message that was sent is `processed`, a delivery that has not begun is `queued`, and one whose webhook
        was called is `notified`.

        Args:
            search: Text to search for in the text.
            status: Only messages in these states. Allowed: `queued`, `processing`, `sent`, `delivered`,
                `read`, `failed`, `pending`.
            delivery_status: Only messages with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            webhook_status: Only messages whose webhook deliveries are in these states. Allowed: `pending`,
                `success`, `failed`.
            include: Additional data to include in each message. Allowed: `device`, `agent`, `events`.
            ids: Only these messages.
            agents: Only messages of these agents (ids).
            source: Only messages sent through the API, or only messages written in the chat. Allowed: `api`,
                `chat`.
            target: Only messages to people, groups or channels. Allowed: `user`, `group`, `channel`.
            type: Only these types of messages. Allowed: `text`, `image`, `video`, `audio`, `voice`,
                `document`, `location`, `contact`, `buttons`, `list`, `template`.
            wa_ids: Only messages with these WhatsApp ids.
            devices: Only messages of these numbers (ids).
            device: Only messages of this number (id).
            reference: Only messages with these references.
            priority: Only messages with these priorities. Allowed: `low`, `normal`, `high`, `urgent`.
            phone: Only messages to this phone number.
            group: Only messages to this group (wid).
            channel: Only messages to this channel (wid).
            after: Only messages after this time.
            before: Only messages before this time.
            created_after: Only messages created after this time.
            created_before: Only messages created before this time.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.outbound.list(reference=["order-17"])

        `GET /messages` · idempotent · documented.
        Title: `Outbound Messages:Search Messages`.
        """
        return self._call(
            "outbound.list",
            (
                search,
                status,
                delivery_status,
                webhook_status,
                include,
                ids,
                agents,
                source,
                target,
                type,
                wa_ids,
                devices,
                device,
                reference,
                priority,
                phone,
                group,
                channel,
                after,
                before,
                created_after,
                created_before,
                sort,
                size,
                page,
            ),
            options,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        status: Sequence[OutboundStatus] | None = None,
        delivery_status: Sequence[AckStatus] | None = None,
        webhook_status: Sequence[Literal["pending", "success", "failed"]] | None = None,
        include: Sequence[OutboundExtra] | None = None,
        ids: Sequence[str] | None = None,
        agents: Sequence[str] | None = None,
        source: Literal["api", "chat"] | None = None,
        target: Literal["user", "group", "channel"] | None = None,
        type: Sequence[OutboundKind] | None = None,
        wa_ids: Sequence[str] | None = None,
        devices: Sequence[str] | None = None,
        device: str | None = None,
        reference: Sequence[str] | None = None,
        priority: Sequence[MessagePriority] | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[OutboundMessage]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            search: Text to search for in the text.
            status: Only messages in these states. Allowed: `queued`, `processing`, `sent`, `delivered`,
                `read`, `failed`, `pending`.
            delivery_status: Only messages with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            webhook_status: Only messages whose webhook deliveries are in these states. Allowed: `pending`,
                `success`, `failed`.
            include: Additional data to include in each message. Allowed: `device`, `agent`, `events`.
            ids: Only these messages.
            agents: Only messages of these agents (ids).
            source: Only messages sent through the API, or only messages written in the chat. Allowed: `api`,
                `chat`.
            target: Only messages to people, groups or channels. Allowed: `user`, `group`, `channel`.
            type: Only these types of messages. Allowed: `text`, `image`, `video`, `audio`, `voice`,
                `document`, `location`, `contact`, `buttons`, `list`, `template`.
            wa_ids: Only messages with these WhatsApp ids.
            devices: Only messages of these numbers (ids).
            device: Only messages of this number (id).
            reference: Only messages with these references.
            priority: Only messages with these priorities. Allowed: `low`, `normal`, `high`, `urgent`.
            phone: Only messages to this phone number.
            group: Only messages to this group (wid).
            channel: Only messages to this channel (wid).
            after: Only messages after this time.
            before: Only messages before this time.
            created_after: Only messages created after this time.
            created_before: Only messages created before this time.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.OutboundMessage` names the known fields; any may
            be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.outbound.iter(reference=["order-17"]): ...

        `GET /messages` · idempotent · documented.
        Title: `Outbound Messages:Search Messages`.
        """
        return self._iterate(
            "outbound.list",
            (
                search,
                status,
                delivery_status,
                webhook_status,
                include,
                ids,
                agents,
                source,
                target,
                type,
                wa_ids,
                devices,
                device,
                reference,
                priority,
                phone,
                group,
                channel,
                after,
                before,
                created_after,
                created_before,
                sort,
                size,
                None,
            ),
            options,
            max_pages,
        )

    def get(
        self,
        message: str,
        *,
        include: Sequence[OutboundExtra] | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Read one outbound message with its delivery state and dates.

        Args:
            message: Id of the outbound message (24 hex digits), as the send operation returned it.
            include: Additional data to include in the message. Allowed: `device`, `agent`, `events`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.outbound.get(message)["deliveryStatus"]

        `GET /messages/{message}` · idempotent · documented.
        Title: `Outbound Messages:Get Message`.
        """
        return self._call("outbound.get", (message, include), options)

    def update(
        self,
        message: str,
        *,
        text: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        device: str | None = None,
        agent: str | None = None,
        deliver_at: datetime | str | None = None,
        priority: MessagePriority | None = None,
        reference: str | None = None,
        label: str | None = None,
        remove_fields: Sequence[OutboundField] | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Change a queued message.

        Give at least one field to change. Give at most one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: Id of the outbound message (24 hex digits), as the send operation returned it.
            text: The text.
            phone: Phone number of a new recipient.
            group: Wid of a new recipient group.
            channel: Wid of a new recipient channel.
            chat: Wid of a new recipient chat.
            device: Id of the sending number.
            agent: Id of the agent (user) who is shown as the sender.
            deliver_at: When to send it.
            priority: Priority in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
            reference: Your own reference, to find the message by.
            label: A label for the message.
            remove_fields: Fields to clear. Allowed: `reference`, `media`, `media.file`, `media.message`,
                `media.reference`, `location`, `location.address`, `location.coordinates`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.outbound.update(message, priority="high")

        `PATCH /messages/{message}` · idempotent · observed in 3 public codebases.
        Title: `Outbound Messages:Update Message`.
        """
        return self._call(
            "outbound.update",
            (message, text, phone, group, channel, chat, device, agent, deliver_at, priority, reference, label, remove_fields),
            options,
        )

    def delete(self, message: str, *, force: bool | None = None, options: Options | None = None) -> dict[str, Any]:
        """Delete an outbound message. A queued message is not sent.

        Args:
            message: Id of the outbound message (24 hex digits), as the send operation returned it.
            force: Delete it even while it is being sent.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.outbound.delete(message)

        `DELETE /messages/{message}` · idempotent · observed in 4 public codebases.
        Title: `Outbound Messages:Delete Message`.
        """
        return self._call("outbound.delete", (message, force), options)


class AsyncOutbound(AsyncResource):
    """Sent messages, from the queue to the recipient."""

    __slots__ = ()

    async def list(
        self,
        *,
        search: str | None = None,
        status: Sequence[OutboundStatus] | None = None,
        delivery_status: Sequence[AckStatus] | None = None,
        webhook_status: Sequence[Literal["pending", "success", "failed"]] | None = None,
        include: Sequence[OutboundExtra] | None = None,
        ids: Sequence[str] | None = None,
        agents: Sequence[str] | None = None,
        source: Literal["api", "chat"] | None = None,
        target: Literal["user", "group", "channel"] | None = None,
        type: Sequence[OutboundKind] | None = None,
        wa_ids: Sequence[str] | None = None,
        devices: Sequence[str] | None = None,
        device: str | None = None,
        reference: Sequence[str] | None = None,
        priority: Sequence[MessagePriority] | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[OutboundMessage]:
        """List the outbound messages, one page at a time.

        `outbound.iter` iterates over all pages. The filters have older names of states than the messages: a
        message that was sent is `processed`, a delivery that has not begun is `queued`, and one whose webhook
        was called is `notified`.

        Args:
            search: Text to search for in the text.
            status: Only messages in these states. Allowed: `queued`, `processing`, `sent`, `delivered`,
                `read`, `failed`, `pending`.
            delivery_status: Only messages with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            webhook_status: Only messages whose webhook deliveries are in these states. Allowed: `pending`,
                `success`, `failed`.
            include: Additional data to include in each message. Allowed: `device`, `agent`, `events`.
            ids: Only these messages.
            agents: Only messages of these agents (ids).
            source: Only messages sent through the API, or only messages written in the chat. Allowed: `api`,
                `chat`.
            target: Only messages to people, groups or channels. Allowed: `user`, `group`, `channel`.
            type: Only these types of messages. Allowed: `text`, `image`, `video`, `audio`, `voice`,
                `document`, `location`, `contact`, `buttons`, `list`, `template`.
            wa_ids: Only messages with these WhatsApp ids.
            devices: Only messages of these numbers (ids).
            device: Only messages of this number (id).
            reference: Only messages with these references.
            priority: Only messages with these priorities. Allowed: `low`, `normal`, `high`, `urgent`.
            phone: Only messages to this phone number.
            group: Only messages to this group (wid).
            channel: Only messages to this channel (wid).
            after: Only messages after this time.
            before: Only messages before this time.
            created_after: Only messages created after this time.
            created_before: Only messages created before this time.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.outbound.list(reference=["order-17"])

        `GET /messages` · idempotent · documented.
        Title: `Outbound Messages:Search Messages`.
        """
        return await self._call(
            "outbound.list",
            (
                search,
                status,
                delivery_status,
                webhook_status,
                include,
                ids,
                agents,
                source,
                target,
                type,
                wa_ids,
                devices,
                device,
                reference,
                priority,
                phone,
                group,
                channel,
                after,
                before,
                created_after,
                created_before,
                sort,
                size,
                page,
            ),
            options,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        status: Sequence[OutboundStatus] | None = None,
        delivery_status: Sequence[AckStatus] | None = None,
        webhook_status: Sequence[Literal["pending", "success", "failed"]] | None = None,
        include: Sequence[OutboundExtra] | None = None,
        ids: Sequence[str] | None = None,
        agents: Sequence[str] | None = None,
        source: Literal["api", "chat"] | None = None,
        target: Literal["user", "group", "channel"] | None = None,
        type: Sequence[OutboundKind] | None = None,
        wa_ids: Sequence[str] | None = None,
        devices: Sequence[str] | None = None,
        device: str | None = None,
        reference: Sequence[str] | None = None,
        priority: Sequence[MessagePriority] | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[OutboundMessage]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            search: Text to search for in the text.
            status: Only messages in these states. Allowed: `queued`, `processing`, `sent`, `delivered`,
                `read`, `failed`, `pending`.
            delivery_status: Only messages with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            webhook_status: Only messages whose webhook deliveries are in these states. Allowed: `pending`,
                `success`, `failed`.
            include: Additional data to include in each message. Allowed: `device`, `agent`, `events`.
            ids: Only these messages.
            agents: Only messages of these agents (ids).
            source: Only messages sent through the API, or only messages written in the chat. Allowed: `api`,
                `chat`.
            target: Only messages to people, groups or channels. Allowed: `user`, `group`, `channel`.
            type: Only these types of messages. Allowed: `text`, `image`, `video`, `audio`, `voice`,
                `document`, `location`, `contact`, `buttons`, `list`, `template`.
            wa_ids: Only messages with these WhatsApp ids.
            devices: Only messages of these numbers (ids).
            device: Only messages of this number (id).
            reference: Only messages with these references.
            priority: Only messages with these priorities. Allowed: `low`, `normal`, `high`, `urgent`.
            phone: Only messages to this phone number.
            group: Only messages to this group (wid).
            channel: Only messages to this channel (wid).
            after: Only messages after this time.
            before: Only messages before this time.
            created_after: Only messages created after this time.
            created_before: Only messages created before this time.
            sort: Order of the messages. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            size: Messages per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.OutboundMessage` names the known fields; any may
            be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.outbound.iter(reference=["order-17"]): ...

        `GET /messages` · idempotent · documented.
        Title: `Outbound Messages:Search Messages`.
        """
        return self._iterate(
            "outbound.list",
            (
                search,
                status,
                delivery_status,
                webhook_status,
                include,
                ids,
                agents,
                source,
                target,
                type,
                wa_ids,
                devices,
                device,
                reference,
                priority,
                phone,
                group,
                channel,
                after,
                before,
                created_after,
                created_before,
                sort,
                size,
                None,
            ),
            options,
            max_pages,
        )

    async def get(
        self,
        message: str,
        *,
        include: Sequence[OutboundExtra] | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Read one outbound message with its delivery state and dates.

        Args:
            message: Id of the outbound message (24 hex digits), as the send operation returned it.
            include: Additional data to include in the message. Allowed: `device`, `agent`, `events`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.outbound.get(message))["deliveryStatus"]

        `GET /messages/{message}` · idempotent · documented.
        Title: `Outbound Messages:Get Message`.
        """
        return await self._call("outbound.get", (message, include), options)

    async def update(
        self,
        message: str,
        *,
        text: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        device: str | None = None,
        agent: str | None = None,
        deliver_at: datetime | str | None = None,
        priority: MessagePriority | None = None,
        reference: str | None = None,
        label: str | None = None,
        remove_fields: Sequence[OutboundField] | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Change a queued message.

        Give at least one field to change. Give at most one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: Id of the outbound message (24 hex digits), as the send operation returned it.
            text: The text.
            phone: Phone number of a new recipient.
            group: Wid of a new recipient group.
            channel: Wid of a new recipient channel.
            chat: Wid of a new recipient chat.
            device: Id of the sending number.
            agent: Id of the agent (user) who is shown as the sender.
            deliver_at: When to send it.
            priority: Priority in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
            reference: Your own reference, to find the message by.
            label: A label for the message.
            remove_fields: Fields to clear. Allowed: `reference`, `media`, `media.file`, `media.message`,
                `media.reference`, `location`, `location.address`, `location.coordinates`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.outbound.update(message, priority="high")

        `PATCH /messages/{message}` · idempotent · observed in 3 public codebases.
        Title: `Outbound Messages:Update Message`.
        """
        return await self._call(
            "outbound.update",
            (message, text, phone, group, channel, chat, device, agent, deliver_at, priority, reference, label, remove_fields),
            options,
        )

    async def delete(self, message: str, *, force: bool | None = None, options: Options | None = None) -> dict[str, Any]:
        """Delete an outbound message. A queued message is not sent.

        Args:
            message: Id of the outbound message (24 hex digits), as the send operation returned it.
            force: Delete it even while it is being sent.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The message does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.outbound.delete(message)

        `DELETE /messages/{message}` · idempotent · observed in 4 public codebases.
        Title: `Outbound Messages:Delete Message`.
        """
        return await self._call("outbound.delete", (message, force), options)
