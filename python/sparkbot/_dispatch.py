"""Calls on their way to the Rust half: straight there, or watched by hooks and logs."""

from __future__ import annotations

from time import perf_counter

from ._logging import is_silent, tell
from ._sparkbot import CallTrace, route
from .errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from typing import Any

    from ._sparkbot import ClientCore
    from .hooks import Request, RequestHook, ResponseHook
    from .options import Options

    Arguments = tuple[object, ...]
    Send = Callable[[Options], Any]


class Caller:
    """The calls of a client, with its hooks."""

    __slots__ = ("_on_request", "_on_response", "_unhooked", "core")

    def __init__(
        self, core: ClientCore, on_request: RequestHook | None, on_response: ResponseHook | None, *, awaited: bool
    ) -> None:
        self.core = core
        self._on_request: tuple[RequestHook, ...] = ()
        self._on_response: tuple[ResponseHook, ...] = ()
        self._unhooked = True
        for name, hook in (("on_request", on_request), ("on_response", on_response)):
            _check(name, hook, awaited=awaited)
        self.add(on_request, on_response)

    def add(self, on_request: RequestHook | None, on_response: ResponseHook | None) -> None:
        """Further hooks, called after those that are there."""
        self._on_request += (on_request,) if on_request else ()
        self._on_response += (on_response,) if on_response else ()
        self._unhooked = not (self._on_request or self._on_response)

    @property
    def is_hooked(self) -> bool:
        """Whether there is any hook."""
        return not self._unhooked

    def on(self, core: ClientCore) -> Caller:
        """The same hooks, for a client with other options."""
        other = object.__new__(Caller)
        other.core = core
        other._on_request, other._on_response, other._unhooked = self._on_request, self._on_response, self._unhooked
        return other

    def call(self, operation: str, arguments: Arguments, options: Options | None, /) -> Any:
        if self._unhooked and is_silent():
            return self.core.call(operation, arguments, options)
        return self._blocking(operation, arguments, options, lambda given: self.core.call(operation, arguments, given))

    def call_raw(self, operation: str, arguments: Arguments, options: Options | None, /) -> Any:
        if self._unhooked and is_silent():
            return self.core.call_raw(operation, arguments, options)
        return self._blocking(operation, arguments, options, lambda given: self.core.call_raw(operation, arguments, given))

    def call_async(self, operation: str, arguments: Arguments, options: Options | None, /) -> Awaitable[Any]:
        if self._unhooked and is_silent():
            return self.core.call_async(operation, arguments, options)
        return self._awaited(operation, arguments, options, lambda given: self.core.call_async(operation, arguments, given))

    def call_raw_async(self, operation: str, arguments: Arguments, options: Options | None, /) -> Awaitable[Any]:
        if self._unhooked and is_silent():
            return self.core.call_raw_async(operation, arguments, options)
        return self._awaited(operation, arguments, options, lambda given: self.core.call_raw_async(operation, arguments, given))

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
        def send(given: Options | None) -> Any:
            return self.core.request(method, path, query, body, idempotent, given, raw, awaited)

        if self._unhooked and is_silent():
            return send(options)
        watch = self._awaited if awaited else self._blocking
        return watch("request", (method, path), options, send)

    def _blocking(self, operation: str, arguments: Arguments, options: Options | None, send: Send) -> Any:
        if not self._unhooked:
            return Hooked(self, operation, arguments, options).blocking(send)
        exchange = CallTrace()
        try:
            return send(_noted(options, exchange))
        finally:
            tell(operation, exchange)

    async def _awaited(self, operation: str, arguments: Arguments, options: Options | None, send: Send) -> Any:
        if not self._unhooked:
            return await Hooked(self, operation, arguments, options).awaited(send)
        exchange = CallTrace()
        try:
            return await send(_noted(options, exchange))
        finally:
            tell(operation, exchange)

    def described(self, operation: str, arguments: Arguments) -> Request:
        from .hooks import Request

        if operation == "request":
            method, path = map(str, arguments)
            return Request(operation, method, path, None, self.core.base_url)
        method, path, device_at = route(operation)
        device = None if device_at is None else arguments[device_at]
        return Request(operation, method, path, device if isinstance(device, str) else None, self.core.base_url)


