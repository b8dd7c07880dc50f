"""What a run drives: the engine in Rust that sends, or a dry run that only plans."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from sparkbot.errors import InvalidArgument
from sparkbot.sync.problems import InvalidRow

if TYPE_CHECKING:
    from sparkbot.sync.outcome import Status

#: One row on its way: the contact's cell and the values in the order of the keys, or what is wrong with the row.
Submitted = tuple[Any, tuple[Any, ...]] | str
#: index, status, contact, reason, error, attempts, elapsed
Taken = tuple[int, "Status", str | None, str | None, Exception | None, int, float]

#: Calls per second at the limit of 600 a minute that clients of the service report.
REPORTED_LIMIT = 10.0


class Engine(Protocol):
    """Takes rows in, gives outcomes out in the same order."""

    @property
    def pending(self) -> int: ...

    @property
    def calls(self) -> int: ...

    @property
    def held_back(self) -> dict[str, Any]: ...

    def submit(self, rows: list[Submitted]) -> None: ...

    def take(self, at_most: int) -> list[Taken]: ...

    async def take_async(self, at_most: int) -> list[Taken]: ...

    def close(self) -> None: ...


class DryRun:
    """Plans every row and sends nothing: `ok` means that the row would be written."""

    def __init__(self, keys: list[str], *, country_code: str | None, empty: str) -> None:
        self._keys = keys
        self._country_code = country_code
        self._empty = empty
        self._ready: deque[Taken] = deque()
        self._submitted = 0
        self.calls = 0
        self.held_back: dict[str, Any] = {}

    @property
    def pending(self) -> int:
        return len(self._ready)

    def submit(self, rows: list[Submitted]) -> None:
        from sparkbot._sparkbot import plan_rows

        good = [row for row in rows if not isinstance(row, str)]
        plans = iter(plan_rows(self._keys, good, self._country_code, self._empty))
        for row in rows:
            self._ready.append(self._unread(row) if isinstance(row, str) else self._planned(*next(plans)))
            self._submitted += 1

    def _unread(self, problem: str) -> Taken:
        return (self._submitted, "failed", None, None, InvalidRow(problem, field="row"), 0, 0.0)

    def _planned(self, status: str, contact: str | None, reason: str | None, problem: tuple[str, str, str] | None) -> Taken:
        if problem is not None:
            field, why, message = problem
            return (self._submitted, "failed", None, None, InvalidRow(message, field=field, reason=why), 0, 0.0)
        if status == "skip":
            return (self._submitted, "skipped", contact, reason, None, 0, 0.0)
        self.calls += 1
        return (self._submitted, "ok", contact, None, None, 0, 0.0)

    def take(self, at_most: int) -> list[Taken]:
        return [self._ready.popleft() for _ in range(min(at_most, len(self._ready)))]

    async def take_async(self, at_most: int) -> list[Taken]:
        return self.take(at_most)

    def close(self) -> None:
        self._ready.clear()


def calls_per_second(given: float | Literal["auto"] | None, base_url: str | None) -> float | None:
    """The limit to keep. `auto` is the reported limit, and none for a service on this machine."""
    if given == "auto":
        return None if base_url and _is_loopback(base_url) else REPORTED_LIMIT
    if given is None or (isinstance(given, (int, float)) and not isinstance(given, bool) and 0 < given < float("inf")):
        return given
    raise InvalidArgument(
        f"{given!r} is no number above 0: give calls per second, None for no limit, or 'auto'", field="calls_per_second"
    )


def _is_loopback(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return host == "localhost" or host == "::1" or host.startswith("127.")
