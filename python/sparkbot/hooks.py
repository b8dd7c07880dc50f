"""Hooks, which a client calls before and after each of its calls.

    >>> def show(response):
    ...     print(response.request.operation, response.status_code)
    >>> with sparkbot.Sandbox() as sandbox, sandbox.client(on_response=show) as client:
    ...     numbers = client.devices.list()
    devices.list 200

`on_request` is called with a `Request` before anything is sent, and may add headers. `on_response` is called with a `Response`
after the call, however it ended: with a response, an error, a cancellation or Ctrl-C. Both run in the thread of the caller, or
in its task with its context variables. Hooks of an async client may be `async def`.

Hooks are also called for each item of `client.map` and each row of `sync_metadata`; `Request.item` is its index.

An exception of a hook reaches the caller. If `on_request` raised it, nothing was sent. If `on_response` raised it after a
successful call, the exception has a note that says so, and the response as its attribute `sparkbot_response`.

Hooks get neither the key nor message texts nor phone numbers, except in the path of `client.request`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ._annotations import make_public

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Attempt", "Request", "Response"]


@dataclass(slots=True, eq=False, repr=False)
class Request:
    """A call that is about to be made.

    Attributes:
        operation: The operation's name, such as `"chats.set_status"`; `"request"` for `client.request()`.
        method: HTTP method.
        path: The path template, such as `/chat/{device}/chats/{wid}`; for `client.request()` the path itself.
        device: Id of the WhatsApp number, for operations that have one.
        base_url: Base URL of the service.
        item: Index of the item of `client.map` or of the row of `sync_metadata`; None for other calls.
        headers: Headers to send; add yours.
        state: For your own use, kept from `on_request` to `on_response`.
    """

    operation: str
    method: str
    path: str
    device: str | None
    base_url: str
    item: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    state: dict[Any, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<sparkbot.hooks.Request {self.operation}: {self.method} {self.path}>"


@dataclass(slots=True, eq=False, repr=False)
class Attempt:
    """One request of a call.

    Attributes:
        operation: The request's operation. A row of `sync_metadata` may take several, such as `"contacts.create"`.
        status_code: The response's HTTP status code, or None without a response.
        request_id: The response's `X-Request-Id`, or None.
        kind: Type of the error without a response, such as `"timeout"`, or None.
        error: Why there was no response, or None.
        elapsed: Seconds from the request to its response.
        queued: Seconds that the request waited before it was sent: for rate limits, after a 429, for other calls in flight.
        retry_delay: Seconds until the next attempt; None for the last one.
        sent_at: Time of sending, in seconds since the epoch, as `time.time()`.
    """

    operation: str
    status_code: int | None
    request_id: str | None
    kind: str | None
    error: str | None
    elapsed: float
    queued: float
    retry_delay: float | None
    sent_at: float

    @property
    def outcome(self) -> str:
        """The status code, or the type of the error: `"503"`, `"connection"`, `"timeout"`, `"incomplete_response"`."""
        return str(self.kind if self.status_code is None else self.status_code)

    def __repr__(self) -> str:
        return f"<sparkbot.hooks.Attempt {self.outcome} in {self.elapsed:.3f} s>"


@dataclass(slots=True, eq=False, repr=False)
class Response:
    """A completed call.

    Attributes:
        request: The `Request` that `on_request` got.
        history: All attempts; empty if nothing was sent or the first attempt was interrupted.
        elapsed: Seconds that the caller waited, retry delays included.
        error: The exception that the caller gets, or None.
    """

    request: Request
    history: list[Attempt]
    elapsed: float
    error: BaseException | None

    @property
    def status_code(self) -> int | None:
        """HTTP status code of the last response, or None without a response."""
        return self.history[-1].status_code if self.history else None

    @property
    def request_id(self) -> str | None:
        """The last response's `X-Request-Id`, or None."""
        return self.history[-1].request_id if self.history else None

    @property
    def attempts(self) -> int:
        """Number of requests sent."""
        return len(self.history)

    @property
    def retried(self) -> list[Attempt]:
        """The attempts that were followed by a retry, oldest first."""
        return [attempt for attempt in self.history[:-1] if attempt.retry_delay is not None]

    def __repr__(self) -> str:
        outcome = self.status_code if self.error is None else type(self.error).__name__
        return f"<sparkbot.hooks.Response {outcome} of {self.request.operation}, {self.attempts} attempt(s)>"


if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    #: Called with a `Request`. What it returns is ignored, unless it is awaitable: then an `AsyncClient` awaits it.
    RequestHook: TypeAlias = Callable[[Request], object]
    #: As `RequestHook`, with a `Response`.
    ResponseHook: TypeAlias = Callable[[Response], object]

make_public(__name__)
