"""The performance targets, and whether a run meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.results import ratio
from tests.benchmarks.workloads import WORKLOADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.results import Results

MAX_MEGABYTES = 10
FIGURES = {"cpu": "CPU", "seconds": "time"}


@dataclass(frozen=True)
class Target:
    number: int
    text: str
    limit: float
    #: sparkbot's value; None if a required measurement is missing.
    value: float | None
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def targets(results: Results) -> list[Target]:
    return [*_relative_to_peers(results), *_bulk(results), *_far(results), *_start(results), *_memory(results)]


def _relative_to_peers(results: Results) -> Iterator[Target]:
    for number, title, workload, phase, figure, limit in (
        (1, "one call after another, blocking", "serial", "", "cpu", 0.85),
        (1, "one call after another, blocking", "serial", "", "seconds", 0.95),
        (1, "one call after another, asyncio", "serial-async", "", "cpu", 0.85),
        (3, "list of 2,000 chats", "list", "", "cpu", 0.95),
        (4, "gather of 2,000, cold", "gather", "cold", "cpu", 1.05),
        (4, "gather of 2,000, cold", "gather", "cold", "seconds", 0.95),
        (4, "gather of 2,000, warm", "gather", "warm", "cpu", 0.70),
        (4, "gather of 2,000, warm", "gather", "warm", "seconds", 0.85),
    ):
        value = ratio(results.value("sparkbot", workload, figure, phase), results.best(workload, figure, phase))
        yield Target(number, f"{title}: {FIGURES[figure]} of the best peer's", limit, value)


def _bulk(results: Results) -> Iterator[Target]:
    for name in ("sparkbot map", "sparkbot sync_metadata"):
        title, cpu = f"{name}, 10,000 contacts:", results.value(name, "bulk", "cpu")
        speedup = ratio(results.value("aiohttp + uvloop", "bulk", "seconds"), results.value(name, "bulk", "seconds"))
        floor = results.value("bare reqwest + dicts", "bulk", "cpu")
        yield Target(2, f"{title} CPU of pycurl multi's", 0.92, ratio(cpu, results.value("pycurl multi", "bulk", "cpu")))
        yield Target(2, f"{title} times as fast as aiohttp + uvloop", 5, speedup, at_least=True)
        yield Target(2, f"{title} CPU of bare reqwest + dicts", 1.25, ratio(cpu, floor))


def _far(results: Results) -> Iterator[Target]:
    name = "sparkbot map"
    rate = ratio(results.best("far", "seconds"), results.value(name, "far", "seconds"))
    cpu = ratio(results.value(name, "far", "cpu"), results.best("far", "cpu"))
    yield Target(5, f"{name}, 256 at a time: rate of the fastest peer's", 0.95, rate, at_least=True)
    yield Target(5, f"{name}, 256 at a time: CPU of the best peer's", 0.7, cpu)


def _start(results: Results) -> Iterator[Target]:
    yield Target(6, "import sparkbot, over bare python", 8, results.imports.get("sparkbot"), unit=" ms")
    for workload, name in (("first", "blocking"), ("first-async", "asyncio")):
        seconds = results.value("sparkbot", workload, "seconds")
        # Includes the response, about a tenth of a millisecond after the first byte is sent: stricter than the target.
        milliseconds = None if seconds is None else seconds * 1000
        yield Target(6, f"client creation to first response, {name}", 15, milliseconds, unit=" ms")


def _memory(results: Results) -> Iterator[Target]:
    for workload in WORKLOADS:
        figures = results.figures(workload.name, workload.phases[0])
        peaks = [own.peak for name, own in figures.items() if name.startswith("sparkbot") and own.peak is not None]
        lowest = results.best(workload.name, "peak", workload.phases[0])
        excess = max(peaks) - lowest if peaks and lowest is not None else None
        yield Target(7, f"{workload.name}: peak memory over the lowest peer's", MAX_MEGABYTES, excess, unit=" MB")
    kilobytes = results.value("sparkbot", "gather", "kilobytes", "cold")
    yield Target(7, "2,000 concurrent calls: memory of each", 20, kilobytes, unit=" KB")
