"""Reads files as rows: CSV as spreadsheets and CRMs export it, JSON lines, and Parquet.

A text file is read twice. The first pass counts the rows and decodes every byte, so that a wrong encoding stops the run before
anything is sent; the second pass is the run. Neither keeps more than one row.
"""

from __future__ import annotations

import codecs
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sparkbot.tabular.csv_file import CsvFile
from sparkbot.tabular.errors import InputError
from sparkbot.tabular.json_lines import JsonLines
from sparkbot.tabular.rows import Rows, from_table, reject_duplicates

if TYPE_CHECKING:
    import os

_HEAD_BYTES = 64 * 1024
_AS_CSV = "export it as CSV (UTF-8) or as JSON lines"

#: Magic bytes of files that are mistaken for CSV, and what to do with each.
_UNSUPPORTED_MAGIC = (
    (b"PK\x03\x04", f"an Excel workbook or a zip archive: {_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"an old Excel workbook: {_AS_CSV}"),
    (b"ARROW1", f"an Arrow or Feather file: {_AS_CSV}, or give pyarrow.ipc.open_file(…).read_all() to sync_metadata"),
    (b"%PDF", f"a PDF document: {_AS_CSV} from the program that made it"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first (gunzip)"),
    (b"BZh", "compressed with bzip2: unpack it first (bunzip2)"),
    (b"\xfd7zXZ", "compressed with xz: unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first (unzstd)"),
    (b"SQLite format 3", f"an SQLite database: {_AS_CSV}"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def open_rows(path: str | os.PathLike[str], *, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    """The rows of a CSV, JSON lines or Parquet file; raises `InputError` for any other file."""
    rows = _open(Path(path), encoding, delimiter)
    rows.reopen = partial(open_rows, path, encoding=encoding, delimiter=delimiter)
    return rows


def _open(file: Path, encoding: str | None, delimiter: str | None) -> Rows:
    head = _read_head(file)
    if file.suffix.lower() == ".parquet" or head.startswith(b"PAR1"):
        return _parquet_rows(file, {"encoding": encoding, "delimiter": delimiter})
    _reject_unsupported(file, head)
    encoding = _check_encoding(encoding) if encoding else _detect_encoding(file, head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    reader: CsvFile | JsonLines
    reader = JsonLines(file, encoding) if _is_json(file, text) else CsvFile(file, encoding, text, delimiter)
    try:
        columns, total = reader.scan()
    except UnicodeError:
        raise InputError(_decode_error_message(file, encoding)) from None
    reject_duplicates(columns)
    return Rows(columns, reader.rows(), total, file, thread_safe=True)


def _parquet_rows(file: Path, text_options: dict[str, str | None]) -> Rows:
    from sparkbot.tabular.arrow import read_parquet

    for option, value in text_options.items():
        if value:
            raise InputError(f"{str(file)!r} is a Parquet file, which has no {option}: remove --{option}")
    return from_table(read_parquet(file, InputError), file)


def _read_head(file: Path) -> bytes:
    if not file.exists():
        raise InputError(f"there is no file {str(file)!r}: check the path")
    if not file.is_file():
        # The file is read twice, which a pipe does not allow.
        raise InputError(
            f"{str(file)!r} is {'a folder' if file.is_dir() else 'a pipe or device'}: give a CSV, JSON lines or Parquet file"
        )
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError as error:
        raise InputError(f"{str(file)!r} can't be read: {error.strerror}") from None
    if not head.strip():
        raise InputError(f"{str(file)!r} is empty: it needs a header line and a line for each contact")
    return head


def _check_encoding(name: str) -> str:
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except LookupError:
        raise InputError(f"there is no encoding {name!r}: utf-8, utf-16, cp1252 and latin-1 are common ones") from None


def _reject_unsupported(file: Path, head: bytes) -> None:
    for magic, description in _UNSUPPORTED_MAGIC:
        if head.startswith(magic):
            raise InputError(f"{str(file)!r} is not a CSV file but {description}")


def _detect_encoding(file: Path, head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if b"\0" in head:
        raise InputError(
            f"{str(file)!r} is not a CSV file: it holds binary data; {_AS_CSV}; if it is UTF-16, give --encoding utf-16-le"
        )
    return "utf-8"


def _is_json(file: Path, text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "[" and file.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        raise InputError(f"{str(file)!r} is one JSON array: write one object per line, for example with jq -c '.[]'")
    return start == "{" or file.suffix.lower() in (".jsonl", ".ndjson")


def _decode_error_message(file: Path, encoding: str) -> str:
    """Names the first byte that the encoding can't decode, found by another pass."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                decoder.decode(line)
            except UnicodeDecodeError as error:
                byte = error.object[error.start]
                return (
                    f"{str(file)!r} is not {encoding}: line {number} holds the byte 0x{byte:02x} at position {error.start + 1}. "
                    "Give the file's encoding (files of Windows programs: --encoding cp1252), or export it as UTF-8"
                )
    return f"{str(file)!r} is not {encoding}: it ends inside a character. Give the file's encoding with --encoding"
