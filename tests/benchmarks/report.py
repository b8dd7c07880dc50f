"""Writes the results to the Markdown page and to JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.benchmarks import machine
from tests.benchmarks.tables import Table, as_markdown
from tests.benchmarks.targets import targets
from tests.benchmarks.workloads import WORKLOADS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.loopback import Service
    from tests.benchmarks.results import Results

BEGIN, END = "<!-- tables: written by make bench -->", "<!-- end of tables -->"


def about(results: Results, rounds: int, loopback: Service, max_calls: int | None, *, uvloop: bool) -> str:
    """Date, machine and versions."""
    versions = ", ".join(f"{package} {number}" for package, number in machine.versions(results.clients.values()).items())
    lines = [
        f"{machine.today()}, {rounds} rounds, medians. {machine.describe()}; {loopback.cores}.",
        f"{versions}.",
        f"The list of chats is {loopback.chats_megabytes:.1f} MB of JSON.",
        "Floor + dicts: the bare Rust client plus the time that jiter takes to create the dicts of the same responses.",
    ]
    if uvloop:
        lines.append("All asyncio clients ran on uvloop.")
    if max_calls:
        lines.append(f"At most {max_calls} calls per workload: a smoke test of the benchmark, not a measurement.")
    return "\n".join(lines)


def as_json(results: Results, about: str) -> dict[str, Any]:
    """All measurements, medians and targets."""
    keys = [(workload.name, phase) for workload in WORKLOADS for phase in workload.phases]
    measured = {f"{name} {phase}".strip(): (name, phase) for name, phase in keys if (name, phase) in results.runs}
    return {
        "about": about.splitlines(),
        "versions": machine.versions(results.clients.values()),
        "missing": results.missing,
        "runs": {label: results.runs[key] for label, key in measured.items()},
        "medians": {
            label: {name: asdict(figures) for name, figures in results.figures(*key).items()} for label, key in measured.items()
        },
        "import_ms": results.imports,
        "targets": [{**asdict(target), "met": target.met} for target in targets(results)],
    }


def refresh(path: Path, about: str, tables: list[Table]) -> None:
    """Replaces the tables between the page's two markers."""
    # Targets first.
    *workloads, last = tables
    # An empty line between sentences keeps them as separate lines.
    paragraphs = "\n\n".join(about.splitlines())
    put_between(path, BEGIN, END, f"{paragraphs}\n\n{as_markdown([last, *workloads])}")


def put_between(path: Path, begin: str, end: str, inner: str) -> None:
    """Replaces the text between two lines of a page."""
    text = path.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise SystemExit(f"{path} lacks the line {begin!r} or {end!r}, between which the tables are written")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n\n{inner}\n\n{end}{after}", encoding="utf-8")
