"""Answers that are files: bytes that know what they are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

_SHOWN = frozenset({"image/svg+xml", "image/png", "image/jpeg", "image/gif"})


class Binary(bytes):
    """Bytes of a downloaded file. In a notebook an image shows itself.

    Attributes:
        content_type: MIME type as the service gave it, such as `"image/png"`, or None.

    Example:
        >>> with open("menu.pdf", "wb") as file:
        ...     file.write(client.files.download(id))
    """

    content_type: str | None

    def __new__(cls, content: bytes, content_type: str | None = None) -> Self:
        made = super().__new__(cls, content)
        made.content_type = content_type
        return made

    @property
    def mime(self) -> str:
        """The MIME type without parameters, in lower case."""
        return (self.content_type or "application/octet-stream").partition(";")[0].strip().lower()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (bytes(self), self.content_type)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        shown = self.decode("utf-8", "replace") if self.mime == "image/svg+xml" else self._base64()
        bundle = {"text/plain": self._said()}
        return {**bundle, self.mime: shown} if self.mime in _SHOWN else bundle

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        # IPython prints all that is bytes itself, whatever the bundle says.
        printer.text(self._said())

    def _said(self) -> str:
        return f"<{self.mime}, {len(self):,} bytes>"

    def _base64(self) -> str:
        from base64 import b64encode

        return b64encode(self).decode("ascii")
