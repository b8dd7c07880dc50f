"""The outcomes of a run as rows of a data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sparkbot.batch.outcome import Outcome
from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator


class _ErrorFields(TypedDict):
    type: str
    message: str
    status_code: int
    code: str
    request_id: str
    field: str
    reason: str
    hint: str
    retry_after: float


class OutcomeFields(TypedDict):
    """The fields of `Outcome.to_dict` that each outcome has."""

    index: int
    line: int
    file: str
    status: str
    contact: str
    reason: str
    error: _ErrorFields
    attempts: int
    elapsed: float


def to_rows(outcomes: Any) -> Any:
    """The outcomes as dicts; what can't be iterated over is returned, for the error of `frame`."""
    return _dicts(outcomes) if hasattr(outcomes, "__iter__") and not isinstance(outcomes, (str, dict)) else outcomes


def _dicts(outcomes: Any) -> Iterator[dict[str, Any]]:
    for index, outcome in enumerate(outcomes):
        if not isinstance(outcome, Outcome):
            raise InvalidArgumentError(
                f"outcomes[{index}] is of type {type(outcome).__name__}, not an Outcome: pass what `client.map` or "
                "`stream_metadata` yields",
                field=f"outcomes[{index}]",
            )
        yield outcome.to_dict()
