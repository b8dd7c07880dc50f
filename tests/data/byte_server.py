"""A server that answers with given bytes, whatever it is asked: for answers that no sandbox would give."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Pieces = Iterable[bytes]


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Served:
    """What the server answers next, and where it is."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.pieces: Callable[[], Pieces] = lambda: [answer(b"{}")]
        self.requests: list[bytes] = []

    def with_(self, body: bytes, *headers: str, status: str = "200 OK") -> None:
        """Answers with this body from now on."""
        whole = answer(body, *headers, status=status)
        self.pieces = lambda: [whole]


@contextmanager
def serving() -> Iterator[Served]:
    """The server, on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = Served(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, served), daemon=True)
        thread.start()
        try:
            yield served
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(listener: socket.socket, served: Served) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            _answer(connection, served)


def _answer(connection: socket.socket, served: Served) -> None:
    try:
        request = _read(connection)
        if request:
            served.requests.append(request)
            for piece in served.pieces():
                connection.sendall(piece)
    except OSError:
        pass  # the client has left, which is what some tests wait for


def _read(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        piece = connection.recv(65_536)
        if not piece:
            return b""
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body
