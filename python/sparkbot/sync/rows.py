"""Rows of any origin as one stream: a file, a data frame, Arrow, rows of a database, or any iterable of mappings."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sparkbot.sync.errors import InputError, InvalidRow
from sparkbot.tabular import tables
from sparkbot.tabular.records import named, streamed
from sparkbot.tabular.tables import Table, Unreadable


@dataclass(slots=True)
class Row:
    """One row: its cells by column, or what is wrong with it as a whole."""

    cells: Any
    #: A text, or the error itself where one cell is to blame.
    problem: str | InvalidRow | None = None
    #: Line of the file where the row begins.
    line: int | None = None


@dataclass(slots=True)
class Rows:
    """A stream of rows that is read once."""

    columns: list[str]
    stream: Iterator[Row]
    #: How many rows there are, where that is known beforehand.
    total: int | None = None
    #: The file that they come from.
    file: Path | None = None
    #: Whether any thread may read them; rows that a program makes are read where it runs.
    in_any_thread: bool = False
    #: Columns whose floats hold fewer digits than a phone number has.
    coarse: frozenset[str] = frozenset()
    #: Gives the same rows once more; None where they can be had once only.
    again: Callable[[], Rows] | None = None

    def fingerprint(self) -> str | None:
        """A number for the whole input that another one does not have; None where only reading it would tell."""
        if self.file is None:
            return None
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def in_any_thread(rows: Any) -> bool:
    """Whether `read` may be called in any thread: it reads files and tables, and the first row of others."""
    return isinstance(rows, (str, os.PathLike)) or tables.holds_all(rows)


def read(rows: Any) -> Rows:
    """The rows of a path, a data frame, what gives Arrow, or an iterable of mappings or of rows of a database."""
    if isinstance(rows, Rows):
        return rows
    if isinstance(rows, (str, os.PathLike)):
        from sparkbot.sync.files import open_rows

        return open_rows(rows)
    found = _of_program(rows)
    if isinstance(rows, (list, tuple)) or tables.holds_all(rows):
        found.again = partial(_of_program, rows)
    return found


def _of_program(rows: Any) -> Rows:
    table = tables.read(rows, InputError)
    if table is not None:
        return of_table(table)
    rows = streamed(rows)
    if isinstance(rows, Mapping) or not isinstance(rows, Iterable):
        raise InputError(
            f"rows is a {type(rows).__name__}: give an iterable of mappings, a data frame, Arrow, or the path of a file"
        )
    return _mapping_rows(rows)


def of_table(table: Table, file: Path | None = None) -> Rows:
    """The rows of a table, which a file may hold."""
    refuse_duplicates(table.columns)
    return Rows(table.columns, map(_table_row, table.rows), table.total, file, table.in_any_thread, table.coarse)


def _table_row(row: dict[str, Any] | Unreadable) -> Row:
    return Row(row.cells, row.problem) if isinstance(row, Unreadable) else Row(row)


def refuse_duplicates(columns: list[str]) -> None:
    """Stops the run where a column can't be told from another."""
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(f"there is more than one column {' and '.join(map(repr, twice))}: rename all but one")


def _mapping_rows(rows: Iterable[Any]) -> Rows:
    total = len(rows) if isinstance(rows, Sized) else None
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        return Rows([], iter(()), 0)
    columns = named(first)
    if columns is None:
        raise InputError(
            f"the first row is a {type(first).__name__}: give rows that are mappings of column to value; those of a Django "
            "queryset are, after .values(), and those of sqlite3 with row_factory = sqlite3.Row"
        )
    wrong = next((name for name in columns if not isinstance(name, str)), None)
    if wrong is not None:
        raise InputError(f"the column name {wrong!r} is no text: give rows that are mappings of column names to values")
    return Rows(list(columns), map(_mapping_row, itertools.chain([first], stream)), total)


def _mapping_row(row: Any) -> Row:
    cells = named(row)
    if cells is None:
        return Row({}, f"the row is a {type(row).__name__}: give a mapping of column to value")
    # What a report holds of the row must outlive the database's cursor, and be a plain dict to whoever writes it.
    return Row(cells if isinstance(cells, dict) else dict(cells))
