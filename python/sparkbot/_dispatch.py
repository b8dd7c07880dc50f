"""Passes calls to the Rust core: directly, or instrumented with hooks and logging."""

from __future__ import annotations

from time import perf_counter

from ._logging import debug_trace
from ._sparkbot import CallTrace, operation_route
from .errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from os import PathLike
    from typing import Any, Protocol

    from ._sparkbot import ClientCore
    from .batch.outcome import Outcome
    from .hooks import Request, RequestHook, Response, ResponseHook
    from .options import Options

    Arguments = tuple[object, ...]
    Path = str | PathLike[str] | None
    Send = Callable[[Options | None, CallTrace | None], Any]

    class Instrumentation(Protocol):
        """Hooks that observe a client for a program's operators. Unlike the program's own hooks, they may be left out."""

        def begin(self, request: Request) -> None: ...
        def end(self, response: Response) -> None: ...
        def count_row(self, outcome: Outcome[Any]) -> None: ...


# inspect.CO_COROUTINE, without importing inspect.
CO_COROUTINE = 0x80
#: Creates the instrumentation of each new client; set by an instrumentor.
create_instrumentation: Callable[[], Instrumentation] | None = None


def _caller(*, raw: bool, awaited: bool) -> Callable[..., Any]:
    """A method of `Dispatcher`. A function of its own for each kind of call saves a call of a shared one."""

    def call(self: Dispatcher, operation: str, arguments: Arguments, options: Options | None, save_to: Path = None, /) -> Any:
        if not self.has_hooks:
            return self.core.call(operation, arguments, options, raw, awaited, save_to, debug_trace())

        def send(options: Options | None, trace: CallTrace | None) -> Any:
            return self.core.call(operation, arguments, options, raw, awaited, save_to, trace)

        return self.run_with_hooks(operation, arguments, options, send, awaited)

    return call


class Dispatcher:
    """Makes the calls of a client, and runs its hooks."""

    __slots__ = ("_on_request", "_on_response", "core", "has_hooks", "has_own_hooks", "instrumentation")

    def __init__(
        self, core: ClientCore, on_request: RequestHook | None, on_response: ResponseHook | None, *, awaited: bool
    ) -> None:
        self.core = core
        self.instrumentation: Instrumentation | None = None
        for name, hook in (("on_request", on_request), ("on_response", on_response)):
            _check_hook(name, hook, awaited=awaited)
        self._on_request: tuple[RequestHook, ...] = (on_request,) if on_request else ()
        self._on_response: tuple[ResponseHook, ...] = (on_response,) if on_response else ()
        self.has_hooks = self.has_own_hooks = bool(on_request or on_response)
        if create_instrumentation is not None:
            self.instrument(create_instrumentation())

    def instrument(self, instrumentation: Instrumentation) -> None:
        """Observes the calls that follow, after the program's own hooks."""
        self.instrumentation = instrumentation
        self._on_request += (instrumentation.begin,)
        self._on_response += (instrumentation.end,)
        self.has_hooks = True

    def with_core(self, core: ClientCore) -> Dispatcher:
        """A dispatcher with the same hooks for another core."""
        other = object.__new__(Dispatcher)
        for name in Dispatcher.__slots__:
            setattr(other, name, getattr(self, name))
        other.core = core
        return other

    call = _caller(raw=False, awaited=False)
    call_raw = _caller(raw=True, awaited=False)
    call_async = _caller(raw=False, awaited=True)
    call_raw_async = _caller(raw=True, awaited=True)

    def request(
        self,
        method: str,
        path: str,
        query: Any,
        body: Any,
        idempotent: bool | None,
        options: Options | None,
        raw: bool,
        awaited: bool,
        /,
    ) -> Any:
        def send(options: Options | None, trace: CallTrace | None) -> Any:
            return self.core.request(method, path, query, body, idempotent, options, raw, awaited, trace)

        if not self.has_hooks:
            return send(options, debug_trace())
        return self.run_with_hooks("request", (method, path), options, send, awaited)

    def run_with_hooks(self, operation: str, arguments: Arguments, options: Options | None, send: Send, awaited: bool) -> Any:
        """Makes a call between its hooks."""
        call = InstrumentedCall(self, operation, arguments, options).execute(send, awaited=awaited)
        return call if awaited else run_sync(call)

    def describe_request(self, operation: str, arguments: Arguments) -> Request:
        """The argument of `on_request`."""
        from .hooks import Request

        if operation == "request":
            method, path = map(str, arguments)
            return Request(operation, method.upper(), path, None, self.core.base_url)
        method, path, device_index = operation_route(operation)
        device = None if device_index is None else arguments[device_index]
        return Request(operation, method, path, device if isinstance(device, str) else None, self.core.base_url)


