"""Selects events: by name, by fields of their data, and by a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidArgumentError
from .events import DATA_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .events import Event

__all__ = ["Filter"]


class Filter:
    """What a handler or `wait_for` selects. An event must fit all of it."""

    __slots__ = ("_check", "_fields", "names")

    def __init__(self, names: tuple[str, ...], check: Callable[[Any], object] | None, fields: Mapping[str, Any]) -> None:
        for name in names:
            _check_name(name)
        for field in fields:
            _check_field(field, names)
        if check is not None and not callable(check):
            raise InvalidArgumentError(f"check is a {type(check).__name__}: pass a function of an event", field="check")
        self.names = names
        self._check = check
        self._fields = fields

    def matches(self, event: Event) -> bool:
        """Whether the event fits. Functions of the filter may raise."""
        if self.names and event["event"] not in self.names:
            return False
        data = event.get("data")
        values = data if isinstance(data, dict) else {}
        fits = all(_fits(values.get(field), expected) for field, expected in self._fields.items())
        return fits and (self._check is None or bool(self._check(event)))


def _fits(value: Any, expected: Any) -> bool:
    if callable(expected):
        return value is not None and bool(expected(value))
    # JSON has no sets, so a set is a choice of values. A value that can't be hashed is in none.
    if isinstance(expected, set | frozenset):
        return any(value == choice for choice in expected)
    return bool(value == expected)


def _check_name(name: object) -> None:
    if not isinstance(name, str):
        problem = f"an event's name is a {type(name).__name__}: pass names such as 'message:in:new', or none for all events"
        raise InvalidArgumentError(problem, field="names")
    if name not in DATA_TYPES:
        problem = f"{name!r} is no known event; known are {', '.join(DATA_TYPES)}. For a newer one, omit the name and pass check="
        raise InvalidArgumentError(problem, field="names")


def _check_field(field: str, names: tuple[str, ...]) -> None:
    for name in names:
        data = DATA_TYPES[name]
        if data is not None and field not in data.__required_keys__ | data.__optional_keys__:
            problem = f"the data of {name!r} has no field {field!r}; see {data.__name__}. For a newer field, pass check="
            raise InvalidArgumentError(problem, field=field)
