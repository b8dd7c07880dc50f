"""What a faulty server does to a connection. Each is called for a new connection, and for one that waits in a pool."""

from __future__ import annotations

import select
import socket
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

from tests.network.server import PATIENCE

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from tests.network.server import Behaviour, Connection

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
JSON = b'{"wid": "447362053576@c.us", "status": "active"}'
#: Between two bytes of what is slow.
DRIP = 0.05


def well(connection: Connection) -> None:
    """Answers everything."""
    while connection.read():
        connection.answer()


def times(count: int | None, fault: Callable[[Connection], object]) -> Behaviour:
    """`fault` for the first so many requests; the others are answered. `fault` gets them read, and ends the connection
    unless it returns True."""

    def behaviour(connection: Connection) -> None:
        while connection.read():
            if not connection.server.first(count):
                connection.answer()
            elif not fault(connection):
                return

    return behaviour


def unread(count: int | None, fault: Callable[[Connection], object]) -> Behaviour:
    """As `times`, with the requests unread."""

    def behaviour(connection: Connection) -> None:
        connection.secure()
        connection.wait_for_bytes()
        if connection.server.first(count):
            fault(connection)
        else:
            well(connection)

    return behaviour


def on_arrival(count: int | None, fault: Callable[[Connection], object]) -> Behaviour:
    """`fault` for the first so many new connections; one from the pool is closed while it is idle."""

    def behaviour(connection: Connection) -> None:
        if connection.answered:
            return
        if connection.server.first(count):
            fault(connection)
        else:
            well(connection)

    return behaviour


def silence(connection: Connection) -> None:
    connection.wait_for_close()


def reset(connection: Connection) -> None:
    connection.reset()


def close(connection: Connection) -> None:
    """An orderly end without an answer; what calls this closes."""


def close_idle(connection: Connection) -> None:
    """A pooled connection is closed at once; new ones are served."""
    if not connection.answered:
        well(connection)


def close_after_each(connection: Connection) -> None:
    """Answers one request for each connection, without saying that it will close."""
    if not connection.answered and connection.read():
        connection.answer()


def answer(content: bytes) -> Callable[[Connection], bool]:
    def fault(connection: Connection) -> bool:
        connection.send(content)
        return True

    return fault


def then(content: bytes, end: Callable[[Connection], object]) -> Callable[[Connection], object]:
    """A part of an answer, and then the end."""

    def fault(connection: Connection) -> None:
        connection.send(content)
        # A reset would overtake what is still on its way.
        connection.pause(DRIP)
        end(connection)

    return fault


def drip(start: bytes, drop: bytes) -> Callable[[Connection], object]:
    def fault(connection: Connection) -> None:
        connection.send(start)
        while True:
            connection.send(drop)
            connection.pause(DRIP)

    return fault


def handshake(context: Callable[[], ssl.SSLContext]) -> Callable[[Connection], object]:
    """A TLS handshake with another certificate."""

    def fault(connection: Connection) -> None:
        connection.secure(context())
        well(connection)

    return fault


def hang_up_in_handshake(connection: Connection) -> None:
    connection.receive()


def speak_plainly(connection: Connection) -> None:
    """HTTP where TLS is expected."""
    connection.receive()
    connection.send(response(400, b"speak http here"))
    connection.wait_for_close()


#: What a server says that knows nothing above TLS 1.0: an alert `protocol_version`, or a hello of its own version.
ALERT_VERSION = bytes.fromhex("15 0301 0002 02 46")
_HELLO = bytes.fromhex("0301") + bytes(32) + bytes.fromhex("00 002f 00")
HELLO_OF_TLS_1_0 = bytes.fromhex("16 0301 002a 02 000026") + _HELLO


def speak_old_tls(answer: bytes) -> Callable[[Connection], object]:
    """Answers the client's hello as a server of TLS 1.0 does."""

    def fault(connection: Connection) -> None:
        connection.receive()
        connection.send(answer)
        connection.wait_for_close()

    return fault


def response(status: int, body: bytes = b"", *headers: str, kind: str = "application/json") -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def error(status: int, *headers: str) -> bytes:
    """An answer in the service's own error shape."""
    return response(status, b'{"status": %d, "message": "because"}' % status, *headers)


def later(seconds: float) -> Callable[[Connection], bool]:
    """A 429 with a date; made when it is sent, for a date is soon past."""

    def fault(connection: Connection) -> bool:
        connection.send(error(429, f"Retry-After: {formatdate(time.time() + seconds, usegmt=True)}"))
        return True

    return fault


def redirect(status: int, location: Callable[[Connection], str]) -> Callable[[Connection], bool]:
    def fault(connection: Connection) -> bool:
        connection.send(response(status, b"", f"Location: {location(connection)}"))
        return True

    return fault


def chunked(*pieces: bytes) -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body


def relay(connection: Connection, limit: int | None = None) -> None:
    """A proxy's part after CONNECT: passes bytes on, at most so many of the client's."""
    origin = socket.create_connection(("127.0.0.1", connection.server.origin_port), PATIENCE)
    connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
    passed = 0
    with origin:
        while limit is None or passed < limit:
            ready, _, _ = select.select([connection.socket, origin], [], [], PATIENCE)
            for one in ready:
                piece = connection.receive() if one is connection.socket else origin.recv(65536)
                if not piece:
                    return
                passed += len(piece) if one is connection.socket else 0
                (origin if one is connection.socket else connection.socket).sendall(piece)


def proxy(fault: Callable[[Connection], object]) -> Behaviour:
    """Passes the tunnels of the warm-up on; to the later ones it does `fault`."""

    def behaviour(connection: Connection) -> None:
        if connection.read() is None:
            return
        if connection.server.first(connection.server.tunnels):
            relay(connection)
        else:
            fault(connection)

    return behaviour
