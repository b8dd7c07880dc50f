"""Contacts that left the input: cleared, left alone, or an error if it is in doubt whose data they have."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest
from tests.sync.accounts import OTHER, PHONES, WIDS, Account

import sparkbot
from sparkbot import errors
from sparkbot.sync import ChangedSinceWritten, InputError, JournalError, Outcome, RunStopped, stream_metadata, sync_metadata

ROWS: list[dict[str, Any]] = [{"phone": phone, "tier": "gold", "n": number} for number, phone in enumerate(PHONES[:20])]
LEFT = ROWS[1:19]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "run.journal"


def run(account: Account, rows: Any, journal: Path, **options: Any) -> tuple[Any, list[Outcome]]:
    """The report of a run that clears, and the outcomes of the contacts that left the input."""
    outcomes: list[Outcome] = []
    settings = {"on_removed": "clear", "max_removed_rate": 0.5, **options}
    report = account.sync(rows, journal=journal, on_outcome=outcomes.append, **settings)
    return report, [outcome for outcome in outcomes if outcome.input is None]


def has_metadata(account: Account) -> list[int]:
    return [number for number in range(40) if any(account.metadata(number).values())]


def test_contacts_that_left_the_input_are_cleared(account: Account, journal: Path) -> None:
    report, removed = run(account, ROWS, journal)
    assert (report.ok, report.removed, removed) == (20, 0, [])
    report, removed = run(account, LEFT, journal)
    assert [(outcome.index, outcome.contact, outcome.status) for outcome in removed] == [
        (18, WIDS[0], "ok"),
        (19, WIDS[19], "ok"),
    ]
    assert {outcome.reason for outcome in removed} == {"left the input"}
    assert (report.rows, report.ok, report.removed, report.calls) == (20, 20, 2, 20)
    assert account.metadata(0) == {"tier": "", "n": ""}
    assert has_metadata(account) == list(range(1, 19))
    assert "2 of them left the input" in str(report)
    assert run(account, LEFT, journal)[1] == []


def test_awaited_run_clears_the_same_contacts(account: Account, journal: Path) -> None:
    async def awaited(rows: Any) -> Any:
        async with account.sandbox.async_client() as client:
            return await sync_metadata(client, account.device, rows, journal=journal, on_removed="clear")

    assert asyncio.run(awaited(ROWS)).removed == 0
    report = asyncio.run(awaited(LEFT))
    assert (report.removed, report.ok) == (2, 20)
    assert has_metadata(account) == list(range(1, 19))


@pytest.mark.parametrize("options", [{}, {"via": "bulk", "on_missing": "create"}, {"on_missing": "create"}])
def test_any_way_of_writing_is_recorded(account: Account, journal: Path, options: Any) -> None:
    run(account, ROWS, journal, **options)
    report, removed = run(account, LEFT, journal, **options)
    assert (report.removed, {outcome.status for outcome in removed}) == (2, {"ok"})
    assert has_metadata(account) == list(range(1, 19))


def test_hooks_see_the_calls_that_clear(account: Account, journal: Path) -> None:
    seen: list[str] = []
    with account.sandbox.client(on_request=lambda request: seen.append(request.operation)) as client:
        for rows in (ROWS, LEFT):
            sync_metadata(client, account.device, rows, journal=journal, on_removed="clear")
    assert seen.count("contacts.upsert_metadata") == 20 + 18 + 2
    assert has_metadata(account) == list(range(1, 19))


def test_removed_contacts_are_ignored_by_default(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    report, removed = run(account, LEFT, journal, on_removed="ignore")
    assert (report.rows, report.removed, removed) == (18, 0, [])
    assert has_metadata(account) == list(range(20))
    assert run(account, LEFT, journal)[0].removed == 2


def test_only_keys_of_the_journal_are_cleared(account: Account, journal: Path) -> None:
    rows = [{"phone": phone, "tier": "gold", "city": None} for phone in PHONES[:20]]
    for key, value in (("city", "Oslo"), ("owner", "Ada")):
        account.client.contacts.upsert_metadata(account.device, WIDS[0], {key: value})
    run(account, rows, journal)
    run(account, rows[1:], journal)
    assert account.metadata(0) == {"tier": "", "city": "Oslo", "owner": "Ada"}


def test_values_changed_by_others_fail_and_are_kept(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    account.client.contacts.upsert_metadata(account.device, WIDS[0], {"tier": "platinum"})
    report, removed = run(account, LEFT, journal)
    failed = next(outcome for outcome in removed if outcome.status == "failed")
    assert isinstance(failed.error, ChangedSinceWritten)
    assert "'tier' no longer has the value" in str(failed.error)
    assert (report.failed, report.exit_code) == (1, 3)
    assert account.metadata(0) == {"tier": "platinum", "n": "0"}
    # The key that was changed is cleared by hand, and the next run clears the rest.
    account.client.contacts.upsert_metadata(account.device, WIDS[0], {"tier": ""})
    assert [outcome.status for outcome in run(account, LEFT, journal)[1]] == ["ok"]
    assert account.metadata(0) == {"tier": "", "n": ""}


def test_earlier_values_of_the_journal_are_cleared(account: Account, journal: Path) -> None:
    # The key is no longer in the columns, and was written by the first run.
    run(account, ROWS, journal)
    run(account, [{"phone": row["phone"], "tier": "silver"} for row in ROWS], journal)
    run(account, [{"phone": row["phone"], "tier": "silver"} for row in LEFT], journal)
    assert account.metadata(0) == {"tier": "", "n": ""}


def test_contact_that_returns_is_written_again(account: Account, journal: Path) -> None:
    for rows in (ROWS, LEFT, ROWS):
        run(account, rows, journal, compare="journal")
    assert account.metadata(0) == {"tier": "gold", "n": "0"}
    assert run(account, LEFT, journal, compare="journal")[0].removed == 2


def test_empty_input_clears_nothing(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    empty: tuple[Any, ...] = ([], iter([]))
    for rows in empty:
        with pytest.raises(InputError, match="the input has no rows"):
            run(account, rows, journal, max_removed_rate=1)
    schema = pyarrow.schema([("phone", pyarrow.string()), ("tier", pyarrow.string())])
    with pytest.raises(RunStopped, match=r"no contact .* was cleared: the input has no rows"):
        run(account, pyarrow.RecordBatchReader.from_batches(schema, []), journal, max_removed_rate=1)
    assert has_metadata(account) == list(range(20))


def test_rate_above_the_maximum_clears_nothing(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    with pytest.raises(RunStopped, match=r"15\.0% of the contacts .* max_removed_rate=0\.1 allows") as stopped:
        account.sync(ROWS[3:], journal=journal, on_removed="clear")
    assert stopped.value.report is not None
    assert stopped.value.report.ok == 17
    assert has_metadata(account) == list(range(20))
    # The rows themselves are done: the next run needs no resume.
    assert run(account, ROWS[3:], journal, max_removed_rate=0.15)[0].removed == 3


def test_new_contacts_do_not_lower_the_removed_rate(account: Account, journal: Path) -> None:
    run(account, ROWS[:2], journal)
    other = [{"phone": phone, "tier": "gold"} for phone in PHONES[2:40]]
    # Not the second time either.
    for _ in range(2):
        with pytest.raises(RunStopped, match=r"100\.0% of the contacts"):
            account.sync(other, journal=journal, on_removed="clear")
    assert account.metadata(0) == {"tier": "gold", "n": "0"}


def test_second_run_of_a_file_reports_no_removals(account: Account, journal: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    run(account, ROWS, journal)
    path.write_text("\n".join(map(json.dumps, LEFT)))
    counts = [run(account, path, journal, compare="journal")[0].removed for _ in range(3)]
    assert counts == [2, 0, 0]


def test_unreadable_rows_put_removals_in_doubt(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    with pytest.raises(RunStopped, match="1 rows of the input name no valid contact"):
        run(account, [*LEFT, {"phone": "07400", "tier": "gold", "n": 0}], journal)
    assert has_metadata(account) == list(range(20))


def test_rows_without_values_keep_their_contacts(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    assert run(account, [{"phone": PHONES[0], "tier": None, "n": None}, *ROWS[1:]], journal)[0].removed == 0


def test_contact_missing_from_the_number_is_skipped(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    account.client.contacts.delete(account.device, WIDS[0])
    for expected in (["skipped", "ok"], ["skipped"], []):
        removed = run(account, LEFT, journal)[1]
        assert sorted(outcome.status for outcome in removed) == sorted(expected)
    assert run(account, ROWS[1:19], journal)[0].removed == 0


def test_failed_clear_is_tried_again(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    account.sandbox.faults.status(403, operation="contacts.upsert_metadata", path=f"*{WIDS[0]}*", count=1)
    statuses = [{outcome.contact: outcome.status for outcome in run(account, LEFT, journal)[1]} for _ in range(2)]
    assert statuses == [{WIDS[0]: "failed", WIDS[19]: "ok"}, {WIDS[0]: "ok"}]
    assert has_metadata(account) == list(range(1, 19))


def test_unreadable_contact_list_fails_each_contact(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    account.sandbox.faults.status(403, operation="contacts.list")
    report, removed = run(account, LEFT, journal)
    assert [(outcome.status, type(outcome.error)) for outcome in removed] == [("failed", errors.PermissionDeniedError)] * 2
    assert report.ok == 18


def test_interrupted_clear_continues_in_the_next_run(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    options: Any = {"journal": journal, "on_removed": "clear", "max_removed_rate": 0.5}
    with closing(stream_metadata(account.client, account.device, ROWS[3:], concurrency=1, **options)) as outcomes:
        next(outcome for outcome in outcomes if outcome.input is None)
    # The next run has nothing to report of the contact that was cleared.
    report, removed = run(account, ROWS[3:], journal)
    assert report.removed == len(removed) == 2
    assert has_metadata(account) == list(range(3, 20))


def test_resumed_file_reports_each_removed_contact(account: Account, journal: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    run(account, ROWS, journal)
    path.write_text("\n".join(map(json.dumps, ROWS[3:])))
    options: Any = {"journal": journal, "on_removed": "clear", "max_removed_rate": 0.5}
    with closing(stream_metadata(account.client, account.device, path, concurrency=1, **options)) as outcomes:
        next(outcome for outcome in outcomes if outcome.input is None)
    report, removed = run(account, path, journal, resume=True)
    assert (report.rows, report.removed, len(removed), report.resumed) == (20, 3, 3, 17)
    assert {outcome.status for outcome in removed} <= {"ok", "skipped"}


def test_rows_in_flight_at_a_crash_may_be_cleared(account: Account, journal: Path) -> None:
    account.sandbox.faults.reset_connection(executed=True, path=f"*{WIDS[0]}*", count=1)
    assert run(account, ROWS, journal)[0].unknown == 1
    assert run(account, LEFT, journal)[0].removed == 2
    assert has_metadata(account) == list(range(1, 19))


def test_failed_rows_own_nothing(account: Account, journal: Path) -> None:
    account.sandbox.faults.status(403, operation="contacts.upsert_metadata", path=f"*{WIDS[0]}*", count=1)
    assert run(account, ROWS, journal)[0].failed == 1
    account.client.contacts.upsert_metadata(account.device, WIDS[0], {"tier": "gold"})
    assert [outcome.contact for outcome in run(account, LEFT, journal)[1]] == [WIDS[19]]
    assert account.metadata(0) == {"tier": "gold"}


def test_contacts_of_several_devices_are_cleared(account: Account, journal: Path) -> None:
    rows = [{**row, "via": via} for via in (account.device, OTHER) for row in ROWS]
    options: Any = {"journal": journal, "on_removed": "clear", "device_column": "via", "exclude": ["via"]}
    sync_metadata(account.client, None, rows, **options)
    assert sync_metadata(account.client, None, rows[1:-1], **options).removed == 2
    assert account.metadata(0) == {"tier": "", "n": ""}
    assert account.metadata(0, OTHER) == {"tier": "gold", "n": "0"}
    assert account.metadata(19, OTHER) == {"tier": "", "n": ""}


def test_contacts_are_found_by_their_resolved_wid(account: Account, journal: Path) -> None:
    wid = "5215555550123@c.us"
    account.sandbox.seed(contacts=[{"wid": wid, "device": account.device}])
    run(account, [*ROWS, {"phone": "+52 55 5555 0123", "tier": "gold", "n": 20}], journal, resolve="all")
    assert account.client.contacts.get_metadata(account.device, wid) == {"tier": "gold", "n": "20"}
    # The input still has the account, by its other number.
    assert run(account, [*ROWS, {"phone": wid, "tier": "gold", "n": 20}], journal)[0].removed == 0
    assert [outcome.contact for outcome in run(account, ROWS, journal)[1]] == [wid]
    assert account.client.contacts.get_metadata(account.device, wid) == {"tier": "", "n": ""}


def test_journal_of_earlier_runs_is_taken_over(account: Account, journal: Path) -> None:
    account.sync(ROWS, journal=journal)
    report, removed = run(account, ROWS[1:], journal, compare="journal")
    assert (report.skipped, report.removed, removed) == (19, 0, [])
    assert "left alone: 1" in report.notes[-1]
    assert run(account, ROWS[2:], journal, compare="journal")[0].removed == 1
    assert has_metadata(account) == [0, *range(2, 20)]


def test_other_settings_are_rejected(account: Account, journal: Path) -> None:
    run(account, ROWS, journal)
    before = account.writes()
    with pytest.raises(JournalError, match=r"other settings .*the device"):
        sync_metadata(account.client, "Field Team", ROWS, journal=journal, on_removed="clear", restart=True)
    # Runs that ignore removed contacts may differ.
    assert account.writes() == before
    assert sync_metadata(account.client, "Field Team", ROWS, journal=journal).ok == 20
    assert run(account, LEFT, journal)[0].removed == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"on_removed": "delete"}, "give one of ignore, clear"),
        ({"on_removed": "clear"}, "on_removed needs the journal"),
        ({"on_removed": "clear", "journal": "x", "compare": "service"}, "can't record which values are its own"),
        ({"max_removed_rate": 2}, "a share from 0 to 1"),
    ],
)
def test_invalid_options_are_rejected(account: Account, options: Any, message: str) -> None:
    with pytest.raises(errors.InvalidArgumentError, match=message):
        account.sync(ROWS, **options)


def test_retry_of_failed_rows_clears_nothing(account: Account, journal: Path) -> None:
    report = account.sync([{"phone": "07400", "tier": "gold"}])
    with pytest.raises(errors.InvalidArgumentError, match="the failed rows are a part of the input"):
        sparkbot.retry_failed(account.client, report, journal=journal, on_removed="clear")


def test_failed_removals_are_no_dead_letters(account: Account, journal: Path, tmp_path: Path) -> None:
    letters, outcomes = tmp_path / "failed.csv", tmp_path / "outcomes.csv"
    run(account, ROWS, journal)
    account.client.contacts.upsert_metadata(account.device, WIDS[0], {"tier": "platinum"})
    report, _ = run(account, LEFT, journal, dead_letters=letters, report=outcomes)
    assert len(letters.read_text(encoding="utf-8-sig").splitlines()) == 1
    assert outcomes.read_text(encoding="utf-8-sig").count("ChangedSinceWritten") == 1
    report.write_dead_letters(tmp_path / "again.csv")
    assert sparkbot.retry_failed(account.client, report).rows == 0


def test_dry_run_counts_removed_contacts(account: Account, journal: Path) -> None:
    options: Any = {"journal": journal, "on_removed": "clear", "dry_run": True}
    assert "not known" in account.sync(ROWS, **options).notes[-1]
    assert not journal.exists()
    run(account, ROWS, journal)
    before = account.writes()
    for device in (account.device, None):
        report = sync_metadata(account.client, device, LEFT, **options)
        assert (report.removed, report.rows, report.notes) == (2, 18, ["contacts that left the input: 2 of 20"])
    notes = account.sync(ROWS[5:], **options).notes
    assert "clear none of them: 25.0% of the contacts" in notes[-1]
    assert account.writes() == before
    assert run(account, LEFT, journal)[0].removed == 2


def test_journal_holds_no_contacts_and_values(account: Account, journal: Path) -> None:
    rows = [{"phone": PHONES[0], "note": "Sekret"}, *({"phone": phone, "note": "x"} for phone in PHONES[1:20])]
    run(account, rows, journal)
    run(account, rows[1:], journal)
    with closing(sqlite3.connect(journal)) as database:
        dump = "\n".join(database.iterdump())
    stored = journal.read_bytes()
    for secret in ("Sekret", "7400900000", "447400900000"):
        assert secret not in dump
        assert secret.encode() not in stored
