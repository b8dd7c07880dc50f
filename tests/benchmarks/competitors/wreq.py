"""wreq, blocking and asyncio, over HTTP/1.1."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import wreq
from tests.benchmarks.calls import Calls, asynchronous, asynchronous_over_tls, blocking, blocking_over_tls, http_calls, parsed
from tests.benchmarks.task import Job
from wreq import Method, Multipart, Part
from wreq import blocking as wreq_blocking

NAME = "wreq"
PACKAGES = ("wreq", "orjson")
IMPORTS = "wreq"
METHODS = {"GET": Method.GET, "PATCH": Method.PATCH, "POST": Method.POST}
JSON = {"Content-Type": "application/json"}


def options(job: Job) -> dict[str, Any]:
    trusted = {"tls_verify": Path(job.authority)} if job.authority else {}
    return {
        **trusted,
        "headers": job.common_headers,
        "timeout": timedelta(seconds=60),
        "connect_timeout": timedelta(seconds=5),
        "pool_max_idle_per_host": job.concurrency,
        "http1_only": True,
        "no_proxy": True,
    }


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with wreq_blocking.Client(**options(job)) as client:

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = client.request(METHODS[method], url, body=body, headers=JSON)
            return parsed(response.status.as_int(), response.bytes())

        def upload() -> Any:
            form = Multipart(Part("file", Path(job.upload)))
            response = client.request(Method.POST, job.files_url, multipart=form)
            return parsed(response.status.as_int(), response.bytes())

        yield http_calls(job, send, upload)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with wreq.Client(**options(job)) as client:

        async def send(method: str, url: str, body: bytes | None) -> Any:
            response = await client.request(METHODS[method], url, body=body, headers=JSON)
            return parsed(response.status.as_int(), await response.bytes())

        yield http_calls(job, send)


WORKLOADS = {
    **asynchronous(connect_async),
    **asynchronous_over_tls(connect_async),
    **blocking(connect),
    **blocking_over_tls(connect),
}
