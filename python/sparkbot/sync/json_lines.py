"""JSON lines: one object a line; a line that is none is that row's problem."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from sparkbot.sync.errors import InputError
from sparkbot.sync.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Longest line that is read, in characters: a file without line breaks must not fill the memory.
_LONGEST = 1 << 20


class JsonLines:
    """A file with one JSON object a line. Its columns are the keys of all objects, in the order they come up."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding

    def scan(self) -> tuple[list[str], int]:
        """The keys of all objects, and the number of rows; every byte of the file is decoded on the way."""
        columns: dict[str, None] = {}
        total = 0
        first_problem = None
        for row in self.rows():
            total += 1
            columns.update(dict.fromkeys(row.cells))
            first_problem = first_problem or row.problem
        if not columns:
            raise InputError(f"{str(self._path)!r} holds no JSON object: {first_problem or 'every line is empty'}")
        return list(columns), total

    def rows(self) -> Iterator[Row]:
        """The rows, one at a time."""
        with self._path.open(encoding=self._encoding, newline="\n") as file:
            for number, line in enumerate(_lines(file), 1):
                if number == 1:
                    line = line.removeprefix("\ufeff")
                if not line.isspace() and line:
                    yield _row(line, number)


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(_LONGEST):
        yield line
        while len(line) == _LONGEST and not line.endswith("\n"):
            line = file.readline(_LONGEST)


def _row(line: str, number: int) -> Row:
    if len(line) == _LONGEST:
        return Row({}, f"the line is longer than {_LONGEST:,} characters: write one object a line", number)
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        return Row({}, f"the line is no JSON ({error}): write one object a line", number)
    except RecursionError:
        return Row({}, "the line is nested too deep: write one flat object a line", number)
    if not isinstance(value, dict):
        return Row({}, f'the line is JSON, but no object such as {{"phone": "+447362053576"}}: {line.strip()[:40]}', number)
    return Row(value, None, number)
