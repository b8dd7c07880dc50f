"""The runs of `client.map`: one to loop over, one to loop over with `async for`."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, Self

from sparkbot import _logging
from sparkbot.batch.method_spec import Binding
from sparkbot.batch.outcome import Outcome, Result
from sparkbot.batch.scheduler import Work, begin
from sparkbot.batch.stats import RunStats
from sparkbot.tabular import items as sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from types import TracebackType

    from sparkbot._sparkbot import ClientCore
    from sparkbot.batch.instrumented import Watched
    from sparkbot.batch.progress import Progress, ProgressReporter
    from sparkbot.batch.scheduler import Taken

#: Seconds that items are taken in before outcomes are given out again, so that a slow source holds none of them back.
_FEEDING = 0.01


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run goes; `Client.map` says what each is."""

    binding: Binding
    core: ClientCore
    shared: Mapping[str, Any]
    concurrency: int
    on_error: Literal["return", "raise"]
    calls_per_second: float | None
    progress: bool | Callable[[Progress], object]


class _Run(Generic[Result]):
    """Everything about a run that is the same whether it is awaited or not."""

    # Of one whose construction failed: there is nothing to warn of.
    _begun = True

    def __init__(self, settings: Settings, items: Any, *, awaited: bool) -> None:
        self._settings = settings
        self._awaited = awaited
        self._total = sources.length(items)
        self._source = sources.read(items, awaited=awaited)
        self._work: Work | None = None
        #: The engine, where the client has hooks.
        self.watched: Watched | None = None
        self._begun = False
        self._exhausted = self._closed = False
        #: What the source raised. The items before it come first.
        self._source_error: Exception | None = None
        self._reporters: list[ProgressReporter] = []
        #: The numbers of the run so far.
        self.counts = RunStats()

    def _begin(self) -> Work:
        if self._begun:
            raise RuntimeError("a run goes over its items once: call client.map again, with items that can be read again")
        self._begun = True
        chosen = self._settings
        self._reporters = _open_reporters(chosen.progress)
        work, self.watched = begin(
            chosen.binding,
            chosen.shared,
            chosen.core,
            concurrency=chosen.concurrency,
            calls_per_second=chosen.calls_per_second,
            awaited=self._awaited,
        )
        self._work = work
        self.counts.start()
        return work

    def feed(self, source: Iterator[Any], work: Work) -> None:
        """Begins the next items, as many as there is room for."""
        until = time.monotonic() + _FEEDING
        for _ in range(0 if self._exhausted else work.room):
            try:
                item = next(source)
            except StopIteration:
                return self.exhaust(None)
            except Exception as error:
                return self.exhaust(error)
            work.add(item)
            if time.monotonic() > until:
                break
        return None

    def exhaust(self, error: Exception | None) -> None:
        """There are no more items; `error` is what the source raised."""
        self._exhausted, self._source_error = True, error

    def wants(self, work: Work) -> bool:
        """Whether further items are to be begun."""
        return not self._exhausted and work.room > 0

    def _settle(self, work: Work, taken: Iterable[Taken]) -> Iterator[Outcome[Result]]:
        """Counts, shows and gives out what has ended."""
        counts, raising = self.counts, self._settings.on_error == "raise"
        worth_telling = _logging.worth_telling()
        if self.watched is not None:
            taken = self.watched.telling(taken)
        for outcome in work.settle(taken):
            if self._closed:
                return
            counts.add(outcome.status)
            if outcome.attempts >= worth_telling:
                _logging.tell_item(self._settings.binding.name, outcome)
            if raising and outcome.error is not None:
                raise self._stopped(outcome)
            yield outcome
        counts.update(work.engine)
        for reporter in self._reporters:
            reporter.update(counts, self._total)

    def _stopped(self, outcome: Outcome[Any]) -> Exception:
        error = outcome.error
        assert error is not None
        before = f"the {outcome.index} items before it are done" if outcome.index else "it is the first"
        _attach(error, "index", outcome.index)
        error.add_note(
            f"item {outcome.index} of client.map({self._settings.binding.name}): {before}; of those behind it no further one is "
            f"begun, and up to {self._settings.concurrency} calls that were under way may have been executed"
        )
        return error

    def _ended(self, work: Work) -> bool:
        """Whether every item was given out, or the run closed; raises what the source raised, after all before it."""
        if self._closed:
            return True
        if len(work) or not self._exhausted:
            return False
        if self._source_error is not None:
            raise self._source_error
        return True

    def _close(self) -> None:
        """Stops the run: calls under way are dropped with their connections. Closing twice does nothing."""
        work = self._work
        if work is None or self._closed:
            return
        self._closed = True
        work.close()
        self.counts.finish(work.engine)
        reporters, self._reporters = self._reporters, []
        for reporter in reporters:
            reporter.finish(self.counts, self._total)
        if self.watched is not None:
            self.watched.abandon(sys.exception() or GeneratorExit("the run was closed"))

    def __del__(self) -> None:
        # As for a coroutine that nobody awaits: the mistake would otherwise show in nothing but its absence.
        if not self._begun:
            import warnings

            name = self._settings.binding.name
            text = f"client.map({name}, …) was never looped over, so nothing was sent: loop over it, or call .collect()"
            warnings.warn(text, RuntimeWarning, stacklevel=2, source=self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._settings.binding.name}: {self.counts!r}>"


