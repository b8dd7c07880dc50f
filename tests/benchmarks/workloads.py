"""The workloads. A client runs those that its file has a function for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    name: str
    title: str
    #: Name of the client's function.
    function: str
    calls: int
    concurrency: int = 1
    #: Round-trip delay of the service in milliseconds.
    delay: int = 0
    warm_up: int = 0
    phases: tuple[str, ...] = ("",)
    from_scratch: bool = False
    #: Unit of a call's time and CPU.
    unit: str = "µs"

    @property
    def scale(self) -> float:
        return {"µs": 1e6, "ms": 1e3}[self.unit]


DELAYS = (0, 20, 50)

WORKS = (
    Work("serial", "One PATCH after another, blocking", "one_by_one", 3000, warm_up=200),
    Work("serial-async", "One PATCH after another, asyncio", "one_by_one_async", 3000, warm_up=200),
    Work("bulk", "10,000 metadata upserts, 64 at a time", "many_at_once", 10_000, 64),
    Work("list", "List of 2,000 chats to dicts", "list_chats", 20, warm_up=2, unit="ms"),
    Work("gather", "asyncio.gather of 2,000 calls, 50 ms away", "gather", 2000, 2000, delay=50, phases=("cold", "warm")),
    Work("far", "5,000 calls, 256 at a time, 20 ms away", "many_at_once", 5000, 256, delay=20),
    Work("first", "Client made to first answer, blocking", "one_by_one", 1, from_scratch=True, unit="ms"),
    Work("first-async", "Client made to first answer, asyncio", "one_by_one_async", 1, from_scratch=True, unit="ms"),
)

#: Measured by starting interpreters, not by a client's function.
IMPORT = "import"
FUNCTIONS = frozenset(work.function for work in WORKS)
