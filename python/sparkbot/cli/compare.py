"""Compares a response with the API model. The result holds types and names of fields, and no values."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CHECKS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "datetime": lambda value: isinstance(value, str) and _is_timestamp(value),
    "object": lambda value: isinstance(value, dict),
    "string_list": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "object_list": lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
}
_UNKNOWN = "unknown field "
# An object that is a map can have personal names and phone numbers as its field names. Those are not reported.
_FIELD_NAME = re.compile(r"(?!.*[0-9]{4})[A-Za-z_$][A-Za-z_$0-9]{0,39}")


class Comparison:
    """The differences between a response and the API model, counted over its items."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        #: Number of items in a list; None for an object.
        self.items: int | None = None
        self._schemas = schemas
        self._differences: Counter[str] = Counter()
        self._additions: Counter[str] = Counter()
        #: Top-level fields that some item had.
        self._seen: set[str] = set()

    def add_response(self, response: Any, expected: Mapping[str, Any]) -> None:
        """Compares a response with the `response` of its operation."""
        if expected["kind"] == "list" and isinstance(response, list):
            self.items = len(response)
            for item in response:
                self._add_item(item, expected["schema"])
        elif expected["kind"] == "object" and isinstance(response, dict):
            self._add_item(response, expected["schema"])
        else:
            self._differences[f"{_type_name(response)} instead of {'a list' if expected['kind'] == 'list' else 'an object'}"] += 1

    def differences(self) -> list[str]:
        """What contradicts the model, each with the number of items."""
        return self._with_counts(self._differences)

    def additions(self) -> list[str]:
        """Fields that the model does not have. They are not a contradiction."""
        return self._with_counts(self._additions)

    def unseen(self, schema: str | None) -> list[str]:
        """Fields of the model that no item had; empty without items."""
        if schema is None or self.items == 0:
            return []
        return [name for name in self._schemas[schema]["fields"] if name not in self._seen]

    def _with_counts(self, counts: Counter[str]) -> list[str]:
        if self.items is None:
            return sorted(counts)
        return [f"{text} ({count} of {self.items})" for text, count in sorted(counts.items())]

    def _add_item(self, item: Any, schema: str | None) -> None:
        if not isinstance(item, dict):
            self._differences[f"{_type_name(item)} instead of an object in the list"] += 1
        elif schema is not None:
            self._seen |= item.keys()
            # A set: a difference that an item has twice, as in a list of its own, counts once.
            for text in set(self._compare_object(item, schema, "")):
                (self._additions if text.startswith(_UNKNOWN) else self._differences)[text] += 1

    def _compare_object(self, item: dict[str, Any], schema: str, prefix: str) -> list[str]:
        fields, required = self._schemas[schema]["fields"], self._schemas[schema]["required"]
        differences = [f"{prefix}{name} is missing" for name in required if name not in item]
        for name, value in item.items():
            if name not in fields:
                shown = name if _FIELD_NAME.fullmatch(name) else "(a field whose name may be personal data)"
                differences.append(f"{_UNKNOWN}{prefix}{shown}, {_type_name(value)}")
            elif value is not None:
                differences += self._compare_value(value, fields[name], f"{prefix}{name}")
        return differences

    def _compare_value(self, value: Any, expected: str, name: str) -> list[str]:
        if "|" in expected:
            matches = any(not self._compare_value(value, option, name) for option in expected.split("|"))
            return [] if matches else [f"{name} is {_type_name(value)}, not {expected}"]
        if expected.startswith("[") and isinstance(value, list):
            return [text for item in value for text in self._compare_value(item, expected[1:-1], f"{name}[]")]
        if expected in _CHECKS:
            return [] if _CHECKS[expected](value) else [f"{name} is {_type_name(value)}, not {expected}"]
        if expected in self._schemas and isinstance(value, dict):
            return self._compare_object(value, expected, f"{name}.")
        return [f"{name} is {_type_name(value)}, not {'a list' if expected.startswith('[') else 'an object'}"]


def _type_name(value: Any) -> str:
    """The type of a JSON value, in words."""
    if isinstance(value, str):
        return "a timestamp" if _is_timestamp(value) else "a string"
    names = {type(None): "null", bool: "a boolean", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


def _is_timestamp(text: str) -> bool:
    if len(text) < len("2026-01-01T00:00"):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
