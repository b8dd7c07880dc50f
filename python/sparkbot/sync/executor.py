"""What a run drives: the engine in Rust that sends, or a dry run that only plans."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from sparkbot._sparkbot import CallTrace
    from sparkbot.batch.outcome import Status

#: One row on its way: the number of its device, the contact's cell and the values in the order of the keys, or what is wrong
#: with the row.
SubmittedRow = tuple[int, Any, tuple[Any, ...]] | str
#: index, status, contact, reason, error, attempts, elapsed
RowResult = tuple[int, "Status", str | None, str | None, Exception | None, int, float]

#: A device that is or was offline: id, whether the run waits for it now, rows that wait, seconds.
OfflineDevice = tuple[str, bool, int, float]


#: How long the answers took, in seconds: all together, the longest, and a histogram of (from, to, number).
Latencies = tuple[float, float, list[tuple[float, float, int]]]


#: What was read back of rows that were written in bulk, how many of these held, and why nothing more is written so.
VerificationStats = tuple[int, int, str | None]


class Batching(NamedTuple):
    """How rows are put together for one call, and how many of them are read before and after."""

    rows: int
    first_sample: int
    sample_every: int
    #: Seconds that a row may take to show: the service may write later than it answers.
    patience: float

    def calls(self, rows: int) -> int:
        """What so many rows of different contacts take."""
        sampled = min(self.first_sample, rows) + max(0, rows - 1) // self.sample_every
        return -(-rows // self.rows) + 2 * sampled


#: The contract allows 1,000 rows a call; the vendor advises about 50.
BULK = Batching(rows=50, first_sample=3, sample_every=1000, patience=8.0)


class RowExecutor(Protocol):
    """Takes rows in, gives outcomes out in the same order."""

    @property
    def calls(self) -> int: ...

    @property
    def held_back(self) -> dict[str, float]: ...

    @property
    def latencies(self) -> Latencies: ...

    @property
    def offline(self) -> list[OfflineDevice]: ...

    @property
    def sample(self) -> VerificationStats | None: ...

    def device(self, id: str) -> int: ...

    def submit(self, rows: list[SubmittedRow]) -> None: ...

    def stage(self, rows: list[SubmittedRow], secret: bytes) -> list[tuple[int, int]]: ...

    def release(self, wanted: list[bool], watched: list[CallTrace | None] | None = None) -> None: ...

    def take(self, at_most: int, patience: float) -> list[RowResult]: ...

    def take_async(self, at_most: int, patience: float) -> Awaitable[list[RowResult]]: ...

    def drain(self, patience: float) -> list[RowResult]: ...

    def close(self) -> None: ...


class DryRunExecutor:
    """Plans every row and sends nothing: `ok` means that the row would be written."""

    def __init__(
        self,
        keys: list[str],
        *,
        country_code: str | None,
        empty: list[str],
        compare: str | None = None,
        batching: Batching | None = None,
    ) -> None:
        self._plan = (keys, country_code, empty)
        self._compare = compare
        self._batching = batching
        self._ready: deque[RowResult] = deque()
        self._submitted = 0
        self._writes = 0
        self.held_back: dict[str, float] = {}
        self.latencies: Latencies = (0.0, 0.0, [])
        self.offline: list[OfflineDevice] = []
        self.sample: VerificationStats | None = None
        # A wrong country code is refused now, as it is when something is sent.
        self.submit([])

    def device(self, id: str) -> int:
        return 0

    def submit(self, rows: list[SubmittedRow]) -> None:
        from sparkbot._sparkbot import plan_rows

        keys, country_code, empty = self._plan
        for status, contact, reason, problem in plan_rows(keys, rows, country_code, empty):
            self._ready.append((self._submitted, status, contact, reason, problem, 0, 0.0))
            self._submitted += 1
            self._writes += status == "ok"

    @property
    def calls(self) -> int:
        """What the run takes if every contact is there, and has none of it yet."""
        if self._batching is not None:
            return self._batching.calls(self._writes)
        return 2 * self._writes if self._compare == "service" else self._writes

    @property
    def fewest_calls(self) -> int:
        """What it takes if every contact has all of it already."""
        return 0 if self._compare == "journal" else self.calls if self._batching else self._writes

    def stage(self, rows: list[SubmittedRow], secret: bytes) -> list[tuple[int, int]]:
        raise NotImplementedError("a dry run keeps no journal")

    def release(self, wanted: list[bool], watched: list[CallTrace | None] | None = None) -> None:
        raise NotImplementedError("a dry run keeps no journal")

    def take(self, at_most: int, patience: float) -> list[RowResult]:
        return [self._ready.popleft() for _ in range(min(at_most, len(self._ready)))]

    async def take_async(self, at_most: int, patience: float) -> list[RowResult]:
        return self.take(at_most, patience)

    def drain(self, patience: float) -> list[RowResult]:
        return self.take(len(self._ready), patience)

    def close(self) -> None:
        self._ready.clear()
