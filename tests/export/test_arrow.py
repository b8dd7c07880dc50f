"""Responses, exports and outcomes as Arrow data, read by DuckDB, polars and pandas."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import duckdb
import pandas  # type: ignore[import-untyped]  # has no types of its own
import polars
import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest

import sparkbot
from sparkbot import errors, export_contacts, frames
from sparkbot.frames import columns
from sparkbot.sync import stream_metadata, sync_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
TIERS = ["gold", "silver", None] * 400


def wid(number: int) -> str:
    return f"44740090{number:04}@c.us"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[sparkbot.Sandbox]:
    """A device with 1,200 contacts: three pages."""
    with sparkbot.Sandbox() as sandbox:
        metadata: list[dict[str, str]] = [{} if tier is None else {"tier": tier} for tier in TIERS]
        contacts = [{"device": DEVICE, "wid": wid(number), "metadata": pairs} for number, pairs in enumerate(metadata)]
        sandbox.seed(devices=[{"id": DEVICE, "alias": "Front Desk"}], contacts=contacts)
        yield sandbox


@pytest.fixture
def client(sandbox: sparkbot.Sandbox) -> Iterator[sparkbot.Client]:
    with sandbox.client() as client:
        yield client


def by_duckdb(data: Any) -> list[Any]:
    """The function's parameter is what the query reads."""
    return [row[0] for row in duckdb.execute("SELECT tier FROM data").fetchall()]


def by_polars(data: Any) -> list[Any]:
    return list(polars.DataFrame(data)["tier"])


def by_pandas(data: Any) -> list[Any]:
    tiers = pandas.DataFrame.from_arrow(data)["tier"]
    return [None if missing else tier for tier, missing in zip(tiers, tiers.isna(), strict=True)]


READERS = [by_duckdb, by_polars, by_pandas]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("keys", [None, ["tier"]])
def test_libraries_read_an_export(client: sparkbot.Client, read: Callable[[Any], list[Any]], keys: Any) -> None:
    data = export_contacts(client, "Front Desk", library="arrow", keys=keys)
    assert hasattr(data, "__arrow_c_stream__")
    assert read(data) == TIERS


@pytest.mark.parametrize("read", READERS)
def test_libraries_read_a_list(client: sparkbot.Client, read: Callable[[Any], list[Any]]) -> None:
    table = frames.contacts(client.contacts.iter(DEVICE, size=500), library="arrow")
    assert read(table.rename_columns({"metadata.tier": "tier"})) == TIERS


@pytest.mark.parametrize("read", READERS)
def test_libraries_read_outcomes(client: sparkbot.Client, read: Callable[[Any], list[Any]]) -> None:
    items = [{"contact": wid(number)} for number in range(3)]
    run = client.map(client.contacts.get_metadata, items, device=DEVICE)
    table = frames.outcomes(run, library="arrow")
    assert table["input.contact"].to_pylist() == [wid(number) for number in range(3)]
    assert read(table.rename_columns({"result.tier": "tier"})) == TIERS[:3]


def test_stream_requests_pages_as_they_are_read(client: sparkbot.Client, sandbox: sparkbot.Sandbox) -> None:
    before = len(sandbox.requests.of("contacts.list"))
    reader = export_contacts(client, "Front Desk", library="arrow", keys=["tier"])
    assert len(sandbox.requests.of("contacts.list")) == before
    assert reader.read_next_batch().num_rows == 500
    assert len(sandbox.requests.of("contacts.list")) == before + 1
    assert reader.read_all().num_rows == 700


def test_keys_select_and_order_columns(client: sparkbot.Client) -> None:
    own = ["sparkbot_wid", "sparkbot_phone", "sparkbot_name"]
    reader = export_contacts(client, DEVICE, library="arrow", keys=["none", "tier"])
    assert reader.schema.names == [*own, "none", "tier"]
    assert set(reader.schema.types) == {pyarrow.string()}
    table = export_contacts(client, DEVICE, library="arrow", filters={"metadata_key": ["tier"]})
    assert (table.column_names, table.num_rows) == ([*own, "tier"], 800)


def test_awaited_export_is_a_table(sandbox: sparkbot.Sandbox) -> None:
    async def export() -> Any:
        async with sandbox.async_client() as client:
            return await export_contacts(client, "Front Desk", library="arrow", keys=["tier"])

    table = asyncio.run(export())
    assert table["tier"].to_pylist() == TIERS


def test_export_can_be_synced_again(client: sparkbot.Client) -> None:
    table = export_contacts(client, DEVICE, library="arrow")
    report = sync_metadata(client, DEVICE, table, compare="service")
    assert (report.rows, report.ok, report.failed) == (1200, 0, 0)


def test_error_of_a_page_reaches_the_reader(client: sparkbot.Client) -> None:
    reader = export_contacts(client, "Nobody", library="arrow", keys=["tier"])
    with pytest.raises(errors.InvalidArgumentError, match="'Nobody' matches no device"):
        reader.read_all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"library": "pandas"}, "library is 'pandas'; it must be 'arrow'"),
        ({"library": "arrow", "path": "contacts.csv"}, "give only one"),
        ({"library": "arrow", "keys": "tier"}, r"such as \['tier'\]"),
    ],
)
def test_invalid_options_are_rejected(client: sparkbot.Client, options: Any, message: str) -> None:
    with pytest.raises(errors.InvalidArgumentError, match=message):
        export_contacts(client, DEVICE, **options)


def test_missing_pyarrow_error_names_the_extra(client: sparkbot.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"needs pyarrow: pip install 'sparkbot\[arrow\]'"):
        export_contacts(client, DEVICE, library="arrow")


def test_outcomes_have_declared_columns(client: sparkbot.Client) -> None:
    rows = [{"phone": "+447400900001", "tier": "gold"}, {"phone": "nobody", "tier": "gold"}]
    table = frames.outcomes(stream_metadata(client, DEVICE, rows), library="arrow")
    assert table["status"].to_pylist() == ["ok", "failed"]
    assert table["error.type"].to_pylist() == [None, "InvalidRow"]
    assert table.schema.field("error.status_code").type == pyarrow.int64()
    declared = [name for name in table.column_names if not name.startswith("input.")]
    assert set(frames.outcomes([], library="arrow").column_names) == set(declared) - {"result", "input"}


def test_outcomes_of_other_types_are_rejected(client: sparkbot.Client) -> None:
    with pytest.raises(errors.InvalidArgumentError, match=r"outcomes\[0\] is of type dict, not an Outcome"):
        frames.outcomes([{"status": "ok"}])  # type: ignore[list-item]
    with pytest.raises(errors.InvalidArgumentError, match="pass a list of dicts"):
        frames.outcomes(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["timeline", "errors_by_type", "latency", "failures"])
def test_report_parts_are_arrow_tables(client: sparkbot.Client, part: Any) -> None:
    rows = [{"phone": "+447400900001", "tier": "gold"}, {"phone": 7.5, "tier": 3}]
    report = sync_metadata(client, DEVICE, rows)
    table = report.to_frame(part, library="arrow")
    assert table.column_names == list(report.to_frame(part, library="pandas").columns)
    assert table.num_rows >= 1
