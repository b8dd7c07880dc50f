"""What a dry run says about the run itself: calls and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot.batch.progress import format_duration
from sparkbot.batch.validation import DEFAULT_RATE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparkbot.sync.report.report import Report


def calls_needed(report: Report) -> str:
    """`20 calls: at 10 calls a second, 2.0 s`; without a limit, the time at the one that clients of the service report."""
    calls = _span(report, lambda count: f"{count:,}")
    rate = report.calls_per_second or DEFAULT_RATE_LIMIT
    time = _span(report, lambda count: format_duration(count / rate))
    if report.calls_per_second:
        said = f"{calls} calls: at {rate:g} calls a second, {time}"
    else:
        said = f"{calls} calls, with no limit of calls per second; at 600 a minute, as clients of the service report, {time}"
    return said if report.fewest_calls == report.calls else f"{said}, from nothing new to everything new"


def _span(report: Report, shown: Callable[[int], str]) -> str:
    most = shown(report.calls)
    if report.fewest_calls is None or report.fewest_calls == report.calls:
        return most
    return f"{shown(report.fewest_calls)} to {most}"
