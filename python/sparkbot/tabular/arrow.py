"""Arrow as rows, through pyarrow: tables, streams of batches, DuckDB's relations, frames of other libraries, Parquet files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sparkbot.tabular.tables import CHUNK, Table, Unreadable, holds_all, in_rows, moments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

#: Bytes of a Parquet column that are read ahead, instead of all that a group of rows has of it.
_READ_AHEAD = 1 << 20
#: What cells raise that Python has no value for: a year 20,000, a zone that this machine does not know, bytes that are no text.
_NO_VALUE = (ValueError, OverflowError, LookupError, NotImplementedError, TypeError)


def library(what: str, refused: Callable[[str], Exception]) -> Any:
    """pyarrow, which an extra brings."""
    try:
        return import_module("pyarrow")
    except ImportError:
        raise refused(f"reading {what} needs pyarrow: python3 -m pip install 'sparkbot[arrow]'") from None


def read(source: Any, refused: Callable[[str], Exception]) -> Table:
    """The rows of an object that gives a stream of Arrow, or a single batch."""
    kind = type(source).__name__
    arrow = library(kind, refused)
    total, is_all_there = getattr(source, "num_rows", None), holds_all(source)
    try:
        if type(source).__module__.partition(".")[0] in ("duckdb", "_duckdb") and hasattr(source, "to_arrow_reader"):
            # DuckDB: its own stream has the whole result first, the reader has it come as it is asked for.
            source = source.to_arrow_reader(CHUNK)
        if hasattr(source, "__arrow_c_stream__"):
            reader = arrow.RecordBatchReader.from_stream(source)
        else:
            batch = arrow.record_batch(source)
            reader = arrow.RecordBatchReader.from_batches(batch.schema, [batch])
    except (TypeError, ValueError, arrow.ArrowException) as error:
        raise refused(f"{kind} gives no table of Arrow ({error}): give a table, batches, or a relation with columns") from None
    batches = _batches(reader, kind, refused)
    return _table(arrow, reader.schema, batches, total if isinstance(total, int) else None, in_any_thread=is_all_there)


def read_parquet(path: Path, refused: Callable[[str], Exception]) -> Table:
    """The rows of a Parquet file; its footer is read at once, its pages as they are needed."""
    arrow = library(f"the Parquet file {str(path)!r}", refused)
    parquet = import_module("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(path, buffer_size=_READ_AHEAD, pre_buffer=False, page_checksum_verification=True)
    except (OSError, ValueError, arrow.ArrowException) as error:
        raise refused(f"{str(path)!r} is no Parquet file that can be read: {error}") from None
    # Threads would read columns side by side, which a run that waits for the service gains nothing by.
    batches = _batches(file.iter_batches(batch_size=CHUNK, use_threads=False), f"the file {str(path)!r}", refused)
    return _table(arrow, file.schema_arrow, batches, file.metadata.num_rows, in_any_thread=True)


def _batches(reader: Iterable[Any], what: str, refused: Callable[[str], Exception]) -> Iterator[Any]:
    """The batches; what breaks off in the middle says so, instead of ending like a short input."""
    arrow = import_module("pyarrow")
    count, batches = 0, iter(reader)
    while True:
        try:
            batch = next(batches, None)
        except (OSError, arrow.ArrowException) as error:
            raise refused(f"{what} can't be read any further after {count:,} rows: {error}") from error
        if batch is None:
            return
        count += batch.num_rows
        yield batch


def _table(arrow: Any, schema: Any, batches: Iterator[Any], total: int | None, *, in_any_thread: bool) -> Table:
    columns = list(schema.names)

    def chunks() -> Iterator[list[list[Any]]]:
        for batch in batches:
            for start in range(0, batch.num_rows, CHUNK):
                part = batch.slice(start, CHUNK)
                yield [_cells(arrow, column) for column in part.columns]

    coarse = frozenset(field.name for field in schema if str(field.type) in ("float", "halffloat"))
    return Table(columns, in_rows(columns, chunks()), total, coarse, in_any_thread)


def _cells(arrow: Any, column: Any) -> list[Any]:
    kind = column.type
    try:
        if arrow.types.is_timestamp(kind) and kind.unit == "ns":
            # pyarrow gives these as pandas' own type, or not at all where there is no pandas.
            finer = arrow.timestamp("us", kind.tz)
            return moments(column.cast(arrow.int64()).to_pylist(), lambda counts: arrow.array(counts, type=finer).to_pylist())
        found: list[Any] = column.to_pylist()
    except (*_NO_VALUE, arrow.ArrowException):
        return [_cell(arrow, cell) for cell in column]
    return found


def _cell(arrow: Any, cell: Any) -> Any:
    try:
        return cell.as_py()
    except (*_NO_VALUE, arrow.ArrowException) as error:
        return Unreadable(f"Python has no value for this cell of type {cell.type}: {error}")
