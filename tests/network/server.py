"""A raw socket server that injects faults and records requests and connections.

It uses no HTTP library, because it must break the protocol.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Behaviour = Callable[["Connection"], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
#: Limit of every wait in the server. A connection that is open longer is a hang of the client, which fails the test earlier.
SERVER_TIMEOUT = 30.0


@dataclass(frozen=True)
class Request:
    """A completely read request."""

    method: str
    target: str
    head: bytes
    body: bytes

    @property
    def identity(self) -> tuple[str, str, bytes]:
        """Equal for a request and its retries."""
        return self.method, self.target, self.body


class Connection:
    """An accepted connection and its state."""

    def __init__(self, server: FaultServer, raw: socket.socket) -> None:
        self.server = server
        self.socket = raw
        self.secured = self.resumed = False
        #: Number of successful responses.
        self.responses = 0
        self.closed_by: str | None = None
        #: The client's own certificate, if the server asked for one.
        self.peer_certificate: dict[str, Any] | None = None
        self._buffer = b""
        raw.settimeout(SERVER_TIMEOUT)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def secure(self, context: ssl.SSLContext | None = None) -> None:
        """Performs the TLS handshake if the server uses TLS."""
        context = context or self.server.context
        if context is not None and not self.secured:
            # A failed handshake leaves the socket open: closing it at once could discard the alert on its way to the client.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.socket.do_handshake()
            self.secured = True
            self.resumed = bool(self.socket.session_reused)
            self.peer_certificate = self.socket.getpeercert()

    def read(self) -> Request | None:
        """The next request, or None if the client closed the connection."""
        self.secure()
        while b"\r\n\r\n" not in self._buffer:
            if not self._receive_more():
                return None
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        lines = head.split(b"\r\n")
        names = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])}
        length = int(names.get(b"content-length", b"0"))
        while len(self._buffer) < length:
            if not self._receive_more():
                return None
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        method, target, _ = lines[0].decode().split(" ", 2)
        request = Request(method, target, head, body)
        self.server.record(request)
        return request

    def _receive_more(self) -> bool:
        chunk = self.receive()
        self._buffer += chunk
        return bool(chunk)

    def receive(self) -> bytes:
        """The next bytes, or none if the client closed the connection."""
        chunk = self.socket.recv(65536)
        self.server.received(chunk)
        if not chunk and self.closed_by is None:
            self.closed_by = "client"
        return chunk

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def receive_exactly(self, count: int) -> bytes:
        """The next `count` bytes; raises if the client closes the connection before them."""
        while len(self._buffer) < count:
            if not self._receive_more():
                raise ConnectionAbortedError
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def respond(self, content: bytes = OK) -> None:
        self.send(content)
        self.responses += 1

    def wait_for_bytes(self) -> None:
        """Waits until the client sent something, without reading it."""
        select.select([self.socket], [], [], SERVER_TIMEOUT)

    def wait_for_close(self) -> None:
        """Waits until the client closes the connection, and discards what it sends."""
        while self.receive():
            pass

    def pause(self, seconds: float) -> None:
        """Waits `seconds`; raises if the server stops."""
        if self.server.stopping.wait(seconds):
            raise ConnectionAbortedError

    def hang_up(self) -> None:
        """Ends the connection from another thread. Only shuts it down, and its own thread closes it: otherwise the next socket
        could reuse the file descriptor while this connection's thread still reads from it."""
        self.closed_by = self.closed_by or "server"
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Closes the connection gracefully."""
        if self.closed_by is None:
            self.closed_by = "server"
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def reset(self) -> None:
        """Closes the connection with a reset."""
        self.closed_by = "server"
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def _reserve_port() -> socket.socket:
    """A socket that is bound but does not listen: connections to its port are refused, and the kernel assigns the port to no
    other server. Otherwise a parallel server could get a port that must refuse connections."""
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    return reserved


@contextlib.contextmanager
def black_hole(port: int) -> Iterator[None]:
    """An IPv6 port whose backlog is full: the kernel drops connection attempts, as a broken route does."""
    with socket.socket(socket.AF_INET6) as listener, socket.socket(socket.AF_INET6) as waiting:
        listener.bind(("::1", port))
        listener.listen(0)
        waiting.connect(("::1", port))
        yield


@dataclass
class FaultServer:
    """Serves each connection in a thread with the given behaviour.

    It responds to the first `warm_up` requests simultaneously, so the client's pool has that many connections afterwards.
    """

    behaviour: Behaviour
    context: ssl.SSLContext | None = None
    warm_up: int = 0
    #: For a proxy: the port of its tunnels, and how many of them it relays.
    origin_port: int = 0
    tunnels: int = 0
    #: The port of a server that must get no connection.
    other_port: int = 0
    requests: list[Request] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    #: What a SOCKS proxy was asked for: addresses, and users with their passwords.
    socks_targets: list[tuple[str, int]] = field(default_factory=list)
    socks_users: list[tuple[str, str]] = field(default_factory=list)
    bytes_received: bytearray = field(default_factory=bytearray)
    stopping: threading.Event = field(default_factory=threading.Event)
    #: Number of requests or connections that the fault was offered to.
    fault_count: int = 0

    def __enter__(self) -> Self:
        self.lock = threading.Lock()
        self._reserved = _reserve_port()
        self.port: int = self._reserved.getsockname()[1]
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=1024)
        self._barrier = threading.Barrier(self.warm_up) if self.warm_up else None
        self._warm_up_left = self.warm_up
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.stop_listening()
        self.drop_connections()
        self._reserved.close()

    def stop_listening(self) -> None:
        """Refuses further connections and keeps the port."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join(SERVER_TIMEOUT)

    def drop_connections(self) -> None:
        for connection in self.connections:
            connection.hang_up()

    def reset_counts(self) -> None:
        """Forgets the requests and connections of the warm-up."""
        with self.lock:
            self.requests.clear()
            self.connections.clear()

    def record(self, request: Request) -> None:
        with self.lock:
            self.requests.append(request)

    def received(self, chunk: bytes) -> None:
        with self.lock:
            self.bytes_received += chunk

    def fault_applies(self, count: int | None) -> bool:
        """Whether the fault applies now; with None it always does."""
        with self.lock:
            self.fault_count += 1
            return count is None or self.fault_count <= count

    def _accept(self) -> None:
        """Accepts connections and closes the listener. Closing it in another thread is a race: the next server's listener could
        get its file descriptor, and this thread would accept that server's connections."""
        while True:
            try:
                raw, _ = self.listener.accept()
            except OSError:
                self.listener.close()
                return
            connection = Connection(self, raw)
            with self.lock:
                self.connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        # Errors of the client's end of a broken connection are expected.
        with contextlib.suppress(OSError, ValueError, threading.BrokenBarrierError):
            if self._is_warm_up():
                self._answer_warm_up(connection)
            self.behaviour(connection)
        connection.close()

    def _is_warm_up(self) -> bool:
        with self.lock:
            self._warm_up_left -= 1
            return self._warm_up_left >= 0

    def _answer_warm_up(self, connection: Connection) -> None:
        connection.read()
        if self._barrier is not None:
            self._barrier.wait(SERVER_TIMEOUT)
        connection.respond()
