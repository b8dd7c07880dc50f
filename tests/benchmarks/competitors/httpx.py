"""httpx: threads over one client, which is faster than its asyncio client; the latter is measured with serial calls only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
from tests.benchmarks.calls import Calls, asynchronous, blocking, blocking_over_tls, http_calls, parsed
from tests.benchmarks.competitors import tls_context
from tests.benchmarks.task import Job

NAME = "httpx"
PACKAGES = ("httpx", "orjson")
IMPORTS = "httpx"


def options(job: Job) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=job.concurrency, max_keepalive_connections=job.concurrency)
    timeout, verify = httpx.Timeout(60, connect=5), tls_context(job) or True
    return {"headers": job.common_headers, "timeout": timeout, "limits": limits, "trust_env": False, "verify": verify}


JSON = {"Content-Type": "application/json"}


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with httpx.Client(**options(job)) as client:

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = client.request(method, url, content=body, headers=JSON)
            return parsed(response.status_code, response.content)

        def upload() -> Any:
            with Path(job.upload).open("rb") as file:
                response = client.post(job.files_url, files={"file": file})
            return parsed(response.status_code, response.content)

        yield http_calls(job, send, upload)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with httpx.AsyncClient(**options(job)) as client:

        async def send(method: str, url: str, body: bytes | None) -> Any:
            response = await client.request(method, url, content=body, headers=JSON)
            return parsed(response.status_code, response.content)

        yield http_calls(job, send)


WORKLOADS = {
    **blocking(connect, threads="shared"),
    **blocking_over_tls(connect, threads=True),
    "serial_async": asynchronous(connect_async)["serial_async"],
}
