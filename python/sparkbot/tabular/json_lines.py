"""Reads JSON lines: one object per line; an invalid line is an error of its row only."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Maximum length of a line, in characters: a file without line breaks must not fill the memory.
_MAX_LINE = 1 << 20


class JsonLines:
    """A file with one JSON object per line. Its columns are the keys of all objects, in order of first occurrence."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding

    def scan(self) -> tuple[list[str], int]:
        """The columns and the number of rows; decodes every byte of the file."""
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
                    yield _parse(line, number)


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(_MAX_LINE):
        yield line
        while len(line) == _MAX_LINE and not line.endswith("\n"):
            line = file.readline(_MAX_LINE)


def _parse(line: str, number: int) -> Row:
    if len(line) == _MAX_LINE:
        return Row({}, f"the line is longer than {_MAX_LINE:,} characters: write one object per line", number)
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        return Row({}, f"the line is not valid JSON ({error}): write one object per line", number)
    except RecursionError:
        return Row({}, "the line is nested too deeply: write one flat object per line", number)
    if not isinstance(value, dict):
        return Row({}, f'the line is not a JSON object such as {{"phone": "+447362053576"}}: {line.strip()[:40]}', number)
    return Row(value, None, number)
