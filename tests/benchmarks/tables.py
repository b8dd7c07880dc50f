"""Result tables for terminals and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.results import Spread
from tests.benchmarks.targets import Target, targets
from tests.benchmarks.workloads import GROUPS, IMPORT, ON_LOOPBACK, SCALES, Workload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tests.benchmarks.results import Figures, Results

_FLOOR = "bare reqwest + dicts"


@dataclass(frozen=True)
class Table:
    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""

    def as_text(self) -> str:
        """Aligned columns, the first one left-aligned."""
        widths = [max(map(len, column)) for column in zip(self.heads, *self.rows, strict=True)]
        lines = ["  ".join(_aligned(row, widths)).rstrip() for row in (self.heads, *self.rows)]
        return "\n".join([f"== {self.title}", *lines, *([self.note] if self.note else [])])

    def as_markdown(self) -> str:
        rule = ("---", *("---:" for _ in self.heads[1:]))
        lines = [f"| {' | '.join(row)} |" for row in (self.heads, rule, *self.rows)]
        return "\n".join([f"### {self.title}", "", *lines, *(["", self.note] if self.note else [])])


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    return [text.ljust(width) if at == 0 else text.rjust(width) for at, (text, width) in enumerate(zip(row, widths, strict=True))]


def tables(results: Results, group: str) -> Iterator[Table]:
    """The tables of a group of workloads, its targets first."""
    yield _targets(results, group)
    for workload in GROUPS[group]:
        for phase in workload.phases:
            if results.figures(workload.name, phase):
                yield _table(results, workload, phase)
    if group == "loopback" and results.imports:
        yield _imports(results)


@dataclass(frozen=True)
class _Column:
    head: str
    cell: Callable[[str, Figures], str]


def _table(results: Results, workload: Workload, phase: str) -> Table:
    columns = list(_columns(results, workload, phase))
    figures = sorted(results.figures(workload.name, phase).items(), key=lambda pair: pair[1].cpu)
    rows = [(name, *(column.cell(name, own) for column in columns)) for name, own in figures]
    return Table(f"{workload.title}{f', {phase}' if phase else ''}", ("", *(column.head for column in columns)), rows)


def _columns(results: Results, workload: Workload, phase: str) -> Iterator[_Column]:
    cpu_unit = workload.cpu_unit or workload.unit
    yield _Column(f"CPU {cpu_unit}", lambda name, own: _number(own.cpu * SCALES[cpu_unit]))
    yield _Column(f"time {workload.unit}", lambda name, own: _number(own.seconds * SCALES[workload.unit]))
    yield _Column("calls/s", lambda name, own: f"{1 / own.seconds:,.0f}" if own.seconds else "–")
    yield _Column("peak MB", lambda name, own: _number(own.peak))
    for head, figure in (("CPU", "cpu"), ("time", "seconds")):
        best = results.best_peer(workload.name, figure, phase)
        yield _Column(f"{head} ÷ best peer", partial(_ratio_cell, results, best, workload.name, figure, phase))
    if workload in ON_LOOPBACK:
        yield _Column("CPU ÷ floor", partial(_ratio_cell, results, _FLOOR, workload.name, "cpu", phase))
    if workload.name == "gather":
        yield _Column("KB a call", lambda name, own: _number(own.kilobytes))


def _ratio_cell(results: Results, other: str | None, workload: str, figure: str, phase: str, name: str, own: Figures) -> str:
    return _spread(results.ratio(name, other, workload, figure, phase))


def _imports(results: Results) -> Table:
    rows = [(name, _number(milliseconds)) for name, milliseconds in sorted(results.imports.items(), key=lambda pair: pair[1])]
    return Table("Import, over bare python", ("", IMPORT + " ms"), rows)


def _targets(results: Results, group: str) -> Table:
    words = {None: "not measured", True: "met", False: "not met"}
    rows = [
        (target.text, f"≤ {target.limit:g}{target.unit}", _value(target), words[target.met]) for target in targets(results, group)
    ]
    return Table("Targets", ("", "target", "sparkbot", "met"), rows)


def _value(target: Target) -> str:
    if target.value is None:
        return "–"
    if target.low is None or target.high is None:
        return f"{target.value:.2f}{target.unit}"
    return _spread(Spread(target.value, target.low, target.high))


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _spread(ratio: Spread | None) -> str:
    """The median, and the lowest and highest round if they differ from it."""
    if ratio is None:
        return "–"
    middle, low, high = (f"{value:.2f}" for value in ratio)
    return middle if low == high else f"{middle} ({low}–{high})"


def as_text(tables: Iterable[Table]) -> str:
    return "\n\n".join(table.as_text() for table in tables)


def as_markdown(tables: Iterable[Table]) -> str:
    return "\n\n".join(table.as_markdown() for table in tables)