class InstrumentedCall:
    """One call with hooks and logging."""

    __slots__ = ("_dispatcher", "_options", "_started", "operation", "request", "trace")

    def __init__(self, dispatcher: Dispatcher, operation: str, arguments: Arguments, options: Options | None) -> None:
        self._dispatcher = dispatcher
        self.operation = operation
        self._options = options
        self.trace = CallTrace()
        self.request = dispatcher.describe_request(operation, arguments)
        self._started = 0.0

    async def execute(self, send: Send, *, awaited: bool) -> Any:
        """Runs the hooks and the call. Only awaits if `awaited`; else `run_sync` runs it."""
        for result in self.run_request_hooks():
            await resolve(result, awaited=awaited)
        try:
            response = send(self.merged_options(), self.trace)
            if awaited:
                response = await response
        except GeneratorExit as error:
            # The caller's coroutine was closed, so nothing can be awaited any more.
            for result in self._finish(error):
                close_awaitable(result)
            raise
        except BaseException as error:
            for result in self._finish(error):
                await resolve(result, awaited=awaited)
            raise
        try:
            for result in self._finish(None):
                await resolve(result, awaited=awaited)
        except BaseException as error:
            self.attach_response(response, error)
            raise
        return response

    def run_request_hooks(self) -> Iterator[object]:
        """Calls the hooks lazily: each after the caller has resolved the result of the previous one."""
        for hook in self._dispatcher._on_request:
            yield hook(self.request)
        self._started = perf_counter()

    def merged_options(self) -> Options | None:
        """The options of the call with the headers that the hooks added."""
        if not self.request.headers:
            return self._options
        options: Options = {**(self._options or {})}
        options["headers"] = {**(options.get("headers") or {}), **self.request.headers}
        return options

    def _finish(self, error: BaseException | None) -> Iterator[object]:
        return self.run_response_hooks(error, perf_counter() - self._started)

    def run_response_hooks(self, error: BaseException | None, elapsed: float) -> Iterator[object]:
        """Calls the hooks lazily, as `run_request_hooks` does."""
        if not self._dispatcher._on_response:
            return
        from .hooks import Response

        response = Response(self.request, self.trace.attempts, elapsed, error)
        for hook in self._dispatcher._on_response:
            yield hook(response)

    def attach_response(self, response: Any, error: BaseException) -> None:
        """Keeps the response of a successful call on the exception of a hook."""
        error.add_note(
            f"sparkbot: on_response raised this error after {self.operation} had succeeded. "
            "The response is the attribute `sparkbot_response` of this exception."
        )
        try:
            error.sparkbot_response = response  # type: ignore[attr-defined]
        except (AttributeError, TypeError):
            error.add_note("sparkbot: the response is lost, because this exception can't have attributes; request it again.")


def _check_hook(name: str, hook: object, *, awaited: bool) -> None:
    if hook is None:
        return
    if not callable(hook):
        raise ConfigError(f"{name} is of type {type(hook).__name__}, which is not callable; pass a function")
    code = getattr(hook, "__code__", None) or getattr(getattr(hook, "__call__", None), "__code__", None)  # noqa: B004
    if not awaited and code is not None and code.co_flags & CO_COROUTINE:
        raise ConfigError(f"{name} is async, which a blocking Client can't await; pass a plain function, or use AsyncClient")


async def resolve(result: Any, *, awaited: bool) -> None:
    """Awaits the result of a hook, or rejects an awaitable that can't be awaited."""
    if not hasattr(result, "__await__"):
        return
    if not awaited:
        close_awaitable(result)
        raise ConfigError("a hook of a blocking Client returned an awaitable, which it can't await; use AsyncClient")
    await result


def run_sync(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine that does not suspend."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise RuntimeError("the coroutine was suspended")


def close_awaitable(result: object) -> None:
    close = getattr(result, "close", None)
    if close is not None:
        close()
