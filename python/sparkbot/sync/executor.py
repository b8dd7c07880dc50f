"""What a run sends its rows to: the Rust executor, or a dry run that only plans."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from sparkbot._sparkbot import CallTrace, LatencySnapshot, OfflineDevice, RowResult, SyncExecutor, VerificationStats
    from sparkbot.phones import PhoneOptions

    #: Accepts rows and returns their results in the same order.
    RowExecutor: TypeAlias = "SyncExecutor | DryRunExecutor"

#: A row to send: index of its device, the contact's cell, the values in the order of the keys, and the country of the number if
#: the row names one; or why the row is invalid.
SubmittedRow = tuple[int, Any, tuple[Any, ...]] | tuple[int, Any, tuple[Any, ...], str] | str


class BulkConfig(NamedTuple):
    """Rows per call, and how many of them are read back."""

    rows: int
    first_sample: int
    sample_every: int
    #: Seconds until a row must be readable: the service may write after it has responded.
    timeout: float

    def calls(self, rows: int) -> int:
        """Calls needed for this many rows of different contacts."""
        sampled = min(self.first_sample, rows) + max(0, rows - 1) // self.sample_every
        return -(-rows // self.rows) + 2 * sampled


#: The contract allows 1,000 rows a call; the vendor recommends about 50.
BULK = BulkConfig(rows=50, first_sample=3, sample_every=1000, timeout=8.0)


class DryRunExecutor:
    """Plans every row and sends nothing: `ok` means that the row would be written."""

    def __init__(
        self,
        keys: list[str],
        *,
        phones: PhoneOptions,
        empty: list[str],
        compare: str | None = None,
        resolves: bool = False,
        batching: BulkConfig | None = None,
    ) -> None:
        self._plan = (keys, phones, empty)
        self._compare = compare
        #: Contacts to look up, each once.
        self._lookups: set[str | None] | None = set() if resolves else None
        self._batching = batching
        self._results: deque[RowResult] = deque()
        self._submitted = 0
        self._writes = 0
        self.second_readings = 0
        self.throttled_by: dict[str, float] = {}
        self.latency: LatencySnapshot | None = None
        self.offline_devices: list[OfflineDevice] = []
        self.verification: VerificationStats | None = None
        # Rejects an invalid country code now, as a real run does.
        self.submit([])

    def register_device(self, id: str, /) -> int:
        return 0

    def submit(self, rows: list[SubmittedRow], /) -> None:
        from sparkbot._sparkbot import plan_rows

        keys, phones, empty = self._plan
        results, second_readings = plan_rows(keys, rows, phones, empty, self._submitted)
        self.second_readings += second_readings
        self._results.extend(results)
        self._submitted += len(results)
        self._writes += sum(result.status == "ok" for result in results)
        if self._lookups is not None:
            self._lookups.update(result.contact for result in results if result.status == "ok")

    @property
    def calls(self) -> int:
        """Calls needed if every contact exists and has none of the values yet."""
        if self._batching is not None:
            return self._batching.calls(self._writes)
        # Clearing reads the contact, as only keys that it has are cleared.
        reads = self._compare == "service" or "clear" in self._plan[2]
        return (2 if reads else 1) * self._writes + len(self._lookups or ())

    @property
    def min_calls(self) -> int:
        """Calls needed if every contact has all values already."""
        return 0 if self._compare == "journal" else self.calls if self._batching else self._writes + len(self._lookups or ())

    def stage(self, rows: list[SubmittedRow], secret: bytes, /) -> list[tuple[int, int]]:
        raise NotImplementedError("a dry run has no journal")

    def stage_pairs(self, rows: list[SubmittedRow], secret: bytes, /) -> list[tuple[int, int, int, list[tuple[int, int]]]]:
        raise NotImplementedError("a dry run has no journal")

    def submit_staged(
        self, selected: list[bool], traces: list[CallTrace | None] | None = None, wids: list[int | None] | None = None, /
    ) -> None:
        raise NotImplementedError("a dry run has no journal")

    def take(self, max: int, timeout: float, /) -> list[RowResult]:
        return [self._results.popleft() for _ in range(min(max, len(self._results)))]

    async def take_async(self, max: int, timeout: float, /) -> list[RowResult]:
        return self.take(max, timeout)

    def drain(self, timeout: float, /) -> list[RowResult]:
        return self.take(len(self._results), timeout)

    def close(self) -> None:
        self._results.clear()
