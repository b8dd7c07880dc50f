"""A sandbox account with contacts on two devices, for sync tests."""

from __future__ import annotations

from typing import Any

import sparkbot
from sparkbot.sync import sync_metadata

PHONES = [f"+44 7400 900{number:03d}" for number in range(40)]
WIDS = [f"447400900{number:03d}@c.us" for number in range(40)]
OTHER = "64f0c2a91b7e4d5f8a3b6cff"


class Account:
    """Forty contacts on two devices: the sandbox's first one and `OTHER`, with the alias Field Team."""

    def __init__(self, sandbox: Any) -> None:
        self.sandbox = sandbox
        self.client = sandbox.client(retry=sparkbot.Retry(max_retries=0))
        self.device: str = self.client.devices.list()[0]["id"]
        sandbox.seed(devices=[{"id": OTHER, "alias": "Field Team"}])
        self._writes, self._last = 0, -1
        self.reset_contacts()

    def reset_contacts(self) -> None:
        """Recreates the contacts, without metadata."""
        self.sandbox.seed(contacts=[{"wid": wid, "device": device} for wid in WIDS for device in (self.device, OTHER)])

    def sync(self, rows: Any, **options: Any) -> Any:
        return sync_metadata(self.client, self.device, rows, **options)

    def metadata(self, number: int, device: str | None = None) -> dict[str, str]:
        return dict(self.client.contacts.get_metadata(device or self.device, WIDS[number]))

    def writes(self) -> int:
        """Number of writes so far; call it at least every 10,000 requests, which is what the sandbox keeps.

        Those of a run that was stopped don't count: they can still arrive.
        """
        new = [request for request in self.sandbox.requests if request["index"] > self._last]
        self._writes += sum(request["method"] != "GET" and "x-stopped" not in request["headers"] for request in new)
        self._last = new[-1]["index"] if new else self._last
        return self._writes
