"""An answer held against what the table says of it, in words that hold nothing of the answer but types and names of fields."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "datetime": lambda value: isinstance(value, str) and _is_moment(value),
    "object": lambda value: isinstance(value, dict),
    "string_list": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "object_list": lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
}
_UNKNOWN = "unknown field "
# A field may be called like a person or a number where an object is a map: such names are not told.
_A_NAME = re.compile(r"[A-Za-z_$][A-Za-z_$0-9]{0,39}")
_DIGITS = re.compile(r"[0-9]{4}")


class Comparison:
    """What an answer's items are like, all together."""

    def __init__(self, shapes: Mapping[str, Any]) -> None:
        self.items: int | None = None
        self._shapes = shapes
        self._found: Counter[str] = Counter()
        self._more: Counter[str] = Counter()
        #: Fields of the answer's own shape that some item had.
        self._seen: set[str] = set()

    def answer(self, answer: Any, expected: Mapping[str, Any]) -> None:
        """Holds an answer against `answer` of its row."""
        if expected["kind"] == "list" and isinstance(answer, list):
            self.items = len(answer)
            for item in answer:
                self._item(item, expected["schema"])
        elif expected["kind"] == "object" and isinstance(answer, dict):
            self._item(answer, expected["schema"])
        else:
            self._found[f"{_kind(answer)} instead of {'a list' if expected['kind'] == 'list' else 'an object'}"] += 1

    def differences(self) -> list[str]:
        """What contradicts the table, each with the number of items where it is so."""
        return self._counted(self._found)

    def more(self) -> list[str]:
        """Fields that the table does not know. An answer may have such: they are news, not a contradiction."""
        return self._counted(self._more)

    def unseen(self, shape: str | None) -> list[str]:
        """Fields that the table knows and that no item had; nothing if there was no item."""
        if shape is None or self.items == 0:
            return []
        return [name for name in self._shapes[shape]["fields"] if name not in self._seen]

    def _counted(self, found: Counter[str]) -> list[str]:
        of = f" of {self.items}" if self.items is not None else ""
        return [f"{what} ({count}{of})" if of else what for what, count in sorted(found.items())]

    def _item(self, item: Any, shape: str | None) -> None:
        if not isinstance(item, dict):
            self._found[f"{_kind(item)} instead of an object in the list"] += 1
        elif shape is not None:
            self._seen |= item.keys()
            # An item that has the same twice, as in a list of its own, counts once.
            told = set(self._of_shape(item, shape, ""))
            self._more.update(what for what in told if what.startswith(_UNKNOWN))
            self._found.update(what for what in told if not what.startswith(_UNKNOWN))

    def _of_shape(self, item: dict[str, Any], shape: str, before: str) -> list[str]:
        fields, always = self._shapes[shape]["fields"], self._shapes[shape]["required"]
        found = [f"{before}{name} is missing" for name in always if name not in item]
        for name, value in item.items():
            if name not in fields:
                found.append(f"{_UNKNOWN}{before}{_told(name)}, {_kind(value)}")
            elif value is not None:
                found += self._of_kind(value, fields[name], f"{before}{name}")
        return found

    def _of_kind(self, value: Any, kind: str, name: str) -> list[str]:
        if "|" in kind:
            ways = [self._of_kind(value, one, name) for one in kind.split("|")]
            return [] if [] in ways else [f"{name} is {_kind(value)}, not {kind}"]
        if kind.startswith("["):
            if not isinstance(value, list):
                return [f"{name} is {_kind(value)}, not a list"]
            return [problem for one in value for problem in self._of_kind(one, kind[1:-1], f"{name}[]")]
        if kind in _TYPES:
            return [] if _TYPES[kind](value) else [f"{name} is {_kind(value)}, not {kind}"]
        if not isinstance(value, dict):
            return [f"{name} is {_kind(value)}, not an object"]
        return self._of_shape(value, kind, f"{name}.")


def _told(name: str) -> str:
    return name if _A_NAME.fullmatch(name) and not _DIGITS.search(name) else "(a field whose name may be somebody's)"


def _kind(value: Any) -> str:
    """The type of a JSON value, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a moment" if _is_moment(value) else "a text"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def _is_moment(text: str) -> bool:
    if len(text) < len("2026-01-01T00:00"):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
