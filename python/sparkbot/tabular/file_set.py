"""Reads a folder or a pattern of files as one table."""

from __future__ import annotations

import glob
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sparkbot.tabular.rows import Row

_SUFFIXES = frozenset((".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xlsm"))
_COMPRESSED = frozenset((".gz", ".zip", ".zst", ".bz2", ".xz"))
#: First characters of files that are not data: hidden ones, markers of Spark, locks of Excel.
_NO_DATA = (".", "_", "~$")


def expand(location: str | os.PathLike[str]) -> list[Path] | None:
    """The files of a folder or of a pattern, sorted by name; None for anything else."""
    text, path = os.fspath(location), Path(location)
    if not text:
        raise InputError("the path of the input is empty: give a file, a folder, a pattern, a URL, or - for standard input")
    if "://" in text:
        return None
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise InputError(f"{text[:80]!r} can't be read: {error.strerror}; give the path of a file") from None
    if is_folder:
        files = sorted(entry for entry in path.iterdir() if entry.is_file() and _is_data(entry))
        if not files:
            raise InputError(f"the folder {text!r} holds no CSV, JSON, Parquet or Excel file: check the path")
        return files
    if glob.has_magic(text) and not path.exists():
        files = sorted(Path(match) for match in glob.glob(text, recursive=True) if Path(match).is_file())
        if not files:
            raise InputError(f"no file matches {text!r}: check the pattern")
        return files
    return None


def is_input(location: str | os.PathLike[str], file: Path) -> bool:
    """Whether a file is one of those at the location, or would be if it existed."""
    text, path = os.fspath(location), Path(location)
    try:
        if path.is_dir():
            return _is_data(file) and file.resolve().parent == path.resolve()
        inputs = [path] if path.exists() else map(Path, glob.glob(text, recursive=True))
        return file.exists() and any(entry.samefile(file) for entry in inputs)
    except OSError:
        return False


def _is_data(path: Path) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return not path.name.startswith(_NO_DATA) and bool(suffixes) and suffixes[-1] in _SUFFIXES


def join(name: str, files: Sequence[tuple[str, Rows]]) -> Rows:
    """The rows of files with the same columns, one file after the other; each row has the name of its file."""
    first_name, first = files[0]
    for file, rows in files[1:]:
        if set(rows.columns) != set(first.columns):
            missing, extra = set(first.columns) - set(rows.columns), set(rows.columns) - set(first.columns)
            raise InputError(
                f"the files of {name!r} have different columns: {file!r} "
                + " and ".join(
                    f"{verb} {', '.join(map(repr, sorted(names)))}"
                    for verb, names in (("lacks", missing), ("adds", extra))
                    if names
                )
                + f", compared with {first_name!r}. Sync them one by one"
            )
    totals = [rows.total for _, rows in files]
    return Rows(
        first.columns,
        _chain([(file, rows.stream) for file, rows in files]),
        None if None in totals else sum(total or 0 for total in totals),
        thread_safe=True,
        reread=lambda: _chain([(file, rows.reread()) for file, rows in files if rows.reread is not None]),
        float32_columns=frozenset().union(*(rows.float32_columns for _, rows in files)),
        fingerprint=lambda: _combine([rows.fingerprint() for _, rows in files if rows.fingerprint is not None]),
        notes=[f"{file}: {note}" for file, rows in files for note in rows.notes],
    )


def _chain(files: Sequence[tuple[str, Iterator[Row]]]) -> Iterator[Row]:
    for name, stream in files:
        for row in stream:
            row.file = name
            yield row


def _combine(fingerprints: Sequence[str]) -> str:
    return hashlib.sha256("".join(fingerprints).encode()).hexdigest()
