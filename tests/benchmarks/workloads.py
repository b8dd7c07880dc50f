"""The workloads. A client runs those that its module has a function for."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Workload:
    name: str
    title: str
    #: Name of the client's function.
    function: str
    calls: int
    concurrency: int = 1
    #: Delay of the service's response in milliseconds.
    delay: int = 0
    #: Round trip of the relay to the service in milliseconds, which delays connecting too; there it speaks TLS.
    round_trip: int = 0
    warm_up: int = 0
    phases: tuple[str, ...] = ("",)
    from_scratch: bool = False
    #: Whether all asyncio clients run on uvloop.
    uvloop: bool = False
    #: Unit of a call's time.
    unit: str = "µs"
    #: Unit of its CPU, if another.
    cpu_unit: str = ""


#: Units in a second.
SCALES = {"µs": 1e6, "ms": 1e3}
COLD_AND_WARM = ("cold", "warm")


def _far_away(milliseconds: int, one_calls: int, many_calls: int) -> tuple[Workload, ...]:
    """One by one, and 64 at a time."""
    away = f"{milliseconds} ms away"
    one = Workload("", "", "", one_calls, round_trip=milliseconds, phases=COLD_AND_WARM, unit="ms", cpu_unit="µs")
    many = replace(one, calls=many_calls, concurrency=64)
    return (
        replace(one, name=f"send-{milliseconds}", title=f"One send after another, {away}", function="one_send"),
        replace(many, name=f"sends-{milliseconds}", title=f"Sends, 64 at a time, {away}", function="many_send"),
        replace(one, name=f"update-{milliseconds}", title=f"One update after another, {away}", function="one_update"),
        replace(many, name=f"updates-{milliseconds}", title=f"Updates, 64 at a time, {away}", function="many_update"),
    )


OVER_TLS = (
    *_far_away(20, one_calls=30, many_calls=384),
    *_far_away(100, one_calls=6, many_calls=320),
    Workload("list-gzip", "List of 2,000 chats, gzip, 20 ms away", "list_gzip", 6, round_trip=20, warm_up=2, unit="ms"),
    Workload("upload", "Upload of 20 MB, 20 ms away", "upload", 3, round_trip=20, warm_up=1, unit="ms"),
)

ON_LOOPBACK = (
    Workload("serial", "One PATCH after another, blocking", "serial", 2000, warm_up=200),
    Workload("serial-async", "One PATCH after another, asyncio", "serial_async", 2000, warm_up=200),
    Workload("serial-uvloop", "One PATCH after another, uvloop", "serial_async", 2000, warm_up=200, uvloop=True),
    Workload("bulk", "10,000 metadata upserts, 64 at a time", "concurrent", 10_000, 64),
    Workload("list", "List of 2,000 chats to dicts", "list_chats", 20, warm_up=2, unit="ms"),
    Workload("gather", "asyncio.gather of 2,000 calls, 50 ms away", "gather", 2000, 2000, delay=50, phases=("cold", "warm")),
    Workload("far", "3,000 calls, 256 at a time, 20 ms away", "concurrent", 3000, 256, delay=20),
    Workload("first", "Client creation to first response, blocking", "serial", 1, from_scratch=True, unit="ms"),
    Workload("first-async", "Client creation to first response, asyncio", "serial_async", 1, from_scratch=True, unit="ms"),
)

#: Measured by starting interpreters, not by a client's function.
IMPORT = "import"

WORKLOADS = (*OVER_TLS, *ON_LOOPBACK)
#: The workloads of each part of the page.
GROUPS = {"tls": OVER_TLS, "loopback": ON_LOOPBACK}
DELAYS = tuple(sorted({workload.delay for workload in ON_LOOPBACK}))
#: Milliseconds by which the service delays the responses while the growth is measured.
GROWTH_DELAY = 200
ROUND_TRIPS = tuple(sorted({workload.round_trip for workload in OVER_TLS}))
#: The functions of the Rust programs.
FUNCTIONS = frozenset(workload.function for workload in ON_LOOPBACK)
