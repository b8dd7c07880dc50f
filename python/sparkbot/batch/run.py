"""The runs that `client.map` returns."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, Self

from sparkbot import _logging
from sparkbot._dispatch import run_sync
from sparkbot.batch.method_spec import MethodSpec
from sparkbot.batch.outcome import Outcome, Result
from sparkbot.batch.scheduler import ItemScheduler, create_scheduler
from sparkbot.batch.stats import RunStats
from sparkbot.tabular import items as item_reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from types import TracebackType

    from sparkbot._sparkbot import CallResult, ClientCore
    from sparkbot.batch.instrumented import InstrumentedExecutor
    from sparkbot.batch.progress import ProgressOption, ProgressReporter

#: Maximum seconds of reading items before outcomes are collected again, so that a slow source delays no outcome.
_SUBMIT_TIME_SLICE = 0.01


@dataclass(frozen=True, slots=True)
class MapConfig:
    """Configuration of a run; see `Client.map`."""

    method: MethodSpec
    core: ClientCore
    common_arguments: Mapping[str, Any]
    concurrency: int
    on_error: Literal["return", "raise"]
    calls_per_second: float | None
    progress: ProgressOption


class _Run(Generic[Result]):
    """What blocking and async runs share."""

    # For `__del__` after a failed construction.
    _started = True

    def __init__(self, config: MapConfig, items: Any, *, awaited: bool) -> None:
        self._config = config
        self._awaited = awaited
        self._total = item_reader.length(items)
        self._source = item_reader.read(items, awaited=awaited)
        self._scheduler: ItemScheduler | None = None
        #: The executor, if the client has hooks.
        self._instrumented: InstrumentedExecutor | None = None
        self._started = False
        self._exhausted = self._closed = False
        #: Exception of the source, raised after the outcomes of the items before it.
        self._source_error: Exception | None = None
        self._reporters: list[ProgressReporter] = []
        #: Statistics of the run so far.
        self.counts = RunStats()

    def _start(self) -> ItemScheduler:
        if self._started:
            raise RuntimeError("a run can be iterated once: call client.map again, with items that can be read again")
        self._started = True
        self._reporters = _open_reporters(self._config.progress)
        scheduler, self._instrumented = create_scheduler(self._config, awaited=self._awaited)
        self._scheduler = scheduler
        self.counts.start()
        return scheduler

    def submit_items(self, source: Iterator[Any], scheduler: ItemScheduler) -> None:
        """Adds items until the capacity or the time slice is used up."""
        until = time.monotonic() + _SUBMIT_TIME_SLICE
        for _ in range(0 if self._exhausted else scheduler.capacity):
            try:
                item = next(source)
            except StopIteration:
                return self.mark_exhausted(None)
            except Exception as error:
                return self.mark_exhausted(error)
            scheduler.add(item)
            if time.monotonic() > until:
                break
        return None

    async def submit_calls(self) -> None:
        """Runs the `on_request` hooks of added items, and submits their calls."""
        if self._instrumented is not None:
            await self._instrumented.submit()

    def mark_exhausted(self, error: Exception | None) -> None:
        """Marks the end of the items, with the exception of the source if there was one."""
        self._exhausted, self._source_error = True, error

    def has_capacity(self, scheduler: ItemScheduler) -> bool:
        """Whether further items can be added."""
        return not self._exhausted and scheduler.capacity > 0

    def _collect(self, scheduler: ItemScheduler) -> Iterator[Outcome[Result]]:
        """The outcomes of the completed items; counts and logs them, and reports progress."""
        counts, raises = self.counts, self._config.on_error == "raise"
        min_attempts = _logging.min_attempts_to_log()
        results: Iterable[CallResult] = scheduler.executor.take()
        if self._instrumented is not None:
            results = self._instrumented.notify_each(results)
        for outcome in scheduler.collect(results):
            if self._closed:
                return
            counts.add(outcome.status)
            if outcome.attempts >= min_attempts:
                _logging.log_item(self._config.method.name, outcome)
            if raises and outcome.error is not None:
                raise self._with_item_context(outcome)
            yield outcome
        counts.update(scheduler.executor)
        for reporter in self._reporters:
            reporter.update(counts, self._total)

    def _with_item_context(self, outcome: Outcome[Any]) -> Exception:
        error = outcome.error
        assert error is not None
        before = f"the {outcome.index} items before it are done" if outcome.index else "it is the first"
        _attach(error, "index", outcome.index)
        error.add_note(
            f"item {outcome.index} of client.map({self._config.method.name}) failed: {before}; no further items are started, "
            f"and up to {self._config.concurrency} calls in flight may have been executed"
        )
        return error

    def _is_done(self, scheduler: ItemScheduler) -> bool:
        """Whether all outcomes were returned or the run was closed. Raises the exception of the source at the end."""
        if self._closed:
            return True
        if len(scheduler) or not self._exhausted:
            return False
        if self._source_error is not None:
            raise self._source_error
        return True

    def _close(self) -> None:
        """Stops the run and drops the calls in flight with their connections. Idempotent."""
        scheduler = self._scheduler
        if scheduler is None or self._closed:
            return
        self._closed = True
        scheduler.close()
        self.counts.finish(scheduler.executor)
        _logging.log_run(self._config.method.name, self.counts)
        reporters, self._reporters = self._reporters, []
        for reporter in reporters:
            reporter.finish(self.counts, self._total)
        if self._instrumented is not None:
            self._instrumented.abandon(sys.exception() or GeneratorExit("the run was closed"))

    def __del__(self) -> None:
        # As for a coroutine that was never awaited.
        if not self._started:
            import warnings

            name = self._config.method.name
            text = f"client.map({name}, …) was never iterated, so nothing was sent: iterate it, or call .collect()"
            warnings.warn(text, RuntimeWarning, stacklevel=2, source=self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._config.method.name}: {self.counts!r}>"


class MapRun(_Run[Result]):
    """Calls for many items, which start when it is iterated. See `Client.map`.

    Attributes:
        counts: Statistics of the run so far, a `RunStats`.
    """

    def __iter__(self) -> Iterator[Outcome[Result]]:
        scheduler = self._start()
        source: Iterator[Any] = self._source  # type: ignore[assignment]  # never async for a blocking client
        try:
            while not self._is_done(scheduler):
                self.submit_items(source, scheduler)
                run_sync(self.submit_calls())
                if scheduler.is_blocked:
                    scheduler.executor.wait(self.has_capacity(scheduler))
                yield from self._collect(scheduler)
        finally:
            self._close()

    def collect(self, *, raise_for_failures: bool = False) -> list[Outcome[Result]]:
        """Runs to the end and returns all outcomes.

        If it is interrupted by Ctrl-C or an error, the exception's attribute `outcomes` has the outcomes so far.

        Args:
            raise_for_failures: Raise at the end if an item failed or has an unknown outcome.

        Raises:
            FailedItemsError: With `raise_for_failures`: items failed. It is an `ExceptionGroup` with an error of each type.

        Example:
            >>> outcomes = client.map(client.chats.get, [{"chat": chat}], device=device).collect()
        """
        outcomes: list[Outcome[Result]] = []
        try:
            outcomes.extend(self)
            if raise_for_failures:
                _check_failures(outcomes)
        except BaseException as error:
            _attach(error, "outcomes", outcomes)
            raise
        return outcomes

    def close(self) -> None:
        """Stops the run: nothing more is sent, and calls in flight are dropped with their connections."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()


