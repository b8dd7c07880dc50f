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

from sparkbot.batch.outcome import to_cell_text
from sparkbot.sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.report.report import Report

_SUMMARIES = (".html", ".json")
#: What a report may end in: the outcome of every row, or what came of the run as a whole.
REPORT_FORMS = (".csv", ".jsonl", *_SUMMARIES)
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
        self._writer.writerow([*added(outcome), *(to_cell_text(cells.get(column)) for column in self._columns)])

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


class SummaryFile:
    """What came of the run as a whole, written when it has ended: a page or, for programs, JSON."""

    def __init__(self, path: Path, report: Report) -> None:
        self._path = path
        self._report = report
        # A path that can't be written is found out before anything is sent.
        open_text(path).close()

    def write(self, outcome: Outcome) -> None:
        pass

    def close(self) -> None:
        is_page = self._path.suffix.lower() == ".html"
        write_text(self._path, self._report.to_html() if is_page else json.dumps(self._report.to_dict(), indent=2) + "\n")


def check_path(
    path: str | os.PathLike[str], source: Any = None, *, what: str = "report", forms: Sequence[str] = (".csv", ".jsonl")
) -> Path:
    """The path of a report (or of `what`) that can be written; refused before anything is sent where it can't."""
    target = Path(path)
    if target.suffix.lower() not in forms:
        names = f"{', '.join(forms[:-1])} or {forms[-1]}"
        raise InputError(f"{what}: {str(target)!r} must end in {names}: the ending chooses its form")
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


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Writes a whole file. One of that name is replaced."""
    with open_text(Path(path)) as file:
        file.write(text)


def open_writer(path: Path, columns: Sequence[str], report: Report) -> OutcomeWriter:
    """A writer by the ending of the path. A file of that name is replaced."""
    if path.suffix.lower() in _SUMMARIES:
        return SummaryFile(path, report)
    file = open_text(path)
    return CsvWriter(file, columns) if path.suffix.lower() == ".csv" else JsonlWriter(file)
