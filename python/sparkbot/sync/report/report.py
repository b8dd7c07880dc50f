"""The result of a run.

`Report` is a data class. What renders it (`html`, `dataframe`, `writers`) is a function of a report and is imported only by the
methods `to_html`, `_repr_html_`, `to_frame`, `write_html` and `write_dead_letters` at the end of the class.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Self

from sparkbot.batch.failures import ErrorKind, add_failure, check_failures
from sparkbot.batch.latency import Latency
from sparkbot.batch.progress import Progress, format_duration
from sparkbot.batch.timeline import Snapshot, Timeline

if TYPE_CHECKING:
    import os

    from sparkbot.batch.outcome import Outcome, Status
    from sparkbot.frames import Library

Part = Literal["timeline", "errors_by_type", "latency", "failures"]

_STATUSES: tuple[Status, ...] = ("ok", "skipped", "failed", "unknown")


@dataclass(eq=False, repr=False, kw_only=True)
class Report:
    """The result of a run; its size does not depend on the number of rows.

    Attributes:
        max_failures_kept: Maximum length of `failures`.
        dry_run: Whether nothing was sent: `ok` then counts the rows that would be written, `calls` the calls they need.
        calls_per_second: The rate limit of the run.
        dead_letters: Path of the file with the rows that were not written.
        device: The device of the run, for `retry_failed`.
        options: The options that `retry_failed` repeats.
        notes: What was decided about the input: columns and lines that are left out, keys that were made.
        null_cells: Cells that were read as empty because they hold a null word such as `NULL`.
        counts: Number of rows by status.
        errors_by_type: Types of errors by name, each with its count and examples.
        failures: The first failed and unknown outcomes, with their rows.
        calls: Requests sent, retries included; without those that find contacts which left the input.
        fewest_calls: In a dry run, the calls needed if `compare` finds no changes.
        sample: In a bulk run, how many rows were read back, and how many of these were confirmed.
        throttled_by: What slowed the run down: `seconds_waited` for the rate limit, `seconds_paused` after responses with status
            429, and the number of these as `rate_limited`.
        latency: Response times: a `Latency`.
        timeline: The course of the run: a `Timeline`.
        resumed: Rows that an earlier run with the same journal had done; they count with their earlier outcome.
        removed: Contacts that left the input, with `on_removed`; they count as rows. In a dry run, those that would be cleared,
            which do not.
        second_readings: Accepted phone numbers with a second valid reading in another country.
        without_phone: Contacts with a `@lid` id, which have no phone number.
        not_begun: Rows of a stopped run that were not sent, as far as their number is known.
        offline: Seconds that devices were offline, by the names that rows have for them.
        waiting_for: Devices that the run waits for now.
        begun: When the run started, in UTC.

    Example:
        >>> report = sparkbot.sync_metadata(client, device, rows)
        >>> report.write_html("report.html")
    """

    max_failures_kept: int = 1000
    dry_run: bool = False
    calls_per_second: float | None = None
    dead_letters: str | None = None
    device: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    null_cells: int = 0
    counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(_STATUSES, 0))
    errors_by_type: dict[str, ErrorKind] = field(default_factory=dict)
    failures: list[Outcome] = field(default_factory=list)
    calls: int = 0
    fewest_calls: int | None = None
    sample: tuple[int, int] | None = None
    throttled_by: dict[str, float] = field(default_factory=dict)
    latency: Latency = field(default_factory=Latency)
    timeline: Timeline = field(default_factory=Timeline)
    resumed: int = 0
    removed: int = 0
    second_readings: int = 0
    without_phone: int = 0
    not_begun: int = 0
    offline: dict[str, float] = field(default_factory=dict)
    waiting_for: tuple[str, ...] = ()
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    _started: float = field(default_factory=time.monotonic)
    _elapsed: float | None = None

    def add(self, outcome: Outcome) -> None:
        """Counts an outcome, and keeps it if it is one of the first failures."""
        self.counts[outcome.status] += 1
        self.without_phone += outcome.contact is not None and outcome.contact.endswith("@lid")
        if outcome.status not in ("failed", "unknown"):
            return
        add_failure(self.errors_by_type, outcome)
        if len(self.failures) < self.max_failures_kept:
            self.failures.append(outcome)

    def add_sample(self, throttled_by: dict[str, float]) -> None:
        """Adds the current state to the timeline."""
        self.throttled_by = throttled_by
        self.timeline.record(
            Snapshot(
                self.elapsed,
                **{str(status): count for status, count in self.counts.items()},
                calls=self.calls,
                seconds_waited=throttled_by.get("seconds_waited", 0.0),
                seconds_paused=throttled_by.get("seconds_paused", 0.0),
                rate_limited=int(throttled_by.get("rate_limited", 0)),
                offline=dict(self.offline),
            )
        )

    def finish(self) -> None:
        """Stops the clock."""
        self._elapsed = self.elapsed

    @property
    def rows(self) -> int:
        """Rows that have an outcome."""
        return sum(self.counts.values())

    @property
    def ok(self) -> int:
        """Rows that were written."""
        return self.counts["ok"]

    @property
    def skipped(self) -> int:
        """Rows that needed no write."""
        return self.counts["skipped"]

    @property
    def failed(self) -> int:
        """Rows that were not written."""
        return self.counts["failed"]

    @property
    def unknown(self) -> int:
        """Rows that may or may not have been written."""
        return self.counts["unknown"]

    @property
    def elapsed(self) -> float:
        """Seconds from the start of the run to its end, or to now."""
        return time.monotonic() - self._started if self._elapsed is None else self._elapsed

    @property
    def rows_per_second(self) -> float:
        """Rows per second over the whole run."""
        return self.rows / self.elapsed if self.elapsed > 0 else 0.0

    @property
    def mean_calls_per_second(self) -> float:
        """Requests per second over the whole run."""
        return self.calls / self.elapsed if self.elapsed > 0 else 0.0

    def progress(self, total: int | None) -> Progress:
        """The progress of the run, for displays and callbacks."""
        return Progress(
            self.rows, total, self.ok, self.skipped, self.failed, self.unknown, self.rows_per_second, waiting_for=self.waiting_for
        )

    @property
    def seconds_at_limit(self) -> float | None:
        """Seconds that the calls take at the rate limit; None without one."""
        return self.calls / self.calls_per_second if self.calls_per_second else None

    @property
    def throttling_reasons(self) -> list[str]:
        """What slowed the run down, one sentence each; empty if nothing did."""
        waited, paused = (self.throttled_by.get(name, 0.0) for name in ("seconds_waited", "seconds_paused"))
        rate_limited = int(self.throttled_by.get("rate_limited", 0))
        limit = f" of {self.calls_per_second:g} calls per second" if self.calls_per_second else ""
        reasons = [f"waited {format_duration(waited)} for the rate limit{limit}"] if waited >= 0.1 else []
        if rate_limited:
            reasons.append(f"{rate_limited:,} responses 429 (too many calls), then paused {format_duration(paused)}")
        return reasons + [f"{device} was offline for {format_duration(seconds)}" for device, seconds in self.offline.items()]

    @property
    def all_notes(self) -> list[str]:
        """`notes`, and the number of cells that were read as empty."""
        return self.notes + [f"cells with a null word, which are read as empty: {self.null_cells:,}"] * bool(self.null_cells)

    @property
    def exit_code(self) -> int:
        """0 if every row is ok or skipped, else 3."""
        return 3 if self.failed or self.unknown else 0

    def raise_for_failures(self, max_rate: float = 0) -> Self:
        """Raises if rows failed or have an unknown outcome; else returns the report.

        Args:
            max_rate: The share of rows that may fail, from 0 to 1, such as 0.01; by default none may.

        Raises:
            FailedItemsError: More rows failed. It is an `ExceptionGroup` with an error of each type, such as `NotFoundError`;
                their texts have the number of rows and the first of them, without contacts and values.
            InvalidArgumentError: `max_rate` is not a share.

        Example:
            >>> report = sparkbot.sync_metadata(client, device, rows).raise_for_failures(max_rate=0.01)
        """
        advice = "`retry_failed` sends them again; the report's attribute `failures` has the first of them"
        check_failures(self.errors_by_type.values(), self.rows, max_rate=max_rate, advice=advice)
        return self

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON, without contacts and values; `failures` and the dead letters have those."""
        return {
            "begun": self.begun.isoformat(timespec="seconds"),
            "rows": self.rows,
            **{str(status): count for status, count in self.counts.items()},
            "calls": self.calls,
            "fewest_calls": self.fewest_calls,
            "calls_per_second": self.calls_per_second,
            "elapsed": self.elapsed,
            "rows_per_second": self.rows_per_second,
            "mean_calls_per_second": self.mean_calls_per_second,
            "throttled_by": self.throttled_by,
            "sample": None if self.sample is None else dict(zip(("read_back", "held"), self.sample, strict=True)),
            "resumed": self.resumed,
            "removed": self.removed,
            "second_readings": self.second_readings,
            "without_phone": self.without_phone,
            "notes": self.notes,
            "null_cells": self.null_cells,
            "not_begun": self.not_begun,
            "offline": self.offline,
            "dry_run": self.dry_run,
            "exit_code": self.exit_code,
            "errors_by_type": [kind.to_dict() for kind in self.errors_by_type.values()],
            "latency": self.latency.to_dict(),
            "timeline": self.timeline.to_dicts(),
        }

    def __str__(self) -> str:
        counts = ", ".join(f"{count:,} {status}" for status, count in self.counts.items())
        parts = [f"{self.rows:,} rows: {counts}; {self.calls:,} calls in {format_duration(self.elapsed)}"]
        parts += [f"{self.resumed:,} of them by an earlier run"] if self.resumed else []
        parts += [f"{self.removed:,} of them left the input"] if self.removed and not self.dry_run else []
        parts += [] if self.sample is None else ["sample: {:,} read back, {:,} held".format(*self.sample)]
        parts += [f"{self.not_begun:,} more rows not started"] if self.not_begun else []
        return "; ".join([*parts, *self.phone_notes])

    @property
    def phone_notes(self) -> list[str]:
        """What stood out about the contacts: numbers with a second reading, and ids without a phone number."""
        notes = [f"{self.second_readings:,} numbers have a second valid reading"] if self.second_readings else []
        return notes + ([f"{self.without_phone:,} contacts have no phone number (@lid)"] if self.without_phone else [])

    def __repr__(self) -> str:
        return f"<Report {self}{' (dry run)' if self.dry_run else ''}>"

    def to_frame(self, part: Part = "timeline", *, library: Library | None = None) -> Any:
        """A part of the report as a data frame.

        Args:
            part: `timeline` has a row for each interval of the run, `errors_by_type` for each type of error, `latency` for each
                bucket of the histogram, `failures` for each failure kept, in the columns of the input and with the reason.
            library: `pandas`, `polars`, or `arrow` for a `pyarrow.Table`; by default the first of these that is installed.

        Raises:
            InvalidArgumentError: There is no such part or library.
            ImportError: The library is not installed; the message names the extra that installs it.

        Example:
            >>> report = sparkbot.sync_metadata(client, device, rows)
            >>> frame = report.to_frame("errors_by_type")
        """
        from sparkbot.sync.report.dataframe import to_frame

        return to_frame(self, part, library)

    def to_html(self) -> str:
        """The report as a standalone HTML page with charts, without scripts, network access and contacts.

        Example:
            >>> page = sparkbot.sync_metadata(client, device, rows).to_html()
        """
        from sparkbot.sync.report.html import render_page

        return render_page(self)

    def _repr_html_(self) -> str:
        from sparkbot.sync.report.html import render_summary

        return render_summary(self)

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Writes `to_html()` to a file, replacing an existing one.

        Raises:
            InputError: The file can't be written.

        Example:
            >>> report.write_html("report.html")
        """
        from sparkbot.sync.report.writers import write_text

        write_text(path, self.to_html())

    def write_dead_letters(self, path: str | os.PathLike[str]) -> None:
        """Writes the failed and unknown rows, with the reasons, to `.csv` or `.jsonl`, to be fixed and synced again.

        Raises:
            InputError: There were more failures than `max_failures_kept`: give `dead_letters` to the run, which writes all.

        Example:
            >>> report.write_dead_letters("failed.csv")
        """
        from sparkbot.sync.report.writers import write_dead_letters

        write_dead_letters(path, self)
