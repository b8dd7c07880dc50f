"""Parts of a report as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkbot.batch.outcome import to_json_value
from sparkbot.errors import InvalidArgumentError
from sparkbot.frames.columns import resolve_library
from sparkbot.sync.report.writers import ADDED, added

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparkbot.sync.report.report import Part, Report

Lines = list[dict[str, Any]]


def frame_of(report: Report, part: Part) -> Any:
    """The part as a frame of the library that is installed."""
    if part not in _PARTS:
        raise InvalidArgumentError(f"{part!r} is none of {', '.join(_PARTS)}", field="part")
    columns, lines = _PARTS[part](report)
    # Columns by name, so that a part without any lines has them too.
    return resolve_library(None).DataFrame({column: [line.get(column) for line in lines] for column in columns})


def _timeline(report: Report) -> tuple[list[str], Lines]:
    columns = ["start", "seconds", "ok", "skipped", "failed", "unknown", "calls"]
    columns += ["seconds_waited", "seconds_paused", "rate_limited", "seconds_offline"]
    parts = report.timeline.intervals()
    return columns, [{**part.to_dict(), "seconds_offline": sum(part.offline.values())} for part in parts]


def _kinds(report: Report) -> tuple[list[str], Lines]:
    lines = [
        {"kind": kind["kind"], "count": kind["count"], "example": kind["examples"][0]["message"]}
        for kind in report.to_dict()["kinds"]
    ]
    return ["kind", "count", "example"], lines


def _latency(report: Report) -> tuple[list[str], Lines]:
    columns = ["from_seconds", "to_seconds", "count"]
    return columns, [dict(zip(columns, bucket, strict=True)) for bucket in report.latency.buckets]


def _failures(report: Report) -> tuple[list[str], Lines]:
    own = dict.fromkeys(str(column) for outcome in report.failures for column in outcome.input if column not in ADDED)
    lines = [
        {
            **{str(name): to_json_value(cell) for name, cell in outcome.input.items()},
            **dict(zip(ADDED, added(outcome), strict=True)),
        }
        for outcome in report.failures
    ]
    return [*own, *ADDED], lines


_PARTS: dict[str, Callable[[Report], tuple[list[str], Lines]]] = {
    "timeline": _timeline,
    "kinds": _kinds,
    "latency": _latency,
    "failures": _failures,
}
