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
        device: str,
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

        The answer comes when the message is in the queue; `outbound.get` tells what became of it. Not
        repeated after an unclear failure, so that nobody gets it twice: set `reference` and look for it with
        `outbound.list`.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: The text. Up to 6000 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.text(device=device, phone="+447362053576", message="Hello")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            message: Text under the file. Up to 6000 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of a file that was uploaded before. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                The service takes `native` if not given.
            filename: Name of the file in WhatsApp.
            view_once: Let the file be opened only once.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.media(device=device, phone="+447362053576", url="https://example.com/menu.pdf")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Send a text or a file at a later moment.

        Give at least one of `message`, `url` and `file`. Give exactly one of `phone`, `group`, `channel` and
        `chat`. Give at most one of `url` and `file`.

        Args:
            deliver_at: When to send the message.
            message: The text, or the text under the file. Up to 6000 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of a file that was uploaded before. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                The service takes `native` if not given.
            filename: Name of the file in WhatsApp.
            view_once: Let the file be opened only once.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.scheduled(
            ...     device=device,
            ...     phone="+447362053576",
            ...     deliver_at="2030-01-31T09:00:00Z",
            ...     message="Happy birthday",
            ... )

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            choices: The answers to choose from, each of up to 100 characters. Up to 100 characters. At least
                2 of them. Up to 10 of them.
            multiple: Whether several answers may be chosen.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.poll(device=device, phone="+447362053576", name="Lunch?", choices=["Pizza", "Soup"])

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            choices: What to vote for; replaces earlier votes. At least 1 of them. Up to 12 of them. Keys:
                `id`, `value`, exactly one of `id` and `value`; see `sparkbot.types.PollVote`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.vote(device=device, phone="+447362053576", poll=message, choices=[{"id": 0}])

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Take all votes in a poll back.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            poll: Id of the poll's message. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.clear_vote(device=device, phone="+447362053576", poll=message)

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Send an invitation to a meeting.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            name: What it is called. Up to 100 characters.
            date: When it begins.
            description: What it is about. Up to 2048 characters.
            location: Where it is. Up to 255 characters.
            latitude: Where it is, in degrees north. At least -90. At most 90.
            longitude: Where it is, in degrees east. At least -180. At most 180.
            call: Kind of call, if it is one. Allowed: `voice`, `video`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.event(device=device, phone="+447362053576", name="Demo", date="2030-01-31T09:00:00Z")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Accept or decline an invitation to a meeting.

        Sent under the documented name, `attend`; one public client sends `confirm` instead.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            event: Id of the invitation's message. Such as `3EB0A1B2C3D4E5F60718`.
            confirm: `True` accepts, `False` declines.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.event_response(device=device, phone="+447362053576", event=message, confirm=True)

        `POST /messages` · never repeated · documented.
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
        address: str | None = None,
        coordinates: Sequence[float] | None = None,
        name: str | None = None,
        device: str,
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
        """Send a place.

        Give exactly one of `phone`, `group`, `channel` and `chat`. Give exactly one of `address` and
        `coordinates`.

        Args:
            address: Address of the place; or give `coordinates`. At least 3 characters. Up to 100 characters.
            coordinates: Latitude and longitude in degrees, such as `[51.5, -0.12]`. At least 2 of them. Up to
                2 of them.
            name: Name of the place. Up to 100 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.location(device=device, phone="+447362053576", coordinates=[51.5, -0.12], name="London")

        `POST /messages` · never repeated · documented.
        Title: `Send messages:Send location`.
        """
        return self._call(
            "send.location",
            (
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
        device: str,
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
            contacts: The people. At least 1 of them. Up to 10 of them. Keys: `phone` (needed), `name`
                (needed); see `sparkbot.types.SharedContact`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.contacts(device=device, phone="+447362053576", contacts=[{"phone": "+447362053577", "name": "Ada"}])

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """React to a message with an emoji, or take the reaction back.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            reaction: An emoji; `-` takes the reaction back. Up to 10 characters.
            reaction_message: Id of the message to react to. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.reaction(device=device, phone="+447362053576", reaction="👍", reaction_message=message)

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.product(device=device, phone="+447362053576", product="1234567890123456")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Send a message on to somebody else.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: Id of the message. Such as `3EB0A1B2C3D4E5F60718`.
            source_chat: Wid of the chat that it is in. At least 8 characters. Up to 32 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.send.forward(device=device, phone="+447362053576", message=message)

        `POST /messages` · never repeated · documented.
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
        device: str,
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

        The answer comes when the message is in the queue; `outbound.get` tells what became of it. Not
        repeated after an unclear failure, so that nobody gets it twice: set `reference` and look for it with
        `outbound.list`.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: The text. Up to 6000 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.text(device=device, phone="+447362053576", message="Hello")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            message: Text under the file. Up to 6000 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of a file that was uploaded before. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                The service takes `native` if not given.
            filename: Name of the file in WhatsApp.
            view_once: Let the file be opened only once.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.media(device=device, phone="+447362053576", url="https://example.com/menu.pdf")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Send a text or a file at a later moment.

        Give at least one of `message`, `url` and `file`. Give exactly one of `phone`, `group`, `channel` and
        `chat`. Give at most one of `url` and `file`.

        Args:
            deliver_at: When to send the message.
            message: The text, or the text under the file. Up to 6000 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            url: Public address of the file; or give `file`. At least 5 characters. Up to 1000 characters.
                Such as `https://example.com/path`.
            file: Id of a file that was uploaded before. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                The service takes `native` if not given.
            filename: Name of the file in WhatsApp.
            view_once: Let the file be opened only once.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.scheduled(
            ...     device=device,
            ...     phone="+447362053576",
            ...     deliver_at="2030-01-31T09:00:00Z",
            ...     message="Happy birthday",
            ... )

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            choices: The answers to choose from, each of up to 100 characters. Up to 100 characters. At least
                2 of them. Up to 10 of them.
            multiple: Whether several answers may be chosen.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.poll(device=device, phone="+447362053576", name="Lunch?", choices=["Pizza", "Soup"])

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            choices: What to vote for; replaces earlier votes. At least 1 of them. Up to 12 of them. Keys:
                `id`, `value`, exactly one of `id` and `value`; see `sparkbot.types.PollVote`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.vote(device=device, phone="+447362053576", poll=message, choices=[{"id": 0}])

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Take all votes in a poll back.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            poll: Id of the poll's message. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.clear_vote(device=device, phone="+447362053576", poll=message)

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Send an invitation to a meeting.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            name: What it is called. Up to 100 characters.
            date: When it begins.
            description: What it is about. Up to 2048 characters.
            location: Where it is. Up to 255 characters.
            latitude: Where it is, in degrees north. At least -90. At most 90.
            longitude: Where it is, in degrees east. At least -180. At most 180.
            call: Kind of call, if it is one. Allowed: `voice`, `video`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.event(device=device, phone="+447362053576", name="Demo", date="2030-01-31T09:00:00Z")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Accept or decline an invitation to a meeting.

        Sent under the documented name, `attend`; one public client sends `confirm` instead.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            event: Id of the invitation's message. Such as `3EB0A1B2C3D4E5F60718`.
            confirm: `True` accepts, `False` declines.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.event_response(device=device, phone="+447362053576", event=message, confirm=True)

        `POST /messages` · never repeated · documented.
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
        address: str | None = None,
        coordinates: Sequence[float] | None = None,
        name: str | None = None,
        device: str,
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
        """Send a place.

        Give exactly one of `phone`, `group`, `channel` and `chat`. Give exactly one of `address` and
        `coordinates`.

        Args:
            address: Address of the place; or give `coordinates`. At least 3 characters. Up to 100 characters.
            coordinates: Latitude and longitude in degrees, such as `[51.5, -0.12]`. At least 2 of them. Up to
                2 of them.
            name: Name of the place. Up to 100 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.location(device=device, phone="+447362053576", coordinates=[51.5, -0.12], name="London")

        `POST /messages` · never repeated · documented.
        Title: `Send messages:Send location`.
        """
        return await self._call(
            "send.location",
            (
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
        device: str,
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
            contacts: The people. At least 1 of them. Up to 10 of them. Keys: `phone` (needed), `name`
                (needed); see `sparkbot.types.SharedContact`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.contacts(
            ...     device=device,
            ...     phone="+447362053576",
            ...     contacts=[{"phone": "+447362053577", "name": "Ada"}],
            ... )

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """React to a message with an emoji, or take the reaction back.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            reaction: An emoji; `-` takes the reaction back. Up to 10 characters.
            reaction_message: Id of the message to react to. Such as `3EB0A1B2C3D4E5F60718`.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.reaction(device=device, phone="+447362053576", reaction="👍", reaction_message=message)

        `POST /messages` · never repeated · documented.
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
        device: str,
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
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.product(device=device, phone="+447362053576", product="1234567890123456")

        `POST /messages` · never repeated · documented.
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
        device: str,
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
        """Send a message on to somebody else.

        Give exactly one of `phone`, `group`, `channel` and `chat`.

        Args:
            message: Id of the message. Such as `3EB0A1B2C3D4E5F60718`.
            source_chat: Wid of the chat that it is in. At least 8 characters. Up to 32 characters.
            device: Id of the number that sends (24 hex digits). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phone: The receiver's phone number, E.164 with `+`; or give `group`, `channel` or `chat`. Such as
                `+447362053576`.
            group: The receiving group's wid, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            channel: The receiving channel's wid, which ends in `@newsletter`. Such as
                `120363012345678902@newsletter`.
            chat: The receiving chat's wid, whatever its kind. Such as `447362053576@c.us`.
            priority: How soon the message leaves the queue. Allowed: `low`, `normal`, `high`, `urgent`. The
                service takes `normal` if not given.
            label: A label for the message.
            reference: Your own text to find the message by.
            agent: Id of the agent (user) in whose name it is sent. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            live: Send only while the number is online. The service takes `False` if not given.
            enqueue: Whether the message waits in the queue. Allowed: `always`, `never`, `opportunistic`.
            retries: How often the service tries again to deliver. At least 0. At most 100. The service takes
                `25` if not given.
            send_read_ack: Mark the chat as read. The service takes `False` if not given.
            typing: Seconds to show the typing state before; 2 to 30, 0 for none. At least 0. At most 30. The
                service takes `0` if not given.
            quote: Id of the WhatsApp message to answer to. Such as `3EB0A1B2C3D4E5F60718`.
            order: Keep the order of the messages to this chat; not with `live` or `enqueue="never"`. The
                service takes `False` if not given.
            actions: What to do with the chat once the message is sent. Keys: `action` (needed), `params`; see
                `sparkbot.types.ChatAction`.
            expiration: When to give the message up if it is not sent yet. Keys: `seconds`, `duration`,
                `date`, exactly one of `seconds`, `duration` and `date`; see
                `sparkbot.types.MessageExpiration`.
            deliver_at: When to send the message; at once if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.OutboundMessage` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.send.forward(device=device, phone="+447362053576", message=message)

        `POST /messages` · never repeated · documented.
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
