"""Numbers whose account has an older form as its id."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import sync_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: A number as it is written today, and the id that its account kept.
FORMS = [
    ("+52 55 5555 0123", "5215555550123@c.us"),
    ("+55 31 98765 4321", "553187654321@c.us"),
    ("+225 07 87 65 43 21", "22587654321@c.us"),
    ("+229 01 95 12 34 56", "22995123456@c.us"),
]
ROWS = [{"phone": phone, "tier": "gold"} for phone, _ in FORMS]


@pytest.fixture
def account() -> Iterator[tuple[sparkbot.Sandbox, sparkbot.Client, str]]:
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.list()[0]["id"]
        sandbox.seed(contacts=[{"wid": wid, "device": device} for _, wid in FORMS])
        yield sandbox, client, device


def lookups(sandbox: sparkbot.Sandbox) -> int:
    return sum(request["path"].endswith("/numbers/exists") for request in sandbox.requests)


@pytest.mark.parametrize("options", [{"on_missing": "create"}, {"resolve": "missing"}, {"resolve": "all"}])
def test_metadata_is_written_to_the_reported_wid(account: Any, options: Any) -> None:
    sandbox, client, device = account
    count = len(list(client.contacts.iter(device)))
    # Each number is looked up once.
    report = sync_metadata(client, device, [*ROWS, *ROWS], progress="off", **options)
    assert (report.ok, report.exit_code, lookups(sandbox)) == (8, 0, 4)
    assert [client.contacts.get_metadata(device, wid) for _, wid in FORMS] == [{"tier": "gold"}] * 4
    assert len(list(client.contacts.iter(device))) == count, "no second contact was created"


def test_lookup_is_off_without_creation(account: Any) -> None:
    sandbox, client, device = account
    assert sync_metadata(client, device, ROWS, progress="off").failed == 4
    assert sync_metadata(client, device, ROWS, progress="off", on_missing="create", resolve="off").ok == 4
    assert lookups(sandbox) == 0


@pytest.mark.parametrize("hooks", [{}, {"on_request": lambda request: None}])
def test_journal_remembers_the_wid_masked(account: Any, tmp_path: Path, hooks: Any) -> None:
    sandbox, _, device = account
    client = sandbox.client(**hooks)
    path = tmp_path / "run.journal"
    for tier in ("gold", "silver"):
        rows = [{**row, "tier": tier} for row in ROWS]
        report = sync_metadata(client, device, rows, progress="off", on_missing="create", journal=path)
        assert (report.ok, lookups(sandbox)) == (4, 4)
    assert client.contacts.get_metadata(device, FORMS[0][1]) == {"tier": "silver"}
    stored = [wid for (wid,) in sqlite3.connect(path).execute("SELECT wid FROM resolved")]
    assert len(stored) == 4
    assert not {str(wid) for wid in stored} & {wid.partition("@")[0] for _, wid in FORMS}


def test_remembered_wid_without_a_contact_is_looked_up_again(tmp_path: Path) -> None:
    """The account moved to the number of today: a contact under the remembered form would be nobody's."""
    journal, device = tmp_path / "run.journal", "64f0c2a91b7e4d5f8a3b6c01"
    for tier, old, wid in (("gold", True, "5215555550123@c.us"), ("silver", False, "525555550123@c.us")):
        with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            sandbox.seed(devices=[{"id": device}], contacts=[{"wid": "5215555550123@c.us", "device": device}] * old)
            rows = [{"phone": "+52 55 5555 0123", "tier": tier}]
            report = sync_metadata(client, device, rows, progress="off", on_missing="create", journal=journal)
            assert (report.ok, lookups(sandbox)) == (1, 1)
            assert [contact["wid"] for contact in client.contacts.iter(device)] == [wid]
            assert client.contacts.get_metadata(device, wid) == {"tier": tier}


def test_dry_run_counts_lookups() -> None:
    no_client: Any = None
    report = sync_metadata(no_client, None, [*ROWS, *ROWS], dry_run=True, resolve="all")
    assert report.calls == 12
    with pytest.raises(InvalidArgumentError, match="via='bulk' writes many"):
        sync_metadata(no_client, None, ROWS, dry_run=True, via="bulk", on_missing="create", resolve="all")
