"""Calls functions for events: which ones, when, and what the service gets as a response."""

from __future__ import annotations

import os
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, overload

from ..errors import ConfigError, InvalidArgumentError, WebhookError
from .filters import Filter
from .stores import MemoryStore, check_positive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol, Self, TypeAlias, TypeVar

    from .background import BackgroundLoop
    from .events import (
        ChatEvent,
        ChatName,
        ContactEvent,
        ContactName,
        DeviceEvent,
        DeviceName,
        Event,
        GroupEvent,
        GroupName,
        ListedEvent,
        ListedName,
        MessageEvent,
        MessageName,
    )
    from .receiver import Receiver
    from .stores import EventStore
    from .workers import Workers

    Handler: TypeAlias = Callable[[Any], Any]
    E = TypeVar("E")
    R = TypeVar("R")

    class Decorator(Protocol[E]):
        """Registers a function, and returns it."""

        def __call__(self, handler: Callable[[E], R], /) -> Callable[[E], R]: ...


__all__ = ["Router", "WebhookResponse"]

_TEXTS = {
    200: "",
    500: "a handler failed; deliver the event again",
    503: "the event was not processed; deliver it again later",
}


class WebhookResponse(NamedTuple):
    """The response to a webhook request."""

    status_code: int
    text: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The arguments of a router."""

    store: EventStore
    process_before_response: bool
    concurrency: int
    queue_size: int
    shutdown_timeout: float
    on_error: Callable[[Exception, Event], object] | None


class Router:
    """Receives webhook requests, and calls the functions that are registered for their events, each event once.

    An accepted event is queued, the service gets its response at once, and workers run the handlers: `async` ones as tasks,
    others in threads. An event is done when all its handlers succeeded. If one fails, the others still run, the log names
    the event and the error without its text, and the event runs again later, with all its handlers. The same holds for an
    event whose process ended if the store outlives it. So a handler can run more than once for an event: it must be safe to
    repeat. A full queue is answered with 503, and the service delivers the event again.

    Entered with `async with`, the router runs in that event loop until the block ends, which waits for accepted events;
    `sparkbot.webhooks.fastapi`, `starlette` and `django` do that.

    Args:
        receiver: Checks the secret, the signature or both.
        store: Remembers events: a `MemoryStore` (the default), an `SQLiteStore`, or Django's cache.
        process_before_response: Respond when the handlers have ended: with 500 if one failed, so that the service delivers
            the event again. For handlers that take less than a few seconds.
        concurrency: Number of events that are handled at the same time; 1 handles them one by one, as they arrive.
        queue_size: Number of events that can wait.
        shutdown_timeout: Seconds that the end waits for accepted events.
        on_error: Called with the error of a handler or of the store, and the event, for example to report it. It must not
            block.

    Raises:
        ConfigError: `receiver` or `store` is none, or a number is not positive.

    Example:
        >>> import asyncio
        >>> from sparkbot.webhooks import Receiver, Router
        >>> router = Router(Receiver("a-secret-of-sixteen"))
        >>> @router.on("message:in:new", type="text")
        ... async def greet(event):
        ...     print(event["data"]["body"])
        >>> body = b'{"id": "5e01", "event": "message:in:new", "data": {"id": "m1", "type": "text", "body": "Hello"}}'
        >>> async def main():
        ...     async with router:
        ...         return await router.receive(body, url="/whatsapp?secret=a-secret-of-sixteen")
        >>> asyncio.run(main())
        Hello
        WebhookResponse(status_code=200, text='')
    """

    def __init__(
        self,
        receiver: Receiver,
        *,
        store: EventStore | None = None,
        process_before_response: bool = False,
        concurrency: int = 10,
        queue_size: int = 1000,
        shutdown_timeout: float = 30.0,
        on_error: Callable[[Exception, Event], object] | None = None,
    ) -> None:
        # Here and not at the first request: a fork could interrupt the imports of another thread.
        from .background import BackgroundLoop
        from .workers import Workers

        _check_has("receiver", receiver, "events", "Receiver(secret)")
        if store is not None:
            _check_has("store", store, "claim", "SQLiteStore(path)")
        check_positive("shutdown_timeout", shutdown_timeout)
        for name, value in (("concurrency", concurrency), ("queue_size", queue_size)):
            check_positive(name, value)
            if not isinstance(value, int):
                raise ConfigError(f"{name} is {value!r}: pass a whole number", field=name)
        self.receiver = receiver
        self._settings = Settings(
            store=MemoryStore() if store is None else store,
            process_before_response=process_before_response,
            concurrency=concurrency,
            queue_size=queue_size,
            shutdown_timeout=shutdown_timeout,
            on_error=on_error,
        )
        self._handlers: list[tuple[Filter, Handler]] = []
        self._around_blocking: Callable[[], object] | None = None
        self._create_workers = Workers
        self._create_background = BackgroundLoop
        self._workers: Workers | None = None
        # By process: a fork may leave the one of the parent locked.
        self._starting: dict[int, Lock] = {}
        self._background: BackgroundLoop | None = None

    def __repr__(self) -> str:
        return f"<sparkbot.webhooks.Router handlers={len(self._handlers)} store={self._settings.store!r}>"

    # Literal names select the narrow types, although they are strings too.
    @overload
    def on(  # pyright: ignore[reportOverlappingOverload]
        self, __name: MessageName, *names: MessageName, check: Callable[[MessageEvent], object] | None = None, **fields: Any
    ) -> Decorator[MessageEvent]: ...
    @overload
    def on(
        self, __name: ChatName, *, check: Callable[[ChatEvent], object] | None = None, **fields: Any
    ) -> Decorator[ChatEvent]: ...
    @overload
    def on(
        self, __name: ContactName, *, check: Callable[[ContactEvent], object] | None = None, **fields: Any
    ) -> Decorator[ContactEvent]: ...
    @overload
    def on(
        self, __name: GroupName, *, check: Callable[[GroupEvent], object] | None = None, **fields: Any
    ) -> Decorator[GroupEvent]: ...
    @overload
    def on(
        self, __name: DeviceName, *, check: Callable[[DeviceEvent], object] | None = None, **fields: Any
    ) -> Decorator[DeviceEvent]: ...
    @overload
    def on(
        self, __name: ListedName, *names: ListedName, check: Callable[[ListedEvent], object] | None = None, **fields: Any
    ) -> Decorator[ListedEvent]: ...
    @overload
    def on(self, *names: str, check: Callable[[Event], object] | None = None, **fields: Any) -> Decorator[Event]: ...
    def on(self, *names: str, check: Callable[[Any], object] | None = None, **fields: Any) -> Any:
        """Decorator that registers a function, plain or `async`, for events. All functions that fit an event are called.

        Args:
            names: Names of events; none for all, also for those that are newer than this library.
            check: Function of the event; it fits if the result is true.
            fields: Fields of the event's `data`, each with its exact value, a set of values, or a function of the value.
                A function is not called for an absent field.

        Returns:
            The decorator, which returns the function unchanged.

        Raises:
            InvalidArgumentError: A name or a field is not known.

        Example:
            >>> from sparkbot.webhooks import Receiver, Router
            >>> router = Router(Receiver("a-secret-of-sixteen"))
            >>> @router.on("message:in:new", type={"image", "video"}, check=lambda event: event["device"]["alias"] == "Shop")
            ... def store(event): ...
            >>> @router.on("message:out:ack", ack="read")
            ... def read(event): ...
        """
        filter_ = Filter(names, check, fields)

        def decorator(handler: Handler) -> Handler:
            _check_handler(handler)
            self._handlers.append((filter_, handler))
            return handler

        return decorator

    @overload
    async def wait_for(
        self,
        __name: MessageName,
        *names: MessageName,
        check: Callable[[MessageEvent], object] | None = None,
        timeout: float | None = None,
        **fields: Any,
    ) -> MessageEvent: ...
    @overload
    async def wait_for(
        self,
        __name: ChatName,
        *,
        check: Callable[[ChatEvent], object] | None = None,
        timeout: float | None = None,
        **fields: Any,
    ) -> ChatEvent: ...
    @overload
    async def wait_for(
        self, *names: str, check: Callable[[Event], object] | None = None, timeout: float | None = None, **fields: Any
    ) -> Event: ...
    async def wait_for(
        self, *names: str, check: Callable[[Any], object] | None = None, timeout: float | None = None, **fields: Any
    ) -> Any:
        """Wait for the next event that fits, such as the answer to a question.

        Events that this process accepts after the call count, each once. Handlers get them too. An `async` handler that
        waits counts in `concurrency`.

        Args:
            names: As for `on`.
            check: As for `on`.
            timeout: Seconds to wait; None for no limit.
            fields: As for `on`.

        Returns:
            The event.

        Raises:
            TimeoutError: No such event arrived in time.
            InvalidArgumentError: A name or a field is not known, or `timeout` is not positive.
            ConfigError: The router is not running, or runs in another event loop.
            asyncio.CancelledError: The router stopped.

        Example:
            >>> from sparkbot.webhooks import Receiver, Router
            >>> router = Router(Receiver("a-secret-of-sixteen"))
            >>> async def is_sure(client, device, chat):
            ...     await client.send.text(device=device, chat=chat, message="Are you sure?")
            ...     answer = await router.wait_for("message:in:new", fromNumber="+447362053576", timeout=600)
            ...     return answer["data"]["body"].lower() == "yes"
        """
        filter_ = Filter(names, check, fields)
        if timeout is not None:
            check_positive("timeout", timeout, InvalidArgumentError)
        return await self._running().wait_for(filter_, timeout)

    async def receive(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> WebhookResponse:
        """Check a webhook request and accept its events.

        Args:
            body: The raw bytes of the request.
            url: The URL of the request, or its path and query.
            headers: The headers of the request.

        Returns:
            Status and text of the response: 200; 400, 401 or 413 if `receiver` rejects the request; 503 if the queue is
            full or the router stops; 500 if a handler failed that the response waits for.

        Raises:
            ConfigError: The router is not running, or runs in another event loop.
        """
        workers = self._running()
        try:
            events = self.receiver.events(body, url=url, headers=headers)
        except WebhookError as error:
            return rejection(error)
        status = await workers.submit(events)
        return WebhookResponse(status, _TEXTS[status])

    def receive_blocking(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> WebhookResponse:
        """Check a webhook request and accept its events, in a server without an event loop, such as Django's or Flask's.

        The router runs in a thread, one for each process, from the first request until the process ends or `close()`.
        Arguments and result are those of `receive`.
        """
        with self._start_lock():
            if self._background is None or not self._background.is_usable:
                self._workers = None
                self._background = self._create_background(self)
        return self._background.run(self.receive(body, url=url, headers=headers))

    def close(self) -> None:
        """Finish the accepted events and end the thread of `receive_blocking`; the next request starts it again."""
        with self._start_lock():
            if self._background is not None:
                self._background.close()

    async def join(self) -> None:
        """Wait until no accepted event is in progress, for example in a test."""
        await self._running().join()

    async def __aenter__(self) -> Self:
        if self._workers is not None and not self._workers.is_stopping:
            raise ConfigError("the webhook router is already running: enter it once in a process")
        self._workers = self._create_workers(self._settings, self._handlers, self._call_blocking)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._running().stop()

    def _start_lock(self) -> Lock:
        return self._starting.setdefault(os.getpid(), Lock())

    def _running(self) -> Workers:
        from asyncio import get_running_loop

        if self._workers is None:
            raise ConfigError("the webhook router is not running: enter it with `async with router`, as in the app's lifespan")
        if self._workers.loop is not get_running_loop():
            raise ConfigError("the webhook router runs in another event loop, from which nothing can be awaited: call it there")
        return self._workers

    def _call_blocking(self, handler: Handler, event: Any) -> Any:
        """Calls a handler in a thread, with what the framework does before and after."""
        if self._around_blocking is None:
            return handler(event)
        self._around_blocking()
        try:
            return handler(event)
        finally:
            self._around_blocking()


def rejection(error: WebhookError) -> WebhookResponse:
    """The response to a request that is rejected."""
    return WebhookResponse(error.status_code or 400, str(error))


def _check_has(name: str, value: object, method: str, example: str) -> None:
    # Not shown: it can be the secret.
    if not callable(getattr(value, method, None)):
        raise ConfigError(f"{name} is of type {type(value).__name__}: pass an object such as {example}", field=name)


def _check_handler(handler: object) -> None:
    from inspect import signature

    if not callable(handler):
        raise InvalidArgumentError(f"the handler is a {type(handler).__name__}: decorate a function of an event", field="handler")
    try:
        signature(handler).bind(None)
    except TypeError:
        problem = f"the handler {getattr(handler, '__qualname__', handler)} can't be called with one argument, the event"
        raise InvalidArgumentError(problem, field="handler") from None
