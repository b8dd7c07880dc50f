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
#: Characters that start a formula in a spreadsheet, and the apostrophe that exports put before them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
#: Marks an export whose cells have an apostrophe before what a spreadsheet would compute; each cell of it is an apostrophe.
ESCAPE_COLUMN = "sparkbot_escape"
#: Comes before a metadata key in an export that is the name of one of these columns; no key has a colon.
KEY_PREFIX = "metadata:"
#: The column of an export that identifies the contact.
CONTACT_COLUMN = "sparkbot_wid"
#: A contact's own fields in an export, so that a sync of an export writes nothing: `phone` and `name` may be metadata keys.
EXPORT_COLUMNS = {CONTACT_COLUMN: "wid", "sparkbot_phone": "phone", "sparkbot_name": "name"}


def report_values(outcome: Outcome) -> tuple[Any, ...]:
    """The values of `REPORT_COLUMNS`."""
    row: Any = outcome.index if outcome.line is None else outcome.line
    if outcome.file is not None:
        row = f"{outcome.file}:{row}"
    return row, outcome.status, outcome.contact, outcome.kind, outcome.message, outcome.attempts


def is_reserved(name: str) -> bool:
    """Whether a report or an export may add a column with this name."""
    return name in REPORT_COLUMNS or name in EXPORT_COLUMNS or name == ESCAPE_COLUMN


def escape_key(key: str) -> str:
    """The column of a metadata key in an export."""
    return f"{KEY_PREFIX}{key}" if is_reserved(key) else key


def unescape_key(column: str) -> str:
    """The metadata key of a column of an export."""
    return column.removeprefix(KEY_PREFIX)
