"""Result tables for terminals and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.results import ratio
from tests.benchmarks.targets import targets
from tests.benchmarks.workloads import IMPORT, WORKLOADS, Workload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def tables(results: Results) -> Iterator[Table]:
    for workload in WORKLOADS:
        for phase in workload.phases:
            if results.figures(workload.name, phase):
                yield _table(results, workload, phase)
    if results.imports:
        yield _imports(results)
    yield _targets(results)


def _table(results: Results, workload: Workload, phase: str) -> Table:
    figures = results.figures(workload.name, phase)
    best = {figure: results.best(workload.name, figure, phase) for figure in ("cpu", "seconds")}
    floor = figures.get(_FLOOR)
    heads = (
        "",
        f"CPU {workload.unit}",
        f"time {workload.unit}",
        "calls/s",
        "peak MB",
        "CPU ÷ best peer",
        "time ÷ best peer",
        "CPU ÷ floor",
        *(["KB a call"] if workload.name == "gather" else []),
    )

    def row(name: str, own: Figures) -> tuple[str, ...]:
        return (
            name,
            _number(own.cpu * workload.scale),
            _number(own.seconds * workload.scale),
            f"{1 / own.seconds:,.0f}" if own.seconds else "–",
            _number(own.peak),
            _ratio(ratio(own.cpu, best["cpu"])),
            _ratio(ratio(own.seconds, best["seconds"])),
            _ratio(ratio(own.cpu, floor.cpu if floor else None)),
            *([_number(own.kilobytes)] if workload.name == "gather" else []),
        )

    rows = [row(name, own) for name, own in sorted(figures.items(), key=lambda pair: pair[1].cpu)]
    return Table(f"{workload.title}{f', {phase}' if phase else ''}", heads, rows)


def _imports(results: Results) -> Table:
    rows = [(name, _number(milliseconds)) for name, milliseconds in sorted(results.imports.items(), key=lambda pair: pair[1])]
    return Table("Import, over bare python", ("", IMPORT + " ms"), rows)


def _targets(results: Results) -> Table:
    words = {None: "not measured", True: "met", False: "not met"}
    rows = []
    for target in targets(results):
        limit = f"{'≥' if target.at_least else '≤'} {target.limit:g}{target.unit}"
        value = "–" if target.value is None else f"{target.value:.2f}{target.unit}"
        rows.append((f"{target.number}. {target.text}", limit, value, words[target.met]))
    return Table("Targets", ("", "target", "sparkbot", "met"), rows)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def as_text(tables: Iterable[Table]) -> str:
    return "\n\n".join(table.as_text() for table in tables)


def as_markdown(tables: Iterable[Table]) -> str:
    return "\n\n".join(table.as_markdown() for table in tables)
