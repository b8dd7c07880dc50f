# Generated from src/api/operations/send.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Literal

    from sparkbot.options import Options
    from sparkbot.types import (
        ChatAction,
        FileFormat,
        MessageExpiration,
        MessagePriority,
        OutboundMessage,
        PollVote,
        SharedContact,
    )


class Send(Resource):
    """Messages to send, each to one person, group or channel."""

    __slots__ = ()

    def text(
        self,
        *,
        message: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a text.

        The service responds when the message is queued; `outbound.get` returns its delivery state. Not
        idempotent, so that no recipient gets the message twice: to find out whether it was sent, set
        `reference` and search with `outbound.list`.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: The text. Up to 6000 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.text(device=device, phone="+447362053576", message="Hello")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send text message`.
        """
        return self._call(
            "send.text",
            (
                message,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def media(
        self,
        *,
        message: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        url: str | None = None,
        file: str | None = None,
        format: FileFormat | None = None,
        filename: str | None = None,
        view_once: bool | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send an image, a video, a sound or a document.

        Give exactly one of `phone`, `group`, `channel` and `chat`. Give exactly one of `url` and `file`.

        Args:
            message: Caption of the file. Up to 6000 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of an uploaded file. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                Default of the service: `native`.
            filename: Name of the file in WhatsApp.
            view_once: Whether the file can be opened only once.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.media(device=device, phone="+447362053576", url="https://example.com/menu.pdf")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send multimedia message`.
        """
        return self._call(
            "send.media",
            (
                message,
                device,
                phone,
                group,
                channel,
                chat,
                url,
                file,
                format,
                filename,
                view_once,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def scheduled(
        self,
        *,
        deliver_at: datetime | str,
        message: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        url: str | None = None,
        file: str | None = None,
        format: FileFormat | None = None,
        filename: str | None = None,
        view_once: bool | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Schedule a text or a file.

        Give at least one of `message`, `url` and `file`. Give exactly one of `phone`, `group`, `channel` and
        `chat`. Give at most one of `url` and `file`.

        Args:
            deliver_at: When to send the message.
            message: The text, or the caption of the file. Up to 6000 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of an uploaded file. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                Default of the service: `native`.
            filename: Name of the file in WhatsApp.
            view_once: Whether the file can be opened only once.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.scheduled(
            ...     device=device,
            ...     phone="+447362053576",
            ...     deliver_at="2030-01-31T09:00:00Z",
            ...     message="Happy birthday",
            ... )

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send scheduled message`.
        """
        return self._call(
            "send.scheduled",
            (
                deliver_at,
                message,
                device,
                phone,
                group,
                channel,
                chat,
                url,
                file,
                format,
                filename,
                view_once,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
            ),
            options,
        )

    def poll(
        self,
        *,
        name: str,
        choices: Sequence[str],
        multiple: bool | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a poll.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            name: The question. Up to 250 characters.
            choices: The options, each of up to 100 characters. Up to 100 characters. At least 2 of them. Up
                to 10 of them.
            multiple: Whether several options may be chosen.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.poll(device=device, phone="+447362053576", name="Lunch?", choices=["Pizza", "Soup"])

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send poll message`.
        """
        return self._call(
            "send.poll",
            (
                name,
                choices,
                multiple,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def vote(
        self,
        *,
        poll: str,
        choices: Sequence[PollVote],
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Vote in a poll.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            poll: Id of the poll's message. Such as `3EB0A1B2C3D4E5F60718`.
            choices: Options to vote for; replace earlier votes. At least 1 of them. Up to 12 of them. Keys:
                `id`, `value`, exactly one of `id` and `value`; see `sparkbot.types.PollVote`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.vote(device=device, phone="+447362053576", poll=message, choices=[{"id": 0}])

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send votes in a poll`.
        """
        return self._call(
            "send.vote",
            (
                poll,
                choices,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def clear_vote(
        self,
        *,
        poll: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Retract all votes in a poll.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            poll: Id of the poll's message. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.clear_vote(device=device, phone="+447362053576", poll=message)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Delete votes in a poll`.
        """
        return self._call(
            "send.clear_vote",
            (
                poll,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def event(
        self,
        *,
        name: str,
        date: datetime | str,
        description: str | None = None,
        location: str | None = None,
        latitude: float | None = None,
        longitude: float | None = None,
        call: Literal["voice", "video"] | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send an event invitation.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            name: Name of the event. Up to 100 characters.
            date: Start of the event.
            description: Description of the event. Up to 2048 characters.
            location: Location of the event. Up to 255 characters.
            latitude: Latitude in degrees north. At least -90. At most 90.
            longitude: Longitude in degrees east. At least -180. At most 180.
            call: Kind of call, if the event is a call. Allowed: `voice`, `video`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.event(device=device, phone="+447362053576", name="Demo", date="2030-01-31T09:00:00Z")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send meeting event`.
        """
        return self._call(
            "send.event",
            (
                name,
                date,
                description,
                location,
                latitude,
                longitude,
                call,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def event_response(
        self,
        *,
        event: str,
        confirm: bool,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Accept or decline an event invitation.

        Uses the documented field `attend`; one public client sends `confirm` instead, which the sandbox takes
        too.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            event: Id of the invitation's message. Such as `3EB0A1B2C3D4E5F60718`.
            confirm: `True` accepts, `False` declines.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.event_response(device=device, phone="+447362053576", event=message, confirm=True)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send meeting confirmation`.
        """
        return self._call(
            "send.event_response",
            (
                event,
                confirm,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def location(
        self,
        *,
        message: str | None = None,
        address: str | None = None,
        coordinates: Sequence[float] | None = None,
        name: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a location.

        Give exactly one of `phone`, `group`, `channel` and `chat`. Give exactly one of `address` and
        `coordinates`.

        Args:
            message: Text sent with the location; one other client sends it. Up to 6000 characters. Less
                certain than the operation.
            address: Address of the location; or give `coordinates`. At least 3 characters. Up to 100
                characters.
            coordinates: Latitude and longitude in degrees, such as `[51.5, -0.12]`. At least 2 of them. Up to
                2 of them.
            name: Name of the location. Up to 100 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.location(device=device, phone="+447362053576", coordinates=[51.5, -0.12], name="London")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send location`.
        """
        return self._call(
            "send.location",
            (
                message,
                address,
                coordinates,
                name,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def contacts(
        self,
        *,
        contacts: Sequence[SharedContact],
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send the names and numbers of up to 10 people.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            contacts: The people. At least 1 of them. Up to 10 of them. Keys: `phone` (required), `name`
                (required); see `sparkbot.types.SharedContact`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.contacts(device=device, phone="+447362053576", contacts=[{"phone": "+447362053577", "name": "Ada"}])

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send contacts`.
        """
        return self._call(
            "send.contacts",
            (
                contacts,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def reaction(
        self,
        *,
        reaction: str,
        reaction_message: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """React to a message with an emoji, or remove the reaction.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            reaction: An emoji; `-` removes the reaction. Up to 10 characters.
            reaction_message: Id of the message to react to. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.reaction(device=device, phone="+447362053576", reaction="👍", reaction_message=message)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send reaction`.
        """
        return self._call(
            "send.reaction",
            (
                reaction,
                reaction_message,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def product(
        self,
        *,
        product: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a product of the number's catalog.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            product: Id of the product (16 to 18 digits). At least 16 characters. Up to 18 characters. Such as
                `1234567890123456`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.product(device=device, phone="+447362053576", product="1234567890123456")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send catalog product`.
        """
        return self._call(
            "send.product",
            (
                product,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    def forward(
        self,
        *,
        message: str,
        source_chat: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Forward a message.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: Id of the message. Such as `3EB0A1B2C3D4E5F60718`.
            source_chat: Wid of the chat of the message. At least 8 characters. Up to 32 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.send.forward(device=device, phone="+447362053576", message=message)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Forward message`.
        """
        return self._call(
            "send.forward",
            (
                message,
                source_chat,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )


class AsyncSend(AsyncResource):
    """Messages to send, each to one person, group or channel."""

    __slots__ = ()

    async def text(
        self,
        *,
        message: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a text.

        The service responds when the message is queued; `outbound.get` returns its delivery state. Not
        idempotent, so that no recipient gets the message twice: to find out whether it was sent, set
        `reference` and search with `outbound.list`.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: The text. Up to 6000 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.text(device=device, phone="+447362053576", message="Hello")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send text message`.
        """
        return await self._call(
            "send.text",
            (
                message,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def media(
        self,
        *,
        message: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        url: str | None = None,
        file: str | None = None,
        format: FileFormat | None = None,
        filename: str | None = None,
        view_once: bool | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send an image, a video, a sound or a document.

        Give exactly one of `phone`, `group`, `channel` and `chat`. Give exactly one of `url` and `file`.

        Args:
            message: Caption of the file. Up to 6000 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of an uploaded file. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                Default of the service: `native`.
            filename: Name of the file in WhatsApp.
            view_once: Whether the file can be opened only once.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.media(device=device, phone="+447362053576", url="https://example.com/menu.pdf")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send multimedia message`.
        """
        return await self._call(
            "send.media",
            (
                message,
                device,
                phone,
                group,
                channel,
                chat,
                url,
                file,
                format,
                filename,
                view_once,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def scheduled(
        self,
        *,
        deliver_at: datetime | str,
        message: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        url: str | None = None,
        file: str | None = None,
        format: FileFormat | None = None,
        filename: str | None = None,
        view_once: bool | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Schedule a text or a file.

        Give at least one of `message`, `url` and `file`. Give exactly one of `phone`, `group`, `channel` and
        `chat`. Give at most one of `url` and `file`.

        Args:
            deliver_at: When to send the message.
            message: The text, or the caption of the file. Up to 6000 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of an uploaded file. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                Default of the service: `native`.
            filename: Name of the file in WhatsApp.
            view_once: Whether the file can be opened only once.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.scheduled(
            ...     device=device,
            ...     phone="+447362053576",
            ...     deliver_at="2030-01-31T09:00:00Z",
            ...     message="Happy birthday",
            ... )

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send scheduled message`.
        """
        return await self._call(
            "send.scheduled",
            (
                deliver_at,
                message,
                device,
                phone,
                group,
                channel,
                chat,
                url,
                file,
                format,
                filename,
                view_once,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
            ),
            options,
        )

    async def poll(
        self,
        *,
        name: str,
        choices: Sequence[str],
        multiple: bool | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a poll.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            name: The question. Up to 250 characters.
            choices: The options, each of up to 100 characters. Up to 100 characters. At least 2 of them. Up
                to 10 of them.
            multiple: Whether several options may be chosen.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.poll(device=device, phone="+447362053576", name="Lunch?", choices=["Pizza", "Soup"])

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send poll message`.
        """
        return await self._call(
            "send.poll",
            (
                name,
                choices,
                multiple,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def vote(
        self,
        *,
        poll: str,
        choices: Sequence[PollVote],
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Vote in a poll.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            poll: Id of the poll's message. Such as `3EB0A1B2C3D4E5F60718`.
            choices: Options to vote for; replace earlier votes. At least 1 of them. Up to 12 of them. Keys:
                `id`, `value`, exactly one of `id` and `value`; see `sparkbot.types.PollVote`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.vote(device=device, phone="+447362053576", poll=message, choices=[{"id": 0}])

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send votes in a poll`.
        """
        return await self._call(
            "send.vote",
            (
                poll,
                choices,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def clear_vote(
        self,
        *,
        poll: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Retract all votes in a poll.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            poll: Id of the poll's message. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.clear_vote(device=device, phone="+447362053576", poll=message)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Delete votes in a poll`.
        """
        return await self._call(
            "send.clear_vote",
            (
                poll,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def event(
        self,
        *,
        name: str,
        date: datetime | str,
        description: str | None = None,
        location: str | None = None,
        latitude: float | None = None,
        longitude: float | None = None,
        call: Literal["voice", "video"] | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send an event invitation.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            name: Name of the event. Up to 100 characters.
            date: Start of the event.
            description: Description of the event. Up to 2048 characters.
            location: Location of the event. Up to 255 characters.
            latitude: Latitude in degrees north. At least -90. At most 90.
            longitude: Longitude in degrees east. At least -180. At most 180.
            call: Kind of call, if the event is a call. Allowed: `voice`, `video`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.event(device=device, phone="+447362053576", name="Demo", date="2030-01-31T09:00:00Z")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send meeting event`.
        """
        return await self._call(
            "send.event",
            (
                name,
                date,
                description,
                location,
                latitude,
                longitude,
                call,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def event_response(
        self,
        *,
        event: str,
        confirm: bool,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Accept or decline an event invitation.

        Uses the documented field `attend`; one public client sends `confirm` instead, which the sandbox takes
        too.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            event: Id of the invitation's message. Such as `3EB0A1B2C3D4E5F60718`.
            confirm: `True` accepts, `False` declines.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.event_response(device=device, phone="+447362053576", event=message, confirm=True)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send meeting confirmation`.
        """
        return await self._call(
            "send.event_response",
            (
                event,
                confirm,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def location(
        self,
        *,
        message: str | None = None,
        address: str | None = None,
        coordinates: Sequence[float] | None = None,
        name: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a location.

        Give exactly one of `phone`, `group`, `channel` and `chat`. Give exactly one of `address` and
        `coordinates`.

        Args:
            message: Text sent with the location; one other client sends it. Up to 6000 characters. Less
                certain than the operation.
            address: Address of the location; or give `coordinates`. At least 3 characters. Up to 100
                characters.
            coordinates: Latitude and longitude in degrees, such as `[51.5, -0.12]`. At least 2 of them. Up to
                2 of them.
            name: Name of the location. Up to 100 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.location(device=device, phone="+447362053576", coordinates=[51.5, -0.12], name="London")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send location`.
        """
        return await self._call(
            "send.location",
            (
                message,
                address,
                coordinates,
                name,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def contacts(
        self,
        *,
        contacts: Sequence[SharedContact],
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send the names and numbers of up to 10 people.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            contacts: The people. At least 1 of them. Up to 10 of them. Keys: `phone` (required), `name`
                (required); see `sparkbot.types.SharedContact`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.contacts(
            ...     device=device,
            ...     phone="+447362053576",
            ...     contacts=[{"phone": "+447362053577", "name": "Ada"}],
            ... )

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send contacts`.
        """
        return await self._call(
            "send.contacts",
            (
                contacts,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def reaction(
        self,
        *,
        reaction: str,
        reaction_message: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """React to a message with an emoji, or remove the reaction.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            reaction: An emoji; `-` removes the reaction. Up to 10 characters.
            reaction_message: Id of the message to react to. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.reaction(device=device, phone="+447362053576", reaction="👍", reaction_message=message)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send reaction`.
        """
        return await self._call(
            "send.reaction",
            (
                reaction,
                reaction_message,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def product(
        self,
        *,
        product: str,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Send a product of the number's catalog.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            product: Id of the product (16 to 18 digits). At least 16 characters. Up to 18 characters. Such as
                `1234567890123456`.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.product(device=device, phone="+447362053576", product="1234567890123456")

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Send catalog product`.
        """
        return await self._call(
            "send.product",
            (
                product,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )

    async def forward(
        self,
        *,
        message: str,
        source_chat: str | None = None,
        device: str | None = None,
        phone: str | None = None,
        group: str | None = None,
        channel: str | None = None,
        chat: str | None = None,
        priority: MessagePriority | None = None,
        label: str | None = None,
        reference: str | None = None,
        agent: str | None = None,
        live: bool | None = None,
        enqueue: Literal["always", "never", "opportunistic"] | None = None,
        retries: int | None = None,
        send_read_ack: bool | None = None,
        typing: int | None = None,
        quote: str | None = None,
        order: bool | None = None,
        actions: Sequence[ChatAction] | None = None,
        expiration: MessageExpiration | None = None,
        deliver_at: datetime | str | None = None,
        options: Options | None = None,
    ) -> OutboundMessage:
        """Forward a message.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: Id of the message. Such as `3EB0A1B2C3D4E5F60718`.
            source_chat: Wid of the chat of the message. At least 8 characters. Up to 32 characters.
            device: Id of the sending number (24 hex digits); without it, the service sends from the first
                number of the account. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The recipient's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: Wid of the recipient group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            channel: Wid of the recipient channel, ending in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: Wid of the recipient chat, of any kind. Such as `447362053576@c.us`.
            priority: Priority of the message in the queue. Allowed: `low`, `normal`, `high`, `urgent`.
                Default of the service: `normal`.
            label: A label for the message.
            reference: Your own reference, to find the message by.
            agent: Id of the agent (user) who is shown as the sender. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. Default of the service: `False`.
            enqueue: Whether the message is queued. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service retries the delivery. At least 0. At most 100. Default of the
                service: `25`.
            send_read_ack: Mark the chat as read. Default of the service: `False`.
            typing: Seconds to show a typing indicator before sending: 2 to 30, or 0 for none. At least 0. At
                most 30. Default of the service: `0`.
            quote: Id of the WhatsApp message to reply to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. Default
                of the service: `False`.
            actions: Actions on the chat after the message is sent. Keys: `action` (required), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When an unsent message expires. Keys: `seconds`, `duration`, `date`, exactly one of
                `seconds`, `duration` and `date`; see `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; immediately if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.send.forward(device=device, phone="+447362053576", message=message)

        `POST /messages` · not idempotent · documented.
        Title: `Send messages:Forward message`.
        """
        return await self._call(
            "send.forward",
            (
                message,
                source_chat,
                device,
                phone,
                group,
                channel,
                chat,
                priority,
                label,
                reference,
                agent,
                live,
                enqueue,
                retries,
                send_read_ack,
                typing,
                quote,
                order,
                actions,
                expiration,
                deliver_at,
            ),
            options,
        )
