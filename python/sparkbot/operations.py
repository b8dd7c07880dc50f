"""The operations of the API as dicts, for `sparkbot operations` and `sparkbot call`."""

from __future__ import annotations

# Type checkers know this name; importing it from typing takes a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Row = dict[str, Any]

__all__ = ["all_operations", "search"]

#: `client.request()`, whose method and path are arguments. It is not in the API model.
_CUSTOM_REQUEST: Row = {
    "name": "request",
    "title": "Other:Send API request",
    "method": None,
    "path": None,
    "summary": "Send any request, for which there is no operation.",
    "description": "POST and PATCH are not retried when the result is unknown, unless `idempotent=True`.",
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
    """Returns all operations, and `client.request()`, which has neither method nor path.

    >>> len(all_operations())
    148
    """
    from ._sparkbot import operations

    return [*operations(), _CUSTOM_REQUEST]


def search(word: str | None, rows: Iterable[Row] | None = None) -> list[Row]:
    """Returns the operations with `word` in name, title, path or summary, ignoring case; without a word, all."""
    wanted = (word or "").casefold()
    return [row for row in (all_operations() if rows is None else rows) if wanted in _search_text(row)]


def _search_text(row: Row) -> str:
    return f"{row['name']} {row['title']} {row['path'] or ''} {row['summary']}".casefold()
