"""`sync_metadata`: CRM rows, with validation, order per contact, and a report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.calls import Run
from tests.benchmarks.task import Job

import sparkbot

NAME = "sparkbot sync_metadata"
PACKAGES = ("sparkbot",)


@contextmanager
def concurrent(job: Job) -> Iterator[Run]:
    # As in a CRM: a phone number, and all columns in each row.
    empty = {column: "" for _, metadata in job.contacts for column in metadata}
    rows = [{"phone": f"+{wid.partition('@')[0]}", **empty, **metadata} for wid, metadata in job.contacts]
    with sparkbot.Client(job.key, base_url=job.url) as client:

        def run(count: int) -> int:
            lazy = iter(rows[:count])
            return sparkbot.sync_metadata(client, job.device, lazy, concurrency=job.concurrency, progress="off").ok

        yield run


WORKLOADS = {"concurrent": concurrent}
