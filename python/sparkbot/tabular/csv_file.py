"""Reads CSV files. The delimiter is detected; an invalid record is an error of its row only."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.footer import FooterDetector
from sparkbot.tabular.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparkbot.tabular.read_options import ReadOptions
    from sparkbot.tabular.text_stream import TextSource

_DELIMITERS = ",;\t|"
#: Records that are split by each delimiter to detect the right one.
_SNIFF_RECORDS = 50


class CsvFile:
    """A CSV file with a header line. Lines without any non-empty cell are not rows."""

    def __init__(self, source: TextSource, head: str, options: ReadOptions) -> None:
        self._source = source
        declared = _declared_delimiter(head)
        self._skipped_lines = 1 if declared else 0
        self._delimiter = _check_delimiter(options.delimiter) if options.delimiter else declared or _detect_delimiter(head)
        self._skip_footer = options.skip_footer
        #: Headers, without empty columns at the end; the number of cells with these; the number of rows.
        self._columns: list[str] = []
        self._width = self._count = 0
        self.notes: list[str] = []

    def scan(self) -> tuple[list[str], int]:
        """The headers and the number of rows; decodes every byte of the file."""
        records = self._records(hashed=True)
        first = next(records, None)
        if first is None or isinstance(first[1], str):
            raise InputError(f"{self._source.name!r} has no header line: {first[1] if first else 'every line is empty'}")
        headers = [header.strip() for header in first[1]]
        self._width, named = len(headers), len(headers)
        while named and not headers[named - 1]:
            named -= 1
        footer = FooterDetector(self._width)
        for _, fields in records:
            self._count += 1
            footer.add(fields if isinstance(fields, list) else None)
            if any(fields[named:]):
                named = self._width
        self._columns = headers[:named]
        if named < self._width:
            self.notes.append(f"empty columns without a header that are left out: {self._width - named}")
        self._count -= footer.lines(self._skip_footer, self._count, self.notes)
        return self._columns, self._count

    def rows(self) -> Iterator[Row]:
        """The rows, one at a time."""
        named, width = len(self._columns), self._width
        for line, fields in islice(self._records(), 1, self._count + 1):
            if isinstance(fields, str):
                yield Row({}, fields, line)
            else:
                cells = dict(zip(self._columns, fields, strict=False))
                yield Row(cells, None if named <= len(fields) <= width else _column_count_error(len(fields), width), line)

    def _records(self, *, hashed: bool = False) -> Iterator[tuple[int, list[str] | str]]:
        """First line and fields of every non-empty record; a message instead of fields if the record is invalid."""
        with self._source.open(newline="", hashed=hashed) as file:
            lines = islice(_without_bom(file), self._skipped_lines, None)
            # Strict: an unclosed quotation mark must not swallow the rest of the file silently.
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                line = reader.line_num + 1 + self._skipped_lines
                try:
                    fields = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield line, _record_error(error, reader.line_num + self._skipped_lines)
                    continue
                if any(field and not field.isspace() for field in fields):
                    yield line, fields


def _without_bom(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _column_count_error(count: int, width: int) -> str:
    if count > width:
        return f"the row has {count} cells and the header {width}: put quotation marks around cells that contain the delimiter"
    return f"the row has {count} cells and the header {width}: fill in the missing ones, or look for a line break inside a cell"


def _record_error(error: csv.Error, last_line: int) -> str:
    message = str(error)
    if "field limit" in message:
        return f"a cell is longer than {csv.field_size_limit():,} characters: look for an unclosed quotation mark"
    if "unexpected end of data" in message:
        return f"a quotation mark is not closed up to line {last_line}, the end of the file: close it, or double it inside a cell"
    return f"the row is not valid CSV ({message}): inside a quoted cell, double each quotation mark"


def _check_delimiter(delimiter: str) -> str:
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InputError(f"the delimiter {delimiter!r} is not one character: give , or ; or | or tab")
    return delimiter


def _declared_delimiter(head: str) -> str | None:
    """The delimiter of the line `sep=;`, which Excel writes before the headers."""
    first = head.lstrip("\ufeff").partition("\n")[0].rstrip("\r").strip('"')
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


def _detect_delimiter(head: str) -> str:
    """The delimiter that splits most of the first records into as many cells as the header has."""
    return max(_DELIMITERS, key=lambda delimiter: _delimiter_score(head, delimiter))


def _delimiter_score(head: str, delimiter: str) -> tuple[float, bool, int]:
    reader = csv.reader(io.StringIO(head.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        records = [fields for fields in islice(reader, _SNIFF_RECORDS) if fields]
    except csv.Error:
        return (0.0, False, 0)
    if 2 < len(records) < _SNIFF_RECORDS:
        # The head ends somewhere inside its last record.
        records.pop()
    widths = [len(fields) for fields in records]
    if not widths or widths[0] < 2:
        return (0.0, False, 0)
    # A comma that is followed by a space belongs to a text, such as "Byte, Ada".
    is_text = all(fields[1].startswith(" ") for fields in records if len(fields) > 1)
    return (widths.count(widths[0]) / len(widths), not is_text, widths[0])
