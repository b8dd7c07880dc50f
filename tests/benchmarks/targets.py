"""The performance targets, and whether a run meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.workloads import ON_LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.results import Results, Spread

MAX_MEGABYTES = 10
FIGURES = {"cpu": "CPU", "seconds": "time"}
BEST = "the best peer"


@dataclass(frozen=True)
class Target:
    text: str
    limit: float
    #: sparkbot's value; None if a required measurement is missing.
    value: float | None
    #: The lowest and the highest round, of a ratio.
    low: float | None = None
    high: float | None = None
    unit: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.value is None else self.value <= self.limit

    @classmethod
    def of_ratio(cls, text: str, limit: float, ratio: Spread | None) -> Target:
        return cls(text, limit, *(ratio or (None, None, None)))


def targets(results: Results, group: str) -> list[Target]:
    """The targets of a group of workloads."""
    return list({"tls": _over_tls, "loopback": _on_loopback}[group](results))


def _over_tls(results: Results) -> Iterator[Target]:
    for milliseconds in (20, 100):
        for phase in ("cold", "warm"):
            for workload, client, title, peer, limit in (
                (f"send-{milliseconds}", "sparkbot", "sends one by one", "urllib3", 1.0),
                (f"sends-{milliseconds}", "sparkbot map", "sends, 64 at a time", "aiohttp + uvloop", 0.9),
            ):
                text = f"{title}, {milliseconds} ms away, {phase}"
                time = results.ratio(client, peer, workload, "seconds", phase)
                yield Target.of_ratio(f"{text}: time of {peer}'s", limit, time)
                cpu = results.ratio_to_best(client, workload, "cpu", phase)
                yield Target.of_ratio(f"{text}: CPU of {BEST}'s", 0.6, cpu)


def _on_loopback(results: Results) -> Iterator[Target]:
    yield from _relative_to_peers(results)
    yield from _start(results)
    yield from _memory(results)


def _relative_to_peers(results: Results) -> Iterator[Target]:
    bulk = "10,000 contacts, 64 at a time"
    for title, client, workload, phase, figure, peer, limit in (
        ("one call after another, blocking", "sparkbot", "serial", "", "cpu", "pycurl", 1.0),
        ("one call after another, awaited, uvloop", "sparkbot", "serial-uvloop", "", "cpu", "pyreqwest", 1.0),
        (f"client.map, {bulk}", "sparkbot map", "bulk", "", "cpu", "pycurl multi", 1.0),
        (f"sync_metadata, {bulk}", "sparkbot sync_metadata", "bulk", "", "cpu", "pycurl multi", 1.0),
        ("gather of 2,000, warm", "sparkbot", "gather", "warm", "cpu", "pyreqwest", 1.0),
        ("list of 2,000 chats", "sparkbot", "list", "", "cpu", BEST, 0.95),
        ("client.map, 256 at a time, 20 ms away", "sparkbot map", "far", "", "seconds", BEST, 1.05),
    ):
        other = results.best_peer(workload, figure, phase) if peer is BEST else peer
        value = results.ratio(client, other, workload, figure, phase)
        yield Target.of_ratio(f"{title}: {FIGURES[figure]} of {peer}'s", limit, value)


def _start(results: Results) -> Iterator[Target]:
    yield Target("import sparkbot, over bare python", 8, results.imports.get("sparkbot"), unit=" ms")
    for workload, name in (("first", "blocking"), ("first-async", "asyncio")):
        seconds = results.value("sparkbot", workload, "seconds")
        # Includes the response, about a tenth of a millisecond after the first byte is sent: stricter than the target.
        milliseconds = None if seconds is None else seconds * 1000
        yield Target(f"client creation to first response, {name}", 15, milliseconds, unit=" ms")


def _memory(results: Results) -> Iterator[Target]:
    for workload in ON_LOOPBACK:
        figures = results.figures(workload.name, workload.phases[0])
        peaks = [own.peak for name, own in figures.items() if name.startswith("sparkbot") and own.peak is not None]
        lowest = results.best(workload.name, "peak", workload.phases[0])
        excess = max(peaks) - lowest if peaks and lowest is not None else None
        yield Target(f"{workload.name}: peak memory over the lowest peer's", MAX_MEGABYTES, excess, unit=" MB")
    kilobytes = results.value("sparkbot", "gather", "kilobytes", "cold")
    yield Target("2,000 concurrent calls: memory of each", 20, kilobytes, unit=" KB")
