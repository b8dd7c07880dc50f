"""Exports: complete, unchanged by a round trip, and atomic."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pyarrow.parquet  # type: ignore[import-untyped]  # has no types of its own
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sparkbot
from sparkbot.errors import InvalidArgumentError, ServerError
from sparkbot.sync import InputError
from tests.conftest import CHAT, DEVICE, Api
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from pathlib import Path

MANY = 1203
FORMS = (".csv", ".jsonl", ".parquet")
#: What a file must keep: formulas, quotation marks, delimiters, line breaks, empty values, a key that names a contact elsewhere.
ODD = [
    {"note": '=HYPERLINK("http://example.com","x")', "phone": "+44 20 7946 0000"},
    {"note": "@SUM(1)", "name": "a,b;c", "wid": "not one"},
    {"note": "two\r\nlines", "name": '"quoted"'},
    {"note": "", "name": " spaced "},
    {"note": "Zoë 🦀 <script>"},
]


@pytest.fixture
def stocked(sandbox: sparkbot.Sandbox) -> sparkbot.Sandbox:
    """Three pages of contacts, some without metadata."""
    contacts = [
        {
            "device": DEVICE,
            "wid": f"44740091{number:04d}@c.us",
            "name": f"No {number}",
            "metadata": ODD[number] if number < len(ODD) else {"tier": "gold"} if number % 3 else {},
        }
        for number in range(MANY)
    ]
    sandbox.seed(contacts=contacts)
    return sandbox


def exported(api: Api, path: Path | None = None, **options: Any) -> Any:
    return api(lambda client: sparkbot.export_contacts(client, "Front Desk", path, **options))


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, without the cells that are empty."""
    rows: list[dict[str, Any]]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    elif path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    else:
        rows = pyarrow.parquet.read_table(path).to_pylist()
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def test_every_contact_is_one_row(api: Api, stocked: sparkbot.Sandbox) -> None:
    rows = {row["sparkbot_wid"]: row for row in exported(api)}
    wanted = {f"44740091{number:04d}@c.us" for number in range(MANY)} | {CHAT}
    assert wanted <= rows.keys()
    assert rows[CHAT] == {**rows[CHAT], "tier": "silver", "city": "Oslo"}
    assert rows["447400910000@c.us"]["sparkbot_name"] == "No 0"
    for number, metadata in enumerate(ODD):
        row = rows[f"44740091{number:04d}@c.us"]
        assert {name: cell for name, cell in row.items() if not name.startswith("sparkbot_")} == metadata


