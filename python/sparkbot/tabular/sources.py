"""Reads rows from any source: a file, a data frame, Arrow, rows of a database, or an iterable of mappings."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping, Sized
from typing import Any

from sparkbot.tabular import tables
from sparkbot.tabular.errors import InputError
from sparkbot.tabular.files import open_rows
from sparkbot.tabular.read_options import ReadOptions
from sparkbot.tabular.records import as_iterator, as_mapping
from sparkbot.tabular.rows import Row, Rows, from_table
from sparkbot.tabular.table import is_materialized


def is_thread_safe(source: Any) -> bool:
    """Whether `read` may be called in any thread: for files and tables, but not for iterables."""
    return isinstance(source, (str, os.PathLike)) or is_materialized(source)


def read(source: Any, options: ReadOptions | None = None) -> Rows:
    """The rows of a path, a data frame, an Arrow source, or an iterable of mappings or of database rows."""
    options = options or ReadOptions()
    if isinstance(source, Rows):
        return source
    if isinstance(source, (str, os.PathLike)):
        return open_rows(source, options)
    options.reject(f"rows of type {type(source).__name__}, only on files", "encoding", "delimiter", "sheet", "skip_footer")
    rows = _from_python_object(source, options)
    if isinstance(source, (list, tuple)) or is_materialized(source):
        rows.reread = lambda: _from_python_object(source, options).stream
    return rows


def _from_python_object(source: Any, options: ReadOptions) -> Rows:
    table = tables.read(source, InputError, options.exclude)
    if table is not None:
        return from_table(table)
    source = as_iterator(source)
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise InputError(
            f"rows is of type {type(source).__name__}: give an iterable of mappings, a data frame, Arrow, or the path of a file"
        )
    return _from_mappings(source)


def _from_mappings(source: Iterable[Any]) -> Rows:
    total = len(source) if isinstance(source, Sized) else None
    stream = iter(source)
    first = next(stream, None)
    if first is None:
        return Rows([], iter(()), 0)
    if as_mapping(first) is None:
        raise InputError(
            f"the first row is of type {type(first).__name__}: give mappings of column to value, or objects with fields; a "
            "Django queryset yields mappings after .values(), sqlite3 with row_factory = sqlite3.Row"
        )
    # All rows of a list: a contact of an export has only its own keys, so later rows may have more columns than the first.
    known = source if isinstance(source, (list, tuple)) else [first]
    columns: dict[Any, None] = {}
    for row in known:
        columns.update(dict.fromkeys(as_mapping(row) or ()))
    names = [name for name in columns if isinstance(name, str)]
    invalid = next((name for name in as_mapping(first) or () if not isinstance(name, str) and name is not None), None)
    if invalid is not None:
        raise InputError(f"the column name {invalid!r} is not a string: give mappings of column name to value")
    return Rows(names, map(_mapping_row, itertools.chain([first], stream)), total)


def _mapping_row(row: Any) -> Row:
    cells = as_mapping(row)
    if cells is None:
        return Row({}, f"the row is of type {type(row).__name__}: give a mapping of column to value")
    # Copied: the report must outlive the database's cursor, and holds plain dicts.
    cells = cells if isinstance(cells, dict) else dict(cells)
    if None in cells:
        # csv.DictReader collects the cells of a row that is too long under None.
        named = {name: cell for name, cell in cells.items() if name is not None}
        extra = next(cell for name, cell in cells.items() if name is None)
        return Row(named, f"the row has more cells than the header: {extra!r:.60}")
    return Row(cells)
