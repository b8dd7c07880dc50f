"""Options of a client and of single calls."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal, TypedDict

    class Options(TypedDict, total=False):
        """Options of one call, passed as `options=` to any method. Omitted ones are those of the client.

        Attributes:
            timeout: Seconds for the call with all its retries, or a `Timeout`.
            max_retries: Maximum number of retries of a failed request; overrides that of `retry`.
            retry: The retry policy, a `Retry`.
            headers: Additional headers.
            validate: Handling of values outside the documented limits: `"error"`, `"warn"` (a warning) or `"off"`.
            max_response_bytes: Maximum size of a response; a larger one raises `ResponseTooLargeError`. The client's setting
                applies to responses in memory only. A download to a file (`…_to`) is limited by this option alone.
            on_progress: Called with the transferred and the total number of bytes (or None) during an upload or download, from
                another thread.
        """

        timeout: float | Timeout
        max_retries: int
        retry: Retry
        headers: Mapping[str, str]
        validate: Literal["error", "warn", "off"]
        max_response_bytes: int
        on_progress: Callable[[int, int | None], object]
else:
    Options = dict


@dataclass(slots=True, unsafe_hash=True)
class Timeout:
    """Timeouts of a call, in seconds. `None` keeps the value of the client, or the default.

    Args:
        total: The call with all its attempts and delays (60).
        connect: Establishing a connection (5). Only for a client, whose calls share connections.
        read: Waiting for the next chunk of the response (30).

    Example:
        >>> client = sparkbot.Client(timeout=sparkbot.Timeout(total=20, read=10))
    """

    total: float | None = None
    _: KW_ONLY
    connect: float | None = None
    read: float | None = None


@dataclass(slots=True, unsafe_hash=True)
class Retry:
    """When and how often a failed request is sent again.

    Only idempotent requests are retried: reads, and updates that have the same effect when executed twice. They are retried
    after a transport error and after the statuses 408, 429, 500, 502, 503 and 504. A message or a creation is retried only
    if no connection was made, or after a 429. `Timeout.total` limits all attempts and delays together.

    Args:
        max_retries: Maximum number of retries; the first request does not count. 0 disables retries.
        initial_delay: Upper bound of the first random delay, in seconds; it doubles with every retry.
        max_delay: Upper bound of every random delay, in seconds.
        max_retry_after: Longest `Retry-After` to wait for, in seconds; a longer one raises `RateLimitError` immediately.
        budget: Retries allowed per call, on average over all calls of the client: 0.2 limits the extra load on a failing
            service to a fifth. Each client starts with 20 retries. Waiting for the `Retry-After` of a 429 and replacing an
            idle connection do not count. None disables the limit.

    Example:
        >>> client = sparkbot.Client(retry=sparkbot.Retry(max_retries=4, max_delay=5.0))
    """

    max_retries: int = 2
    _: KW_ONLY
    initial_delay: float = 0.2
    max_delay: float = 20.0
    max_retry_after: float = 60.0
    budget: float | None = 0.2
