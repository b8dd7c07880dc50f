"""Files that are damaged, packed twice, or not tables: each is rejected with a reason and a fix, before anything is sent."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]  # has no type hints
import pandas  # type: ignore[import-untyped]  # has no type hints
import pytest

from sparkbot.sync import InputError, sync_metadata
from sparkbot.tabular.files import open_rows
from sparkbot.tabular.read_options import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

CSV = b"phone,city\n+447700900100,Oslo\n"
ROWS = [{"phone": "+447700900100", "city": "Oslo"}]


def cells_of(path: Path) -> list[Any]:
    return [row.problem or row.cells for row in open_rows(path).stream]


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # Without the time of day, which would be in the names of tests.
    return buffer.getvalue()


def with_method(archive: bytes, method: int) -> bytes:
    """The archive with another number for the compression of its only file."""
    changed, entry = bytearray(archive), archive.index(b"PK\x01\x02")
    changed[8:10] = changed[entry + 10 : entry + 12] = method.to_bytes(2, "little")
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zipped(), "holds 0 files: give an archive with one"),
        (with_method(zipped(csv=CSV), 9), "can't be read: That compression method is not supported: pack it again"),
        (zipped(abc=CSV).replace(b"abc", b"xyz", 1), "'abc' and header b'xyz' differ: pack it again"),
        (gzip.compress(gzip.compress(CSV, mtime=0), mtime=0), "is compressed twice: unpack it once"),
        (gzip.compress(zipped(csv=CSV), mtime=0), "is compressed twice: unpack it once"),
        (zipped(**{"mimetype": b"", "content.xml": b"", "meta.xml": b""}), "is an OpenDocument file: save it as .xlsx"),
        (b"<html><table>", "is not a CSV file but an HTML or XML document"),
        (gzip.compress(b"", mtime=0), "is empty"),
    ],
)
def test_unusable_bytes_are_rejected(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_rows(write(tmp_path / "contacts", content))


@pytest.mark.parametrize(
    ("location", "message"),
    [("", "the path of the input is empty"), ("phone,city\n" * 500, r"'phone,city\\n.{0,80} can't be read: File name too long")],
)
def test_unusable_path_is_rejected(location: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_rows(location)


def test_closed_standard_input_is_rejected() -> None:
    program = "import sys; sys.stdin = None\nfrom sparkbot.tabular.files import open_rows\nopen_rows('-')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "InputError: standard input is closed" in done.stderr


@pytest.mark.parametrize("encoding", ["undefined", "idna", "utf\0"])
def test_codec_that_is_no_text_encoding_is_rejected(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InputError, match="there is no encoding"):
        open_rows(write(tmp_path / "a.csv", CSV), ReadOptions(encoding=encoding))


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_workbook_and_parquet_are_read_compressed(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", ["phone", "city"], ["+447700900100", "Oslo"]).read_bytes()
    pandas.DataFrame(ROWS).to_parquet(tmp_path / "a.parquet")
    for content in (gzip.compress(book), zipped(**{"a.xlsx": book}), gzip.compress((tmp_path / "a.parquet").read_bytes())):
        path = write(tmp_path / "packed", content)
        assert cells_of(path) == ROWS
        assert open_rows(path).fingerprint is not None


def test_damaged_workbook_is_rejected(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["phone", "city"], *[[str(row), "Oslo"] for row in range(100)])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    with pytest.raises(InputError, match=r"not a readable Excel workbook \(.xlsx\): unclosed token"):
        open_rows(write(path, zipped(**(members | {sheet: members[sheet][:2000]}))))
    del members[sheet]
    with pytest.raises(InputError, match="has no sheet with cells, only charts"):
        open_rows(write(path, zipped(**members)))


def test_large_number_in_workbook_keeps_its_format(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["phone", "total", "day"], ["1", 1e30, date(1899, 12, 25)])
    book = openpyxl.load_workbook(path)
    book.active["B2"].number_format = "0.00"
    book.save(path)
    assert cells_of(path) == [{"phone": "1", "total": f"1{'0' * 30}.00", "day": date(1899, 12, 25)}]


@pytest.mark.parametrize("content", [b"phone,,,city\n1,2,3,4\n", b"phone,city,,\n1,2,3,4\n"])
def test_columns_without_header_are_named(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="2 columns have no header: give each of them a name"):
        open_rows(write(tmp_path / "a.csv", content))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[{"phone": "1"}]\n[{"phone": "2"}]', "expected the end of the file after the array, found '\\['"),
        ('[{"phone": "1"}, {"phone": ', r"from here on \(Expecting value\)"),
        ('[{"phone": "1"}, {"phone": %s}]' % ("9" * 5000), "Exceeds the limit"),
    ],
)
def test_text_after_valid_json_is_a_failed_row(tmp_path: Path, content: str, problem: str) -> None:
    first, last = open_rows(write(tmp_path / "a.json", content.encode())).stream
    assert first.cells == {"phone": "1"}
    assert re.search(problem, str(last.problem))


@pytest.mark.parametrize(("content", "reason"), [("{}", "each is empty"), ("[[{}]", "array without"), ("[{]", "not valid JSON")])
def test_json_without_keys_is_rejected(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        open_rows(write(tmp_path / "a.json", content.encode()))


def test_number_beyond_decimals_keeps_its_digits(tmp_path: Path) -> None:
    number = "1e-99999999999999999999"
    assert cells_of(write(tmp_path / "a.jsonl", f'{{"a": {number}}}'.encode())) == [{"a": number}]


def test_deep_cell_fails_its_row_only(tmp_path: Path) -> None:
    deep = '{"phone": "+447362053576", "a": ' + "[" * 900 + "]" * 900 + "}"
    path = write(tmp_path / "a.jsonl", f'{deep}\n{{"phone": "+447362053576", "a": 1}}'.encode())
    report = sync_metadata(None, None, path, dry_run=True, report=tmp_path / "out.jsonl")  # type: ignore[call-overload]  # no client
    assert (report.rows, report.failed) == (2, 1)


def test_folder_leaves_out_lock_files_and_opens_parquet_when_due(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    write(tmp_path / "data" / "~$a.xlsx", b"lock")
    pandas.DataFrame(ROWS).to_parquet(tmp_path / "data" / "0.parquet")
    part = (tmp_path / "data" / "0.parquet").read_bytes()
    for number in range(1, 150):
        write(tmp_path / "data" / f"{number}.parquet", part)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, before[1]))
    try:
        assert cells_of(tmp_path / "data") == ROWS * 150
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_output_never_replaces_an_input(tmp_path: Path) -> None:
    path = write(tmp_path / "data" / "a.csv", CSV)
    for source in (path, path.parent, f"{path.parent}/*.csv"):
        with pytest.raises(InputError, match="is the input itself"):
            sync_metadata(None, None, source, dry_run=True, report=path)  # type: ignore[call-overload]  # no client
    with pytest.raises(InputError, match="would be input of the next run"):
        sync_metadata(None, None, path.parent, dry_run=True, dead_letters=path.parent / "b.csv")  # type: ignore[call-overload]
    assert path.read_bytes() == CSV


@pytest.mark.parametrize(("source", "message"), [("-", "standard input is"), ("*.none", "no file"), ("gone.csv", "no file")])
def test_output_may_exist_if_input_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match=message):
        sync_metadata(None, None, source, dry_run=True, report=write(tmp_path / "out.csv", b""))  # type: ignore[call-overload]


def test_report_and_dead_letters_are_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="give two files"):
        sync_metadata(None, None, ROWS, dry_run=True, report="a.csv", dead_letters=tmp_path / "a.csv")  # type: ignore[call-overload]
