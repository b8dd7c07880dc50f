"""Reads JSON: one object per line, or one array of objects. An invalid line is an error of its row only."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import IO, TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot.tabular.text_stream import TextSource

#: Maximum length of an object, in characters: a file without line breaks must not fill the memory.
_MAX_OBJECT = 1 << 20
#: Characters read at a time.
_BLOCK = 1 << 16
_SPACE = re.compile(r"[ \t\r\n]*")
#: Above this, a number has more digits than a metadata value.
_MAX_EXPONENT = 400
_LINES_SUFFIXES = (".jsonl", ".ndjson")


class _Number(float):
    """A JSON number with its digits, which a float may not hold."""

    __slots__ = ("digits",)
    digits: str

    def __new__(cls, digits: str) -> _Number:
        number = super().__new__(cls, digits)
        number.digits = digits
        return number


_DECODER = json.JSONDecoder(parse_float=_Number)


def is_json(name: str, head: str) -> bool:
    """Whether a file holds JSON, judged by its name and its first characters."""
    start = head.lstrip("\ufeff \t\r\n")
    return start.startswith("{") or _is_array(start) or name.lower().endswith((*_LINES_SUFFIXES, ".json"))


def _is_array(start: str) -> bool:
    # A header of CSV may also begin with a bracket: [phone],[tier].
    return start.startswith("[") and start[1:].lstrip()[:1] in ("{", "]")


class JsonFile:
    """A file of JSON objects. Its columns are the keys of all objects, in order of first occurrence."""

    def __init__(self, source: TextSource, head: str) -> None:
        self._source = source
        start = head.lstrip("\ufeff \t\r\n")
        self._is_array = _is_array(start)
        self.notes: list[str] = []
        if start.startswith("[") and not self._is_array:
            raise InputError(
                f"{source.name!r} is a JSON array without objects: write an array of objects, or one object per line"
            )

    def scan(self) -> tuple[list[str], int]:
        """The columns and the number of rows; decodes every byte of the file."""
        columns: dict[str, None] = {}
        total, first_problem = 0, None
        for row in self._rows(hashed=True):
            total += 1
            columns.update(dict.fromkeys(row.cells))
            if total == 1 and row.problem is not None:
                first_problem = row.problem
                if not self._is_array:
                    self._reject_document()
        if not columns and total:
            raise InputError(f"{self._source.name!r} holds no JSON object with keys: {first_problem or 'each is empty'}")
        return list(columns), total

    def _reject_document(self) -> None:
        """Raises if the file is one object over several lines, of which some may be valid lines by chance."""
        with self._source.open(newline="\n") as file:
            try:
                document = json.loads(file.read(_MAX_OBJECT).removeprefix("\ufeff"))
            except (ValueError, RecursionError):
                return
        if isinstance(document, dict):
            nested = [f", such as the list in {key!r}" for key, value in document.items() if isinstance(value, list)]
            raise InputError(
                f"{self._source.name!r} is one JSON object over several lines: write an array of objects{''.join(nested[:1])}, "
                "or one object per line"
            )

    def rows(self) -> Iterator[Row]:
        """The rows, one at a time."""
        return self._rows(hashed=False)

    def _rows(self, *, hashed: bool) -> Iterator[Row]:
        with self._source.open(newline="\n", hashed=hashed) as file:
            yield from _array_rows(file) if self._is_array else _line_rows(file)


def _array_rows(file: IO[str]) -> Iterator[Row]:
    yield from _ArrayReader(file).rows()
    # Reads the rest, so that every byte is decoded and hashed.
    while file.read(_BLOCK):
        pass


def _line_rows(file: IO[str]) -> Iterator[Row]:
    for number, line in enumerate(_lines(file), 1):
        if number == 1:
            line = line.removeprefix("\ufeff")
        if line and not line.isspace():
            yield _parse(line, number)


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(_MAX_OBJECT):
        yield line
        while len(line) == _MAX_OBJECT and not line.endswith("\n"):
            line = file.readline(_MAX_OBJECT)


def _parse(line: str, number: int) -> Row:
    if len(line) == _MAX_OBJECT:
        return Row({}, f"the line is longer than {_MAX_OBJECT:,} characters: write one object per line", number)
    try:
        return _to_row(_DECODER.decode(line), number)
    except ValueError as error:
        return Row({}, f"the line is not valid JSON ({error}): write one object per line", number)
    except RecursionError:
        return Row({}, "the line is nested too deeply: write one flat object per line", number)


def _to_row(value: Any, number: int) -> Row:
    if not isinstance(value, dict):
        return Row({}, f'it is not a JSON object such as {{"phone": "+447362053576"}}: {str(value)[:40]!r}', number)
    for key, cell in value.items():
        if type(cell) is _Number:
            value[key] = _exact(cell)
    return Row(value, None, number)


def _exact(number: _Number) -> Any:
    """The number as a float if that has the same digits, else as an integer or a decimal with all of them."""
    if repr(float(number)) == number.digits or number - number != 0:
        return float(number)
    try:
        exact = Decimal(number.digits)
    except InvalidOperation:  # an exponent of 19 digits and more
        return number.digits
    if abs(exact.adjusted()) > _MAX_EXPONENT:
        return exact
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Decimal(text) if "." in text else int(text)


class _ArrayReader:
    """Decodes the elements of an array while the file is read."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = file.read(_BLOCK).removeprefix("\ufeff")
        #: Start of the text that is not decoded yet, and its line.
        self._position, self._line = 0, 1

    def rows(self) -> Iterator[Row]:
        """The elements. If the array is not valid JSON, the last row has the problem."""
        self._advance_past("[")
        try:
            separator = self._peek()
            while separator != "]":
                self._peek()
                line = self._line
                yield _to_row(self._decode(), line)
                separator = self._peek()
                if separator != "]":
                    self._advance_past(",")
            self._advance_past("]")
            if rest := self._peek():
                raise ValueError(f"expected the end of the file after the array, found {rest!r}")
        except (ValueError, RecursionError) as error:
            # A position in the message would be that in the text read so far.
            reason = getattr(error, "msg", error)
            yield Row({}, f"the array is not valid JSON from here on ({reason}); the rest of the file is not read", self._line)

    def _decode(self) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._position)
            except ValueError:
                # An object that continues after the text that was read so far.
                if len(self._text) - self._position > _MAX_OBJECT or not self._read_more():
                    raise
            else:
                self._advance(end)
                return value

    def _peek(self) -> str:
        """The next character that is not a space; empty at the end of the file."""
        while True:
            self._advance(_SPACE.match(self._text, self._position).end())  # type: ignore[union-attr]  # matches any text
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._read_more():
                return ""

    def _advance_past(self, separator: str) -> None:
        found = self._peek()
        if found != separator:
            raise ValueError(f"expected {separator!r}, found {found!r}")
        self._advance(self._position + 1)

    def _advance(self, position: int) -> None:
        self._line += self._text.count("\n", self._position, position)
        self._position = position

    def _read_more(self) -> bool:
        rest = self._text[self._position :]
        # Doubles the text, so that a long object is not decoded once per block.
        more = self._file.read(max(len(rest), _BLOCK))
        self._text, self._position = rest + more, 0
        return bool(more)
