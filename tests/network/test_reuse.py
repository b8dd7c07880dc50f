"""Messages over connections that have served another one: reused where the service keeps them, and never sent twice."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, DEVICE
from tests.network import faults
from tests.network.server import OK, Connection, FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.network.server import Behaviour

#: Concurrent messages of a burst.
BURST = 16


@contextmanager
def account(behaviour: Behaviour, *, awaited: bool = False) -> Iterator[tuple[FaultServer, Any]]:
    """A server, and a function that sends a message: the name of the error, or `ok`."""
    with FaultServer(behaviour) as server:
        kind: Any = sparkbot.AsyncClient if awaited else sparkbot.Client
        client = kind(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1", retry=sparkbot.Retry(initial_delay=0.001))

        def send(number: int) -> str:
            try:
                result = client.send.text(device=DEVICE, phone="+447362053576", message=f"message {number}")
                if awaited:
                    asyncio.run(_wait(result))
            except errors.SparkBotError as error:
                return type(error).__name__
            return "ok"

        yield server, send


async def _wait(result: Any) -> None:
    await result


def drop_second_request(connection: Connection) -> None:
    """Closes each connection when its second request has arrived, without a response."""
    if connection.read():
        connection.respond()
        connection.read()


@pytest.mark.parametrize("awaited", [False, True])
def test_messages_share_a_connection(awaited: bool) -> None:
    with account(faults.serve_normally, awaited=awaited) as (server, send):
        assert [send(number) for number in range(10)] == ["ok"] * 10
        assert len(server.connections) == 1


@pytest.mark.parametrize("awaited", [False, True])
def test_first_lost_message_ends_reuse(awaited: bool) -> None:
    with account(drop_second_request, awaited=awaited) as (server, send):
        assert [send(number) for number in range(6)] == ["ok", "OutcomeUnknownError", *["ok"] * 4]
        # The second one shared the connection of the first; no message was sent twice.
        assert (len(server.connections), len(server.requests)) == (5, 6)
        assert len({request.body for request in server.requests}) == 6


def test_burst_loses_one_message_at_most() -> None:
    with account(drop_second_request) as (server, send), ThreadPoolExecutor(BURST) as pool:
        outcomes = [*pool.map(send, range(BURST)), *pool.map(send, range(BURST, 2 * BURST))]
        assert outcomes.count("OutcomeUnknownError") <= 1
        assert outcomes.count("ok") >= 2 * BURST - 1
        assert len({request.body for request in server.requests}) == len(server.requests)


def test_announced_short_keep_alive_prevents_reuse() -> None:
    announced = OK.replace(b"\r\n\r\n", b"\r\nKeep-Alive: timeout=1\r\n\r\n")

    def serve(connection: Connection) -> None:
        while connection.read():
            connection.respond(announced)

    with account(serve) as (server, send):
        assert [send(number) for number in range(3)] == ["ok"] * 3
        assert len(server.connections) == 3


def test_lost_read_ends_reuse_before_a_message_is_lost() -> None:
    with FaultServer(drop_second_request) as server:
        client = sparkbot.Client(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1")
        for _ in range(2):
            client.request("GET", "/x")
        for number in range(3):
            client.send.text(device=DEVICE, phone="+447362053576", message=f"message {number}")
        # The second read was retried on a new connection.
        assert len(server.connections) == 2 + 3
