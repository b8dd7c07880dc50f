"""The performance targets, and whether a run meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.results import ratio
from tests.benchmarks.workloads import WORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.results import Figures, Results

ALLOWED_MEGABYTES = 10


@dataclass(frozen=True)
class Goal:
    number: int
    text: str
    limit: float
    #: None if a required measurement is missing.
    ours: float | None
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool | None:
        if self.ours is None:
            return None
        return self.ours >= self.limit if self.at_least else self.ours <= self.limit


def goals(results: Results) -> list[Goal]:
    return [
        *_serial(results),
        *_bulk(results),
        *_list(results),
        *_gather(results),
        *_far(results),
        *_start(results),
        *_memory(results),
    ]


def _serial(results: Results) -> Iterator[Goal]:
    for work, name in (("serial", "blocking"), ("serial-async", "asyncio")):
        text = f"one call after another, {name}: CPU of the best peer's"
        yield Goal(1, text, 0.85, _over_best(results, work, "", "cpu"))
        if work == "serial":
            yield Goal(
                1, "one call after another, blocking: time of the best peer's", 0.95, _over_best(results, work, "", "seconds")
            )


def _bulk(results: Results) -> Iterator[Goal]:
    found = results.figures("bulk")
    for name in ("sparkbot map", "sparkbot sync_metadata"):
        ours = found.get(name)
        title = f"{name}, 10,000 contacts:"
        yield Goal(2, f"{title} CPU of pycurl multi's", 0.92, _of(ours, found.get("pycurl multi"), "cpu"))
        slower = _of(found.get("aiohttp + uvloop"), ours, "seconds")
        yield Goal(2, f"{title} times as fast as aiohttp + uvloop", 5, slower, at_least=True)
        yield Goal(2, f"{title} CPU of bare reqwest + dicts", 1.25, _of(ours, found.get("bare reqwest + dicts"), "cpu"))


def _list(results: Results) -> Iterator[Goal]:
    yield Goal(3, "list of 2,000 chats: CPU of the best peer's", 0.95, _over_best(results, "list", "", "cpu"))


def _gather(results: Results) -> Iterator[Goal]:
    for phase, what, name, limit in (
        ("cold", "cpu", "CPU", 1.05),
        ("cold", "seconds", "time", 0.95),
        ("warm", "cpu", "CPU", 0.70),
        ("warm", "seconds", "time", 0.85),
    ):
        text = f"gather of 2,000, {phase}: {name} of the best peer's"
        yield Goal(4, text, limit, _over_best(results, "gather", phase, what))


def _far(results: Results) -> Iterator[Goal]:
    found = results.figures("far")
    name = "sparkbot map" if "sparkbot map" in found else "sparkbot"
    seconds, cpu = _value(found.get(name), "seconds"), _value(found.get(name), "cpu")
    best_time, best_cpu = results.best("far", "", "seconds"), results.best("far", "", "cpu")
    yield Goal(
        5,
        f"{name}, 256 at a time: rate of the fastest peer's",
        0.95,
        ratio(best_time, seconds),
        at_least=True,
    )
    yield Goal(5, f"{name}, 256 at a time: CPU of the thriftiest peer's", 0.7, ratio(cpu, best_cpu))


def _start(results: Results) -> Iterator[Goal]:
    yield Goal(6, "import sparkbot, over bare python", 8, results.imports.get("sparkbot"), unit=" ms")
    for work, name in (("first", "blocking"), ("first-async", "asyncio")):
        seconds = _value(results.figures(work).get("sparkbot"), "seconds")
        # Includes the response, about a tenth of a millisecond after the first byte is sent: stricter than the target.
        yield Goal(6, f"client made to first answer, {name}", 15, None if seconds is None else seconds * 1000, unit=" ms")


def _memory(results: Results) -> Iterator[Goal]:
    for work in WORKS:
        found = {name: one for name, one in results.figures(work.name, work.phases[0]).items() if name.startswith("sparkbot")}
        leanest = results.best(work.name, work.phases[0], "peak")
        ours = max((one.peak for one in found.values() if one.peak is not None), default=None)
        over = ours - leanest if ours is not None and leanest is not None else None
        yield Goal(7, f"{work.name}: peak memory over the leanest peer's", ALLOWED_MEGABYTES, over, unit=" MB")
    kilobytes = _value(results.figures("gather", "cold").get("sparkbot"), "kilobytes")
    yield Goal(7, "2,000 concurrent calls: memory of each", 20, kilobytes, unit=" KB")


def _over_best(results: Results, work: str, phase: str, what: str) -> float | None:
    return ratio(_value(results.figures(work, phase).get("sparkbot"), what), results.best(work, phase, what))


def _of(one: Figures | None, other: Figures | None, what: str) -> float | None:
    return ratio(_value(one, what), _value(other, what))


def _value(one: Figures | None, what: str) -> float | None:
    return getattr(one, what) if one else None
