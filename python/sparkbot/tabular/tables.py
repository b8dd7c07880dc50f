"""Tables of any library as rows: pandas and polars frames, and whatever gives Arrow. Shared by `client.map` and the sync.

One rule for all of them: a cell becomes what Python has for it, exactly, or its row says why it can't. Nothing but a float is
ever a float here, a missing cell is None, and only as many rows are made into Python objects as are about to be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Rows that are made into Python objects at once.
CHUNK = 1024


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that Python has no value for, or a row with one: why."""

    problem: str
    cells: Any = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is read once, row by row."""

    columns: list[str]
    rows: Iterator[dict[str, Any] | Unreadable]
    #: How many rows there are, where that is known beforehand.
    total: int | None = None
    #: Columns of floats that hold seven digits or fewer: a phone number in one of them is another number.
    coarse: frozenset[str] = frozenset()
    #: Whether all of it is there, so that any thread may read it.
    in_any_thread: bool = False


def read(source: Any, refused: Callable[[str], Exception]) -> Table | None:
    """The rows of a frame or of Arrow; None for what is neither. `refused` makes the error for what can't be read."""
    library = type(source).__module__.partition(".")[0]
    if library == "pandas" and hasattr(source, "iloc") and hasattr(source, "columns"):
        return _pandas(source)
    if library == "polars" and hasattr(source, "iter_slices"):
        return _polars(source)
    if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__arrow_c_array__"):
        from sparkbot.tabular import arrow

        return arrow.read(source, refused)
    if library == "polars" and hasattr(source, "collect"):
        raise refused("a LazyFrame has no rows yet: give lazy.collect(engine='streaming'), or lazy.sink_parquet(…) and the file")
    return None


def holds_all(source: Any) -> bool:
    """Whether the source is a table that is there as a whole, rather than one that comes from elsewhere as it is read."""
    library = type(source).__module__.partition(".")[0]
    return library in ("pandas", "polars") or (library == "pyarrow" and hasattr(source, "num_rows"))


def in_rows(columns: list[str], chunks: Iterable[list[list[Any]]]) -> Iterator[dict[str, Any] | Unreadable]:
    """The rows of chunks, each of which is a list of cells for every column."""
    for chunk in chunks:
        has_problems = any(isinstance(cell, Unreadable) for cells in chunk for cell in cells)
        for values in zip(*chunk, strict=True):
            cells = dict(zip(columns, values, strict=True))
            yield _checked(cells) if has_problems else cells


def _checked(cells: dict[str, Any]) -> dict[str, Any] | Unreadable:
    wrong = [f"{name}: {cell.problem}" for name, cell in cells.items() if isinstance(cell, Unreadable)]
    if not wrong:
        return cells
    return Unreadable("; ".join(wrong), {name: None if isinstance(cell, Unreadable) else cell for name, cell in cells.items()})


def moments(nanoseconds: list[int | None], in_microseconds: Callable[[list[int | None]], list[Any]]) -> list[Any]:
    """Moments given in nanoseconds: datetimes, and texts of nine decimals for those that are no whole microseconds."""
    found = in_microseconds([None if count is None else count // 1000 for count in nanoseconds])
    return [
        when if not count or not count % 1000 else _in_full(when, count % 1000)
        for when, count in zip(found, nanoseconds, strict=True)
    ]


def _in_full(moment: Any, nanoseconds: int) -> str:
    from datetime import UTC

    bare = moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
    return f"{bare.isoformat(timespec='microseconds')}{nanoseconds:03}{'' if moment.tzinfo is None else 'Z'}"


def _pandas(frame: Any) -> Table:
    columns = [str(name) for name in frame.columns]

    def chunks() -> Iterator[list[list[Any]]]:
        for start in range(0, len(frame), CHUNK):
            chunk = frame.iloc[start : start + CHUNK]
            yield [_pandas_cells(chunk.iloc[:, at]) for at in range(len(columns))]

    kinds = [str(kind).lower() for kind in frame.dtypes]
    coarse = frozenset(name for name, kind in zip(columns, kinds, strict=True) if kind.startswith(_COARSE_IN_PANDAS))
    return Table(columns, in_rows(columns, chunks()), len(frame), coarse, in_any_thread=True)


#: Of numpy, of pandas' own types, and of Arrow within pandas.
_COARSE_IN_PANDAS = ("float16", "float32", "float[", "halffloat[")


def _pandas_cells(column: Any) -> list[Any]:
    missing = column.isna().tolist()
    # As objects: integers stay integers, and None stands for NaN, NaT and NA alike.
    values = column.astype(object).tolist()
    return [None if is_missing else value for value, is_missing in zip(values, missing, strict=True)]


def _polars(frame: Any) -> Table:
    polars = import_module("polars")
    columns = list(frame.columns)

    def cells(column: Any) -> list[Any]:
        if isinstance(column.dtype, polars.Datetime) and column.dtype.time_unit == "ns":
            finer = polars.Datetime("us", column.dtype.time_zone)
            return moments(
                column.to_physical().to_list(), lambda counts: polars.Series(counts, dtype=polars.Int64).cast(finer).to_list()
            )
        found: list[Any] = column.to_list()
        return found

    def chunks() -> Iterator[list[list[Any]]]:
        for chunk in frame.iter_slices(CHUNK):
            yield [cells(column) for column in chunk.get_columns()]

    coarse = frozenset(name for name, kind in frame.schema.items() if str(kind) in ("Float32", "Float16"))
    return Table(columns, in_rows(columns, chunks()), frame.height, coarse, in_any_thread=True)
