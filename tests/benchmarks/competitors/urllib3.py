"""urllib3: one pool shared by all threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import urllib3
from tests.benchmarks import calls
from tests.benchmarks.calls import Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "urllib3"
PACKAGES = ("urllib3", "orjson")
IMPORTS = "urllib3"


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    timeout = urllib3.Timeout(connect=5, read=60)
    with urllib3.PoolManager(maxsize=job.concurrency, block=True, timeout=timeout, headers=job.headers) as pool:

        def upsert(item: Item) -> Any:
            answer = pool.request("PATCH", url_of(job, item), body=body_of(item))
            return parsed(answer.status, answer.data)

        def list_chats() -> Any:
            answer = pool.request("GET", job.chats_url)
            return parsed(answer.status, answer.data)

        yield Calls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
many_at_once = calls.threaded(opened, shared=True)
list_chats = calls.list_chats(opened)
