"""Reads Arrow through pyarrow: tables, streams of batches, DuckDB relations, frames of other libraries, Parquet files."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sparkbot.tabular.table import (
    CHUNK,
    InvalidCell,
    Table,
    is_from_library,
    is_materialized,
    iter_rows,
    nanosecond_datetimes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sparkbot.tabular.byte_source import ByteSource

#: Column that pandas writes for an index without a name.
_PANDAS_INDEX = re.compile(r"__index_level_\d+__")
#: Bytes of a Parquet column read ahead, instead of a whole row group.
_READ_AHEAD = 1 << 20
#: Errors of cells without a Python value: a year 20,000, a time zone unknown to this machine, invalid UTF-8.
_NO_VALUE = (ValueError, OverflowError, LookupError, NotImplementedError, TypeError)


def _import_pyarrow(source: str, make_error: Callable[[str], Exception]) -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise make_error(f"reading {source} needs pyarrow: python3 -m pip install 'sparkbot[arrow]'") from None


def read(source: Any, make_error: Callable[[str], Exception], exclude: Collection[str]) -> Table:
    """The rows of an object that exports an Arrow stream or a single batch."""
    type_name = type(source).__name__
    arrow = _import_pyarrow(type_name, make_error)
    total, thread_safe = getattr(source, "num_rows", None), is_materialized(source)
    try:
        is_duckdb = is_from_library(source, "duckdb") or is_from_library(source, "_duckdb")
        if is_duckdb and hasattr(source, "to_arrow_reader"):
            # DuckDB's own stream computes the whole result first; the reader computes it on demand.
            source = source.to_arrow_reader(CHUNK)
        if hasattr(source, "__arrow_c_stream__"):
            reader = arrow.RecordBatchReader.from_stream(source)
        else:
            batch = arrow.record_batch(source)
            reader = arrow.RecordBatchReader.from_batches(batch.schema, [batch])
    except (TypeError, ValueError, arrow.ArrowException) as error:
        raise make_error(
            f"{type_name} is not an Arrow table ({error}): give a table, batches, or a relation with columns"
        ) from None
    batches = _batches(reader, type_name, make_error)
    known_total = total if isinstance(total, int) else None
    return _to_table(arrow, reader.schema, batches, known_total, frozenset(exclude), thread_safe=thread_safe)


def read_parquet(source: ByteSource, exclude: Collection[str], make_error: Callable[[str], Exception]) -> Table:
    """The rows of a Parquet file; its footer is read immediately, its pages on demand."""
    arrow = _import_pyarrow(f"the Parquet file {source.name!r}", make_error)
    parquet = import_module("pyarrow.parquet")

    def open_file() -> Any:
        return parquet.ParquetFile(
            source.path or source.open(), buffer_size=_READ_AHEAD, pre_buffer=False, page_checksum_verification=True
        )

    try:
        file = open_file()
        schema, total = file.schema_arrow, file.metadata.num_rows
        file.close(force=True)
    except (OSError, ValueError, arrow.ArrowException) as error:
        raise make_error(f"{source.name!r} is not a readable Parquet file: {error}") from None
    # pandas writes an index without a name as a column with such a name.
    index = [name for name in schema.names if _PANDAS_INDEX.fullmatch(name)]
    schema = arrow.schema([field for field in schema if field.name not in index])
    columns = list(schema.names)

    def stream() -> Iterator[Any]:
        # Opened again when its rows are due: a folder may hold more files than a process can have open.
        with open_file() as file:
            # Reading columns in parallel gains nothing for a run that waits for the service.
            yield from file.iter_batches(batch_size=CHUNK, use_threads=False, columns=columns)

    batches = _batches(stream(), f"the file {source.name!r}", make_error)
    table = _to_table(arrow, schema, batches, total, frozenset(exclude), thread_safe=True)
    notes = tuple(f"the column {name!r} is left out: it is the index of a pandas frame" for name in index)
    return replace(table, notes=notes)


def _batches(reader: Iterable[Any], name: str, make_error: Callable[[str], Exception]) -> Iterator[Any]:
    """The batches; a source that fails midway raises instead of ending like a shorter one."""
    arrow = import_module("pyarrow")
    count, batches = 0, iter(reader)
    while True:
        try:
            batch = next(batches, None)
        except (OSError, arrow.ArrowException) as error:
            raise make_error(f"{name} can't be read any further after {count:,} rows: {error}") from error
        if batch is None:
            return
        count += batch.num_rows
        yield batch


def _to_table(
    arrow: Any, schema: Any, batches: Iterator[Any], total: int | None, exclude: frozenset[str], *, thread_safe: bool
) -> Table:
    columns = list(schema.names)

    def values(name: str, column: Any) -> list[Any]:
        cells = _column_values(arrow, column)
        # An excluded column must not fail its rows.
        return [None if isinstance(cell, InvalidCell) else cell for cell in cells] if name in exclude else cells

    def chunks() -> Iterator[list[list[Any]]]:
        for batch in batches:
            for start in range(0, batch.num_rows, CHUNK):
                yield [values(name, column) for name, column in zip(columns, batch.slice(start, CHUNK).columns, strict=True)]

    float32 = frozenset(field.name for field in schema if str(field.type) in ("float", "halffloat"))
    return Table(columns, iter_rows(columns, chunks()), total, float32, thread_safe)


def _column_values(arrow: Any, column: Any) -> list[Any]:
    dtype = column.type
    try:
        if arrow.types.is_timestamp(dtype) and dtype.unit == "ns":
            # pyarrow converts these to pandas' type, or not at all without pandas.
            microseconds = arrow.timestamp("us", dtype.tz)
            return nanosecond_datetimes(
                column.cast(arrow.int64()).to_pylist(), lambda counts: arrow.array(counts, type=microseconds).to_pylist()
            )
        values: list[Any] = column.to_pylist()
    except (*_NO_VALUE, arrow.ArrowException):
        return [_cell_value(arrow, cell) for cell in column]
    return values


def _cell_value(arrow: Any, cell: Any) -> Any:
    try:
        return cell.as_py()
    except (*_NO_VALUE, arrow.ArrowException) as error:
        return InvalidCell(f"Python has no value for this cell of type {cell.type}: {error}")
