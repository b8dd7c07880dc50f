"""When what happened in a run."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Marks that are kept. Once there are so many, every second one goes and the next ones are twice as far apart.
MOST = 240
#: Seconds between the first marks.
_FIRST_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the run was at one moment; everything is counted from its start."""

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
    """What happened in a part of a run.

    Attributes:
        start: Seconds from the start of the run.
        seconds: How long the part is.
        ok, skipped, failed, unknown: Outcomes.
        calls: Requests sent, repeated ones included.
        seconds_waited: How long calls waited for the limit of calls per second: the average of the workers.
        seconds_paused: How long they waited after answers with status 429.
        rate_limited: Answers with status 429.
        offline: Seconds that devices were offline, by what the run calls them.
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
        """Outcomes of all kinds."""
        return self.ok + self.skipped + self.failed + self.unknown

    def to_dict(self) -> dict[str, Any]:
        """The part as plain JSON."""
        return asdict(self)


class Timeline:
    """The parts of a run, at most 240 however long it is.

    Counts are noted as sums from the start, so leaving a mark out joins two parts and loses nothing.
    """

    __slots__ = ("_due", "_marks", "_started", "_step")

    def __init__(self) -> None:
        self._marks = [Mark()]
        self._step = _FIRST_STEP
        self._due = self._started = time.monotonic()

    @property
    def is_due(self) -> bool:
        """Whether it is time for the next mark. Asked after every batch of outcomes."""
        return time.monotonic() >= self._due

    def note(self, mark: Mark) -> None:
        """Takes a mark in. One that follows the last at once takes its place: a rate over a moment says nothing."""
        if len(self._marks) > 1 and mark.at - self._marks[-1].at < self._step / 2:
            self._marks.pop()
        self._marks.append(mark)
        if len(self._marks) > MOST:
            # The first one is the start, the last one what has just been noted.
            self._marks = [*self._marks[:-1:2], mark]
            self._step *= 2
        self._due = self._started + mark.at + self._step

    def intervals(self) -> list[Interval]:
        """The parts of the run, in order."""
        return [_between(before, after) for before, after in pairwise(self._marks)]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The parts as plain JSON."""
        return [interval.to_dict() for interval in self.intervals()]


def _between(before: Mark, after: Mark) -> Interval:
    offline = {device: round(seconds - before.offline.get(device, 0.0), 6) for device, seconds in after.offline.items()}
    return Interval(
        start=before.at,
        seconds=after.at - before.at,
        ok=after.ok - before.ok,
        skipped=after.skipped - before.skipped,
        failed=after.failed - before.failed,
        unknown=after.unknown - before.unknown,
        calls=after.calls - before.calls,
        seconds_waited=after.seconds_waited - before.seconds_waited,
        seconds_paused=after.seconds_paused - before.seconds_paused,
        rate_limited=after.rate_limited - before.rate_limited,
        offline={device: seconds for device, seconds in offline.items() if seconds > 0},
    )
