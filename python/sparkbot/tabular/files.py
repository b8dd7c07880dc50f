"""Reads files as rows: CSV as spreadsheets and CRMs export it, JSON, Parquet, and Excel workbooks.

A text file is read twice. The first pass counts the rows, decodes every byte and hashes the file, so that a wrong encoding stops
the run before anything is sent; the second pass is the run. Neither keeps more than one row.
"""

from __future__ import annotations

import codecs
import hashlib
from functools import partial
from typing import TYPE_CHECKING

from sparkbot.tabular.byte_source import ByteSource, decompress, open_source, spool, unreadable
from sparkbot.tabular.csv_file import CsvFile
from sparkbot.tabular.errors import InputError
from sparkbot.tabular.file_set import expand, join
from sparkbot.tabular.json_file import JsonFile, is_json
from sparkbot.tabular.read_options import ReadOptions
from sparkbot.tabular.rows import Rows, from_table, reject_duplicates
from sparkbot.tabular.text_stream import TextSource, check_encoding, detect_encoding

if TYPE_CHECKING:
    import os

_AS_CSV = "export it as CSV (UTF-8) or as JSON lines"
#: Magic bytes of files that are mistaken for CSV, and what to do with each.
_UNSUPPORTED_MAGIC = (
    (b"\xd0\xcf\x11\xe0", f"an old Excel workbook, or one with a password: save it as .xlsx without a password, or {_AS_CSV}"),
    (b"ARROW1", f"an Arrow or Feather file: {_AS_CSV}, or give pyarrow.ipc.open_file(…).read_all() to sync_metadata"),
    (b"%PDF", f"a PDF document: {_AS_CSV} from the program that made it"),
    (b"SQLite format 3", f"an SQLite database: {_AS_CSV}"),
    (b"<", f"an HTML or XML document: {_AS_CSV}, or open it in a spreadsheet and save it as .xlsx"),
)


def open_rows(location: str | os.PathLike[str], options: ReadOptions | None = None) -> Rows:
    """The rows of a file, a folder of files, a pattern such as `data/*.csv`, a URL, or `-` for standard input.

    Raises `InputError` if one of the files can't be read as a table.
    """
    options = options or ReadOptions()
    paths = expand(location)
    if paths is not None:
        return join(str(location), [(path.name, _open(open_source(path), options)) for path in paths])
    return _open(open_source(location), options)


def _open(source: ByteSource, options: ReadOptions) -> Rows:
    source, head = _unpack(source)
    if not head.strip():
        raise InputError(f"{source.name!r} is empty: it needs a header line and a line for each contact")
    if head.startswith(b"PAR1") or source.name.lower().endswith(".parquet"):
        return _parquet_rows(source, options)
    if head.startswith(b"PK\x03\x04"):
        return _workbook_rows(source, options)
    for magic, description in _UNSUPPORTED_MAGIC:
        if head.startswith(magic):
            raise InputError(f"{source.name!r} is not a CSV file but {description}")
    return _text_rows(source, head, options)


def _unpack(source: ByteSource) -> tuple[ByteSource, bytes]:
    """The source, decompressed if it is compressed, and its first bytes."""
    head = source.head()
    unpacked = decompress(source, head)
    if unpacked is source:
        return source, head
    head = unpacked.head()
    if head.startswith((b"PAR1", b"PK")):
        # Workbooks and Parquet files are not read from start to end.
        try:
            with unpacked.open() as stream:
                unpacked = spool(unpacked.name, stream)
        except OSError as error:
            raise unreadable(unpacked.name, error) from None
    if decompress(unpacked, head) is not unpacked:
        raise InputError(f"{source.name!r} is compressed twice: unpack it once")
    return unpacked, head


def _text_rows(source: ByteSource, head: bytes, options: ReadOptions) -> Rows:
    encoding = check_encoding(options.encoding) if options.encoding else detect_encoding(source.name, head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    stream = TextSource(source, encoding)
    options.reject(f"the text file {source.name!r}", "sheet")
    reader: CsvFile | JsonFile
    if is_json(source.name, text):
        options.reject(f"the JSON file {source.name!r}", "delimiter", "skip_footer")
        reader = JsonFile(stream, text)
    else:
        reader = CsvFile(stream, text, options)
    try:
        columns, total = reader.scan()
    except UnicodeError:
        raise stream.decode_error() from None
    except OSError as error:
        raise unreadable(source.name, error) from None
    reject_duplicates(columns)
    return Rows(
        columns,
        reader.rows(),
        total,
        thread_safe=True,
        reread=reader.rows,
        fingerprint=stream.fingerprint,
        notes=reader.notes,
    )


def _parquet_rows(source: ByteSource, options: ReadOptions) -> Rows:
    from sparkbot.tabular.arrow import read_parquet

    options.reject(f"the Parquet file {source.name!r}", "encoding", "delimiter", "sheet", "skip_footer")
    read = partial(read_parquet, source, options.exclude, InputError)
    return from_table(read(), partial(_fingerprint, source), reread=lambda: from_table(read()).stream)


def _workbook_rows(source: ByteSource, options: ReadOptions) -> Rows:
    from sparkbot.tabular.workbook import read_workbook

    options.reject(f"the workbook {source.name!r}", "encoding", "delimiter")
    rows = read_workbook(source, options)
    rows.fingerprint = partial(_fingerprint, source)
    reject_duplicates(rows.columns)
    return rows


def _fingerprint(source: ByteSource) -> str:
    with source.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # accepts any binary stream
