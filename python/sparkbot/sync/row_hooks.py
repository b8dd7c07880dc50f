"""Calls the client's hooks for the rows of a sync: before a row is sent, and when its outcome is emitted."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from sparkbot._dispatch import InstrumentedCall, resolve
from sparkbot._sparkbot import CallTrace
from sparkbot.batch.instrumented import HookNotifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot._dispatch import Dispatcher
    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.checkpoint import RowRecord
    from sparkbot.sync.devices import DeviceResolver
    from sparkbot.sync.executor import RowExecutor, SubmittedRow

#: The operation that hooks see, also if a row takes a second one to read or create the contact.
_OPERATION = "contacts.upsert_metadata"


class _RowCall(InstrumentedCall):
    """A row that is sent, from reading it to its outcome."""

    __slots__ = ("index", "submitted_at")

    def __init__(self, dispatcher: Dispatcher, index: int, device: str) -> None:
        super().__init__(dispatcher, _OPERATION, (device,), None)
        self.request.item = self.index = index
        self.submitted_at = 0.0


class RowHooks:
    """Calls hooks for the rows that are sent."""

    def __init__(self, dispatcher: Dispatcher, devices: DeviceResolver, *, awaited: bool) -> None:
        self._dispatcher = dispatcher
        self._devices = devices
        self._awaited = awaited
        self._notifier = HookNotifier(awaited=awaited)
        #: Staged rows; None for those that are not sent.
        self._staged: list[_RowCall | None] = []
        #: The masked wids of their contacts, from the journal.
        self._wids: list[int | None] | None = None
        self._in_flight: dict[int, _RowCall] = {}
        #: By index, errors of rows that are not sent: raised by `on_request`, or by invalid headers that it set.
        self.vetoed: dict[int, Exception] = {}

    @staticmethod
    def max_pending(concurrency: int) -> int:
        """Rows that may be pending: `on_request` must not be called long before its row is sent."""
        return 4 * concurrency

    def prepare(
        self,
        first: int,
        rows: Sequence[SubmittedRow],
        hashes: Sequence[tuple[int, int]],
        records: Sequence[RowRecord | None],
        wids: list[int | None] | None,
    ) -> None:
        """Accepts staged rows. The content hash of a row that the executor does not send is 0."""
        self._wids = wids
        for index, (row, (_, content), record) in enumerate(zip(rows, hashes, records, strict=True), first):
            is_sent = content != 0 and record is None and not isinstance(row, str)
            self._staged.append(_RowCall(self._dispatcher, index, self._devices.id(row[0])) if is_sent else None)  # type: ignore[arg-type]  # not a str

    async def dispatch(self, executor: RowExecutor) -> None:
        """Calls `on_request` for the staged rows, and sends those that no hook vetoes. Suspends for async hooks only."""
        for row in filter(None, self._staged):
            try:
                for result in row.run_request_hooks():
                    await resolve(result, awaited=self._awaited)
            except Exception as error:
                self._veto(row, error)
        traces = [self._start(row) for row in self._staged]
        self._staged = []
        executor.submit_staged([trace is not None for trace in traces], traces, self._wids)

    def _veto(self, row: _RowCall, error: Exception) -> None:
        # The traceback would keep the frames' objects alive.
        self.vetoed[row.index] = error.with_traceback(None)

    def _start(self, row: _RowCall | None) -> CallTrace | None:
        if row is None or row.index in self.vetoed:
            return None
        self._in_flight[row.index] = row
        row.submitted_at = perf_counter()
        try:
            row.trace = CallTrace(row.request.headers)
        except Exception as error:
            self._veto(row, error)
            return None
        return row.trace

    def notify(self, outcome: Outcome) -> None:
        """Calls `on_response` if the row was sent."""
        self.vetoed.pop(outcome.index, None)
        row = self._in_flight.pop(outcome.index, None)
        if row is not None:
            self._notifier.notify(row, outcome, outcome.error, outcome.elapsed)

    async def wait(self) -> None:
        """Awaits what the hooks returned."""
        await self._notifier.settle()

    def abandon(self, error: BaseException) -> None:
        """Calls `on_response` for the rows that an ended run still had in flight."""
        rows, self._in_flight = self._in_flight, {}
        now = perf_counter()
        self._notifier.abandon(((row, now - row.submitted_at) for row in rows.values()), error)