class MapRun(_Run[Result]):
    """Calls for many items, begun when it is looped over. See `Client.map`."""

    def __iter__(self) -> Iterator[Outcome[Result]]:
        work = self._begin()
        source: Iterator[Any] = self._source  # type: ignore[assignment]  # of a blocking client it always is
        try:
            while not self._ended(work):
                self.feed(source, work)
                if self.watched is not None:
                    self.watched.submit()
                if work.waits:
                    work.engine.wait(self.wants(work))
                yield from self._settle(work, work.engine.take())
        finally:
            self._close()

    def collect(self) -> list[Outcome[Result]]:
        """Runs to the end, and gives all outcomes as a list.

        If it is interrupted, by Ctrl-C or by an error, the outcomes so far are the exception's `outcomes`.

        Example:
            >>> outcomes = client.map(client.chats.get, [{"chat": chat}], device=device).collect()
        """
        outcomes: list[Outcome[Result]] = []
        try:
            outcomes.extend(self)
        except BaseException as error:
            _attach(error, "outcomes", outcomes)
            raise
        return outcomes

    def close(self) -> None:
        """Stops the run: nothing more is sent, and calls under way are dropped with their connections."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()


class AsyncMapRun(_Run[Result]):
    """As `MapRun`, for `async for`. See `AsyncClient.map`."""

    def __aiter__(self) -> AsyncIterator[Outcome[Result]]:
        return self._outcomes(self._begin())

    async def _outcomes(self, work: Work) -> AsyncIterator[Outcome[Result]]:
        from sparkbot.batch.input_pump import Pulling, Watching

        source = self._source
        side = Pulling(self, source, work) if isinstance(source, AsyncIterable) else Watching(self, source, work)
        try:
            while not self._ended(work):
                await side.turn()
                for outcome in self._settle(work, work.engine.take()):
                    if self.watched is not None:
                        await self.watched.settle()
                    yield outcome
                if self.watched is not None:
                    # Of calls after which their item is not yet done.
                    await self.watched.settle()
        finally:
            side.close()
            self._close()

    async def collect(self) -> list[Outcome[Result]]:
        """Runs to the end, and gives all outcomes as a list; see `MapRun.collect`.

        Example:
            >>> outcomes = await client.map(client.chats.get, [{"chat": chat}], device=device).collect()
        """
        outcomes: list[Outcome[Result]] = []
        try:
            async for outcome in self:
                outcomes.append(outcome)
        except BaseException as error:
            _attach(error, "outcomes", outcomes)
            raise
        return outcomes

    async def close(self) -> None:
        """Stops the run: nothing more is sent, and calls under way are dropped with their connections."""
        self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()


def _attach(error: BaseException, name: str, value: object) -> None:
    # An exception with slots takes no further attribute: then it goes without.
    with suppress(AttributeError, TypeError):
        setattr(error, name, value)


def _open_reporters(progress: bool | Callable[[Progress], object]) -> list[ProgressReporter]:
    if progress is False:
        return []
    from sparkbot.batch.progress import open_reporters

    return open_reporters("bar", None) if progress is True else open_reporters("off", progress)
