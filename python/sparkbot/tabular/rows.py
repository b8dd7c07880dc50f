"""A stream of rows, whatever its source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.table import InvalidCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sparkbot.tabular.table import Table


@dataclass(slots=True)
class Row:
    """A row: its cells by column, or why it is invalid."""

    cells: Any
    #: A message; or the error, if it names the invalid cell.
    problem: str | Exception | None = None
    #: Line of the file where the row starts.
    line: int | None = None


@dataclass(slots=True)
class Rows:
    """A single-pass stream of rows."""

    columns: list[str]
    stream: Iterator[Row]
    #: Number of rows, if known in advance.
    total: int | None = None
    #: The file that the rows come from.
    file: Path | None = None
    #: Whether any thread may read the rows; rows of a program are read in its own thread.
    thread_safe: bool = False
    #: Columns of floats that hold fewer digits than a phone number has.
    float32_columns: frozenset[str] = frozenset()
    #: Returns the same rows again; None if the source is single-pass.
    reopen: Callable[[], Rows] | None = None

    def fingerprint(self) -> str | None:
        """A hash of the input; None if the input is not a file."""
        if self.file is None:
            return None
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def from_table(table: Table, file: Path | None = None) -> Rows:
    """The rows of a table, or of a file that holds one."""
    reject_duplicates(table.columns)
    return Rows(table.columns, map(_table_row, table.rows), table.total, file, table.thread_safe, table.float32_columns)


def _table_row(row: dict[str, Any] | InvalidCell) -> Row:
    return Row(row.cells, row.problem) if isinstance(row, InvalidCell) else Row(row)


def reject_duplicates(columns: list[str]) -> None:
    """Raises if two columns have the same name."""
    duplicates = sorted({column for column in columns if columns.count(column) > 1})
    if duplicates:
        raise InputError(f"there is more than one column {' and '.join(map(repr, duplicates))}: rename all but one")
