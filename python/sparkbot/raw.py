"""Answers as they came."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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

    __slots__ = ("attempts", "content", "elapsed", "headers", "operation", "status")

    def __init__(
        self, operation: str, status: int, headers: list[tuple[str, str]], content: bytes, attempts: int, elapsed: float
    ) -> None:
        self.operation = operation
        self.status = status
        self.headers = dict(headers)
        self.content = content
        self.attempts = attempts
        self.elapsed = elapsed

    @property
    def request_id(self) -> str | None:
        """The answer's `X-Request-Id`."""
        return self.headers.get("x-request-id")

    def json(self) -> Any:
        """The body as Python objects; an empty one is `{}`.

        Raises:
            InvalidResponse: The body is not JSON.
        """
        import json

        from .errors import InvalidResponse

        if not self.content.strip():
            return {}
        try:
            return json.loads(self.content)
        except ValueError as error:
            raise InvalidResponse(
                f"{self.operation}: the answer is not JSON: {error}",
                operation=self.operation,
                status=self.status,
                body=self.content,
            ) from error

    def __repr__(self) -> str:
        return f"<RawResponse {self.status} of {self.operation}, {len(self.content)} bytes, {self.attempts} attempt(s)>"
