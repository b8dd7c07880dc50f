"""Assertions on the request log: matches, failure messages and invalid arguments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

import sparkbot
from sparkbot.errors import InvalidArgumentError
from tests.conftest import CHAT, DEVICE, TARGET

PHONE = "+447362053576"


def make_calls(sandbox: sparkbot.Sandbox) -> None:
    with sandbox.client() as client:
        client.chats.set_status(DEVICE, CHAT, "resolved")
        client.chats.set_status(DEVICE, CHAT, "active")
        client.contacts.upsert_metadata(DEVICE, CHAT, {"tier": "gold", "visits": 7, "vip": True})
        client.chats.list(DEVICE, status=["active", "pending"], size=5)
        client.send.text(device=DEVICE, phone=PHONE, message="Hi", deliver_at=datetime(2030, 1, 31, 8, tzinfo=UTC))
        client.queue.route(DEVICE, TARGET)


def test_assertions_match_client_arguments(sandbox: sparkbot.Sandbox) -> None:
    make_calls(sandbox)
    requests = sandbox.requests
    requests.assert_called("chats.set_status", times=2, device=DEVICE)
    assert requests.assert_called_once("chats.set_status", chat=CHAT, status="resolved")["status"] == 200
    requests.assert_called_once("contacts.upsert_metadata", metadata={"vip": True, "tier": "gold", "visits": 7})
    requests.assert_called_once("chats.list", status=("active", "pending"), size=5, labels=None)
    afternoon = datetime(2030, 1, 31, 10, tzinfo=timezone(timedelta(hours=2)))
    requests.assert_called_once("send.*", phone=PHONE, deliver_at=afternoon)
    requests.assert_called_once("queue.route", device=DEVICE, target=TARGET)
    requests.assert_called("chats.*", times=3)
    requests.assert_called("devices.list", times=0)
    requests.assert_not_called("chats.set_status", status="archived")
    requests.assert_not_called("contacts.upsert_metadata", metadata={"tier": "gold"})


def test_failed_assertion_shows_similar_requests(sandbox: sparkbot.Sandbox) -> None:
    make_calls(sandbox)
    with pytest.raises(AssertionError) as caught:
        sandbox.requests.assert_called("chats.set_status", device=TARGET, status="resolved")
    assert str(caught.value).splitlines() == [
        f"chats.set_status(device='{TARGET}', status='resolved') was not called.",
        "The closest of 2 requests:",
        f"  #0 chats.set_status(device='{DEVICE}', chat='{CHAT}', status='resolved') → 200",
        f"      device: '{DEVICE}', expected '{TARGET}'",
        f"  #1 chats.set_status(device='{DEVICE}', chat='{CHAT}', status='active') → 200",
        f"      device: '{DEVICE}', expected '{TARGET}'",
        "      status: 'active', expected 'resolved'",
    ]
    with pytest.raises(AssertionError, match=r"was called once, expected never\.\n  #2 contacts\.upsert_metadata\("):
        sandbox.requests.assert_not_called("contacts.*")
    with pytest.raises(AssertionError, match=r"was called twice, not once\.\n  #0"):
        sandbox.requests.assert_called_once("chats.set_status")
    with pytest.raises(AssertionError, match=r"The operations called were: chats\.set_status \(twice\)"):
        sandbox.requests.assert_called("devices.list")
    with pytest.raises(AssertionError, match="search: omitted, expected 'Ada'"):
        sandbox.requests.assert_called("chats.list", search="Ada")
    sandbox.reset()
    with pytest.raises(AssertionError, match="There were no requests"):
        sandbox.requests.assert_called("devices.list")


def test_retries_are_separate_requests(sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.status(502, count=1)
    with sandbox.client(retry=sparkbot.Retry(initial_delay=0.001, max_delay=0.001)) as client:
        client.devices.list()
    assert [request["status"] for request in sandbox.requests.of("devices.list")] == [502, 200]
    with pytest.raises(AssertionError, match=r"→ 502, fault status\n"):
        sandbox.requests.assert_called_once("devices.list")


@pytest.mark.parametrize(
    ("operation", "arguments", "problem"),
    [
        ("chats.setstatus", {}, "'chats.setstatus' is not an operation: did you mean chats.set_status"),
        ("xyzzy", {}, "there are "),
        ("chats.set_status", {"stauts": "resolved"}, "'stauts' is not an argument of chats.set_status: did you mean status"),
    ],
)
def test_unknown_names_are_rejected(sandbox: sparkbot.Sandbox, operation: str, arguments: dict[str, str], problem: str) -> None:
    with pytest.raises(InvalidArgumentError, match=problem):
        sandbox.requests.assert_not_called(operation, **arguments)
