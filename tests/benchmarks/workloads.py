"""The workloads. A client runs those that its module has a function for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Workload:
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

WORKLOADS = (
    Workload("serial", "One PATCH after another, blocking", "serial", 3000, warm_up=200),
    Workload("serial-async", "One PATCH after another, asyncio", "serial_async", 3000, warm_up=200),
    Workload("bulk", "10,000 metadata upserts, 64 at a time", "concurrent", 10_000, 64),
    Workload("list", "List of 2,000 chats to dicts", "list_chats", 20, warm_up=2, unit="ms"),
    Workload("gather", "asyncio.gather of 2,000 calls, 50 ms away", "gather", 2000, 2000, delay=50, phases=("cold", "warm")),
    Workload("far", "5,000 calls, 256 at a time, 20 ms away", "concurrent", 5000, 256, delay=20),
    Workload("first", "Client creation to first response, blocking", "serial", 1, from_scratch=True, unit="ms"),
    Workload("first-async", "Client creation to first response, asyncio", "serial_async", 1, from_scratch=True, unit="ms"),
)

#: Measured by starting interpreters, not by a client's function.
IMPORT = "import"
FUNCTIONS = frozenset(workload.function for workload in WORKLOADS)
