"""Statistics of a run of `client.map`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sparkbot.batch.latency import Latency
from sparkbot.batch.progress import Progress
from sparkbot.batch.timeline import Snapshot, Timeline

if TYPE_CHECKING:
    from sparkbot._sparkbot import MapExecutor
    from sparkbot.batch.instrumented import InstrumentedExecutor
    from sparkbot.batch.outcome import Status


class RunStats:
    """Statistics of a run of `client.map`, updated while it runs.

    Attributes:
        ok: Items that succeeded.
        failed: Items that failed.
        unknown: Writes that may have been executed.
        calls: Requests sent, including retries.
        throttled_by: What limited the speed of the run: `seconds_waited` for the rate limit, `seconds_paused` after responses
            with status 429, and the number of those responses, `rate_limited`.
        latency: Response times as a `Latency`, available when the run has ended.
        timeline: The run as a time series, a `Timeline`.
    """

    __slots__ = ("_ended", "_started", "calls", "failed", "latency", "ok", "throttled_by", "timeline", "unknown")

    def __init__(self) -> None:
        self.ok = self.failed = self.unknown = 0
        self.calls = 0
        self.throttled_by: dict[str, float] = {}
        self.latency = Latency()
        self.timeline = Timeline()
        self._started: float | None = None
        self._ended: float | None = None

    def start(self) -> None:
        """Starts the clock."""
        self._started = time.monotonic()
        self.timeline = Timeline()

    def add(self, status: Status) -> None:
        """Counts an outcome."""
        if status == "ok":
            self.ok += 1
        elif status == "failed":
            self.failed += 1
        else:
            self.unknown += 1

    def update(self, executor: MapExecutor | InstrumentedExecutor) -> None:
        """Copies the counters of the executor."""
        self.calls, self.throttled_by = executor.calls, executor.throttled_by
        if self.timeline.is_due:
            self._record_snapshot()

    def finish(self, executor: MapExecutor | InstrumentedExecutor) -> None:
        """Stops the clock, and copies the counters and latencies of the executor."""
        self.calls, self.throttled_by = executor.calls, executor.throttled_by
        self._ended = time.monotonic()
        self.latency = Latency.from_snapshot(executor.latency)
        self._record_snapshot()

    def _record_snapshot(self) -> None:
        throttled = self.throttled_by
        self.timeline.record(
            Snapshot(
                self.elapsed,
                ok=self.ok,
                failed=self.failed,
                unknown=self.unknown,
                calls=self.calls,
                seconds_waited=throttled["seconds_waited"],
                seconds_paused=throttled["seconds_paused"],
                rate_limited=int(throttled["rate_limited"]),
            )
        )

    @property
    def done(self) -> int:
        """Number of outcomes."""
        return self.ok + self.failed + self.unknown

    @property
    def elapsed(self) -> float:
        """Seconds from the start of the run to its end, or until now."""
        if self._started is None:
            return 0.0
        return (time.monotonic() if self._ended is None else self._ended) - self._started

    def progress(self, total: int | None) -> Progress:
        """The progress of the run."""
        rate = self.done / self.elapsed if self.elapsed > 0 else 0.0
        return Progress(self.done, total, self.ok, 0, self.failed, self.unknown, rate, "items")

    def to_dict(self) -> dict[str, Any]:
        """The statistics as plain JSON."""
        names = ("done", "ok", "failed", "unknown", "calls", "elapsed", "throttled_by")
        statistics = {name: getattr(self, name) for name in names}
        return {**statistics, "latency": self.latency.to_dict(), "timeline": self.timeline.to_dicts()}

    def __str__(self) -> str:
        counts = f"{self.done:,} items: {self.ok:,} ok, {self.failed:,} failed, {self.unknown:,} unknown"
        return f"{counts}; {self.calls:,} calls in {self.elapsed:.1f} s"

    def __repr__(self) -> str:
        return f"<RunStats {self}>"
