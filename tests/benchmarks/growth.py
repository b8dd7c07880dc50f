"""How time, CPU and memory grow with the number of calls in flight, over TLS to a service that responds after a delay."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks import machine
from tests.benchmarks.growth_plot import draw
from tests.benchmarks.loopback import KEY, ROOT
from tests.benchmarks.report import MARKERS, put_between
from tests.benchmarks.tables import Table, as_markdown, as_text
from tests.benchmarks.task import Job
from tests.benchmarks.workloads import COLD_AND_WARM, GROWTH_DELAY

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from tests.benchmarks.loopback import Service
    from tests.benchmarks.results import Results

POINTS = (1, 10, 100, 1_000, 10_000)
CLIENTS = ("sparkbot", "sparkbot map", "pyreqwest", "aiohttp + uvloop")
#: `client.map` makes at most 1,024 calls at a time.
MOST = {"sparkbot map": 1_000}
PICTURE = ROOT / "docs/images/growth.svg"
#: Seconds to connect: 10,000 handshakes at once take longer than a timeout that suits a few.
_PATIENCE = 120


@dataclass(frozen=True)
class Point:
    """Medians of a client with a number of calls in flight."""

    client: str
    under_way: int
    #: Milliseconds and µs of CPU for each call, with open connections.
    milliseconds: float
    cpu: float
    #: Peak of the process, while the connections are opened.
    megabytes: float


def run(options: argparse.Namespace, results: Results, service: Service) -> None:
    """Measures, prints a table, and writes the picture and the table if asked to."""
    clients = [results.clients[name] for name in CLIENTS if name in results.clients]
    measured: dict[tuple[str, int], list[dict[str, Any]]] = {}
    rounds = _rounds(options)
    for number in range(rounds):
        for under_way in POINTS:
            for client in clients if number % 2 == 0 else reversed(clients):
                if under_way <= MOST.get(client.name, under_way):
                    job = _job(service, under_way, options.calls)
                    measured.setdefault((client.name, under_way), []).append(client.run(job))
    points = [_point(name, under_way, runs) for (name, under_way), runs in measured.items()]
    table, about = _table(points), _about(options, rounds)
    print("\n".join(about), as_text([table]), sep="\n\n", end="\n\n")
    if options.markdown:
        write(options.markdown, points, about)


def write(page: Path, points: list[Point], about: list[str]) -> None:
    """The picture next to the page, and the table on it."""
    picture = page.parent / "images" / PICTURE.name
    picture.parent.mkdir(exist_ok=True)
    draw(picture, {name: [point for point in points if point.client == name] for name in CLIENTS})
    shown = f"![Time, CPU and memory by the number of calls in flight](images/{PICTURE.name})"
    put_between(page, *MARKERS["growth"], "\n\n".join([*about, shown, as_markdown([_table(points)])]))


def _rounds(options: argparse.Namespace) -> int:
    # Half as many: the lines are read by their shape, and 10,000 calls of a slow client take a minute.
    return int(options.rounds + 1) // 2


def _job(service: Service, under_way: int, max_calls: int | None) -> Job:
    # Several times as many calls as are in flight at a time, so that more than the first burst is measured.
    calls = max(under_way, min(5 * under_way, 2_000))
    calls = min(calls, max_calls or calls)
    return Job(
        function="many_update",
        url=service.delayed_url,
        key=KEY,
        device=service.device,
        items=str(service.items),
        calls=calls,
        concurrency=min(under_way, calls),
        phases=list(COLD_AND_WARM),
        authority=str(service.authority),
        patience=_PATIENCE,
    )


def _point(client: str, under_way: int, runs: list[dict[str, Any]]) -> Point:
    warm, cold = ([run[phase] for run in runs] for phase in ("warm", "cold"))
    return Point(
        client,
        under_way,
        median(run["seconds"] / run["ok"] for run in warm) * 1e3,
        median(run["cpu"] / run["ok"] for run in warm) * 1e6,
        median(run["peak"] for run in cold),
    )


def _about(options: argparse.Namespace, rounds: int) -> list[str]:
    smoke = [f"At most {options.calls} calls: a smoke test of the benchmark, not a measurement."] if options.calls else []
    return [
        f"{machine.today()}, {rounds} rounds, medians. {machine.describe()}.",
        f"Updates over TLS; the service responds after {GROWTH_DELAY} ms. Time and CPU are with open connections, memory is with "
        "new ones.",
        f"A process could have {_open_files()} open files, and sparkbot a quarter as many calls in flight.",
        *smoke,
    ]


def _open_files() -> str:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return f"{limit:,}"


def _table(points: list[Point]) -> Table:
    heads = ("", "in flight", "time ms/call", "CPU µs/call", "peak MB")
    order = sorted(points, key=lambda point: (point.under_way, CLIENTS.index(point.client)))
    rows = [
        (point.client, f"{point.under_way:,}", f"{point.milliseconds:.3g}", f"{point.cpu:,.0f}", f"{point.megabytes:,.0f}")
        for point in order
    ]
    return Table("The figures of the picture", heads, rows)
