"""Runs one client in a separate process; prints JSON.

python -m tests.benchmarks.worker describe MODULE       name, versions and workloads, or the import error
python -m tests.benchmarks.worker run MODULE JOB        the measurements of each phase of the job
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any

from tests.benchmarks.measure import measure
from tests.benchmarks.task import Job


def describe(module: str) -> dict[str, Any]:
    try:
        client = import_module(module)
    except ImportError as error:
        return {"missing": str(error)}
    return {
        "name": client.NAME,
        "versions": {package: version(package) for package in client.PACKAGES},
        "imports": getattr(client, "IMPORTS", None),
        "functions": list(client.WORKLOADS),
    }


def run(module: str, job: Job) -> dict[str, Any]:
    # The items are loaded before the measurement starts, as a user's rows are.
    assert len(job.contacts) >= 1
    workload = import_module(module).WORKLOADS[job.function]
    if job.from_scratch:
        return {job.phases[0]: measure(lambda: _from_scratch(workload, job))}
    with workload(job) as make_calls:
        if job.warm_up:
            make_calls(job.warm_up)
        return {phase: measure(lambda: make_calls(job.calls)) for phase in job.phases}


def _from_scratch(workload: Any, job: Job) -> int:
    with workload(job) as make_calls:
        succeeded: int = make_calls(job.calls)
    return succeeded


def main(command: str, module: str, *job: str) -> None:
    print(json.dumps(describe(module) if command == "describe" else run(module, Job.from_json(*job))), flush=True)
    # Skips interpreter finalization, which is not measured and which some clients' threads crash.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
