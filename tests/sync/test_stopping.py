"""Runs that end early, and syncing their failed rows again."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import pickle
import signal
import sys
import threading
import time
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest
from pyarrow import parquet
from tests.sync.accounts import PHONES, Account
from tests.time_limits import NEVER

import sparkbot
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import InputError, Outcome, TooManyErrors, stream_metadata, sync_metadata
from sparkbot.sync.columns.reserved import REPORT_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path


ROWS: list[dict[str, Any]] = [{"phone": phone, "tier": "gold"} for phone in PHONES]
BAD = [{"phone": "+44 7400 900998", "tier": "x"}, {"phone": "4.47E+11", "tier": "x"}]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_control_c_gives_every_sent_row_an_outcome(account: Account) -> None:
    # Rows 0 to 9 are written; the next eight wait for a response that does not come.
    account.sandbox.faults.latency(NEVER, after=10, operation="contacts.upsert_metadata")
    seen: list[Outcome] = []

    def press() -> None:
        while sum(request["operation"] == "contacts.upsert_metadata" for request in account.sandbox.requests) < 18:
            time.sleep(0.005)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt) as caught:
        account.sync(ROWS, concurrency=8, on_outcome=seen.append)
    report: sparkbot.Report = caught.value.report  # type: ignore[attr-defined]
    assert (report.ok, report.unknown, report.not_begun) == (10, 8, 22)
    assert (report.calls, report.rows) == (18, 18)
    assert [outcome.index for outcome in seen] == sorted({outcome.index for outcome in seen})
    assert len(seen) == 18
    assert "22 more rows not started" in str(report)
    account.sandbox.faults.clear()
    assert sparkbot.retry_failed(account.client, report).ok == 8


def test_abandoned_run_sends_no_queued_rows(account: Account) -> None:
    stream = stream_metadata(account.client, account.device, ROWS, calls_per_second=0.2, concurrency=16)
    assert next(stream).status == "ok"
    stream.close()
    sent = account.writes()
    account.client.devices.list()
    assert account.writes() == sent <= 3


def test_cancelled_awaited_run_is_drained(account: Account, tmp_path: Path) -> None:
    account.sandbox.faults.latency(NEVER, after=10, operation="contacts.upsert_metadata")
    seen: list[Outcome] = []

    async def run() -> None:
        async with account.sandbox.async_client() as client:
            call = asyncio.ensure_future(sync_metadata(client, account.device, ROWS, concurrency=8, on_outcome=seen.append))
            while sum(request["operation"] == "contacts.upsert_metadata" for request in account.sandbox.requests) < 18:
                await asyncio.sleep(0.005)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

    asyncio.run(run())
    assert sorted(outcome.status for outcome in seen) == ["ok"] * 10 + ["unknown"] * 8


def test_reading_a_file_does_not_block_event_loop(account: Account, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("phone,tier\n" + "+447400900001,gold\n" * 40_000)
    pauses: list[float] = []

    async def beat() -> None:
        while True:
            last = time.monotonic()
            await asyncio.sleep(0)
            pauses.append(time.monotonic() - last)

    async def run() -> None:
        async with account.sandbox.async_client() as client:
            heart = asyncio.ensure_future(beat())
            async for outcome in stream_metadata(client, account.device, path):
                if outcome.index == 300:
                    break
            heart.cancel()

    asyncio.run(run())
    # Counting 40,000 rows takes far longer than one iteration of the loop, which runs meanwhile.
    assert len(pauses) > 100


def test_max_error_rate_stops_run_early(account: Account) -> None:
    rows = [BAD[0] if number % 4 == 0 else ROWS[number % 40] for number in range(1000)]
    with pytest.raises(TooManyErrors, match=r"5 of them failed, more than max_error_rate=0\.2 allows; the first: ") as caught:
        account.sync(rows, max_error_rate=0.2)
    report = caught.value.report
    assert report is not None
    assert 20 <= report.rows < 900
    assert report.rows + report.not_begun == 1000
    assert account.sync(rows, max_error_rate=0.35).failed == 250
    # The rate is not checked for fewer rows.
    assert account.sync([*BAD, *ROWS[:10]], max_error_rate=0.0).failed == 2


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_dead_letters_can_be_fixed_and_synced(account: Account, tmp_path: Path, ending: str) -> None:
    letters, source = tmp_path / f"failed.{ending}", tmp_path / "rows.csv"
    source.write_text("phone,tier,note\n" + "".join(f"{row['phone']},{row['tier']},=1+1\n" for row in [*ROWS, *BAD]))
    report = account.sync(source, only=["tier"], dead_letters=letters)
    assert report.failed == 2
    text = letters.read_text("utf-8-sig")
    lines = list(csv.DictReader(text.splitlines())) if ending == "csv" else [json.loads(line) for line in text.splitlines()]
    assert [list(line) for line in lines] == [["phone", "tier", "note", *REPORT_COLUMNS]] * 2
    assert [line["sparkbot_error"] for line in lines] == ["NotFoundError", "InvalidRow (contact: exponent)"]
    assert [int(line["sparkbot_row"]) for line in lines] == [42, 43]
    assert lines[0]["note"] == "=1+1"
    # Synced unchanged they fail again, in a new file of the same format; added columns are not metadata.
    second = tmp_path / f"again.{ending}"
    assert account.sync(letters, dead_letters=second).failed == 2
    assert second.read_text("utf-8-sig").splitlines()[0].count("sparkbot_error") == 1
    letters.write_text(text.replace("4.47E+11", PHONES[7]).replace("+44 7400 900998", PHONES[8]), "utf-8-sig")
    assert account.sync(letters).ok == 2
    assert account.metadata(7) == {"tier": "x", "note": "=1+1"}


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_dead_letters_keep_typed_values(account: Account, tmp_path: Path, ending: str) -> None:
    day = date(2026, 1, 31)
    typed = {
        "phone": [447400900998.0, 447400900999.0],
        "active": [True, None],
        "visits": [3.0, 0.1],
        "due": [day, day],
        "seen": [datetime(2026, 1, 31, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))), None],
        "local": [datetime(2026, 1, 31, 12), None],
        "price": [Decimal("10.50"), Decimal("0.00")],
    }
    source, letters = tmp_path / "rows.parquet", tmp_path / f"failed.{ending}"
    parquet.write_table(pyarrow.table(typed), source)
    wids = ["447400900998@c.us", "447400900999@c.us"]

    def kept() -> list[dict[str, str]]:
        return [dict(account.client.contacts.get_metadata(account.device, wid)) for wid in wids]

    assert account.sync(source, on_missing="create").ok == 2
    direct = kept()
    assert direct[0]["seen"] == "2026-01-31T11:00:00.000005Z"
    for wid in wids:
        account.client.contacts.delete(account.device, wid)
    assert account.sync(source, dead_letters=letters).failed == 2
    assert account.sync(letters, on_missing="create").ok == 2
    assert kept() == direct


def test_retry_failed_syncs_failed_rows(account: Account, tmp_path: Path) -> None:
    report = account.sync([*ROWS, *BAD], progress="off")
    again = sparkbot.retry_failed(account.client, pickle.loads(pickle.dumps(report)), on_missing="create")
    assert (again.ok, again.failed) == (1, 1)
    report.write_dead_letters(tmp_path / "failed.csv")
    assert account.sync(tmp_path / "failed.csv").failed == 1

    many = account.sync([*ROWS, *BAD], max_failures_kept=0)
    with pytest.raises(InputError, match="keeps 0 of 1 failed rows"):
        many.write_dead_letters(tmp_path / "x.csv")
    with pytest.raises(InputError, match="keeps 0 of 1 failed rows"):
        sparkbot.retry_failed(account.client, many)
    kept = account.sync([*ROWS, *BAD], max_failures_kept=0, dead_letters=tmp_path / "kept.jsonl")
    assert sparkbot.retry_failed(account.client, kept).rows == 1
    unlike: Any = tmp_path / "kept.jsonl"
    with pytest.raises(InvalidArgumentError, match="report is of type"):
        sparkbot.retry_failed(account.client, unlike)


def test_conflicting_output_files_are_rejected(account: Account, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="both"):
        account.sync(ROWS, report=tmp_path / "a.csv", dead_letters=tmp_path / "a.csv")
    source = tmp_path / "rows.csv"
    source.write_text("phone,tier\n")
    with pytest.raises(InputError, match=r"dead_letters: .* overwrite"):
        account.sync(source, dead_letters=source)
