"""The clients that are compared: sparkbot, installed competitors, and the floor."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.loopback import ROOT, program
from tests.benchmarks.workloads import FUNCTIONS

if TYPE_CHECKING:
    from tests.benchmarks.task import Job

#: Seconds; far longer than the slowest client needs for the longest workload.
_TIMEOUT = 600
DICTS = "dicts (jiter)"
STOCK_BRIDGE = "reqwest + pyo3-async-runtimes"
FLOOR = ("bare hyper", "bare reqwest")


@dataclass(frozen=True)
class Client:
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
        done = subprocess.run([*self.command, job.as_json()], cwd=ROOT, capture_output=True, text=True, timeout=_TIMEOUT)
        if done.returncode:
            raise SystemExit(f"{self.name} failed in {job.function}:\n{done.stderr.strip()}")
        measured: dict[str, dict[str, Any]] = json.loads(done.stdout)
        wrong = {phase: result["ok"] for phase, result in measured.items() if result["ok"] != job.calls}
        if wrong:
            raise SystemExit(f"{self.name} made {wrong} of {job.calls} calls in {job.function}")
        return measured


def all_clients(only: list[str]) -> tuple[list[Client], dict[str, str]]:
    """The available clients, and why others are missing; `only` selects names that contain one of these words."""
    modules = [f"competitors.{path.stem}" for path in sorted(Path(__file__).with_name("competitors").glob("[!_]*.py"))]
    described = {module: _describe(f"tests.benchmarks.{module}") for module in [*modules, "dicts"]}
    missing = {name.rpartition(".")[2]: reason for name, reason in described.items() if isinstance(reason, str)}
    found = [client for client in described.values() if isinstance(client, Client)]
    # Everything is compared with sparkbot and the floor, so `only` applies to the others.
    kept = [client for client in found if not only or client.side != "peer" or _matches(client, only)]
    return [*kept, *_floor()], missing


def _matches(client: Client, only: list[str]) -> bool:
    return any(word.lower() in client.name.lower() for word in only)


def _describe(module: str) -> Client | str:
    worker = (sys.executable, "-m", "tests.benchmarks.worker")
    done = subprocess.run([*worker, "describe", module], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=60)
    description = json.loads(done.stdout)
    if "missing" in description:
        return str(description["missing"])
    name = description["name"]
    side = "sparkbot" if name.startswith("sparkbot") else "floor" if name in (DICTS, STOCK_BRIDGE) else "peer"
    functions = frozenset(description["functions"])
    return Client(name, (*worker, "run", module), functions, side, description["versions"], description["imports"])


def _floor() -> list[Client]:
    packages = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    versions = {package["name"]: package["version"] for package in packages}
    path = str(program("bench_floor"))
    return [
        Client(name, (path, crate), FUNCTIONS, "floor", {f"{crate} (Rust)": versions[crate]})
        for name in FLOOR
        for crate in [name.removeprefix("bare ")]
    ]
