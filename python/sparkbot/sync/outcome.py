"""What came of one row."""

from __future__ import annotations

from typing import Any, Literal

Status = Literal["ok", "skipped", "failed", "unknown"]

#: Attributes of an error that are plain JSON and worth keeping.
_DETAILS = ("status", "code", "request_id", "field", "reason", "hint", "retry_after")


class Outcome:
    """What came of one row: every row of the input has exactly one, in the order of the input.

    `index` counts rows from 0; `line` is the line of the file where the row begins, or None for rows that come from a program.
    `unknown` means that the write may or may not have been executed. `attempts` is 0 when nothing was sent.
    """

    __slots__ = ("attempts", "contact", "elapsed", "error", "index", "input", "line", "reason", "result", "status")

    def __init__(
        self,
        index: int,
        input: Any,
        status: Status,
        *,
        contact: str | None = None,
        reason: str | None = None,
        error: Exception | None = None,
        attempts: int = 0,
        elapsed: float = 0.0,
        result: Any = None,
        line: int | None = None,
    ) -> None:
        self.index = index
        self.input = input
        self.status: Status = status
        self.contact = contact
        self.reason = reason
        self.error = error
        self.attempts = attempts
        self.elapsed = elapsed
        self.result = result
        self.line = line

    @property
    def kind(self) -> str | None:
        """The class of the error, with its field and reason where it has them: `InvalidRow (contact: exponent)`."""
        if self.error is None:
            return None
        parts = (getattr(self.error, "field", None), getattr(self.error, "reason", None))
        said = ": ".join(part for part in parts if isinstance(part, str))
        name = type(self.error).__name__
        return f"{name} ({said})" if said else name

    @property
    def message(self) -> str | None:
        """Why the row was not written, in words; None where it was."""
        return self.reason if self.error is None else str(self.error)

    @property
    def place(self) -> str:
        """Where the row is, for people: `line 12`, or `row 10` counted from 0."""
        return f"row {self.index}" if self.line is None else f"line {self.line}"

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain JSON; what JSON has no form for, such as a date, is written as text."""
        return {
            "index": self.index,
            "line": self.line,
            "input": plain(self.input),
            "status": self.status,
            "contact": self.contact,
            "reason": self.reason,
            "result": plain(self.result),
            "error": None if self.error is None else _error_as_dict(self.error),
            "attempts": self.attempts,
            "elapsed": self.elapsed,
        }

    def __repr__(self) -> str:
        said = f" {self.kind or self.reason}" if self.message else ""
        return f"<Outcome {self.index} {self.status}{said}>"


def plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value)


def _error_as_dict(error: Exception) -> dict[str, Any]:
    details = {name: plain(getattr(error, name, None)) for name in _DETAILS}
    return {"type": type(error).__name__, "message": str(error), **details}
