"""Many calls to a service that accepts a fifth of them per second: none fails, and the service is not overloaded.

    python tests/stress/contention.py [--calls 1500] [--rounds 3]

Run by `make test-long`. Prints the promises, and when 200 clients retry after the same `Retry-After`.
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
from tests.network.contention import CALL_MODES, FixedWindowLimiter, LoadResult, run_load
from tests.network.server import Connection, FaultServer
from tests.stress import promises
from tests.stress.promises import Row

import sparkbot

ACCEPTED, OFFERED = 100, 500
CLIENTS, BAR = 200, 0.025


def load_promises(calls: int, rounds: int) -> list[Row]:
    """Calls in all modes at five times the accepted rate, with up to 64 in flight."""
    found = [
        _print_result(mode, run_load(mode, FixedWindowLimiter(ACCEPTED), calls, calls_per_second=OFFERED, max_in_flight=64))
        for mode in CALL_MODES
        for _ in range(rounds)
    ]
    failed = sum(len(load.errors) for load in found)
    at_once = [
        _print_result("gather, all at once", run_load("gather", FixedWindowLimiter(ACCEPTED), calls)) for _ in range(rounds)
    ]
    return [
        Row(f"{OFFERED} calls a second to a service that accepts {ACCEPTED}: none fails", calls * len(found), failed),
        Row("in these runs, at most a fifth more requests than calls", len(found), sum(load.extra > 0.2 for load in found)),
        Row(
            f"{calls:,} concurrent calls to such a service: none fails",
            calls * rounds,
            sum(len(load.errors) for load in at_once),
        ),
    ]


def _print_result(mode: str, load: LoadResult) -> LoadResult:
    summary = f"{load.calls} calls in {load.seconds:.1f} s, {load.extra:+.1%} requests, {len(load.errors)} failed"
    print(f"{mode}: {summary}", file=sys.stderr, flush=True)
    return load


def measure_retry_after() -> list[float]:
    """When each of 200 clients retries after `Retry-After: 1`, in seconds after the earliest allowed time."""
    arrivals: list[float] = []

    def limit(connection: Connection) -> None:
        connection.read()
        rejected_at = time.monotonic()
        connection.respond(do.error(429, "Retry-After: 1"))
        connection.read()
        arrivals.append(time.monotonic() - rejected_at - 1)
        connection.respond()

    def call(client: sparkbot.Client) -> None:
        client.chats.get(DEVICE, CHAT)

    with FaultServer(limit) as server, ThreadPoolExecutor(CLIENTS) as pool:
        clients = [sparkbot.Client(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1") for _ in range(CLIENTS)]
        list(pool.map(call, clients))
    return arrivals


def show(arrivals: list[float]) -> None:
    """Prints a histogram with bars of 25 ms."""
    counts = Counter(int(late / BAR) for late in arrivals)
    for bar in range(min(counts), max(counts) + 1):
        print(f"{bar * BAR * 1000:5.0f} ms {'#' * counts[bar]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    arrivals = measure_retry_after()
    show(arrivals)
    rows = load_promises(given.calls, given.rounds)
    rows.append(Row("no client retries before `Retry-After` has passed", len(arrivals), sum(late < 0 for late in arrivals)))
    return promises.save("python tests/stress/contention.py", rows)


if __name__ == "__main__":
    sys.exit(main())
