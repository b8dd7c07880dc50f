"""A TCP relay that makes a server seem far away: it delays connecting, the TLS handshake and the data alike.

    with relay(("127.0.0.1", port), round_trip=0.02) as near:
        ...  # connect to near.port

    python -m tests.relay PORT ROUND_TRIP_MS        prints its port, and exits at the end of its standard input

The first byte of a connection leaves one round trip after the client connected, as if the handshake of TCP had taken that time.
Each byte arrives half a round trip after it was sent, without a limit on the rate. `Relay.stall` holds back the data of one
connection, as a lost packet does. A small request and its response take the relay about 0.1 ms of CPU.
"""

from __future__ import annotations

import heapq
import itertools
import select
import socket
import struct
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector, SelectorKey
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_READ_SIZE = 1 << 18
#: Bytes of one direction on their way or waiting for the receiver, above which no more are read.
_MOST_BUFFERED = 1 << 25
_BACKLOG = 4096
#: Closes with RST instead of FIN.
_RESETS = struct.pack("ii", 1, 0)


@dataclass(eq=False)
class _Direction:
    """The bytes from one socket to the other."""

    source: socket.socket
    target: socket.socket
    #: Bytes that have arrived and that the receiver's kernel has not taken yet.
    arrived: deque[memoryview] = field(default_factory=deque)
    buffered: int = 0
    #: Nothing arrives before this time, so that no byte overtakes another.
    not_before: float = 0.0
    #: The sender has closed its side; its FIN may be on its way.
    ended: bool = False
    #: The FIN has arrived.
    closed: bool = False


