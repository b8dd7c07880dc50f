"""Calls on their way to the Rust half: straight there, or watched by hooks and logs."""

from __future__ import annotations

from time import perf_counter

from ._logging import is_silent, tell
from ._sparkbot import CallTrace, route
from .errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike
    from typing import Any

    from ._sparkbot import ClientCore
    from .hooks import Request, RequestHook, ResponseHook
    from .options import Options

    Arguments = tuple[object, ...]
    Path = str | PathLike[str] | None
    Send = Callable[[Options | None, CallTrace | None], Any]


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

    def call(self, operation: str, arguments: Arguments, options: Options | None, save_to: Path = None, /) -> Any:
        return self._call(operation, arguments, options, save_to, raw=False, awaited=False)

    def call_raw(self, operation: str, arguments: Arguments, options: Options | None, save_to: Path = None, /) -> Any:
        return self._call(operation, arguments, options, save_to, raw=True, awaited=False)

    def call_async(self, operation: str, arguments: Arguments, options: Options | None, save_to: Path = None, /) -> Any:
        return self._call(operation, arguments, options, save_to, raw=False, awaited=True)

    def call_raw_async(self, operation: str, arguments: Arguments, options: Options | None, save_to: Path = None, /) -> Any:
        return self._call(operation, arguments, options, save_to, raw=True, awaited=True)

    def _call(
        self, operation: str, arguments: Arguments, options: Options | None, save_to: Path, *, raw: bool, awaited: bool
    ) -> Any:
        if self._unhooked and is_silent():
            return self.core.call(operation, arguments, options, raw, awaited, save_to, None)

        def send(options: Options | None, trace: CallTrace | None) -> Any:
            return self.core.call(operation, arguments, options, raw, awaited, save_to, trace)

        return (self._awaited if awaited else self._blocking)(operation, arguments, options, send)

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

        if self._unhooked and is_silent():
            return send(options, None)
        return (self._awaited if awaited else self._blocking)("request", (method, path), options, send)

    def _blocking(self, operation: str, arguments: Arguments, options: Options | None, send: Send) -> Any:
        if not self._unhooked:
            return Hooked(self, operation, arguments, options).blocking(send)
        trace = CallTrace()
        try:
            return send(options, trace)
        finally:
            tell(operation, trace)

    async def _awaited(self, operation: str, arguments: Arguments, options: Options | None, send: Send) -> Any:
        if not self._unhooked:
            return await Hooked(self, operation, arguments, options).awaited(send)
        trace = CallTrace()
        try:
            return await send(options, trace)
        finally:
            tell(operation, trace)

    def described(self, operation: str, arguments: Arguments) -> Request:
        from .hooks import Request

        if operation == "request":
            method, path = map(str, arguments)
            return Request(operation, method, path, None, self.core.base_url)
        method, path, device_at = route(operation)
        device = None if device_at is None else arguments[device_at]
        return Request(operation, method, path, device if isinstance(device, str) else None, self.core.base_url)


class Hooked:
    """One call, told to hooks and logs before and after."""

    __slots__ = ("_began", "_caller", "_options", "operation", "request", "trace")

    def __init__(self, caller: Caller, operation: str, arguments: Arguments, options: Options | None) -> None:
        self._caller = caller
        self.operation = operation
        self._options = options
        self.trace = CallTrace()
        self.request = caller.described(operation, arguments)
        self._began = 0.0

    def blocking(self, send: Send) -> Any:
        for result in self.before():
            refuse(result)
        try:
            answer = send(self.given(), self.trace)
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
            answer = await send(self.given(), self.trace)
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

    def given(self) -> Options | None:
        """The options that the call is made with."""
        if not self.request.headers:
            return self._options
        options: Options = {**(self._options or {})}
        options["headers"] = {**(options.get("headers") or {}), **self.request.headers}
        return options

    def _after(self, error: BaseException | None) -> Iterator[object]:
        elapsed = perf_counter() - self._began
        tell(self.operation, self.trace)
        return self.after(error, elapsed)

    def after(self, error: BaseException | None, elapsed: float) -> Iterator[object]:
        """Calls the hooks with what came of the call, one when the last one's result has been settled."""
        if not self._caller._on_response:
            return
        from .hooks import Response

        response = Response(self.request, self.trace.attempts, elapsed, error)
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
