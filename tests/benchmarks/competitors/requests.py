"""requests: one session per thread, because sessions are not thread-safe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from tests.benchmarks.calls import Calls, blocking, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "requests"
PACKAGES = ("requests", "urllib3", "orjson")
IMPORTS = "requests"


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with requests.Session() as session:
        session.headers.update(job.headers)
        # Avoids reading proxies and passwords from the environment at every call.
        session.trust_env = False

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = session.request(method, url, data=body, timeout=(5, 60))
            return parsed(response.status_code, response.content)

        yield http_calls(job, send)


WORKLOADS = blocking(connect, threads="separate")
