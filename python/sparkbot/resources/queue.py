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
    """Messages of a number that wait to be sent."""

    __slots__ = ()

    def get_status(self, device: str, *, options: Options | None = None) -> QueueStatus:
        """Read how many messages wait in a number's queue, and whether it runs.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.QueueStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.queue.get_status(device)

        `GET /devices/{device}/queue` · safe to repeat · time limit 150 s · observed in 3 public codebases.
        Title: `Queue:Get Queue Status`.
        """
        return self._call("queue.get_status", (device,), options)

    def route(self, device: str, target: str, *, options: Options | None = None) -> dict[str, Any]:
        """Move the waiting messages of one number to another number's queue.

        `device` is the number that the messages leave, `target` the one that will send them. Not repeated
        after an unclear failure: a second run would also move the messages that arrived in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            target: Id of the number that takes the messages over; not the same as `device`. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> client.queue.route(device, target)

        `PATCH /devices/{device}/queue` · never repeated · time limit 150 s · observed in 2 public codebases.
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
        """Let a number's queue run, pause it, refuse new messages, or freeze it.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: The new status. Allowed: `active`, `pause`, `reject`, `freeze`.
            force: With `active` or `reject`: at once, without the delay of 30 minutes. The service takes
                `False` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.queue.set_status(device, "pause")

        `POST /devices/{device}/queue` · safe to repeat · time limit 150 s · observed in 1 public codebase.
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
        """Delete the waiting messages of a number, or some of them.

        Without a filter the whole queue is emptied. Not repeated after an unclear failure: a second run would
        also delete the messages that arrived in between.

        Give at most one of `ids`, `phones` and `groups`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            wait: Answer only when it is done, which takes up to 90 seconds.
            skip_scheduled: Keep the messages that wait for their moment.
            ids: Only these messages. At least 1 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phones: Only messages to these phone numbers, E.164 with `+`. At least 1 of them. Such as
                `+447362053576`.
            groups: Only messages to these groups or broadcast lists (wids). At least 1 of them.
            before: Only messages created before this moment.
            after: Only messages created after this moment.
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
            >>> client.queue.empty(device, phones=["+447362053576"])

        `DELETE /devices/{device}/queue` · never repeated · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Empty Queue`.
        """
        return self._call("queue.empty", (device, wait, skip_scheduled, ids, phones, groups, before, after), options)


class AsyncQueue(AsyncResource):
    """Messages of a number that wait to be sent."""

    __slots__ = ()

    async def get_status(self, device: str, *, options: Options | None = None) -> QueueStatus:
        """Read how many messages wait in a number's queue, and whether it runs.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.QueueStatus` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.queue.get_status(device)

        `GET /devices/{device}/queue` · safe to repeat · time limit 150 s · observed in 3 public codebases.
        Title: `Queue:Get Queue Status`.
        """
        return await self._call("queue.get_status", (device,), options)

    async def route(self, device: str, target: str, *, options: Options | None = None) -> dict[str, Any]:
        """Move the waiting messages of one number to another number's queue.

        `device` is the number that the messages leave, `target` the one that will send them. Not repeated
        after an unclear failure: a second run would also move the messages that arrived in between.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            target: Id of the number that takes the messages over; not the same as `device`. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> await client.queue.route(device, target)

        `PATCH /devices/{device}/queue` · never repeated · time limit 150 s · observed in 2 public codebases.
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
        """Let a number's queue run, pause it, refuse new messages, or freeze it.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: The new status. Allowed: `active`, `pause`, `reject`, `freeze`.
            force: With `active` or `reject`: at once, without the delay of 30 minutes. The service takes
                `False` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.queue.set_status(device, "pause")

        `POST /devices/{device}/queue` · safe to repeat · time limit 150 s · observed in 1 public codebase.
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
        """Delete the waiting messages of a number, or some of them.

        Without a filter the whole queue is emptied. Not repeated after an unclear failure: a second run would
        also delete the messages that arrived in between.

        Give at most one of `ids`, `phones` and `groups`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            wait: Answer only when it is done, which takes up to 90 seconds.
            skip_scheduled: Keep the messages that wait for their moment.
            ids: Only these messages. At least 1 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            phones: Only messages to these phone numbers, E.164 with `+`. At least 1 of them. Such as
                `+447362053576`.
            groups: Only messages to these groups or broadcast lists (wids). At least 1 of them.
            before: Only messages created before this moment.
            after: Only messages created after this moment.
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
            >>> await client.queue.empty(device, phones=["+447362053576"])

        `DELETE /devices/{device}/queue` · never repeated · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Empty Queue`.
        """
        return await self._call("queue.empty", (device, wait, skip_scheduled, ids, phones, groups, before, after), options)
