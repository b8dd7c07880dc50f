"""From the words of a command line to the arguments of a call, as the operation's row says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = dict[str, Any]
    _ParamType = click.ParamType[Any]
else:
    # Older versions have no types for it.
    _ParamType = click.ParamType

# Types of which an argument has several values or pairs: its option may be given more than once.
SEVERAL = {"string_list", "number_list", "object", "object_list", "metadata"}
_METAVARS = {
    "integer": "N",
    "number": "N",
    "boolean": "true|false",
    "datetime": "MOMENT",
    "string_list": "TEXT,…",
    "number_list": "N,…",
    "object": "KEY=VALUE",
    "object_list": "KEY=VALUE,…",
    "metadata": "KEY=VALUE",
    "file": "PATH",
}


class Value(_ParamType):
    """A value in text; `one` is the parameter of the row that it is for."""

    def __init__(self, one: Row) -> None:
        self.one = one
        self.name = one["type"]

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        values = "|".join(self.one["enum"])
        if values and self.one["type"] == "string" and len(values) <= 40:
            return values
        return _METAVARS.get(self.one["type"], "TEXT")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return from_text(self.one, value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if self.one["type"] == "file":
            return [CompletionItem(incomplete, type="file")]
        # Of a list with commas the last item is being written.
        earlier, comma, begun = incomplete.rpartition(",") if self.one["type"] == "string_list" else ("", "", incomplete)
        values = ["true", "false"] if self.one["type"] == "boolean" else self.one["enum"]
        return [CompletionItem(earlier + comma + value) for value in values if value.startswith(begun)]


def from_text(one: Row, text: str) -> Any:
    """The value that `text` means; of an argument with several, the part that it gives. ValueError says what is wrong."""
    kind = one["type"]
    if kind in SEVERAL and text[:1] in ("[", "{"):
        return _from_json(kind, text)
    if kind == "string_list":
        return [piece.strip() for piece in text.split(",")] if text else []
    if kind == "number_list":
        return [_number(piece) for piece in text.split(",")]
    if kind == "object_list":
        return [dict(_pair(one, piece) for piece in text.split(","))]
    if kind in ("object", "metadata"):
        return dict([_pair(one, text)])
    return _plain(kind, text)


def _plain(kind: str, text: str) -> Any:
    if kind == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text.lower() == "true"
    if kind == "integer":
        return _whole(text)
    return _number(text) if kind == "number" else text


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no whole number") from None


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _from_json(kind: str, text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no JSON: {error}") from None
    mapping = kind in ("object", "metadata")
    if mapping != isinstance(value, dict) and kind != "object_list":
        raise ValueError(f"{text!r} is not a JSON {'object' if mapping else 'list'}")
    return [value] if kind == "object_list" and isinstance(value, dict) else value


def _pair(one: Row, text: str) -> tuple[str, Any]:
    """A field of an object: of the field's own type, if the row knows it, else text."""
    key, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"{text!r} is no key=value; write {_example_of(one)}, or JSON")
    field = next((field for field in one["fields"] if field["name"] == key.strip()), None)
    return key.strip(), value if field is None else from_text(field, value)


def _example_of(one: Row) -> str:
    return f"{one['fields'][0]['name']}=…" if one["fields"] else "tier=gold"


def merged(kind: str, parts: Sequence[Any]) -> Any:
    """One value from the parts that a repeated option gave; None for no part."""
    if not parts:
        return None
    if kind in ("object", "metadata"):
        return {key: value for part in parts for key, value in part.items()}
    return [item for part in parts for item in part]
