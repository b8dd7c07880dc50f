"""Compares sparkbot with other clients and with the floor in one run: medians, ratios with their spread, targets.

    python tests/benchmarks/run.py [--rounds 3] [--only tls,bulk] [--clients pycurl,wreq] [--json FILE] [--markdown [FILE]]

`--only` takes workloads and the groups `tls`, `growth` and `loopback`. Each client runs each workload in a separate process. The
clients alternate, so that other load affects all of them. Compare ratios within a run, not the numbers of two runs or machines.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

# Allows running this file as a script.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks import growth, machine, report
from tests.benchmarks.clients import Client, all_clients
from tests.benchmarks.imports import import_milliseconds
from tests.benchmarks.load import cpu_seconds
from tests.benchmarks.loopback import KEY, ROOT, Service, service
from tests.benchmarks.results import Results
from tests.benchmarks.tables import as_text, tables
from tests.benchmarks.task import Job
from tests.benchmarks.workloads import GROUPS, IMPORT, WORKLOADS, Workload

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERPRETERS_A_ROUND = 6
GROWTH = "growth"
#: What `--only` takes: workloads by name, and groups of them.
CHOICES = {
    **{group: {workload.name for workload in workloads} for group, workloads in GROUPS.items()},
    **{name: {name} for name in (*(workload.name for workload in WORKLOADS), IMPORT, GROWTH)},
}
CHOICES["loopback"] |= {IMPORT}


def main() -> None:
    options = read_arguments()
    _compile()
    clients, missing = all_clients(options.clients)
    for name, reason in missing.items():
        print(f"!! {name} is missing: {reason}", file=sys.stderr)
    for warning in machine.warnings():
        print(f"!! {warning}", file=sys.stderr)
    results = Results({client.name: client for client in clients}, missing)
    with TemporaryDirectory() as folder, service(Path(folder)) as loopback:
        measure(options, results, loopback)
        if GROWTH in options.only:
            growth.run(options, results, loopback)
    groups = [group for group in GROUPS if any((w.name, w.phases[0]) in results.runs for w in GROUPS[group])]
    for group in groups:
        about = report.about(results, options, loopback, group)
        print("\n".join([f"{group}: {about[0]}", *about[1:]]), as_text(tables(results, group)), sep="\n\n", end="\n\n")
        if options.markdown:
            report.refresh(options.markdown, results, group, about)
    if options.json:
        text = json.dumps(report.as_json(results, groups), indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")


def _compile() -> None:
    """Compiles the package's byte code, as an installation has it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "python" / "sparkbot", quiet=1)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare sparkbot with other clients.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=words, default=list(CHOICES), help=f"of {', '.join(CHOICES)}")
    parser.add_argument(
        "--clients",
        type=words,
        default=[],
        help="only clients whose name contains one of these words, in addition to sparkbot and the floor",
    )
    parser.add_argument("--calls", type=int, help="maximum number of calls per workload, for a smoke test")
    parser.add_argument("--uvloop", action="store_true", help="run all asyncio clients on uvloop, not only aiohttp")
    parser.add_argument("--json", type=Path, help="file for all measurements")
    parser.add_argument(
        "--markdown", type=Path, nargs="?", const=ROOT / "docs/performance.md", help="page whose tables are replaced"
    )
    options = parser.parse_args()
    unknown = sorted(set(options.only) - set(CHOICES))
    if unknown:
        parser.error(f"there is no workload {', '.join(unknown)}; there are {', '.join(CHOICES)}")
    options.only = {name for choice in options.only for name in CHOICES[choice]}
    return options


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def measure(options: argparse.Namespace, results: Results, loopback: Service) -> None:
    clients = list(results.clients.values())
    for number in range(options.rounds):
        for workload, client in schedule(clients, options.only, number):
            show_progress(f"round {number + 1} of {options.rounds}: {workload.name}, {client.name}")
            measure_one(workload, client, new_job(workload, loopback, options.calls, uvloop=options.uvloop), results, loopback)
    if IMPORT in options.only:
        show_progress(IMPORT)
        modules = {client.name: client.imports for client in clients if client.imports}
        results.imports = import_milliseconds(modules, options.rounds * _INTERPRETERS_A_ROUND)
    show_progress("")


def measure_one(workload: Workload, client: Client, job: Job, results: Results, loopback: Service) -> None:
    before = cpu_seconds(loopback.processes)
    measured = client.run(job)
    after = cpu_seconds(loopback.processes)
    results.add(workload.name, client.name, measured)
    # A warm-up is in the processes' time, but not in the client's.
    if before is not None and after is not None and not workload.warm_up:
        busy = (after - before) / sum(phase["seconds"] for phase in measured.values())
        results.busy[workload.name] = max(busy, results.busy.get(workload.name, 0.0))


def show_progress(step: str) -> None:
    """Shows the current step on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{step}\x1b[K", end="", file=sys.stderr, flush=True)


def schedule(clients: list[Client], names: set[str], number: int) -> Iterator[tuple[Workload, Client]]:
    """Every workload with every client; the order changes from round to round."""
    for workload in WORKLOADS:
        if workload.name in names:
            for client in clients if number % 2 == 0 else reversed(clients):
                # The Rust programs measure calls only, not client creation.
                if workload.function in client.functions and not (workload.from_scratch and client.side == "floor"):
                    yield workload, client


def new_job(workload: Workload, loopback: Service, max_calls: int | None, *, uvloop: bool) -> Job:
    calls = min(workload.calls, max_calls) if max_calls else workload.calls
    return Job(
        function=workload.function,
        url=loopback.far_urls[workload.round_trip] if workload.round_trip else loopback.urls[workload.delay],
        key=KEY,
        device=loopback.device,
        items=str(loopback.items),
        calls=calls,
        concurrency=min(workload.concurrency, calls),
        phases=list(workload.phases),
        warm_up=min(workload.warm_up, calls),
        from_scratch=workload.from_scratch,
        uvloop=uvloop or workload.uvloop,
        authority=str(loopback.authority) if workload.round_trip else "",
        upload=str(loopback.upload),
    )


if __name__ == "__main__":
    main()
