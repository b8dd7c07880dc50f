"""What is sent again and what never is, and which error is left when nothing helps."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import CHAT, DEVICE, TARGET

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api

READ: Callable[[Any], Any] = lambda client: client.chats.get(DEVICE, CHAT)  # noqa: E731
UPDATE: Callable[[Any], Any] = lambda client: client.chats.set_status(DEVICE, CHAT, "resolved")  # noqa: E731
CREATE: Callable[[Any], Any] = lambda client: client.contacts.create(DEVICE, phone="+4915112345678")  # noqa: E731
ROUTE: Callable[[Any], Any] = lambda client: client.queue.route(DEVICE, TARGET)  # noqa: E731
SAFE = pytest.mark.parametrize("call", [READ, UPDATE], ids=["read", "update"])
NEVER = pytest.mark.parametrize("call", [CREATE, ROUTE], ids=["create", "route"])


@SAFE
@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_statuses_are_tried_again(api: Api, call: Callable[[Any], Any], status: int) -> None:
    api.sandbox.faults.status(status, count=2)
    assert isinstance(api(call), dict)
    assert [request["status"] for request in api.sandbox.requests] == [status, status, 200]


@SAFE
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 410, 422, 501])
def test_lasting_statuses_are_not(api: Api, call: Callable[[Any], Any], status: int) -> None:
    api.sandbox.faults.status(status)
    with pytest.raises(errors.APIStatusError) as caught:
        api(call)
    assert (caught.value.status_code, caught.value.attempts) == (status, 1)
    assert len(api.sandbox.requests) == 1


@SAFE
@pytest.mark.parametrize("executed", [False, True])
def test_a_lost_connection_is_made_anew(api: Api, call: Callable[[Any], Any], executed: bool) -> None:
    api.sandbox.faults.reset_connection(executed=executed, count=2)
    assert isinstance(api(call), dict)
    connections = {request["connection"] for request in api.sandbox.requests}
    assert len(api.sandbox.requests) == len(connections) == 3


@SAFE
def test_an_answer_that_breaks_off_is_asked_for_again(api: Api, call: Callable[[Any], Any]) -> None:
    api.sandbox.faults.truncate(count=1)
    assert api(call)["wid"] == CHAT
    api.sandbox.faults.truncate()
    with pytest.raises(errors.IncompleteResponseError, match="is truncated"):
        api(call)


@SAFE
def test_when_nothing_helps_the_last_failure_is_told(api: Api, call: Callable[[Any], Any]) -> None:
    api.sandbox.faults.reset_connection()
    with pytest.raises(errors.APIConnectionError, match="after 3 attempts") as caught:
        api(call)
    assert caught.value.attempts == len(api.sandbox.requests) == 3
    assert isinstance(caught.value, ConnectionError)


@NEVER
@pytest.mark.parametrize("executed", [False, True])
def test_what_must_not_run_twice_is_never_sent_twice(api: Api, call: Callable[[Any], Any], executed: bool) -> None:
    api.sandbox.faults.reset_connection(executed=executed)
    with pytest.raises(errors.OutcomeUnknownError, match="may have been executed"):
        api(call)
    assert len(api.sandbox.requests) == 1


@NEVER
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_gateway_in_between_leaves_the_outcome_unknown(api: Api, call: Callable[[Any], Any], status: int) -> None:
    api.sandbox.faults.status(status, body="<html>Bad gateway</html>")
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        api(call)
    assert caught.value.status_code == status
    assert len(api.sandbox.requests) == 1


@NEVER
def test_the_service_itself_saying_no_is_no_unknown(api: Api, call: Callable[[Any], Any]) -> None:
    api.sandbox.faults.status(503, message="Session is not connected")
    with pytest.raises(errors.DeviceNotReadyError, match="Session is not connected"):
        api(call)
    assert len(api.sandbox.requests) == 1


@NEVER
def test_after_a_429_anything_may_be_sent_again(api: Api, call: Callable[[Any], Any]) -> None:
    api.sandbox.faults.status(429, count=1, headers={"Retry-After": "0.01"})
    assert isinstance(api(call), dict)
    assert api.sandbox.requests[0]["status"] == 429


@NEVER
def test_a_write_takes_a_connection_that_nobody_used_before(api: Api, call: Callable[[Any], Any]) -> None:
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


def test_a_long_retry_after_is_told_and_not_waited_for(api: Api) -> None:
    api.sandbox.faults.status(429, headers={"Retry-After": "3600"})
    began = time.monotonic()
    with pytest.raises(errors.RateLimitError) as caught:
        api(READ)
    assert caught.value.retry_after == 3600
    assert caught.value.attempts == 1
    assert time.monotonic() - began < 2


def test_a_short_retry_after_is_waited_for(api: Api) -> None:
    api.sandbox.faults.status(429, count=1, headers={"Retry-After": "0.3"})
    began = time.monotonic()
    api(READ)
    assert time.monotonic() - began >= 0.3


def test_no_call_outlives_its_time(api: Api) -> None:
    api.sandbox.faults.latency(30)
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError, match="total timeout") as caught:
        api(READ, timeout=0.4)
    assert 0.4 <= time.monotonic() - began < 0.65
    assert isinstance(caught.value, TimeoutError)


def test_one_call_can_have_its_own_time_and_attempts(api: Api) -> None:
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
    ("clients", "calls", "said"),
    [
        (0.3, sparkbot.Timeout(read=20), "300ms, the total timeout"),
        (sparkbot.Timeout(read=0.2), 20, "sent nothing for 200ms"),
        # The default of 30 s, named: it holds all the same.
        (sparkbot.Timeout(0.3, read=0.1), sparkbot.Timeout(read=30), "300ms, the total timeout"),
    ],
)
def test_times_that_a_call_leaves_open_are_its_clients(api: Api, clients: Any, calls: Any, said: str) -> None:
    api.sandbox.faults.latency(30)
    with pytest.raises(errors.APITimeoutError, match=said):
        api(
            lambda client: client.with_options(timeout=clients, max_retries=0).chats.get(DEVICE, CHAT, options={"timeout": calls})
        )


def test_pauses_that_a_call_leaves_open_are_its_clients(api: Api) -> None:
    api.sandbox.faults.status(503)
    slow = sparkbot.Retry(initial_delay=3000, max_delay=3000)
    with pytest.raises(errors.APIStatusError) as caught:
        api(lambda client: client.with_options(retry=slow).chats.get(DEVICE, CHAT, options={"max_retries": 8, "timeout": 1}))
    assert caught.value.attempts <= 2, "a pause of up to 3,000 s is longer than the call's time"


def test_connect_timeout_is_rejected_for_one_call(api: Api) -> None:
    connect_options = {"timeout": sparkbot.Timeout(connect=1)}
    with pytest.raises(errors.InvalidArgumentError, match="connect cannot be set for one call"):
        api(lambda client: client.chats.get(DEVICE, CHAT, options=connect_options))
    with pytest.raises(errors.InvalidArgumentError, match="connect cannot be set for one call"):
        api(lambda client: client.with_options(**connect_options))
    assert api.sandbox.requests == []
    # The value of the client is accepted.
    assert api(lambda client: client.chats.get(DEVICE, CHAT, options=connect_options), **connect_options)["status"] == "active"


def test_a_silent_service_is_left_after_the_read_time(api: Api) -> None:
    api.sandbox.faults.latency(30)
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError, match="sent nothing"):
        api(READ, timeout=sparkbot.Timeout(read=0.2), max_retries=0)
    assert time.monotonic() - began < 1


def test_refused_connections_say_what_to_check(api: Api) -> None:
    client = api.client()
    api.sandbox.stop()
    for call in (READ, CREATE):
        with pytest.raises(errors.APIConnectionError, match="Check base_url") as caught:
            api.on(client, call)
        assert caught.value.attempts == 3


def test_calls_per_second_are_kept(api: Api) -> None:
    client = api.client(calls_per_second=50)
    began = time.monotonic()
    for _ in range(11):
        api.on(client, READ)
    assert time.monotonic() - began >= 10 / 50


def test_a_login_page_is_no_success(api: Api) -> None:
    api.sandbox.faults.status(200, body="<html><body>Please sign in</body></html>")
    with pytest.raises(errors.InvalidResponseError, match="Please sign in"):
        api(READ)


def test_redirects_are_not_followed(api: Api) -> None:
    with sparkbot.Sandbox() as other:
        for status in (301, 302, 303, 307, 308):
            api.sandbox.faults.status(status, count=1, headers={"Location": f"{other.url}/devices"})
            with pytest.raises(errors.APIStatusError, match="redirect") as caught:
                api(UPDATE)
            assert caught.value.status_code == status
        assert other.requests == []


@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_answer_is_an_empty_dict(api: Api, status: int) -> None:
    api.sandbox.faults.status(status, body="")
    assert api(UPDATE) == {}


def test_a_repeated_delete_that_finds_nothing_counts_as_done(api: Api) -> None:
    api.sandbox.faults.status(502, count=1, body="bad gateway")
    api.sandbox.faults.status(404, count=1, message="Owner not found")
    with pytest.warns(UserWarning, match="earlier attempt may have deleted it"):
        assert api(lambda client: client.chats.unassign(DEVICE, CHAT)) == {}


def test_a_cut_emoji_does_not_lose_the_answer(api: Api) -> None:
    api.sandbox.faults.status(200, body='{"name": "Zo\\u00eb \\ud83d", "whole": "\\ud83d\\ude00"}')
    with pytest.warns(UserWarning, match="cut emoji"):
        assert api(READ) == {"name": "Zoë \ufffd", "whole": "😀"}


def test_numbers_keys_and_order_arrive_exactly(api: Api) -> None:
    text = '{"z": 18446744073709551617, "a": 0.1, "m": 1.7976931348623157e308, "i": -9007199254740993}'
    api.sandbox.faults.status(200, body="\ufeff" + text)
    answer = api(READ)
    assert answer == json.loads(text)
    assert list(answer) == ["z", "a", "m", "i"]


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a": NaN}', '{"a": 1', '"\\x"'])
def test_what_is_no_json_is_told(api: Api, body: str) -> None:
    api.sandbox.faults.status(200, body=body)
    with pytest.raises(errors.InvalidResponseError, match="not valid JSON"):
        api(READ)
