"""Outcomes written to a file as they come, so that a report of a million rows costs no memory.

Cells are written as they are, also those that begin with `=`, `+`, `-` or `@`: phone numbers begin with `+`, and the file must be
fit to be mended and fed back. Open a report of a file that you do not trust as text, not in a spreadsheet.
"""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from sparkbot.sync.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot.bulk.outcome import Outcome

#: What the report adds to the input's own columns. The prefix keeps them apart from a column called `status`.
ADDED = ("sparkbot_row", "sparkbot_status", "sparkbot_contact", "sparkbot_error", "sparkbot_message", "sparkbot_attempts")


def added(outcome: Outcome) -> tuple[Any, ...]:
    """The values of `ADDED`."""
    row = outcome.index if outcome.line is None else outcome.line
    return row, outcome.status, outcome.contact, outcome.kind, outcome.message, outcome.attempts


class OutcomeWriter(Protocol):
    """Takes the outcomes of a run in order."""

    def write(self, outcome: Outcome) -> None: ...

    def close(self) -> None: ...


class CsvWriter:
    """One line an outcome: the columns of `ADDED`, then the input's own."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._file = file
        # Rows that an earlier report was fed back with have the columns of `ADDED` already.
        self._columns = [column for column in columns if column not in ADDED]
        self._writer = csv.writer(file)
        self._writer.writerow([*ADDED, *self._columns])

    def write(self, outcome: Outcome) -> None:
        cells = outcome.input if isinstance(outcome.input, dict) else {}
        self._writer.writerow([*added(outcome), *(cells.get(column) for column in self._columns)])

    def close(self) -> None:
        self._file.close()


class JsonlWriter:
    """One line an outcome: its `to_dict()`."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, outcome: Outcome) -> None:
        self._file.write(json.dumps(outcome.to_dict(), ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._file.close()


def check_path(path: str | os.PathLike[str], source: Any = None, *, what: str = "report") -> Path:
    """The path of a report (or of `what`) that can be written; refused before anything is sent where it can't."""
    target = Path(path)
    if target.suffix.lower() not in (".csv", ".jsonl"):
        raise InputError(f"{what}: {str(target)!r} must end in .csv or .jsonl: the ending chooses its form")
    if isinstance(source, (str, os.PathLike)) and target.exists() and target.samefile(source):
        raise InputError(f"{what}: {str(target)!r} is the input itself, which it would overwrite: choose another name")
    return target


def open_text(path: Path) -> IO[str]:
    """The file, empty. One of that name is replaced."""
    try:
        # utf-8-sig: spreadsheets read a CSV file without the mark in the encoding of the country.
        encoding = "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8"
        return path.open("w", encoding=encoding, newline="" if encoding == "utf-8-sig" else "\n", errors="backslashreplace")
    except OSError as error:
        raise InputError(f"{str(path)!r} can't be written: {error.strerror}") from None


def open_writer(path: Path, columns: Sequence[str]) -> OutcomeWriter:
    """A writer by the ending of the path. A file of that name is replaced."""
    file = open_text(path)
    return CsvWriter(file, columns) if path.suffix.lower() == ".csv" else JsonlWriter(file)
