"""sparkbot beside its peers and beside the floor, in one run: medians, ratios, goals.

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

# So that this runs as the plain script that it is.
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
        print(f"!! {name} does not take part: {problem}", file=sys.stderr)
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
    """The byte code of the package, which an installation has: here it is a checkout, and may have none."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "python" / "sparkbot", quiet=1)


def arguments() -> argparse.Namespace:
    names = [*(work.name for work in WORKS), IMPORT]
    parser = argparse.ArgumentParser(description="Measure sparkbot beside other clients.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--works", type=words, default=names, help=f"of {', '.join(names)}")
    parser.add_argument(
        "--only", type=words, default=[], help="peers whose name has one of these words; sparkbot and the floor stay"
    )
    parser.add_argument("--calls", type=int, help="at most so many calls in each work: to try the benchmark, not to measure")
    parser.add_argument("--uvloop", action="store_true", help="asyncio on uvloop for all, not only beside aiohttp")
    parser.add_argument("--json", type=Path, help="file for all that was measured")
    parser.add_argument(
        "--markdown", type=Path, nargs="?", const=ROOT / "docs/performance.md", help="page whose tables to refresh"
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
    """What goes on, in one line that is written over; nothing where nobody looks."""
    if sys.stderr.isatty():
        print(f"\r{what}\x1b[K", end="", file=sys.stderr, flush=True)


def turns(contenders: list[Contender], works: list[str], number: int) -> Iterator[tuple[Work, Contender]]:
    """Every work by every contender that does it; who begins changes from round to round."""
    for work in WORKS:
        if work.name in works:
            for contender in contenders if number % 2 == 0 else reversed(contenders):
                # The Rust programs measure calls, not what comes before them.
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