class AsyncMapRun(_Run[Result]):
    """As `MapRun`, for `async for`. See `AsyncClient.map`."""

    def __aiter__(self) -> AsyncIterator[Outcome[Result]]:
        return self._outcomes(self._start())

    async def _outcomes(self, scheduler: ItemScheduler) -> AsyncIterator[Outcome[Result]]:
        from sparkbot.batch.input_pump import AsyncInputPump, SyncInputPump

        source = self._source
        pump: AsyncInputPump | SyncInputPump
        if isinstance(source, AsyncIterable):
            pump = AsyncInputPump(self, source, scheduler)
        else:
            pump = SyncInputPump(self, source, scheduler)
        try:
            while not self._is_done(scheduler):
                await pump.step()
                for outcome in self._collect(scheduler):
                    await self._settle_hooks()
                    yield outcome
                # Also after calls whose items are not finished.
                await self._settle_hooks()
        finally:
            pump.close()
            self._close()

    async def _settle_hooks(self) -> None:
        if self._instrumented is not None:
            await self._instrumented.settle()

    async def collect(self, *, raise_for_failures: bool = False) -> list[Outcome[Result]]:
        """Runs to the end and returns all outcomes; see `MapRun.collect`.

        Example:
            >>> outcomes = await client.map(client.chats.get, [{"chat": chat}], device=device).collect()
        """
        outcomes: list[Outcome[Result]] = []
        try:
            async for outcome in self:
                outcomes.append(outcome)
            if raise_for_failures:
                _check_failures(outcomes)
        except BaseException as error:
            _attach(error, "outcomes", outcomes)
            raise
        return outcomes

    async def close(self) -> None:
        """Stops the run: nothing more is sent, and calls in flight are dropped with their connections."""
        self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()


def _check_failures(outcomes: list[Outcome[Result]]) -> None:
    from sparkbot.batch.failures import check_items

    check_items(outcomes, len(outcomes))


def _attach(error: BaseException, name: str, value: object) -> None:
    # An exception with `__slots__` can't have further attributes.
    with suppress(AttributeError, TypeError):
        setattr(error, name, value)


def _open_reporters(option: ProgressOption) -> list[ProgressReporter]:
    if option is False:
        return []
    from sparkbot.batch.progress import open_reporters

    return open_reporters(option)
