"""Bulk writes: batches, read-back, and what happens if the service does not store them."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from tests.sync.accounts import OTHER, PHONES, WIDS, Account

import sparkbot
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import NotHeld, Outcome, RunStopped, executor, stream_metadata, sync_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BULK: dict[str, Any] = {"via": "bulk", "on_missing": "create"}
MANY: list[dict[str, Any]] = [{"phone": f"+4477008{number:05d}", "n": number} for number in range(330)]


def has(account: Account, number: int) -> dict[str, str]:
    return dict(account.client.contacts.get_metadata(account.device, f"4477008{number:05d}@c.us"))


def delay_first_batch(account: Account) -> None:
    """Delays the first batch, which is sent alone, so that all rows are queued when it ends."""
    account.sandbox.faults.latency(0.5, count=1, operation="contacts.bulk_create")


def calls(account: Account, operation: str) -> list[Any]:
    return [request for request in account.sandbox.requests if request["operation"] == operation]


def test_bulk_writes_batches_of_fifty_and_keeps_other_keys(account: Account) -> None:
    kept = {"kept": "yes"}
    account.sandbox.seed(contacts=[{"phone": row["phone"], "device": account.device, "metadata": kept} for row in MANY[:60]])
    delay_first_batch(account)
    outcomes: list[Outcome] = []
    report = account.sync(MANY, on_outcome=outcomes.append, **BULK)
    assert [outcome.index for outcome in outcomes] == list(range(330))
    assert (report.ok, report.sample) == (330, (3, 3))
    assert "sample: 3 read back, 3 held" in str(report)
    batches = calls(account, "contacts.bulk_create")
    assert [len(request["body"]) for request in batches] == [50] * 6 + [30]
    assert batches[0]["body"][0] == {"phone": "+447700800000", "metadata": [{"key": "n", "value": "0"}]}
    assert report.calls == len(batches) + len(calls(account, "contacts.get")) == 7 + 2 * 3
    assert [outcome.index for outcome in outcomes if outcome.reason is None] == [0, 16, 33]
    assert {outcome.reason for outcome in outcomes} == {None, "accepted, not read back"}
    assert has(account, 7) == {**kept, "n": "7"}
    assert has(account, 329) == {"n": "329"}


def test_dry_run_estimates_bulk_calls(account: Account) -> None:
    dry: Any = None
    report = sync_metadata(dry, "", MANY, dry_run=True, **BULK)
    assert report.calls == 13
    delay_first_batch(account)
    assert report.calls == account.sync(MANY, **BULK).calls


def test_bulk_keeps_order_per_contact_and_batches_per_device(account: Account) -> None:
    rows = [{"phone": PHONES[n % 40], "n": n, "via": "Field Team" if n % 2 else account.device} for n in range(400)]
    report = sync_metadata(account.client, None, rows, device_column="via", **BULK)
    assert report.ok == 400
    assert [account.metadata(n) for n in (0, 38)] == [{"n": "360"}, {"n": "398"}]
    assert account.metadata(39, OTHER) == {"n": "399"}
    for request in calls(account, "contacts.bulk_create"):
        phones = [contact["phone"] for contact in request["body"]]
        assert len(phones) == len(set(phones))


def test_lost_bulk_response_is_unknown_and_resume_resends_rows(account: Account, tmp_path: Path) -> None:
    options = {**BULK, "journal": tmp_path / "journal", "resume": True, "concurrency": 1}
    delay_first_batch(account)
    account.sandbox.faults.reset_connection(executed=True, after=2, count=1, operation="contacts.bulk_create")
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in MANY))
    report = account.sync(path, **options)
    assert (report.ok, report.unknown) == (280, 50)
    before = len(calls(account, "contacts.bulk_create"))
    again: list[Outcome] = []
    account.sync(path, on_outcome=again.append, **options)
    assert len(calls(account, "contacts.bulk_create")) == before + 1
    assert [outcome.status for outcome in again] == ["ok"] * 330
    assert sum(outcome.reason is not None for outcome in again) == 330 - 6
    unchanged = account.sync(path, journal=tmp_path / "journal", compare="journal", **BULK)
    assert (unchanged.calls, unchanged.skipped) == (0, 330)


def test_row_rejected_by_service_fails_alone(account: Account) -> None:
    rows = [{"phone": wid, "n": 1} for wid in [*WIDS[:20], "12345678901234@lid", *WIDS[20:]]]
    report = account.sync(rows, **BULK)
    assert (report.ok, report.failed) == (40, 1)
    assert "no phone number" in str(report.failures[0].message)


class FakeService(BaseHTTPRequestHandler):
    """A service that accepts every batch, and stores the metadata according to its kind."""

    protocol_version = "HTTP/1.1"
    kind = ""

    def do_GET(self) -> None:
        contact = self.path.rpartition("/")[2].replace("%40", "@")
        self.respond({"id": OTHER, "metadata": self.server.contacts.get(contact, [{"key": "old", "value": "x"}])})  # type: ignore[attr-defined]  # set below

    def do_PATCH(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.batches.append(len(body))  # type: ignore[attr-defined]  # set below
        for one in body:
            wid = f"{one['phone'].removeprefix('+')}@c.us"
            if self.kind == "replaces" or (self.kind == "loses some" and not wid.endswith("0016@c.us")):
                kept = [] if self.kind == "replaces" else [{"key": "old", "value": "x"}]
                self.server.contacts[wid] = [*kept, *one["metadata"]]  # type: ignore[attr-defined]  # set below
        self.respond({})

    def respond(self, body: Any) -> None:
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def fake_service(kind: str) -> Iterator[tuple[sparkbot.Client, Any]]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), type("Kind", (FakeService,), {"kind": kind}))
    server.contacts, server.batches = {}, []
    with server, sparkbot.Client("key", base_url=f"http://127.0.0.1:{server.server_port}/v1") as client:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield client, server
        finally:
            server.shutdown()
            serving.join()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("ignores", "the contact does not have what was written to n; 3 rows read back, 0 confirmed"),
        ("replaces", "the contact has lost old"),
    ],
)
def test_failed_verification_stops_run_after_first_batch(monkeypatch: pytest.MonkeyPatch, kind: str, message: str) -> None:
    monkeypatch.setattr(executor, "BULK", executor.BULK._replace(timeout=0.1))
    with fake_service(kind) as (client, server), pytest.raises(RunStopped, match=message) as caught:
        sync_metadata(client, OTHER, MANY, **BULK)
    report = caught.value.report
    assert report is not None
    assert server.batches == [50]
    assert (report.ok, report.failed, report.unknown, report.not_begun) == (0, 3, 47, 280)
    assert all(isinstance(outcome.error, NotHeld) for outcome in report.failures)
    assert (report.sample, report.exit_code) == ((3, 0), 3)


def test_unconfirmed_row_makes_its_batch_unknown_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "BULK", executor.BULK._replace(timeout=0.1))
    with fake_service("loses some") as (client, _):
        report = sync_metadata(client, OTHER, MANY, **BULK)
    assert (report.ok, report.failed, report.unknown) == (280 + 2, 1, 47)
    assert report.sample == (3, 2)
    assert "accepted in bulk, but the contact does not have" in str(report.failures[15].message)


def test_rows_wait_for_offline_device(account: Account) -> None:
    account.sandbox.faults.offline(account.device, operation="contacts.bulk_create", count=2)
    report = account.sync(MANY, offline_timeout=1.6, **BULK)
    assert report.ok == 330


def test_awaited_bulk_run_can_be_left(account: Account) -> None:
    account.sandbox.faults.latency(60, after=1, operation="contacts.bulk_create")
    seen: list[Outcome] = []

    async def run() -> None:
        async with account.sandbox.async_client() as client:
            async for outcome in stream_metadata(client, account.device, MANY, **BULK):
                seen.append(outcome)
                if len(seen) == 50:
                    break

    asyncio.run(run())
    assert [outcome.status for outcome in seen] == ["ok"] * 50


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"via": "post"}, "one of rows, bulk"),
        ({"via": "bulk"}, "on_missing='create'"),
        ({**BULK, "compare": "service"}, "compare with the journal"),
    ],
)
def test_bulk_rejects_incompatible_options(account: Account, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        account.sync(MANY, **options)


def test_bulk_rejects_client_with_hooks(account: Account) -> None:
    with (
        account.sandbox.client(on_request=lambda request: None) as client,
        pytest.raises(InvalidArgumentError, match="without hooks"),
    ):
        sync_metadata(client, account.device, MANY, **BULK)
