"""Files as other programs write them: formats, compression, encodings, and what is left out."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import fsspec  # type: ignore[import-untyped]  # has no type hints
import openpyxl  # type: ignore[import-untyped]  # has no type hints
import pandas  # type: ignore[import-untyped]  # has no type hints
import pytest
from backports import zstd

from sparkbot.sync import InputError, sync_metadata
from sparkbot.tabular.files import open_rows
from sparkbot.tabular.read_options import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CSV = "phone,city\n+447400900100,Oslo\n+447400900101,Rome\n"
ROWS = [{"phone": "+447400900100", "city": "Oslo"}, {"phone": "+447400900101", "city": "Rome"}]


def cells_of(source: Any, **options: Any) -> list[Any]:
    return [row.problem or row.cells for row in open_rows(source, ReadOptions(**options)).stream]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(content: bytes, *names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("suffix", "compress"),
    [
        ("gz", gzip.compress),
        ("bz2", bz2.compress),
        ("xz", lzma.compress),
        ("zst", zstd.compress),
        ("zip", lambda content: zipped(content, "contacts.csv")),
    ],
)
def test_compressed_file_is_read(tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> None:
    path = write(tmp_path / f"contacts.csv.{suffix}", compress(CSV.encode()))
    assert cells_of(path) == ROWS
    damaged = write(tmp_path / f"cut.csv.{suffix}", compress(CSV.encode() * 9000)[:-30])
    with pytest.raises(InputError, match="can't be read"):
        open_rows(damaged)


def test_archive_with_several_files_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds 2 files \('a.csv', 'b.csv'\)"):
        open_rows(write(tmp_path / "a.zip", zipped(b"x", "a.csv", "b.csv")))


def test_folder_and_pattern_are_one_source(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", CSV)
    write(tmp_path / "b.csv", "city,phone\nBern,+447400900102\n")
    write(tmp_path / "_SUCCESS", "")
    for source in (tmp_path, tmp_path / "*.csv"):
        rows = open_rows(source)
        found = [(row.file, row.line, row.cells["city"]) for row in rows.stream]
        assert found == [("a.csv", 2, "Oslo"), ("a.csv", 3, "Rome"), ("b.csv", 2, "Bern")]
        assert (rows.total, rows.columns) == (3, ["phone", "city"])
    report = sync_metadata(None, None, tmp_path, dry_run=True, id_column="city")  # type: ignore[call-overload]  # no client
    assert [outcome.position for outcome in report.failures] == ["a.csv line 2", "a.csv line 3", "b.csv line 2"]
    write(tmp_path / "c.csv", "phone,town\n")
    with pytest.raises(InputError, match=r"'c.csv' lacks 'city' and adds 'town', compared with 'a.csv'"):
        open_rows(tmp_path)
    with pytest.raises(InputError, match="no file matches"):
        open_rows(tmp_path / "*.parquet")


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_url_is_read_through_fsspec(tmp_path: Path, protocol: str) -> None:
    url = f"{protocol}://{tmp_path}/contacts.csv.gz"
    with fsspec.open(url, "wb") as file:
        file.write(gzip.compress(CSV.encode()))
    assert cells_of(url) == ROWS
    frame = pandas.DataFrame(ROWS)
    frame.to_parquet(f"{protocol}://{tmp_path}/contacts.parquet")
    assert cells_of(f"{protocol}://{tmp_path}/contacts.parquet") == ROWS
    with pytest.raises(InputError, match="there is no file"):
        open_rows(f"{protocol}://{tmp_path}/missing.csv")


def test_standard_input_is_read_twice() -> None:
    program = (
        "from sparkbot.tabular.files import open_rows\nrows = open_rows('-')\n"
        "print(rows.total, [row.cells['city'] for row in rows.stream], len(list(rows.reread())))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=CSV, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2 ['Oslo', 'Rome'] 2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("content", [CSV, json.dumps(ROWS)])
def test_byte_order_mark_selects_encoding(tmp_path: Path, encoding: str, content: str) -> None:
    assert cells_of(write(tmp_path / "rows.txt", content.encode(encoding))) == ROWS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name, Vorname;phone\nByte, Ada;+447400900100\n", {"Name, Vorname": "Byte, Ada", "phone": "+447400900100"}),
        ("id, name, phone\n1, Ada, +447400900100\n", {"id": "1", "name": " Ada", "phone": " +447400900100"}),
        ('"sep=;"\nphone;city\n+447400900100;Oslo\n', ROWS[0]),
        ("sep=;\nphone;city\n+447400900100;Oslo\n", ROWS[0]),
    ],
)
def test_delimiter_is_detected(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    assert cells_of(write(tmp_path / "rows.csv", text)) == [expected]


@pytest.mark.parametrize("position", [0, 200_000])
def test_nul_fails_its_row_only(tmp_path: Path, position: int) -> None:
    filler = "+447400900102,x\n" * (position // 16)
    path = write(tmp_path / "rows.csv", f"phone,city\n{filler}+447400900100,a\0b\n+447400900101,Rome\n")
    report = sync_metadata(None, None, path, dry_run=True)  # type: ignore[call-overload]  # no client
    assert (report.failed, report.ok) == (1, position // 16 + 1)


def test_blank_columns_at_the_end_are_left_out(tmp_path: Path) -> None:
    rows = open_rows(write(tmp_path / "rows.csv", "phone,city,,\n+447400900100,Oslo,,\n+447400900101,Rome\n"))
    assert [row.problem or row.cells for row in rows.stream] == ROWS
    assert rows.notes == ["empty columns without a header that are left out: 2"]
    filled = open_rows(write(tmp_path / "filled.csv", "phone,city,\n+447400900100,Oslo,x\n"))
    assert filled.columns == ["phone", "city", ""]


FOOTER = "My Report\nCopyright (c) 2000-2026 salesforce.com\nConfidential\nGenerated By: A\nAcme\n"


def test_footer_of_a_report_is_skipped(tmp_path: Path) -> None:
    content = "phone,city,tier\n+447400900100,Oslo,a\n+447400900101,Rome,b\n"
    rows = open_rows(write(tmp_path / "rows.csv", content + "\n" + FOOTER))
    assert (rows.total, [row.cells["tier"] for row in rows.stream]) == (2, ["a", "b"])
    assert rows.notes == ["lines at the end that are skipped as a footer, with one cell each: 5"]
    # A row that was cut off is not a footer.
    cut = open_rows(write(tmp_path / "cut.csv", content + "+447400900102\n"))
    assert (cut.total, cut.notes) == (3, [])
    assert open_rows(tmp_path / "cut.csv", ReadOptions(skip_footer=2)).total == 1
    table = [line.split(",") for line in content.splitlines()]
    sheet = open_rows(workbook(tmp_path / "rows.xlsx", {"Report": [*table, [], *([line] for line in FOOTER.splitlines())]}))
    assert ([row.cells["tier"] for row in sheet.stream], sheet.notes) == (["a", "b"], rows.notes)
    assert open_rows(workbook(tmp_path / "cut.xlsx", {"Report": [*table, ["+447400900102"]]})).total == 3


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1234567890.123456789", Decimal("1234567890.123456789")),
        ("12345678901234567.0", 12345678901234567),
        ("1e16", 10_000_000_000_000_000),
        ("1.50", Decimal("1.5")),
        ("0.1", 0.1),
        ("3.0", 3.0),
    ],
)
def test_json_number_keeps_its_digits(tmp_path: Path, number: str, expected: Any) -> None:
    for content in (f'{{"a": {number}}}\n', f'[{{"a": {number}}}]'):
        [cells] = cells_of(write(tmp_path / "rows.json", content))
        assert (cells, type(cells["a"])) == ({"a": expected}, type(expected))


@pytest.mark.parametrize("suffix", ["json", "txt", "jsonl"])
def test_json_array_is_read_as_rows(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"rows.{suffix}", json.dumps([*ROWS, 5], indent=2))
    rows = list(open_rows(path).stream)
    assert [row.cells for row in rows] == [*ROWS, {}]
    assert [row.line for row in rows] == [2, 6, 10]
    assert "not a JSON object" in str(rows[2].problem)


def test_long_json_array_is_read_in_blocks(tmp_path: Path) -> None:
    expected = [{"phone": str(number), "note": f'{number} [{{"é' * (number % 50)} for number in range(20_000)]
    assert cells_of(write(tmp_path / "rows.json", json.dumps(expected, ensure_ascii=False))) == expected


@pytest.mark.parametrize("content", ['[{"a": 1} {"a": 2}]', '[{"a": 1}, {"a"', '[{"a": 1},'])
def test_invalid_json_array_ends_with_an_error(tmp_path: Path, content: str) -> None:
    found = cells_of(write(tmp_path / "rows.json", content))
    assert found[0] == {"a": 1}
    assert "the array is not valid JSON from here on" in found[-1]


@pytest.mark.parametrize("content", ['{\n  "a": 1\n}\n', '{\n  "contacts": [\n    {"a": 1}\n  ]\n}\n'])
def test_single_json_document_names_the_cause(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="one JSON object over several lines: write an array"):
        open_rows(write(tmp_path / "rows.json", content))


def test_header_without_rows_is_noted(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.csv", "phone,city\n")
    report = sync_metadata(None, None, path, dry_run=True)  # type: ignore[call-overload]  # no client
    assert (report.rows, report.notes, report.exit_code) == (0, ["the input has no rows"], 0)
    sources: list[Any] = [path, iter(()), []]
    for rows in sources:
        with pytest.raises(InputError, match="the input has no rows"):
            sync_metadata(None, None, rows, dry_run=True, fail_on_empty=True)  # type: ignore[call-overload]


def workbook(path: Path, sheets: dict[str, list[list[Any]]], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell, number_format in (formats or {}).items():
            sheet[cell].number_format = number_format
    book.save(path)
    return path


def test_workbook_cells_come_out_as_shown(tmp_path: Path) -> None:
    values: list[tuple[Any, str, Any]] = [
        (447400900100, "General", 447400900100),
        (1234, "00000", "01234"),
        (7400900100, "00000000000", "07400900100"),
        (5550123, "000-0000", "555-0123"),
        (12.5, "0.00", "12.50"),
        (0.1 + 0.2, "General", Decimal("0.3")),
        (0.195, "0.0%", "19.5%"),
        (2.5, "0", 3),
        (1234.5, '#,##0.00 "EUR"', "1234.50"),
        (datetime(2026, 1, 31), "yyyy-mm-dd", datetime(2026, 1, 31).date()),
        (datetime(2026, 1, 31, 12, 30), "yyyy-mm-dd hh:mm", datetime(2026, 1, 31, 12, 30)),
        ("007", "General", "007"),
        (True, "General", True),
        (None, "General", None),
    ]
    names = [f"c{number}" for number in range(len(values))]
    formats = {f"{openpyxl.utils.get_column_letter(i + 1)}2": number_format for i, (_, number_format, _) in enumerate(values)}
    path = workbook(tmp_path / "rows.xlsx", {"A": [names, [value for value, _, _ in values]]}, formats)
    [cells] = cells_of(path)
    assert cells == {name: shown for name, (_, _, shown) in zip(names, values, strict=True)}


def test_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    table = [["phone", "city"], ["+447400900100", "Oslo"], [], ["+447400900101", "Rome"]]
    path = workbook(tmp_path / "rows.xlsx", {"Notes": [["hello"]], "Contacts": table, "Empty": []})
    assert cells_of(path, sheet="Contacts") == ROWS
    assert cells_of(path, sheet="Contacts", skip_footer=1) == ROWS[:1]
    with pytest.raises(InputError, match=r"has 2 sheets, 'Notes', 'Contacts': choose one"):
        open_rows(path)
    with pytest.raises(InputError, match="has no sheet 'Contact'"):
        open_rows(path, ReadOptions(sheet="Contact"))
    with pytest.raises(InputError, match=r"delimiter .* has no effect on the workbook"):
        open_rows(path, ReadOptions(delimiter=";"))


def test_index_of_pandas_is_left_out_of_parquet(tmp_path: Path) -> None:
    frame = pandas.DataFrame(ROWS, index=[7, 9])
    frame.to_parquet(tmp_path / "rows.parquet")
    rows = open_rows(tmp_path / "rows.parquet")
    assert [row.cells for row in rows.stream] == ROWS
    assert rows.notes == ["the column '__index_level_0__' is left out: it is the index of a pandas frame"]
