"""urllib3: one pool shared by all threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3
from tests.benchmarks.calls import Calls, blocking, blocking_over_tls, http_calls, parsed
from tests.benchmarks.competitors import tls_context
from tests.benchmarks.task import Job

NAME = "urllib3"
PACKAGES = ("urllib3", "orjson")
IMPORTS = "urllib3"


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    timeout = urllib3.Timeout(connect=5, read=60)
    options = {"maxsize": job.concurrency, "block": True, "timeout": timeout, "ssl_context": tls_context(job)}
    with urllib3.PoolManager(headers=job.headers, **options) as pool:

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = pool.request(method, url, body=body)
            return parsed(response.status, response.data)

        def upload() -> Any:
            # It encodes a form in memory.
            file = (Path(job.upload).name, Path(job.upload).read_bytes())
            response = pool.request("POST", job.files_url, fields={"file": file}, headers=job.common_headers)
            return parsed(response.status, response.data)

        yield http_calls(job, send, upload)


WORKLOADS = blocking(connect, threads="shared") | blocking_over_tls(connect, threads=True)
