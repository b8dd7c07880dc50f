"""`client.map`: any operation over many items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.benchmarks.calls import Run
from tests.benchmarks.task import Job

import sparkbot

NAME = "sparkbot map"
PACKAGES = ("sparkbot",)

if not hasattr(sparkbot.Client, "map"):
    raise ImportError("this sparkbot has no client.map")


@contextmanager
def many_at_once(job: Job) -> Iterator[Run]:
    client: Any
    with sparkbot.Client(job.key, base_url=job.url) as client:
        rows = [(job.device, wid, metadata) for wid, metadata in job.contacts]

        def run(count: int) -> int:
            outcomes = client.map(client.contacts.upsert_metadata, rows[:count], concurrency=job.concurrency)
            return sum(outcome.status == "ok" for outcome in outcomes)

        yield run
