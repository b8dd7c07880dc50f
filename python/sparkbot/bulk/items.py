"""Items of any origin, one at a time: dicts, tuples, rows of a data frame or of Arrow."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sized
from importlib import import_module
from typing import Any

from sparkbot.errors import InvalidArgument

#: Rows of a frame or of Arrow that are made into Python objects at once.
_CHUNK = 1024


def length(items: object) -> int | None:
    """How many items there are, where that is known beforehand."""
    return len(items) if isinstance(items, Sized) else getattr(items, "num_rows", None)


def read(items: Any, *, awaited: bool) -> Iterator[Any] | AsyncIterable[Any]:
    """The items of a source; nothing is read before the first of them is asked for."""
    library = type(items).__module__.partition(".")[0]
    if library in ("pandas", "polars") and hasattr(items, "columns"):
        return _frame_rows(items)
    if hasattr(items, "__arrow_c_stream__"):
        return _arrow_rows(items)
    if isinstance(items, AsyncIterable) and awaited:
        return items
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        kind = type(items).__name__
        hint = " (an AsyncClient takes one)" if isinstance(items, AsyncIterable) else ""
        raise InvalidArgument(
            f"items is of type {kind}{hint}; give an iterable of dicts of arguments, a data frame, or Arrow", field="items"
        )
    return iter(items)


def _frame_rows(frame: Any) -> Iterator[dict[str, Any]]:
    from sparkbot.sync.rows import read as read_rows

    return (_filled(row.cells) for row in read_rows(frame).stream)


def _arrow_rows(source: Any) -> Iterator[dict[str, Any]]:
    try:
        arrow: Any = import_module("pyarrow")
    except ImportError:
        raise InvalidArgument(
            f"reading {type(source).__name__} needs pyarrow: python3 -m pip install 'sparkbot[arrow]'", field="items"
        ) from None
    reader = arrow.RecordBatchReader.from_stream(source)
    return (
        _filled(row)
        for batch in reader
        for start in range(0, batch.num_rows, _CHUNK)
        for row in batch.slice(start, _CHUNK).to_pylist()
    )


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that hold something: what is missing in a table is an argument that is not given."""
    cells = ((name, _plain(cell)) for name, cell in row.items())
    return {name: cell for name, cell in cells if cell is not None}


def _plain(cell: Any) -> Any:
    """The cell, or None for one that is missing. A whole number is no float, as it is in a column with missing cells."""
    if not isinstance(cell, float):
        return cell
    return int(cell) if cell.is_integer() else None if cell != cell else cell  # NaN is not equal to itself


def arguments(item: Any) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """The arguments in an item, by place and by name."""
    if isinstance(item, Mapping):
        return (), item
    # Rows of databases and named tuples have names too; of SQLAlchemy, of collections.namedtuple, of sqlite3.
    if hasattr(item, "_mapping"):
        return (), item._mapping
    if hasattr(item, "_asdict"):
        return (), item._asdict()
    if isinstance(item, tuple):
        return item, {}
    if hasattr(item, "keys") and hasattr(item, "__getitem__"):
        return (), {name: item[name] for name in item.keys()}  # noqa: SIM118
    raise TypeError(f"it is of type {type(item).__name__}: give a dict of arguments, or a tuple of them in the method's order")
