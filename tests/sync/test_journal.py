"""The journal: resumed runs, rejected runs, and unchanged rows."""

from __future__ import annotations

import asyncio
import csv
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sync.accounts import PHONES, WIDS, Account

from sparkbot.errors import InvalidArgumentError, NotFoundError
from sparkbot.sync import InputError, JournalError, Outcome, RunStopped, stream_metadata, sync_metadata


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "run.journal"


ROWS: list[dict[str, Any]] = [{"phone": phone, "tier": "gold", "n": number} for number, phone in enumerate(PHONES)]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["phone", "tier", "n"])
        writer.writeheader()
        writer.writerows(rows)
    return path


def run_until(account: Account, rows: Any, count: int, **options: Any) -> list[Outcome]:
    """Leaves the loop of a run after `count` outcomes, unless the run stops earlier."""
    seen: list[Outcome] = []
    client = account.client.with_options(headers={"X-Stopped": "yes"})
    with closing(stream_metadata(client, account.device, rows, **options)) as stream, suppress(RunStopped):
        for outcome in stream:
            seen.append(outcome)
            if len(seen) == count:
                break
    return seen


def test_resumed_run_reports_all_rows_and_sends_the_rest(account: Account, journal: Path) -> None:
    run_until(account, ROWS, 10, journal=journal, concurrency=1)
    before = account.writes()
    outcomes: list[Outcome] = []
    report = account.sync(ROWS, journal=journal, resume=True, on_outcome=outcomes.append)
    assert [(outcome.index, outcome.status) for outcome in outcomes] == [(index, "ok") for index in range(40)]
    assert [outcome.contact for outcome in outcomes] == WIDS
    assert [outcome.input for outcome in outcomes] == ROWS
    assert report.resumed >= 10
    assert account.writes() - before == report.calls == 40 - report.resumed
    assert account.metadata(39) == {"tier": "gold", "n": "39"}


def test_unfinished_run_is_kept_and_compared(account: Account, journal: Path, tmp_path: Path) -> None:
    run_until(account, ROWS, 10, journal=journal, concurrency=1)
    before = account.writes()
    with pytest.raises(JournalError, match=r"stopped after \d+ rows: resume .* continues it, restart"):
        account.sync(ROWS, journal=journal)
    for rows, options, message in (
        (ROWS, {"country_code": "44"}, "country_code was None and is '44'"),
        (ROWS, {"exclude": ["n"]}, "the metadata was"),
        (written(tmp_path / "rows.csv", ROWS), {}, "another file"),
    ):
        with pytest.raises(JournalError, match=message):
            account.sync(rows, journal=journal, resume=True, **options)
    with pytest.raises(JournalError, match="the device was"):
        sync_metadata(account.client, "Field Team", ROWS, journal=journal, resume=True)
    assert account.writes() == before
    assert account.sync(ROWS, journal=journal, restart=True).calls == 40


def test_run_without_rows_leaves_nothing_to_resume(account: Account, journal: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="'Nobody' matches no device"):
        sync_metadata(account.client, "Nobody", ROWS, journal=journal)
    assert account.sync(ROWS, journal=journal).ok == 40


def test_reordered_rows_stop_resumed_run(account: Account, journal: Path) -> None:
    run_until(account, ROWS, 10, journal=journal, concurrency=1)
    before = account.writes()
    with pytest.raises(InputError, match=r"row 0, counted from 0, is not the row"):
        account.sync(ROWS[::-1], journal=journal, resume=True)
    assert account.writes() == before
    assert account.sync(ROWS, journal=journal, resume=True).ok == 40


def test_second_run_over_same_file_makes_no_calls(account: Account, journal: Path, tmp_path: Path) -> None:
    # Two rows of one contact that overwrite each other: neither is written again.
    rows = [*ROWS, {"phone": PHONES[3], "tier": "silver", "n": 99}]
    path = written(tmp_path / "rows.csv", rows)
    assert account.sync(path, journal=journal, compare="journal").calls == 41
    again = account.sync(path, journal=journal, compare="journal")
    assert (again.calls, again.skipped, again.rows) == (0, 41, 41)
    assert account.metadata(3) == {"tier": "silver", "n": "99"}
    resumed = account.sync(path, journal=journal, resume=True)
    assert (resumed.calls, resumed.ok, resumed.resumed) == (0, 41, 41)


