"""Measurements with their medians and ratios."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.contenders import DICTS, FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.contenders import Contender


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
    contenders: dict[str, Contender]
    #: Why clients are missing.
    lacking: dict[str, str] = field(default_factory=dict)
    #: Measurements of each round, by workload and phase, then by client.
    runs: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = field(default_factory=lambda: defaultdict(dict))
    imports: dict[str, float] = field(default_factory=dict)

    def add(self, work: str, contender: str, found: dict[str, dict[str, Any]]) -> None:
        for phase, measured in found.items():
            self.runs[work, phase].setdefault(contender, []).append(measured)

    def figures(self, work: str, phase: str = "") -> dict[str, Figures]:
        """The medians of each client, and of the bare Rust clients plus dicts."""
        found = {name: _medians(runs) for name, runs in self.runs.get((work, phase), {}).items()}
        dicts = found.pop(DICTS, None)
        for name in FLOOR:
            if dicts and name in found:
                bare = found[name]
                found[f"{name} + dicts"] = Figures(bare.seconds + dicts.seconds, bare.cpu + dicts.cpu, None, None)
        return found

    def side(self, name: str) -> str:
        return self.contenders[name].side if name in self.contenders else "floor"

    def peers(self, work: str, phase: str = "") -> dict[str, Figures]:
        return {name: one for name, one in self.figures(work, phase).items() if self.side(name) == "peer"}

    def best(self, work: str, phase: str, what: str) -> float | None:
        """The lowest value of all peers, in seconds, CPU or megabytes."""
        values = [getattr(one, what) for one in self.peers(work, phase).values()]
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
