"""Nested dicts as columns: the one rule for all answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError

from .shapes import Kind

if TYPE_CHECKING:
    Path = tuple[str, ...]
    Table = dict[str, list[Any]]


def table_of(rows: Any, kinds: Mapping[str, Kind]) -> Table:
    """The columns of the rows by name, each as long as there are rows; first those that `kinds` names."""
    cells = [dict(_flat(row)) for row in _checked(rows)]
    paths: dict[str, Path] = {name: tuple(name.split(".")) for name in kinds}
    for path in dict.fromkeys(path for row in cells for path in row):
        if paths.setdefault(".".join(path), path) != path:
            raise InvalidArgumentError(f"two fields would be the column {'.'.join(path)!r}: rename one of them", field="rows")
    columns = {name: [row.get(path) for row in cells] for name, path in _ordered(paths).items()}
    return {name: values for name, values in columns.items() if not _is_empty(name, values, columns, kinds)}


def _checked(rows: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        if hasattr(rows, "__aiter__"):
            fix = "collect it first: [row async for row in rows]"
        else:
            fix = "give [row], a list" if isinstance(rows, Mapping) else "give a list of dicts, as `list` and `iter` answer"
        raise InvalidArgumentError(f"rows is of type {type(rows).__name__}; {fix}", field="rows")
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise InvalidArgumentError(f"rows[{index}] is of type {type(row).__name__}, not a dict", field=f"rows[{index}]")
        yield row


def _flat(fields: Mapping[str, Any], within: Path = ()) -> Iterator[tuple[Path, Any]]:
    for name, value in fields.items():
        path = (*within, str(name))
        if isinstance(value, Mapping):
            yield from _flat(value, path)
        elif _is_pairs(value):
            yield from (((*path, pair["key"]), pair.get("value", "")) for pair in value)
        else:
            yield path, value


def _is_pairs(value: Any) -> bool:
    """Whether it is the form in which the service answers metadata."""
    return isinstance(value, list) and bool(value) and all(isinstance(pair, Mapping) and _is_pair(pair) for pair in value)


def _is_pair(pair: Mapping[str, Any]) -> bool:
    return isinstance(pair.get("key"), str) and pair.keys() <= {"key", "value"}


def _ordered(paths: dict[str, Path]) -> dict[str, Path]:
    """Columns of one field side by side, also where only later rows have some of them."""
    places: dict[str, int] = {}
    for path in paths.values():
        places.setdefault(path[0], len(places))
    return dict(sorted(paths.items(), key=lambda named: places[named[1][0]]))


def _is_empty(name: str, values: list[Any], columns: Table, kinds: Mapping[str, Kind]) -> bool:
    """Whether the column is but the empty form of a field that has columns of its own: no metadata, no owner."""
    is_nested = kinds.get(name) is Kind.PAIRS or any(other.startswith(f"{name}.") for other in columns)
    return is_nested and all(value is None or value == [] for value in values)
