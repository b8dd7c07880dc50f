"""Reads the items of `client.map`: dicts, tuples, rows of a data frame or of Arrow."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sized
from functools import partial
from typing import Any

from sparkbot.errors import InvalidArgumentError
from sparkbot.tabular import tables
from sparkbot.tabular.records import as_iterator, as_mapping
from sparkbot.tabular.table import InvalidCell

#: Up to here a float represents one integer: with 53 bits, and with the 24 of a 32-bit float.
_MAX_EXACT_FLOAT, _MAX_EXACT_FLOAT32 = 2**53, 2**24


def length(items: object) -> int | None:
    """The number of items, if known in advance."""
    # Counting a Django queryset would load all of its rows.
    if as_iterator(items) is not items:
        return None
    return len(items) if isinstance(items, Sized) else getattr(items, "num_rows", None)


def read(items: Any, *, awaited: bool) -> Iterator[Any] | AsyncIterable[Any]:
    """The items of a source, read lazily."""
    table = tables.read(items, partial(InvalidArgumentError, field="items"))
    if table is not None:
        return map(partial(_drop_missing, float32_columns=table.float32_columns), table.rows)
    items = as_iterator(items)
    if isinstance(items, AsyncIterable) and awaited:
        return items
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        hint = " (an AsyncClient accepts one)" if isinstance(items, AsyncIterable) else ""
        raise InvalidArgumentError(
            f"items is of type {type(items).__name__}{hint}; give an iterable of dicts of arguments, a data frame, or Arrow",
            field="items",
        )
    return iter(items)


def _drop_missing(row: dict[str, Any] | InvalidCell, float32_columns: frozenset[str]) -> dict[str, Any] | InvalidCell:
    """The cells that have a value: a missing cell is an argument that is not passed."""
    if isinstance(row, InvalidCell):
        return row
    cells = (
        (name, _to_plain_scalar(cell, _MAX_EXACT_FLOAT32 if name in float32_columns else _MAX_EXACT_FLOAT))
        for name, cell in row.items()
    )
    return {name: cell for name, cell in cells if cell is not None}


def _to_plain_scalar(cell: Any, max_exact: int) -> Any:
    """The cell, or None for NaN. Integers become floats in a column with missing cells; this converts them back."""
    if not isinstance(cell, float):
        return cell
    if cell != cell:  # NaN
        return None
    return int(cell) if cell.is_integer() and abs(cell) < max_exact else cell


def arguments(item: Any) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """The positional and keyword arguments of an item."""
    if isinstance(item, InvalidCell):
        raise TypeError(item.problem)
    if (mapping := as_mapping(item)) is not None:
        return (), mapping
    if isinstance(item, tuple):
        return item, {}
    raise TypeError(f"it is of type {type(item).__name__}: give a dict of arguments, or a tuple of them in the method's order")
