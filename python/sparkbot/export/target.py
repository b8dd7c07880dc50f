"""The file of an export: CSV, JSON lines or Parquet, there as a whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from sparkbot.errors import InvalidArgumentError
from sparkbot.sync.columns.selection import EXPORTED
from sparkbot.sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from types import TracebackType

    from sparkbot.export.columns import Row

FORMS = (".csv", ".jsonl", ".parquet")
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Rows of a Parquet file that are in memory at a time.
_GROUP = 10_000


class Target:
    """Takes rows in; the file appears under its name only when all of them are in it."""

    def __init__(self, path: str | os.PathLike[str], *, keys: Collection[str] | None, spreadsheet: bool) -> None:
        # The file that a link leads to is replaced, not the link.
        self.path = Path(path).resolve()
        form = self.path.suffix.lower()
        if form not in FORMS:
            raise InputError(f"{str(path)!r} must end in .csv, .jsonl or .parquet: the ending chooses the form")
        if spreadsheet and form != ".csv":
            raise InvalidArgumentError(f"spreadsheet=True needs a path that ends in .csv, not {form}", field="spreadsheet")
        if form == ".parquet":
            _need_pyarrow()
        self._form, self._spreadsheet = form, spreadsheet
        self._keys = None if keys is None else dict.fromkeys(keys)
        self.keys: dict[str, None] = dict(self._keys or {})
        self._spool: IO[str] | None = None
        self._temporary: Path | None = None

    def __enter__(self) -> Self:
        """Begins files beside the target, where there is room for it."""
        try:
            if self._form == ".jsonl":
                self._spool = self._begin()
            else:
                self._spool = tempfile.TemporaryFile("w+", encoding="utf-8", dir=self.path.parent, prefix=f".{self.path.name}.")
        except OSError as error:
            raise InputError(f"{str(self.path)!r} can't be written: {error.strerror}") from None
        return self

    def _begin(self) -> IO[str]:
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.", suffix=".part")
        self._temporary = Path(name)
        # utf-8-sig: spreadsheets read a CSV file without the mark in the encoding of the country.
        encoding = "utf-8-sig" if self._form == ".csv" else "utf-8"
        return os.fdopen(descriptor, "w", encoding=encoding, newline="" if self._form == ".csv" else "\n")

    def add(self, rows: Iterable[Row]) -> None:
        """Takes rows in. Which columns there are is known after the last one, so they wait in a file of their own."""
        assert self._spool is not None
        for row in rows:
            if self._keys is None:
                self.keys.update(dict.fromkeys(key for key in row if key not in EXPORTED))
            chosen = {name: cell for name, cell in row.items() if name in EXPORTED or name in self.keys}
            self._spool.write(json.dumps(chosen, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Makes the file of the rows, and puts it in its place."""
        assert self._spool is not None
        if self._form == ".jsonl":
            _sync(self._spool)
        else:
            self._spool.seek(0)
            columns = [*EXPORTED, *self.keys]
            rows: Iterator[Row] = map(json.loads, self._spool)
            with self._begin() as file:
                self._write_csv(file, columns, rows) if self._form == ".csv" else _write_parquet(file, columns, rows)
                _sync(file)
        self._spool.close()
        assert self._temporary is not None
        os.replace(self._temporary, self.path)
        self._temporary = None

    def _write_csv(self, file: IO[str], columns: list[str], rows: Iterable[Row]) -> None:
        import csv

        writer = csv.writer(file)
        writer.writerow(columns)
        shown = _without_formula if self._spreadsheet else _as_it_is
        writer.writerows([shown(row.get(column)) for column in columns] for row in rows)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._spool is not None:
            self._spool.close()
        if self._temporary is not None:
            with suppress(OSError):
                self._temporary.unlink()


class _Flushed(Protocol):
    def flush(self) -> None: ...
    def fileno(self) -> int: ...


def _sync(file: _Flushed) -> None:
    """On the disk before it has its name, also after a power loss."""
    file.flush()
    os.fsync(file.fileno())


def _as_it_is(cell: str | None) -> str | None:
    return cell


def _without_formula(cell: str | None) -> str | None:
    return f"'{cell}" if cell and cell.startswith(_FORMULA) else cell


def _need_pyarrow() -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise InputError("a .parquet file needs pyarrow: pip install 'sparkbot[arrow]'")


def _write_parquet(file: IO[str], columns: list[str], rows: Iterator[Row]) -> None:
    from itertools import islice

    import pyarrow  # type: ignore[import-untyped]  # has no types of its own
    import pyarrow.parquet  # type: ignore[import-untyped]

    schema: Any = pyarrow.schema([(column, pyarrow.string()) for column in columns])
    with pyarrow.parquet.ParquetWriter(file.buffer, schema) as writer:  # type: ignore[attr-defined]  # a text file has one
        while group := list(islice(rows, _GROUP)):
            arrays = [pyarrow.array([row.get(column) for row in group], pyarrow.string()) for column in columns]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
