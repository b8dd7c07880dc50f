"""Help texts of `sparkbot call NAME --help`."""

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
_IDEMPOTENT = {True: "idempotent", False: "not idempotent"}


def about_call(row: Row) -> str:
    """Describes the operation and the constraints on its arguments."""
    rules = " ".join(constraint["text"] for constraint in row["constraints"])
    return "\n\n".join(piece for piece in (row["summary"], row["description"].replace("`", ""), rules) if piece)


def about_argument(one: Row) -> str:
    """Describes one argument: meaning, allowed values and limits."""
    limits = [text.format(one[key]) for key, text in _LIMITS.items() if one[key] is not None]
    said = [
        one["summary"].replace("`", ""),
        f"Allowed: {', '.join(one['enum'])}." if one["enum"] else "",
        *limits,
        _fields(one),
        f"Default of the service: {_shown(one['default'])}." if one["default"] is not None else "",
    ]
    return " ".join(piece for piece in said if piece)


def _shown(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _fields(one: Row) -> str:
    if not one["fields"]:
        return ""
    names = ", ".join(f"{field['name']}{' (required)' if field['required'] else ''}" for field in one["fields"])
    return f"Keys: {names}."


def closing_lines(row: Row) -> str:
    """Returns the request, the source of its description, and the same call in Python."""
    facts = [f"{row['method']} {row['path']}", _IDEMPOTENT[row["idempotent"]], row["confidence"], row["title"]]
    return f"{' · '.join(facts)}\n\n\b\nIn Python:\n  {row['example']}"
