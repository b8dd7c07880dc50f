"""The part of the floor that needs Python: creating the dicts of the same responses with jiter, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from jiter import from_json
from tests.benchmarks.calls import Run, body_of, url_of
from tests.benchmarks.task import LISTED, Job

NAME = "dicts (jiter)"
PACKAGES = ("jiter",)


def answered(job: Job, url: str, body: bytes | None = None) -> bytes:
    request = Request(url, body, job.headers, method="PATCH" if body else "GET")
    with urlopen(request, timeout=60) as answer:
        read: bytes = answer.read()
    return read


def making(body_for: Callable[[Job], bytes], is_right: Callable[[Any], bool], *, keep: bool = False) -> Any:
    """A workload that creates the dicts of one response repeatedly; `keep` holds all of them until the end."""

    @contextmanager
    def work(job: Job) -> Iterator[Run]:
        body = body_for(job)

        def run(count: int) -> int:
            if keep:
                return sum(map(is_right, [from_json(body) for _ in range(count)]))
            return sum(is_right(from_json(body)) for _ in range(count))

        yield run

    return work


def contact(job: Job) -> bytes:
    item = job.contacts[0]
    return answered(job, url_of(job, item), body_of(item))


def chats(job: Job) -> bytes:
    return answered(job, job.chats_url)


one_by_one = one_by_one_async = many_at_once = making(contact, bool)
gather = making(contact, bool, keep=True)
list_chats = making(chats, lambda found: len(found) == LISTED)
