"""Writes an export to CSV, JSON lines or Parquet. The file appears when it is complete, or not at all."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Self

from sparkbot._output import Output, spool_for
from sparkbot.errors import InvalidArgumentError
from sparkbot.export import arrow
from sparkbot.sync.columns.reserved import ESCAPE_COLUMN, EXPORT_COLUMNS, FORMULA_STARTS, escape_key
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator
    from types import TracebackType

    from sparkbot.export.columns import Row

_SUFFIXES = (".csv", ".jsonl", ".parquet")
#: Rows of a Parquet file in memory at a time.
_ROW_GROUP = 10_000


class ExportWriter:
    """Collects rows; the path gets its content when all of them are written."""

    def __init__(self, path: str | os.PathLike[str], *, keys: Collection[str] | None, spreadsheet: bool) -> None:
        self.path = Path(path).absolute()
        suffix = self.path.suffix.lower()
        if suffix not in _SUFFIXES:
            raise InputError(f"{str(path)!r} must end in .csv, .jsonl or .parquet: the suffix selects the format")
        if spreadsheet and suffix != ".csv":
            raise InvalidArgumentError(f"spreadsheet=True needs a .csv path, not {suffix}", field="spreadsheet")
        if suffix == ".parquet":
            _require_pyarrow()
        self._suffix, self._spreadsheet = suffix, spreadsheet
        self._keys = None if keys is None else dict.fromkeys(map(escape_key, keys))
        self.keys: dict[str, None] = dict(self._keys or {})
        self._staging: IO[str] | None = None
        self._output: Output | None = None

    def __enter__(self) -> Self:
        """Creates temporary files next to the target, on the same disk."""
        try:
            # Only the owner may read the contacts.
            self._output = Output(self.path, private=True)
            self._staging = self._open_staging(self._output)
        except OSError as error:
            self._close()
            raise InputError(f"{str(self.path)!r} can't be written: {error.strerror or error}") from None
        return self

    def _open_staging(self, output: Output) -> IO[str]:
        """A text file for rows as JSON lines, which is the output itself if that is their format."""
        if self._suffix == ".jsonl":
            return io.TextIOWrapper(output.file, encoding="utf-8", newline="\n", write_through=True)
        return spool_for(output.target)

    def add(self, rows: Iterable[Row]) -> None:
        """Adds rows to the staging file; the columns are known after the last row."""
        assert self._staging is not None
        for row in rows:
            if self._keys is None:
                self.keys.update(dict.fromkeys(key for key in row if key not in EXPORT_COLUMNS))
            cells = {name: cell for name, cell in row.items() if name in EXPORT_COLUMNS or name in self.keys}
            self._staging.write(json.dumps(cells, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Writes the rows in their format, and puts them at the path."""
        assert self._staging is not None
        assert self._output is not None
        if self._suffix != ".jsonl":
            self._staging.seek(0)
            self._write_table(self._output.file, [*EXPORT_COLUMNS, *self.keys], map(json.loads, self._staging))
        self._output.finish()

    def _write_table(self, file: BinaryIO, columns: list[str], rows: Iterator[Row]) -> None:
        if self._suffix == ".parquet":
            _write_parquet(file, columns, rows)
            return
        # utf-8-sig: spreadsheets read a CSV file without a BOM in the local encoding.
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._write_csv(text, columns, rows)
        # Flushes, and leaves the file open.
        text.detach()

    def _write_csv(self, file: IO[str], columns: list[str], rows: Iterable[Row]) -> None:
        import csv

        writer = csv.writer(file)
        if not self._spreadsheet:
            writer.writerow(columns)
            writer.writerows([row.get(column) for column in columns] for row in rows)
            return
        # The first column marks the file, so that a sync removes the apostrophes again.
        writer.writerow([ESCAPE_COLUMN, *columns])
        writer.writerows(["'", *(_escape_formula(row.get(column)) for column in columns)] for row in rows)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def _close(self) -> None:
        # The output first: closing the rows may close its file, and then it would leave it.
        if self._output is not None:
            self._output.discard()
        if self._staging is not None:
            self._staging.close()


def check_keys(keys: Collection[str] | None) -> None:
    """Raises if the keys are a single text."""
    if isinstance(keys, str):
        raise InvalidArgumentError(f"keys is {keys!r}: give a list of metadata keys, such as [{keys!r}]", field="keys")


def _escape_formula(cell: str | None) -> str | None:
    return f"'{cell}" if cell and cell.startswith(FORMULA_STARTS) else cell


def _require_pyarrow() -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise InputError("a .parquet file needs pyarrow: pip install 'sparkbot[arrow]'")


def _write_parquet(file: BinaryIO, columns: list[str], rows: Iterator[Row]) -> None:
    import pyarrow.parquet  # type: ignore[import-untyped]  # has no type hints

    schema = arrow.schema(columns)
    with pyarrow.parquet.ParquetWriter(file, schema) as writer:
        for batch in arrow.batches(rows, schema, _ROW_GROUP):
            writer.write_batch(batch)
