"""A run as a time series."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Beyond this number every second snapshot is dropped, and the next ones are taken half as often.
MAX_SNAPSHOTS = 240
#: Seconds between the first snapshots.
_INITIAL_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Totals since the start of the run, `at` seconds after it."""

    at: float = 0.0
    ok: int = 0
    skipped: int = 0
    failed: int = 0
    unknown: int = 0
    calls: int = 0
    seconds_waited: float = 0.0
    seconds_paused: float = 0.0
    rate_limited: int = 0
    offline: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interval:
    """What happened in an interval of a run.

    Attributes:
        start: Start of the interval, in seconds since the start of the run.
        seconds: Length of the interval.
        ok, skipped, failed, unknown: Outcomes by status.
        calls: Requests sent, including retries.
        seconds_waited: Time that calls waited for the rate limit, averaged over the workers.
        seconds_paused: Time that calls waited after responses with status 429.
        rate_limited: Responses with status 429.
        offline: Seconds that devices were offline, by device name.
    """

    start: float
    seconds: float
    ok: int
    skipped: int
    failed: int
    unknown: int
    calls: int
    seconds_waited: float
    seconds_paused: float
    rate_limited: int
    offline: Mapping[str, float]

    @property
    def done(self) -> int:
        """Number of outcomes."""
        return self.ok + self.skipped + self.failed + self.unknown

    def to_dict(self) -> dict[str, Any]:
        """The interval as plain JSON."""
        return asdict(self)


class Timeline:
    """The intervals of a run, at most 240 however long it takes.

    Snapshots hold totals, so dropping one joins two intervals without losing counts.
    """

    __slots__ = ("_due", "_snapshots", "_started", "_step")

    def __init__(self) -> None:
        self._snapshots = [Snapshot()]
        self._step = _INITIAL_STEP
        self._due = self._started = time.monotonic()

    @property
    def is_due(self) -> bool:
        """Whether the next snapshot is due."""
        return time.monotonic() >= self._due

    def record(self, snapshot: Snapshot) -> None:
        """Appends a snapshot. It replaces the last one if that is too recent for a meaningful rate."""
        if len(self._snapshots) > 1 and snapshot.at - self._snapshots[-1].at < self._step / 2:
            self._snapshots.pop()
        self._snapshots.append(snapshot)
        if len(self._snapshots) > MAX_SNAPSHOTS:
            # Keeps the start of the run and the latest snapshot.
            self._snapshots = [*self._snapshots[:-1:2], snapshot]
            self._step *= 2
        self._due = self._started + snapshot.at + self._step

    def intervals(self) -> list[Interval]:
        """The intervals in order."""
        return [_interval(before, after) for before, after in pairwise(self._snapshots)]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The intervals as plain JSON."""
        return [interval.to_dict() for interval in self.intervals()]


_TOTALS = ("ok", "skipped", "failed", "unknown", "calls", "seconds_waited", "seconds_paused", "rate_limited")


def _interval(before: Snapshot, after: Snapshot) -> Interval:
    offline = {device: round(seconds - before.offline.get(device, 0.0), 6) for device, seconds in after.offline.items()}
    return Interval(
        start=before.at,
        seconds=after.at - before.at,
        offline={device: seconds for device, seconds in offline.items() if seconds > 0},
        **{name: getattr(after, name) - getattr(before, name) for name in _TOTALS},
    )
