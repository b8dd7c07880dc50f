"""Reads tables: pandas and polars frames, and Arrow sources."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sparkbot.tabular.table import CHUNK, Table, is_from_library, iter_rows, nanosecond_datetimes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

#: 16- and 32-bit floats of numpy, of pandas' own types, and of Arrow in pandas.
_PANDAS_FLOAT32 = ("float16", "float32", "float[", "halffloat[")


def read(source: Any, make_error: Callable[[str], Exception], exclude: Collection[str] = ()) -> Table | None:
    """The rows of a frame or an Arrow source; None for anything else.

    `make_error` makes the error of an unreadable source. A cell of a column of `exclude` that has no Python value is None.
    """
    if is_from_library(source, "pandas") and hasattr(source, "iloc") and hasattr(source, "columns"):
        return _read_pandas(source)
    if is_from_library(source, "polars") and hasattr(source, "iter_slices"):
        return _read_polars(source)
    if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__arrow_c_array__"):
        from sparkbot.tabular import arrow

        return arrow.read(source, make_error, exclude)
    if is_from_library(source, "polars") and hasattr(source, "collect"):
        raise make_error(
            "a LazyFrame has no rows yet: give lazy.collect(engine='streaming'), or lazy.sink_parquet(…) and the file"
        )
    return None


def _read_pandas(frame: Any) -> Table:
    columns = [str(name) for name in frame.columns]

    def chunks() -> Iterator[list[list[Any]]]:
        for start in range(0, len(frame), CHUNK):
            chunk = frame.iloc[start : start + CHUNK]
            yield [_pandas_cells(chunk.iloc[:, index]) for index in range(len(columns))]

    types = [str(dtype).lower() for dtype in frame.dtypes]
    float32 = frozenset(name for name, dtype in zip(columns, types, strict=True) if dtype.startswith(_PANDAS_FLOAT32))
    names = tuple(str(name) for name in frame.index.names if name is not None)
    return Table(columns, iter_rows(columns, chunks()), len(frame), float32, thread_safe=True, index_names=names)


def _pandas_cells(column: Any) -> list[Any]:
    missing = column.isna().tolist()
    # As objects, integers stay integers; NaN, NaT and NA become None.
    values = column.astype(object).tolist()
    return [None if is_missing else value for value, is_missing in zip(values, missing, strict=True)]


def _read_polars(frame: Any) -> Table:
    polars = import_module("polars")
    columns = list(frame.columns)

    def cells(column: Any) -> list[Any]:
        if isinstance(column.dtype, polars.Datetime) and column.dtype.time_unit == "ns":
            dtype = polars.Datetime("us", column.dtype.time_zone)
            return nanosecond_datetimes(
                column.to_physical().to_list(), lambda counts: polars.Series(counts, dtype=polars.Int64).cast(dtype).to_list()
            )
        values: list[Any] = column.to_list()
        return values

    def chunks() -> Iterator[list[list[Any]]]:
        for chunk in frame.iter_slices(CHUNK):
            yield [cells(column) for column in chunk.get_columns()]

    float32 = frozenset(name for name, dtype in frame.schema.items() if str(dtype) in ("Float32", "Float16"))
    return Table(columns, iter_rows(columns, chunks()), frame.height, float32, thread_safe=True)
