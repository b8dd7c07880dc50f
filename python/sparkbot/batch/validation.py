"""The limits that a run of many calls keeps."""

from __future__ import annotations

from typing import Literal

from sparkbot.errors import InvalidArgumentError

#: Calls per second at the limit of 600 a minute that clients of the service report.
REPORTED_LIMIT = 10.0


def concurrency(given: object) -> int:
    """How many calls a run makes at the same time."""
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 1024:
        raise InvalidArgumentError(f"{given!r} is no whole number from 1 to 1024", field="concurrency")
    return given


def calls_per_second(given: float | Literal["auto"] | None, base_url: str | None) -> float | None:
    """The limit to keep. `auto` is the reported limit, and none for a service on this machine."""
    if given == "auto":
        from sparkbot._sparkbot import is_loopback

        return None if base_url and is_loopback(base_url) else REPORTED_LIMIT
    if given is None or (isinstance(given, (int, float)) and not isinstance(given, bool) and 0 < given < float("inf")):
        return given
    raise InvalidArgumentError(
        f"{given!r} is no number above 0: give calls per second, None for no limit, or 'auto'", field="calls_per_second"
    )
