"""Runs the hooks of a client for the calls of a run."""

from __future__ import annotations

from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sparkbot._dispatch import InstrumentedCall, close_awaitable, resolve, run_sync
from sparkbot._sparkbot import CallResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from os import PathLike

    from sparkbot._dispatch import Dispatcher
    from sparkbot._sparkbot import CallTrace, LatencySnapshot, MapExecutor
    from sparkbot.options import Options

    Submit = Callable[[Options | None, CallTrace], int]


class HookNotifier:
    """Runs the `on_response` hooks of completed calls. Their awaitables are queued until `settle`."""

    def __init__(self, *, awaited: bool) -> None:
        self._awaited = awaited
        #: Awaitables of hooks, each with the handler of its error.
        self._pending: deque[tuple[Callable[[BaseException], None], object]] = deque()

    def notify(self, call: InstrumentedCall, response: object, error: BaseException | None, elapsed: float) -> None:
        """Runs the hooks of a call. An exception of a hook keeps the response of a successful call."""

        def attach(hook_error: BaseException) -> None:
            if error is None:
                call.attach_response(response, hook_error)

        try:
            for result in call.run_response_hooks(error, elapsed):
                if self._awaited and hasattr(result, "__await__"):
                    self._pending.append((attach, result))
                else:
                    run_sync(resolve(result, awaited=False))
        except BaseException as hook_error:
            attach(hook_error)
            raise

    async def settle(self) -> None:
        """Awaits the results of the hooks."""
        while self._pending:
            attach, result = self._pending.popleft()
            try:
                await resolve(result, awaited=True)
            except BaseException as hook_error:
                attach(hook_error)
                raise

    def abandon(self, calls: Iterable[tuple[InstrumentedCall, float]], error: BaseException) -> None:
        """Runs the hooks of all calls that a run has dropped, even if a hook raises. Nothing can be awaited any more."""
        hook_error: BaseException | None = None
        for call, elapsed in calls:
            try:
                self.notify(call, None, error, elapsed)
            except Exception as raised:
                hook_error = hook_error or raised
        while self._pending:
            close_awaitable(self._pending.popleft()[1])
        if hook_error is None:
            return
        if isinstance(error, GeneratorExit):
            raise hook_error
        error.add_note(f"sparkbot: a hook raised {type(hook_error).__name__} for a call in flight: {hook_error}")


class _ItemCall(InstrumentedCall):
    """A call of an item."""

    __slots__ = ("id", "submit", "submitted_at")

    id: int
    submit: Submit
    submitted_at: float


class InstrumentedExecutor:
    """A `MapExecutor` with hooks.

    Calls are queued until their `on_request` hooks have run, because those of an `AsyncClient` may have to be awaited. A call
    that a hook or the executor rejects never reaches the executor, so the order of the results is kept here.
    """

    def __init__(self, executor: MapExecutor, dispatcher: Dispatcher, *, in_order: bool, awaited: bool) -> None:
        self._executor = executor
        self._dispatcher = dispatcher
        self._in_order = in_order
        self._awaited = awaited
        self._notifier = HookNotifier(awaited=awaited)
        #: Index of the item whose calls are being added.
        self.item = 0
        self._added = 0
        self._queue: deque[_ItemCall] = deque()
        #: By the executor's ids.
        self._in_flight: dict[int, _ItemCall] = {}
        #: Calls whose `on_response` hooks have not run, by our ids.
        self._open: dict[int, _ItemCall] = {}
        #: Results that are not collected, by our ids.
        self._results: dict[int, CallResult] = {}
        self._next = 0

    def add(
        self,
        operation: str,
        arguments: tuple[object, ...],
        options: Options | None,
        save_to: str | PathLike[str] | None = None,
        /,
    ) -> int:
        def submit(options: Options | None, trace: CallTrace) -> int:
            return self._executor.add(operation, arguments, options, save_to, trace)

        return self._enqueue(operation, arguments, options, submit)

    def request(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        idempotent: bool | None,
        options: Options | None,
        raw: bool,
        awaited: bool,
        /,
    ) -> int:
        def submit(options: Options | None, trace: CallTrace) -> int:
            return self._executor.request(method, path, query, body, idempotent, options, raw, awaited, trace)

        return self._enqueue("request", (method, path), options, submit)

    def _enqueue(self, operation: str, arguments: tuple[object, ...], options: Options | None, submit: Submit) -> int:
        call = _ItemCall(self._dispatcher, operation, arguments, options)
        call.id, call.submit, call.submitted_at = self._added, submit, 0.0
        call.request.item = self.item
        self._added += 1
        self._queue.append(call)
        return call.id

    async def submit(self) -> None:
        """Runs the `on_request` hooks of the queued calls, and submits the calls."""
        while self._queue:
            call = self._queue.popleft()
            try:
                for result in call.run_request_hooks():
                    await resolve(result, awaited=self._awaited)
                self._open[call.id] = call
                call.submitted_at = perf_counter()
                self._in_flight[call.submit(call.merged_options(), call.trace)] = call
            except Exception as error:
                # Without its traceback, whose frames keep their local variables alive.
                self._results[call.id] = CallResult(call.id, "failed", None, error.with_traceback(None), 0, 0.0)

    def take(self) -> list[CallResult]:
        for call in self._executor.take():
            call_id = self._in_flight.pop(call.call_id).id
            self._results[call_id] = CallResult(call_id, call.status, call.result, call.error, call.attempts, call.elapsed)
        if not self._in_order:
            results, self._results = list(self._results.values()), {}
            return results
        results = []
        while self._next in self._results:
            results.append(self._results.pop(self._next))
            self._next += 1
        return results

    def notify_each(self, results: Iterable[CallResult]) -> Iterator[CallResult]:
        """Runs the `on_response` hooks of each result just before it is yielded."""
        for result in results:
            call = self._open.pop(result.call_id, None)
            # A call that `on_request` rejected was never made.
            if call is not None:
                self._notifier.notify(call, result.result, result.error, result.elapsed)
            yield result

    async def settle(self) -> None:
        """Awaits the results of the hooks."""
        await self._notifier.settle()

    def abandon(self, error: BaseException) -> None:
        """Runs the hooks of the calls that the run has dropped."""
        calls, self._open = self._open, {}
        now = perf_counter()
        self._notifier.abandon(((call, now - call.submitted_at) for call in calls.values()), error)

    @property
    def _has_results(self) -> bool:
        return self._next in self._results if self._in_order else bool(self._results)

    def wait(self, has_capacity: bool) -> None:
        if not self._has_results:
            self._executor.wait(has_capacity)

    async def wait_async(self, has_capacity: bool) -> None:
        if not self._has_results:
            await self._executor.wait_async(has_capacity)

    @property
    def capacity(self) -> int:
        return self._executor.capacity

    @property
    def pending(self) -> int:
        """Calls in flight, plus one if there is a result to take."""
        return self._executor.pending + self._has_results

    @property
    def calls(self) -> int:
        return self._executor.calls

    @property
    def latency(self) -> LatencySnapshot:
        return self._executor.latency

    @property
    def throttled_by(self) -> dict[str, float]:
        return self._executor.throttled_by

    def close(self) -> None:
        self._executor.close()
        self._queue.clear()
