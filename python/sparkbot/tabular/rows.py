"""A stream of rows, whatever its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.table import InvalidCell, shortest_float32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparkbot.tabular.table import Table


@dataclass(slots=True)
class Row:
    """A row: its cells by column, or why it is invalid."""

    cells: Any
    #: A message; or the error, if it names the invalid cell.
    problem: str | Exception | None = None
    #: Line of the file where the row starts.
    line: int | None = None
    #: Name of the file, if the input consists of several.
    file: str | None = None


@dataclass(slots=True)
class Rows:
    """A single-pass stream of rows."""

    columns: list[str]
    stream: Iterator[Row]
    #: Number of rows, if known in advance.
    total: int | None = None
    #: Whether any thread may read the rows; rows of a program are read in its own thread.
    thread_safe: bool = False
    #: Columns of floats that hold fewer digits than a phone number has.
    float32_columns: frozenset[str] = frozenset()
    #: Reads the same rows once more; None if the source is single-pass.
    reread: Callable[[], Iterator[Row]] | None = None
    #: Returns a hash of the input; None if the input is not a file.
    fingerprint: Callable[[], str] | None = None
    #: Parts of the input that are left out, for the report.
    notes: list[str] = field(default_factory=list)
    #: Names of the index of a pandas frame, which is not read.
    index_names: tuple[str, ...] = ()


def from_table(
    table: Table, fingerprint: Callable[[], str] | None = None, reread: Callable[[], Iterator[Row]] | None = None
) -> Rows:
    """The rows of a table, or of a file that holds one."""
    reject_duplicates(table.columns)
    stream: Iterator[Row] = map(_table_row, table.rows)
    if table.float32_columns:
        stream = (_with_shortest_floats(row, table.float32_columns) for row in stream)
    return Rows(
        table.columns,
        stream,
        table.total,
        table.thread_safe,
        table.float32_columns,
        reread=reread,
        fingerprint=fingerprint,
        notes=list(table.notes),
        index_names=table.index_names,
    )


def _table_row(row: dict[str, Any] | InvalidCell) -> Row:
    return Row(row.cells, row.problem) if isinstance(row, InvalidCell) else Row(row)


def _with_shortest_floats(row: Row, columns: frozenset[str]) -> Row:
    for name in columns & row.cells.keys():
        if isinstance(row.cells[name], float):
            row.cells[name] = shortest_float32(row.cells[name])
    return row


def reject_duplicates(columns: list[str]) -> None:
    """Raises if two columns have the same name."""
    duplicates = sorted({column for column in columns if columns.count(column) > 1})
    if duplicates == [""]:
        raise InputError(f"{columns.count('')} columns have no header: give each of them a name, or delete them")
    if duplicates:
        raise InputError(f"there is more than one column {' and '.join(map(repr, duplicates))}: rename all but one")
