"""What came of a run."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sparkbot.batch.latency import Latency
from sparkbot.batch.progress import Progress, format_duration
from sparkbot.batch.redaction import redact
from sparkbot.batch.timeline import Snapshot, Timeline
from sparkbot.sync.errors import InputError

if TYPE_CHECKING:
    import os

    from sparkbot.batch.outcome import Outcome, Status

Part = Literal["timeline", "kinds", "latency", "failures"]

_STATUSES: tuple[Status, ...] = ("ok", "skipped", "failed", "unknown")
#: Examples of a kind of error that are kept.
_EXAMPLES = 3
#: How much of a message is shown.
_LONGEST = 300


class ErrorKind:
    """How often one kind of error came up, and the first rows that had it."""

    __slots__ = ("count", "examples", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.examples: list[Outcome] = []

    def add(self, outcome: Outcome) -> None:
        """Counts an outcome, and keeps it if it is one of the first."""
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(outcome)

    @property
    def first(self) -> Outcome:
        """The first row that had it."""
        return self.examples[0]

    def told(self) -> list[str]:
        """Where the examples are and what was wrong, as every display shows it: contacts and values are redacted."""
        places: dict[str, list[str]] = {}
        for one in self.examples:
            places.setdefault(_masked(one), []).append(one.position)
        return [f"{', '.join(found)}: {_shortened(message)}" for message, found in places.items()]

    def to_dict(self) -> dict[str, Any]:
        """Name, count and examples as plain JSON; contacts and values are redacted."""
        return {"kind": self.name, "count": self.count, "examples": [_example(outcome) for outcome in self.examples]}


def _masked(outcome: Outcome) -> str:
    return redact(outcome.message or "", outcome.input)


def _shortened(message: str) -> str:
    return f"{message[:_LONGEST]}{'…' if len(message) > _LONGEST else ''}"


def _example(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "row": outcome.index,
        "line": outcome.line,
        "status": outcome.status,
        "message": _masked(outcome),
        "http_status": getattr(error, "status", None),
        "code": getattr(error, "code", None),
        "request_id": getattr(error, "request_id", None),
        "attempts": outcome.attempts,
    }


class Report:
    """What became of a run; it stays small however many rows there are.

    Attributes:
        kinds: Kinds of errors by name, each with its count and examples.
        failures: The first failed and unknown outcomes, with their rows.
        latency: How long the answers took: a `Latency`.
        timeline: What happened when: a `Timeline`.

    Example:
        >>> report = sparkbot.sync_metadata(client, device, rows)
        >>> report.write_html("report.html")
    """

    def __init__(self, *, max_failures_kept: int = 1000, dry_run: bool = False) -> None:
        self.counts: dict[Status, int] = dict.fromkeys(_STATUSES, 0)
        self.kinds: dict[str, ErrorKind] = {}
        self.failures: list[Outcome] = []
        self.max_failures_kept = max_failures_kept
        #: True when nothing was sent: `ok` then counts the rows that would be written, `calls` the calls they need.
        self.dry_run = dry_run
        self.calls = 0
        #: What slowed the run down: seconds waited for the limit, seconds paused after answers with status 429, their number.
        self.held_back: dict[str, float] = {}
        #: The limit that the run kept.
        self.calls_per_second: float | None = None
        #: Of a dry run, the calls that are needed if `compare` finds nothing new; elsewhere None.
        self.fewest_calls: int | None = None
        #: Of rows that were written in bulk, how many were read back, and how many of these had what was written; elsewhere None.
        self.sample: tuple[int, int] | None = None
        self.latency = Latency()
        self.timeline = Timeline()
        #: Rows that an earlier run of the same journal had done; they are counted with their outcome of that time.
        self.resumed = 0
        #: Rows that a stopped run had read, or knew to be there, and did not begin.
        self.not_begun = 0
        #: Seconds that devices were offline, and those that are waited for now, as the run names them.
        self.offline: dict[str, float] = {}
        self.waiting_for: tuple[str, ...] = ()
        #: Where the rows went that were not written.
        self.dead_letters: str | None = None
        #: The device and options of the run, with which `retry_failed` repeats it.
        self.device: str | None = None
        self.options: dict[str, Any] = {}
        #: When the run began, in UTC.
        self.begun = datetime.now(UTC)
        self._started = time.monotonic()
        self._elapsed: float | None = None

    def add(self, outcome: Outcome) -> None:
        """Counts an outcome, and keeps it if it is one of the first failures."""
        self.counts[outcome.status] += 1
        if outcome.status not in ("failed", "unknown"):
            return
        name = outcome.kind or outcome.status
        self.kinds.setdefault(name, ErrorKind(name)).add(outcome)
        if len(self.failures) < self.max_failures_kept:
            self.failures.append(outcome)

    def mark(self, held_back: dict[str, float]) -> None:
        """Notes in the time line how far the run is."""
        self.held_back = held_back
        self.timeline.record(
            Snapshot(
                self.elapsed,
                **{str(status): count for status, count in self.counts.items()},
                calls=self.calls,
                seconds_waited=held_back.get("seconds_waited", 0.0),
                seconds_paused=held_back.get("seconds_paused", 0.0),
                rate_limited=int(held_back.get("rate_limited", 0)),
                offline=dict(self.offline),
            )
        )

    def finish(self) -> None:
        """Stops the clock."""
        self._elapsed = self.elapsed

    def write_dead_letters(self, path: str | os.PathLike[str]) -> None:
        """Write the failed and unknown rows, with why, to be mended and fed back: to `.csv` or `.jsonl`.

        Raises:
            InputError: There were more failures than `max_failures_kept`: give `dead_letters` to the run, which writes all.

        Example:
            >>> report.write_dead_letters("failed.csv")
        """
        from sparkbot.sync.report.dead_letters import write_dead_letters

        if len(self.failures) < self.failed + self.unknown:
            raise InputError(
                f"the report keeps {len(self.failures):,} of {self.failed + self.unknown:,} failed rows: give dead_letters= "
                "to the run itself, which writes them all, or a higher max_failures_kept"
            )
        write_dead_letters(path, self.failures)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def ok(self) -> int:
        return self.counts["ok"]

    @property
    def skipped(self) -> int:
        return self.counts["skipped"]

    @property
    def failed(self) -> int:
        return self.counts["failed"]

    @property
    def unknown(self) -> int:
        return self.counts["unknown"]

    @property
    def elapsed(self) -> float:
        """Seconds from the start of the run to its end, or to now."""
        return time.monotonic() - self._started if self._elapsed is None else self._elapsed

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.elapsed if self.elapsed > 0 else 0.0

    @property
    def mean_calls_per_second(self) -> float:
        """Requests sent a second, over the whole run."""
        return self.calls / self.elapsed if self.elapsed > 0 else 0.0

    def progress(self, total: int | None) -> Progress:
        """How far the run is, for displays and callbacks."""
        return Progress(
            self.rows, total, self.ok, self.skipped, self.failed, self.unknown, self.rows_per_second, waiting_for=self.waiting_for
        )

    @property
    def seconds_at_limit(self) -> float | None:
        """How long the calls take at the limit of calls per second; None without a limit."""
        return self.calls / self.calls_per_second if self.calls_per_second else None

    @property
    def held_back_by(self) -> list[str]:
        """What kept the run from being faster, in words, one reason each; empty when nothing did."""
        waited, paused = (self.held_back.get(name, 0.0) for name in ("seconds_waited", "seconds_paused"))
        refused = int(self.held_back.get("rate_limited", 0))
        limit = f" of {self.calls_per_second:g} calls a second" if self.calls_per_second else " of calls per second"
        parts = [f"{format_duration(waited)} of waiting for the limit{limit}"] if waited >= 0.1 else []
        parts += (
            [f"{refused:,} answers 429 (too many calls), after which calls paused for {format_duration(paused)}"]
            if refused
            else []
        )
        return parts + [f"{device} was offline for {format_duration(seconds)}" for device, seconds in self.offline.items()]

    @property
    def exit_code(self) -> int:
        """0 when every row is ok or skipped, else 3."""
        return 3 if self.failed or self.unknown else 0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON. It names no contact and no value: those are in `failures` and in the dead letters."""
        return {
            "begun": self.begun.isoformat(timespec="seconds"),
            "rows": self.rows,
            "ok": self.ok,
            "skipped": self.skipped,
            "failed": self.failed,
            "unknown": self.unknown,
            "calls": self.calls,
            "fewest_calls": self.fewest_calls,
            "calls_per_second": self.calls_per_second,
            "elapsed": self.elapsed,
            "rows_per_second": self.rows_per_second,
            "mean_calls_per_second": self.mean_calls_per_second,
            "held_back": self.held_back,
            "sample": None if self.sample is None else dict(zip(("read_back", "held"), self.sample, strict=True)),
            "resumed": self.resumed,
            "not_begun": self.not_begun,
            "offline": self.offline,
            "dry_run": self.dry_run,
            "exit_code": self.exit_code,
            "kinds": [kind.to_dict() for kind in self.kinds.values()],
            "latency": self.latency.to_dict(),
            "timeline": self.timeline.to_dicts(),
        }

    def to_frame(self, part: Part = "timeline") -> Any:
        """A part of the report as a data frame: of pandas where it is installed, else of polars.

        Args:
            part: `timeline` has a row for each part of the run, `kinds` for each kind of error, `latency` for each bucket of
                the histogram, `failures` for each failure that the report keeps, in the columns of the input and with the reason.

        Raises:
            InvalidArgumentError: There is no such part.
            ImportError: Neither pandas nor polars is installed.

        Example:
            >>> report = sparkbot.sync_metadata(client, device, rows)
            >>> frame = report.to_frame("kinds")
        """
        from sparkbot.sync.report.dataframe import frame_of

        return frame_of(self, part)

    def to_html(self) -> str:
        """The report as a page of its own, with plots; it needs no network and no scripts, and names no contact.

        Example:
            >>> page = sparkbot.sync_metadata(client, device, rows).to_html()
        """
        from sparkbot.sync.report.html import page

        return page(self)

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Write `to_html()` to a file. One of that name is replaced.

        Raises:
            InputError: The file can't be written.

        Example:
            >>> report.write_html("report.html")
        """
        from sparkbot.sync.report.writers import write_text

        write_text(path, self.to_html())

    def __str__(self) -> str:
        counts = ", ".join(f"{count:,} {status}" for status, count in self.counts.items())
        done = f"{self.rows:,} rows: {counts}; {self.calls:,} calls in {format_duration(self.elapsed)}"
        parts = [f"{self.resumed:,} of them by an earlier run"] if self.resumed else []
        parts += [] if self.sample is None else ["sample: {:,} read back, {:,} held".format(*self.sample)]
        parts += [f"{self.not_begun:,} more rows not begun"] if self.not_begun else []
        return "; ".join([done, *parts])

    def __repr__(self) -> str:
        return f"<Report {self}{' (dry run)' if self.dry_run else ''}>"

    def _repr_html_(self) -> str:
        from sparkbot.sync.report.html import summary

        return summary(self)
