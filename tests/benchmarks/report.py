"""Writes the results to the Markdown page and to JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.benchmarks import machine
from tests.benchmarks.tables import Table, as_markdown
from tests.benchmarks.targets import goals
from tests.benchmarks.workloads import WORKS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.loopback import Service
    from tests.benchmarks.results import Results

BEGIN, END = "<!-- tables: written by make bench -->", "<!-- end of tables -->"


def about(results: Results, rounds: int, loopback: Service, most: int | None, *, uvloop: bool) -> str:
    """Date, machine and versions."""
    versions = ", ".join(f"{package} {number}" for package, number in machine.versions(results.contenders.values()).items())
    lines = [
        f"{machine.today()}, {rounds} rounds, medians. {machine.described()}; {loopback.cores}.",
        f"{versions}.",
        f"The list of chats is {loopback.chats_megabytes:.1f} MB of JSON.",
        "Floor + dicts: what jiter takes to make the dicts of the same answers, without a network, is measured and added.",
    ]
    if uvloop:
        lines.append("All asyncio contenders ran on uvloop.")
    if most:
        lines.append(f"At most {most} calls in each work: a trial of the benchmark, not a measurement.")
    return "\n".join(lines)


def as_json(results: Results, about: str) -> dict[str, Any]:
    """All measurements, medians and targets."""
    works = [(work.name, phase) for work in WORKS for phase in work.phases if (work.name, phase) in results.runs]
    return {
        "about": about.splitlines(),
        "versions": machine.versions(results.contenders.values()),
        "lacking": results.lacking,
        "runs": {_label(*work): results.runs[work] for work in works},
        "medians": {_label(*work): {name: asdict(one) for name, one in results.figures(*work).items()} for work in works},
        "import_ms": results.imports,
        "goals": [{**asdict(goal), "met": goal.met} for goal in goals(results)],
    }


def _label(work: str, phase: str) -> str:
    return f"{work} {phase}".strip()


def refresh(path: Path, about: str, found: list[Table]) -> None:
    """Replaces the tables between the page's two markers."""
    # Targets first.
    *works, last = found
    # An empty line between sentences keeps them as separate lines.
    stated = "\n\n".join(about.splitlines())
    put_between(path, BEGIN, END, f"{stated}\n\n{as_markdown([last, *works])}")


def put_between(path: Path, begin: str, end: str, inner: str) -> None:
    """Replaces the text between two lines of a page."""
    text = path.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise SystemExit(f"{path} lacks the line {begin!r} or {end!r}, between which the tables go")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n\n{inner}\n\n{end}{after}", encoding="utf-8")
