"""The sync of contacts as a careful person writes it with aiohttp.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTEMPTS = 3

Answer = tuple[str, str | None]
Numbered = tuple[int, str, str | None]


class Sync:
    """Writes the rows of a file, and keeps what became of each."""

    def __init__(self, url: str, device: str, key: str, concurrency: int) -> None:
        self._contacts = f"{url}/chat/{device}/contacts"
        self._key = key
        self._concurrency = concurrency
        self.outcomes: list[Numbered] = []

    async def run(self, file: str) -> None:
        timeout = aiohttp.ClientTimeout(total=60, connect=5)
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
        wid = as_wid(row["phone"])
        pairs = [{"key": key, "value": value} for key, value in row.items() if key != "phone" and value]
        if wid is None or any(len(pair["value"]) > 300 for pair in pairs):
            return "failed", "the row can't be sent"
        return await self._write(session, f"{self._contacts}/{quote(wid, safe='@')}/metadata", pairs)

    async def _write(self, session: aiohttp.ClientSession, address: str, pairs: list[dict[str, str]]) -> Answer:
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(0.2 * 2**attempt)
            try:
                async with session.patch(address, json=pairs) as answer:
                    body = await answer.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                problem = f"{type(error).__name__}: {error}"
                continue
            if answer.status < 300:
                json.loads(body)
                return "ok", None
            problem = f"{answer.status} {body.decode(errors='replace')}"
            if answer.status != 429 and answer.status < 500:
                break
        return "failed", problem


def as_wid(phone: str) -> str | None:
    """The wid of a phone number in international form."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"{digits}@c.us" if phone.startswith("+") and 8 <= len(digits) <= 15 else None
