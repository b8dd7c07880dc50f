"""Result tables for terminals and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.results import ratio
from tests.benchmarks.targets import goals
from tests.benchmarks.workloads import IMPORT, WORKS, Work

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
    for work in WORKS:
        for phase in work.phases:
            if results.peers(work.name, phase) or results.figures(work.name, phase):
                yield _table(results, work, phase)
    if results.imports:
        yield _imports(results)
    yield _goals(results)


def _table(results: Results, work: Work, phase: str) -> Table:
    found = results.figures(work.name, phase)
    best = {what: results.best(work.name, phase, what) for what in ("cpu", "seconds")}
    floor = found.get(_FLOOR)
    heads = (
        "",
        f"CPU {work.unit}",
        f"time {work.unit}",
        "calls/s",
        "peak MB",
        "CPU ÷ best peer",
        "time ÷ best peer",
        "CPU ÷ floor",
        *(["KB a call"] if work.name == "gather" else []),
    )

    def row(name: str, one: Figures) -> tuple[str, ...]:
        return (
            name,
            _number(one.cpu * work.scale),
            _number(one.seconds * work.scale),
            f"{1 / one.seconds:,.0f}" if one.seconds else "–",
            _number(one.peak),
            _ratio(ratio(one.cpu, best["cpu"])),
            _ratio(ratio(one.seconds, best["seconds"])),
            _ratio(ratio(one.cpu, floor.cpu if floor else None)),
            *([_number(one.kilobytes)] if work.name == "gather" else []),
        )

    rows = [row(name, one) for name, one in sorted(found.items(), key=lambda pair: pair[1].cpu)]
    return Table(f"{work.title}{f', {phase}' if phase else ''}", heads, rows)


def _imports(results: Results) -> Table:
    rows = [(name, _number(taken)) for name, taken in sorted(results.imports.items(), key=lambda pair: pair[1])]
    return Table("Import, over bare python", ("", IMPORT + " ms"), rows)


def _goals(results: Results) -> Table:
    said = {None: "not measured", True: "met", False: "not met"}
    rows = []
    for goal in goals(results):
        limit = f"{'≥' if goal.at_least else '≤'} {goal.limit:g}{goal.unit}"
        ours = "–" if goal.ours is None else f"{goal.ours:.2f}{goal.unit}"
        rows.append((f"{goal.number}. {goal.text}", limit, ours, said[goal.met]))
    return Table("Goals", ("", "goal", "sparkbot", "met"), rows)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def as_text(found: Iterable[Table]) -> str:
    return "\n\n".join(table.as_text() for table in found)


def as_markdown(found: Iterable[Table]) -> str:
    return "\n\n".join(table.as_markdown() for table in found)
