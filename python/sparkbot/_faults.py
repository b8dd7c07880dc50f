"""The faults of a sandbox, and calls to its server with JSON."""

from __future__ import annotations

import json

from ._annotations import make_public
from .errors import InvalidArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from ._sparkbot import SandboxServer

__all__ = ["Faults", "call_with_json"]


class Faults:
    """The faults of a sandbox: what fails, for which requests, how often.

    All methods also accept ``operation`` (``"chats.unassign"``, ``"chats.*"``), ``method``, ``path`` (a prefix, or a pattern
    with ``*``), ``after`` (number of matching requests to skip) and ``count`` (number of requests, after which the fault is
    removed). The first matching fault determines the response; latencies add up. Iterating yields the active faults.
    """

    def __init__(self, server: SandboxServer) -> None:
        self._server = server

    def add(self, kind: str, **fields: object) -> int:
        """Add a fault of any kind, and return its id. Fields that are None are omitted."""
        fault = {"kind": kind} | {name: value for name, value in fields.items() if value is not None}
        fault_id: int = call_with_json(self._server.add_fault, fault)
        return fault_id

    def status(
        self, status: int, *, message: str | None = None, headers: Mapping[str, str] | None = None, **fields: object
    ) -> int:
        """Respond with this status. ``body`` replaces the API's error format; ``executed=True`` executes the request first."""
        return self.add("status", status=status, message=message, headers=dict(headers) if headers else None, **fields)

    def latency(self, seconds: float, **fields: object) -> int:
        """Delay the response. The request is executed before the delay, with ``executed=False`` after it."""
        return self.add("latency", seconds=seconds, **fields)

    def reset_connection(self, *, executed: bool = False, **fields: object) -> int:
        """Reset the connection when the request has been read, before or after it is executed."""
        return self.add("reset", executed=executed, **fields)

    def truncate(self, *, bytes: int | None = None, **fields: object) -> int:
        """Execute the request, and truncate its response after this number of bytes; by default after half."""
        return self.add("truncate", bytes=bytes, **fields)

    def rate_limit(self, per_second: float, *, retry_after: float | None = None, **fields: object) -> int:
        """Respond with 429 to requests that exceed the rate; ``retry_after`` is sent as `Retry-After`."""
        return self.add("rate_limit", per_second=per_second, retry_after=retry_after, **fields)

    def offline(self, device: str, **fields: object) -> int:
        """Take the session of a device offline: 503 for operations that need it, or for the given operations."""
        return self.add("offline", device=device, **fields)

    def webhooks(self, *, copies: int = 1, reverse: bool = False, batch: int = 1) -> None:
        """Duplicate, reorder or batch webhook events, until ``clear()``.

        Args:
            copies: Number of times that each event is posted, 1 to 10.
            reverse: Post the last event first. Events are deferred until the next ``settle()``.
            batch: Maximum number of sent, or failed, messages in one list, 1 to 25. Events are deferred until ``settle()``.
        """
        call_with_json(self._server.set_webhook_delivery, {"copies": copies, "reverse": reverse, "batch": batch})

    def clear(self) -> None:
        """Remove all faults, and restore the default delivery of webhooks."""
        self._server.clear_faults()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._server.faults())

    def __len__(self) -> int:
        return len(self._server.faults())

    def __repr__(self) -> str:
        return f"<sparkbot.sandbox.Faults {list(self)!r}>"


def call_with_json(function: Callable[[str], Any], argument: object) -> Any:
    """Calls the function with the argument as JSON. Errors become an `InvalidArgumentError`."""
    try:
        return function(json.dumps(argument, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgumentError(str(error)) from error


make_public(__name__)
