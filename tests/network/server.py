"""A server of raw sockets that does what it is told, and writes down who did what.

Nothing of HTTP is taken from a library: what breaks here is meant to break.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Behaviour = Callable[["Connection"], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
#: No behaviour of the server lasts longer: what is still open then is a hang of the client, and the test has failed long before.
PATIENCE = 30.0


@dataclass(frozen=True)
class Request:
    """A request that was read to its end."""

    method: str
    target: str
    head: bytes
    body: bytes

    @property
    def identity(self) -> tuple[str, str, bytes]:
        """Equal for a request and its repetition."""
        return self.method, self.target, self.body


class Connection:
    """One accepted connection, and what went over it."""

    def __init__(self, server: FaultServer, raw: socket.socket) -> None:
        self.server = server
        self.socket = raw
        self.secured = self.resumed = False
        #: Requests that were answered as they should be.
        self.answered = 0
        self.closed_by: str | None = None
        self._ahead = b""
        raw.settimeout(PATIENCE)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def secure(self, context: ssl.SSLContext | None = None) -> None:
        """Does the server's part of the TLS handshake, where the server speaks TLS."""
        context = context or self.server.context
        if context is not None and not self.secured:
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.secured = True
            self.resumed = bool(self.socket.session_reused)

    def read(self) -> Request | None:
        """The next request, or None when the client has closed the connection."""
        self.secure()
        while b"\r\n\r\n" not in self._ahead:
            if not self._more():
                return None
        head, self._ahead = self._ahead.split(b"\r\n\r\n", 1)
        lines = head.split(b"\r\n")
        names = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])}
        length = int(names.get(b"content-length", b"0"))
        while len(self._ahead) < length:
            if not self._more():
                return None
        body, self._ahead = self._ahead[:length], self._ahead[length:]
        method, target, _ = lines[0].decode().split(" ", 2)
        request = Request(method, target, head, body)
        self.server.record(request)
        return request

    def _more(self) -> bool:
        piece = self.receive()
        self._ahead += piece
        return bool(piece)

    def receive(self) -> bytes:
        """The next bytes; none when the client has closed the connection."""
        piece = self.socket.recv(65536)
        self.server.received(piece)
        if not piece and self.closed_by is None:
            self.closed_by = "client"
        return piece

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def answer(self, content: bytes = OK) -> None:
        self.send(content)
        self.answered += 1

    def wait_for_bytes(self) -> None:
        """Returns when the client has sent something, which stays unread."""
        select.select([self.socket], [], [], PATIENCE)

    def wait_for_close(self) -> None:
        """Returns when the client has gone; what it sends meanwhile is not looked at."""
        while self.receive():
            pass

    def pause(self, seconds: float) -> None:
        """Does nothing for so long, or until the server stops or the client has gone."""
        if self.server.stopping.wait(seconds):
            raise ConnectionAbortedError

    def hang_up(self) -> None:
        """Ends the connection from another thread than its own. The number of a closed socket would go to the next one
        that is opened, with this one's thread still reading from it: so it is only shut down, and its thread closes it."""
        self.closed_by = self.closed_by or "server"
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """An orderly end."""
        if self.closed_by is None:
            self.closed_by = "server"
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def reset(self) -> None:
        """An end with a reset instead of a goodbye."""
        self.closed_by = "server"
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def _reserve_port() -> socket.socket:
    """A socket that is bound but does not listen: connections to its port are refused, and the kernel gives the port to nobody
    who does not name it. Otherwise servers beside this one would be given the ports on which nobody is meant to answer."""
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    return reserved


@contextlib.contextmanager
def black_hole(port: int) -> Iterator[None]:
    """A port of IPv6 whose line of waiting connections is full: the kernel drops whatever comes to it, as a broken route does."""
    with socket.socket(socket.AF_INET6) as listener, socket.socket(socket.AF_INET6) as waiting:
        listener.bind(("::1", port))
        listener.listen(0)
        waiting.connect(("::1", port))
        yield


@dataclass
class FaultServer:
    """Serves each connection in a thread, by the behaviour that it is given.

    The first `warm_up` requests are answered, and all of them together: so there are that many connections in the client's
    pool afterwards.
    """

    behaviour: Behaviour
    context: ssl.SSLContext | None = None
    warm_up: int = 0
    #: For a proxy: where its tunnels lead, and how many of them are passed on.
    origin_port: int = 0
    tunnels: int = 0
    #: A server that nobody should come to.
    other_port: int = 0
    requests: list[Request] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    bytes_received: bytearray = field(default_factory=bytearray)
    stopping: threading.Event = field(default_factory=threading.Event)
    #: How many requests or connections have met the fault.
    met: int = 0

    def __enter__(self) -> Self:
        self.lock = threading.Lock()
        self._reserved = _reserve_port()
        self.port: int = self._reserved.getsockname()[1]
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=1024)
        self._together = threading.Barrier(self.warm_up) if self.warm_up else None
        self._warming = self.warm_up
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.stop_listening()
        self.drop_connections()
        self._reserved.close()

    def stop_listening(self) -> None:
        """From now on connections are refused; no other server gets the port."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join(PATIENCE)

    def drop_connections(self) -> None:
        for connection in self.connections:
            connection.hang_up()

    def forget(self) -> None:
        """The warm-up is over: what is counted begins now."""
        with self.lock:
            self.requests.clear()
            self.connections.clear()

    def record(self, request: Request) -> None:
        with self.lock:
            self.requests.append(request)

    def received(self, piece: bytes) -> None:
        with self.lock:
            self.bytes_received += piece

    def first(self, times: int | None) -> bool:
        """Whether the fault is due once more; `None` makes it last."""
        with self.lock:
            self.met += 1
            return times is None or self.met <= times

    def _accept(self) -> None:
        """Closes the listener itself: closed by another thread just before it accepts, its number would be that of the next
        server's listener, and this one would answer in place of that."""
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
        # What the client does to a broken connection is its own affair.
        with contextlib.suppress(OSError, ValueError, threading.BrokenBarrierError):
            if self._takes_part():
                self._answer_together(connection)
            self.behaviour(connection)
        connection.close()

    def _takes_part(self) -> bool:
        with self.lock:
            self._warming -= 1
            return self._warming >= 0

    def _answer_together(self, connection: Connection) -> None:
        connection.read()
        if self._together is not None:
            self._together.wait(PATIENCE)
        connection.answer()
