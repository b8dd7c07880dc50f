"""The open resources of a run: rows go to the executor, outcomes come back; none is reported before it is durable."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sparkbot import _logging
from sparkbot.batch.latency import Latency
from sparkbot.batch.outcome import Outcome
from sparkbot.sync.abort_rules import AbortRules
from sparkbot.sync.columns.selection import first_filled
from sparkbot.sync.errors import InvalidRow
from sparkbot.sync.executor import DryRunExecutor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from sparkbot._dispatch import Instrumentation
    from sparkbot._sparkbot import RowResult
    from sparkbot.batch.progress import ProgressReporter
    from sparkbot.sync.checkpoint import FinishedRow, RowRecord
    from sparkbot.sync.columns.fields import MappedColumns
    from sparkbot.sync.columns.selection import Columns
    from sparkbot.sync.devices import DeviceResolver
    from sparkbot.sync.executor import BulkConfig, RowExecutor, SubmittedRow
    from sparkbot.sync.options import ResolvedOptions
    from sparkbot.sync.report.report import Report
    from sparkbot.sync.report.writers import OutcomeWriter
    from sparkbot.sync.resume import ResumeState
    from sparkbot.sync.row_hooks import RowHooks
    from sparkbot.tabular.rows import Row

#: Rows submitted and not yet returned; bounds the memory of a run.
_MAX_PENDING = 2048
#: The same while a device is offline: outcomes keep the order of the rows, so its rows block those of other devices.
_MAX_PENDING_OFFLINE = 32_768
#: Rows read, and results taken, at a time.
BATCH = 256
#: Seconds to wait for results before progress is shown without any.
_TAKE_TIMEOUT = 0.5
#: Seconds that a stopped run waits for its calls in flight: Ctrl-C must not seem to be ignored.
_CANCEL_GRACE = 0.15


@dataclass(slots=True)
class RunContext:
    """What a run works with; the pipeline closes it."""

    options: ResolvedOptions
    report: Report
    columns: Columns | MappedColumns
    #: The column with the country of each row.
    country_column: str | None
    devices: DeviceResolver
    total: int | None
    is_async: bool
    bulk: BulkConfig | None
    executor: RowExecutor
    #: Only with a journal.
    resume: ResumeState | None
    writers: list[OutcomeWriter]
    #: Only if the client has hooks.
    hooks: RowHooks | None
    #: Counts the rows.
    instrumentation: Instrumentation | None
    reporters: list[ProgressReporter]


class SyncPipeline:
    """The state of a run from its first row to its last outcome; closes everything on exit, also after Ctrl-C."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._report = context.report
        self.executor = context.executor
        self.resume = context.resume
        self.hooks = context.hooks
        self._rules = AbortRules(
            context.options,
            context.report,
            single_device=context.devices.single_device,
            rows_per_call=context.bulk.rows if context.bulk else 1,
            total=context.total,
        )
        self._inputs: deque[tuple[Row, RowRecord | None]] = deque()
        #: The index of the first of `_inputs`.
        self._first = 0
        #: Results that the executor returned; then those that are durable and not yet emitted.
        self._completed: list[RowResult] = []
        self._durable: deque[RowResult] = deque()
        self._exhausted = False
        #: Cells that the preload counted as empty; the run counts them again.
        self._preloaded_nulls = 0
        #: Requests that cleared contacts that left the input.
        self._removal_calls = 0
        #: An outcome is being passed to files, callbacks and logs, any of which may fail.
        self._is_emitting = False
        #: Held while another thread commits.
        self._committing = threading.Lock()

    def __enter__(self) -> Self:
        return self

    @property
    def is_running(self) -> bool:
        """Whether rows are left to read or to finish."""
        return bool(self._inputs) or not self._exhausted

    @property
    def capacity(self) -> int:
        """How many rows to read next."""
        limit = _MAX_PENDING if self.hooks is None else self.hooks.max_pending(self._context.options["concurrency"])
        if len(self._inputs) >= limit and any(device.is_offline for device in self.executor.offline_devices):
            limit = _MAX_PENDING_OFFLINE
        return min(BATCH, max(0, limit - len(self._inputs)))

    @property
    def take_timeout(self) -> float:
        """Seconds to wait for results; a bulk run reads all rows it has capacity for first, so that batches are full."""
        reads_more = self._context.bulk is not None and self.capacity > 0 and not self._exhausted
        return 0.0 if reads_more else _TAKE_TIMEOUT

    def submit(self, rows: list[Row], capacity: int) -> None:
        """Makes completed results durable, then sends the next rows."""
        with self._committing:
            self._exhausted = len(rows) < capacity
            submitted = [self._to_submit(row) for row in rows]
            if self.resume is None and self.hooks is None:
                self._inputs.extend((row, None) for row in rows)
                self.executor.submit(submitted)
            else:
                self._prepare(rows, submitted)
            self._durable.extend(self._completed)
            self._completed = []

    def preload(self, rows: list[Row]) -> None:
        """Registers rows of the input with the resume state before the run reaches them."""
        assert self.resume is not None
        nulls = self._context.columns.nulls.count
        self.resume.preload(self.executor.stage([self._to_submit(row) for row in rows], self.resume.secret))
        self._preloaded_nulls += self._context.columns.nulls.count - nulls

    def _prepare(self, rows: list[Row], submitted: list[SubmittedRow]) -> None:
        """Decides which rows are sent, before they are sent: journal and hooks must know."""
        resume = self.resume
        hashes = self._stage(submitted)
        records: Sequence[RowRecord | None] = resume.decide(hashes) if resume else [None] * len(rows)
        wids = resume.wids(hashes) if resume else None
        if resume:
            resume.commit(self._finished_rows(self._completed), hashes, records)
        if self.hooks is not None:
            self.hooks.prepare(self._first + len(self._inputs), submitted, hashes, records, wids)
        self._inputs.extend(zip(rows, records, strict=True))
        if self.hooks is None:
            self.executor.submit_staged([record is None for record in records], None, wids)

    def _stage(self, submitted: list[SubmittedRow]) -> list[tuple[int, int]]:
        """Plans the rows; returns the hashes of contact and content."""
        ownership = self.resume.ownership if self.resume else None
        secret = self.resume.secret if self.resume else b""
        if ownership is None:
            return self.executor.stage(submitted, secret)
        devices = [None if isinstance(row, str) else self._context.devices.id(row[0]) for row in submitted]
        return ownership.stage(self.executor.stage_pairs(submitted, secret), devices)

    def _finished_rows(self, results: list[RowResult]) -> list[FinishedRow]:
        """The rows to record in the journal; it has those already that were not sent."""
        from sparkbot.sync.checkpoint import FinishedRow

        sent = [result for result in results if self._inputs[result.index - self._first][1] is None]
        outcomes = [(self._to_outcome(result), result.resolved) for result in sent]
        return [
            FinishedRow(
                outcome.index, outcome.status, outcome.reason, outcome.kind, wid, None if wid is None else outcome.contact
            )
            for outcome, wid in outcomes
        ]

    def checkpoint(self) -> None:
        """Makes completed results durable without waiting for the next rows."""
        with self._committing:
            if self.resume and self._completed:
                self.resume.commit(self._finished_rows(self._completed), (), ())
            self._durable.extend(self._completed)
            self._completed = []

    def collect(self, results: list[RowResult]) -> None:
        """Accepts results of the executor; without a journal they count as durable."""
        (self._completed if self.resume else self._durable).extend(results)
        self._update_report()
        if self._report.timeline.is_due:
            self._report.add_sample(self.executor.throttled_by)
        for reporter in self._context.reporters:
            reporter.update(self._report, self._context.total)

    def emit(self) -> Iterator[Outcome]:
        """Counts, writes and yields durable outcomes; raises `RunStopped` if the run must end."""
        stopped = None
        min_attempts_to_log = _logging.min_attempts_to_log()
        while self._durable:
            outcome = self._emit_next(min_attempts_to_log)
            stopped = stopped or self._rules.check(outcome)
            yield outcome
        stopped = stopped or self._rules.check_verification(self.executor.verification)
        if stopped is not None:
            raise stopped

    def _emit_next(self, min_attempts_to_log: float) -> Outcome:
        index = self._durable[0].index
        outcome = self._to_outcome(self._durable[0])
        record = self._inputs[index - self._first][1]
        # Rows before it that were never sent have no outcome.
        for _ in range(index - self._first + 1):
            self._inputs.popleft()
        self._first = index + 1
        self._durable.popleft()
        if record is not None and record.contact:
            self._report.resumed += 1
        return self._publish(outcome, logged=outcome.attempts >= min_attempts_to_log)

    def _publish(self, outcome: Outcome, *, logged: bool) -> Outcome:
        self._report.add(outcome)
        self._is_emitting = True
        if logged:
            _logging.log_item("sync_metadata", outcome)
        if self.hooks is not None:
            self.hooks.notify(outcome)
        if self._context.instrumentation is not None:
            self._context.instrumentation.count_row(outcome)
        for writer in self._context.writers:
            writer.write(outcome)
        if on_outcome := self._context.options["on_outcome"]:
            on_outcome(outcome)
        self._is_emitting = False
        return outcome

    def emit_removed(self, outcome: Outcome) -> Outcome:
        """Counts and writes the outcome of a contact that left the input."""
        self._report.removed += 1
        self._removal_calls += outcome.attempts
        # `client.map`, which made the call, has logged it.
        return self._publish(outcome, logged=False)

    def expect_removed(self, count: int) -> None:
        """Adds contacts that left the input to the rows to come."""
        if self._context.total is not None:
            self._context.total += count

    def _to_outcome(self, result: RowResult) -> Outcome:
        index, status, reason, error = result.index, result.status, result.reason, result.error
        row, record = self._inputs[index - self._first]
        if record is not None:
            status, reason = record.outcome
        vetoed = self.hooks.vetoed.get(index) if self.hooks is not None else None
        if vetoed is not None:
            status, reason, error = "failed", None, vetoed
        if isinstance(row.problem, InvalidRow):
            # The executor has only its message.
            error = row.problem
        return Outcome(
            index,
            row.cells,
            status,
            contact=result.contact,
            reason=reason,
            error=error,
            attempts=result.attempts,
            elapsed=result.elapsed,
            line=row.line,
            file=row.file,
        )

    def _to_submit(self, row: Row) -> SubmittedRow:
        columns = self._context.columns
        if row.problem is not None:
            return str(row.problem)
        if not columns.is_explicit and not row.cells.keys() <= columns.known:
            added = ", ".join(repr(str(name)) for name in row.cells.keys() - columns.known)
            return f"the row has the column {added}, which the first row lacks: give all rows the same columns, or use only"
        device = self._context.devices.device_for(row)
        if isinstance(device, str):
            return device
        try:
            submitted = device, columns.contact_of(row.cells), columns.values_of(row.cells)
        except InvalidRow as error:
            row.problem = error
            return str(error)
        country = self._country_of(row)
        return (*submitted, country) if country else submitted

    def _country_of(self, row: Row) -> str | None:
        """The country that the row names for its number."""
        column = self._context.country_column
        if column is None:
            return None
        cell = first_filled(row.cells, (column,), self._context.columns.nulls)
        return None if cell is None else str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()

    def _update_report(self) -> None:
        report, executor, display_name = self._report, self.executor, self._context.devices.display_name
        offline, verification = executor.offline_devices, executor.verification
        report.calls = executor.calls + self._removal_calls
        report.null_cells = self._context.columns.nulls.count - self._preloaded_nulls
        report.second_readings = executor.second_readings
        report.sample = (verification.checked, verification.confirmed) if verification else None
        report.offline = {display_name(device.id): device.seconds for device in offline}
        report.waiting_for = tuple(display_name(device.id) for device in offline if device.is_offline)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is not None:
                self._drain(error)
            elif self.resume:
                self.resume.complete()
        finally:
            self._close()
        if isinstance(error, KeyboardInterrupt):
            error.report = self._report  # type: ignore[attr-defined]

    def _drain(self, error: BaseException) -> None:
        """Emits the results that a stopped run has not emitted yet, with those of calls that end within the grace period."""
        is_dry_run = self._context.options["dry_run"]
        with self._committing:
            # An event loop must not be blocked: calls in flight are cancelled at once.
            timeout = 0.0 if self._context.is_async else _CANCEL_GRACE
            drained = [] if is_dry_run else self.executor.drain(timeout)
            # An interruption between any two steps may leave a result in both lists, or only in the executor.
            next_index = self._durable[-1].index + 1 if self._durable else self._first
            completed = {result.index: result for result in (*self._completed, *drained) if result.index >= next_index}
            if self.resume:
                self.resume.commit(self._finished_rows(list(completed.values())), (), ())
            self._durable.extend(completed.values())
            self._completed = []
        # If emitting itself failed, on a full disk or in a callback, it would fail again.
        if not self._is_emitting or not isinstance(error, Exception):
            min_attempts_to_log = _logging.min_attempts_to_log()
            while self._durable:
                self._emit_next(min_attempts_to_log)
        if self.hooks is not None:
            self.hooks.abandon(error)
        total = self._context.total
        self._report.not_begun = len(self._inputs) if total is None else max(0, total - self._report.rows)

    def _close(self) -> None:
        report, context = self._report, self._context
        try:
            self._update_report()
            report.add_sample(self.executor.throttled_by)
            if self.executor.latency is not None:
                report.latency = Latency.from_snapshot(self.executor.latency)
            if isinstance(self.executor, DryRunExecutor):
                report.fewest_calls = self.executor.min_calls
            self.executor.close()
        finally:
            report.waiting_for = ()
            report.finish()
            _logging.log_run("sync_metadata", report)
            closeable: list[Any] = [*([self.resume] if self.resume else []), *context.writers]
            for resource in closeable:
                resource.close()
            for reporter in context.reporters:
                reporter.finish(report, context.total)
