"""Hooks and the items of a run: told before an item's call is handed to the engine, and when its outcome is given out."""

from __future__ import annotations

from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sparkbot._dispatch import Hooked, close, refuse, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from os import PathLike

    from sparkbot._dispatch import Caller
    from sparkbot._sparkbot import CallTrace, MapExecutor
    from sparkbot.batch.scheduler import Taken
    from sparkbot.options import Options


class Telling:
    """Calls the hooks that come after a call. What they return is awaited as soon as the run can, and refused if it never can."""

    def __init__(self, *, awaited: bool) -> None:
        self._awaited = awaited
        #: Each with what an exception is to be given that hides an answer.
        self._results: deque[tuple[Callable[[BaseException], None], object]] = deque()

    def tell(self, call: Hooked, answer: object, error: BaseException | None, elapsed: float) -> None:
        """What came of a call. What a hook raises hides no answer."""

        def keep(problem: BaseException) -> None:
            if error is None:
                call.keep(answer, problem)

        try:
            for result in call.after(error, elapsed):
                if self._awaited and hasattr(result, "__await__"):
                    self._results.append((keep, result))
                else:
                    refuse(result)
        except BaseException as problem:
            keep(problem)
            raise

    async def settle(self) -> None:
        """Awaits what the hooks returned."""
        while self._results:
            keep, result = self._results.popleft()
            try:
                await settled(result)
            except BaseException as problem:
                keep(problem)
                raise

    def abandon(self, calls: Iterable[tuple[Hooked, float]], error: BaseException) -> None:
        """Tells of calls that a run gave up: every one of them, also where a hook raises. Nothing can be awaited any more."""
        problem: BaseException | None = None
        for call, elapsed in calls:
            try:
                self.tell(call, None, error, elapsed)
            except Exception as raised:
                problem = problem or raised
        while self._results:
            close(self._results.popleft()[1])
        if problem is None:
            return
        if isinstance(error, GeneratorExit):
            raise problem
        error.add_note(f"sparkbot: a hook that was told of the calls under way raised {type(problem).__name__}: {problem}")


class _Call(Hooked):
    """A call of an item, from the method that described it to its outcome."""

    __slots__ = ("handed_over", "submit", "ticket")

    def __init__(
        self, caller: Caller, operation: str, arguments: tuple[object, ...], options: Options | None, ticket: int, submit: Submit
    ) -> None:
        super().__init__(caller, operation, arguments, options)
        self.ticket = ticket
        self.submit = submit
        self.handed_over = 0.0


if TYPE_CHECKING:
    Submit = Callable[[Options | None, CallTrace], int]


class Watched:
    """An engine whose calls hooks are told of; used as the engine itself is.

    Calls wait in line until the hooks were told of them, because those of an `AsyncClient` may have to be awaited. One that a
    hook or the engine refuses has its outcome without the engine, which is why the order of the items is kept here.
    """

    def __init__(self, engine: MapExecutor, caller: Caller, *, in_order: bool, awaited: bool) -> None:
        self._engine = engine
        self._caller = caller
        self._in_order = in_order
        self._telling = Telling(awaited=awaited)
        #: The item whose calls are being added.
        self.item = 0
        self._added = 0
        self._waiting: deque[_Call] = deque()
        #: In the engine, by its numbers.
        self._under_way: dict[int, _Call] = {}
        #: Not told of yet, by our numbers; and outcomes that wait for those before them.
        self._open: dict[int, _Call] = {}
        self._ended: dict[int, Taken] = {}
        self._next = 0

    def add(
        self,
        operation: str,
        arguments: tuple[object, ...],
        options: Options | None,
        save_to: str | PathLike[str] | None = None,
        /,
    ) -> int:
        return self._line_up(
            operation, arguments, options, lambda given, trace: self._engine.add(operation, arguments, given, save_to, trace)
        )

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
        def submit(given: Options | None, trace: CallTrace) -> int:
            return self._engine.request(method, path, query, body, idempotent, given, raw, awaited, trace)

        return self._line_up("request", (method, path), options, submit)

    def _line_up(self, operation: str, arguments: tuple[object, ...], options: Options | None, submit: Submit) -> int:
        call = _Call(self._caller, operation, arguments, options, self._added, submit)
        call.request.item = self.item
        self._added += 1
        self._waiting.append(call)
        return call.ticket

    def submit(self) -> None:
        """Tells the hooks of the calls in line, and hands them over."""
        while self._waiting:
            call = self._waiting.popleft()
            try:
                for result in call.before():
                    refuse(result)
            except Exception as error:
                self._refuse(call, error)
            else:
                self._hand_over(call)

    async def submit_awaited(self) -> None:
        """As `submit`, for hooks that may have to be awaited."""
        while self._waiting:
            call = self._waiting.popleft()
            try:
                for result in call.before():
                    await settled(result)
            except Exception as error:
                self._refuse(call, error)
            else:
                self._hand_over(call)

    def _hand_over(self, call: _Call) -> None:
        self._open[call.ticket] = call
        call.handed_over = perf_counter()
        try:
            self._under_way[call.submit(call.given(), call.trace)] = call
        except Exception as error:
            self._refuse(call, error)

    def _refuse(self, call: _Call, error: Exception) -> None:
        # Without the frames it came through: they would keep alive what was in them.
        self._ended[call.ticket] = (call.ticket, "failed", None, error.with_traceback(None), 0, 0.0)

    def take(self) -> list[Taken]:
        for ticket, *rest in self._engine.take():
            ours = self._under_way.pop(ticket).ticket
            self._ended[ours] = (ours, *rest)
        if not self._in_order:
            taken, self._ended = list(self._ended.values()), {}
            return taken
        taken = []
        while self._next in self._ended:
            taken.append(self._ended.pop(self._next))
            self._next += 1
        return taken

    def telling(self, taken: Iterable[Taken]) -> Iterator[Taken]:
        """The same outcomes, each told to the hooks just before it is given out."""
        for one in taken:
            ticket, _, answer, error, _, elapsed = one
            call = self._open.pop(ticket, None)
            if call is not None:  # else `on_request` refused it: nothing was made that could have ended
                self._telling.tell(call, answer, error, elapsed)
            yield one

    async def settle(self) -> None:
        """Awaits what the hooks returned."""
        await self._telling.settle()

    def abandon(self, error: BaseException) -> None:
        """Tells of the calls that the run gave up."""
        calls, self._open = self._open, {}
        now = perf_counter()
        self._telling.abandon(((call, now - call.handed_over) for call in calls.values()), error)

    @property
    def _can_be_taken(self) -> bool:
        return self._next in self._ended if self._in_order else bool(self._ended)

    def wait(self, room: bool) -> None:
        if not self._can_be_taken:
            self._engine.wait(room)

    async def wait_async(self, room: bool) -> None:
        if not self._can_be_taken:
            await self._engine.wait_async(room)

    @property
    def room(self) -> int:
        return self._engine.room

    @property
    def pending(self) -> int:
        """Calls under way, and one more where there is an outcome to take."""
        return self._engine.pending + self._can_be_taken

    @property
    def calls(self) -> int:
        return self._engine.calls

    @property
    def latencies(self) -> tuple[float, float, list[tuple[float, float, int]]]:
        return self._engine.latencies

    @property
    def held_back(self) -> dict[str, float]:
        return self._engine.held_back

    def close(self) -> None:
        self._engine.close()
        self._waiting.clear()
