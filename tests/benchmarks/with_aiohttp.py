"""The contact sync written carefully with aiohttp.

One session, bounded workers over a file that is read as they go, a timeout, repeats, and no row that stops the others.
"""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import aiohttp
from tests.benchmarks.crm import ATTEMPTS, CONNECT, PAUSE, TIMEOUT, UNSENT, Answer, Numbered, Pairs, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sync:
    """Writes the rows of a file and keeps an outcome for each."""

    def __init__(self, url: str, device: str, key: str, concurrency: int) -> None:
        self._contacts = f"{url}/chat/{device}/contacts"
        self._key = key
        self._concurrency = concurrency
        self.outcomes: list[Numbered] = []

    async def run(self, file: str) -> None:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
        connector = aiohttp.TCPConnector(limit=self._concurrency)
        with Path(file).open(encoding="utf-8-sig", newline="") as lines:
            rows = enumerate(csv.DictReader(lines))
            async with aiohttp.ClientSession(headers={"Token": self._key}, timeout=timeout, connector=connector) as session:
                await asyncio.gather(*(self._work(session, rows) for _ in range(self._concurrency)))
        self.outcomes.sort()

    async def _work(self, session: aiohttp.ClientSession, rows: Iterator[tuple[int, dict[str, str]]]) -> None:
        for index, row in rows:
            self.outcomes.append((index, *await self._write_row(session, row)))

    async def _write_row(self, session: aiohttp.ClientSession, row: dict[str, str]) -> Answer:
        found = prepared(row)
        return await self._write(session, *found) if found else UNSENT

    async def _write(self, session: aiohttp.ClientSession, wid: str, pairs: Pairs) -> Answer:
        address, problem = f"{self._contacts}/{quote(wid, safe='@')}/metadata", ""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(PAUSE * 2 ** (attempt - 1))
            try:
                async with session.patch(address, json=pairs) as response:
                    body = await response.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                problem = f"{type(error).__name__}: {error}"
                continue
            if response.status < 300:
                json.loads(body)
                return "ok", None
            problem = f"{response.status} {body.decode(errors='replace')}"
            if response.status != 429 and response.status < 500:
                break
        return "failed", problem