class Relay:
    """Forwards connections to `server`. Use `relay`, which runs it."""

    def __init__(self, server: tuple[str, int], round_trip: float) -> None:
        self._server = server
        self._trip = round_trip / 2
        self._selector = DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
        self._listener.setblocking(False)
        self._woken, self._wakes = socket.socketpair()
        for watched in (self._listener, self._woken):
            self._selector.register(watched, EVENT_READ)
        #: What happens at a time; the number keeps the order of equal times.
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._requests: deque[Callable[[], None]] = deque()
        self._running = True
        #: The two directions of each open connection, oldest first, by either socket.
        self._directions: dict[socket.socket, tuple[_Direction, _Direction]] = {}
        #: Connections accepted so far.
        self.connections = 0
        self.port: int = self._listener.getsockname()[1]

    def stall(self, seconds: float) -> None:
        """Holds back, from now on, what the oldest open connection sends in either direction, as after a lost packet."""
        began = threading.Event()

        def begin() -> None:
            for direction in next(iter(self._directions.values()), ()):
                direction.not_before = time.monotonic() + self._trip + seconds
            began.set()

        self._ask(begin)
        began.wait()

    def stop(self) -> None:
        """Resets all connections and ends `run`."""
        self._ask(self._stop)

    def run(self) -> None:
        """Forwards until `stop`."""
        try:
            while self._running:
                self._do_what_is_due()
                for key, events in self._wait():
                    self._handle(key.fileobj, events)
        finally:
            self._close_all()

    def _ask(self, request: Callable[[], None]) -> None:
        self._requests.append(request)
        self._wakes.send(b"\0")

    def _stop(self) -> None:
        self._running = False

    def _at(self, when: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (when, next(self._numbers), action))

    def _do_what_is_due(self) -> None:
        now = time.monotonic()
        while self._due and self._due[0][0] <= now:
            heapq.heappop(self._due)[2]()

    def _wait(self) -> list[tuple[SelectorKey, int]]:
        seconds = max(0.0, self._due[0][0] - time.monotonic()) if self._due else None
        if not hasattr(self._selector, "fileno"):
            return self._selector.select(seconds)
        # epoll's own timeout is in whole milliseconds, a tenth of a short trip.
        select.select([self._selector], [], [], seconds)
        return self._selector.select(0)

    def _handle(self, ready: object, events: int) -> None:
        if ready is self._listener:
            self._accept()
        elif ready is self._woken:
            self._woken.recv(4096)
            while self._requests:
                self._requests.popleft()()
        elif isinstance(ready, socket.socket):
            outward, inward = self._directions.get(ready, (None, None))
            if outward is None or inward is None:
                return
            reads, writes = (outward, inward) if outward.source is ready else (inward, outward)
            if events & EVENT_WRITE:
                self._write(writes)
                self._watch(ready)
            if events & EVENT_READ and ready in self._directions:
                self._read(reads)

    def _accept(self) -> None:
        with suppress(BlockingIOError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                self._at(time.monotonic() + 2 * self._trip, lambda client=client: self._connect(client))  # type: ignore[misc]

    def _connect(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self._server)
        except OSError:
            _reset(client)
            return
        outward, inward = _Direction(client, server), _Direction(server, client)
        for end in (client, server):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._directions[end] = (outward, inward)
            self._selector.register(end, EVENT_READ)

    def _read(self, direction: _Direction) -> None:
        try:
            data = direction.source.recv(_READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            self._later(direction, lambda: self._reset_both(direction))
            direction.ended = True
        else:
            direction.buffered += len(data)
            direction.ended = not data
            self._later(direction, lambda: self._arrive(direction, data))
        if direction.ended or direction.buffered >= _MOST_BUFFERED:
            self._watch(direction.source)

    def _later(self, direction: _Direction, action: Callable[[], None]) -> None:
        """After the trip, and after what was sent before."""
        direction.not_before = max(time.monotonic() + self._trip, direction.not_before)
        self._at(direction.not_before, action)

    def _arrive(self, direction: _Direction, data: bytes) -> None:
        if direction.target in self._directions:
            direction.arrived.append(memoryview(data))
            self._write(direction)

    def _write(self, direction: _Direction) -> None:
        """Writes what the receiver takes; empty data is the FIN."""
        was_full = direction.buffered >= _MOST_BUFFERED
        try:
            while direction.arrived:
                self._write_first(direction)
        except BlockingIOError:
            self._watch(direction.target)
        except OSError:
            self._reset_both(direction)
        if was_full:
            self._watch(direction.source)

    def _write_first(self, direction: _Direction) -> None:
        data = direction.arrived[0]
        if not data:
            direction.arrived.clear()
            direction.target.shutdown(socket.SHUT_WR)
            direction.closed = True
            self._close_if_done(direction)
            return
        sent = direction.target.send(data)
        direction.buffered -= sent
        if sent == len(data):
            direction.arrived.popleft()
        else:
            direction.arrived[0] = data[sent:]

    def _watch(self, end: socket.socket) -> None:
        """Watches a socket for what its directions need now."""
        if end not in self._directions:
            return
        outward, inward = self._directions[end]
        reads, writes = (outward, inward) if outward.source is end else (inward, outward)
        wanted = EVENT_READ if not reads.ended and reads.buffered < _MOST_BUFFERED else 0
        wanted |= EVENT_WRITE if writes.arrived else 0
        watched = self._selector.get_map().get(end)
        if watched is None:
            if wanted:
                self._selector.register(end, wanted)
        elif not wanted:
            self._selector.unregister(end)
        elif watched.events != wanted:
            self._selector.modify(end, wanted)

    def _close_if_done(self, direction: _Direction) -> None:
        if all(one.closed for one in self._directions[direction.source]):
            self._forget(direction, socket.socket.close)

    def _reset_both(self, direction: _Direction) -> None:
        self._forget(direction, _reset)

    def _forget(self, direction: _Direction, close: Callable[[socket.socket], None]) -> None:
        for end in (direction.source, direction.target):
            if self._directions.pop(end, None):
                with suppress(KeyError):
                    self._selector.unregister(end)
                close(end)

    def _close_all(self) -> None:
        for outward, _ in list(self._directions.values()):
            self._reset_both(outward)
        for end in (self._listener, self._woken, self._wakes):
            end.close()
        self._selector.close()


def _reset(end: socket.socket) -> None:
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESETS)
    end.close()


@contextmanager
def relay(server: tuple[str, int], round_trip: float) -> Iterator[Relay]:
    """A relay to `server` in a thread of its own; `round_trip` is in seconds."""
    running = Relay(server, round_trip)
    thread = threading.Thread(target=running.run, name="relay", daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.stop()
        thread.join()


def main(port: str, milliseconds: str) -> None:
    running = Relay(("127.0.0.1", int(port)), float(milliseconds) / 1000)
    threading.Thread(target=stop_with_parent, args=(running,), daemon=True).start()
    print(running.port, flush=True)
    running.run()


def stop_with_parent(running: Relay) -> None:
    """Stops when the parent process has ended, however it ended."""
    sys.stdin.read()
    running.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
