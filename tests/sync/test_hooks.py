"""Client hooks in a sync: called before and after each row that is sent, and for no other row."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from tests.hook_recorder import HookRecorder
from tests.sync.accounts import PHONES, Account

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from pathlib import Path

    from sparkbot.hooks import Request, Response

ROWS: list[dict[str, Any]] = [{"phone": phone, "tier": "gold"} for phone in PHONES]
#: Rows that are not sent: an invalid contact, and no value.
UNSENT: list[dict[str, Any]] = [{"phone": "nobody", "tier": "gold"}, {"phone": PHONES[0], "tier": None}]


@pytest.fixture
def recorder() -> HookRecorder:
    return HookRecorder(items_only=True)


def sync(account: Account, rows: list[dict[str, Any]], form: str, hooks: dict[str, Any], **options: Any) -> sparkbot.Report:
    settings: dict[str, Any] = {"progress": "off", **options}
    if form == "blocking":
        with account.sandbox.client(**hooks) as client:
            blocking: sparkbot.Report = sparkbot.sync_metadata(client, account.device, rows, **settings)
            return blocking

    async def run() -> sparkbot.Report:
        async with account.sandbox.async_client(**hooks) as client:
            awaited: sparkbot.Report = await sparkbot.sync_metadata(client, account.device, rows, **settings)
            return awaited

    return asyncio.run(run())


def rows_sent(account: Account) -> list[str]:
    return sorted(request["headers"].get("x-item") for request in account.sandbox.requests if "contacts" in request["path"])


FORMS = ["blocking", "awaited", "async"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("keeps", [False, True], ids=["", "journal"])
def test_hooks_run_for_each_row_sent(account: Account, recorder: HookRecorder, form: str, keeps: bool, tmp_path: Path) -> None:
    journal = {"journal": tmp_path / "run.journal"} if keeps else {}
    hooks = recorder.awaited if form == "async" else recorder.hooks
    report = sync(account, [*UNSENT, *ROWS], form, hooks, **journal)
    count = len(ROWS)
    assert (report.ok, report.rows) == (count, count + 2)
    assert [request.item for request in recorder.requests] == list(range(2, count + 2))
    assert [response.request for response in recorder.responses] == recorder.requests
    assert {(response.status_code, response.attempts, response.error) for response in recorder.responses} == {(200, 1, None)}
    request = recorder.requests[0]
    assert (request.operation, request.method, request.device) == ("contacts.upsert_metadata", "PATCH", account.device)
    assert rows_sent(account) == sorted(str(index) for index in range(2, count + 2))
    assert {thread for thread, _ in recorder.where} == {threading.get_ident()}
    if keeps:
        recorder.requests.clear()
        assert sync(account, [*UNSENT, *ROWS], form, hooks, compare="journal", **journal).skipped == count + 1
        assert recorder.requests == []


def test_response_hook_has_all_attempts_of_row(account: Account, recorder: HookRecorder) -> None:
    account.sandbox.faults.status(503, count=1, operation="contacts.upsert_metadata")
    new = {"phone": "+447400900777", "tier": "gold"}
    sync(account, [new], "blocking", recorder.hooks, on_missing="create")
    [response] = recorder.responses
    # The first 200 is the lookup of the number's wid, before the contact is created.
    assert [attempt.outcome for attempt in response.history] == ["503", "404", "200", "201", "200"]
    assert [attempt.sent_at for attempt in response.history] == sorted(attempt.sent_at for attempt in response.history)
    assert rows_sent(account) == ["0"] * 4


@pytest.mark.parametrize("form", FORMS)
def test_on_request_error_fails_its_row(account: Account, recorder: HookRecorder, form: str) -> None:
    def veto(request: Request) -> None:
        recorder.before(request)
        if request.item == 1:
            raise LookupError("not this one")
        if request.item == 2:
            request.headers["Token"] = "x"

    report = sync(account, ROWS, form, {"on_request": veto, "on_response": recorder.after})
    assert (report.ok, report.failed) == (len(ROWS) - 2, 2)
    assert [type(failure.error) for failure in report.failures] == [LookupError, errors.InvalidArgumentError]
    assert 1 not in [response.request.item for response in recorder.responses]
    assert type(recorder.responses[1].error) is errors.InvalidArgumentError
    assert not {"1", "2"} & set(rows_sent(account))


@pytest.mark.parametrize("form", FORMS)
def test_on_response_error_stops_run(account: Account, recorder: HookRecorder, form: str) -> None:
    def broken(response: Response) -> None:
        recorder.after(response)
        if response.request.item == 3:
            raise LookupError("the hook is broken")

    with pytest.raises(LookupError) as caught:
        sync(account, ROWS, form, {"on_request": recorder.before, "on_response": broken})
    assert caught.value.sparkbot_response.index == 3  # type: ignore[attr-defined]
    # Rows in flight are reported too.
    assert {response.request.item for response in recorder.responses} == {request.item for request in recorder.requests}


def test_dry_run_calls_no_hooks(account: Account, recorder: HookRecorder) -> None:
    sync(account, ROWS, "blocking", recorder.hooks, dry_run=True)
    assert (recorder.requests, recorder.responses) == ([], [])
