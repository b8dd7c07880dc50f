# Generated from src/api/operations/queue.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import QueueStatus


class Queue(Resource):
    """Queued messages of a number."""

    __slots__ = ()

    def get_status(self, device: str, *, options: Options | None = None) -> QueueStatus:
        """Read the size and the state of a number's queue.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.QueueStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.queue.get_status(device)

        `GET /devices/{device}/queue` · idempotent · time limit 150 s · observed in 3 public codebases.
        Title: `Queue:Get Queue Status`.
        """
        return self._call("queue.get_status", (device,), options)

    def route(self, device: str, target: str, *, options: Options | None = None) -> dict[str, Any]:
        """Move the queued messages of one number to the queue of another number.

        `device` is the number that loses the messages, `target` the number that will send them. Not
        idempotent: a second request would also move the messages that arrived in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            target: Id of the number that receives the messages; must differ from `device`. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> client.queue.route(device, target)

        `PATCH /devices/{device}/queue` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Route Queue`.
        """
        return self._call("queue.route", (device, target), options)

    def set_status(
        self,
        device: str,
        status: Literal["active", "pause", "reject", "freeze"],
        *,
        force: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Activate, pause or freeze a number's queue, or make it reject new messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: The new status. Allowed: `active`, `pause`, `reject`, `freeze`.
            force: With `active` or `reject`: immediately, without the delay of 30 minutes. Default of the
                service: `False`.
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
            >>> client.queue.set_status(device, "pause")

        `POST /devices/{device}/queue` · idempotent · time limit 150 s · observed in 1 public codebase.
        Title: `Queue:Set Queue Status`.
        """
        return self._call("queue.set_status", (device, status, force), options)

    def empty(
        self,
        device: str,
        *,
        wait: bool | None = None,
        skip_scheduled: bool | None = None,
        ids: Sequence[str] | None = None,
        phones: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete all or some queued messages of a number.

        Without a filter, all messages are deleted. Not idempotent: a second request would also delete the
        messages that arrived in between.

        Give at most one of `ids`, `phones` and `groups`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            wait: Wait until it is done, which takes up to 90 seconds.
            skip_scheduled: Keep the scheduled messages.
            ids: Only these messages. At least 1 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phones: Only messages to these phone numbers, E.164 with `+`. At least 1 of them. Such as
                `+447362053576`.
            groups: Only messages to these groups or broadcast lists (wids). At least 1 of them.
            before: Only messages created before this time.
            after: Only messages created after this time.
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
            >>> client.queue.empty(device, phones=["+447362053576"])

        `DELETE /devices/{device}/queue` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Empty Queue`.
        """
        return self._call("queue.empty", (device, wait, skip_scheduled, ids, phones, groups, before, after), options)


class AsyncQueue(AsyncResource):
    """Queued messages of a number."""

    __slots__ = ()

    async def get_status(self, device: str, *, options: Options | None = None) -> QueueStatus:
        """Read the size and the state of a number's queue.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.QueueStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.queue.get_status(device)

        `GET /devices/{device}/queue` · idempotent · time limit 150 s · observed in 3 public codebases.
        Title: `Queue:Get Queue Status`.
        """
        return await self._call("queue.get_status", (device,), options)

    async def route(self, device: str, target: str, *, options: Options | None = None) -> dict[str, Any]:
        """Move the queued messages of one number to the queue of another number.

        `device` is the number that loses the messages, `target` the number that will send them. Not
        idempotent: a second request would also move the messages that arrived in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            target: Id of the number that receives the messages; must differ from `device`. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> await client.queue.route(device, target)

        `PATCH /devices/{device}/queue` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Route Queue`.
        """
        return await self._call("queue.route", (device, target), options)

    async def set_status(
        self,
        device: str,
        status: Literal["active", "pause", "reject", "freeze"],
        *,
        force: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Activate, pause or freeze a number's queue, or make it reject new messages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: The new status. Allowed: `active`, `pause`, `reject`, `freeze`.
            force: With `active` or `reject`: immediately, without the delay of 30 minutes. Default of the
                service: `False`.
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
            >>> await client.queue.set_status(device, "pause")

        `POST /devices/{device}/queue` · idempotent · time limit 150 s · observed in 1 public codebase.
        Title: `Queue:Set Queue Status`.
        """
        return await self._call("queue.set_status", (device, status, force), options)

    async def empty(
        self,
        device: str,
        *,
        wait: bool | None = None,
        skip_scheduled: bool | None = None,
        ids: Sequence[str] | None = None,
        phones: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete all or some queued messages of a number.

        Without a filter, all messages are deleted. Not idempotent: a second request would also delete the
        messages that arrived in between.

        Give at most one of `ids`, `phones` and `groups`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            wait: Wait until it is done, which takes up to 90 seconds.
            skip_scheduled: Keep the scheduled messages.
            ids: Only these messages. At least 1 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phones: Only messages to these phone numbers, E.164 with `+`. At least 1 of them. Such as
                `+447362053576`.
            groups: Only messages to these groups or broadcast lists (wids). At least 1 of them.
            before: Only messages created before this time.
            after: Only messages created after this time.
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
            >>> await client.queue.empty(device, phones=["+447362053576"])

        `DELETE /devices/{device}/queue` · not idempotent · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Empty Queue`.
        """
        return await self._call("queue.empty", (device, wait, skip_scheduled, ids, phones, groups, before, after), options)
