"""Columns that sparkbot adds to reports and exports. The prefix keeps them apart from the input's own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sparkbot.batch.outcome import Outcome

#: Added to the input's columns by reports and dead letters.
REPORT_COLUMNS = (
    "sparkbot_row",
    "sparkbot_status",
    "sparkbot_contact",
    "sparkbot_error",
    "sparkbot_message",
    "sparkbot_attempts",
)
#: A contact's own fields in an export, so that a sync of an export writes nothing: `phone` and `name` may be metadata keys.
EXPORT_COLUMNS = {"sparkbot_wid": "wid", "sparkbot_phone": "phone", "sparkbot_name": "name"}


def report_values(outcome: Outcome) -> tuple[Any, ...]:
    """The values of `REPORT_COLUMNS`."""
    row = outcome.index if outcome.line is None else outcome.line
    return row, outcome.status, outcome.contact, outcome.kind, outcome.message, outcome.attempts
