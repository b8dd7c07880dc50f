"""Turns items into calls, and results into outcomes in the order of the items."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from typing import TYPE_CHECKING, Any

from sparkbot._sparkbot import MapExecutor
from sparkbot.batch.outcome import Outcome
from sparkbot.tabular.items import arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sparkbot._sparkbot import CallResult
    from sparkbot.batch.instrumented import InstrumentedExecutor
    from sparkbot.batch.method_spec import CallCoroutine, MethodSpec
    from sparkbot.batch.outcome import Status
    from sparkbot.batch.run import MapConfig


def create_scheduler(config: MapConfig, *, awaited: bool) -> tuple[ItemScheduler, InstrumentedExecutor | None]:
    """An empty scheduler, and its executor if the client has hooks."""
    method, concurrency = config.method, config.concurrency
    in_order = not method.is_multi_call
    executor = MapExecutor(
        config.core, raw=method.raw, in_order=in_order, concurrency=concurrency, calls_per_second=config.calls_per_second
    )
    instrumented: InstrumentedExecutor | None = None
    if method.dispatcher.has_hooks:
        from sparkbot.batch.instrumented import InstrumentedExecutor

        instrumented = InstrumentedExecutor(executor, method.dispatcher, in_order=in_order, awaited=awaited)
    if method.is_multi_call:
        multi = _BoundCall(method, method.as_coroutine(), config.common_arguments)
        return MultiCallScheduler(executor, instrumented, multi, max_items=4 * concurrency), instrumented
    single = _BoundCall(method, method.as_submitter(instrumented or executor), config.common_arguments)
    return SingleCallScheduler(executor, instrumented, single), instrumented


class _BoundCall:
    """Calls a function with the arguments of an item and the common arguments."""

    __slots__ = ("_common_arguments", "_function", "_method")

    def __init__(self, method: MethodSpec, function: Callable[..., Any], common_arguments: Mapping[str, Any]) -> None:
        self._method = method
        self._function = function
        self._common_arguments = common_arguments

    def __call__(self, index: int, item: Any) -> Any:
        common = self._common_arguments
        try:
            if type(item) is dict:
                return self._function(**{**common, **item}) if common else self._function(**item)
            if type(item) is tuple:
                return self._function(*item, **common)
            args, kwargs = arguments(item)
            return self._function(*args, **{**common, **kwargs})
        except TypeError as error:
            raise TypeError(f"item {index}: {error}; {self._method.name} takes {self._method.parameters}") from None


class ItemScheduler(ABC):
    """Items that were added and whose outcomes were not yet collected."""

    def __init__(self, executor: MapExecutor, instrumented: InstrumentedExecutor | None, call: _BoundCall) -> None:
        self.executor: MapExecutor | InstrumentedExecutor = instrumented or executor
        self._instrumented = instrumented
        self._call = call
        self._items: deque[Any] = deque()
        self._added = 0

    @property
    def capacity(self) -> int:
        """Number of further items that can be added."""
        return self.executor.capacity

    @property
    @abstractmethod
    def is_blocked(self) -> bool:
        """Whether the next outcome depends on a response that has not arrived."""

    @abstractmethod
    def add(self, item: Any) -> None:
        """Starts an item. An invalid item gets a failed outcome."""

    @abstractmethod
    def collect(self, results: Iterable[CallResult]) -> Iterator[Outcome[Any]]:
        """The next outcomes, in the order of the items."""

    def __len__(self) -> int:
        return len(self._items)

    def close(self) -> None:
        self.executor.close()


class SingleCallScheduler(ItemScheduler):
    """Items of one call each. The executor keeps their order."""

    #: Items in order, each with its error if it is invalid; the executor has the valid ones, in the same order.
    _items: deque[tuple[Any, Exception | None]]

    @property
    def is_blocked(self) -> bool:
        return bool(self._items) and self._items[0][1] is None

    def add(self, item: Any) -> None:
        if self._instrumented is not None:
            self._instrumented.item = self._added
        try:
            self._call(self._added, item)
        except Exception as error:
            # Without its traceback, whose frames keep their local variables alive.
            self._items.append((item, error.with_traceback(None)))
        else:
            self._items.append((item, None))
        self._added += 1

    def collect(self, results: Iterable[CallResult]) -> Iterator[Outcome[Any]]:
        for call in results:
            yield from self._invalid_items()
            index = self._added - len(self._items)
            item, _ = self._items.popleft()
            yield Outcome(
                index, item, call.status, error=call.error, attempts=call.attempts, elapsed=call.elapsed, result=call.result
            )
        yield from self._invalid_items()

    def _invalid_items(self) -> Iterator[Outcome[Any]]:
        while self._items and self._items[0][1] is not None:
            index = self._added - len(self._items)
            item, error = self._items.popleft()
            yield Outcome(index, item, "failed", error=error)


class _ItemState:
    """An item of a method that makes several calls."""

    __slots__ = ("attempts", "coroutine", "elapsed", "index", "item", "outcome")

    def __init__(self, index: int, item: Any) -> None:
        self.index = index
        self.item = item
        self.coroutine: CallCoroutine | None = None
        self.outcome: Outcome[Any] | None = None
        self.attempts = 0
        self.elapsed = 0.0

    def finish(self, status: Status, result: Any, error: Exception | None) -> None:
        self.outcome = Outcome(
            self.index, self.item, status, error=error, attempts=self.attempts, elapsed=self.elapsed, result=result
        )


class MultiCallScheduler(ItemScheduler):
    """Items of several consecutive calls. The executor returns results as they arrive; the order is kept here."""

    _items: deque[_ItemState]

    def __init__(
        self, executor: MapExecutor, instrumented: InstrumentedExecutor | None, call: _BoundCall, *, max_items: int
    ) -> None:
        super().__init__(executor, instrumented, call)
        self._max_items = max_items
        self._by_call: dict[int, _ItemState] = {}

    @property
    def capacity(self) -> int:
        return min(self.executor.capacity, self._max_items - len(self._items))

    @property
    def is_blocked(self) -> bool:
        return bool(self._items) and self._items[0].outcome is None

    def add(self, item: Any) -> None:
        state = _ItemState(self._added, item)
        self._added += 1
        self._items.append(state)
        try:
            state.coroutine = self._call(state.index, item)
        except Exception as error:
            state.finish("failed", None, error)
        else:
            self._advance(state, None, None)

    def collect(self, results: Iterable[CallResult]) -> Iterator[Outcome[Any]]:
        for call in results:
            state = self._by_call.pop(call.call_id)
            state.attempts += call.attempts
            state.elapsed += call.elapsed
            self._advance(state, call.result, call.error, call.status)
        while self._items and self._items[0].outcome is not None:
            yield self._items.popleft().outcome  # type: ignore[misc]  # checked in the line above

    def _advance(self, state: _ItemState, response: Any, error: Exception | None, status: Status = "failed") -> None:
        """Resumes the method until its next call or its end."""
        coroutine = state.coroutine
        assert coroutine is not None
        if self._instrumented is not None:
            self._instrumented.item = state.index
        while True:
            try:
                call = coroutine.send(response) if error is None else coroutine.throw(error)
            except StopIteration as stop:
                return state.finish("ok", stop.value, None)
            except Exception as raised:
                return state.finish(status if raised is error else "failed", None, raised)
            try:
                self._by_call[self.executor.add(*call)] = state
            except Exception as rejected:
                error, status = rejected, "failed"
            else:
                return None

    def close(self) -> None:
        super().close()
        for state in self._items:
            if state.coroutine is not None:
                state.coroutine.close()