def test_file_is_read_at_most_three_times(
    account: Account, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = 0
    open_file = Path.open

    def counting_open(path: Path, *arguments: Any, **options: Any) -> Any:
        nonlocal opened
        opened += path.name == "rows.csv"
        return open_file(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", counting_open)
    counts = []
    # The third file is another one, and two of its rows are of one contact.
    for rows in (ROWS, ROWS, [*ROWS, {**ROWS[3], "n": 99}], [*ROWS, {**ROWS[3], "n": 100}]):
        written(tmp_path / "rows.csv", rows)
        opened = 0
        account.sync(tmp_path / "rows.csv", journal=journal, compare="journal")
        counts.append(opened)
    # Its head is read first, to detect its format.
    assert counts == [1 + 2, 1 + 2, 1 + 2, 1 + 3]


@pytest.mark.parametrize("kind", ["file", "list"])
def test_overwriting_rows_of_one_contact_are_not_repeated(account: Account, journal: Path, tmp_path: Path, kind: str) -> None:
    def source(*more: dict[str, Any]) -> Any:
        rows = [*ROWS[:5], {**ROWS[3], "tier": "silver"}, {**ROWS[3], "tier": "bronze"}, *more]
        return written(tmp_path / "rows.csv", rows) if kind == "file" else rows

    def calls(rows: Any) -> int:
        report = account.sync(rows, journal=journal, compare="journal")
        assert report.ok == report.calls
        return int(report.calls)

    assert [calls(source()), calls(source(ROWS[7]))] == [7, 1]
    assert calls(source(ROWS[8])) == 1
    # An additional row of the contact changes its sequence, and so does a missing one.
    again = {**ROWS[3], "tier": "gold"}
    assert [calls(source(again)), calls(source(again, ROWS[9]))] == [4, 1]
    assert account.metadata(3)["tier"] == "gold"
    # The contact was last written with the values of the first of them.
    assert calls(source(ROWS[7])) == 2
    assert account.metadata(3)["tier"] == "bronze"
    # An unknown row is written again, with the rows after it.
    account.sandbox.faults.reset_connection(executed=True, after=1, count=1, operation="contacts.upsert_metadata")
    assert account.sync(source(again), journal=journal, compare="journal", concurrency=1).unknown == 1
    account.sandbox.faults.clear()
    assert calls(source(again, ROWS[9])) >= 3
    assert account.metadata(3)["tier"] == "gold"


def test_only_changed_rows_are_written(account: Account, journal: Path) -> None:
    account.sync(ROWS, journal=journal)
    changed = [{**row} for row in reversed(ROWS)]
    changed[4]["tier"] = "silver"
    outcomes = list(stream_metadata(account.client, account.device, iter(changed), journal=journal, compare="journal"))
    assert [outcome.index for outcome in outcomes if outcome.status == "ok"] == [4]
    assert {outcome.reason for outcome in outcomes if outcome.status == "skipped"} == {"unchanged"}
    assert account.sync(changed, journal=journal, compare="journal").calls == 0
    # Reverting a change is a change.
    assert account.sync(ROWS, journal=journal, compare="journal").calls == 1
    assert account.metadata(35)["tier"] == "gold"


def test_unknown_rows_count_as_changed(account: Account, journal: Path) -> None:
    account.sync(ROWS, journal=journal)
    silver = [{**ROWS[0], "tier": "silver"}]
    account.sandbox.faults.reset_connection(executed=True, count=1, operation="contacts.upsert_metadata")
    assert account.sync(silver, journal=journal).unknown == 1
    assert account.metadata(0)["tier"] == "silver"
    assert account.sync(ROWS, journal=journal, compare="journal").calls == 1
    assert account.metadata(0)["tier"] == "gold"


def test_service_comparison_writes_only_different_keys(account: Account) -> None:
    account.sync(ROWS)
    rows = [{**ROWS[0], "tier": "silver"}, *ROWS[1:], {"phone": "+44 7400 900999", "tier": "x", "n": 1}]
    before = len(account.sandbox.requests)
    report = account.sync(rows, compare="service", on_missing="create", concurrency=1)
    assert (report.ok, report.skipped) == (2, 39)
    sent = [request for request in account.sandbox.requests[before:] if request["method"] not in ("GET", "POST")]
    assert [request["body"] for request in sent[:1]] == [[{"key": "tier", "value": "silver"}]]
    assert len(sent) == 2
    assert account.client.contacts.get_metadata(account.device, "447400900999@c.us") == {"tier": "x", "n": "1"}
    assert account.sync(rows, compare="service").skipped == 41
    account.client.contacts.delete(account.device, "447400900999@c.us")


def test_awaited_run_uses_journal(account: Account, journal: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "rows.csv", ROWS)

    async def run() -> Any:
        async with account.sandbox.async_client() as client:
            async for outcome in stream_metadata(client, account.device, path, journal=journal, concurrency=1):
                if outcome.index == 5:
                    break
            return await sync_metadata(client, account.device, path, journal=journal, resume=True)

    report = asyncio.run(run())
    assert (report.ok, report.rows) == (40, 40)
    assert report.resumed >= 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"resume": True}, "resume needs the journal"),
        ({"restart": True}, "restart needs the journal"),
        ({"compare": "journal"}, "compare needs the journal"),
        ({"compare": "file"}, "one of service, journal"),
        ({"journal": "j", "resume": True, "restart": True}, "give only one"),
        ({"max_error_rate": 5}, "0.05"),
        ({"offline_timeout": -1}, "seconds, from 0"),
    ],
)
def test_conflicting_options_are_rejected(account: Account, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        account.sync(ROWS, **options)


def test_file_that_is_not_a_journal_is_unchanged(account: Account, tmp_path: Path) -> None:
    text = written(tmp_path / "rows.csv", ROWS)
    before = text.read_bytes()
    with pytest.raises(JournalError, match="is not a journal"):
        account.sync(ROWS, journal=text)
    foreign = tmp_path / "other.db"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE mine (a)")
    kept = foreign.read_bytes()
    with pytest.raises(JournalError, match="of another program"):
        account.sync(ROWS, journal=foreign)
    with pytest.raises(JournalError, match="can't be opened"):
        account.sync(ROWS, journal=tmp_path / "no folder" / "j")
    assert (text.read_bytes(), foreign.read_bytes()) == (before, kept)


MISSING = "+44 7400 900998"
PEOPLE = [*PHONES[:5], MISSING, "n/a"]
CELLS = st.fixed_dictionaries({"phone": st.sampled_from(PEOPLE), "tier": st.sampled_from(["a", "b", ""]), "n": st.integers(0, 2)})
FAULT = st.tuples(st.sampled_from(["before", "after", "reset"]), st.integers(0, 20), st.integers(1, 6))


@settings(max_examples=25)
@given(
    rows=st.lists(CELLS, min_size=1, max_size=60),
    stops=st.lists(st.tuples(st.integers(1, 40), st.lists(FAULT, max_size=2)), max_size=3),
    last=st.lists(FAULT, max_size=2),
    concurrency=st.integers(1, 8),
    bulk=st.booleans(),
)
def test_every_row_ends_right_after_faults_and_stops(
    account: Account, tmp_path_factory: pytest.TempPathFactory, rows: Any, stops: Any, last: Any, concurrency: int, bulk: bool
) -> None:
    """Every row has one outcome, in order; contacts end with the values of the rows; a repeated run writes nothing."""
    account.sandbox.faults.clear()
    account.reset_contacts()
    with suppress(NotFoundError):
        account.client.contacts.delete(account.device, f"{MISSING.removeprefix('+').replace(' ', '')}@c.us")
    folder = tmp_path_factory.mktemp("run")
    options: dict[str, Any] = {"journal": folder / "journal", "resume": True, "concurrency": concurrency}
    if bulk:
        options |= {"via": "bulk", "on_missing": "create"}
    good = [*PHONES, MISSING] if bulk else PHONES
    path = written(folder / "rows.csv", rows)
    for count, faults in stops:
        inject_faults(account, faults)
        seen = run_until(account, path, count, **options)
        assert [outcome.index for outcome in seen] == list(range(len(seen)))
    inject_faults(account, last)
    seen = run_until(account, path, len(rows) + 1, **options)
    assert [outcome.index for outcome in seen] == list(range(len(seen)))
    account.sandbox.faults.clear()
    full = list(stream_metadata(account.client, account.device, path, **options))
    assert [outcome.index for outcome in full] == list(range(len(rows)))
    assert [outcome.input for outcome in full] == [{name: str(cell) for name, cell in row.items()} for row in rows]
    assert all((outcome.status == "ok") == (row["phone"] in good) for outcome, row in zip(full, rows, strict=True))
    for number in range(5):
        assert account.metadata(number) == expected_metadata(rows, PHONES[number])
    before = account.writes()
    report = account.sync(path, journal=options["journal"], compare="journal")
    missing = sum(row["phone"] == MISSING and MISSING not in good for row in rows)
    assert account.writes() - before == report.calls == missing


def inject_faults(account: Account, faults: list[tuple[str, int, int]]) -> None:
    account.sandbox.faults.clear()
    for kind, after, count in faults:
        where: dict[str, Any] = {"after": after, "count": count, "path": "/chat/*/contacts*", "method": "PATCH"}
        if kind == "reset":
            account.sandbox.faults.reset_connection(executed=True, **where)
        else:
            account.sandbox.faults.status(500, executed=kind == "after", **where)


def expected_metadata(rows: list[dict[str, Any]], phone: str) -> dict[str, str]:
    """The metadata of a contact after its rows are written in order."""
    has: dict[str, str] = {}
    for row in rows:
        if row["phone"] == phone:
            has |= {"n": str(row["n"])} | ({"tier": row["tier"]} if row["tier"] else {})
    return has
