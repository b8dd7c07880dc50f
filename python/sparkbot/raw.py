"""Answers as they came."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal


class RawResponse:
    """An answer with status, headers and timing, from `client.raw`.

    Attributes:
        operation: The operation's name.
        status: HTTP status.
        headers: Header names in lower case, with their values; of a repeated header the last.
        content: The body as bytes.
        attempts: How often the request was sent.
        elapsed: Seconds from the call to the whole answer, pauses included.
    """

    __slots__ = ("_on_bad_unicode", "attempts", "content", "elapsed", "headers", "operation", "status")

    def __init__(
        self,
        operation: str,
        status: int,
        headers: list[tuple[str, str]],
        content: bytes,
        attempts: int,
        elapsed: float,
        on_bad_unicode: Literal["replace", "error"] = "replace",
    ) -> None:
        self.operation = operation
        self.status = status
        self.headers = dict(headers)
        self.content = content
        self.attempts = attempts
        self.elapsed = elapsed
        self._on_bad_unicode = on_bad_unicode

    @property
    def request_id(self) -> str | None:
        """The answer's `X-Request-Id`."""
        return self.headers.get("x-request-id")

    def json(self) -> Any:
        """The body as Python objects, as the call itself would give it; an empty one is `{}`.

        Raises:
            InvalidResponse: The body is not JSON.
        """
        from ._sparkbot import read_json

        return read_json(self.content, self.operation, self.status, self._on_bad_unicode)

    def __repr__(self) -> str:
        return f"<RawResponse {self.status} of {self.operation}, {len(self.content)} bytes, {self.attempts} attempt(s)>"
