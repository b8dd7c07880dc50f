"""How long the calls of a run took."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    #: From, to (exclusive) and number.
    Bucket = tuple[float, float, int]

#: The shares of calls whose longest time is told.
SHARES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}


class Latency:
    """How long the answers of a run took, in seconds, from sending a request to the end of its answer.

    Waiting for the limit of calls per second and pauses between attempts are not part of it; requests that got no answer are
    not counted. Times are kept in a histogram of 1,024 buckets however many there are, so a percentile is up to 1.6 % off.

    Attributes:
        count: Answers.
        max: The longest time.
        buckets: From, to and number of times, shortest first, without empty ones.

    Example:
        >>> report = sparkbot.sync_metadata(client, device, rows)
        >>> report.latency.percentile(0.95) < 5
        True
    """

    __slots__ = ("_total", "buckets", "count", "max")

    def __init__(self, total: float = 0.0, longest: float = 0.0, buckets: Sequence[Bucket] = ()) -> None:
        self._total = total
        self.max = longest
        self.buckets = list(buckets)
        self.count = sum(count for _, _, count in self.buckets)

    @property
    def mean(self) -> float:
        """The average time."""
        return self._total / self.count if self.count else 0.0

    def percentile(self, share: float) -> float:
        """The time that this share of the answers did not take longer than; 0.0 when there was none."""
        wanted = share * self.count
        counted = 0
        for start, end, count in self.buckets:
            counted += count
            if counted >= wanted:
                return min((start + end) / 2, self.max)
        return self.max

    def to_dict(self) -> dict[str, float]:
        """Count, mean, percentiles and maximum as plain JSON."""
        found = {name: self.percentile(share) for name, share in SHARES.items()}
        return {"count": self.count, "mean": self.mean, **found, "max": self.max}

    def __str__(self) -> str:
        if not self.count:
            return "no answers"
        shown = {**{name: self.percentile(share) for name, share in SHARES.items()}, "max": self.max}
        return ", ".join(f"{name} {milliseconds(seconds)}" for name, seconds in shown.items())

    def __repr__(self) -> str:
        return f"<Latency of {self.count:,} answers: {self}>"


def milliseconds(seconds: float) -> str:
    """A short time for people: `0.24 ms`, `3.1 ms`, `240 ms`, `12.5 s`."""
    if seconds >= 9.9995:
        return f"{seconds:.1f} s"
    thousandths = seconds * 1000
    return (
        f"{thousandths:.2f} ms" if thousandths < 1 else f"{thousandths:.1f} ms" if thousandths < 100 else f"{thousandths:,.0f} ms"
    )
