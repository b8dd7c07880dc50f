"""HTTP/2 beside HTTP/1.1, both with this client: `python -m tests.benchmarks.http2 [--rounds 3]`, after `make bench`.

Sends and updates over TLS, 1, 64 and 256 at a time, 20 and 100 ms away; then 64 at a time while one connection stalls for 300 ms.
Each run is a process of its own, and the two alternate. Prints ratios of HTTP/2 to HTTP/1.1: median, lowest and highest.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.benchmarks.loopback import KEY, ROOT, Service, service
from tests.relay import relay

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Awaitable

DEVICE, CHAT = "64f0c2a91b7e4d5f8a3b6c01", "447362053576@c.us"
AT_A_TIME = (1, 64, 256)
#: Runs after the first one.
REPEATS = {1: 10, 64: 8, 256: 5}
STALL = 0.3
#: Longer than any response that did not wait for the stalled connection.
LATE = 0.2
COLUMNS = ("first", "next", "cpu", "megabytes", "connections")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worker", nargs=5, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(asyncio.run(_work(*options.worker))))
        return
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as running:
        _compare(running, options.rounds)
        _compare_stalled(running)


def _compare(running: Service, rounds: int) -> None:
    print(f"{'ms away':8}{'kind':8}{'at a time':>9} ", *(f"{column:>18}" for column in COLUMNS))
    for away, url in running.far_urls.items():
        for kind in ("send", "update"):
            for count in AT_A_TIME:
                pairs = [[_run(running, url, mode, kind, count) for mode in ("auto", "off")] for _ in range(rounds)]
                cells = (_cell([new[column] / max(old[column], 1e-9) for new, old in pairs]) for column in COLUMNS)
                print(f"{away:<8}{kind:8}{count:9} ", *cells, flush=True)


def _cell(ratios: list[float]) -> str:
    return f"{median(ratios):6.2f} ({min(ratios):.2f}–{max(ratios):.2f})".rjust(18)


def _run(running: Service, url: str, mode: str, kind: str, count: int) -> dict[str, float]:
    with _started(running, url, mode, kind, str(count)) as process:
        measured: dict[str, float] = json.loads(process.communicate()[0])
    return measured


def _started(running: Service, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.benchmarks.http2", "--worker", *arguments, str(running.authority)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _compare_stalled(running: Service) -> None:
    port = urlsplit(running.delayed_url).port or 443
    for mode in ("auto", "off"):
        with relay(("127.0.0.1", port), 0.02) as near, _started(running, _url(near.port), mode, "stall", "64") as process:
            assert process.stdout is not None
            process.stdout.readline()
            near.stall(STALL)
            print(f"64 at a time, one connection stalls for {STALL:.1f} s, http2={mode}:", process.stdout.readline().strip())


def _url(port: int) -> str:
    return f"https://127.0.0.1:{port}/v1"


async def _work(url: str, mode: Any, kind: str, count: str, authority: str) -> dict[str, float]:
    async with sparkbot.AsyncClient(KEY, base_url=url, ca_bundle=authority, http2=mode) as client:

        def call(number: int) -> Awaitable[object]:
            if kind == "update":
                return client.contacts.upsert_metadata(DEVICE, CHAT, {"tier": "gold"})
            return client.send.text(device=DEVICE, phone="+447362053576", message=f"hello {number}")

        if kind == "stall":
            return await _late_calls(call, int(count))
        memory, cpu = _peak(), time.process_time()
        first, *others = [await _timed(call, int(count)) for _ in range(1 + REPEATS[int(count)])]
        calls = int(count) * (1 + len(others))
        return {
            "first": first,
            "next": median(others),
            "cpu": (time.process_time() - cpu) / calls,
            "megabytes": _peak() - memory,
            "connections": sum(entry.is_socket() for entry in Path("/proc/self/fd").iterdir()),
        }


async def _timed(call: Any, count: int) -> float:
    started_at = time.perf_counter()
    await asyncio.gather(*(call(number) for number in range(count)))
    return time.perf_counter() - started_at


async def _late_calls(call: Any, workers: int) -> dict[str, float]:
    """Calls for two seconds, and how many of them are late."""
    for _ in range(4):
        await _timed(call, workers)
    print("started", flush=True)
    until, seconds = time.perf_counter() + 2, list[float]()

    async def work() -> None:
        while time.perf_counter() < until:
            seconds.append(await _timed(call, 1))

    await asyncio.gather(*(work() for _ in range(workers)))
    usual = median(seconds)
    return {"calls": len(seconds), "late": sum(taken > usual + LATE for taken in seconds)}


def _peak() -> float:
    """Megabytes. `ru_maxrss` would include the parent of a process."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
