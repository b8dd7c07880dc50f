"""Flattens nested dicts into columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError

from .schema import ColumnType

if TYPE_CHECKING:
    Path = tuple[str, ...]
    Columns = dict[str, list[Any]]


def flatten(rows: Any, types: Mapping[str, ColumnType]) -> Columns:
    """The columns of the rows by name, those of `types` first. Each has a value for every row."""
    cells = [dict(_leaves(row)) for row in _checked(rows)]
    paths: dict[str, Path] = {name: tuple(name.split(".")) for name in types}
    for path in dict.fromkeys(path for row in cells for path in row):
        if paths.setdefault(".".join(path), path) != path:
            raise InvalidArgumentError(f"two fields have the column name {'.'.join(path)!r}; rename one of them", field="rows")
    columns = {name: [row.get(path) for row in cells] for name, path in _grouped(paths).items()}
    return {name: values for name, values in columns.items() if not _is_empty(name, values, columns, types)}


def _checked(rows: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        if hasattr(rows, "__aiter__"):
            hint = "collect it first: [row async for row in rows]"
        else:
            hint = "pass [row], a list" if isinstance(rows, Mapping) else "pass a list of dicts, as `list` and `iter` return"
        raise InvalidArgumentError(f"rows is of type {type(rows).__name__}; {hint}", field="rows")
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise InvalidArgumentError(f"rows[{index}] is of type {type(row).__name__}, not a dict", field=f"rows[{index}]")
        yield row


def _leaves(fields: Mapping[str, Any], parents: Path = ()) -> Iterator[tuple[Path, Any]]:
    for name, value in fields.items():
        path = (*parents, str(name))
        if isinstance(value, Mapping):
            yield from _leaves(value, path)
        elif _is_metadata(value):
            yield from (((*path, pair["key"]), pair.get("value", "")) for pair in value)
        else:
            yield path, value


def _is_metadata(value: Any) -> bool:
    """Whether the value is in the service's format of metadata: a list of `{"key": …, "value": …}`."""
    return isinstance(value, list) and bool(value) and all(isinstance(pair, Mapping) and _is_pair(pair) for pair in value)


def _is_pair(pair: Mapping[str, Any]) -> bool:
    return isinstance(pair.get("key"), str) and pair.keys() <= {"key", "value"}


def _grouped(paths: dict[str, Path]) -> dict[str, Path]:
    """Places the columns of one field next to each other, even if only later rows have some of them."""
    order: dict[str, int] = {}
    for path in paths.values():
        order.setdefault(path[0], len(order))
    return dict(sorted(paths.items(), key=lambda item: order[item[1][0]]))


def _is_empty(name: str, values: list[Any], columns: Columns, types: Mapping[str, ColumnType]) -> bool:
    """Whether the column only holds the empty form of a field that has columns of its own: no metadata, no owner."""
    is_nested = types.get(name) is ColumnType.METADATA or any(other.startswith(f"{name}.") for other in columns)
    return is_nested and all(value is None or value == [] for value in values)
