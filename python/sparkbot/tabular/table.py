"""A table as rows of Python values.

One rule for every source: a cell becomes the exact Python value, or its row has the reason why it can't. Only floats become
floats, a missing cell is None, and only the rows about to be used are converted.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Rows converted at a time.
CHUNK = 1024


@dataclass(frozen=True, slots=True)
class InvalidCell:
    """A cell without a Python value, or a row with such a cell: the reason, and the other cells."""

    problem: str
    cells: Any = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is read once, row by row."""

    columns: list[str]
    rows: Iterator[dict[str, Any] | InvalidCell]
    #: Number of rows, if known in advance.
    total: int | None = None
    #: Columns of floats with 7 digits or fewer, which change phone numbers.
    float32_columns: frozenset[str] = frozenset()
    #: Whether all rows are in memory or a file, so that any thread may read them.
    thread_safe: bool = False
    #: Names of the index of a pandas frame, which is not read.
    index_names: tuple[str, ...] = ()
    #: Columns that are left out, for the report.
    notes: tuple[str, ...] = ()


def is_materialized(source: Any) -> bool:
    """Whether the source is a table with all of its rows, rather than one that produces them while it is read."""
    if is_from_library(source, "pandas") or is_from_library(source, "polars"):
        return True
    return is_from_library(source, "pyarrow") and hasattr(source, "num_rows")


def is_from_library(source: Any, library: str) -> bool:
    """Whether the type of the source, or one that it extends, is of the library."""
    return any(base.__module__.partition(".")[0] == library for base in type(source).__mro__)


def shortest_float32(value: float) -> float:
    """The float with the fewest digits that is the same number in 32 bits: 19.99 for 19.989999771118164."""
    if value - value != 0:
        return value
    for digits in range(6, 9):
        shorter = float(f"{value:.{digits}g}")
        try:
            if struct.unpack("f", struct.pack("f", shorter))[0] == value:
                return shorter
        except OverflowError:
            break
    return float(f"{value:.9g}")


def iter_rows(columns: list[str], chunks: Iterable[list[list[Any]]]) -> Iterator[dict[str, Any] | InvalidCell]:
    """The rows of chunks; a chunk is a list of cells for each column."""
    for chunk in chunks:
        has_invalid_cells = any(isinstance(cell, InvalidCell) for cells in chunk for cell in cells)
        for values in zip(*chunk, strict=True):
            cells = dict(zip(columns, values, strict=True))
            yield _check(cells) if has_invalid_cells else cells


def _check(cells: dict[str, Any]) -> dict[str, Any] | InvalidCell:
    problems = [f"{name}: {cell.problem}" for name, cell in cells.items() if isinstance(cell, InvalidCell)]
    if not problems:
        return cells
    return InvalidCell(
        "; ".join(problems), {name: None if isinstance(cell, InvalidCell) else cell for name, cell in cells.items()}
    )


def nanosecond_datetimes(nanoseconds: list[int | None], from_microseconds: Callable[[list[int | None]], list[Any]]) -> list[Any]:
    """Converts nanoseconds to datetimes, or to texts with nine decimals if they are not whole microseconds."""
    datetimes = from_microseconds([None if count is None else count // 1000 for count in nanoseconds])
    return [
        value if not count or not count % 1000 else _format_nanoseconds(value, count % 1000)
        for value, count in zip(datetimes, nanoseconds, strict=True)
    ]


def _format_nanoseconds(value: Any, nanoseconds: int) -> str:
    from datetime import UTC

    naive = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    return f"{naive.isoformat(timespec='microseconds')}{nanoseconds:03}{'' if value.tzinfo is None else 'Z'}"
