"""pycurl: one handle with a persistent connection per kind of call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pycurl
from tests.benchmarks.calls import Calls, blocking, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "pycurl"
PACKAGES = ("pycurl", "orjson")
IMPORTS = "pycurl"


def open_handle(job: Job) -> Any:
    """A handle configured for the service."""
    curl = pycurl.Curl()
    curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in job.headers.items()])
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
    with closing(open_handle(job)) as writes, closing(open_handle(job)) as reads:
        writes.setopt(pycurl.CUSTOMREQUEST, "PATCH")
        reads.setopt(pycurl.URL, job.chats_url)

        def upsert(item: Item) -> Any:
            writes.setopt(pycurl.URL, url_of(job, item))
            writes.setopt(pycurl.POSTFIELDS, body_of(item))
            return perform(writes)

        yield Calls(upsert, lambda: perform(reads))


WORKLOADS = blocking(connect)
