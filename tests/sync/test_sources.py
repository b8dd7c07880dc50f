"""Every source has the same outcomes, metadata and exact phone numbers."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import numpy
import pandas  # type: ignore[import-untyped]  # has no types of its own
import polars
import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from tests.sync.accounts import PHONES, WIDS, Account
from tests.sync.sources import NAMES, ROWS, SOURCES, arrow_columns, as_csv, as_parquet, planned

from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import InputError, JournalError, stream_metadata, sync_metadata
from sparkbot.tabular.files import open_rows
from sparkbot.tabular.read_options import ReadOptions
from sparkbot.tabular.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def outcomes_and_metadata(account: Account, rows: Any) -> tuple[list[Any], list[dict[str, str]]]:
    seen = [
        (one.index, one.status, one.contact, one.kind, one.reason, {name: one.input[name] or None for name in NAMES})
        for one in stream_metadata(account.client, account.device, rows)
    ]
    return seen, [account.metadata(number) for number in range(4)]


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_has_the_outcomes_of_csv(account: Account, tmp_path: Path, source: str) -> None:
    expected = outcomes_and_metadata(account, as_csv(tmp_path))
    assert [one[1] for one in expected[0]] == ["ok", "ok", "failed", "failed", "failed", "skipped", "ok"]
    assert expected[1][0]["city"] == "Zürich 🎉"
    account.reset_contacts()
    assert outcomes_and_metadata(account, SOURCES[source](tmp_path)) == expected


@pytest.mark.parametrize("source", ["parquet", "arrow table", "arrow batches, some empty", "polars", "duckdb", "sqlite3"])
def test_awaited_run_reads_source(account: Account, tmp_path: Path, source: str) -> None:
    async def synced() -> Any:
        async with account.sandbox.async_client() as client:
            return await sync_metadata(client, account.device, SOURCES[source](tmp_path))

    assert asyncio.run(synced()).counts == {"ok": 3, "skipped": 1, "failed": 3, "unknown": 0}


TEXTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=1, max_size=6)


@settings(max_examples=60)
@given(TEXTS)
def test_texts_are_unchanged_in_every_source(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("texts")
    rows: list[dict[str, Any]] = [{"phone": "+1", "a": text} for text in texts]
    table = pyarrow.table(arrow_columns(rows))
    lines = folder / "rows.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    as_dictionary = table.set_column(1, "a", table["a"].dictionary_encode())
    for source in (as_parquet(folder, rows), table, as_dictionary, pandas.DataFrame(rows), polars.DataFrame(rows), lines):
        assert [row.cells for row in read(source).stream] == rows
    lines.unlink()


LONG = [447362053576, 431999999999999, 431234567890123]


def contacts_of(rows: Any, **options: Any) -> list[str | None]:
    return [outcome.contact for outcome in planned(rows, **options)]


@pytest.mark.parametrize(
    "column",
    [
        pandas.Series(LONG, dtype="int64"),
        pandas.Series([*LONG, None]),  # floats of 64 bits: whole up to 2^53, which has 16 digits
        pandas.Series([*LONG, None], dtype="Int64"),
        pandas.Series([str(number) for number in LONG]),
        pandas.Series([f"00{number}" for number in LONG]),
        pandas.Series([Decimal(f"{number}.0000") for number in LONG]),
        pandas.Series(LONG, dtype="uint64[pyarrow]"),
    ],
)
def test_phone_numbers_keep_fifteen_digits(column: Any) -> None:
    frame = pandas.DataFrame({"phone": column, "a": "x"})
    expected = [f"{number}@c.us" for number in LONG]
    assert contacts_of(frame)[:3] == expected
    table = pyarrow.Table.from_pandas(frame)
    assert contacts_of(table)[:3] == contacts_of(polars.from_arrow(table))[:3] == expected
    assert contacts_of(duckdb.connect().from_arrow(table))[:3] == expected


def test_float_with_lost_digits_is_rejected(tmp_path: Path) -> None:
    coarse: dict[str, Any] = {"phone": numpy.array([447362053576], dtype="float32"), "a": ["x"]}
    path = tmp_path / "coarse.parquet"
    parquet.write_table(pyarrow.table(coarse), path)
    frame = pandas.DataFrame(coarse)
    for source in (frame, frame.astype({"phone": "Float32"}), pyarrow.table(coarse), polars.DataFrame(coarse), path):
        with pytest.raises(InputError, match=r"'phone' is of 32-bit floats.*as text, or as integers"):
            contacts_of(source)
    [row] = planned([{"phone": coarse["phone"][0], "a": "x"}])
    assert (row.status, row.message) == (
        "failed",
        "contact is a float with fewer digits than a phone number: read the column as text",
    )
    [row] = planned([{"phone": 1e17, "a": "x"}])
    assert row.kind == "InvalidRow (contact: lost digits)"


def test_map_keeps_float32_as_float(account: Account) -> None:
    frame = pandas.DataFrame({"phone": numpy.array([447362053576, 3], dtype="float32"), "size": numpy.array([3, 3], "float32")})
    [first, second] = account.client.map(account.client.chats.list, frame, device=account.device).collect()
    assert (first.input["phone"], second.input) == (447362039808.0, {"phone": 3, "size": 3})
    assert isinstance(first.input["phone"], float)


def values_of(account: Account, rows: Any) -> list[str | None]:
    """The value written to `a`, or None if the row failed."""
    account.reset_contacts()
    statuses = [one.status for one in stream_metadata(account.client, account.device, rows)]
    return [account.metadata(n).get("a") if status != "failed" else None for n, status in enumerate(statuses)]


NOON, EPOCH = datetime(2026, 1, 31, 12, tzinfo=UTC), "1970-01-01T00:00:00"


@pytest.mark.parametrize(
    ("kind", "cells", "written"),
    [
        (pyarrow.bool_(), [True, False, None], ["true", "false", None]),
        (pyarrow.int64(), [2**63 - 1, -1, None], ["9223372036854775807", "-1", None]),
        (pyarrow.uint64(), [2**64 - 1, 0, None], ["18446744073709551615", "0", None]),
        (pyarrow.float64(), [1.5, 3.0, float("nan")], ["1.5", "3", None]),
        (pyarrow.decimal128(38, 2), [Decimal("12.50"), Decimal("0.00"), None], ["12.50", "0.00", None]),
        (pyarrow.date32(), [date(2026, 1, 31), date(1, 1, 1), None], ["2026-01-31", "0001-01-01", None]),
        (pyarrow.timestamp("s"), [datetime(2026, 1, 31, 12), None, None], ["2026-01-31T12:00:00", None, None]),
        (pyarrow.timestamp("us", "UTC"), [NOON, None, None], ["2026-01-31T12:00:00Z", None, None]),
        (pyarrow.timestamp("ns"), [1, 1000, -1], [f"{EPOCH}.000000001", f"{EPOCH}.000001", "1969-12-31T23:59:59.999999999"]),
        (pyarrow.timestamp("ns", "Europe/Oslo"), [1, 1000, None], [f"{EPOCH}.000000001Z", f"{EPOCH}.000001Z", None]),
        (pyarrow.null(), [None, None, None], [None, None, None]),
    ],
)  # fmt: skip
def test_values_are_serialized_alike_for_all_sources(
    account: Account, tmp_path: Path, kind: Any, cells: list[Any], written: list[str | None]
) -> None:
    table = pyarrow.table({"phone": PHONES[:3], "a": pyarrow.array(cells, type=kind), "b": ["x"] * 3})
    parquet.write_table(table, tmp_path / "values.parquet")
    for source in (table, tmp_path / "values.parquet", polars.from_arrow(table), table.to_pandas(types_mapper=pandas.ArrowDtype)):
        assert values_of(account, source) == written


@pytest.mark.parametrize(
    ("kind", "cell", "message"),
    [
        (pyarrow.list_(pyarrow.int8()), [1], "a: a list can't be written as metadata"),
        (pyarrow.struct({"b": pyarrow.int8()}), {"b": 1}, "a: a mapping can't be written as metadata"),
        (pyarrow.binary(), b"x", "a is of type bytes; decode it"),
        (pyarrow.duration("s"), 5, "a is of type timedelta; pass value.total_seconds()"),
        (pyarrow.time64("us"), 5, "a is of type time"),
        (pyarrow.float64(), float("inf"), "a is infinite"),
        (pyarrow.timestamp("s"), 10**12, "a: Python has no value for this cell of type timestamp"),
        (pyarrow.timestamp("s", "Mars/Base"), 5, "a: Python has no value for this cell"),
    ],
)
def test_unsupported_cell_fails_its_row_only(kind: Any, cell: Any, message: str) -> None:
    table = pyarrow.table({"phone": PHONES[:2], "a": pyarrow.array([cell, None], type=kind), "b": ["x", "x"]})
    [wrong, right] = planned(table)
    assert right.status == "ok"
    assert (wrong.status, wrong.attempts) == ("failed", 0)
    assert str(wrong.message).startswith(message)
    assert wrong.input["phone"] == PHONES[0]


def test_unconvertible_item_of_map_fails_alone(account: Account) -> None:
    table = pyarrow.table({"contact": WIDS[:2], "note": pyarrow.array([10**12, None], type=pyarrow.timestamp("s"))})
    wrong, right = account.client.map(account.client.contacts.get_metadata, table, device=account.device).collect()
    assert (wrong.status, right.status) == ("failed", "ok")
    assert "note: Python has no value" in str(wrong.error)


def test_empty_table_is_valid(tmp_path: Path) -> None:
    table = pyarrow.table(arrow_columns(ROWS)).slice(0, 0)
    sources = [as_parquet(tmp_path), table, table.to_pandas(), polars.from_arrow(table), duckdb.connect().from_arrow(table)]
    parquet.write_table(table, sources[0])
    assert [contacts_of(source) for source in sources] == [[]] * 5


def test_damaged_file_is_rejected(tmp_path: Path) -> None:
    whole = as_parquet(tmp_path).read_bytes()
    for content in (b"PAR1", whole[: len(whole) // 2], b"PAR1" + b"x" * 100 + b"PAR1"):
        (tmp_path / "cut.parquet").write_bytes(content)
        with pytest.raises(InputError, match=r"cut\.parquet.*not a readable Parquet file"):
            contacts_of(tmp_path / "cut.parquet")
    (tmp_path / "empty.parquet").touch()
    with pytest.raises(InputError, match="is empty"):
        contacts_of(tmp_path / "empty.parquet")


@pytest.mark.parametrize("options", [ReadOptions(encoding="utf-8"), ReadOptions(delimiter=";")])
def test_parquet_rejects_text_options(tmp_path: Path, options: ReadOptions) -> None:
    # Detected by its first bytes, whatever its name.
    path = as_parquet(tmp_path).rename(tmp_path / "rows.dat")
    assert open_rows(path).total == len(ROWS)
    with pytest.raises(InputError, match=r"\(--(encoding|delimiter)\) has no effect on the Parquet file"):
        open_rows(path, options)


def test_interrupted_source_is_an_error(account: Account) -> None:
    def batches() -> Iterator[Any]:
        yield pyarrow.record_batch(arrow_columns(ROWS[:2]))
        raise OSError("the disk is gone")

    schema = pyarrow.table(arrow_columns(ROWS[:2])).schema
    with pytest.raises(InputError, match=r"after 2 rows: .*the disk is gone"):
        account.sync(pyarrow.RecordBatchReader.from_batches(schema, batches()))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (pyarrow.array([1]), "Array is not an Arrow table"),
        (pyarrow.chunked_array([[1]]), "ChunkedArray is not an Arrow table"),
        (polars.LazyFrame({"phone": ["+1"]}), "LazyFrame has no rows yet"),
        (pyarrow.table([["+1"], ["a"], ["b"]], names=["phone", "a", "a"]), "more than one column 'a'"),
        (pandas.DataFrame([["+1", 1, 2]], columns=["phone", "a", "a"]), "more than one column 'a'"),
        (sqlite3.connect(":memory:").execute("SELECT 1"), r"first row is of type tuple.*row_factory"),
    ],
)
def test_source_that_is_not_a_table_is_rejected(source: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        contacts_of(source)


def test_missing_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, account: Account) -> None:
    path, table = as_parquet(tmp_path), pyarrow.table({"chat": ["x"]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for source in (path, table):
        with pytest.raises(InputError, match=r"needs pyarrow: python3 -m pip install 'sparkbot\[arrow\]'"):
            contacts_of(source)
    with pytest.raises(InvalidArgumentError, match=r"sparkbot\[arrow\]") as refused:
        account.client.map(account.client.chats.get, table)
    assert refused.value.field == "items"


def stop_after_one(account: Account, rows: Any, **options: Any) -> None:
    with closing(stream_metadata(account.client, account.device, rows, **options)) as stream:
        assert next(stream).status == "ok"


@pytest.mark.parametrize("source", ["parquet", "arrow table", "arrow batches, some empty", "duckdb", "sqlalchemy", "pandas"])
def test_resume_accepts_same_rows_only(account: Account, tmp_path: Path, source: str) -> None:
    options: dict[str, Any] = {"journal": tmp_path / "run.journal", "resume": True}
    stop_after_one(account, SOURCES[source](tmp_path), **options)
    in_another_order = pyarrow.table(arrow_columns([ROWS[1], ROWS[0], *ROWS[2:]]))
    with pytest.raises((InputError, JournalError), match=r"row 0, counted from 0, is not the row|the input is another file"):
        account.sync(in_another_order, **options)
    again = account.sync(SOURCES[source](tmp_path), **options)
    assert (again.ok, again.failed, again.resumed >= 1) == (3, 3, True)


def test_parquet_file_is_identified_by_content(account: Account, tmp_path: Path) -> None:
    options: dict[str, Any] = {"journal": tmp_path / "run.journal", "resume": True}
    account.sync(as_parquet(tmp_path), **options)
    written = account.writes()
    again = account.sync(as_parquet(tmp_path), **options)
    # One of the failed rows was sent.
    assert (again.resumed, account.writes() - written) == (3, 1)
    stop_after_one(account, as_parquet(tmp_path), **{**options, "resume": False, "restart": True})
    with pytest.raises(JournalError, match="the input is another file, or was changed"):
        account.sync(as_parquet(tmp_path, [*ROWS, ROWS[0]]), **options)
