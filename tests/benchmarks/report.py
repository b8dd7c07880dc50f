"""Writes the results to the Markdown page and to JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.benchmarks import machine
from tests.benchmarks.tables import as_markdown, tables
from tests.benchmarks.targets import targets
from tests.benchmarks.workloads import GROUPS, WORKLOADS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from tests.benchmarks.loopback import Service
    from tests.benchmarks.results import Results

#: The lines of the page between which a group's tables are written.
MARKERS = {group: (f"<!-- {group}: written by make bench -->", f"<!-- end of {group} -->") for group in (*GROUPS, "growth")}


def about(results: Results, options: argparse.Namespace, service: Service, group: str) -> list[str]:
    """Date, machine and versions."""
    took_part = {
        client
        for workload in GROUPS[group]
        for phase in workload.phases
        for client in results.runs.get((workload.name, phase), ())
    }
    clients = [client for client in results.clients.values() if client.name in took_part]
    versions = ", ".join(f"{package} {number}" for package, number in machine.versions(clients).items())
    return [
        f"{machine.today()}, {options.rounds} rounds. {machine.describe()}; {service.cores}.",
        f"{versions}.",
        "Figures are medians. A ratio is the median of the rounds' ratios, with the lowest and the highest in brackets.",
        *_about_group(results, service, group),
        *(["All asyncio clients ran on uvloop."] if options.uvloop else []),
        *_about_size(options),
    ]


def _about_group(results: Results, service: Service, group: str) -> Iterable[str]:
    yield f"The list of chats is {service.chats_megabytes:.1f} MB of JSON."
    if group == "loopback":
        yield "Floor + dicts: the bare Rust client plus the time that jiter takes to create the dicts of the same responses."
    busy = [results.busy[workload.name] for workload in GROUPS[group] if workload.name in results.busy]
    if group == "tls" and busy:
        yield f"The service and the relays took at most {max(busy):.0%} of their core in a workload."


def _about_size(options: argparse.Namespace) -> Iterable[str]:
    if options.calls:
        yield f"At most {options.calls} calls per workload: a smoke test of the benchmark, not a measurement."


def as_json(results: Results, groups: Iterable[str]) -> dict[str, Any]:
    """All measurements, medians and targets."""
    keys = [(workload.name, phase) for workload in WORKLOADS for phase in workload.phases]
    measured = {f"{name} {phase}".strip(): (name, phase) for name, phase in keys if (name, phase) in results.runs}
    return {
        "machine": machine.describe(),
        "date": machine.today(),
        "versions": machine.versions(results.clients.values()),
        "missing": results.missing,
        "runs": {label: results.runs[key] for label, key in measured.items()},
        "medians": {
            label: {name: asdict(figures) for name, figures in results.figures(*key).items()} for label, key in measured.items()
        },
        "import_ms": results.imports,
        "busy": results.busy,
        "targets": [{**asdict(target), "met": target.met} for group in groups for target in targets(results, group)],
    }


def refresh(path: Path, results: Results, group: str, about: list[str]) -> None:
    """Replaces the tables of a group on the page."""
    # An empty line between sentences keeps them as separate lines.
    paragraphs = "\n\n".join(about)
    put_between(path, *MARKERS[group], f"{paragraphs}\n\n{as_markdown(tables(results, group))}")


def put_between(path: Path, begin: str, end: str, inner: str) -> None:
    """Replaces the text between two lines of a page."""
    text = path.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise SystemExit(f"{path} lacks the line {begin!r} or {end!r}, between which the tables are written")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n\n{inner}\n\n{end}{after}", encoding="utf-8")
