"""Mappings: the values they produce, and the messages of invalid ones."""

from __future__ import annotations

import doctest
import math
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy
import pandas  # type: ignore[import-untyped]  # has no types of its own
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sync.accounts import OTHER, PHONES, WIDS, Account

import sparkbot
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import InputError, JournalError, retry_failed, stream_metadata
from sparkbot.sync.columns.cell_types import TYPES, CellParseError, make_parser
from sparkbot.sync.columns.mapping import read

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
[phone]
column = "mobile"
country_code = "44"

[device]
column = "via"
value = "Field Team"

[metadata]
city = "City"

[metadata.tier]
column = "Tier"
default = "bronze"

[metadata.source]
constant = "crm"

[metadata.renewal]
column = "due"
type = "date"
format = "%d.%m.%Y"

[metadata.score]
column = "Score"
type = "decimal"
format = "1.234,56"
empty = "clear"

[metadata.vip]
column = "VIP"
type = "bool"
format = "Ja/Nein"
empty = "fail"
"""
ROW = {
    "mobile": "07400 900000",
    "via": None,
    "City": "Oslo",
    "Tier": "",
    "due": "31.1.2026",
    "Score": "1.234,50",
    "VIP": "ja",
    "Notes": "not taken",
}
WRITTEN = {"city": "Oslo", "tier": "bronze", "source": "crm", "renewal": "2026-01-31", "score": "1234.50", "vip": "true"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "crm.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_mapping_defines_keys(account: Account, file: Path) -> None:
    report = sparkbot.sync_metadata(account.client, None, [ROW], mapping=file)
    assert report.ok == 1
    assert account.metadata(0, OTHER) == WRITTEN
    # An empty cell takes the default, clears the value, or fails the row; the device column overrides the default device.
    later = {**ROW, "via": account.device, "Tier": "gold", "Score": " ", "due": None}
    assert sparkbot.sync_metadata(account.client, None, [later], mapping=str(file)).ok == 1
    # This contact has no score to clear.
    written = {**WRITTEN, "tier": "gold"}
    del written["renewal"], written["score"]
    assert account.metadata(0) == written
    assert sparkbot.sync_metadata(account.client, OTHER, [{**later, "via": None}], mapping=str(file)).ok == 1
    assert account.metadata(0, OTHER)["score"] == ""
    # Options override the mapping.
    abroad = {**ROW, "mobile": PHONES[1]}
    assert sparkbot.sync_metadata(account.client, account.device, [abroad], mapping=file).ok == 1
    assert account.metadata(1)["source"] == "crm"
    assert sparkbot.sync_metadata(account.client, None, [ROW], mapping=file, country_code="1").failed == 1
    assert sparkbot.sync_metadata(account.client, None, [ROW], mapping=file, country_column="City").failed == 1


def test_country_column_of_a_mapping_is_used_for_each_row(account: Account) -> None:
    rows = [{"mobile": PHONES[0].replace("+44", "0"), "land": "GB"}, {"mobile": "0612 345678", "land": "FR"}]
    mapping = {"phone": {"column": "mobile", "country_column": "land"}, "metadata": {"land": "land"}}
    outcomes = list(stream_metadata(account.client, account.device, rows, mapping=mapping, dry_run=True))
    assert [outcome.contact for outcome in outcomes] == [WIDS[0], "33612345678@c.us"]
    mapping["phone"]["country_column"] = "lang"
    with pytest.raises(InputError, match=r"mapping: phone\.country_column: the input has no column 'lang' \(did you mean 'land'"):
        sparkbot.sync_metadata(account.client, account.device, rows, mapping=mapping)


def test_cell_of_wrong_type_fails_its_row_unsent(account: Account, file: Path, tmp_path: Path) -> None:
    rows = [{**ROW, "due": "2026-01-31"}, {**ROW, "Score": "1,5e3"}, {**ROW, "VIP": None}, {**ROW, "via": "Nobody"}, ROW]
    before = account.writes()
    report = sparkbot.sync_metadata(account.client, None, rows, mapping=file, journal=tmp_path / "run.journal")
    assert (report.failed, report.ok, account.writes() - before) == (4, 1, 1)
    assert [failure.kind for failure in report.failures] == [
        "InvalidRow (renewal: no date)",
        "InvalidRow (score: no decimal)",
        "InvalidRow (vip: empty)",
        "InvalidRow (row)",
    ]
    assert report.failures[0].message == (
        "renewal: the column 'due' holds '2026-01-31', which is not a date in the format %d.%m.%Y, such as 31.12.2026"
    )
    assert report.failures[1].message == "score: the column 'Score' holds '1,5e3', which is not a decimal in the format 1.234,56"
    assert [failure.to_dict()["error"]["field"] for failure in report.failures[:2]] == ["renewal", "score"]
    again = retry_failed(account.client, report)
    assert again.errors_by_type.keys() == report.errors_by_type.keys()


def test_changed_mapping_is_another_run(account: Account, file: Path, tmp_path: Path) -> None:
    options: dict[str, Any] = {"mapping": file, "journal": tmp_path / "run.journal", "resume": True}
    with closing(stream_metadata(account.client, None, [ROW, ROW], **options)) as stream:
        next(stream)
    file.write_text(FILE.replace('"crm"', '"erp"'), encoding="utf-8")
    with pytest.raises(JournalError, match=r"the metadata was .*crm.* and is .*erp"):
        sparkbot.sync_metadata(account.client, None, [ROW, ROW], **options)


def parse_or_message(kind: str, form: str | None, cell: Any) -> Any:
    try:
        return make_parser(kind, form)(cell)
    except CellParseError as error:
        return f"! {error}"


@pytest.mark.parametrize(
    ("kind", "form", "cell", "expected"),
    [
        ("integer", None, " 0042 ", 42),
        ("integer", None, "42.0", 42),
        ("integer", None, 42.0, 42),
        ("integer", None, Decimal("42.00"), 42),
        ("integer", None, numpy.int8(42), 42),
        ("integer", "1,234", "-1,234,567", -1234567),
        ("integer", "1.234", "1.234", 1234),
        ("integer", "1 234", "1\u202f234", 1234),
        ("integer", None, 12345678901234567890, 12345678901234567890),
        ("integer", None, 1e17, "! a float beyond 2^53, which has lost digits: read the column as text"),
        ("integer", None, "1,234", "! not an integer"),
        ("integer", "1,234", "1,5", "! not an integer in the format 1,234"),
        ("integer", None, True, "! not an integer"),
        ("integer", None, 4.5, "! not an integer"),
        ("integer", None, "9" * 301, "! not an integer"),
        ("decimal", None, "12.50", Decimal("12.50")),
        ("decimal", "1234,56", "12,50", Decimal("12.50")),
        ("decimal", "1,234.56", "1,234,567.5", Decimal("1234567.5")),
        ("decimal", "1'234.56", "1’234.5", Decimal("1234.5")),
        ("decimal", "1.234,56", "12.5", "! not a decimal in the format 1.234,56"),
        ("decimal", None, "1e5", "! not a decimal"),
        ("decimal", None, 0.1, 0.1),
        ("decimal", None, math.inf, "! not a decimal"),
        ("bool", None, "YES", True),
        ("bool", None, 0, False),
        ("bool", None, numpy.bool_(True), True),
        ("bool", "x/-", "-", False),
        ("bool", "Ja/Nein", "yes", "! neither ja nor nein"),
        ("bool", None, 1.0, "! neither true or yes or 1 nor false or no or 0"),
        ("date", None, "2026-01-31", date(2026, 1, 31)),
        ("date", None, "2026-01-31 00:00:00", date(2026, 1, 31)),
        ("date", None, datetime(2026, 1, 31), date(2026, 1, 31)),
        ("date", None, pandas.Timestamp("2026-01-31"), date(2026, 1, 31)),
        ("date", None, numpy.datetime64("2026-01-31T00:00:00.000000000"), date(2026, 1, 31)),
        ("date", "%m/%d/%y", "1/31/26", date(2026, 1, 31)),
        ("date", None, "2026-01-31T12:00", "! a date with a time: use the type 'datetime'"),
        ("date", None, "31.1.2026", "! not a date in ISO form, such as 2026-12-31"),
        ("date", None, 20260131, "! not a date in ISO form, such as 2026-12-31"),
        ("date", "{%d.%m.%Y}", "x", "! not a date in the format {%d.%m.%Y}, such as {31.12.2026}"),
        ("datetime", None, "2026-01-31T12:00:00Z", datetime.fromisoformat("2026-01-31T12:00:00+00:00")),
        ("datetime", "%d.%m.%Y %H:%M", "31.01.2026 09:05", datetime(2026, 1, 31, 9, 5)),
        ("datetime", None, "soon", "! not a datetime in ISO form, such as 2026-12-31T18:30:00"),
        ("json", None, {"b": [1, date(2026, 1, 31), Decimal("1.50")]}, '{"b":[1,"2026-01-31","1.50"]}'),
        ("json", None, '{"b": 1}', '{"b": 1}'),
        ("json", None, {"b": b""}, "! not serializable as JSON (it contains a bytes)"),
        ("text", None, " as it is", " as it is"),
    ],
)
def test_types_parse_cells(kind: str, form: str | None, cell: Any, expected: Any) -> None:
    parsed = parse_or_message(kind, form, cell)
    assert (parsed, type(parsed)) == (expected, type(expected))


ANYTHING = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.decimals(),
    st.lists(st.integers()),
)


@given(st.sampled_from(list(TYPES)), ANYTHING)
def test_any_cell_is_parsed_or_rejected(kind: str, cell: Any) -> None:
    mapping = {"phone": "p", "metadata": {"a": {"column": "c", "type": kind}, "b": {"constant": "x"}}}
    no_client: Any = None
    [outcome] = stream_metadata(no_client, None, [{"p": PHONES[0], "c": cell}], mapping=mapping, dry_run=True)
    assert outcome.status in ("ok", "failed")


@given(st.integers(-(10**40), 10**40), st.sampled_from([("1,234", ","), ("1 234", "_"), ("1234", "")]))
def test_integer_formats_round_trip(number: int, form: tuple[str, str]) -> None:
    written = f"{number:,}" if form[1] == "," else f"{number:_}".replace("_", " ") if form[1] else str(number)
    assert make_parser("integer", form[0])(written) == number


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({}, 'metadata: there is nothing to write: add a table for each key, such as [metadata.tier] column = "Tier"'),
        ({"phones": {}}, "phones: there is no such setting (did you mean 'phone'?); there are phone, device, metadata"),
        ({"tier": {}}, "tier: there is no such setting (is it a metadata key? then write [metadata.tier])"),
        ({"metadata": {"tier": {"colum": "x"}}}, "metadata.tier.colum: there is no such setting (did you mean 'column'?)"),
        ({"metadata": {"First Name": "x"}}, "metadata.First Name: ' ' is not allowed in a metadata key"),
        ({"metadata": {"a": {"column": "x", "constant": "y"}}}, "metadata.a: it has both column and constant"),
        ({"metadata": {"a": {}}}, "metadata.a: it has neither column nor constant; write column = … or constant = …"),
        ({"metadata": {"a": 5}}, "metadata.a: it is a number: write a table"),
        ({"metadata": ["a"]}, "metadata: it is a list: write a table for each key"),
        ({"metadata": {"a": {"column": 5}}}, "metadata.a.column: it is a number, not a text"),
        ({"metadata": {"a": {"column": " "}}}, "metadata.a.column: it is empty"),
        ({"metadata": {"a": {"column": "c", "type": "dat"}}}, "metadata.a.type: 'dat' is not one of text, integer"),
        ({"metadata": {"a": {"column": "c", "empty": "keep"}}}, "metadata.a.empty: 'keep' is not one of skip, clear, fail"),
        ({"metadata": {"a": {"column": "c", "format": "%d"}}}, "metadata.a.format: the type 'text' has no format"),
        ({"metadata": {"a": {"column": "c", "type": "date", "format": "%d.%m"}}}, "metadata.a.format: '%d.%m' does not give the"),
        ({"metadata": {"a": {"column": "c", "type": "bool", "format": "Ja"}}}, "metadata.a.format: 'Ja' is not a pair of texts"),
        ({"metadata": {"a": {"column": "c", "type": "decimal", "format": "1,5"}}}, "metadata.a.format: '1,5' is not a format of"),
        (
            {"metadata": {"a": {"column": "c", "type": "date", "default": "31.12.26"}}},
            "metadata.a.default: '31.12.26' is not a date",
        ),
        (
            {"metadata": {"a": {"column": "c", "default": ""}}},
            "metadata.a.default: it is empty: to write an empty text for empty",
        ),
        ({"metadata": {"a": {"column": "c", "default": "x", "empty": "skip"}}}, "metadata.a.empty: empty cells take the default"),
        ({"metadata": {"a": {"column": "c", "default": "x" * 301}}}, "metadata.a.default: the value has 301 characters"),
        ({"metadata": {"a": {"constant": ""}}}, "metadata.a.constant: it is empty"),
        ({"metadata": {"a": {"constant": [1]}}}, "metadata.a.constant: a list can't be written"),
        ({"metadata": {"a": {"constant": 1, "type": "text"}}}, "metadata.a.type: a constant is written unchanged"),
        ({"device": {}, "metadata": {"a": "c"}}, "device: it names no number"),
        ({"phone": {"country_code": "GBR"}, "metadata": {"a": "c"}}, 'phone.country_code: "GBR" is not a country'),
    ],
)
def test_invalid_mapping_names_location_and_fix(mapping: Any, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read(mapping)
    assert str(refused.value).startswith(f"mapping: {message}")


def test_invalid_mapping_file_names_path_and_line(tmp_path: Path) -> None:
    path = tmp_path / "crm.toml"
    for content, message in [
        (b"[phone\n", "crm.toml: not valid TOML: .*line 1"),
        (b"\xff", "not UTF-8"),
        (b"[phone]\ncolum='x'", "phone.colum"),
    ]:
        path.write_bytes(content)
        with pytest.raises(InputError, match=message):
            read(path)
    with pytest.raises(InputError, match="there is no file"):
        read(tmp_path / "other.toml")
    with pytest.raises(InputError, match="mapping is of type int"):
        read(5)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"mobil": "1", "Tier": "x"}, r"mapping: phone.column: the input has no column 'mobile' \(did you mean 'mobil'\?\)"),
        (
            {"mobile": "1", "tier": "x"},
            r"mapping: metadata.tier.column: the input has no column 'Tier' \(did you mean 'tier'\?\)",
        ),
    ],
)
def test_missing_column_stops_run(account: Account, row: dict[str, str], message: str) -> None:
    before = account.writes()
    with pytest.raises(InputError, match=message):
        account.sync([row], mapping={"phone": "mobile", "metadata": {"tier": "Tier"}})
    assert account.writes() == before


def test_contact_is_detected_if_mapping_omits_it(account: Account) -> None:
    mapping = {"metadata": {"tier": "Tier", "level": "Tier"}}
    assert account.sync([{"Mobile": PHONES[0], "Tier": "gold"}], mapping=mapping).ok == 1
    assert account.metadata(0) == {"tier": "gold", "level": "gold"}
    with pytest.raises(InputError, match=r"mapping: phone: no single column is named"):
        account.sync([{"number": PHONES[0], "Tier": "gold"}], mapping=mapping)


@pytest.mark.parametrize("option", ["id_column", "map", "only", "exclude", "device_column"])
def test_mapping_excludes_column_options(account: Account, option: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=f"pass {option} or mapping, not both"):
        account.sync([ROW], mapping={"metadata": {"city": "City"}}, **{option: {"a": "b"}})


def test_docstring_example_runs(account: Account) -> None:
    from sparkbot.sync import api

    [example] = doctest.DocTestFinder().find(
        api.sync_metadata, "sync_metadata", globs={"sparkbot": sparkbot, "client": account.client, "device": account.device}
    )
    assert len(example.examples) == 3
    assert doctest.DocTestRunner().run(example).failed == 0
