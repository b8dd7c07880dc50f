"""pycurl: one handle with a persistent connection per kind of call, over HTTP/1.1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pycurl
from tests.benchmarks.calls import Calls, blocking, blocking_over_tls, body_of, message_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "pycurl"
PACKAGES = ("pycurl", "orjson")
IMPORTS = "pycurl"


def open_handle(job: Job, headers: dict[str, str] | None = None) -> Any:
    """A handle configured for the service."""
    curl = pycurl.Curl()
    curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in (headers or job.headers).items()])
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    if job.authority:
        curl.setopt(pycurl.CAINFO, job.authority)
        curl.setopt(pycurl.ACCEPT_ENCODING, "gzip")
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.CONNECTTIMEOUT, 5)
    curl.setopt(pycurl.TIMEOUT, 60)
    curl.setopt(pycurl.PROXY, "")
    return curl


def perform(curl: Any) -> Any:
    body = curl.perform_rb()
    return parsed(curl.getinfo(pycurl.RESPONSE_CODE), body)


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    # One handle per kind of call, so options are set once.
    with ExitStack() as stack:
        writes, reads, messages = (stack.enter_context(closing(open_handle(job))) for _ in range(3))
        uploads = stack.enter_context(closing(open_handle(job, job.common_headers)))
        writes.setopt(pycurl.CUSTOMREQUEST, "PATCH")
        reads.setopt(pycurl.URL, job.chats_url)
        messages.setopt(pycurl.URL, job.messages_url)
        uploads.setopt(pycurl.URL, job.files_url)

        def upsert(item: Item) -> Any:
            writes.setopt(pycurl.URL, url_of(job, item))
            writes.setopt(pycurl.POSTFIELDS, body_of(item))
            return perform(writes)

        def message(item: Item) -> Any:
            messages.setopt(pycurl.POSTFIELDS, message_of(job, item))
            return perform(messages)

        def upload() -> Any:
            uploads.setopt(pycurl.HTTPPOST, [("file", (pycurl.FORM_FILE, job.upload))])
            return perform(uploads)

        yield Calls(upsert, lambda: perform(reads), message, upload)


WORKLOADS = blocking(connect) | blocking_over_tls(connect)
