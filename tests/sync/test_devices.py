"""Several devices in one run, and runs while a device is offline."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from tests.sync.accounts import OTHER, PHONES, WIDS, Account
from tests.time_limits import HANG_TIMEOUT, NEVER

from sparkbot.errors import DeviceNotReadyError, InvalidArgumentError
from sparkbot.sync import InputError, Outcome, Progress, stream_metadata, sync_metadata

if TYPE_CHECKING:
    pass


def rows(names: list[Any], count: int = 40) -> list[dict[str, Any]]:
    return [{"phone": PHONES[number % 40], "n": number, "via": names[number % len(names)]} for number in range(count)]


def test_device_column_accepts_any_name_and_looks_up_once(account: Account) -> None:
    first = account.client.devices.get(account.device)
    before = len(account.sandbox.requests)
    named = rows([account.device, "Field Team", first["phone"], first["alias"], None, "Nobody"], 36)
    report = sync_metadata(account.client, "field team", named, device_column="via")
    requested = [request["operation"] for request in account.sandbox.requests[before:]]
    assert (report.ok, report.failed) == (30, 6)
    assert [outcome.message for outcome in report.failures[:1]] == [
        f"device: 'Nobody' matches no device of the account: {names_of(account)}; pass one of these, or an id"
    ]
    assert account.metadata(1, OTHER) == {"n": "1"}
    assert account.metadata(4, OTHER) == {"n": "4"}
    assert account.metadata(1) == {}
    assert account.metadata(3) == {"n": "3"}
    # An id is one call; each of the five names is searched in the list, which ends with an empty page.
    assert sum(operation.startswith("devices.") for operation in requested) == 1 + 5 * 2


def names_of(account: Account) -> str:
    return ", ".join(
        f"{one.get('alias') or 'no alias'} ({one.get('phone') or one['id']})" for one in account.client.devices.list()
    )


def test_device_function_selects_device_and_fails_its_row_only(account: Account) -> None:
    def rule(row: Any) -> str:
        return {0: account.device, 1: "Field Team"}[row["n"] % 3]

    report = sync_metadata(account.client, rule, [{"phone": PHONES[n], "n": n} for n in range(9)])
    assert (report.ok, report.failed) == (6, 3)
    assert "KeyError: 2" in str(report.failures[0].message)
    assert (account.metadata(4, OTHER), account.metadata(4)) == ({"n": "4"}, {})


def test_contact_on_two_devices_is_two_contacts(account: Account) -> None:
    sync_metadata(account.client, None, rows([account.device, "Field Team"], 2) * 2, device_column="via")
    assert account.metadata(0) == {"n": "0"}
    assert account.metadata(1, OTHER) == {"n": "1"}


@pytest.mark.parametrize(
    ("device", "options", "error"),
    [
        (None, {}, InvalidArgumentError),
        (7, {}, InvalidArgumentError),
        (lambda row: "x", {"device_column": "via"}, InvalidArgumentError),
        (None, {"device_column": "device"}, InputError),
        (None, {"device_column": "phone"}, InputError),
        ("Nobody", {}, InvalidArgumentError),
    ],
)
def test_invalid_device_stops_run_before_sending(
    account: Account, device: Any, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        sync_metadata(account.client, device, rows(["x"]), **options)
    assert account.writes() == 0


def test_offline_device_delays_only_its_own_rows(account: Account) -> None:
    account.sandbox.faults.offline(OTHER, operation="contacts.*")
    received: list[Progress] = []
    seen: list[Outcome] = []

    def listen(progress: Progress) -> None:
        received.append(progress)
        # Every row of the other number gets written meanwhile, though each stands behind one that waits.
        responded = sum(request["method"] == "PATCH" and request["status"] == 200 for request in account.sandbox.requests)
        if progress.waiting_for and responded == 20:
            written.set()

    def come_back() -> None:
        assert written.wait(HANG_TIMEOUT)
        online.extend(account.metadata(number) for number in range(0, 40, 2))
        account.sandbox.faults.clear()

    written = threading.Event()
    online: list[dict[str, str]] = []
    thread = threading.Thread(target=come_back)
    thread.start()
    mixed = rows([account.device, "Field Team"])
    report = sync_metadata(
        account.client, None, mixed, device_column="via", offline_timeout=NEVER, on_progress=listen, on_outcome=seen.append
    )
    thread.join()
    assert online == [{"n": str(number)} for number in range(0, 40, 2)]
    assert report.ok == 40
    assert [outcome.index for outcome in seen] == list(range(40))
    assert list(report.offline) == ["Field Team"]
    assert any(progress.waiting_for == ("Field Team",) for progress in received)
    assert received[-1].waiting_for == ()


def test_offline_timeout_fails_rows_with_few_calls(account: Account) -> None:
    account.sandbox.faults.offline(OTHER, operation="contacts.*")
    mixed = rows([account.device, "Field Team"], 400)
    report = sync_metadata(account.client, None, mixed, device_column="via", offline_timeout=0.3, concurrency=1)
    assert (report.ok, report.failed, report.unknown) == (200, 200, 0)
    assert all(isinstance(outcome.error, DeviceNotReadyError) for outcome in report.failures)
    assert report.calls < 215
    assert report.offline["Field Team"] >= 0.3


def test_waiting_run_can_be_cancelled(account: Account) -> None:
    account.sandbox.faults.offline(account.device, operation="contacts.*")

    async def run() -> Any:
        async with account.sandbox.async_client() as client:
            task = asyncio.ensure_future(sync_metadata(client, account.device, rows([1]), only=["n"], offline_timeout=600))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(task, 1)

    asyncio.run(run())
    account.sandbox.faults.clear()
    assert [account.metadata(number) for number in range(40)] == [{}] * 40
    assert list(stream_metadata(account.client, account.device, rows([1]), only=["n"]))[-1].contact == WIDS[39]