@pytest.mark.parametrize("form", FORMS)
def test_sync_of_export_writes_nothing(api: Api, stocked: sparkbot.Sandbox, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"contacts{form}"
    done = exported(api, path)
    rows = read(path)
    assert (done.rows, set(done.keys)) == (len(rows), {"tier", "city", "note", "phone", "name", "wid"})
    assert rows == [{name: cell for name, cell in row.items() if cell} for row in exported(api)]
    before = len(stocked.requests)
    given: Any = path if form != ".parquet" else pyarrow.parquet.read_table(path).to_pylist()
    report = api(lambda client: sparkbot.sync_metadata(client, DEVICE, given, compare="service", concurrency=64))
    assert (report.rows, report.ok, report.failed, report.unknown) == (len(rows), 0, 0, 0)
    assert {request["method"] for request in stocked.requests[before:]} == {"GET"}


@settings(max_examples=20)
@given(values=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30), max_size=12))
def test_csv_export_keeps_any_text(sandbox: sparkbot.Sandbox, tmp_path: Path, values: list[str]) -> None:
    sandbox.reset()
    contacts = [{"device": DEVICE, "wid": f"44770092{n:04d}@c.us", "metadata": {"v": value}} for n, value in enumerate(values)]
    sandbox.seed(devices=[{"id": DEVICE}], contacts=contacts)
    with sandbox.client() as client:
        sparkbot.export_contacts(client, DEVICE, tmp_path / "any.csv")
    with (tmp_path / "any.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["sparkbot_wid"]: row.get("v") for row in csv.DictReader(file)}
    assert [found[contact["wid"]] for contact in contacts] == values


def test_pages_are_read_on_demand(stocked: sparkbot.Sandbox) -> None:
    with stocked.client() as client:
        rows = sparkbot.export_contacts(client, DEVICE)
        assert not stocked.requests
        next(rows)
        pages = [request for request in stocked.requests if request["path"].endswith("/contacts")]
    assert len(pages) == 1


def test_keys_and_contacts_are_selected(api: Api, stocked: sparkbot.Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    done = exported(api, path, keys=["city", "tier"], filters={"metadata_key": ["city"]})
    assert (done.rows, done.keys) == (1, ("city", "tier"))
    header, row = path.read_text("utf-8-sig").splitlines()
    assert header == "sparkbot_wid,sparkbot_phone,sparkbot_name,city,tier"
    assert row.endswith("Oslo,silver")


def test_spreadsheet_file_has_no_formulas(stocked: sparkbot.Sandbox, tmp_path: Path) -> None:
    with stocked.client() as client:
        sparkbot.export_contacts(client, DEVICE, tmp_path / "people.csv", spreadsheet=True)
        with pytest.raises(InvalidArgumentError, match=r"\.csv"):
            sparkbot.export_contacts(client, DEVICE, tmp_path / "people.jsonl", spreadsheet=True)
    cells = [cell for row in read(tmp_path / "people.csv") for cell in row.values()]
    assert "'@SUM(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("form", FORMS)
def test_failed_export_keeps_existing_file(api: Api, stocked: sparkbot.Sandbox, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"contacts{form}"
    path.write_text("of yesterday")
    seen: list[int] = []

    def break_off(progress: Any) -> None:
        seen.append(progress.done)
        stocked.faults.status(500, path=f"/v1/chat/{DEVICE}/contacts", body="{}")

    with pytest.raises(ServerError):
        exported(api, path, on_progress=break_off)
    assert seen[0] == 500
    assert path.read_text() == "of yesterday"
    assert os.listdir(tmp_path) == [path.name]


def test_cancelled_export_leaves_no_files(stocked: sparkbot.Sandbox, tmp_path: Path) -> None:
    async def cancelled() -> None:
        async with stocked.async_client() as client:
            begun = asyncio.Event()
            loop = asyncio.get_running_loop()
            export = sparkbot.export_contacts(
                client, DEVICE, tmp_path / "contacts.jsonl", on_progress=lambda _: loop.call_soon_threadsafe(begun.set)
            )
            task = asyncio.ensure_future(export)
            await begun.wait()
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()

    asyncio.run(cancelled())
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["contacts.xlsx", "no folder/contacts.csv", "no folder/contacts.jsonl"])
def test_unwritable_file_is_rejected_before_reading(api: Api, sandbox: sparkbot.Sandbox, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"must end in|can't be written"):
        exported(api, tmp_path / name)
    assert not sandbox.requests


def command(sandbox: sparkbot.Sandbox, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "SPARKBOT_BASE_URL": sandbox.url, "SPARKBOT_API_KEY": sandbox.api_key}
    return subprocess.Popen(
        [sys.executable, "-m", "sparkbot", "export", *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_command_writes_file(stocked: sparkbot.Sandbox, tmp_path: Path) -> None:
    process = command(stocked, "Front Desk", "--out", tmp_path / "contacts.csv", "--metadata", "tier")
    said, shown = process.communicate(timeout=HANG_TIMEOUT)
    rows = read(tmp_path / "contacts.csv")
    assert (process.returncode, f"{len(rows):,} contacts with 1 metadata keys" in said) == (0, True)
    assert f"{len(rows):,} contacts" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_control_c_leaves_no_partial_file(stocked: sparkbot.Sandbox, tmp_path: Path) -> None:
    stocked.faults.latency(30, path=f"/v1/chat/{DEVICE}/contacts", after=1)
    process = command(stocked, DEVICE, "--out", tmp_path / "contacts.jsonl")
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, complained = process.communicate(timeout=HANG_TIMEOUT)
    assert "500 contacts" in first
    assert (process.returncode, complained.strip().splitlines()[-1]) == (130, "Interrupted: nothing was written.")
    assert os.listdir(tmp_path) == []
