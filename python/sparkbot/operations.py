"""The operations of the API as dicts, for `sparkbot operations` and `sparkbot call`."""

from __future__ import annotations

from ._annotations import make_public

# Type checkers know this name; importing it from typing takes a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Operation = dict[str, Any]

__all__ = ["all_operations", "search"]

#: `client.request()`, whose method and path are arguments. It is not in the API model.
_CUSTOM_REQUEST: Operation = {
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


def all_operations() -> list[Operation]:
    """Returns all operations, and `client.request()`, which has neither method nor path.

    148 operations are known; those with confidence ``assumed`` are not counted.

    >>> sum(operation["confidence"] != "assumed" for operation in all_operations())
    148
    """
    from ._sparkbot import operations

    return [*operations(), _CUSTOM_REQUEST]


def search(word: str | None) -> list[Operation]:
    """Returns the operations with `word` in name, title, path or summary, ignoring case; without a word, all."""
    text = (word or "").casefold()
    return [operation for operation in all_operations() if text in _search_text(operation)]


def _search_text(operation: Operation) -> str:
    return f"{operation['name']} {operation['title']} {operation['path'] or ''} {operation['summary']}".casefold()


make_public(__name__)
