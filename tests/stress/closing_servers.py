"""Servers that close connections in various ways, each at a distance: what is on its way is not read after the close."""

from __future__ import annotations

import asyncio
import itertools
import re
import threading
import time
from collections import Counter, deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RESPONSE = b'{"id": "64f0c2a91b7e4d5f8a3b6c02", "status": "queued"}'
#: Seconds between two messages: none, and pauses in which servers close. The edge is that of the server.
EDGE = -1.0
PAUSES = (0.0, 0.0, 0.0, 0.004, 0.05, 0.3, 0.97, 1.03)
AT_THE_EDGE = (0.0, 0.0, 0.0, 0.05, 0.3, 0.9, EDGE, EDGE)
#: A connection serves hundreds of requests only if it is never idle for long.
NO_PAUSES = (0.0, 0.0, 0.004)


@dataclass(frozen=True)
class Closing:
    """When a server closes a connection, and what shows it."""

    name: str
    #: Seconds after a response; None if never.
    after: float | None = None
    #: Requests that a connection serves.
    requests: int | None = None
    #: Announces the close in a header of the responses.
    header: bytes = b""
    #: Announces it in the last response.
    last_header: bytes = b""
    #: Sends RST instead of FIN.
    reset: bool = False
    #: Drops the connection without any packet, as a load balancer does.
    silent: bool = False
    pauses: tuple[float, ...] = PAUSES
    #: Clients that send one message after the other, at the same time.
    lines: int = 8
    #: Whether as many messages are sent from several threads too.
    has_burst: bool = True
    #: Messages of each line, where a pause takes minutes; the others share what is asked for.
    messages_a_line: int | None = None


def _idle(seconds: float, *, reset: bool = False) -> tuple[Closing, Closing]:
    """A server that closes idle connections, without saying so and announced."""
    closing = Closing(
        f"{'resets' if reset else 'closes'} idle ones after {seconds:g} s",
        after=seconds,
        reset=reset,
        pauses=PAUSES if seconds <= 1 else AT_THE_EDGE,
    )
    if seconds >= 60:
        # A pause takes a minute: few messages, of many clients at a time.
        closing = replace(closing, lines=40, has_burst=False, messages_a_line=10)
    return closing, replace(closing, name=f"{closing.name}, announced", header=b"Keep-Alive: timeout=%d\r\n" % seconds)


def _served(requests: int, *, reset: bool = False) -> tuple[Closing, Closing]:
    closing = Closing(
        f"{'resets' if reset else 'closes'} after {requests:,} requests",
        requests=requests,
        reset=reset,
        pauses=NO_PAUSES,
        lines=1,
        has_burst=False,
    )
    return closing, replace(closing, name=f"{closing.name}, announced", last_header=b"Connection: close\r\n")


SERVERS = (
    *_idle(60),
    *_idle(5),
    *_idle(1),
    *_idle(1, reset=True),
    Closing("keeps connections"),
    *_served(1_000),
    *_served(100),
    *_served(100, reset=True),
    Closing("closes behind each response", requests=1),
    Closing("closes 5 ms behind each response", after=0.005),
    Closing("closes 50 ms behind each response", after=0.05),
    Closing("resets behind each response", requests=1, reset=True),
    Closing("resets 5 ms behind each response", after=0.005, reset=True),
    Closing("resets 50 ms behind each response", after=0.05, reset=True),
    Closing("drops idle ones silently after 0.5 s", after=0.5, silent=True),
)


@dataclass
class Server:
    """A server at a distance; its event loop runs in a thread."""

    closing: Closing
    delay: float
    executed: Counter[bytes] = field(default_factory=Counter)
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Reads requests that were sent `delay` ago, and closes as the server does: requests in flight are not read then."""
        self.connections += 1
        arrived: deque[tuple[float, bytes]] = deque()
        received = asyncio.Event()

        async def receive() -> None:
            with suppress(ConnectionError):
                while data := await reader.read(1 << 16):
                    arrived.append((time.monotonic() + self.delay, data))
                    received.set()
            arrived.append((time.monotonic() + self.delay, b""))
            received.set()

        task = asyncio.create_task(receive())
        try:
            with suppress(asyncio.CancelledError, ConnectionError):
                await self._respond(arrived, received, writer)
        finally:
            task.cancel()
            writer.close()

    async def _respond(self, arrived: deque[tuple[float, bytes]], received: asyncio.Event, writer: asyncio.StreamWriter) -> None:
        closing, buffer, idle_until = self.closing, b"", None
        for served in itertools.count(1):
            while b"\r\n\r\n" not in buffer or not _is_complete(buffer):
                while not arrived or arrived[0][0] > time.monotonic():
                    now = time.monotonic()
                    if idle_until is not None and now >= idle_until:
                        await self._close(writer, arrived)
                        return
                    times = [at for at in (arrived[0][0] if arrived else None, idle_until) if at is not None]
                    received.clear()
                    if arrived and arrived[0][0] <= now:
                        break
                    try:
                        await asyncio.wait_for(received.wait(), min(times) - now if times else None)
                    except TimeoutError:
                        continue
                _, data = arrived.popleft()
                if not data:
                    return
                buffer += data
                idle_until = None
            self.executed[_message(buffer)] += 1
            buffer = b""
            is_last = closing.requests == served
            header = closing.header + (closing.last_header if is_last else b"")
            await asyncio.sleep(self.delay)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n%s" % (len(RESPONSE), header, RESPONSE))
            # The server closed one trip before its response arrived here, so requests sent since then are not read.
            if is_last:
                if closing.reset:
                    writer.transport.abort()
                return
            idle_until = None if closing.after is None else time.monotonic() + max(0.0, closing.after - self.delay)

    async def _close(self, writer: asyncio.StreamWriter, arrived: deque[tuple[float, bytes]]) -> None:
        if self.closing.silent:
            await asyncio.sleep(3600)
        if arrived:
            # Bytes reached a closed socket, which resets the connection.
            writer.transport.abort()
            return
        await asyncio.sleep(self.delay)
        if self.closing.reset or arrived:
            writer.transport.abort()


def _is_complete(buffer: bytes) -> bool:
    head, _, body = buffer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return length is None or len(body) >= int(length[1])


def _message(request: bytes) -> bytes:
    found = re.search(rb'"message": ?"([^"]*)"', request)
    return found[1] if found else b""


@contextmanager
def running(closing: Closing, delay: float) -> Iterator[tuple[Server, str]]:
    server, loop = Server(closing, delay), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listener = asyncio.run_coroutine_threadsafe(asyncio.start_server(server.serve, "127.0.0.1", 0), loop).result()
    try:
        yield server, f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
    finally:

        async def stop() -> None:
            listener.close()
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
