"""pyreqwest, blocking and asyncio, over HTTP/1.1."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pyreqwest.client import ClientBuilder, SyncClientBuilder
from pyreqwest.multipart import FormBuilder
from tests.benchmarks.calls import Calls, asynchronous, asynchronous_over_tls, blocking, blocking_over_tls, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "pyreqwest"
PACKAGES = ("pyreqwest", "orjson")
IMPORTS = "pyreqwest.client"


def configure(builder: Any, job: Job) -> Any:
    if job.authority:
        builder = builder.add_root_certificate_pem(Path(job.authority).read_bytes())
    timeouts = builder.timeout(timedelta(seconds=60 + job.patience)).connect_timeout(timedelta(seconds=job.patience))
    return timeouts.default_headers(job.common_headers).no_proxy().http1_only()


def build_request(client: Any, method: str, url: str, body: bytes | None) -> Any:
    request = client.request(method, url).header("Content-Type", "application/json")
    return (request if body is None else request.body_bytes(body)).build()


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with configure(SyncClientBuilder(), job).build() as client:

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = build_request(client, method, url, body).send()
            return parsed(response.status, memoryview(response.bytes()))

        def upload() -> Any:
            form = FormBuilder().sync_file("file", Path(job.upload))
            response = client.post(job.files_url).multipart(form).build().send()
            return parsed(response.status, memoryview(response.bytes()))

        yield http_calls(job, send, upload)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with configure(ClientBuilder(), job).build() as client:

        async def send(method: str, url: str, body: bytes | None) -> Any:
            response = await build_request(client, method, url, body).send()
            return parsed(response.status, memoryview(await response.bytes()))

        yield http_calls(job, send)


WORKLOADS = {
    **asynchronous(connect_async),
    **asynchronous_over_tls(connect_async),
    **blocking(connect),
    **blocking_over_tls(connect),
}
