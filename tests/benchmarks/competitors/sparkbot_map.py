"""`client.map`: any operation over many items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.calls import Run
from tests.benchmarks.task import Job

import sparkbot

NAME = "sparkbot map"
PACKAGES = ("sparkbot",)


@contextmanager
def concurrent(job: Job) -> Iterator[Run]:
    with sparkbot.Client(job.key, base_url=job.url) as client:
        rows = [(job.device, wid, metadata) for wid, metadata in job.contacts]

        def run(count: int) -> int:
            outcomes = client.map(client.contacts.upsert_metadata, rows[:count], concurrency=job.concurrency)
            return sum(outcome.status == "ok" for outcome in outcomes)

        yield run


WORKLOADS = {"concurrent": concurrent}
