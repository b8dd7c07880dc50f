"""The relay that makes a server seem far away. Delays are checked from below: a busy machine only adds to them."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.relay import Relay, relay

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUND_TRIP = 0.04
LARGE = bytes(range(256)) * 40_000


@contextmanager
def echo_server() -> Iterator[tuple[str, int]]:
    """Sends back what it receives, and then closes as its client did."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=echo, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()
        listener.shutdown(socket.SHUT_RDWR)


def echo(connection: socket.socket) -> None:
    with connection:
        try:
            while data := connection.recv(1 << 16):
                connection.sendall(data)
        except ConnectionResetError:
            pass


@pytest.fixture
def near() -> Iterator[Relay]:
    with echo_server() as server, relay(server, ROUND_TRIP) as running:
        yield running


def connect(near: Relay) -> socket.socket:
    return socket.create_connection(("127.0.0.1", near.port), timeout=30)


def receive(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length and (data := connection.recv(1 << 16)):
        received += data
    return bytes(received)


def echoed(connection: socket.socket, data: bytes) -> float:
    """The seconds until the data were back."""
    began = time.monotonic()
    connection.sendall(data)
    assert receive(connection, len(data)) == data
    return time.monotonic() - began


def test_first_answer_takes_two_round_trips(near: Relay) -> None:
    began = time.monotonic()
    with connect(near) as connection:
        echoed(connection, b"hello")
    assert time.monotonic() - began >= 2 * ROUND_TRIP


def test_further_answers_take_one_round_trip(near: Relay) -> None:
    with connect(near) as connection:
        assert echoed(connection, b"first") >= ROUND_TRIP
        assert any(ROUND_TRIP <= echoed(connection, b"again") < 2 * ROUND_TRIP for _ in range(100))


def test_large_data_arrive_complete_and_in_order(near: Relay) -> None:
    with connect(near) as connection:
        threading.Thread(target=connection.sendall, args=(LARGE,), daemon=True).start()
        assert receive(connection, len(LARGE)) == LARGE


def test_close_of_one_side_lets_the_other_finish(near: Relay) -> None:
    with connect(near) as connection:
        connection.sendall(b"last words")
        connection.shutdown(socket.SHUT_WR)
        assert receive(connection, 100) == b"last words"


def test_refused_server_resets_the_client() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = closed.getsockname()
    with relay(address, ROUND_TRIP) as near, connect(near) as connection, pytest.raises(ConnectionResetError):
        connection.recv(1)


def test_reset_reaches_the_other_side() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        relay(listener.getsockname(), ROUND_TRIP) as near,
        connect(near) as connection,
    ):
        connection.sendall(b"hello")
        server, _ = listener.accept()
        # Closing with unread data resets.
        assert server.recv(1) == b"h"
        server.close()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_stall_holds_back_the_oldest_connection_only(near: Relay) -> None:
    with connect(near) as oldest, connect(near) as other:
        echoed(oldest, b"open")
        echoed(other, b"open")
        near.stall(60)
        oldest.sendall(b"held")
        echoed(other, b"free")
        oldest.setblocking(False)
        with pytest.raises(BlockingIOError):
            oldest.recv(1)
        assert near.connections == 2


def test_stalled_data_arrive_after_the_stall(near: Relay) -> None:
    with connect(near) as connection:
        echoed(connection, b"open")
        started_at = time.monotonic()
        near.stall(5 * ROUND_TRIP)
        echoed(connection, b"held")
        assert time.monotonic() - started_at >= 4 * ROUND_TRIP
