"""Syncs over real sockets: rows in, metadata on the contacts of a sandbox, one outcome per row."""

from __future__ import annotations

import asyncio
import csv
from typing import TYPE_CHECKING, Any

import pytest
from tests.sync.accounts import PHONES, Account

import sparkbot
from sparkbot.sync import InputError, Outcome, Progress, RunStopped, stream_metadata, sync_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_client_options_apply_to_each_row(account: Account) -> None:
    account.sandbox.faults.status(500, count=1, operation="contacts.upsert_metadata")
    retry = sparkbot.Retry(max_retries=1, initial_delay=0.001, budget=None)
    before = len(account.sandbox.requests)
    with account.client.with_options(headers={"X-Run": "7"}, retry=retry) as client:
        report = sync_metadata(client, account.device, [{"phone": phone, "n": 1} for phone in PHONES])
    assert (report.ok, report.calls) == (40, 41)
    assert {request["headers"].get("x-run") for request in account.sandbox.requests[before:]} == {"7"}
    account.sandbox.faults.latency(60, count=1, operation="contacts.upsert_metadata")
    with account.client.with_options(timeout=3, max_retries=0) as client:
        assert sync_metadata(client, account.device, [{"phone": PHONES[0], "n": 2}]).ok == 0


def test_rows_become_metadata(account: Account) -> None:
    report = account.sync([{"phone": phone, "tier": "gold", "visits": number} for number, phone in enumerate(PHONES)])
    assert (report.ok, report.rows, report.calls, report.exit_code) == (40, 40, 40, 0)
    assert [account.metadata(number)["visits"] for number in range(40)] == [str(number) for number in range(40)]
    assert account.metadata(0)["tier"] == "gold"


def test_every_row_has_one_outcome_in_order(account: Account) -> None:
    rows: list[dict[str, Any]] = [{"phone": phone, "tier": "gold"} for phone in PHONES * 30]
    rows[7] = {"phone": "4.47E+11", "tier": "gold"}
    rows[8] = {"phone": PHONES[8], "tier": ""}
    rows[9] = {"phone": "+44 7400 900999", "tier": "gold"}
    rows[10] = {"phone": PHONES[10], "tier": "gold", "late": 1}
    outcomes = list(stream_metadata(account.client, account.device, iter(rows)))
    assert [outcome.index for outcome in outcomes] == list(range(1200))
    assert [outcome.input for outcome in outcomes] == rows
    assert {outcome.index: outcome.status for outcome in outcomes if outcome.status != "ok"} == {
        7: "failed",
        8: "skipped",
        9: "failed",
        10: "failed",
    }
    assert [outcomes[index].kind for index in (7, 9, 10)] == [
        "InvalidRow (contact: exponent)",
        "NotFoundError",
        "InvalidRow (row)",
    ]


def test_last_row_of_a_contact_wins(account: Account) -> None:
    account.sync([{"phone": PHONES[number % 2], "n": number} for number in range(500)], concurrency=32)
    assert (account.metadata(0)["n"], account.metadata(1)["n"]) == ("498", "499")


@pytest.mark.parametrize(("empty", "tier"), [("skip", "gold"), ("clear", "")])
def test_empty_cell_is_omitted_or_cleared(account: Account, empty: Any, tier: str) -> None:
    account.sync([{"phone": PHONES[0], "tier": "gold", "city": "Cork"}])
    report = account.sync([{"phone": PHONES[0], "tier": None, "city": "Łódź"}], empty=empty)
    assert report.ok == 1
    assert account.metadata(0) == {"tier": tier, "city": "Łódź"}


def test_empty_cell_can_fail_its_row(account: Account) -> None:
    report = account.sync([{"phone": PHONES[0], "tier": None}, {"phone": PHONES[1], "tier": "x"}], empty="fail")
    assert list(report.errors_by_type) == ["InvalidRow (tier: empty)"]
    assert (report.failed, report.ok) == (1, 1)


@pytest.mark.parametrize(("on_missing", "status"), [("fail", "failed"), ("skip", "skipped"), ("create", "ok")])
def test_on_missing_fails_creates_or_skips(account: Account, on_missing: Any, status: str) -> None:
    outcomes = list(
        stream_metadata(account.client, account.device, [{"phone": "+353 85 012 3456", "tier": "x"}], on_missing=on_missing)
    )
    assert [outcome.status for outcome in outcomes] == [status]
    if status == "ok":
        assert account.client.contacts.get_metadata(account.device, "353850123456@c.us") == {"tier": "x"}


def test_async_client_awaits_sync(account: Account) -> None:
    rows = [{"phone": phone, "tier": "silver"} for phone in PHONES]

    async def run() -> tuple[Any, list[int]]:
        async with account.sandbox.async_client() as client:
            report = await sync_metadata(client, account.device, rows)
            return report, [outcome.index async for outcome in stream_metadata(client, account.device, rows)]

    report, indexes = asyncio.run(run())
    assert (report.ok, indexes) == (40, list(range(40)))
    assert account.metadata(39) == {"tier": "silver"}


def test_dry_run_sends_nothing(account: Account) -> None:
    before = len(account.sandbox.requests)
    rows = [{"phone": phone, "tier": "x"} for phone in [*PHONES, "n/a"]]
    report = account.sync(rows, dry_run=True, calls_per_second=10)
    assert (report.ok, report.failed, report.calls, report.seconds_at_limit) == (40, 1, 40, 4.0)
    assert len(account.sandbox.requests) == before


def test_invalid_columns_stop_run_before_sending(account: Account) -> None:
    with pytest.raises(InputError, match="first_name"):
        account.sync([{"phone": PHONES[0], "First Name": "Ada"}])
    assert account.writes() == 0


def test_input_is_read_lazily(account: Account) -> None:
    read = 0

    def rows() -> Iterator[dict[str, str]]:
        nonlocal read
        for number in range(100_000):
            read += 1
            yield {"phone": PHONES[number % 40], "tier": "x"}

    outcomes = stream_metadata(account.client, account.device, rows())
    for outcome in outcomes:
        assert read - outcome.index <= 2049
        if outcome.index == 5000:
            break
    outcomes.close()
    assert read < 8000


def test_callbacks_receive_outcomes_and_progress(account: Account) -> None:
    outcomes: list[Outcome] = []
    received: list[Progress] = []
    account.sync([{"phone": phone, "tier": "x"} for phone in PHONES], on_outcome=outcomes.append, on_progress=received.append)
    assert [outcome.index for outcome in outcomes] == list(range(40))
    assert (received[-1].done, received[-1].total, received[-1].ok) == (40, 40, 40)


def test_report_file_has_every_row(account: Account, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    account.sync([{"phone": phone, "tier": "x"} for phone in [*PHONES, ""]], report=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["phone"] for line in lines] == [*PHONES, ""]
    assert [line["sparkbot_status"] for line in lines] == ["ok"] * 40 + ["failed"]


def test_unreachable_server_stops_run_early(account: Account) -> None:
    rows = ({"phone": PHONES[number % 40], "tier": "x"} for number in range(1_000_000))
    seen: list[Outcome] = []

    def watch(outcome: Outcome) -> None:
        seen.append(outcome)
        if outcome.index == 300:
            account.sandbox.stop()

    with pytest.raises(RunStopped, match="got no response") as caught:
        account.sync(rows, on_outcome=watch, concurrency=4)
    report = caught.value.report
    assert report is not None
    assert report.rows == len(seen) < 10_000
    assert report.ok >= 301
