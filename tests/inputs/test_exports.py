"""An export that is synced back changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas  # type: ignore[import-untyped]  # has no type hints
import polars
import pytest

import sparkbot
from sparkbot.export import export_contacts
from sparkbot.sync import sync_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Keys and values that formats and spreadsheets tend to change.
ODD = {
    "447400123456@c.us": {"tier": "gold", "phone": "+44 20", "formula": "=1+1"},
    "447400123457@c.us": {"sparkbot_wid": "x", "sparkbot_row": "y", "quoted": "'+44 20", "apostrophe": "'"},
    "447400123458@c.us": {"spaces": " a ", "lines": "a\nb", "null": "NULL", "number": "007", "date": "2026-01-31"},
}


@pytest.fixture(scope="module")
def account() -> Iterator[tuple[Any, str]]:
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.list()[0]["id"]
        for wid, metadata in ODD.items():
            sandbox.seed(contacts=[{"wid": wid, "device": device, "metadata": metadata}])
        yield client, device


def to_file(name: str, **options: Any) -> Callable[[Any, str, Path], Any]:
    def export(client: Any, device: str, folder: Path) -> Any:
        export_contacts(client, device, folder / name, progress="off", **options)
        return folder / name

    return export


EXPORTS: dict[str, Callable[[Any, str, Path], Any]] = {
    "list": lambda client, device, _: list(export_contacts(client, device)),
    "csv": to_file("rows.csv"),
    "spreadsheet": to_file("rows.csv", spreadsheet=True),
    "json lines": to_file("rows.jsonl"),
    "parquet": to_file("rows.parquet"),
    "pandas": lambda client, device, _: pandas.DataFrame(list(export_contacts(client, device))),
    "polars": lambda client, device, _: polars.DataFrame(list(export_contacts(client, device)), infer_schema_length=None),
}


@pytest.mark.parametrize("compare", ["service", None])
def test_clearing_leaves_keys_alone_that_a_contact_lacks(account: tuple[Any, str], tmp_path: Path, compare: Any) -> None:
    client, device = account
    before = list(export_contacts(client, device))
    path = to_file("rows.csv")(client, device, tmp_path)
    report = sync_metadata(client, device, path, empty="clear", compare=compare, progress="off")
    assert (report.failed, report.unknown) == (0, 0), report.failures
    assert list(export_contacts(client, device)) == before
    wid = next(iter(ODD))
    rows = [{"wid": wid, "tier": "", "nothing": ""}]
    assert sync_metadata(client, device, rows, empty="clear", compare=compare, progress="off").ok == 1
    assert client.contacts.get_metadata(device, wid) == {**ODD[wid], "tier": ""}
    sync_metadata(client, device, [{"wid": wid, "tier": "gold"}], progress="off")


@pytest.mark.parametrize("kind", EXPORTS)
def test_export_synced_back_changes_nothing(account: tuple[Any, str], tmp_path: Path, kind: str) -> None:
    client, device = account
    before = list(export_contacts(client, device))
    report = sync_metadata(client, device, EXPORTS[kind](client, device, tmp_path), compare="service", progress="off")
    assert (report.ok, report.failed, report.unknown) == (0, 0, 0), report.failures
    assert list(export_contacts(client, device)) == before


def test_chosen_key_may_have_a_reserved_name(account: tuple[Any, str], tmp_path: Path) -> None:
    client, device = account
    path = tmp_path / "rows.csv"
    assert export_contacts(client, device, path, keys=["sparkbot_wid", "tier"], progress="off").keys == ("sparkbot_wid", "tier")
    header, *rows = path.read_text("utf-8-sig").splitlines()
    assert header == "sparkbot_wid,sparkbot_phone,sparkbot_name,metadata:sparkbot_wid,tier"
    assert [row.split(",")[3:] for row in rows if row.startswith("447400123457")] == [["x", ""]]
    with pytest.raises(sparkbot.errors.InvalidArgumentError, match="keys is 'tier': give a list"):
        export_contacts(client, device, path, keys="tier")
