"""Every operation of the API with all its facts: what `sparkbot operations` and `sparkbot call` read."""

from __future__ import annotations

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Row = dict[str, Any]

__all__ = ["all_operations", "search"]

#: `client.request()`: the one operation that is no row, because its method and path are its arguments.
_REQUEST: Row = {
    "name": "request",
    "title": "Other:Send API request",
    "method": None,
    "path": None,
    "summary": "Send any request, for what has no operation of its own.",
    "description": "POST and PATCH are not repeated after an unclear failure, unless the call says that they may be.",
    "parameters": [],
    "response": {"kind": "object", "schema": None, "confidence": "assumed"},
    "idempotent": None,
    "paginated": False,
    "timeout_seconds": None,
    "constraints": [],
    "const_fields": {},
    "deny_unknown_fields": False,
    "sandbox": None,
    "confidence": "observed",
    "observed_count": 1,
    "example": 'client.request("GET", "/devices", query={"size": 5})',
}


def all_operations() -> list[Row]:
    """The rows of the table, and `client.request()`, which has neither method nor path.

    >>> len(all_operations())
    148
    """
    from ._sparkbot import operations

    return [*operations(), _REQUEST]


def search(word: str | None, rows: Iterable[Row] | None = None) -> list[Row]:
    """The operations that have `word` in their name, title, path or summary, in any case; all of them without a word."""
    wanted = (word or "").casefold()
    return [row for row in (all_operations() if rows is None else rows) if wanted in _searched(row)]


def _searched(row: Row) -> str:
    return f"{row['name']} {row['title']} {row['path'] or ''} {row['summary']}".casefold()
