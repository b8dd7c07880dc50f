"""A job of the benchmark in a process of its own; prints seconds, CPU and peak memory as JSON.

    python -m tests.bench.contender sparkbot|aiohttp|sparkbot-report|sparkbot-journal URL DEVICE FILE

The first two write one PATCH a row with the same body, 16 at a time, and keep a list of what became of each row.
`sparkbot-report` keeps the report only, as a run over a file of any size does; `sparkbot-journal` a journal beside the file too.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tests.bench.measure import measured

if TYPE_CHECKING:
    from collections.abc import Callable

CONCURRENCY = 16
KEY = "sandbox-key"


def sparkbot_job(url: str, device: str, file: str, *, keep: bool, journal: str | None = None) -> Callable[[], int]:
    import sparkbot

    outcomes: list[tuple[int, str, str | None]] = []

    def note(outcome: sparkbot.Outcome) -> None:
        outcomes.append((outcome.index, outcome.status, outcome.message))

    def job() -> int:
        heard = note if keep else None
        with sparkbot.Client(KEY, base_url=url) as client:
            options: dict[str, Any] = {"journal": journal, "restart": journal is not None, "progress": "off"}
            report = sparkbot.sync_metadata(client, device, file, concurrency=CONCURRENCY, on_outcome=heard, **options)
        return sum(status == "ok" for _, status, _ in outcomes) if keep else report.ok

    return job


def aiohttp_job(url: str, device: str, file: str) -> Callable[[], int]:
    import asyncio

    from tests.bench.with_aiohttp import Sync

    def job() -> int:
        sync = Sync(url, device, KEY, CONCURRENCY)
        asyncio.run(sync.run(file))
        return sum(status == "ok" for _, status, _ in sync.outcomes)

    return job


def main(name: str, *where: str) -> None:
    journal = f"{where[-1]}.journal" if name == "sparkbot-journal" else None
    job = aiohttp_job(*where) if name == "aiohttp" else sparkbot_job(*where, keep=name == "sparkbot", journal=journal)
    print(json.dumps(measured(job)))


if __name__ == "__main__":
    main(*sys.argv[1:])
