"""A sandbox with contacts on two numbers, for tests that sync into it."""

from __future__ import annotations

from typing import Any

import sparkbot
from sparkbot.sync import sync_metadata

PHONES = [f"+44 7700 900{number:03d}" for number in range(40)]
WIDS = [f"447700900{number:03d}@c.us" for number in range(40)]
OTHER = "64f0c2a91b7e4d5f8a3b6cff"


class Place:
    """Forty contacts, known to two numbers: the sandbox's first one and `OTHER`, called Field Team."""

    def __init__(self, sandbox: Any) -> None:
        self.sandbox = sandbox
        self.client = sandbox.client(retry=sparkbot.Retry(max_retries=0))
        self.device: str = self.client.devices.list()[0]["id"]
        sandbox.seed(devices=[{"id": OTHER, "alias": "Field Team"}])
        self._writes, self._last = 0, -1
        self.know()

    def know(self) -> None:
        """Makes the contacts as new ones, without metadata."""
        self.sandbox.seed(contacts=[{"wid": wid, "device": device} for wid in WIDS for device in (self.device, OTHER)])

    def sync(self, rows: Any, **options: Any) -> Any:
        return sync_metadata(self.client, self.device, rows, **options)

    def metadata(self, number: int, device: str | None = None) -> dict[str, str]:
        return dict(self.client.contacts.get_metadata(device or self.device, WIDS[number]))

    def writes(self) -> int:
        """How many there were so far; asked often enough, as the sandbox keeps the last 10,000 requests."""
        new = [request for request in self.sandbox.requests if request["index"] > self._last]
        self._writes += sum(request["method"] != "GET" for request in new)
        self._last = new[-1]["index"] if new else self._last
        return self._writes

    def forget(self) -> None:
        """Ends all faults."""
        self.sandbox.faults.clear()
