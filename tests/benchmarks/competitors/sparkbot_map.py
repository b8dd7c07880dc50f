"""`client.map`: any operation over many items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.calls import Run, phone_of, text_of
from tests.benchmarks.competitors.sparkbot import options
from tests.benchmarks.task import Job

import sparkbot

NAME = "sparkbot map"
PACKAGES = ("sparkbot",)


@contextmanager
def concurrent(job: Job) -> Iterator[Run]:
    with sparkbot.Client(job.key, **options(job)) as client:
        rows = [(job.device, wid, metadata) for wid, metadata in job.contacts]

        def run(count: int) -> int:
            outcomes = client.map(client.contacts.upsert_metadata, rows[:count], concurrency=job.concurrency)
            return sum(outcome.status == "ok" for outcome in outcomes)

        yield run


@contextmanager
def many_messages(job: Job) -> Iterator[Run]:
    with sparkbot.Client(job.key, **options(job)) as client:
        rows = [{"phone": phone_of(item), "message": text_of(item)} for item in job.contacts]

        def run(count: int) -> int:
            outcomes = client.map(client.send.text, rows[:count], concurrency=job.concurrency, device=job.device)
            return sum(outcome.status == "ok" for outcome in outcomes)

        yield run


WORKLOADS = {"concurrent": concurrent, "many_update": concurrent, "many_send": many_messages}
