"""Messages over connections to servers that close them in various ways: none is sent twice, and how many are lost.

    python tests/stress/sends.py [--sends 5000] [--delay 20] [--only idle]

Run by `make test-long`. The service is `--delay` ms away. `--sends` is the number of messages of this client to all servers
together; this client with a new connection for each message, and httpx, send a fifth as many. Prints what became of them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conftest import CANARY, DEVICE
from tests.stress import promises
from tests.stress.closing_servers import EDGE, SERVERS, Closing, Server, running
from tests.stress.promises import Row

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

#: Threads of a burst.
CONCURRENCY = 16
#: Servers and clients measured at a time: they pause for the most part.
AT_A_TIME = 12


@dataclass
class Tally:
    """What became of the messages."""

    messages: int = 0
    #: Failed without the error saying that they may have been executed.
    failed: int = 0
    #: OutcomeUnknownError; of these, executed.
    unknown: int = 0
    unknown_executed: int = 0
    twice: int = 0
    connections: int = 0

    def add(self, outcomes: dict[str, str], server: Server) -> None:
        self.messages += len(outcomes)
        for message, outcome in outcomes.items():
            count = server.executed[message.encode()]
            self.twice += count > 1
            self.failed += outcome == "failed"
            self.unknown += outcome == "unknown"
            self.unknown_executed += outcome == "unknown" and count > 0
        self.connections += server.connections


def _pause(closing: Closing, rng: random.Random) -> float:
    chosen = rng.choice(closing.pauses)
    return max(0.0, (closing.after or 0.0) + rng.uniform(-0.05, 0.05)) if chosen == EDGE else chosen


def _send_all(open_client: Opener, url: str, closing: Closing, count: int, seed: str) -> dict[str, str]:
    """The messages of all lines, then a burst of as many; returns what became of each."""
    outcomes: dict[str, str] = {}
    in_lines = count // 2 if closing.has_burst else count
    a_line = closing.messages_a_line or ceil(in_lines / closing.lines)

    def line(number: int) -> None:
        rng = random.Random(f"{seed}-{number}")
        with open_client(url) as send:
            for message in range(a_line):
                name = f"{seed}-{number}-{message}"
                outcomes[name] = send(name)
                time.sleep(_pause(closing, rng))

    _in_threads(line, closing.lines)
    if closing.has_burst:
        with open_client(url) as send:

            def worker(first: int) -> None:
                for number in range(first, count - in_lines, CONCURRENCY):
                    outcomes[f"{seed}-burst-{number}"] = send(f"{seed}-burst-{number}")

            _in_threads(worker, CONCURRENCY)
    return outcomes


def _in_threads(work: Callable[[int], None], number: int) -> None:
    with ThreadPoolExecutor(number) as threads:
        # Raises what a thread raised.
        list(threads.map(work, range(number)))


def _opened(url: str, *, reuse: bool) -> Iterator[Callable[[str], str]]:
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
        yield send


@contextmanager
def with_sparkbot(url: str) -> Iterator[Callable[[str], str]]:
    yield from _opened(url, reuse=True)


@contextmanager
def with_new_connections(url: str) -> Iterator[Callable[[str], str]]:
    """This client with a new connection for each message."""
    yield from _opened(url, reuse=False)


@contextmanager
def with_httpx(url: str) -> Iterator[Callable[[str], str]]:
    import httpx

    def send(message: str) -> str:
        try:
            client.post("/messages", json={"device": DEVICE, "phone": "+447362053576", "message": message})
        except httpx.HTTPError:
            return "unknown"
        return "ok"

    with httpx.Client(base_url=url, timeout=2.0) as client:
        yield send


Opener: TypeAlias = "Callable[[str], AbstractContextManager[Callable[[str], str]]]"
#: The clients, and by how much fewer messages each sends.
CLIENTS: dict[str, tuple[Opener, int]] = {
    "sparkbot": (with_sparkbot, 1),
    "new connections": (with_new_connections, 5),
    "httpx": (with_httpx, 5),
}


def measure(closing: Closing, name: str, sends: int, delay: float) -> Tally:
    open_client, fewer = CLIENTS[name]
    with running(closing, delay) as (server, url):
        tally = Tally()
        tally.add(_send_all(open_client, url, closing, max(1, sends // fewer), name.replace(" ", "-")), server)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=5_000, help="of this client, to all servers together")
    parser.add_argument("--delay", type=float, default=20.0, help="one way, in ms")
    parser.add_argument("--only", default="", help="a part of a server's name")
    arguments = parser.parse_args()
    servers = [closing for closing in SERVERS if arguments.only in closing.name]
    started = start(servers, arguments.sends, arguments.delay / 1000)
    print("| server | client | sent | unknown, not executed | unknown, executed | failed | twice | connections |")
    print("|---|---|---:|---:|---:|---:|---:|---:|", flush=True)
    tallies = [show(closing, name, future.result()) for (closing, name), future in started.items()]
    ours = [tally for (_, name), tally in zip(started, tallies, strict=True) if name != "httpx"]
    return promises.save(
        "python tests/stress/sends.py",
        [
            Row(
                "a message is executed at most once, whenever servers close connections",
                sum(tally.messages for tally in ours),
                sum(tally.twice for tally in ours),
            )
        ],
    )


def start(servers: list[Closing], sends: int, delay: float) -> dict[tuple[Closing, str], Future[Tally]]:
    """Starts all measurements, in processes."""
    fixed = sum(closing.lines * (closing.messages_a_line or 0) for closing in servers)
    shared = [closing for closing in servers if not closing.messages_a_line]
    each = max(1, ceil((sends - fixed) / max(1, len(shared))))
    pool = ProcessPoolExecutor(AT_A_TIME, mp_context=multiprocessing.get_context("spawn"))
    return {(closing, name): pool.submit(measure, closing, name, each, delay) for closing in servers for name in CLIENTS}


def show(closing: Closing, name: str, tally: Tally) -> Tally:
    lost = tally.unknown - tally.unknown_executed
    cells: tuple[Any, ...] = (tally.messages, lost, tally.unknown_executed, tally.failed, tally.twice, tally.connections)
    print(f"| {closing.name} | {name} | " + " | ".join(f"{cell:,}" for cell in cells) + " |", flush=True)
    return tally


if __name__ == "__main__":
    sys.exit(main())
