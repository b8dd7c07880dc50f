"""What is under way in a run: items on their way in, outcomes on their way out in the same order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

from sparkbot._sparkbot import MapExecutor
from sparkbot.batch.outcome import Outcome
from sparkbot.tabular.items import arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sparkbot.batch.instrumented import Watched
    from sparkbot.batch.method_spec import Binding, Described
    from sparkbot.batch.outcome import Status

    #: Number of the call, status, result, error, attempts, elapsed.
    Taken = tuple[int, Status, Any, Exception | None, int, float]


class Work(Protocol):
    """Items that were begun and not yet given out."""

    engine: MapExecutor | Watched

    @property
    def room(self) -> int:
        """How many further items may be begun."""
        ...

    @property
    def waits(self) -> bool:
        """Whether the next outcome depends on an answer that has not come."""
        ...

    def add(self, item: Any) -> None:
        """Begins an item. One that is wrong becomes a failed outcome."""

    def settle(self, taken: Iterable[Taken]) -> Iterator[Outcome[Any]]:
        """The outcomes that come next in the order of the items."""
        ...

    def __len__(self) -> int: ...

    def close(self) -> None: ...


def begin(
    binding: Binding, shared: Mapping[str, Any], core: Any, *, concurrency: int, calls_per_second: float | None, awaited: bool
) -> tuple[Work, Watched | None]:
    """The work of a run, with nothing in it; its engine once more where the client has hooks."""
    in_order = not binding.composed
    run = MapExecutor(core, raw=binding.raw, in_order=in_order, concurrency=concurrency, calls_per_second=calls_per_second)
    engine: MapExecutor | Watched = run
    watched: Watched | None = None
    if binding.caller.is_hooked:
        from sparkbot.batch.instrumented import Watched

        engine = watched = Watched(run, binding.caller, in_order=in_order, awaited=awaited)
    if binding.composed:
        return Steps(engine, binding, shared, watched, most=4 * concurrency), watched
    return Calls(engine, binding, shared, watched), watched


class _Asked:
    """Calls a method with the arguments of an item and those that all items share."""

    __slots__ = ("_binding", "_method", "_shared")

    def __init__(self, binding: Binding, method: Callable[..., Any], shared: Mapping[str, Any]) -> None:
        self._binding = binding
        self._method = method
        self._shared = shared

    def __call__(self, index: int, item: Any) -> Any:
        try:
            if type(item) is dict:
                return self._method(**{**self._shared, **item}) if self._shared else self._method(**item)
            if type(item) is tuple:
                return self._method(*item, **self._shared)
            places, names = arguments(item)
            return self._method(*places, **{**self._shared, **names})
        except TypeError as error:
            raise TypeError(f"item {index}: {error}; {self._binding.name} takes {self._binding.parameters}") from None


class Calls:
    """Items that are one call each: the engine keeps them in order."""

    def __init__(
        self, engine: MapExecutor | Watched, binding: Binding, shared: Mapping[str, Any], watched: Watched | None
    ) -> None:
        self.engine = engine
        self._watched = watched
        self._ask = _Asked(binding, binding.adding(engine), shared)
        #: Items with what is wrong with them; those with nothing wrong are in the engine, in the same order.
        self._under_way: deque[tuple[Any, Exception | None]] = deque()
        self._added = 0

    @property
    def room(self) -> int:
        return self.engine.room

    @property
    def waits(self) -> bool:
        return bool(self._under_way) and self._under_way[0][1] is None

    def add(self, item: Any) -> None:
        if self._watched is not None:
            self._watched.item = self._added
        try:
            self._ask(self._added, item)
        except Exception as error:
            # Without the frames it came through: they would keep alive what was in them.
            self._under_way.append((item, error.with_traceback(None)))
        else:
            self._under_way.append((item, None))
        self._added += 1

    def settle(self, taken: Iterable[Taken]) -> Iterator[Outcome[Any]]:
        under_way = self._under_way
        for _, status, result, error, attempts, elapsed in taken:
            if under_way[0][1] is not None:
                yield from self._refused()
            index = self._added - len(under_way)
            item, _ = under_way.popleft()
            yield Outcome(index, item, status, error=error, attempts=attempts, elapsed=elapsed, result=result)
        yield from self._refused()

    def _refused(self) -> Iterator[Outcome[Any]]:
        under_way = self._under_way
        while under_way and under_way[0][1] is not None:
            index = self._added - len(under_way)
            item, error = under_way.popleft()
            yield Outcome(index, item, "failed", error=error)

    def __len__(self) -> int:
        return len(self._under_way)

    def close(self) -> None:
        self.engine.close()


class _Step:
    """An item of a method that makes several calls."""

    __slots__ = ("attempts", "described", "elapsed", "index", "item", "outcome")

    def __init__(self, index: int, item: Any) -> None:
        self.index = index
        self.item = item
        self.described: Described | None = None
        self.outcome: Outcome[Any] | None = None
        self.attempts = 0
        self.elapsed = 0.0

    def end(self, status: Status, result: Any, error: Exception | None) -> None:
        self.outcome = Outcome(
            self.index, self.item, status, error=error, attempts=self.attempts, elapsed=self.elapsed, result=result
        )


class Steps:
    """Items that take one call after the other: the engine gives the answers as they come, the order is kept here."""

    def __init__(
        self, engine: MapExecutor | Watched, binding: Binding, shared: Mapping[str, Any], watched: Watched | None, *, most: int
    ) -> None:
        self.engine = engine
        self._watched = watched
        self._ask = _Asked(binding, binding.describing(), shared)
        self._most = most
        self._in_order: deque[_Step] = deque()
        self._by_call: dict[int, _Step] = {}
        self._added = 0

    @property
    def room(self) -> int:
        return min(self.engine.room, self._most - len(self._in_order))

    @property
    def waits(self) -> bool:
        return bool(self._in_order) and self._in_order[0].outcome is None

    def add(self, item: Any) -> None:
        step = _Step(self._added, item)
        self._added += 1
        self._in_order.append(step)
        try:
            step.described = self._ask(step.index, item)
        except Exception as error:
            step.end("failed", None, error)
        else:
            self._advance(step, None, None)

    def settle(self, taken: Iterable[Taken]) -> Iterator[Outcome[Any]]:
        for ticket, status, result, error, attempts, elapsed in taken:
            step = self._by_call.pop(ticket)
            step.attempts += attempts
            step.elapsed += elapsed
            self._advance(step, result, error, status)
        while self._in_order and self._in_order[0].outcome is not None:
            yield self._in_order.popleft().outcome  # type: ignore[misc]  # was looked at in the line above

    def _advance(self, step: _Step, answer: Any, error: Exception | None, status: Status = "failed") -> None:
        """Goes on with the method until its next call, or its end."""
        described = step.described
        assert described is not None
        if self._watched is not None:
            self._watched.item = step.index
        while True:
            try:
                call = described.send(answer) if error is None else described.throw(error)
            except StopIteration as done:
                return step.end("ok", done.value, None)
            except Exception as raised:
                return step.end(status if raised is error else "failed", None, raised)
            try:
                self._by_call[self.engine.add(*call)] = step
            except Exception as refused:
                error, status = refused, "failed"
            else:
                return None

    def __len__(self) -> int:
        return len(self._in_order)

    def close(self) -> None:
        self.engine.close()
        for step in self._in_order:
            if step.described is not None:
                step.described.close()
