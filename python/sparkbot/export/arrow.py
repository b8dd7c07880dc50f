"""Exports as Arrow data."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sparkbot.sync.columns.reserved import EXPORT_COLUMNS, escape_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sparkbot.export.columns import Row

#: Contacts per batch of a stream.
_BATCH = 500


def schema(columns: Iterable[str]) -> Any:
    """All columns of an export are texts."""
    import pyarrow  # type: ignore[import-untyped]  # has no type hints

    return pyarrow.schema([(column, pyarrow.string()) for column in columns])


def batches(rows: Iterable[Row], schema: Any, size: int = _BATCH) -> Iterator[Any]:
    """The rows in batches of this size; the next one is read when it is requested."""
    import pyarrow

    stream = iter(rows)
    while group := list(islice(stream, size)):
        arrays = [pyarrow.array([row.get(column) for row in group], pyarrow.string()) for column in schema.names]
        yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def stream(rows: Iterator[Row], keys: Collection[str]) -> Any:
    """A reader of the rows with these keys."""
    import pyarrow

    columns = schema([*EXPORT_COLUMNS, *dict.fromkeys(map(escape_key, keys))])
    return pyarrow.RecordBatchReader.from_batches(columns, batches(rows, columns))


def table(rows: Collection[Row], keys: Collection[str] | None) -> Any:
    """A table of the rows, with these keys or all that a row has."""
    import pyarrow

    own = map(escape_key, keys) if keys is not None else (key for row in rows for key in row)
    columns = schema(dict.fromkeys([*EXPORT_COLUMNS, *own]))
    return pyarrow.Table.from_batches(batches(rows, columns), schema=columns)
