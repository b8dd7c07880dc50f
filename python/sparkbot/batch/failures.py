"""Failures of a run by kind, and the error that reports them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sparkbot.batch.redaction import redact
from sparkbot.errors import FailedItemsError, InvalidArgumentError, SparkBotError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sparkbot.batch.outcome import Outcome

#: Outcomes kept per type of error.
_MAX_EXAMPLES = 3
#: Characters of a message that displays show.
_MAX_MESSAGE = 300


@dataclass(slots=True)
class ErrorKind:
    """The number of rows with one type of error, and the first of them.

    Attributes:
        name: Type of the error, with field and reason if it has them.
        count: Number of rows.
        outcomes: The first three of them.
        unit: What a message calls a row.
    """

    name: str
    count: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    unit: str = "row"

    def add(self, outcome: Outcome) -> None:
        """Counts an outcome, and keeps it if it is one of the first."""
        self.count += 1
        if len(self.outcomes) < _MAX_EXAMPLES:
            self.outcomes.append(outcome)

    @property
    def examples(self) -> list[str]:
        """Positions and messages of the first rows, one string per message; contacts and values are redacted."""
        positions: dict[str, list[str]] = {}
        for outcome in self.outcomes:
            positions.setdefault(_redacted_message(outcome), []).append(self._position(outcome))
        return [f"{', '.join(rows)}: {_truncate(message)}" for message, rows in positions.items()]

    def _position(self, outcome: Outcome) -> str:
        return outcome.position if self.unit == "row" else f"{self.unit} {outcome.index}"

    def to_dict(self) -> dict[str, Any]:
        """Type, count and examples as plain JSON; contacts and values are redacted."""
        return {"type": self.name, "count": self.count, "examples": [_example(outcome) for outcome in self.outcomes]}

    def to_error(self) -> SparkBotError:
        """The first row's error, whose text has the count and the first rows instead; contacts and values are redacted."""
        first = self.outcomes[0].error
        text = f"{_count(self.count, self.unit)}: {'; '.join(self.examples)}"
        if not isinstance(first, SparkBotError):
            # The error of a hook, which may not be copyable.
            return SparkBotError(f"{self.name}, {text}")
        error = copy(first)
        error.args, error.request_id = (text, *first.args[1:]), None
        return error


def _redacted_message(outcome: Outcome) -> str:
    return redact(outcome.message or "", outcome.input)


def _truncate(message: str) -> str:
    return f"{message[:_MAX_MESSAGE]}{'…' if len(message) > _MAX_MESSAGE else ''}"


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def _example(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "row": outcome.index,
        "line": outcome.line,
        "status": outcome.status,
        "message": _redacted_message(outcome),
        "http_status": getattr(error, "status_code", None),
        "code": getattr(error, "code", None),
        "request_id": getattr(error, "request_id", None),
        "attempts": outcome.attempts,
    }


def add_failure(kinds: dict[str, ErrorKind], outcome: Outcome, unit: str = "row") -> None:
    """Adds a failed or unknown outcome to its kind."""
    name = outcome.kind or outcome.status
    kinds.setdefault(name, ErrorKind(name, unit=unit)).add(outcome)


def check_failures(kinds: Collection[ErrorKind], total: int, *, max_rate: float = 0, unit: str = "row", advice: str) -> None:
    """Raises `FailedItemsError` if the share of failures exceeds the rate."""
    is_number = isinstance(max_rate, (int, float)) and not isinstance(max_rate, bool)
    if not (is_number and 0 <= max_rate <= 1):
        raise InvalidArgumentError(f"max_rate is {max_rate!r}: give a share from 0 to 1, such as 0.01", field="max_rate")
    failed = sum(kind.count for kind in kinds)
    if failed <= max_rate * total:
        return
    names = ", ".join(f"{kind.count:,} {kind.name}" for kind in kinds)
    allowed = f", more than max_rate={max_rate:g} allows" if max_rate else ""
    text = f"{failed:,} of {_count(total, unit)} failed or have an unknown outcome{allowed}: {names}. {advice}"
    raise FailedItemsError(text, [kind.to_error() for kind in kinds], kinds=[kind.to_dict() for kind in kinds])


def check_items(outcomes: Iterable[Outcome], total: int) -> None:
    """Raises `FailedItemsError` if an item of a run failed or is unknown."""
    kinds: dict[str, ErrorKind] = {}
    for outcome in outcomes:
        if outcome.error is not None:
            add_failure(kinds, outcome, "item")
    advice = "The exception's attribute `outcomes` has the outcome of every item"
    check_failures(kinds.values(), total, unit="item", advice=advice)
