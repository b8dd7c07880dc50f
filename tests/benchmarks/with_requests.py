"""The contact sync written carefully with requests: a thread pool with one session per thread."""

from __future__ import annotations

import csv
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import requests
from tests.benchmarks.crm import ATTEMPTS, CONNECT, PAUSE, TIMEOUT, UNSENT, Answer, Numbered, Pairs, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sync:
    """Writes the rows of a file and keeps an outcome for each."""

    def __init__(self, url: str, device: str, key: str, concurrency: int) -> None:
        self._contacts = f"{url}/chat/{device}/contacts"
        self._key = key
        self._concurrency = concurrency
        self._reading = threading.Lock()
        self.outcomes: list[Numbered] = []

    def run(self, file: str) -> None:
        with Path(file).open(encoding="utf-8-sig", newline="") as lines, ThreadPoolExecutor(self._concurrency) as pool:
            rows = enumerate(csv.DictReader(lines))
            for done in [pool.submit(self._work, rows) for _ in range(self._concurrency)]:
                done.result()
        self.outcomes.sort()

    def _work(self, rows: Iterator[tuple[int, dict[str, str]]]) -> None:
        with requests.Session() as session:
            session.headers["Token"] = self._key
            # Avoids reading proxies and passwords from the environment at every call.
            session.trust_env = False
            while (numbered := self._next(rows)) is not None:
                index, row = numbered
                found = prepared(row)
                self.outcomes.append((index, *(self._write(session, *found) if found else UNSENT)))

    def _next(self, rows: Iterator[tuple[int, dict[str, str]]]) -> tuple[int, dict[str, str]] | None:
        with self._reading:
            return next(rows, None)

    def _write(self, session: requests.Session, wid: str, pairs: Pairs) -> Answer:
        address, problem = f"{self._contacts}/{quote(wid, safe='@')}/metadata", ""
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE * 2 ** (attempt - 1))
            try:
                response = session.patch(address, json=pairs, timeout=(CONNECT, TIMEOUT))
            except requests.RequestException as error:
                problem = f"{type(error).__name__}: {error}"
                continue
            if response.status_code < 300:
                json.loads(response.content)
                return "ok", None
            problem = f"{response.status_code} {response.text}"
            if response.status_code != 429 and response.status_code < 500:
                break
        return "failed", problem
