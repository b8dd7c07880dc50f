"""A run under way: rows into the engine, outcomes out of it, and nothing counted that is not safe."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Self

from sparkbot import _logging, errors
from sparkbot.batch.latency import Latency
from sparkbot.batch.outcome import Outcome
from sparkbot.sync.errors import InvalidRow, RunStopped, TooManyErrors
from sparkbot.sync.executor import DryRunExecutor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from sparkbot.sync.checkpoint import RowRecord
    from sparkbot.sync.executor import RowExecutor, RowResult, SubmittedRow
    from sparkbot.sync.rows import Row
    from sparkbot.sync.runner import SyncRunner

#: Rows that may be submitted and not yet taken: what bounds the memory of a run.
_PENDING = 2048
#: The same while a device is offline: its rows stand before those of others in the order of the outcomes.
_PENDING_OFFLINE = 32_768
#: Rows that are read, and outcomes that are taken, at a time.
BATCH = 256
#: How long outcomes are waited for before progress is shown without any, in seconds.
PATIENCE = 0.5
#: How long a stopped run lets its calls end, in seconds: Ctrl-C must not seem to be ignored.
_LAST_CALLS = 0.15
#: Rows before an error rate is one.
_ENOUGH_ROWS = 20


class SyncPipeline:
    """What a run holds open: engine, journal, files, displays. Closed in every case, also by Ctrl-C."""

    def __init__(self, driver: SyncRunner) -> None:
        self._driver = driver
        self._report = driver.report
        self.engine: RowExecutor = driver.open_engine()
        self.memory = driver.open_memory()
        # Last: a report of an earlier run is not replaced before all options have proved right.
        self._writers = driver.open_writers()
        #: Only where the client has hooks.
        self.hooks = driver.open_hooks()
        self._reporters = driver.open_reporters()
        self._inputs: deque[tuple[Row, RowRecord | None]] = deque()
        #: The index of the first of `_inputs`.
        self._first = 0
        #: Outcomes that came out of the engine, and those of them that are safe and not yet told.
        self._arrived: list[RowResult] = []
        self._safe: deque[RowResult] = deque()
        self._exhausted = False
        self._unanswered = 0
        #: Whether an outcome is being told: to files, callbacks and logs, any of which may fail.
        self._telling = False
        #: Whether a commit is under way in another thread.
        self._busy = threading.Lock()

    def __enter__(self) -> Self:
        return self

    @property
    def goes_on(self) -> bool:
        return bool(self._inputs) or not self._exhausted

    @property
    def room(self) -> int:
        """How many rows to read next."""
        most = _PENDING if self.hooks is None else self.hooks.most(self._driver.settings.concurrency)
        if len(self._inputs) >= most and any(waiting for _, waiting, _, _ in self.engine.offline):
            most = _PENDING_OFFLINE
        return min(BATCH, max(0, most - len(self._inputs)))

    @property
    def patience(self) -> float:
        """How long to wait for outcomes; in bulk not while there is room for rows, so that batches are full."""
        more = self._driver.batching is not None and self.room > 0 and not self._exhausted
        return 0.0 if more else PATIENCE

    def exchange(self, rows: list[Row], room: int) -> None:
        """Makes the outcomes that arrived safe, and then sends the next rows."""
        with self._busy:
            self._exhausted = len(rows) < room
            submitted = [self._submitted(row) for row in rows]
            if self.memory is None and self.hooks is None:
                self._inputs.extend((row, None) for row in rows)
                self.engine.submit(submitted)
            else:
                self._stage(rows, submitted)
            self._safe.extend(self._arrived)
            self._arrived = []

    def foresee(self, rows: list[Row]) -> None:
        """Tells the journal of rows that will come."""
        assert self.memory is not None
        self.memory.foresee(self.engine.stage([self._submitted(row) for row in rows], self.memory.secret))

    def _stage(self, rows: list[Row], submitted: list[SubmittedRow]) -> None:
        """Finds out which rows are to be sent, before they are: journal and hooks have to know."""
        memory = self.memory
        numbers = self.engine.stage(submitted, memory.secret if memory else b"")
        decided: Sequence[RowRecord | None] = memory.decide(numbers) if memory else [None] * len(rows)
        if memory:
            memory.commit(self._ended(self._arrived), numbers, decided)
        if self.hooks is not None:
            self.hooks.line_up(self._first + len(self._inputs), submitted, numbers, decided)
        self._inputs.extend(zip(rows, decided, strict=True))
        if self.hooks is None:
            self.engine.release([known is None for known in decided])

    def _ended(self, taken: list[RowResult]) -> list[Any]:
        """What the journal is to keep; it has the rows already that were not sent."""
        from sparkbot.sync.checkpoint import FinishedRow

        outcomes = ((one[0], self._outcome(one)) for one in taken if self._inputs[one[0] - self._first][1] is None)
        return [FinishedRow(index, outcome.status, outcome.reason, outcome.kind) for index, outcome in outcomes]

    def secure(self) -> None:
        """Makes the outcomes that arrived safe without waiting for the next rows; files need no such haste."""
        with self._busy:
            if self.memory and self._arrived:
                self.memory.commit(self._ended(self._arrived), (), ())
            self._safe.extend(self._arrived)
            self._arrived = []

    def receive(self, taken: list[RowResult]) -> None:
        """Takes outcomes out of the engine; without a journal they are as safe as they get."""
        (self._arrived if self.memory else self._safe).extend(taken)
        self._note_engine()
        if self._report.timeline.is_due:
            self._report.mark(self.engine.held_back)
        for reporter in self._reporters:
            reporter.update(self._report, self._driver.total)

    def settle(self) -> Iterator[Outcome]:
        """Counts, writes and shows outcomes; raises when the run can't go on."""
        stop: RunStopped | None = None
        worth_logging = _logging.worth_telling()
        while self._safe:
            outcome = self._tell(self._safe[0], worth_logging)
            stop = stop or self._stop(outcome)
            yield outcome
        stop = stop or self._refuted()
        if stop is not None:
            raise stop

    def _tell(self, taken: RowResult, worth_logging: float) -> Outcome:
        outcome = self._outcome(taken)
        resumed = self._inputs[taken[0] - self._first][1]
        for _ in range(taken[0] - self._first + 1):
            # Rows before it that were not begun have no outcome.
            self._inputs.popleft()
        self._first = taken[0] + 1
        self._safe.popleft()
        self._report.add(outcome)
        self._telling = True
        if outcome.attempts >= worth_logging:
            _logging.tell_item("sync_metadata", outcome)
        if self.hooks is not None:
            self.hooks.tell(outcome)
        if resumed is not None and resumed.contact:
            self._report.resumed += 1
        for writer in self._writers:
            writer.write(outcome)
        if self._driver.settings.on_outcome:
            self._driver.settings.on_outcome(outcome)
        self._telling = False
        return outcome

    def _outcome(self, taken: RowResult) -> Outcome:
        index, status, contact, reason, error, attempts, elapsed = taken
        row, known = self._inputs[index - self._first]
        if known is not None:
            status, reason = known.outcome
        refused = self.hooks.refused.get(index) if self.hooks is not None else None
        if refused is not None:
            status, reason, error = "failed", None, refused
        if isinstance(row.problem, InvalidRow):
            # The engine knows the row's problem as a text only.
            error = row.problem
        return Outcome(
            index,
            row.cells,
            status,
            contact=contact,
            reason=reason,
            error=error,
            attempts=attempts,
            elapsed=elapsed,
            line=row.line,
        )

    def _submitted(self, row: Row) -> SubmittedRow:
        chosen = self._driver.columns
        if row.problem is not None:
            return str(row.problem)
        if not chosen.chosen and not row.cells.keys() <= chosen.known:
            late = ", ".join(repr(str(name)) for name in row.cells.keys() - chosen.known)
            return (
                f"the row has the column {late}, which the first row has not: give all rows the same columns, or choose with only"
            )
        device = self._driver.routes.of(row)
        if isinstance(device, str):
            return device
        try:
            return device, row.cells.get(chosen.contact), chosen.values_of(row.cells)
        except InvalidRow as refused:
            row.problem = refused
            return str(refused)

    def _stop(self, outcome: Outcome) -> RunStopped | None:
        """Why the run ends after this outcome; None while it goes on."""
        error, settings = outcome.error, self._driver.settings
        if error is None and settings.max_error_rate is None:
            # As nearly every row does; those that were sent tell that the service answers.
            self._unanswered = 0 if outcome.attempts else self._unanswered
            return None
        if isinstance(error, errors.AuthenticationError):
            return self._stopped(f"the service refused the API key ({error}): check SPARKBOT_API_KEY")
        only = self._driver.routes.only
        if isinstance(error, errors.NotFoundError) and error.message == "Device not found" and only is not None:
            return self._stopped(f"the service has no device {only!r} any more: list the devices (sparkbot devices)")
        if outcome.attempts:
            self._unanswered = self._unanswered + 1 if isinstance(error, errors.TransportError) else 0
        rows_of_a_call = self._driver.batching.rows if self._driver.batching else 1
        if self._unanswered >= 3 * settings.concurrency * rows_of_a_call:
            return self._stopped(
                f"the last {self._unanswered} rows got no answer ({error}): check that the service is up and the network works"
            )
        return self._too_many() if settings.max_error_rate is not None else None

    def _refuted(self) -> RunStopped | None:
        """Why nothing more is written in bulk, if what was read back says so."""
        sample = self.engine.sample
        if sample is None or sample[2] is None:
            return None
        return self._stopped(
            f"bulk does not do on this service what it is taken to do ({sample[2]}; of {sample[0]:,} rows read back, "
            f"{sample[1]:,} held): write row by row, without via='bulk' (--via bulk), and look at the contacts of this run"
        )

    def _too_many(self) -> RunStopped | None:
        report, most = self._report, self._driver.settings.max_error_rate or 0.0
        lost = report.failed + report.unknown
        if report.rows < _ENOUGH_ROWS or lost <= most * report.rows:
            return None
        first = f"; the first: {report.failures[0].message}" if report.failures else ""
        return self._stopped(f"{lost:,} of them failed, a larger share than max_error_rate={most:g}{first}", TooManyErrors)

    def _stopped(self, why: str, kind: type[RunStopped] = RunStopped) -> RunStopped:
        total = self._driver.total
        done = f"{self._report.rows:,}" + (f" of {total:,}" if total is not None else "")
        then = "resume with the same journal" if self.memory else "run the same rows again: writing them twice changes nothing"
        return kind(f"stopped after {done} rows, {self._report.ok:,} of them written: {why}. Then {then}", self._report)

    def _note_engine(self) -> None:
        called = self._driver.routes.called
        offline = self.engine.offline
        self._report.calls = self.engine.calls
        sample = self.engine.sample
        self._report.sample = None if sample is None else (sample[0], sample[1])
        self._report.offline = {called(device): seconds for device, _, _, seconds in offline}
        self._report.waiting_for = tuple(called(device) for device, waiting, _, _ in offline if waiting)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                if self.memory:
                    self.memory.complete()
            else:
                self._keep_what_ended(error)
        finally:
            self._close()
        if isinstance(error, KeyboardInterrupt):
            error.report = self._report  # type: ignore[attr-defined]

    def _keep_what_ended(self, error: BaseException) -> None:
        """The outcomes that a stopped run has not told yet: those that were there, and of calls that end in a moment."""
        with self._busy:
            # An event loop is not held up: what is under way there is given up at once.
            patience = 0.0 if self._driver.is_async or self._driver.settings.dry_run else _LAST_CALLS
            drained = [] if self._driver.settings.dry_run else self.engine.drain(patience)
            # An interruption between any two steps may leave an outcome in both, or in neither but the engine.
            next_one = self._safe[-1][0] + 1 if self._safe else self._first
            arrived = {one[0]: one for one in (*self._arrived, *drained) if one[0] >= next_one}
            if self.memory:
                self.memory.commit(self._ended(list(arrived.values())), (), ())
            self._safe.extend(arrived.values())
            self._arrived = []
        # What failed may be the telling itself, and would fail again: a full disk, a callback.
        if not self._telling or not isinstance(error, Exception):
            worth_logging = _logging.worth_telling()
            while self._safe:
                self._tell(self._safe[0], worth_logging)
        if self.hooks is not None:
            self.hooks.abandon(error)
        total, rows = self._driver.total, self._report.rows
        self._report.not_begun = len(self._inputs) if total is None else max(0, total - rows)

    def _close(self) -> None:
        try:
            self._note_engine()
            self._report.mark(self.engine.held_back)
            self._report.latency = Latency(*self.engine.latencies)
            if isinstance(self.engine, DryRunExecutor):
                self._report.fewest_calls = self.engine.fewest_calls
            self.engine.close()
        finally:
            self._report.waiting_for = ()
            self._report.finish()
            if self.memory:
                self.memory.close()
            for writer in self._writers:
                writer.close()
            for reporter in self._reporters:
                reporter.finish(self._report, self._driver.total)
