"""Tests the client's promises under all network faults and prints tries and failures.

    python tests/stress/network.py [--rounds 5] [--calls 10000]

Run by `make test-long`. Exits with 1 if a promise was broken, and prints what happened instead to stderr.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.network import case, certificates, closing, netns  # noqa: E402 - only importable from the root of the repository
from tests.network.matrix import FAULTS  # noqa: E402 - as above
from tests.stress import promises  # noqa: E402 - as above
from tests.stress.promises import Row  # noqa: E402 - as above

WORKERS = 8


def matrix(rounds: int) -> list[Row]:
    """Every fault with every kind of call, call mode and kind of connection."""
    every = case.all_cases(list(FAULTS.values())) * rounds
    failures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        bundle = Path(folder) / "authority.pem"
        certificates.authority().cert_pem.write_to_path(bundle)
        for fault_case, broken in zip(every, pool.map(lambda fault_case: case.run(fault_case, bundle), every), strict=True):
            # A case of several calls can break a promise several times; it counts once.
            failures.update({promise for promise, _ in broken})
            for promise, instead in broken:
                print(f"{fault_case}: {promise}: {instead}", file=sys.stderr)
    tries = len(every) + names(rounds, failures)
    return [Row(promise, tries, failures[promise]) for promise in case.PROMISES]


def names(rounds: int, failures: Counter[str]) -> int:
    """Runs the DNS faults; returns the number of cases."""
    try:
        played = netns.play(rounds=rounds)
    except netns.NamespaceUnavailable as reason:
        print(f"skipped: DNS faults need a network namespace: {reason}", file=sys.stderr)
        return 0
    failures.update(promise for _, promise in {(one, promise) for one, promise, _ in played.broken})
    for one, promise, instead in played.broken:
        print(f"{one}: {promise}: {instead}", file=sys.stderr)
    return played.tries


def closed(count: int) -> list[Row]:
    """A server that closes after each response."""
    rows = [
        Row(f"reads and updates to a server that closes after each response, {mode}", count, len(closing.failures(mode, count)))
        for mode in closing.CALL_MODES
    ]
    messages = asyncio.run(closing.messages(count // 2))
    return [*rows, Row("messages to a server that closes after each response, with reads in between", count // 2, len(messages))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each case")
    parser.add_argument("--calls", type=int, default=10_000, help="calls to a server that closes after each response")
    given = parser.parse_args()
    return promises.save("python tests/stress/network.py", matrix(given.rounds) + closed(given.calls))


if __name__ == "__main__":
    sys.exit(main())
