"""Validation of options that `client.map` and the sync share."""

from __future__ import annotations

from typing import Literal

from sparkbot.errors import InvalidArgumentError

#: Calls per second: the limit of 600 per minute that clients of the service report.
DEFAULT_RATE_LIMIT = 10.0


def check_concurrency(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1024:
        raise InvalidArgumentError(f"concurrency is {value!r}; pass a whole number from 1 to 1024", field="concurrency")
    return value


def resolve_rate_limit(value: float | Literal["auto"] | None, base_url: str | None) -> float | None:
    """Calls per second, or None for no limit. `auto` is the default limit, and no limit for a service on this machine."""
    if value == "auto":
        from sparkbot._sparkbot import is_loopback

        return None if base_url and is_loopback(base_url) else DEFAULT_RATE_LIMIT
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf")):
        return value
    raise InvalidArgumentError(
        f"calls_per_second is {value!r}; pass a number above 0, None for no limit, or 'auto'", field="calls_per_second"
    )
