"""Hooks: what a client tells before and after each of its calls.

    >>> def show(response):
    ...     print(response.request.operation, response.status_code)
    >>> with sparkbot.Sandbox() as sandbox, sandbox.client(on_response=show) as client:
    ...     numbers = client.devices.list()
    devices.list 200

`on_request` is called with a `Request` before anything is sent, and may add headers; `on_response` with a `Response`
after the call, however it ended: with an answer, an error, a cancellation or Ctrl-C. Both run where the caller is: a
blocking client's in the calling thread, an async client's in the calling task with its context variables. Those of an
async client may be `async def`.

The items of `client.map` and the rows of `sync_metadata` are told of as well, one by one; `Request.item` is their number.

What a hook raises reaches the caller. From `on_request` it means that nothing was sent. From `on_response` it hides no
answer: the exception says in a note that the call was answered, and holds the answer as `sparkbot_answer`.

Neither gets the key, message texts or phone numbers; only `client.request` shows the path that it was given.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    #: Called with a `Request`. What it returns is ignored, unless it is awaitable: then an `AsyncClient` awaits it.
    RequestHook: TypeAlias = Callable[["Request"], object]
    #: As `RequestHook`, with a `Response`.
    ResponseHook: TypeAlias = Callable[["Response"], object]

__all__ = ["Attempt", "Request", "Response"]


class Request:
    """A call that is about to be made.

    Attributes:
        operation: The operation's name, such as `"chats.set_status"`; `"request"` for `client.request()`.
        method: HTTP method.
        path: The path with its parameters by name, `/chat/{device}/chats/{wid}`; of `client.request()` as it was given.
        device: Id of the WhatsApp number, for operations that have one.
        base_url: The service's address.
        item: Number of the item in a run of `client.map`, or of the row in a `sync_metadata`; None for other calls.
        headers: Headers to add; put yours in.
        state: Yours: what `on_request` puts in, `on_response` finds there.
    """

    __slots__ = ("base_url", "device", "headers", "item", "method", "operation", "path", "state")

    def __init__(self, operation: str, method: str, path: str, device: str | None, base_url: str) -> None:
        self.item: int | None = None
        self.operation = operation
        self.method = method
        self.path = path
        self.device = device
        self.base_url = base_url
        self.headers: dict[str, str] = {}
        self.state: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return f"<sparkbot.hooks.Request {self.operation}: {self.method} {self.path}>"


class Attempt:
    """One request of a call.

    Attributes:
        status_code: The response's HTTP status code, or None without a response.
        request_id: The response's `X-Request-Id`, or None.
        error: Why there was no response, or None.
        elapsed: Seconds from the request to its response.
        retry_delay: Seconds until the next attempt; None for the last one.
        sent_at: Time of sending, in seconds since the epoch, as `time.time()`.
    """

    __slots__ = ("elapsed", "error", "kind", "request_id", "retry_delay", "sent_at", "status_code")

    def __init__(
        self,
        status_code: int | None,
        request_id: str | None,
        kind: str | None,
        error: str | None,
        elapsed: float,
        retry_delay: float | None,
        sent_at: float,
    ) -> None:
        self.status_code = status_code
        self.request_id = request_id
        self.kind = kind
        self.error = error
        self.elapsed = elapsed
        self.retry_delay = retry_delay
        self.sent_at = sent_at

    @property
    def outcome(self) -> str:
        """The status code, or the type of the error: `"503"`, `"connection"`, `"timeout"`, `"incomplete"`."""
        return str(self.kind if self.status_code is None else self.status_code)

    def __repr__(self) -> str:
        return f"<sparkbot.hooks.Attempt {self.outcome} in {self.elapsed:.3f} s>"


class Response:
    """A completed call.

    Attributes:
        request: The `Request` that `on_request` saw.
        status_code: HTTP status code of the last response, or None without a response.
        request_id: The last response's `X-Request-Id`, or None.
        history: All attempts; empty if nothing was sent or the first attempt was interrupted.
        elapsed: Seconds that the caller waited, retry delays included.
        error: The exception that the caller gets, or None.
    """

    __slots__ = ("elapsed", "error", "history", "request", "request_id", "status_code")

    def __init__(self, request: Request, history: list[Attempt], elapsed: float, error: BaseException | None) -> None:
        last = history[-1] if history else None
        self.request = request
        self.history = history
        self.status_code = last.status_code if last else None
        self.request_id = last.request_id if last else None
        self.elapsed = elapsed
        self.error = error

    @property
    def attempts(self) -> int:
        """Number of requests sent."""
        return len(self.history)

    def __repr__(self) -> str:
        outcome = self.status_code if self.error is None else type(self.error).__name__
        return f"<sparkbot.hooks.Response {outcome} of {self.request.operation}, {self.attempts} attempt(s)>"
