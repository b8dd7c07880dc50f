"""CSV files: the delimiter is found by trying, and a bad row is that row's problem."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from sparkbot.sync.errors import InputError
from sparkbot.sync.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DELIMITERS = ",;\t|"
#: Records that are cut by each delimiter, to see which fits.
_TRIED = 50


class CsvFile:
    """A CSV file with a line of headers. Lines without any cell filled are no rows."""

    def __init__(self, path: Path, encoding: str, head: str, delimiter: str | None) -> None:
        self._path = path
        self._encoding = encoding
        declared = _declared_delimiter(head)
        self._skipped_lines = 1 if declared else 0
        self._delimiter = _checked(delimiter) if delimiter else declared or _sniffed_delimiter(head)
        self._columns: list[str] = []

    def scan(self) -> tuple[list[str], int]:
        """The headers, and the number of rows; every byte of the file is decoded on the way."""
        records = self._records()
        first = next(records, None)
        if first is None or isinstance(first[1], str):
            raise InputError(f"{str(self._path)!r} has no line of headers: {first[1] if first else 'every line is empty'}")
        self._columns = [header.strip() for header in first[1]]
        return self._columns, sum(1 for _ in records)

    def rows(self) -> Iterator[Row]:
        """The rows, one at a time."""
        width = len(self._columns)
        for line, fields in islice(self._records(), 1, None):
            if isinstance(fields, str):
                yield Row({}, fields, line)
            else:
                cells = dict(zip(self._columns, fields, strict=False))
                yield Row(cells, None if len(fields) == width else _ragged(len(fields), width), line)

    def _records(self) -> Iterator[tuple[int, list[str] | str]]:
        """First line and fields of every record that is not empty; a text instead of fields says why it can't be read."""
        with self._path.open(encoding=self._encoding, newline="") as file:
            lines = islice(_without_mark(file), self._skipped_lines, None)
            # Strict: a quotation mark that is never closed must not swallow the rest of the file in silence.
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                line = reader.line_num + 1 + self._skipped_lines
                try:
                    fields = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield line, _unreadable(error, reader.line_num + self._skipped_lines)
                    continue
                if any(field and not field.isspace() for field in fields):
                    yield line, fields


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _ragged(found: int, width: int) -> str:
    if found > width:
        return f"the row has {found} cells and the header {width}: put quotation marks around a cell that holds the delimiter"
    return f"the row has {found} cells and the header {width}: fill in the missing ones, or look for a line break inside a cell"


def _unreadable(error: csv.Error, last_line: int) -> str:
    said = str(error)
    if "field limit" in said:
        return f"a cell is longer than {csv.field_size_limit():,} characters: look for a quotation mark that is never closed"
    if "unexpected end of data" in said:
        return (
            f"a quotation mark is never closed, up to line {last_line}, the end of the file: close it, or double it inside a cell"
        )
    return f"the row is no CSV ({said}): inside a cell in quotation marks a quotation mark is doubled"


def _checked(delimiter: str) -> str:
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InputError(f"the delimiter {delimiter!r} is not one character: give , or ; or | or tab")
    return delimiter


def _declared_delimiter(head: str) -> str | None:
    """The delimiter of the line `sep=;` that Excel writes in front of the headers."""
    first = head.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


def _sniffed_delimiter(head: str) -> str:
    """The delimiter that cuts most of the first rows into as many cells as the header has."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(head, delimiter))


def _fit(head: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(head.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        widths = [len(fields) for fields in islice(reader, _TRIED) if fields]
    except csv.Error:
        return (0.0, 0)
    if 2 < len(widths) < _TRIED:
        # The head of the file ends somewhere in its last record.
        widths.pop()
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (widths.count(widths[0]) / len(widths), widths[0])
