"""The outcome of one item of a run."""

from __future__ import annotations

import typing
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, Literal

if typing.TYPE_CHECKING:  # unlike blocks `if TYPE_CHECKING`, never run: the library may be absent
    # typing.TypeVar has no default before Python 3.13.
    from typing_extensions import TypeVar

    Result = TypeVar("Result", default=Any)
else:
    from typing import TypeVar

    Result = TypeVar("Result")

Status = Literal["ok", "skipped", "failed", "unknown"]

#: Attributes of errors that `to_dict` includes.
_DETAILS = ("status_code", "code", "request_id", "field", "reason", "hint", "retry_after")


@dataclass(slots=True, eq=False, repr=False)
class Outcome(Generic[Result]):
    """The outcome of one item. Every item of the input has exactly one, in the order of the input.

    Attributes:
        index: Index of the item, from 0.
        input: The item.
        status: `ok`, `skipped`, `failed`, or `unknown`: the write may have been executed.
        result: The response; None unless `status` is `ok`.
        error: Why the item failed, or None.
        attempts: Number of requests sent.
        elapsed: Seconds from the start of the call to its end, including retry delays.
        contact: The contact of a row in a sync, or None.
        reason: Why a row was skipped, or None.
        line: First line of a row in its file, or None for items of a program.
        file: Name of the file of a row, if the input consists of several, or None.

    Example:
        >>> run = client.map(client.chats.get, [{"chat": chat}], device=device)
        >>> [outcome.status for outcome in run]
        ['ok']
    """

    index: int
    input: Any
    status: Status
    _: KW_ONLY
    contact: str | None = None
    reason: str | None = None
    error: Exception | None = None
    attempts: int = 0
    elapsed: float = 0.0
    result: Result | None = None
    line: int | None = None
    file: str | None = None

    def unwrap(self) -> Result:
        """The result. Raises the error of a failed item.

        Example:
            >>> run = client.map(client.chats.get, [{"chat": chat}], device=device)
            >>> statuses = [outcome.unwrap()["status"] for outcome in run]
        """
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # without an error the result is there

    @property
    def kind(self) -> str | None:
        """The class of the error, with its field and reason if it has them: `InvalidRow (contact: exponent)`."""
        if self.error is None:
            return None
        parts = (getattr(self.error, "field", None), getattr(self.error, "reason", None))
        details = ": ".join(part for part in parts if isinstance(part, str))
        name = type(self.error).__name__
        return f"{name} ({details})" if details else name

    @property
    def message(self) -> str | None:
        """Why the item was skipped or failed, or None."""
        return self.reason if self.error is None else str(self.error)

    @property
    def position(self) -> str:
        """Position of the row for messages: `line 12`, `contacts.csv line 12`, or `row 10` (from 0)."""
        position = f"row {self.index}" if self.line is None else f"line {self.line}"
        return position if self.file is None else f"{self.file} {position}"

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain JSON. Other values, such as dates, become text."""
        return {
            "index": self.index,
            "line": self.line,
            "file": self.file,
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
        details = f" {self.kind or self.reason}" if self.message else ""
        return f"<Outcome {self.index} {self.status}{details}>"


def to_json_value(value: Any) -> Any:
    """The value as plain JSON; what is nested too deeply for Python to convert is left out."""
    try:
        return _to_json(value)
    except RecursionError:
        return "…"


def _to_json(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {str(key): _to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    return _to_text(value)


def to_cell_text(value: Any) -> str:
    """The value as a cell of a CSV file, which a sync reads as the same value."""
    if isinstance(value, (dict, list, tuple)):
        import json

        return json.dumps(to_json_value(value), ensure_ascii=False)
    return _to_text(value) or ""


def _to_text(value: Any) -> str | None:
    """The value as metadata text, or None if it counts as missing. Values that can't be sent become `str(value)`."""
    from sparkbot._sparkbot import cell_text

    text = cell_text(value)
    return str(value) if text is None else text or None


def _error_as_dict(error: Exception) -> dict[str, Any]:
    details = {name: to_json_value(getattr(error, name, None)) for name in _DETAILS}
    return {"type": type(error).__name__, "message": str(error), **details}
