"""What came of a run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sparkbot.bulk.progress import Progress, duration
from sparkbot.sync.problems import InputError

if TYPE_CHECKING:
    import os

    from sparkbot.bulk.outcome import Outcome, Status

_STATUSES: tuple[Status, ...] = ("ok", "skipped", "failed", "unknown")
# Notebooks align cells to the right, which suits numbers but not sentences.
_LEFT = ' style="text-align: left"'


class ErrorKind:
    """How often one kind of error came up, and the first row that had it."""

    __slots__ = ("count", "first", "name")

    def __init__(self, name: str, first: Outcome) -> None:
        self.name = name
        self.count = 0
        self.first = first

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.name, "count": self.count, "first": self.first.to_dict()}


class Report:
    """Counts, kinds of errors and the first failures of a run; it stays small however many rows there are."""

    def __init__(self, *, max_failures_kept: int = 1000, dry_run: bool = False) -> None:
        self.counts: dict[Status, int] = dict.fromkeys(_STATUSES, 0)
        self.kinds: dict[str, ErrorKind] = {}
        self.failures: list[Outcome] = []
        self.max_failures_kept = max_failures_kept
        #: True when nothing was sent: `ok` then counts the rows that would be written, `calls` the calls they need.
        self.dry_run = dry_run
        self.calls = 0
        #: What slowed the run down: seconds waited for the limit, answers with status 429.
        self.held_back: dict[str, float] = {}
        self.calls_per_second: float | None = None
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
        self._started = time.monotonic()
        self._elapsed: float | None = None

    def add(self, outcome: Outcome) -> None:
        """Counts an outcome, and keeps it if it is one of the first failures."""
        self.counts[outcome.status] += 1
        if outcome.status not in ("failed", "unknown"):
            return
        name = outcome.kind or outcome.status
        kind = self.kinds.setdefault(name, ErrorKind(name, outcome))
        kind.count += 1
        if len(self.failures) < self.max_failures_kept:
            self.failures.append(outcome)

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
        from sparkbot.sync.dead_letters import write_dead_letters

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
    def exit_code(self) -> int:
        """0 when every row is ok or skipped, else 3."""
        return 3 if self.failed or self.unknown else 0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON."""
        return {
            "rows": self.rows,
            "ok": self.ok,
            "skipped": self.skipped,
            "failed": self.failed,
            "unknown": self.unknown,
            "calls": self.calls,
            "calls_per_second": self.calls_per_second,
            "elapsed": self.elapsed,
            "rows_per_second": self.rows_per_second,
            "held_back": self.held_back,
            "resumed": self.resumed,
            "not_begun": self.not_begun,
            "offline": self.offline,
            "dry_run": self.dry_run,
            "exit_code": self.exit_code,
            "kinds": [kind.to_dict() for kind in self.kinds.values()],
            "failures": [outcome.to_dict() for outcome in self.failures],
        }

    def __str__(self) -> str:
        counts = ", ".join(f"{count:,} {status}" for status, count in self.counts.items())
        done = f"{self.rows:,} rows: {counts}; {self.calls:,} calls in {duration(self.elapsed)}"
        parts = [f"{self.resumed:,} of them by an earlier run"] if self.resumed else []
        parts += [f"{self.not_begun:,} more rows not begun"] if self.not_begun else []
        return "; ".join([done, *parts])

    def __repr__(self) -> str:
        return f"<Report {self}{' (dry run)' if self.dry_run else ''}>"

    def _repr_html_(self) -> str:
        from html import escape

        lines: list[tuple[str, str, str]] = [(status, f"{count:,}", "") for status, count in self.counts.items()]
        lines += [(kind.name, f"{kind.count:,}", f"{kind.first.place}: {kind.first.message}") for kind in self.kinds.values()]
        cells = "".join("<tr>" + "".join(f"<td{_LEFT}>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
        said = f"{self}{' (dry run: nothing was sent)' if self.dry_run else ''}"
        return f"<p>{escape(said)}</p><table><tr><th></th><th{_LEFT}>rows</th><th{_LEFT}>first</th></tr>{cells}</table>"
