"""Writes an export to CSV, JSON lines or Parquet. The file appears when it is complete, or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from sparkbot.errors import InvalidArgumentError
from sparkbot.sync.columns.reserved import ESCAPE_COLUMN, EXPORT_COLUMNS, FORMULA_STARTS, escape_key
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from types import TracebackType

    from sparkbot.export.columns import Row

_SUFFIXES = (".csv", ".jsonl", ".parquet")
#: Rows of a Parquet file in memory at a time.
_ROW_GROUP = 10_000


class AtomicExportWriter:
    """Collects rows; the file gets its name when all of them are written."""

    def __init__(self, path: str | os.PathLike[str], *, keys: Collection[str] | None, spreadsheet: bool) -> None:
        # Replaces the file that a link points to, not the link.
        self.path = Path(path).resolve()
        suffix = self.path.suffix.lower()
        if suffix not in _SUFFIXES:
            raise InputError(f"{str(path)!r} must end in .csv, .jsonl or .parquet: the suffix selects the format")
        if spreadsheet and suffix != ".csv":
            raise InvalidArgumentError(f"spreadsheet=True needs a .csv path, not {suffix}", field="spreadsheet")
        if suffix == ".parquet":
            _require_pyarrow()
        self._suffix, self._spreadsheet = suffix, spreadsheet
        if isinstance(keys, str):
            raise InvalidArgumentError(f"keys is {keys!r}: give a list of metadata keys, such as [{keys!r}]", field="keys")
        self._keys = None if keys is None else dict.fromkeys(map(escape_key, keys))
        self.keys: dict[str, None] = dict(self._keys or {})
        self._staging: IO[str] | None = None
        self._temporary: Path | None = None

    def __enter__(self) -> Self:
        """Creates temporary files next to the target, on the same disk."""
        try:
            if self._suffix == ".jsonl":
                self._staging = self._create_temporary()
            else:
                self._staging = tempfile.TemporaryFile("w+", encoding="utf-8", dir=self.path.parent, prefix=f".{self.path.name}.")
        except OSError as error:
            raise InputError(f"{str(self.path)!r} can't be written: {error.strerror}") from None
        return self

    def _create_temporary(self) -> IO[str]:
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.", suffix=".part")
        self._temporary = Path(name)
        # utf-8-sig: spreadsheets read a CSV file without a BOM in the local encoding.
        encoding = "utf-8-sig" if self._suffix == ".csv" else "utf-8"
        return os.fdopen(descriptor, "w", encoding=encoding, newline="" if self._suffix == ".csv" else "\n")

    def add(self, rows: Iterable[Row]) -> None:
        """Adds rows to the staging file; the columns are known after the last row."""
        assert self._staging is not None
        for row in rows:
            if self._keys is None:
                self.keys.update(dict.fromkeys(key for key in row if key not in EXPORT_COLUMNS))
            cells = {name: cell for name, cell in row.items() if name in EXPORT_COLUMNS or name in self.keys}
            self._staging.write(json.dumps(cells, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Writes the file and gives it its name."""
        assert self._staging is not None
        if self._suffix == ".jsonl":
            _sync(self._staging)
        else:
            self._staging.seek(0)
            columns = [*EXPORT_COLUMNS, *self.keys]
            rows: Iterator[Row] = map(json.loads, self._staging)
            with self._create_temporary() as file:
                self._write_csv(file, columns, rows) if self._suffix == ".csv" else _write_parquet(file, columns, rows)
                _sync(file)
        self._staging.close()
        assert self._temporary is not None
        os.replace(self._temporary, self.path)
        self._temporary = None

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
        if self._staging is not None:
            self._staging.close()
        if self._temporary is not None:
            with suppress(OSError):
                self._temporary.unlink()


class _FsyncFile(Protocol):
    def flush(self) -> None: ...
    def fileno(self) -> int: ...


def _sync(file: _FsyncFile) -> None:
    """Writes to disk before the file gets its name, so that it survives a power loss."""
    file.flush()
    os.fsync(file.fileno())


def _escape_formula(cell: str | None) -> str | None:
    return f"'{cell}" if cell and cell.startswith(FORMULA_STARTS) else cell


def _require_pyarrow() -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise InputError("a .parquet file needs pyarrow: pip install 'sparkbot[arrow]'")


def _write_parquet(file: IO[str], columns: list[str], rows: Iterator[Row]) -> None:
    from itertools import islice

    import pyarrow  # type: ignore[import-untyped]  # has no type hints
    import pyarrow.parquet  # type: ignore[import-untyped]

    schema: Any = pyarrow.schema([(column, pyarrow.string()) for column in columns])
    with pyarrow.parquet.ParquetWriter(file.buffer, schema) as writer:  # type: ignore[attr-defined]  # a text file has a buffer
        while group := list(islice(rows, _ROW_GROUP)):
            arrays = [pyarrow.array([row.get(column) for row in group], pyarrow.string()) for column in columns]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
