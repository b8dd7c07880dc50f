"""Responses: with status and headers, and the bytes of files."""

from __future__ import annotations

from ._annotations import make_public

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Literal, Self

__all__ = ["Headers", "RawResponse"]

_IMAGE_TYPES = frozenset({"image/svg+xml", "image/png", "image/jpeg", "image/gif"})


class Headers(dict[str, str]):
    """Header values by name in lower case; the last value of a repeated header.

    Example:
        >>> headers = client.raw.devices.list().headers
        >>> headers["content-type"]
        'application/json'
        >>> headers.get_all("set-cookie")
        []
    """

    __slots__ = ("_pairs",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(pairs)
        super().__init__(self._pairs)

    def get_all(self, name: str) -> list[str]:
        """Every value of a header, in the order of the response. `name` may have upper-case letters."""
        return [value for key, value in self._pairs if key == name.lower()]


class RawResponse:
    """A response with status code, headers and timing, from `client.raw`.

    Attributes:
        operation: Name of the operation.
        status_code: HTTP status code.
        headers: `Headers`: values by header name in lower case. `headers.get_all(name)` has every value of a repeated header.
        content: The body as bytes.
        attempts: Number of requests sent.
        elapsed: Seconds from the call to the complete response, including retry delays.
    """

    __slots__ = ("_on_bad_unicode", "attempts", "content", "elapsed", "headers", "operation", "status_code")

    def __init__(
        self,
        operation: str,
        status_code: int,
        headers: list[tuple[str, str]],
        content: bytes,
        attempts: int,
        elapsed: float,
        on_bad_unicode: Literal["replace", "error"] = "replace",
    ) -> None:
        self.operation = operation
        self.status_code = status_code
        self.headers = Headers(headers)
        self.content = content
        self.attempts = attempts
        self.elapsed = elapsed
        self._on_bad_unicode = on_bad_unicode

    @property
    def request_id(self) -> str | None:
        """The `X-Request-Id` of the response."""
        return self.headers.get("x-request-id")

    def json(self) -> Any:
        """The body as Python objects, as the call itself would return it; `{}` if it is empty.

        Raises:
            InvalidResponseError: The body is not JSON.
        """
        from ._sparkbot import read_json

        return read_json(self.content, self.operation, self.status_code, self._on_bad_unicode)

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} of {self.operation}, {len(self.content)} bytes, {self.attempts} attempt(s)>"


class Binary(bytes):
    """Bytes of a downloaded file. A notebook displays images.

    Attributes:
        content_type: MIME type from the service, such as `"image/png"`, or None.

    Example:
        >>> with open("menu.pdf", "wb") as file:
        ...     file.write(client.files.download(id))
    """

    content_type: str | None

    def __new__(cls, content: bytes, content_type: str | None = None) -> Self:
        self = super().__new__(cls, content)
        self.content_type = content_type
        return self

    @property
    def mime(self) -> str:
        """The MIME type without parameters, in lower case."""
        return (self.content_type or "application/octet-stream").partition(";")[0].strip().lower()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (bytes(self), self.content_type)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        data = self.decode("utf-8", "replace") if self.mime == "image/svg+xml" else self._base64()
        bundle = {"text/plain": self._summary()}
        return {**bundle, self.mime: data} if self.mime in _IMAGE_TYPES else bundle

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        # IPython prints bytes itself and ignores the bundle.
        printer.text(self._summary())

    def _summary(self) -> str:
        return f"<{self.mime}, {len(self):,} bytes>"

    def _base64(self) -> str:
        from base64 import b64encode

        return b64encode(self).decode("ascii")


make_public(__name__)
