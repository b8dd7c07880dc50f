"""Settings of a client and of a single call."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal, TypedDict

    class Options(TypedDict, total=False):
        """Settings of one call, given as `options=` to any method; what is left out is the client's.

        Attributes:
            timeout: Seconds for the whole call with its retries, or a `Timeout`.
            retry: How often the request may be sent in all (1: never again), or a `Retry`.
            headers: Headers to add.
            validate: What a value outside the documented limits is: an `"error"`, a warning (`"warn"`) or nothing (`"off"`).
            max_answer_bytes: A larger answer is a `ResponseTooLarge`. The client's holds for answers in memory; a download to a
                file (`…_to`) takes constant memory, and only this limits it.
            on_progress: Called with the bytes done and the bytes in all (or None) during an upload or a download, from
                another thread.
        """

        timeout: float | Timeout
        retry: int | Retry
        headers: Mapping[str, str]
        validate: Literal["error", "warn", "off"]
        max_answer_bytes: int
        on_progress: Callable[[int, int | None], object]
else:
    Options = dict


class _Settings:
    """Compared, shown and pickled by the values of its slots."""

    __slots__: tuple[str, ...] = ()

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, _Settings) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in zip(self.__slots__, self._values(), strict=True))
        return f"{type(self).__name__}({given})"


class Timeout(_Settings):
    """How long a call may take, in seconds. `None` keeps the client's, or the default.

    Args:
        total: The whole call with all its attempts and pauses (60).
        connect: Making a connection (5). Only for a client, whose calls share connections; an `InvalidArgument` elsewhere.
        read: Waiting for the next piece of the answer (30).

    Example:
        >>> client = sparkbot.Client(timeout=sparkbot.Timeout(total=20, read=10))
    """

    __slots__ = ("connect", "read", "total")

    def __init__(self, total: float | None = None, *, connect: float | None = None, read: float | None = None) -> None:
        self.total = total
        self.connect = connect
        self.read = read


class Retry(_Settings):
    """When and how often a request is sent again.

    Only what may be repeated is: reads and updates that have the same effect twice, after a lost connection or the
    statuses 408, 429, 500, 502, 503 and 504. A message or a creation is sent again only if no connection was made, or
    after a 429. The time for all attempts and pauses together is `Timeout.total`.

    Args:
        attempts: Requests at the most, the first included.
        base: The first pause is drawn between 0 and this many seconds; it doubles with every attempt.
        cap: No drawn pause is longer, in seconds.
        retry_after_cap: A longer wait asked for by the service ends in `RateLimited` at once.
        budget: Retries that the client allows itself for each of its calls, on average: with 0.2 a service that fails
            altogether gets a fifth more requests, not three times as many. Each client begins with 20. Waiting out a
            `Retry-After` of a 429 and replacing an idle connection cost nothing. None for no such limit.

    Example:
        >>> client = sparkbot.Client(retry=sparkbot.Retry(attempts=5, cap=5.0))
    """

    __slots__ = ("attempts", "base", "budget", "cap", "retry_after_cap")

    def __init__(
        self,
        attempts: int = 3,
        *,
        base: float = 0.2,
        cap: float = 20.0,
        retry_after_cap: float = 60.0,
        budget: float | None = 0.2,
    ) -> None:
        self.attempts = attempts
        self.base = base
        self.cap = cap
        self.retry_after_cap = retry_after_cap
        self.budget = budget
