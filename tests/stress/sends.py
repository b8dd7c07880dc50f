"""Messages over connections to servers that close them in various ways: none is sent twice, and how many are lost.

    python tests/stress/sends.py [--sends 100] [--delay 20] [--only idle]

Run by `make test-long`. The service is `--delay` ms away. Prints, for each server, what became of the messages of this client, of
this client with a new connection for each message, and of httpx.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import re
import sys
import threading
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conftest import CANARY, DEVICE
from tests.stress import promises
from tests.stress.promises import Row

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RESPONSE = b'{"id": "64f0c2a91b7e4d5f8a3b6c02", "status": "queued"}'
CONCURRENCY = 16
#: Seconds between two messages: none, and pauses around the times after which servers close.
PAUSES = (0.0, 0.0, 0.0, 0.004, 0.05, 0.3, 0.97, 1.03)


@dataclass(frozen=True)
class Closing:
    """When a server closes a connection."""

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


SERVERS = (
    Closing("keeps connections"),
    Closing("closes idle ones after 1 s", after=1.0),
    Closing("closes idle ones after 1 s, announced", after=1.0, header=b"Keep-Alive: timeout=1\r\n"),
    Closing("closes idle ones after 5 s", after=5.0),
    Closing("closes idle ones after 5 s, announced", after=5.0, header=b"Keep-Alive: timeout=5\r\n"),
    Closing("closes after 100 requests", requests=100),
    Closing("closes after 100 requests, announced", requests=100, last_header=b"Connection: close\r\n"),
    Closing("closes behind each response", requests=1),
    Closing("closes 5 ms behind each response", after=0.005),
    Closing("closes 50 ms behind each response", after=0.05),
    Closing("resets 5 ms behind each response", after=0.005, reset=True),
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


@dataclass
class Tally:
    """What became of the messages."""

    sent: int = 0
    #: Failed without the error saying that they may have been executed.
    failed: int = 0
    #: OutcomeUnknownError; of these, executed.
    unknown: int = 0
    unknown_executed: int = 0
    twice: int = 0
    connections: int = 0

    def add(self, outcomes: dict[str, str], server: Server) -> None:
        for message, outcome in outcomes.items():
            count = server.executed[message.encode()]
            self.twice += count > 1
            self.sent += outcome == "ok"
            self.failed += outcome == "failed"
            self.unknown += outcome == "unknown"
            self.unknown_executed += outcome == "unknown" and count > 0
        self.connections += server.connections


def _send_all(send: Callable[[str], str], count: int, seed: str) -> dict[str, str]:
    """One message after the other with pauses, then as many from several threads."""
    rng, outcomes = random.Random(seed), {}
    for number in range(count):
        outcomes[f"{seed}-{number}"] = send(f"{seed}-{number}")
        time.sleep(rng.choice(PAUSES))

    def worker(first: int) -> None:
        for number in range(first, count, CONCURRENCY):
            outcomes[f"{seed}-burst-{number}"] = send(f"{seed}-burst-{number}")

    threads = [threading.Thread(target=worker, args=(first,)) for first in range(CONCURRENCY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def with_sparkbot(url: str, count: int, seed: str, *, reuse: bool) -> dict[str, str]:
    """This client; without `reuse`, with a new connection for each message."""
    client = sparkbot.Client(CANARY, base_url=url, timeout=sparkbot.Timeout(read=2.0, total=10.0))

    def send(message: str) -> str:
        if not reuse:
            client.close()
        try:
            client.send.text(device=DEVICE, phone="+447362053576", message=message)
        except errors.OutcomeUnknownError:
            return "unknown"
        except errors.SparkBotError:
            return "failed"
        return "ok"

    with client:
        return _send_all(send, count, seed)


def with_httpx(url: str, count: int, seed: str) -> dict[str, str]:
    import httpx

    def send(message: str) -> str:
        try:
            client.post("/messages", json={"device": DEVICE, "phone": "+447362053576", "message": message})
        except httpx.HTTPError:
            return "unknown"
        return "ok"

    with httpx.Client(base_url=url, timeout=2.0) as client:
        return _send_all(send, count, seed)


CLIENTS: dict[str, Callable[[str, int, str], dict[str, str]]] = {
    "sparkbot": lambda url, count, seed: with_sparkbot(url, count, seed, reuse=True),
    "new connections": lambda url, count, seed: with_sparkbot(url, count, seed, reuse=False),
    "httpx": with_httpx,
}


def measure(closing: Closing, sends: int, delay: float) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for name, client in CLIENTS.items():
        with running(closing, delay) as (server, url):
            tallies[name] = Tally()
            tallies[name].add(client(url, sends, name.replace(" ", "-")), server)
    return tallies


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=100)
    parser.add_argument("--delay", type=float, default=20.0, help="one way, in ms")
    parser.add_argument("--only", default="", help="a part of a server's name")
    arguments = parser.parse_args()
    print("| server | client | sent | unknown, not executed | unknown, executed | failed | twice | connections |")
    print("|---|---|---:|---:|---:|---:|---:|---:|", flush=True)
    results: list[Tally] = []
    servers = [closing for closing in SERVERS if arguments.only in closing.name]
    # The messages are pauses for the most part.
    with ThreadPoolExecutor(4) as pool:
        measured = pool.map(lambda closing: measure(closing, arguments.sends, arguments.delay / 1000), servers)
        for closing, tallies in zip(servers, measured, strict=True):
            for name, tally in tallies.items():
                lost = tally.unknown - tally.unknown_executed
                cells: tuple[Any, ...] = (tally.sent, lost, tally.unknown_executed, tally.failed, tally.twice, tally.connections)
                print(f"| {closing.name} | {name} | " + " | ".join(map(str, cells)) + " |", flush=True)
                results += [tally] * (name == "sparkbot")
    messages = 2 * arguments.sends * len(results)
    return promises.save(
        "python tests/stress/sends.py",
        [Row("a message is executed at most once, whenever servers close connections", messages, sum(t.twice for t in results))],
    )


if __name__ == "__main__":
    sys.exit(main())
