"""Retries and timeouts of single calls. `tests/network` covers every status and transport error."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import CHAT, DEVICE, TARGET
from tests.time_limits import NEVER

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api

READ: Callable[[Any], Any] = lambda client: client.chats.get(DEVICE, CHAT)  # noqa: E731
UPDATE: Callable[[Any], Any] = lambda client: client.chats.set_status(DEVICE, CHAT, "resolved")  # noqa: E731
CREATE: Callable[[Any], Any] = lambda client: client.contacts.create(DEVICE, phone="+4915112345678")  # noqa: E731
ROUTE: Callable[[Any], Any] = lambda client: client.queue.route(DEVICE, TARGET)  # noqa: E731
IDEMPOTENT = pytest.mark.parametrize("call", [READ, UPDATE], ids=["read", "update"])
NON_IDEMPOTENT = pytest.mark.parametrize("call", [CREATE, ROUTE], ids=["create", "route"])


@IDEMPOTENT
@pytest.mark.parametrize("executed", [False, True])
def test_closed_connection_is_reopened(api: Api, call: Callable[[Any], Any], executed: bool) -> None:
    api.sandbox.faults.reset_connection(executed=executed, count=2)
    assert isinstance(api(call), dict)
    connections = {request["connection"] for request in api.sandbox.requests}
    assert len(api.sandbox.requests) == len(connections) == 3


@NON_IDEMPOTENT
@pytest.mark.parametrize("executed", [False, True])
def test_non_idempotent_call_is_sent_once(api: Api, call: Callable[[Any], Any], executed: bool) -> None:
    api.sandbox.faults.reset_connection(executed=executed)
    with pytest.raises(errors.OutcomeUnknownError, match="may have been executed"):
        api(call)
    assert len(api.sandbox.requests) == 1


@NON_IDEMPOTENT
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_gateway_error_leaves_the_outcome_unknown(api: Api, call: Callable[[Any], Any], status: int) -> None:
    api.sandbox.faults.status(status, body="<html>Bad gateway</html>")
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        api(call)
    assert caught.value.status_code == status
    assert len(api.sandbox.requests) == 1


@NON_IDEMPOTENT
def test_error_of_the_service_is_a_known_outcome(api: Api, call: Callable[[Any], Any]) -> None:
    api.sandbox.faults.status(503, message="Session is not connected")
    with pytest.raises(errors.DeviceNotReadyError, match="Session is not connected"):
        api(call)
    assert len(api.sandbox.requests) == 1


@NON_IDEMPOTENT
def test_non_idempotent_call_is_retried_after_429(api: Api, call: Callable[[Any], Any]) -> None:
    api.sandbox.faults.status(429, count=1, headers={"Retry-After": "0.01"})
    assert isinstance(api(call), dict)
    assert api.sandbox.requests[0]["status"] == 429


@NON_IDEMPOTENT
def test_non_idempotent_call_uses_a_new_connection(api: Api, call: Callable[[Any], Any]) -> None:
    client = api.client()
    api.on(client, READ)
    api.on(client, call)
    first, second = (request["connection"] for request in api.sandbox.requests)
    assert first != second


def test_reads_share_a_connection(api: Api) -> None:
    client = api.client()
    for _ in range(3):
        api.on(client, READ)
    assert len({request["connection"] for request in api.sandbox.requests}) == 1


def test_total_timeout_limits_the_call(api: Api) -> None:
    api.sandbox.faults.latency(NEVER)
    started_at = time.monotonic()
    with pytest.raises(errors.APITimeoutError, match="total timeout") as caught:
        api(READ, timeout=0.4)
    assert time.monotonic() - started_at >= 0.4
    assert isinstance(caught.value, TimeoutError)


def test_call_overrides_timeout_and_retries(api: Api) -> None:
    api.sandbox.faults.latency(30)
    with pytest.raises(errors.APITimeoutError):
        api(lambda client: client.chats.get(DEVICE, CHAT, options={"timeout": 0.2}))
    api.sandbox.faults.clear()
    api.sandbox.faults.status(503)
    with pytest.raises(errors.APIStatusError) as caught:
        api(lambda client: client.with_options(max_retries=4).chats.get(DEVICE, CHAT))
    assert caught.value.attempts == 5
    with pytest.raises(errors.APIStatusError) as caught:
        api(lambda client: client.with_options(max_retries=4).chats.get(DEVICE, CHAT, options={"max_retries": 0}))
    assert caught.value.attempts == 1


@pytest.mark.parametrize(
    ("client_timeout", "call_timeout", "message"),
    [
        (0.3, sparkbot.Timeout(read=20), "300ms, the total timeout"),
        (sparkbot.Timeout(read=0.2), 20, "sent nothing for 200ms"),
        # An explicit value equal to the default still overrides the client's.
        (sparkbot.Timeout(0.3, read=0.1), sparkbot.Timeout(read=30), "300ms, the total timeout"),
    ],
)
def test_unset_timeouts_come_from_the_client(api: Api, client_timeout: Any, call_timeout: Any, message: str) -> None:
    api.sandbox.faults.latency(30)
    with pytest.raises(errors.APITimeoutError, match=message):
        api(
            lambda client: client.with_options(timeout=client_timeout, max_retries=0).chats.get(
                DEVICE, CHAT, options={"timeout": call_timeout}
            )
        )


def test_unset_retry_delays_come_from_the_client(api: Api) -> None:
    api.sandbox.faults.status(503)
    slow = sparkbot.Retry(initial_delay=3000, max_delay=3000)
    with pytest.raises(errors.APIStatusError) as caught:
        api(lambda client: client.with_options(retry=slow).chats.get(DEVICE, CHAT, options={"max_retries": 8, "timeout": 1}))
    assert caught.value.attempts <= 2, "a delay of up to 3,000 s exceeds the call's timeout"


def test_connect_timeout_is_rejected_for_one_call(api: Api) -> None:
    connect_options = {"timeout": sparkbot.Timeout(connect=1)}
    with pytest.raises(errors.InvalidArgumentError, match="connect cannot be set for one call"):
        api(lambda client: client.chats.get(DEVICE, CHAT, options=connect_options))
    with pytest.raises(errors.InvalidArgumentError, match="connect cannot be set for one call"):
        api(lambda client: client.with_options(**connect_options))
    assert api.sandbox.requests == []
    # The value of the client is accepted.
    assert api(lambda client: client.chats.get(DEVICE, CHAT, options=connect_options), **connect_options)["status"] == "active"


def test_refused_connection_error_has_advice(api: Api) -> None:
    client = api.client()
    api.sandbox.stop()
    for call in (READ, CREATE):
        with pytest.raises(errors.APIConnectionError, match=r"Check base_url.*after 3 attempts") as caught:
            api.on(client, call)
        assert caught.value.attempts == 3
        assert isinstance(caught.value, ConnectionError)


def test_retried_delete_treats_404_as_success(api: Api) -> None:
    api.sandbox.faults.status(502, count=1, body="bad gateway")
    api.sandbox.faults.status(404, count=1, message="Owner not found")
    with pytest.warns(UserWarning, match="earlier attempt may have deleted it"):
        assert api(lambda client: client.chats.unassign(DEVICE, CHAT)) == {}
