"""Runs a sync client in a separate process; prints seconds, CPU and peak memory as JSON.

    python -m tests.benchmarks.sync_client NAME URL DEVICE FILE

`sparkbot`, `aiohttp` and `requests` send one PATCH per row with the same body, 64 at a time, and keep a list of all outcomes;
`sparkbot-kept-journal` also keeps a journal next to the file, and `sparkbot-bulk` writes 50 rows per call. `sparkbot-report` and
`sparkbot-journal` keep the report only, as for a file of any size.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measure import measure

if TYPE_CHECKING:
    from collections.abc import Callable

CONCURRENCY = 64
KEY = "sandbox-key"


def sparkbot_job(url: str, device: str, file: str, *, keep: bool, **options: Any) -> Callable[[], int]:
    import sparkbot

    outcomes: list[tuple[int, str, str | None]] = []

    def keep_outcome(outcome: sparkbot.Outcome) -> None:
        outcomes.append((outcome.index, outcome.status, outcome.message))

    options = {"concurrency": CONCURRENCY, "progress": "off", "on_outcome": keep_outcome if keep else None, **options}

    def job() -> int:
        with sparkbot.Client(KEY, base_url=url) as client:
            report = sparkbot.sync_metadata(client, device, file, **options)
        return sum(status == "ok" for _, status, _ in outcomes) if keep else report.ok

    return job


def aiohttp_job(url: str, device: str, file: str) -> Callable[[], int]:
    import asyncio

    import uvloop
    from tests.benchmarks.with_aiohttp import Sync

    def job() -> int:
        sync = Sync(url, device, KEY, CONCURRENCY)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(sync.run(file))
        return sum(status == "ok" for _, status, _ in sync.outcomes)

    return job


def requests_job(url: str, device: str, file: str) -> Callable[[], int]:
    from tests.benchmarks.with_requests import Sync

    def job() -> int:
        sync = Sync(url, device, KEY, CONCURRENCY)
        sync.run(file)
        return sum(status == "ok" for _, status, _ in sync.outcomes)

    return job


def new_job(name: str, url: str, device: str, file: str) -> Callable[[], int]:
    """The task of a client."""
    if name == "aiohttp":
        return aiohttp_job(url, device, file)
    if name == "requests":
        return requests_job(url, device, file)
    options: dict[str, Any] = {}
    if "journal" in name:
        options = {"journal": f"{file}.journal", "restart": True}
    if "bulk" in name:
        options = {"via": "bulk", "on_missing": "create"}
    return sparkbot_job(url, device, file, keep=name not in ("sparkbot-report", "sparkbot-journal"), **options)


def main(*given: str) -> None:
    print(json.dumps(measure(new_job(*given))))


if __name__ == "__main__":
    main(*sys.argv[1:])
