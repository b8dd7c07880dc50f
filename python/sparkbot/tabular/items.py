"""Items of any origin, one at a time: dicts, tuples, rows of a data frame or of Arrow."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sized
from functools import partial
from typing import Any

from sparkbot.errors import InvalidArgumentError
from sparkbot.tabular import tables
from sparkbot.tabular.records import named, streamed
from sparkbot.tabular.tables import Unreadable

#: Up to here a float is one whole number and no other: with 53 bits, and with the 24 of a coarse one.
_EXACT, _EXACT_IF_COARSE = 2**53, 2**24


def length(items: object) -> int | None:
    """How many items there are, where that is known beforehand."""
    # A Django queryset would load all of its rows to count them.
    if streamed(items) is not items:
        return None
    return len(items) if isinstance(items, Sized) else getattr(items, "num_rows", None)


def read(items: Any, *, awaited: bool) -> Iterator[Any] | AsyncIterable[Any]:
    """The items of a source; nothing is read before the first of them is asked for."""
    table = tables.read(items, partial(InvalidArgumentError, field="items"))
    if table is not None:
        return map(partial(_filled, coarse=table.coarse), table.rows)
    items = streamed(items)
    if isinstance(items, AsyncIterable) and awaited:
        return items
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        kind = type(items).__name__
        hint = " (an AsyncClient takes one)" if isinstance(items, AsyncIterable) else ""
        raise InvalidArgumentError(
            f"items is of type {kind}{hint}; give an iterable of dicts of arguments, a data frame, or Arrow", field="items"
        )
    return iter(items)


def _filled(row: dict[str, Any] | Unreadable, coarse: frozenset[str]) -> dict[str, Any] | Unreadable:
    """The cells that hold something: what is missing in a table is an argument that is not given."""
    if isinstance(row, Unreadable):
        return row
    cells = ((name, _plain(cell, _EXACT_IF_COARSE if name in coarse else _EXACT)) for name, cell in row.items())
    return {name: cell for name, cell in cells if cell is not None}


def _plain(cell: Any, exact: int) -> Any:
    """The cell, or None for one that is missing. A whole number is no float, as it is in a column with missing cells."""
    if not isinstance(cell, float):
        return cell
    if cell != cell:  # NaN is not equal to itself
        return None
    return int(cell) if cell.is_integer() and abs(cell) < exact else cell


def arguments(item: Any) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """The arguments in an item, by place and by name."""
    if (by_name := named(item)) is not None:
        return (), by_name
    if isinstance(item, tuple):
        return item, {}
    if isinstance(item, Unreadable):
        raise TypeError(item.problem)
    raise TypeError(f"it is of type {type(item).__name__}: give a dict of arguments, or a tuple of them in the method's order")
