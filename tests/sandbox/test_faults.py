"""Every kind of fault, over a real socket."""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING

import pytest

from sparkbot.errors import InvalidArgumentError

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CHAT = f"/chat/{DEVICE}/chats/{CONTACT}"


def resolve(api: HttpClient) -> int:
    return api("PATCH", f"{CHAT}/status", {"status": "resolved"}).status


def stored_status(sandbox: Sandbox) -> str:
    return next(str(chat["status"]) for chat in sandbox.documents("chats") if chat["wid"] == CONTACT and chat["device"] == DEVICE)


def test_status_fault_applies_count_times(api: HttpClient, sandbox: Sandbox) -> None:
    sandbox.faults.status(503, count=2, after=1, operation="chats.get", headers={"Retry-After": "1"})
    responses = [api("GET", CHAT) for _ in range(4)]
    assert [response.status for response in responses] == [200, 503, 503, 200]
    assert (responses[1].message, responses[1].headers["retry-after"]) == ("Service unavailable", "1")
    assert len(sandbox.faults) == 0
    assert [request["fault"] for request in sandbox.requests] == [None, "status", "status", None]


@pytest.mark.parametrize(("executed", "status"), [(False, "pending"), (True, "resolved")])
def test_status_fault_may_execute_the_request(api: HttpClient, sandbox: Sandbox, executed: bool, status: str) -> None:
    sandbox.faults.status(502, message="Proxy", body="<h1>Bad gateway</h1>", executed=executed)
    response = api("PATCH", f"{CHAT}/status", {"status": "resolved"})
    assert (response.status, response.text, response.headers["content-type"]) == (502, "<h1>Bad gateway</h1>", "text/html")
    assert stored_status(sandbox) == status


@pytest.mark.parametrize(("executed", "status"), [(False, "pending"), (True, "resolved")])
def test_reset_fault_may_execute_the_request(api: HttpClient, sandbox: Sandbox, executed: bool, status: str) -> None:
    sandbox.faults.reset_connection(executed=executed, method="PATCH", count=1)
    with pytest.raises(ConnectionResetError):
        resolve(api)
    assert stored_status(sandbox) == status
    assert [(request["status"], request["fault"]) for request in sandbox.requests] == [(None, "reset")]
    with HttpClient(sandbox, api.headers) as other:
        assert resolve(other) == 200


@pytest.mark.parametrize("size", [None, 0, 10, 10_000_000])
def test_truncate_fault_cuts_the_body(api: HttpClient, sandbox: Sandbox, size: int | None) -> None:
    sandbox.faults.truncate(bytes=size, count=1)
    with pytest.raises(http.client.IncompleteRead) as error:
        resolve(api)
    assert error.value.expected
    assert size != 10 or len(error.value.partial) == 10
    assert stored_status(sandbox) == "resolved"


def test_latency_fault_delays_an_executed_request(api: HttpClient, sandbox: Sandbox) -> None:
    sandbox.faults.latency(0.2, path="/v1/chat")
    started_at = time.monotonic()
    assert resolve(api) == 200
    assert time.monotonic() - started_at >= 0.2
    assert sandbox.requests[0]["elapsed_ms"] >= 200
    sandbox.faults.clear()
    sandbox.faults.latency(600)
    api.connection.sock.settimeout(3)
    with pytest.raises(TimeoutError):
        api("PATCH", f"{CHAT}/status", {"status": "archived"})
    assert stored_status(sandbox) == "archived"
    assert sandbox.requests[-1]["status"] is None


def test_rate_limit_fault_rejects_calls_above_the_rate(api: HttpClient, sandbox: Sandbox) -> None:
    sandbox.faults.rate_limit(0.001, retry_after=3)
    first, second = (api("GET", CHAT) for _ in range(2))
    assert (first.status, second.status, second.headers["retry-after"]) == (200, 429, "3")
    assert second.message == "Too many requests - Try again later"


def test_offline_device_cannot_be_synced(api: HttpClient, sandbox: Sandbox) -> None:
    sandbox.faults.offline(DEVICE, count=1)
    assert api("GET", f"/devices/{DEVICE}").json["session"]["status"] == "offline"
    assert DEVICE in [device["id"] for device in api("GET", "/devices?sessionStatus=offline").json]
    assert api("GET", f"/devices/{OTHER_DEVICE}/sync").status == 200
    assert api("GET", f"/devices/{DEVICE}/queue").status == 200
    response = api("GET", f"/devices/{DEVICE}/sync")
    assert (response.status, response.message) == (503, "Session sync failed")
    assert api("GET", f"/devices/{DEVICE}").json["session"]["status"] == "online"
    assert api("GET", f"/devices/{DEVICE}/sync").status == 200


def test_offline_fault_can_target_other_operations(api: HttpClient, sandbox: Sandbox) -> None:
    sandbox.faults.offline(DEVICE, operation="chats.*")
    response = api("GET", CHAT)
    assert (response.status, response.message) == (503, "Session is not connected")


def test_path_faults_match_every_spelling(api: HttpClient, sandbox: Sandbox) -> None:
    sandbox.faults.status(418, path=CHAT)
    assert [api("GET", path).status for path in (CHAT, CHAT.replace("@", "%40"), "/devices")] == [418, 418, 200]


def test_active_faults_are_listed(sandbox: Sandbox) -> None:
    fault = sandbox.faults.add("reset", count=3)
    assert list(sandbox.faults) == [{"id": fault, "kind": "reset", "count": 3, "matched": 0, "struck": 0}]
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
def test_invalid_faults_are_rejected(sandbox: Sandbox, fault: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        sandbox.faults.add(**fault)
    assert len(sandbox.faults) == 0
