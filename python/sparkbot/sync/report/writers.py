"""Writes outcomes to a file as they are emitted, so that a report of a million rows needs no memory.

Cells are written unchanged, also those that start with `=`, `+`, `-` or `@`: phone numbers start with `+`, and the file must be
fit to be fixed and synced again. Open a report of an untrusted file as text, not in a spreadsheet.
"""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from sparkbot._output import Output
from sparkbot.batch.outcome import Outcome, to_cell_text, to_json_value
from sparkbot.sync.columns.reserved import REPORT_COLUMNS, report_values
from sparkbot.tabular.errors import InputError
from sparkbot.tabular.file_set import is_input

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sparkbot.sync.report.report import Report

_SUMMARY_SUFFIXES = (".html", ".json")
#: Suffixes of a report: the outcome of every row, or a summary of the run.
REPORT_SUFFIXES = (".csv", ".jsonl", *_SUMMARY_SUFFIXES)


class CsvWriter:
    """Writes each outcome as a CSV record: `REPORT_COLUMNS`, then the input's own columns."""

    def __init__(self, file: IO[str], columns: Sequence[str], *, own_first: bool = False) -> None:
        self._file = file
        # A file with dead letters that is synced again has the report columns already.
        self._columns = [column for column in columns if column not in REPORT_COLUMNS]
        self._own_first = own_first
        self._writer = csv.writer(file)
        self._write(REPORT_COLUMNS, self._columns)

    def _write(self, added: Sequence[Any], own: Sequence[Any]) -> None:
        self._writer.writerow([*own, *added] if self._own_first else [*added, *own])

    def write(self, outcome: Outcome) -> None:
        cells = _cells(outcome)
        self._write(report_values(outcome), [to_cell_text(cells.get(column)) for column in self._columns])

    def close(self) -> None:
        self._file.close()


class JsonLinesWriter:
    """Writes each outcome as a line of JSON, by default its `to_dict()`."""

    def __init__(self, file: IO[str], to_dict: Callable[[Outcome], dict[str, Any]] = Outcome.to_dict) -> None:
        self._file = file
        self._to_dict = to_dict

    def write(self, outcome: Outcome) -> None:
        self._file.write(json.dumps(self._to_dict(outcome), ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._file.close()


class SummaryWriter:
    """Writes the report itself when the run has ended, as an HTML page or as JSON."""

    def __init__(self, path: Path, report: Report) -> None:
        self._path = path
        self._report = report
        # Fails before anything is sent if the file can't be written.
        self._output = _open_whole(path)

    def write(self, outcome: Outcome) -> None:
        pass

    def close(self) -> None:
        is_page = self._path.suffix.lower() == ".html"
        _finish(self._output, self._report.to_html() if is_page else json.dumps(self._report.to_dict(), indent=2) + "\n")


class DeadLetterWriter:
    """Writes failed and unknown rows in their own columns, then `REPORT_COLUMNS`; CSV or JSON lines by the path's suffix."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        file, is_csv = _open_text(path), path.suffix.lower() == ".csv"
        self._writer = CsvWriter(file, columns, own_first=True) if is_csv else JsonLinesWriter(file, labeled_row)

    def write(self, outcome: Outcome) -> None:
        # A contact that left the input has no row to be fixed.
        if outcome.status in ("failed", "unknown") and outcome.input is not None:
            self._writer.write(outcome)

    def close(self) -> None:
        self._writer.close()


class OutcomeWriter(Protocol):
    """Accepts the outcomes of a run in order."""

    def write(self, outcome: Outcome, /) -> None: ...
    def close(self) -> None: ...


def _cells(outcome: Outcome) -> Any:
    return outcome.input if hasattr(outcome.input, "get") else {}


def labeled_row(outcome: Outcome) -> dict[str, Any]:
    """The row's own cells, then `REPORT_COLUMNS`, as plain JSON."""
    own = {str(name): to_json_value(cell) for name, cell in _cells(outcome).items() if name not in REPORT_COLUMNS}
    return {**own, **dict(zip(REPORT_COLUMNS, report_values(outcome), strict=True))}


def write_dead_letters(path: str | os.PathLike[str], report: Report) -> None:
    """Writes the failures of a report; raises `InputError` if the report does not keep all of them."""
    failed = report.failed + report.unknown
    if len(report.failures) < failed:
        raise InputError(
            f"the report keeps {len(report.failures):,} of {failed:,} failed rows: give dead_letters= to the run itself, which "
            "writes them all, or a higher max_failures_kept"
        )
    columns = dict.fromkeys(str(column) for outcome in report.failures for column in outcome.input or ())
    writer = DeadLetterWriter(check_path(path, option="dead letters"), list(columns))
    try:
        for outcome in report.failures:
            writer.write(outcome)
    finally:
        writer.close()


def check_path(
    path: str | os.PathLike[str], source: Any = None, *, option: str = "report", suffixes: Sequence[str] = (".csv", ".jsonl")
) -> Path:
    """The path of an output file; raises `InputError` if its suffix is unknown or it is the input itself."""
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        names = f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
        raise InputError(f"{option}: {str(target)!r} must end in {names}: the suffix selects the format")
    if isinstance(source, (str, os.PathLike)) and is_input(source, target):
        problem = "is the input itself, which it would overwrite" if target.exists() else "would be input of the next run"
        raise InputError(f"{option}: {str(target)!r} {problem}: choose another path")
    return target


def _open_text(path: Path) -> IO[str]:
    """Opens a file of outcomes. Each is in it, as a whole line, when it is emitted: a killed run leaves those so far."""
    try:
        # utf-8-sig: spreadsheets read a CSV file without a BOM in the local encoding.
        encoding = "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8"
        newline = "" if encoding == "utf-8-sig" else "\n"
        return path.open("w", buffering=1, encoding=encoding, newline=newline, errors="backslashreplace")
    except OSError as error:
        raise _not_writable(path, error) from None


def _open_whole(path: str | os.PathLike[str]) -> Output:
    try:
        return Output(path)
    except OSError as error:
        raise _not_writable(path, error) from None


def _not_writable(path: str | os.PathLike[str], error: OSError) -> InputError:
    return InputError(f"{str(path)!r} can't be written: {error.strerror or error}")


def _finish(output: Output, text: str) -> None:
    try:
        output.file.write(text.encode("utf-8", "backslashreplace"))
        output.finish()
    finally:
        output.discard()


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Writes a whole file, replacing an existing one."""
    _finish(_open_whole(path), text)


def open_writer(path: Path, columns: Sequence[str], report: Report) -> OutcomeWriter:
    """The writer for the path's suffix; replaces an existing file."""
    if path.suffix.lower() in _SUMMARY_SUFFIXES:
        return SummaryWriter(path, report)
    file = _open_text(path)
    return CsvWriter(file, columns) if path.suffix.lower() == ".csv" else JsonLinesWriter(file)
