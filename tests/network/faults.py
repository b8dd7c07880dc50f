"""Server behaviours that inject faults. Each is called for new and for pooled connections."""

from __future__ import annotations

import json
import select
import socket
import ssl
import time
from email.utils import formatdate
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.network.server import SERVER_TIMEOUT, Connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.network.server import Behaviour

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
JSON = b'{"wid": "447362053576@c.us", "status": "active"}'
#: Seconds between two chunks of a slow response.
CHUNK_INTERVAL = 0.05


def serve_normally(connection: Connection) -> None:
    """Responds to every request."""
    while connection.read():
        connection.respond()


def demand_certificate(context: ssl.SSLContext | None = None) -> Callable[[Connection], None]:
    """Responds to clients with a certificate, and waits until others have read the alert."""

    def fault(connection: Connection) -> None:
        try:
            connection.secure(context)
        except ssl.SSLError:
            while socket.socket.recv(connection.socket, 65536):
                pass
        else:
            serve_normally(connection)

    return fault


def on_request(count: int | None, fault: Callable[[Connection], object]) -> Behaviour:
    """Applies `fault` to the first `count` requests and responds to the others. `fault` is called after the request was read, and
    ends the connection unless it returns True."""

    def behaviour(connection: Connection) -> None:
        while connection.read():
            if not connection.server.fault_applies(count):
                connection.respond()
            elif not fault(connection):
                return

    return behaviour


def before_request(count: int | None, fault: Callable[[Connection], object]) -> Behaviour:
    """As `on_request`, without reading the request."""

    def behaviour(connection: Connection) -> None:
        connection.secure()
        connection.wait_for_bytes()
        if connection.server.fault_applies(count):
            fault(connection)
        else:
            serve_normally(connection)

    return behaviour


def on_connect(count: int | None, fault: Callable[[Connection], object]) -> Behaviour:
    """Applies `fault` to the first `count` new connections; a pooled connection is closed while it is idle."""

    def behaviour(connection: Connection) -> None:
        if connection.responses:
            return
        if connection.server.fault_applies(count):
            fault(connection)
        else:
            serve_normally(connection)

    return behaviour


silence, reset, close_in_handshake = Connection.wait_for_close, Connection.reset, Connection.receive


def close(connection: Connection) -> None:
    """Ends without a response; the caller closes the connection."""


def close_idle(connection: Connection) -> None:
    """Closes a pooled connection at once and serves new ones."""
    if not connection.responses:
        serve_normally(connection)


def close_after_each(connection: Connection) -> None:
    """Responds to one request per connection, without announcing the close."""
    if not connection.responses and connection.read():
        connection.respond()


def respond(content: bytes) -> Callable[[Connection], bool]:
    def fault(connection: Connection) -> bool:
        connection.send(content)
        return True

    return fault


def then(content: bytes, end: Callable[[Connection], object]) -> Callable[[Connection], object]:
    """Sends a part of a response, then calls `end`."""

    def fault(connection: Connection) -> None:
        connection.send(content)
        # A reset discards bytes that are not yet delivered.
        connection.pause(CHUNK_INTERVAL)
        end(connection)

    return fault


def send_slowly(start: bytes, drop: bytes) -> Callable[[Connection], object]:
    def fault(connection: Connection) -> None:
        connection.send(start)
        while True:
            connection.send(drop)
            connection.pause(CHUNK_INTERVAL)

    return fault


def present_certificate(context: ssl.SSLContext) -> Callable[[Connection], object]:
    """A TLS handshake with another certificate."""

    def fault(connection: Connection) -> None:
        connection.secure(context)
        serve_normally(connection)

    return fault


#: Responses of a server that supports only TLS 1.0: an alert `protocol_version`, or a ServerHello of its version.
TLS_VERSION_ALERT = bytes.fromhex("15 0301 0002 02 46")
_HELLO = bytes.fromhex("0301") + bytes(32) + bytes.fromhex("00 002f 00")
TLS_1_0_HELLO = bytes.fromhex("16 0301 002a 02 000026") + _HELLO


def answer_client_hello(content: bytes) -> Callable[[Connection], object]:
    """Responds to a TLS client with these bytes, without a handshake."""

    def fault(connection: Connection) -> None:
        connection.receive()
        connection.send(content)
        connection.wait_for_close()

    return fault


def response(status: int, body: bytes = b"", *headers: str, kind: str = "application/json") -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def error(status: int, *headers: str) -> bytes:
    """A response with the service's error body."""
    return response(status, b'{"status": %d, "message": "because"}' % status, *headers)


