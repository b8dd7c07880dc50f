# Generated from src/api/queue.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
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
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknown: The answer was lost, so the call may have been carried out. Look before you call
                again.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.queue.route(device, target)

        `PATCH /devices/{device}/queue` · never repeated · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Route Queue`.
        """
        return self._call("queue.route", (device, target), options)


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
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
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
            InvalidArgument: An argument is not as described above; nothing was sent.
            NotFound: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknown: The answer was lost, so the call may have been carried out. Look before you call
                again.
            StatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.queue.route(device, target)

        `PATCH /devices/{device}/queue` · never repeated · time limit 150 s · observed in 2 public codebases.
        Title: `Queue:Route Queue`.
        """
        return await self._call("queue.route", (device, target), options)
