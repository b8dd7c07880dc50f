"""Rows of any origin as one stream: a file, a data frame, or any iterable of mappings."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sparkbot.sync.problems import InputError

_FRAME_CHUNK = 1024


@dataclass(slots=True)
class Row:
    """One row: its cells by column, or what is wrong with it as a whole."""

    cells: Any
    problem: str | None = None
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

    def fingerprint(self) -> str | None:
        """A number for the whole input that another one does not have; None where only reading it would tell."""
        if self.file is None:
            return None
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def in_any_thread(rows: Any) -> bool:
    """Whether `read` may be called in any thread: it reads files and frames, and the first row of others."""
    return isinstance(rows, (str, os.PathLike)) or type(rows).__module__.partition(".")[0] in ("pandas", "polars")


def read(rows: Any) -> Rows:
    """The rows of a path, a pandas or polars frame, or an iterable of mappings."""
    if isinstance(rows, Rows):
        return rows
    if isinstance(rows, (str, os.PathLike)):
        from sparkbot.sync.files import open_rows

        return open_rows(rows)
    library = type(rows).__module__.partition(".")[0]
    if library == "pandas" and hasattr(rows, "iloc"):
        return Rows(_column_names(rows.columns), _pandas_rows(rows), len(rows), in_any_thread=True)
    if library == "polars" and hasattr(rows, "iter_rows"):
        return Rows(_column_names(rows.columns), map(Row, rows.iter_rows(named=True)), rows.height, in_any_thread=True)
    if isinstance(rows, Mapping) or not isinstance(rows, Iterable):
        raise InputError(f"rows is a {type(rows).__name__}: give an iterable of mappings, a data frame or the path of a file")
    return _mapping_rows(rows)


def _column_names(names: Iterable[Any]) -> list[str]:
    columns = [str(name) for name in names]
    refuse_duplicates(columns)
    return columns


def refuse_duplicates(columns: list[str]) -> None:
    """Stops the run where a column can't be told from another."""
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(f"there is more than one column {' and '.join(map(repr, twice))}: rename all but one")


def _pandas_rows(frame: Any) -> Iterator[Row]:
    columns = _column_names(frame.columns)
    for start in range(0, len(frame), _FRAME_CHUNK):
        chunk = frame.iloc[start : start + _FRAME_CHUNK]
        # As objects: integers stay integers, and None stands for NaN, NaT and NA alike.
        cells = [_pandas_column(chunk.iloc[:, at]) for at in range(len(columns))]
        for values in zip(*cells, strict=True):
            yield Row(dict(zip(columns, values, strict=True)))


def _pandas_column(column: Any) -> list[Any]:
    missing = column.isna().tolist()
    values = column.astype(object).tolist()
    return [None if is_missing else value for value, is_missing in zip(values, missing, strict=True)]


def _mapping_rows(rows: Iterable[Any]) -> Rows:
    total = len(rows) if isinstance(rows, Sized) else None
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        return Rows([], iter(()), 0)
    if not isinstance(first, Mapping):
        raise InputError(f"the first row is a {type(first).__name__}: give rows that are mappings of column to value")
    wrong = next((name for name in first if not isinstance(name, str)), None)
    if wrong is not None:
        raise InputError(f"the column name {wrong!r} is no text: give rows that are mappings of column names to values")
    return Rows(list(first), map(_mapping_row, itertools.chain([first], stream)), total)


def _mapping_row(row: Any) -> Row:
    if isinstance(row, Mapping):
        return Row(row)
    return Row({}, f"the row is a {type(row).__name__}: give a mapping of column to value")
