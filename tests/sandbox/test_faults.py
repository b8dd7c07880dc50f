"""Every kind of fault, as it is met on a real socket."""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING

import pytest

from sparkbot.errors import InvalidArgumentError

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, Talk

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"


def resolve(talk: Talk) -> int:
    return talk("PATCH", f"{CHAT}/status", {"status": "resolved"}).status


def status_now(sandbox: Sandbox) -> str:
    return next(str(chat["status"]) for chat in sandbox.documents("chats") if chat["wid"] == CONTACT and chat["device"] == DEVICE)


def test_a_status_strikes_so_often_and_is_gone(talk: Talk, sandbox: Sandbox) -> None:
    sandbox.faults.status(503, count=2, after=1, operation="chats.get", headers={"Retry-After": "1"})
    answers = [talk("GET", CHAT) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 503, 503, 200]
    assert (answers[1].message, answers[1].headers["retry-after"]) == ("Service unavailable", "1")
    assert len(sandbox.faults) == 0
    assert [request["fault"] for request in sandbox.requests] == [None, "status", "status", None]


@pytest.mark.parametrize(("executed", "status"), [(False, "pending"), (True, "resolved")])
def test_a_status_may_hide_that_the_request_ran(talk: Talk, sandbox: Sandbox, executed: bool, status: str) -> None:
    sandbox.faults.status(502, message="Proxy", body="<h1>Bad gateway</h1>", executed=executed)
    answer = talk("PATCH", f"{CHAT}/status", {"status": "resolved"})
    assert (answer.status, answer.text, answer.headers["content-type"]) == (502, "<h1>Bad gateway</h1>", "text/html")
    assert status_now(sandbox) == status


@pytest.mark.parametrize(("executed", "status"), [(False, "pending"), (True, "resolved")])
def test_a_connection_is_reset_before_or_after_the_request_ran(talk: Talk, sandbox: Sandbox, executed: bool, status: str) -> None:
    sandbox.faults.reset_connection(executed=executed, method="PATCH", count=1)
    with pytest.raises(ConnectionResetError):
        resolve(talk)
    assert status_now(sandbox) == status
    assert [(request["status"], request["fault"]) for request in sandbox.requests] == [(None, "reset")]
    with Talk(sandbox, talk.headers) as another:
        assert resolve(another) == 200


@pytest.mark.parametrize("size", [None, 0, 10, 10_000_000])
def test_an_answer_breaks_off(talk: Talk, sandbox: Sandbox, size: int | None) -> None:
    sandbox.faults.truncate(bytes=size, count=1)
    with pytest.raises(http.client.IncompleteRead) as broken:
        resolve(talk)
    assert broken.value.expected
    assert size != 10 or len(broken.value.partial) == 10
    assert status_now(sandbox) == "resolved"


def test_an_answer_is_late_though_the_request_has_run(talk: Talk, sandbox: Sandbox) -> None:
    sandbox.faults.latency(0.2, path="/v1/chat")
    started = time.monotonic()
    assert resolve(talk) == 200
    assert time.monotonic() - started >= 0.2
    assert sandbox.requests[0]["elapsed_ms"] >= 200
    sandbox.faults.clear()
    sandbox.faults.latency(600)
    talk.connection.sock.settimeout(0.3)
    with pytest.raises(TimeoutError):
        talk("PATCH", f"{CHAT}/status", {"status": "archived"})
    assert status_now(sandbox) == "archived"
    assert sandbox.requests[-1]["status"] is None


def test_calls_above_the_rate_are_refused(talk: Talk, sandbox: Sandbox) -> None:
    sandbox.faults.rate_limit(0.001, retry_after=3)
    first, second = (talk("GET", CHAT) for _ in range(2))
    assert (first.status, second.status, second.headers["retry-after"]) == (200, 429, "3")
    assert second.message == "Too many requests - Try again later"


def test_an_offline_device_cannot_be_synced(talk: Talk, sandbox: Sandbox) -> None:
    sandbox.faults.offline(DEVICE, count=1)
    assert talk("GET", f"/devices/{DEVICE}").json["session"]["status"] == "offline"
    assert DEVICE in [device["id"] for device in talk("GET", "/devices?sessionStatus=offline").json]
    assert talk("GET", f"/devices/{OTHER_DEVICE}/sync").status == 200
    assert talk("GET", f"/devices/{DEVICE}/queue").status == 200
    answer = talk("GET", f"/devices/{DEVICE}/sync")
    assert (answer.status, answer.message) == (503, "Session sync failed")
    assert talk("GET", f"/devices/{DEVICE}").json["session"]["status"] == "online"
    assert talk("GET", f"/devices/{DEVICE}/sync").status == 200


def test_an_offline_device_can_refuse_other_operations(talk: Talk, sandbox: Sandbox) -> None:
    sandbox.faults.offline(DEVICE, operation="chats.*")
    answer = talk("GET", CHAT)
    assert (answer.status, answer.message) == (503, "Session is not connected")


def test_a_path_is_met_however_it_is_written(talk: Talk, sandbox: Sandbox) -> None:
    sandbox.faults.status(418, path=CHAT)
    assert [talk("GET", path).status for path in (CHAT, CHAT.replace("@", "%40"), "/devices")] == [418, 418, 200]


def test_the_faults_in_force_can_be_read(sandbox: Sandbox) -> None:
    number = sandbox.faults.add("reset", count=3)
    assert list(sandbox.faults) == [{"id": number, "kind": "reset", "count": 3, "matched": 0, "struck": 0}]
    sandbox.faults.clear()
    assert len(sandbox.faults) == 0


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"kind": "fire"}, 'kind is "fire"; there are status, latency'),
        ({"kind": "reset", "speed": 3}, "a reset fault has no field `speed`"),
        ({"kind": "latency", "seconds": float("nan")}, "not JSON compliant"),
        ({"kind": "status", "status": 500, "operation": "chats.fly"}, "there is no operation of this name"),
    ],
)
def test_wrong_faults_are_refused(sandbox: Sandbox, fault: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        sandbox.faults.add(**fault)
    assert len(sandbox.faults) == 0
