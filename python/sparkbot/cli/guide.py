"""What `sparkbot call NAME --help` says: the row in words."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

_LIMITS = {
    "min": "At least {}.",
    "max": "At most {}.",
    "min_length": "At least {} characters.",
    "max_length": "Up to {} characters.",
    "min_items": "At least {} of them.",
    "max_items": "Up to {} of them.",
}
_REPEAT = {True: "safe to repeat", False: "never repeated"}


def about_call(row: Row) -> str:
    """What the operation does, and what it asks of several arguments at once."""
    rules = " ".join(constraint["text"] for constraint in row["constraints"])
    return "\n\n".join(piece for piece in (row["summary"], row["description"].replace("`", ""), rules) if piece)


def about_argument(one: Row) -> str:
    """One argument: its meaning, allowed values and limits."""
    limits = [text.format(one[key]) for key, text in _LIMITS.items() if one[key] is not None]
    said = [
        one["summary"].replace("`", ""),
        f"Allowed: {', '.join(one['enum'])}." if one["enum"] else "",
        *limits,
        _fields(one),
        f"The service takes {_shown(one['default'])} if not given." if one["default"] is not None else "",
    ]
    return " ".join(piece for piece in said if piece)


def _shown(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _fields(one: Row) -> str:
    if not one["fields"]:
        return ""
    names = ", ".join(f"{field['name']}{' (needed)' if field['required'] else ''}" for field in one["fields"])
    return f"Keys: {names}."


def closing_lines(row: Row) -> str:
    """The request, how sure it is, and the same call in Python."""
    facts = [f"{row['method']} {row['path']}", _REPEAT[row["idempotent"]], row["confidence"], row["title"]]
    return f"{' · '.join(facts)}\n\n\b\nIn Python:\n  {row['example']}"