def _noted(options: Options | None, exchange: CallTrace) -> Options:
    """The options of a call whose attempts are noted down. `exchange` is private: `Options` does not show it."""
    return {**(options or {}), "exchange": exchange}  # type: ignore[typeddict-unknown-key]


class Hooked:
    """One call, told to hooks and logs before and after."""

    __slots__ = ("_began", "_caller", "_options", "exchange", "operation", "request")

    def __init__(self, caller: Caller, operation: str, arguments: Arguments, options: Options | None) -> None:
        self._caller = caller
        self.operation = operation
        self._options = options
        self.exchange = CallTrace()
        self.request = caller.described(operation, arguments)
        self._began = 0.0

    def blocking(self, send: Send) -> Any:
        for result in self.before():
            refuse(result)
        try:
            answer = send(self.given())
        except BaseException as error:
            for result in self._after(error):
                refuse(result)
            raise
        try:
            for result in self._after(None):
                refuse(result)
        except BaseException as problem:
            self.keep(answer, problem)
            raise
        return answer

    async def awaited(self, send: Send) -> Any:
        for result in self.before():
            await settled(result)
        try:
            answer = await send(self.given())
        except GeneratorExit as error:
            # Nobody awaits this call any more, so nothing can be awaited either.
            for result in self._after(error):
                close(result)
            raise
        except BaseException as error:
            for result in self._after(error):
                await settled(result)
            raise
        try:
            for result in self._after(None):
                await settled(result)
        except BaseException as problem:
            self.keep(answer, problem)
            raise
        return answer

    def before(self) -> Iterator[object]:
        """Calls the hooks, one when the last one's result has been settled."""
        for hook in self._caller._on_request:
            yield hook(self.request)
        self._began = perf_counter()

    def given(self) -> Options:
        """The options that the call is made with."""
        options = _noted(self._options, self.exchange)
        if self.request.headers:
            options["headers"] = {**(options.get("headers") or {}), **self.request.headers}
        return options

    def _after(self, error: BaseException | None) -> Iterator[object]:
        elapsed = perf_counter() - self._began
        tell(self.operation, self.exchange)
        return self.after(error, elapsed)

    def after(self, error: BaseException | None, elapsed: float) -> Iterator[object]:
        """Calls the hooks with what came of the call, one when the last one's result has been settled."""
        if not self._caller._on_response:
            return
        from .hooks import Attempt, Response

        history = [Attempt(*attempt) for attempt in self.exchange.attempts]
        response = Response(self.request, history, elapsed, error)
        for hook in self._caller._on_response:
            yield hook(response)

    def keep(self, answer: Any, problem: BaseException) -> None:
        """An exception in a hook does not lose the answer of a call that went well."""
        problem.add_note(
            f"sparkbot: on_response raised this after {self.operation} was answered: the call has been executed. "
            "Its answer is this exception's attribute `sparkbot_answer`."
        )
        try:
            problem.sparkbot_answer = answer  # type: ignore[attr-defined]
        except (AttributeError, TypeError):
            problem.add_note("sparkbot: this exception cannot hold attributes, so the answer is lost; ask the service for it.")


def _check(name: str, hook: object, *, awaited: bool) -> None:
    if hook is None:
        return
    if not callable(hook):
        raise ConfigError(f"{name} is of type {type(hook).__name__}, which cannot be called; pass a function")
    # inspect.iscoroutinefunction, without loading inspect.
    code = getattr(hook, "__code__", None) or getattr(getattr(hook, "__call__", None), "__code__", None)  # noqa: B004
    if not awaited and code is not None and code.co_flags & 0x80:
        raise ConfigError(f"{name} is async, which a blocking Client cannot await; make it a plain function, or use AsyncClient")


def refuse(result: object) -> None:
    if hasattr(result, "__await__"):
        close(result)
        raise ConfigError("a hook of a blocking Client returned an awaitable, which nobody can await; use AsyncClient")


async def settled(result: Any) -> None:
    if hasattr(result, "__await__"):
        await result


def close(result: object) -> None:
    close = getattr(result, "close", None)
    if close is not None:
        close()
