"""Runs a sync client in a separate process; prints seconds, CPU and peak memory as JSON.

    python -m tests.benchmarks.sync_contender NAME URL DEVICE FILE

`sparkbot`, `aiohttp` and `requests` write one PATCH a row with the same body, 64 at a time, and keep a list of what became of
each row; `sparkbot-kept-journal` keeps a journal beside the file too, and `sparkbot-bulk` writes 50 rows by one call.
`sparkbot-report` and `sparkbot-journal` keep the report only, as a run over a file of any size does.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measure import measured

if TYPE_CHECKING:
    from collections.abc import Callable

CONCURRENCY = 64
KEY = "sandbox-key"


def sparkbot_job(url: str, device: str, file: str, *, keep: bool, **options: Any) -> Callable[[], int]:
    import sparkbot

    outcomes: list[tuple[int, str, str | None]] = []

    def note(outcome: sparkbot.Outcome) -> None:
        outcomes.append((outcome.index, outcome.status, outcome.message))

    def job() -> int:
        heard = note if keep else None
        with sparkbot.Client(KEY, base_url=url) as client:
            how: dict[str, Any] = {"concurrency": CONCURRENCY, "progress": "off", **options}
            report = sparkbot.sync_metadata(client, device, file, on_outcome=heard, **how)
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


def chosen(name: str, url: str, device: str, file: str) -> Callable[[], int]:
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
    print(json.dumps(measured(chosen(*given))))


if __name__ == "__main__":
    main(*sys.argv[1:])
