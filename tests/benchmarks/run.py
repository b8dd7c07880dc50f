"""Compares sparkbot with other clients and with the floor in one run: medians, ratios, targets.

    python tests/benchmarks/run.py [--rounds 5] [--works bulk,list] [--only pycurl,wreq] [--json FILE] [--markdown [FILE]]

Each contender does each work in a process of its own, and they take turns, so that a busy moment of the machine meets all.
Numbers of two runs, or of two machines, are not to be compared; ratios within a run are.
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
from tests.benchmarks.contenders import Contender, all_contenders
from tests.benchmarks.imports import import_milliseconds
from tests.benchmarks.loopback import KEY, ROOT, Service, service
from tests.benchmarks.results import Results
from tests.benchmarks.tables import as_text, tables
from tests.benchmarks.task import Job
from tests.benchmarks.workloads import IMPORT, WORKS, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERPRETERS_A_ROUND = 6


def main() -> None:
    given = arguments()
    _compile()
    contenders, lacking = all_contenders(given.only)
    for name, problem in lacking.items():
        print(f"!! {name} is missing: {problem}", file=sys.stderr)
    for warning in machine.warnings():
        print(f"!! {warning}", file=sys.stderr)
    with TemporaryDirectory() as folder, service(Path(folder)) as loopback:
        results = Results({contender.name: contender for contender in contenders}, lacking)
        measure(given, results, loopback)
        about = report.about(results, given.rounds, loopback, given.calls, uvloop=given.uvloop)
    found = list(tables(results))
    print(f"{about}\n\n{as_text(found)}")
    if given.json:
        given.json.write_text(json.dumps(report.as_json(results, about), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if given.markdown:
        report.refresh(given.markdown, about, found)


def _compile() -> None:
    """Compiles the package's byte code, as an installation has it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "python" / "sparkbot", quiet=1)


def arguments() -> argparse.Namespace:
    names = [*(work.name for work in WORKS), IMPORT]
    parser = argparse.ArgumentParser(description="Measure sparkbot beside other clients.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--works", type=words, default=names, help=f"of {', '.join(names)}")
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
    given = parser.parse_args()
    unknown = sorted(set(given.works) - set(names))
    if unknown:
        parser.error(f"there is no work {', '.join(unknown)}; there are {', '.join(names)}")
    return given


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def measure(given: argparse.Namespace, results: Results, loopback: Service) -> None:
    contenders = list(results.contenders.values())
    for number in range(given.rounds):
        for work, contender in turns(contenders, given.works, number):
            say(f"round {number + 1} of {given.rounds}: {work.name}, {contender.name}")
            job = job_of(work, loopback, given.calls, uvloop=given.uvloop)
            results.add(work.name, contender.name, contender.run(job))
    if IMPORT in given.works:
        say(IMPORT)
        modules = {contender.name: contender.imports for contender in contenders if contender.imports}
        results.imports = import_milliseconds(modules, given.rounds * _INTERPRETERS_A_ROUND)
    say("")


def say(what: str) -> None:
    """Shows the current step on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{what}\x1b[K", end="", file=sys.stderr, flush=True)


def turns(contenders: list[Contender], works: list[str], number: int) -> Iterator[tuple[Work, Contender]]:
    """Runs every workload with every client; the order changes from round to round."""
    for work in WORKS:
        if work.name in works:
            for contender in contenders if number % 2 == 0 else reversed(contenders):
                # The Rust programs measure calls only, not client creation.
                if work.function in contender.functions and not (work.from_scratch and contender.side == "floor"):
                    yield work, contender


def job_of(work: Work, loopback: Service, most: int | None, *, uvloop: bool) -> Job:
    calls = min(work.calls, most) if most else work.calls
    return Job(
        function=work.function,
        url=loopback.urls[work.delay],
        key=KEY,
        device=loopback.device,
        items=str(loopback.items),
        calls=calls,
        concurrency=min(work.concurrency, calls),
        phases=list(work.phases),
        warm_up=min(work.warm_up, calls),
        from_scratch=work.from_scratch,
        uvloop=uvloop,
    )


if __name__ == "__main__":
    main()
