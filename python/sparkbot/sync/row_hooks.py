"""Hooks and the rows of a sync: told before a row is handed to the engine, and when its outcome is given out."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from sparkbot._dispatch import Hooked, refuse, settled
from sparkbot._sparkbot import CallTrace
from sparkbot.batch.instrumented import Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot._dispatch import Caller
    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.checkpoint import RowRecord
    from sparkbot.sync.devices import DeviceResolver
    from sparkbot.sync.executor import RowExecutor, SubmittedRow

#: What a row is told as, also where it takes a second operation to read or to create the contact.
_OPERATION = "contacts.upsert_metadata"


class _Row(Hooked):
    """A row that is sent, from its reading to its outcome."""

    __slots__ = ("handed_over", "index")

    def __init__(self, caller: Caller, index: int, device: str) -> None:
        super().__init__(caller, _OPERATION, (device,), None)
        self.request.item = self.index = index
        self.handed_over = 0.0


class RowHooks:
    """The rows of a run that hooks are told of: those that are sent."""

    def __init__(self, caller: Caller, routes: DeviceResolver, *, awaited: bool) -> None:
        self._caller = caller
        self._routes = routes
        self._telling = Telling(awaited=awaited)
        #: Staged rows; None for those that are not sent.
        self._staged: list[_Row | None] = []
        self._open: dict[int, _Row] = {}
        #: Why rows are not sent after all, by their index: what `on_request` raised, or headers that nobody can send.
        self.refused: dict[int, Exception] = {}

    @staticmethod
    def most(concurrency: int) -> int:
        """Rows that may be pending: one is told of when it is handed over, which is not to be long before it is sent."""
        return 4 * concurrency

    def line_up(
        self, first: int, rows: Sequence[SubmittedRow], numbers: Sequence[tuple[int, int]], known: Sequence[RowRecord | None]
    ) -> None:
        """Takes staged rows in; of one that the engine does not send the second number is 0."""
        for index, (row, (_, values), recorded) in enumerate(zip(rows, numbers, known, strict=True), first):
            is_sent = values != 0 and recorded is None and not isinstance(row, str)
            self._staged.append(_Row(self._caller, index, self._routes.id(row[0])) if is_sent else None)  # type: ignore[arg-type]  # no text

    def release(self, engine: RowExecutor) -> None:
        """Tells the hooks of the staged rows, and lets those go that no hook refuses."""
        for row in filter(None, self._staged):
            try:
                for result in row.before():
                    refuse(result)
            except Exception as error:
                self._refuse(row, error)
        self._let_go(engine)

    async def release_awaited(self, engine: RowExecutor) -> None:
        """As `release`, for hooks that may have to be awaited."""
        for row in filter(None, self._staged):
            try:
                for result in row.before():
                    await settled(result)
            except Exception as error:
                self._refuse(row, error)
        self._let_go(engine)

    def _refuse(self, row: _Row, error: Exception) -> None:
        # Without the frames it came through: they would keep alive what was in them.
        self.refused[row.index] = error.with_traceback(None)

    def _let_go(self, engine: RowExecutor) -> None:
        watched = [self._handed_over(row) for row in self._staged]
        self._staged = []
        engine.release([trace is not None for trace in watched], watched)

    def _handed_over(self, row: _Row | None) -> CallTrace | None:
        if row is None or row.index in self.refused:
            return None
        self._open[row.index] = row
        row.handed_over = perf_counter()
        try:
            row.trace = CallTrace(row.request.headers)
        except Exception as error:
            self._refuse(row, error)
            return None
        return row.trace

    def tell(self, outcome: Outcome) -> None:
        """Tells of a row that was sent."""
        self.refused.pop(outcome.index, None)
        row = self._open.pop(outcome.index, None)
        if row is not None:
            self._telling.tell(row, outcome, outcome.error, outcome.elapsed)

    async def settle(self) -> None:
        """Awaits what the hooks returned."""
        await self._telling.settle()

    def abandon(self, error: BaseException) -> None:
        """Tells of the rows that the run gave up."""
        rows, self._open = self._open, {}
        now = perf_counter()
        self._telling.abandon(((row, now - row.handed_over) for row in rows.values()), error)
