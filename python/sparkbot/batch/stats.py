"""How far a run is, and what it took."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sparkbot.batch.latency import Latency
from sparkbot.batch.timeline import Mark, Timeline

if TYPE_CHECKING:
    from sparkbot._sparkbot import MapExecutor
    from sparkbot.batch.instrumented import Watched
    from sparkbot.batch.outcome import Status
    from sparkbot.batch.progress import Progress


class Counts:
    """The numbers of a run of `client.map`, so far.

    Attributes:
        ok: Items that went well.
        failed: Items that did not.
        unknown: Writes that may have been executed.
        calls: Requests sent, repeated ones included.
        held_back: What slowed the run down: `seconds_waited` for the limit of calls per second, `seconds_paused` after answers
            with status 429, and how many were `rate_limited` so.
        latency: How long the answers took: a `Latency`, complete when the run has ended.
        timeline: What happened when: a `Timeline`.
    """

    __slots__ = ("_ended", "_started", "calls", "failed", "held_back", "latency", "ok", "timeline", "unknown")

    def __init__(self) -> None:
        self.ok = self.failed = self.unknown = 0
        self.calls = 0
        self.held_back: dict[str, float] = {}
        self.latency = Latency()
        self.timeline = Timeline()
        self._started: float | None = None
        self._ended: float | None = None

    def begin(self) -> None:
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

    def note(self, engine: MapExecutor | Watched) -> None:
        """Notes what the engine has counted."""
        self.calls, self.held_back = engine.calls, engine.held_back
        if self.timeline.is_due:
            self._mark()

    def finish(self, engine: MapExecutor | Watched) -> None:
        """Stops the clock, and notes what the engine has counted and measured."""
        self.calls, self.held_back = engine.calls, engine.held_back
        self._ended = time.monotonic()
        self.latency = Latency(*engine.latencies)
        self._mark()

    def _mark(self) -> None:
        held = self.held_back
        self.timeline.note(
            Mark(
                self.elapsed,
                ok=self.ok,
                failed=self.failed,
                unknown=self.unknown,
                calls=self.calls,
                seconds_waited=held["seconds_waited"],
                seconds_paused=held["seconds_paused"],
                rate_limited=int(held["rate_limited"]),
            )
        )

    @property
    def done(self) -> int:
        """Items whose outcome is known."""
        return self.ok + self.failed + self.unknown

    @property
    def elapsed(self) -> float:
        """Seconds from the first item to the last outcome, or to now."""
        if self._started is None:
            return 0.0
        return (time.monotonic() if self._ended is None else self._ended) - self._started

    def progress(self, total: int | None) -> Progress:
        """How far the run is, for displays and callbacks."""
        from sparkbot.batch.progress import Progress

        rate = self.done / self.elapsed if self.elapsed > 0 else 0.0
        return Progress(self.done, total, self.ok, 0, self.failed, self.unknown, rate, "items")

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain JSON."""
        return {
            "done": self.done,
            "ok": self.ok,
            "failed": self.failed,
            "unknown": self.unknown,
            "calls": self.calls,
            "elapsed": self.elapsed,
            "held_back": self.held_back,
            "latency": self.latency.to_dict(),
            "timeline": self.timeline.to_dicts(),
        }

    def __repr__(self) -> str:
        counted = f"{self.done:,} items: {self.ok:,} ok, {self.failed:,} failed, {self.unknown:,} unknown"
        return f"<Counts {counted}; {self.calls:,} calls in {self.elapsed:.1f} s>"
