"""Runs one client in a separate process; prints JSON.

python -m tests.benchmarks.worker describe MODULE       what it is, or what it lacks
python -m tests.benchmarks.worker run MODULE JOB        what each phase of the job took
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any

from tests.benchmarks.measure import measured
from tests.benchmarks.task import Job
from tests.benchmarks.workloads import FUNCTIONS


def describe(module: str) -> dict[str, Any]:
    try:
        contender = import_module(module)
    except ImportError as error:
        return {"lacks": str(error)}
    return {
        "name": contender.NAME,
        "versions": {package: version(package) for package in contender.PACKAGES},
        "imports": getattr(contender, "IMPORTS", None),
        "functions": sorted(FUNCTIONS & vars(contender).keys()),
    }


def run(module: str, job: Job) -> dict[str, Any]:
    # The items are loaded before the measurement starts, as a user's rows are.
    assert len(job.contacts) >= 1
    work = getattr(import_module(module), job.function)
    if job.from_scratch:
        return {job.phases[0]: measured(lambda: _from_scratch(work, job))}
    with work(job) as do:
        if job.warm_up:
            do(job.warm_up)
        return {phase: measured(lambda: do(job.calls)) for phase in job.phases}


def _from_scratch(work: Any, job: Job) -> int:
    with work(job) as do:
        made: int = do(job.calls)
    return made


def main(command: str, module: str, *job: str) -> None:
    print(json.dumps(describe(module) if command == "describe" else run(module, Job.read(*job))), flush=True)
    # Skips interpreter finalization, which is not measured and which some clients' threads crash.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