def rate_limited_until(seconds: float) -> Callable[[Connection], bool]:
    """A 429 with a date, computed when it is sent."""

    def fault(connection: Connection) -> bool:
        connection.send(error(429, f"Retry-After: {formatdate(time.time() + seconds, usegmt=True)}"))
        return True

    return fault


def serve_pages(total: int, cap: int) -> Behaviour:
    """Serves lists of `total` items on pages of at most `cap`, whatever size is asked for. Other requests get an empty object."""

    def behaviour(connection: Connection) -> None:
        while request := connection.read():
            query = parse_qs(urlsplit(request.target).query)
            size = min(int(query.get("size", ["100"])[0]), cap)
            start = int(query.get("page", ["0"])[0]) * size
            items = [{"wid": f"44736205{number:04}@c.us"} for number in range(start, min(start + size, total))]
            connection.respond(response(200, json.dumps(items).encode() if request.method == "GET" else b"{}"))

    return behaviour


def redirect(status: int, location: Callable[[Connection], str]) -> Callable[[Connection], bool]:
    def fault(connection: Connection) -> bool:
        connection.send(response(status, b"", f"Location: {location(connection)}"))
        return True

    return fault


def chunked(*chunks: bytes) -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body


def relay(connection: Connection, limit: int | None = None) -> None:
    """Relays bytes after CONNECT, at most `limit` of the client's."""
    tunnel(connection, b"HTTP/1.1 200 Connection established\r\n\r\n", limit)


def tunnel(connection: Connection, established: bytes, limit: int | None = None) -> None:
    origin = socket.create_connection(("127.0.0.1", connection.server.origin_port), SERVER_TIMEOUT)
    connection.send(established)
    passed = 0
    with origin:
        while limit is None or passed < limit:
            ready, _, _ = select.select([connection.socket, origin], [], [], SERVER_TIMEOUT)
            for source in ready:
                chunk = connection.receive() if source is connection.socket else origin.recv(65536)
                if not chunk:
                    return
                passed += len(chunk) if source is connection.socket else 0
                (origin if source is connection.socket else connection.socket).sendall(chunk)


def proxy(fault: Callable[[Connection], object]) -> Behaviour:
    """Relays the tunnels of the warm-up and applies `fault` to later ones."""

    def behaviour(connection: Connection) -> None:
        if connection.read() is None:
            return
        if connection.server.fault_applies(connection.server.tunnels):
            relay(connection)
        else:
            fault(connection)

    return behaviour


def _socks_reply(code: int) -> bytes:
    return bytes([5, code, 0, 1]) + bytes(6)


def refuse_socks(code: int) -> Callable[[Connection], None]:
    """Answers a SOCKS request with an error."""

    def fault(connection: Connection) -> None:
        connection.send(_socks_reply(code))
        connection.wait_for_close()

    return fault


def relay_socks(connection: Connection, limit: int | None = None) -> None:
    """Relays bytes after a granted SOCKS request, at most `limit` of the client's."""
    tunnel(connection, _socks_reply(0), limit)


def socks(fault: Callable[[Connection], object]) -> Behaviour:
    """A SOCKS 5 proxy (RFC 1928) that relays the tunnels of the warm-up and applies `fault` to later requests."""

    def behaviour(connection: Connection) -> None:
        _socks_greeting(connection)
        connection.server.socks_targets.append(_socks_target(connection))
        if connection.server.fault_applies(connection.server.tunnels):
            relay_socks(connection)
        else:
            fault(connection)

    return behaviour


def _socks_greeting(connection: Connection) -> None:
    """Asks for user and password (RFC 1929) if the client offers them."""
    _, count = connection.receive_exactly(2)
    has_password = 2 in connection.receive_exactly(count)
    connection.send(b"\x05\x02" if has_password else b"\x05\x00")
    if has_password:
        connection.receive_exactly(1)
        user, password = (connection.receive_exactly(connection.receive_exactly(1)[0]).decode() for _ in range(2))
        connection.server.socks_users.append((user, password))
        connection.send(b"\x01\x00")


def _socks_target(connection: Connection) -> tuple[str, int]:
    kind = connection.receive_exactly(4)[3]
    if kind == 3:
        host = connection.receive_exactly(connection.receive_exactly(1)[0]).decode()
    else:
        host = socket.inet_ntop(
            *((socket.AF_INET, connection.receive_exactly(4)) if kind == 1 else (socket.AF_INET6, connection.receive_exactly(16)))
        )
    return host, int.from_bytes(connection.receive_exactly(2), "big")
