"""The clients that take part: installed competitors, sparkbot, and the floor."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.loopback import ROOT, program
from tests.benchmarks.workloads import FUNCTIONS

if TYPE_CHECKING:
    from tests.benchmarks.task import Job

#: Far longer than the slowest client needs for the longest workload.
_PATIENCE = 600
DICTS = "dicts (jiter)"
FLOOR = ("bare hyper", "bare reqwest")


@dataclass(frozen=True)
class Contender:
    name: str
    command: tuple[str, ...]
    functions: frozenset[str]
    #: `sparkbot`, `peer` or `floor`.
    side: str
    versions: dict[str, str] = field(default_factory=dict)
    #: The module that a user imports.
    imports: str | None = None

    def run(self, job: Job) -> dict[str, dict[str, Any]]:
        """The client's own measurements, by phase."""
        done = subprocess.run([*self.command, job.written()], cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE)
        if done.returncode:
            raise SystemExit(f"{self.name} failed in {job.function}:\n{done.stderr.strip()}")
        found: dict[str, dict[str, Any]] = json.loads(done.stdout)
        wrong = {phase: one["ok"] for phase, one in found.items() if one["ok"] != job.calls}
        if wrong:
            raise SystemExit(f"{self.name} made {wrong} of {job.calls} calls in {job.function}")
        return found


def all_contenders(only: list[str]) -> tuple[list[Contender], dict[str, str]]:
    """The available clients, and why others are missing; `only` selects names that contain one of these words."""
    found, lacking = [], {}
    for module in sorted(Path(__file__).with_name("peers").glob("[!_]*.py")):
        made = _described(f"tests.benchmarks.competitors.{module.stem}")
        if isinstance(made, Contender):
            found.append(made)
        else:
            lacking[module.stem] = made
    floor = _floor()
    dicts = _described("tests.benchmarks.dicts")
    if isinstance(dicts, Contender):
        floor.append(dicts)
    else:
        lacking["dicts"] = dicts
    # sparkbot always takes part, because everything is compared with it.
    kept = [one for one in found if not only or one.side == "sparkbot" or _is_meant(one, only)]
    return [*kept, *floor], lacking


def _is_meant(contender: Contender, only: list[str]) -> bool:
    return any(word.strip().lower() in contender.name.lower() for word in only)


def _described(module: str) -> Contender | str:
    worker = (sys.executable, "-m", "tests.benchmarks.worker")
    done = subprocess.run([*worker, "describe", module], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=60)
    about = json.loads(done.stdout)
    if "lacks" in about:
        return str(about["lacks"])
    name = about["name"]
    side = "sparkbot" if name.startswith("sparkbot") else "floor" if name == DICTS else "peer"
    functions = frozenset(about["functions"])
    return Contender(name, (*worker, "run", module), functions, side, about["versions"], about["imports"])


def _floor() -> list[Contender]:
    locked = _locked_versions()
    path = str(program("bench_floor"))
    return [
        Contender(f"bare {crate}", (path, crate), FUNCTIONS, "floor", {f"{crate} (Rust)": locked[crate]})
        for crate in ("hyper", "reqwest")
    ]


def _locked_versions() -> dict[str, str]:
    import tomllib

    packages = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    return {package["name"]: package["version"] for package in packages}
