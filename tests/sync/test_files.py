"""CSV and JSON lines files, and rejected files."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkbot.sync import InputError
from sparkbot.tabular.files import open_rows
from sparkbot.tabular.read_options import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from sparkbot.tabular.rows import Row


def written(folder: Path, content: str | bytes, name: str = "contacts.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows_of(path: Path, **options: Any) -> list[Row]:
    rows = open_rows(path, ReadOptions(**options))
    read = list(rows.stream)
    assert rows.total == len(read)
    return read


def table(folder: Path, content: str | bytes, **options: Any) -> list[tuple[int | None, Any, Any]]:
    return [(row.line, row.cells, row.problem) for row in rows_of(written(folder, content), **options)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_detects_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [["phone", "name"], ["+44 7362 053576", "Zoë"], ["+44 7362 053577", "a,b;c|d\te"]]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    rows = rows_of(written(tmp_path, content, encoding=encoding))
    assert [row.cells for row in rows] == [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_reads_delimiter_declared_by_excel(tmp_path: Path) -> None:
    assert table(tmp_path, "sep=|\r\nphone|a,b\r\n1|x,y\r\n") == [(3, {"phone": "1", "a,b": "x,y"}, None)]


def test_skips_empty_lines_and_counts_them(tmp_path: Path) -> None:
    content = 'phone,note\n\n1,"two\nlines"\n,\n  , \n2,x\n\n'
    assert table(tmp_path, content) == [(3, {"phone": "1", "note": "two\nlines"}, None), (7, {"phone": "2", "note": "x"}, None)]


def test_wrong_cell_count_fails_that_row(tmp_path: Path) -> None:
    rows = table(tmp_path, "phone,a,b\n1,2\n1,2,3,4\n1,2,3\n")
    assert [(line, (problem or "")[:19]) for line, _, problem in rows] == [
        (2, "the row has 2 cells"),
        (3, "the row has 4 cells"),
        (4, ""),
    ]


def test_unclosed_quotation_mark_fails_that_row(tmp_path: Path) -> None:
    rows = table(tmp_path, 'phone,a\n1,x\n2,"open\n3,y\n')
    assert [row[2] is None for row in rows] == [True, False]
    assert "not closed" in str(rows[1][2])
    assert rows[1][0] == 3


def test_cell_over_field_limit_fails_that_row(tmp_path: Path) -> None:
    rows = table(tmp_path, f"phone,a\n1,{'x' * 200_000}\n2,y\n")
    assert [row[2] is None for row in rows] == [False, True]
    assert "131,072" in str(rows[0][2])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "can't be read: .*not a zip file"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"PAR1rest", "Parquet"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08rest", "can't be read"),
        (b"a\0b\0c\0d\0", "binary data"),
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"phone,a\n+1,caf\xe9\n", "line 2 holds the byte 0xe9 at position 7.*--encoding cp1252"),
        (b"phone,a,a\n", "more than one column 'a'"),
    ],
)
def test_unsupported_file_is_rejected_with_advice(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_rows(written(tmp_path, content))


def test_undecodable_byte_is_found_before_first_row(tmp_path: Path) -> None:
    content = b"phone,a\n" + b"1,x\n" * 50_000 + b"2,\xff\n"
    with pytest.raises(InputError, match="line 50002"):
        open_rows(written(tmp_path, content))


def test_given_encoding_and_delimiter_apply(tmp_path: Path) -> None:
    content = "phone;a,b\n1;Zoë,x\n".encode("cp1252")
    assert table(tmp_path, content, encoding="cp1252", delimiter=";") == [(2, {"phone": "1", "a,b": "Zoë,x"}, None)]
    for options, message in [
        (ReadOptions(encoding="utf-ate"), "no encoding"),
        (ReadOptions(encoding="hex"), "no encoding"),
        (ReadOptions(delimiter=";;"), "not one"),
    ]:
        with pytest.raises(InputError, match=message):
            open_rows(written(tmp_path, b"phone;a\n1;2\n"), options)
    with pytest.raises(InputError, match="no file"):
        open_rows(tmp_path / "missing.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no CSV"):
        open_rows(tmp_path / "empty")


def test_detects_json_lines_by_suffix_or_content(tmp_path: Path) -> None:
    content = '\ufeff{"phone": 447362053576, "a": null}\n\n[1]\n{"phone": "2", "b": 1.5}\n{"broken\n'
    for name in ("contacts.jsonl", "contacts.txt"):
        source = open_rows(written(tmp_path, content, name))
        assert source.columns == ["phone", "a", "b"]
        rows = list(source.stream)
        assert [row.line for row in rows] == [1, 3, 4, 5]
        assert rows[0].cells == {"phone": 447362053576, "a": None}
        assert "not a JSON object" in str(rows[1].problem)
        assert "not valid JSON" in str(rows[3].problem)


@pytest.mark.parametrize(
    ("content", "message"),
    [("[1]\n2\n", "a JSON array without objects"), ("1\n2\n", "no JSON object"), ("x\n", "no JSON object")],
)
def test_rejects_json_that_is_not_lines_of_objects(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_rows(written(tmp_path, content, "contacts.jsonl"))


def test_overlong_json_line_fails_that_row(tmp_path: Path) -> None:
    content = '{"phone": "1"}\n{"phone": "' + "x" * 3_000_000 + '"}\n{"phone": "2"}\n'
    assert [row.problem is None for row in rows_of(written(tmp_path, content, "c.jsonl"))] == [True, False, True]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_memory_does_not_grow_with_file(tmp_path: Path, kind: str) -> None:
    line = "+447362053576," + "x" * 100 if kind == "csv" else json.dumps({"phone": "+447362053576", "a": "x" * 100})
    head = "phone,a\n" if kind == "csv" else ""
    path = written(tmp_path, head + f"{line}\n" * 40_000, f"contacts.{kind}")
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_rows(path).stream) == 40_000
        assert tracemalloc.get_traced_memory()[1] < 1_500_000
    finally:
        tracemalloc.stop()


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str, list[list[str]]]:
    """An encoding, a delimiter, and a table with headers that this encoding can hold."""
    encoding = draw(st.sampled_from(ENCODINGS))
    letters = st.characters(codec=encoding.removesuffix("-sig"), exclude_characters="\0\ufeff")
    filled = st.text(letters, max_size=20)
    width = draw(st.integers(2, 5))
    names = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
    header = draw(st.lists(names, min_size=width, max_size=width, unique=True))
    row = st.lists(filled, min_size=width, max_size=width).filter(
        lambda cells: any(cell and not cell.isspace() for cell in cells)
    )
    return encoding, draw(st.sampled_from([",", ";", "\t", "|"])), [header, *draw(st.lists(row, max_size=8))]


@given(tables(), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_csv_round_trips(tmp_path: Path, table_file: tuple[str, str, list[list[str]]], quoting: Any) -> None:
    encoding, delimiter, lines = table_file
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(lines)
    path = written(tmp_path, out.getvalue(), encoding=encoding)
    rows = rows_of(path, encoding="cp1252" if encoding == "cp1252" else None, delimiter=delimiter)
    assert [list(row.cells.values()) for row in rows] == lines[1:]
    assert all(row.problem is None for row in rows)


@given(
    st.sampled_from([",", ";", "\t", "|"]),
    st.lists(st.lists(st.text('ab 1é"\n', min_size=1), min_size=3, max_size=3), max_size=6),
)
def test_detects_delimiter_whatever_the_cells(tmp_path: Path, delimiter: str, cells: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["phone", "a", "b"], *cells])
    assert open_rows(written(tmp_path, out.getvalue())).columns == ["phone", "a", "b"]
