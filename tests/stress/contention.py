"""Many calls to a service that takes a fifth of them a second and refuses the others: none is lost, and it is not overrun.

    python tests/stress/contention.py [--calls 1500] [--rounds 3]

Run by `make test-long`. Prints the promises, and when 200 clients come back that were told the same `Retry-After`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import faults as do
from tests.network.contention import WAYS, Crowd, Limiter, offer
from tests.network.server import Connection, FaultServer
from tests.stress import promises
from tests.stress.promises import Row

import sparkbot

TAKEN, OFFERED = 100, 500
CLIENTS, BAR = 200, 0.025


def crowds(calls: int, rounds: int) -> list[Row]:
    """Calls in all ways, offered five times as fast as they are taken, by up to 64 at once."""
    found = [
        _told(way, offer(way, Limiter(TAKEN), calls, calls_per_second=OFFERED, max_in_flight=64))
        for way in WAYS
        for _ in range(rounds)
    ]
    lost = sum(len(crowd.errors) for crowd in found)
    at_once = [_told("gather, all at once", offer("gather", Limiter(TAKEN), calls)) for _ in range(rounds)]
    return [
        Row(f"{OFFERED} calls a second to a service that takes {TAKEN}: none is lost", calls * len(found), lost),
        Row("of these runs, at most a fifth more requests than calls", len(found), sum(crowd.extra > 0.2 for crowd in found)),
        Row(
            f"{calls:,} calls at once to such a service: none is lost",
            calls * rounds,
            sum(len(crowd.errors) for crowd in at_once),
        ),
    ]


def _told(way: str, crowd: Crowd) -> Crowd:
    said = f"{crowd.calls} calls in {crowd.seconds:.1f} s, {crowd.extra:+.1%} requests, {len(crowd.errors)} lost"
    print(f"{way}: {said}", file=sys.stderr, flush=True)
    return crowd


def come_back() -> list[float]:
    """When each of 200 clients comes back that were told `Retry-After: 1`: seconds after the first may."""
    came: list[float] = []

    def limit(connection: Connection) -> None:
        connection.read()
        told = time.monotonic()
        connection.answer(do.error(429, "Retry-After: 1"))
        connection.read()
        came.append(time.monotonic() - told - 1)
        connection.answer()

    def call(client: sparkbot.Client) -> None:
        client.chats.get(DEVICE, CHAT)

    with FaultServer(limit) as server, ThreadPoolExecutor(CLIENTS) as pool:
        clients = [sparkbot.Client(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1") for _ in range(CLIENTS)]
        list(pool.map(call, clients))
    return came


def show(came: list[float]) -> None:
    """A line for each 25 ms."""
    counts = Counter(int(late / BAR) for late in came)
    for bar in range(min(counts), max(counts) + 1):
        print(f"{bar * BAR * 1000:5.0f} ms {'#' * counts[bar]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    came = come_back()
    show(came)
    rows = crowds(given.calls, given.rounds)
    rows.append(Row("no client comes back before the time that it was told", len(came), sum(late < 0 for late in came)))
    return promises.keep("python tests/stress/contention.py", rows)


if __name__ == "__main__":
    sys.exit(main())
