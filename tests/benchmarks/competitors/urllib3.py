"""urllib3: one pool shared by all threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import urllib3
from tests.benchmarks.calls import Calls, blocking, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "urllib3"
PACKAGES = ("urllib3", "orjson")
IMPORTS = "urllib3"


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    timeout = urllib3.Timeout(connect=5, read=60)
    with urllib3.PoolManager(maxsize=job.concurrency, block=True, timeout=timeout, headers=job.headers) as pool:

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = pool.request(method, url, body=body)
            return parsed(response.status, response.data)

        yield http_calls(job, send)


WORKLOADS = blocking(connect, threads="shared")
