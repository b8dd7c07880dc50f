"""Parts of a report as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError
from sparkbot.frames.columns import build_frame, resolve_library
from sparkbot.sync.columns.reserved import REPORT_COLUMNS
from sparkbot.sync.report.writers import labeled_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparkbot.frames import Library
    from sparkbot.sync.report.report import Part, Report

_INTERVAL_COLUMNS = (
    *("start", "seconds", "ok", "skipped", "failed", "unknown", "calls"),
    *("seconds_waited", "seconds_paused", "rate_limited", "seconds_offline"),
)
_BUCKET_COLUMNS = ("from_seconds", "to_seconds", "count")

Records = list[dict[str, Any]]


def to_frame(report: Report, part: Part, library: Library | None) -> Any:
    """The part as a data frame of the library."""
    if part not in _PARTS:
        raise InvalidArgumentError(f"part is {part!r}: give one of {', '.join(_PARTS)}", field="part")
    columns, records = _PARTS[part](report)
    # By column, so that a part without records has its columns too.
    cells = {column: [record.get(column) for record in records] for column in columns}
    return build_frame(cells, {}, resolve_library(library))


def _timeline(report: Report) -> tuple[tuple[str, ...], Records]:
    intervals = report.timeline.intervals()
    return _INTERVAL_COLUMNS, [{**part.to_dict(), "seconds_offline": sum(part.offline.values())} for part in intervals]


def _errors_by_type(report: Report) -> tuple[tuple[str, ...], Records]:
    kinds = [kind.to_dict() for kind in report.errors_by_type.values()]
    return ("type", "count", "example"), [{**kind, "example": kind["examples"][0]["message"]} for kind in kinds]


def _latency(report: Report) -> tuple[tuple[str, ...], Records]:
    return _BUCKET_COLUMNS, [dict(zip(_BUCKET_COLUMNS, bucket, strict=True)) for bucket in report.latency.buckets]


def _failures(report: Report) -> tuple[tuple[str, ...], Records]:
    records = [labeled_row(outcome) for outcome in report.failures]
    own = dict.fromkeys(column for record in records for column in record if column not in REPORT_COLUMNS)
    return (*own, *REPORT_COLUMNS), records


_PARTS: dict[str, Callable[[Report], tuple[tuple[str, ...], Records]]] = {
    "timeline": _timeline,
    "errors_by_type": _errors_by_type,
    "latency": _latency,
    "failures": _failures,
}
