"""The operations of the API as dicts, for `sparkbot operations` and `sparkbot call`."""

from __future__ import annotations

from ._annotations import make_public

# Type checkers know this name; importing it from typing takes a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Operation = dict[str, Any]

__all__ = ["all_operations", "markdown", "only_reads", "search"]

#: GET operations with side effects: they request new data from WhatsApp, or a code to sign in with.
_WITH_SIDE_EFFECTS = {"chats.sync_messages", "session.scan", "session.sync"}

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


def search(words: str | None) -> list[Operation]:
    """Returns the operations with all `words` in name, title, path or summary, ignoring case; without a word, all."""
    wanted = (words or "").casefold().split()
    return [operation for operation in all_operations() if all(word in _search_text(operation) for word in wanted)]


def _search_text(operation: Operation) -> str:
    return f"{operation['name']} {operation['title']} {operation['path'] or ''} {operation['summary']}".casefold()


def only_reads(operation: Operation) -> bool:
    """Returns whether the operation changes nothing: GET without side effects.

    >>> [operation["name"] for operation in search("/labels") if only_reads(operation)]
    ['labels.list']
    """
    return operation["method"] == "GET" and operation["name"] not in _WITH_SIDE_EFFECTS


def markdown(words: str | None = None) -> str:
    """Returns a page for coding agents: how to use the client, and a line per operation. With words, only the lines found.

    >>> print(markdown("chats.unassign"))
    - `client.chats.unassign(device, chat)`: Unassign a chat from its agent and department. DELETE, idempotent.
    <BLANKLINE>
    """
    from pathlib import Path

    page = Path(__file__).with_name("agents.md").read_text(encoding="utf-8")
    if words is None:
        return page
    found = tuple(f"- `client.{operation['name']}(" for operation in search(words))
    return "".join(line for line in page.splitlines(keepends=True) if line.startswith(found))


make_public(__name__)
