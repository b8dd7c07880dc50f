"""Parses the values of command-line arguments and options, by the type of their parameter in the API model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    Parameter = dict[str, Any]
    _ParamType = click.ParamType[Any]
else:
    # Not generic in older versions.
    _ParamType = click.ParamType

#: Types with several values or pairs; their options can be repeated.
REPEATABLE = {"string_list", "number_list", "object", "object_list", "metadata"}
_MAPPINGS = {"object", "metadata"}
_METAVARS = {
    "integer": "N",
    "number": "N",
    "boolean": "true|false",
    "datetime": "TIMESTAMP",
    "string_list": "TEXT,…",
    "number_list": "N,…",
    "object": "KEY=VALUE",
    "object_list": "KEY=VALUE,…",
    "metadata": "KEY=VALUE",
    "file": "PATH",
}


class Value(_ParamType):
    """The click type of a parameter."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        self.name = parameter["type"]

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        values = "|".join(self.parameter["enum"])
        return values if values and self.name == "string" and len(values) <= 40 else _METAVARS.get(self.name, "TEXT")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return parse(self.parameter, value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if self.name == "file":
            return [CompletionItem(incomplete, type="file")]
        # Completes the last item of a comma-separated list.
        done, comma, prefix = incomplete.rpartition(",") if self.name == "string_list" else ("", "", incomplete)
        values = ["true", "false"] if self.name == "boolean" else self.parameter["enum"]
        return [CompletionItem(done + comma + value) for value in values if value.startswith(prefix)]


def parse(parameter: Parameter, text: str) -> Any:
    """The value of a text. For a repeatable parameter, the part that this text contributes. Raises `ValueError`."""
    ty = parameter["type"]
    if ty in REPEATABLE and text[:1] in ("[", "{"):
        return _parse_json(ty, text)
    if ty == "string_list":
        return [item.strip() for item in text.split(",")] if text else []
    if ty == "number_list":
        return [_number(item) for item in text.split(",")]
    if ty == "object_list":
        return [dict(_pair(parameter, item) for item in text.split(","))]
    if ty in _MAPPINGS:
        return dict([_pair(parameter, text)])
    if ty == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text.lower() == "true"
    if ty == "integer":
        return _convert(int, text, "an integer")
    return _number(text) if ty == "number" else text


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return _convert(float, text, "a number")


def _convert(ty: type[Any], text: str, name: str) -> Any:
    try:
        return ty(text)
    except ValueError:
        raise ValueError(f"{text!r} is not {name}") from None


def _parse_json(ty: str, text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not JSON: {error}") from None
    if ty == "object_list":
        return [value] if isinstance(value, dict) else value
    if isinstance(value, dict) != (ty in _MAPPINGS):
        raise ValueError(f"{text!r} is not a JSON {'object' if ty in _MAPPINGS else 'list'}")
    return value


def _pair(parameter: Parameter, text: str) -> tuple[str, Any]:
    """A field of an object. Its value is parsed if the API model has the field; otherwise it is text."""
    key, separator, value = text.partition("=")
    fields = {field["name"]: field for field in parameter["fields"]}
    if not separator:
        example = f"{next(iter(fields))}=…" if fields else "tier=gold"
        raise ValueError(f"{text!r} is not key=value; write {example}, or JSON")
    key = key.strip()
    return key, parse(fields[key], value) if key in fields else value


def merge(ty: str, parts: Sequence[Any]) -> Any:
    """Combines the values of a repeated option; None without any."""
    if not parts:
        return None
    if ty in _MAPPINGS:
        return {key: value for part in parts for key, value in part.items()}
    return [item for part in parts for item in part]
