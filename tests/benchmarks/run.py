"""Compares sparkbot with other clients and with the floor in one run: medians, ratios, targets.

    python tests/benchmarks/run.py [--rounds 5] [--workloads bulk,list] [--only pycurl,wreq] [--json FILE] [--markdown [FILE]]

Each client runs each workload in a separate process. The clients alternate, so that other load affects all of them.
Compare ratios within a run, not the numbers of two runs or of two machines.
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
from tests.benchmarks import machine, report
from tests.benchmarks.clients import Client, all_clients
from tests.benchmarks.imports import import_milliseconds
from tests.benchmarks.loopback import KEY, ROOT, Service, service
from tests.benchmarks.results import Results
from tests.benchmarks.tables import as_text, tables
from tests.benchmarks.task import Job
from tests.benchmarks.workloads import IMPORT, WORKLOADS, Workload

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERPRETERS_A_ROUND = 6


def main() -> None:
    options = read_arguments()
    _compile()
    clients, missing = all_clients(options.only)
    for name, reason in missing.items():
        print(f"!! {name} is missing: {reason}", file=sys.stderr)
    for warning in machine.warnings():
        print(f"!! {warning}", file=sys.stderr)
    with TemporaryDirectory() as folder, service(Path(folder)) as loopback:
        results = Results({client.name: client for client in clients}, missing)
        measure(options, results, loopback)
        about = report.about(results, options.rounds, loopback, options.calls, uvloop=options.uvloop)
    shown = list(tables(results))
    print(f"{about}\n\n{as_text(shown)}")
    if options.json:
        options.json.write_text(json.dumps(report.as_json(results, about), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.markdown:
        report.refresh(options.markdown, about, shown)


def _compile() -> None:
    """Compiles the package's byte code, as an installation has it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "python" / "sparkbot", quiet=1)


def read_arguments() -> argparse.Namespace:
    names = [*(workload.name for workload in WORKLOADS), IMPORT]
    parser = argparse.ArgumentParser(description="Compare sparkbot with other clients.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workloads", type=words, default=names, help=f"of {', '.join(names)}")
    parser.add_argument(
        "--only",
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
    unknown = sorted(set(options.workloads) - set(names))
    if unknown:
        parser.error(f"there is no workload {', '.join(unknown)}; there are {', '.join(names)}")
    return options


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def measure(options: argparse.Namespace, results: Results, loopback: Service) -> None:
    clients = list(results.clients.values())
    for number in range(options.rounds):
        for workload, client in schedule(clients, options.workloads, number):
            show_progress(f"round {number + 1} of {options.rounds}: {workload.name}, {client.name}")
            job = new_job(workload, loopback, options.calls, uvloop=options.uvloop)
            results.add(workload.name, client.name, client.run(job))
    if IMPORT in options.workloads:
        show_progress(IMPORT)
        modules = {client.name: client.imports for client in clients if client.imports}
        results.imports = import_milliseconds(modules, options.rounds * _INTERPRETERS_A_ROUND)
    show_progress("")


def show_progress(step: str) -> None:
    """Shows the current step on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{step}\x1b[K", end="", file=sys.stderr, flush=True)


def schedule(clients: list[Client], names: list[str], number: int) -> Iterator[tuple[Workload, Client]]:
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
        url=loopback.urls[workload.delay],
        key=KEY,
        device=loopback.device,
        items=str(loopback.items),
        calls=calls,
        concurrency=min(workload.concurrency, calls),
        phases=list(workload.phases),
        warm_up=min(workload.warm_up, calls),
        from_scratch=workload.from_scratch,
        uvloop=uvloop,
    )


if __name__ == "__main__":
    main()
