"""What a run drives: the engine in Rust that sends, or a dry run that only plans."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from sparkbot.bulk.outcome import Status

#: One row on its way: the contact's cell and the values in the order of the keys, or what is wrong with the row.
Submitted = tuple[Any, tuple[Any, ...]] | str
#: index, status, contact, reason, error, attempts, elapsed
Taken = tuple[int, "Status", str | None, str | None, Exception | None, int, float]


class Engine(Protocol):
    """Takes rows in, gives outcomes out in the same order."""

    @property
    def pending(self) -> int: ...

    @property
    def calls(self) -> int: ...

    @property
    def held_back(self) -> dict[str, float]: ...

    def submit(self, rows: list[Submitted]) -> None: ...

    def take(self, at_most: int) -> list[Taken]: ...

    def take_async(self, at_most: int) -> Awaitable[list[Taken]]: ...

    def close(self) -> None: ...

    def stop(self) -> list[Taken]: ...


class DryRun:
    """Plans every row and sends nothing: `ok` means that the row would be written."""

    def __init__(self, keys: list[str], *, country_code: str | None, empty: str) -> None:
        self._plan = (keys, country_code, empty)
        self._ready: deque[Taken] = deque()
        self._submitted = 0
        self.calls = 0
        self.held_back: dict[str, float] = {}
        # A wrong country code is refused now, as it is when something is sent.
        self.submit([])

    @property
    def pending(self) -> int:
        return len(self._ready)

    def submit(self, rows: list[Submitted]) -> None:
        from sparkbot._sparkbot import plan_rows

        keys, country_code, empty = self._plan
        for status, contact, reason, problem in plan_rows(keys, rows, country_code, empty):
            self._ready.append((self._submitted, status, contact, reason, problem, 0, 0.0))
            self._submitted += 1
            self.calls += status == "ok"

    def take(self, at_most: int) -> list[Taken]:
        return [self._ready.popleft() for _ in range(min(at_most, len(self._ready)))]

    async def take_async(self, at_most: int) -> list[Taken]:
        return self.take(at_most)

    def close(self) -> None:
        self._ready.clear()

    def stop(self) -> list[Taken]:
        rest = list(self._ready)
        self._ready.clear()
        return rest
