"""Measurements with their medians and ratios."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.clients import DICTS, FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.clients import Client


@dataclass(frozen=True)
class Figures:
    """Medians of one client in one workload: seconds and CPU seconds per call, peak megabytes of the process."""

    seconds: float
    cpu: float
    peak: float | None
    #: Growth of the process in kilobytes per call.
    kilobytes: float | None


@dataclass
class Results:
    clients: dict[str, Client]
    #: Why clients are missing.
    missing: dict[str, str] = field(default_factory=dict)
    #: Measurements of each round, by workload and phase, then by client.
    runs: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = field(default_factory=lambda: defaultdict(dict))
    imports: dict[str, float] = field(default_factory=dict)

    def add(self, workload: str, client: str, measured: dict[str, dict[str, Any]]) -> None:
        for phase, result in measured.items():
            self.runs[workload, phase].setdefault(client, []).append(result)

    def figures(self, workload: str, phase: str = "") -> dict[str, Figures]:
        """The medians of each client, and of the bare Rust clients plus dicts."""
        figures = {name: _medians(runs) for name, runs in self.runs.get((workload, phase), {}).items()}
        dicts = figures.pop(DICTS, None)
        for name in FLOOR:
            if dicts and name in figures:
                bare = figures[name]
                figures[f"{name} + dicts"] = Figures(bare.seconds + dicts.seconds, bare.cpu + dicts.cpu, None, None)
        return figures

    def side(self, name: str) -> str:
        return self.clients[name].side if name in self.clients else "floor"

    def value(self, client: str, workload: str, figure: str, phase: str = "") -> float | None:
        """A field of a client's figures; None if it was not measured."""
        return getattr(self.figures(workload, phase).get(client), figure, None)

    def best(self, workload: str, figure: str, phase: str = "") -> float | None:
        """The lowest value of all peers, in seconds, CPU or megabytes."""
        peers = [name for name in self.figures(workload, phase) if self.side(name) == "peer"]
        values = [self.value(name, workload, figure, phase) for name in peers]
        return min((value for value in values if value is not None), default=None)


def _medians(runs: list[dict[str, Any]]) -> Figures:
    return Figures(
        seconds=median(run["seconds"] / run["ok"] for run in runs),
        cpu=median(run["cpu"] / run["ok"] for run in runs),
        peak=_known(run["peak"] for run in runs),
        kilobytes=_known(None if run["rose"] is None else run["rose"] * 1024 / run["ok"] for run in runs),
    )


def _known(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None
