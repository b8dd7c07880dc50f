"""requests: one session per thread, because sessions are not thread-safe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from tests.benchmarks import calls
from tests.benchmarks.calls import Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "requests"
PACKAGES = ("requests", "urllib3", "orjson")
IMPORTS = "requests"
TIMEOUT = (5, 60)


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    with requests.Session() as session:
        session.headers.update(job.headers)
        # Avoids reading proxies and passwords from the environment at every call.
        session.trust_env = False

        def upsert(item: Item) -> Any:
            answer = session.patch(url_of(job, item), data=body_of(item), timeout=TIMEOUT)
            return parsed(answer.status_code, answer.content)

        def list_chats() -> Any:
            answer = session.get(job.chats_url, timeout=TIMEOUT)
            return parsed(answer.status_code, answer.content)

        yield Calls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
many_at_once = calls.threaded(opened, shared=False)
list_chats = calls.list_chats(opened)
