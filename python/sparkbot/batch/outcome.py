"""What came of one item of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal

if TYPE_CHECKING:
    # Not needed at run time: the checkers know it, and Python's own has no default before 3.13.
    from typing_extensions import TypeVar

    Result = TypeVar("Result", default=Any)
else:
    from typing import TypeVar

    Result = TypeVar("Result")

Status = Literal["ok", "skipped", "failed", "unknown"]

#: Attributes of an error that are plain JSON and worth keeping.
_DETAILS = ("status_code", "code", "request_id", "field", "reason", "hint", "retry_after")


class Outcome(Generic[Result]):
    """What came of one item: every item of the input has exactly one, in the order of the input.

    Attributes:
        index: Number of the item, counted from 0.
        input: The item.
        status: `ok`, `skipped`, `failed`, or `unknown`: the write may or may not have been executed.
        result: What the call answered; None where it did not go well.
        error: Why it failed, or None.
        attempts: Requests sent; 0 when nothing was.
        elapsed: Seconds from the beginning of the call to its end, pauses included.
        contact: The contact of a row in a sync.
        reason: Why a row was skipped.
        line: Line of the file where a row begins; None for items that come from a program.

    Example:
        >>> run = client.map(client.chats.get, [{"chat": chat}], device=device)
        >>> [outcome.status for outcome in run]
        ['ok']
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
        result: Result | None = None,
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

    def unwrap(self) -> Result:
        """The result; raises the error of an item that has none.

        Example:
            >>> run = client.map(client.chats.get, [{"chat": chat}], device=device)
            >>> statuses = [outcome.unwrap()["status"] for outcome in run]
        """
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # without an error the result is there

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
        """Why it did not go well, in words; None where it did."""
        return self.reason if self.error is None else str(self.error)

    @property
    def position(self) -> str:
        """Where the row is, for people: `line 12`, or `row 10` counted from 0."""
        return f"row {self.index}" if self.line is None else f"line {self.line}"

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain JSON; what JSON has no form for, such as a date, is written as text."""
        return {
            "index": self.index,
            "line": self.line,
            "input": to_json_value(self.input),
            "status": self.status,
            "contact": self.contact,
            "reason": self.reason,
            "result": to_json_value(self.result),
            "error": None if self.error is None else _error_as_dict(self.error),
            "attempts": self.attempts,
            "elapsed": self.elapsed,
        }

    def __repr__(self) -> str:
        said = f" {self.kind or self.reason}" if self.message else ""
        return f"<Outcome {self.index} {self.status}{said}>"


def to_json_value(value: Any) -> Any:
    """The value as JSON can hold it."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {str(key): to_json_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json_value(item) for item in value]
    return _written(value)


def to_cell_text(value: Any) -> str:
    """The value as one cell of a table, from which a sync reads what it read from the value itself."""
    if isinstance(value, (dict, list, tuple)):
        import json

        return json.dumps(to_json_value(value), ensure_ascii=False)
    return _written(value) or ""


def _written(value: Any) -> str | None:
    """The text that the value is in metadata: None for one that counts as missing, Python's own text for what can't be sent."""
    from sparkbot._sparkbot import cell_text as text_of

    text = text_of(value)
    return str(value) if text is None else text or None


def _error_as_dict(error: Exception) -> dict[str, Any]:
    details = {name: to_json_value(getattr(error, name, None)) for name in _DETAILS}
    return {"type": type(error).__name__, "message": str(error), **details}
