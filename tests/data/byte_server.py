"""A server that responds to every request with configured bytes, for responses that the sandbox cannot produce."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def encode_response(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class ByteServer:
    """The address of the server, its next response in chunks, and its requests so far."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.chunks: Callable[[], Iterable[bytes]] = lambda: [encode_response(b"{}")]
        self.requests: list[bytes] = []

    def respond_with(self, body: bytes, *headers: str, status: str = "200 OK") -> None:
        """Sets the response to all following requests."""
        response = encode_response(body, *headers, status=status)
        self.chunks = lambda: [response]


@contextmanager
def running_byte_server() -> Iterator[ByteServer]:
    """The server on a free loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = ByteServer(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, server), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(listener: socket.socket, server: ByteServer) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        # Some tests close the connection before the response is complete.
        with connection, suppress(OSError):
            if request := _read(connection):
                server.requests.append(request)
                for chunk in server.chunks():
                    connection.sendall(chunk)


def _read(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        received = connection.recv(65_536)
        if not received:
            return b""
        request += received
    head, _, body = request.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body
