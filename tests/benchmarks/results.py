"""Measurements with their medians, and ratios with their spread."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.clients import DICTS, FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.clients import Client


class Spread(NamedTuple):
    """The median of the rounds, the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        return cls(median(values), min(values), max(values))


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
    #: The highest share of their core's time that the service and the relays took, by workload.
    busy: dict[str, float] = field(default_factory=dict)

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
        """The lowest median of all peers, in seconds, CPU or megabytes."""
        name = self.best_peer(workload, figure, phase)
        return None if name is None else self.value(name, workload, figure, phase)

    def best_peer(self, workload: str, figure: str, phase: str = "") -> str | None:
        """The peer with the lowest median."""
        values = {
            name: value
            for name in self.figures(workload, phase)
            if self.side(name) == "peer" and (value := self.value(name, workload, figure, phase)) is not None
        }
        return min(values, key=values.__getitem__, default=None)

    def ratio_to_best(self, client: str, workload: str, figure: str, phase: str = "") -> Spread | None:
        return self.ratio(client, self.best_peer(workload, figure, phase), workload, figure, phase)

    def ratio(self, client: str, other: str | None, workload: str, figure: str, phase: str = "") -> Spread | None:
        """A client's seconds or CPU over another's, of the same round each."""
        ours, theirs = (self._by_round(name, workload, figure, phase) for name in (client, other))
        return Spread.of([one / two for one, two in zip(ours, theirs, strict=True)]) if ours and theirs else None

    def _by_round(self, client: str | None, workload: str, figure: str, phase: str) -> list[float]:
        rounds = self.runs.get((workload, phase), {})
        # A bare Rust client plus dicts is the sum of two.
        parts = (client or "").removesuffix(" + dicts"), *([DICTS] if client and client.endswith(" + dicts") else [])
        runs = [rounds.get(part, []) for part in parts]
        return [sum(run[figure] / run["ok"] for run in of_round) for of_round in zip(*runs, strict=True)] if all(runs) else []


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
