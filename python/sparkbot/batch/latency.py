"""Latency of the calls of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot._sparkbot import LatencySnapshot

    #: Start, end (exclusive), count.
    Bucket = tuple[float, float, int]

#: Percentiles that reports show.
PERCENTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}


class Latency:
    """Response times of a run, in seconds, from sending a request to the end of its response.

    Waiting for the rate limit and delays between attempts are not included, nor are requests without a response. The times
    are kept in a histogram of 1,024 buckets, so percentiles are accurate to 1.6 %.

    Attributes:
        count: Number of responses.
        max: Maximum response time.
        buckets: Start, end and count of each non-empty bucket, shortest times first.

    Example:
        >>> report = sparkbot.sync_metadata(client, device, rows)
        >>> report.latency.percentile(0.95) < 5
        True
    """

    __slots__ = ("_total", "buckets", "count", "max")

    def __init__(self, total: float = 0.0, maximum: float = 0.0, buckets: Sequence[Bucket] = ()) -> None:
        self._total = total
        self.max = maximum
        self.buckets = list(buckets)
        self.count = sum(count for _, _, count in self.buckets)

    @classmethod
    def from_snapshot(cls, snapshot: LatencySnapshot) -> Latency:
        """The latency that an executor has measured."""
        return cls(snapshot.total, snapshot.max, snapshot.buckets)

    @property
    def mean(self) -> float:
        """Mean response time."""
        return self._total / self.count if self.count else 0.0

    def percentile(self, q: float) -> float:
        """The response time that a fraction `q` of the responses did not exceed, such as 0.95; 0.0 without responses."""
        cumulative = 0
        for start, end, count in self.buckets:
            cumulative += count
            if cumulative >= q * self.count:
                return min((start + end) / 2, self.max)
        return self.max

    def _percentiles(self) -> dict[str, float]:
        return {name: self.percentile(q) for name, q in PERCENTILES.items()}

    def to_dict(self) -> dict[str, float]:
        """Count, mean, percentiles and maximum as plain JSON."""
        return {"count": self.count, "mean": self.mean, **self._percentiles(), "max": self.max}

    def __str__(self) -> str:
        if not self.count:
            return "no responses"
        times = {**self._percentiles(), "max": self.max}
        return ", ".join(f"{name} {format_milliseconds(seconds)}" for name, seconds in times.items())

    def __repr__(self) -> str:
        return f"<Latency of {self.count:,} responses: {self}>"


def format_milliseconds(seconds: float) -> str:
    """`0.24 ms`, `3.1 ms`, `240 ms`, `12.5 s`."""
    if seconds >= 9.9995:
        return f"{seconds:.1f} s"
    milliseconds = seconds * 1000
    digits = 2 if milliseconds < 1 else 1 if milliseconds < 100 else 0
    return f"{milliseconds:,.{digits}f} ms"
