"""One run: feeds the engine, attaches rows to outcomes, and decides when the run can't go on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Self

from sparkbot import errors, logs
from sparkbot.bulk import limits, progress
from sparkbot.bulk.outcome import Outcome
from sparkbot.sync import columns, engine, rows, writers
from sparkbot.sync.problems import RunStopped
from sparkbot.sync.report import Report

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Collection, Generator, Iterator, Mapping
    from os import PathLike
    from types import TracebackType

#: Rows that may be submitted and not yet taken: what bounds the memory of a run.
_PENDING = 2048
_BATCH = 256


@dataclass(slots=True)
class Settings:
    """The options of a run, with their defaults; `SyncOptions` says what each is."""

    id_column: str | None = None
    map: Mapping[str, str] | None = None
    only: Collection[str] | None = None
    exclude: Collection[str] | None = None
    country_code: str | None = None
    empty: Literal["skip", "clear", "fail"] = "skip"
    on_missing: Literal["fail", "create", "skip"] = "fail"
    concurrency: int = 16
    calls_per_second: float | Literal["auto"] | None = "auto"
    on_outcome: Callable[[Outcome], object] | None = None
    on_progress: Callable[[progress.Progress], object] | None = None
    progress: progress.Display = "auto"
    report: str | PathLike[str] | None = None
    dry_run: bool = False
    max_failures_kept: int = 1000

    def __post_init__(self) -> None:
        self._choice("empty", self.empty, ("skip", "clear", "fail"))
        self._choice("on_missing", self.on_missing, ("fail", "create", "skip"))
        self._choice("progress", self.progress, progress.DISPLAYS)
        limits.concurrency(self.concurrency)

    def _choice(self, field: str, given: str, known: tuple[str, ...]) -> None:
        if given not in known:
            raise errors.InvalidArgument(f"{given!r} is none of {', '.join(known)}", field=field)


class Driver:
    """Everything about a run that is the same whether it is awaited or not."""

    def __init__(self, client: Any, device: str, source: Any, settings: Settings) -> None:
        from sparkbot.client import AsyncClient

        self.is_async = isinstance(client, AsyncClient)
        self._client = client
        self._device = device
        self._settings = settings
        self._limit = limits.calls_per_second(settings.calls_per_second, getattr(client, "base_url", None))
        self._target = writers.check_path(settings.report, source) if settings.report else None
        self._rows = rows.read(source)
        self._columns = self._chosen_columns()
        self.report = Report(max_failures_kept=settings.max_failures_kept, dry_run=settings.dry_run)
        self.report.calls_per_second = self._limit
        self._inputs: deque[rows.Row] = deque()
        #: The first row that is not settled.
        self.next_row = 0
        self._unanswered = 0

    def stream(self) -> Generator[Outcome]:
        """The outcomes, one by one; leaving the loop stops the run."""
        device = "" if self._settings.dry_run else self._client.devices.find(self._device)["id"]
        with _Open(self, device) as run:
            while self._feed(run.engine):
                yield from run.settle(run.engine.take(_BATCH))

    async def stream_async(self) -> AsyncGenerator[Outcome]:
        """The same, awaited."""
        device = "" if self._settings.dry_run else (await self._client.devices.find(self._device))["id"]
        with _Open(self, device) as run:
            while self._feed(run.engine):
                for outcome in run.settle(await run.engine.take_async(_BATCH)):
                    yield outcome

    def _chosen_columns(self) -> columns.Columns:
        chosen = self._settings
        if not self._rows.columns:
            return columns.Columns("", (), (), frozenset(), False)
        return columns.choose(
            self._rows.columns, id_column=chosen.id_column, map=chosen.map, only=chosen.only, exclude=chosen.exclude
        )

    def open_engine(self, device: str) -> engine.Engine:
        try:
            return self._engine(device)
        except errors.SparkBotError:
            raise
        except ValueError as error:
            raise errors.InvalidArgument(str(error)) from None

    def _engine(self, device: str) -> engine.Engine:
        chosen, keys = self._settings, list(self._columns.keys)
        if chosen.dry_run:
            return engine.DryRun(keys, country_code=chosen.country_code, empty=chosen.empty)
        from sparkbot._sparkbot import SyncRun

        run: engine.Engine = SyncRun(
            self._client._core,
            device,
            keys,
            country_code=chosen.country_code,
            empty=chosen.empty,
            on_missing=chosen.on_missing,
            concurrency=chosen.concurrency,
            calls_per_second=self._limit,
        )
        return run

    def open_writer(self) -> writers.OutcomeWriter | None:
        return writers.open_writer(self._target, self._rows.columns) if self._target else None

    def open_tickers(self) -> list[progress.Ticker]:
        return progress.tickers(self._settings.progress, self._settings.on_progress)

    @property
    def total(self) -> int | None:
        return self._rows.total

    @property
    def on_outcome(self) -> Callable[[Outcome], object] | None:
        return self._settings.on_outcome

    def _feed(self, run: engine.Engine) -> bool:
        """Submits the next rows; False when every row is submitted and taken."""
        room = min(_BATCH, _PENDING - len(self._inputs))
        batch = list(islice(self._rows.stream, room))
        if batch:
            self._inputs.extend(batch)
            run.submit([self._submitted(row) for row in batch])
        return bool(self._inputs)

    def _submitted(self, row: rows.Row) -> engine.Submitted:
        chosen = self._columns
        if row.problem is not None:
            return row.problem
        if not chosen.chosen and not row.cells.keys() <= chosen.known:
            late = ", ".join(repr(str(name)) for name in row.cells.keys() - chosen.known)
            return (
                f"the row has the column {late}, which the first row has not: give all rows the same columns, or choose with only"
            )
        return row.cells.get(chosen.contact), tuple(map(row.cells.get, chosen.values))

    def outcome(self, taken: engine.Taken) -> Outcome:
        index, status, contact, reason, error, attempts, elapsed = taken
        # Outcomes come in the order of their rows; only those of a run that is cut short leave some out.
        for _ in range(self.next_row, index):
            self._inputs.popleft()
        self.next_row = index + 1
        row = self._inputs.popleft()
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

    def stop_reason(self, outcome: Outcome) -> str | None:
        """Why no further row can succeed after this outcome; None while one may."""
        error = outcome.error
        if isinstance(error, errors.AuthenticationError):
            return f"the service refused the API key ({error}): check SPARKBOT_API_KEY"
        if isinstance(error, errors.NotFound) and error.said == "Device not found":
            return f"the service has no device {self._device!r} any more: list the devices (sparkbot devices)"
        if outcome.attempts:
            self._unanswered = self._unanswered + 1 if isinstance(error, errors.TransportError) else 0
        if self._unanswered >= 3 * self._settings.concurrency:
            return f"the last {self._unanswered} rows got no answer ({error}): check that the service is up and the network works"
        return None

    def stopped(self, why: str) -> RunStopped:
        done = f"{self.report.rows:,}" + (f" of {self.total:,}" if self.total is not None else "")
        return RunStopped(
            f"stopped after {done} rows, {self.report.ok:,} of them written: {why}. Then run the same rows again: "
            "writing the same metadata twice changes nothing",
            self.report,
        )


class _Open:
    """What a run holds open: engine, report file, displays. Closed in every case, also by Ctrl-C."""

    def __init__(self, driver: Driver, device: str) -> None:
        self._driver = driver
        self._taken: deque[engine.Taken] = deque()
        self.engine = driver.open_engine(device)
        # Last: a report of an earlier run is not replaced before all options have proved right.
        self._writer = driver.open_writer()
        self._tickers = driver.open_tickers()

    def __enter__(self) -> Self:
        return self

    def settle(self, taken: list[engine.Taken]) -> Iterator[Outcome]:
        """Counts, writes and shows outcomes; raises when the run can't go on."""
        driver, why = self._driver, None
        self._taken.extend(taken)
        while self._taken:
            outcome = self._settle_next()
            if driver.on_outcome:
                driver.on_outcome(outcome)
            why = why or driver.stop_reason(outcome)
            yield outcome
        driver.report.calls = self.engine.calls
        for ticker in self._tickers:
            ticker.tick(driver.report, driver.total)
        if why:
            raise driver.stopped(why)

    def _settle_next(self) -> Outcome:
        outcome = self._driver.outcome(self._taken.popleft())
        self._driver.report.add(outcome)
        logs.tell_row(outcome)
        if self._writer:
            self._writer.write(outcome)
        return outcome

    def _cut_short(self) -> None:
        """Counts and writes what was done and not yet told, and what was under way: its outcome is unknown."""
        waiting = {taken[0] for taken in self._taken}
        rest = (taken for taken in self.engine.stop() if taken[0] >= self._driver.next_row and taken[0] not in waiting)
        self._taken.extend(rest)
        while self._taken:
            self._settle_next()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        report = self._driver.report
        try:
            if kind is not None and kind is not RunStopped:
                self._cut_short()
            self.engine.close()
            report.calls, report.held_back = self.engine.calls, dict(self.engine.held_back)
        finally:
            report.finish()
            if self._writer:
                self._writer.close()
            for ticker in self._tickers:
                ticker.finish(report, self._driver.total)
