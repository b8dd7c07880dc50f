"""The calls and the time that a run takes, estimated by a dry run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot.batch.progress import format_duration
from sparkbot.batch.validation import DEFAULT_RATE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparkbot.sync.report.report import Report


def estimate_calls(report: Report) -> str:
    """`20 calls: at 10 calls per second, 2.0 s`; without a rate limit, the time at the limit that clients report."""
    calls = _range(report, lambda count: f"{count:,}")
    rate = report.calls_per_second or DEFAULT_RATE_LIMIT
    duration = _range(report, lambda count: format_duration(count / rate))
    if report.calls_per_second:
        text = f"{calls} calls: at {rate:g} calls per second, {duration}"
    else:
        text = f"{calls} calls, without a rate limit; at 600 per minute, as clients of the service report, {duration}"
    return text if report.fewest_calls == report.calls else f"{text}, from no changes to all rows changed"


def _range(report: Report, format_count: Callable[[int], str]) -> str:
    maximum = format_count(report.calls)
    if report.fewest_calls is None or report.fewest_calls == report.calls:
        return maximum
    return f"{format_count(report.fewest_calls)} to {maximum}"
