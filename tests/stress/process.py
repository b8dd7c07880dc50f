"""Tests the promises about processes repeatedly: exits, forks, signals, growth.

Run by `make test-long`. `--tries 20` runs fewer tests, `--only fork` only the promises whose name contains that word.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.sandbox_process import sandbox
from tests.benchmarks.sync_client import KEY
from tests.interpreters import interpreters
from tests.open_files import allow_many
from tests.process import exit_programs, interrupt_programs
from tests.process.kernel import running_kernel
from tests.process.silent_server import SilentServer
from tests.process.soak import ENVIRONMENT, GATHERED_CALLS, MAX_GROWTH_MB, THREADS, THREADS_ADDED
from tests.stress.promises import Row, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.process.soak import GatherResult, SoakResult

#: The number of cores: more workers would measure queueing.
WORKERS = 2
IN_FLIGHT = (0, 1, 2000)
FORKS_PER_TRY = 20
#: Two threads fork twice each.
EARLY_FORKS_PER_TRY = 4
SOAK_CALLS = 200_000


class Violation(Exception):
    """A broken promise; the message says how."""


def promises() -> dict[str, tuple[Callable[[], None], int]]:
    """The tests, and how many of `--tries` each run counts for."""
    tests: dict[str, tuple[Callable[[], None], int]] = {}
    for version, python in interpreters().items():
        for program in exit_programs.PROGRAMS:
            for pending in IN_FLIGHT:
                tests[f"exit {version}: {program}, {pending} calls in flight"] = (partial(_exit, python, program, pending), 1)
        tests[f"fork {version}: with calls in flight, the child makes calls"] = (
            partial(_fork, python, "os.fork"),
            FORKS_PER_TRY,
        )
        tests[f"fork {version}: during the first calls of the process"] = (partial(_fork_early, python), EARLY_FORKS_PER_TRY)
    tests["exit: kernel, 2000 calls in flight"] = (_exit_kernel, 1)
    for program, sent in interrupt_programs.CASES:
        tests[f"signal {sent.name}: {program}"] = (partial(_interrupt, program, sent), 1)
    return tests


def _exit(python: str, program: str, pending: int) -> None:
    ending = exit_programs.end(python, program, pending)
    if not ending.is_clean or ending.seconds >= exit_programs.MAX_EXIT_SECONDS:
        raise Violation(str(ending))
    if ending.seconds + ending.late >= exit_programs.MAX_EXIT_SECONDS:
        print(f"  excluding a pause of the machine: {ending}", file=sys.stderr, flush=True)


def _exit_kernel() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        SilentServer() as server,
        running_kernel(Path(folder), server.settings) as kernel,
    ):
        kernel.run("import asyncio, sparkbot; client = sparkbot.AsyncClient(max_in_flight=5000)")
        kernel.run("tasks = [asyncio.ensure_future(client.devices.list()) for _ in range(2000)]")
        server.wait_for_requests(2000)
        stopped_at = time.monotonic()
        code = kernel.end()
        if (code, kernel.stderr) != (0, "") or time.monotonic() - stopped_at > exit_programs.MAX_EXIT_SECONDS:
            raise Violation(f"code {code} after {time.monotonic() - stopped_at:.1f} s: {kernel.stderr}")


def _fork(python: str, program: str) -> None:
    with sandbox() as url:
        environment = _environment(url) | {"PYTHONWARNINGS": "ignore::DeprecationWarning"}
        command = [python, "-m", "tests.process.fork_programs", program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if (done.returncode, done.stderr) != (0, ""):
        raise Violation(f"code {done.returncode}: {done.stderr}")


def _fork_early(python: str) -> None:
    command = [python, "-m", "tests.process.parallel_program", "2"]
    done = subprocess.run(command, env=_environment(""), capture_output=True, text=True, timeout=120, check=False)
    if (done.returncode, done.stderr) != (0, ""):
        raise Violation(f"code {done.returncode}: {done.stderr}")


def _interrupt(program: str, sent: signal.Signals) -> None:
    interrupted = interrupt_programs.interrupt(program, sent)
    if interrupted.error != interrupt_programs.SIGNALS[sent] or interrupted.seconds > interrupt_programs.MAX_SECONDS:
        raise Violation(str(interrupted))


def _soak(calls: int) -> SoakResult:
    measured: SoakResult = _run_soak(str(calls))
    return measured


def _soak_promise(tries: int) -> tuple[str, bool]:
    measured = _soak(SOAK_CALLS * min(tries, 200) // 200)
    growth = f"{measured['megabytes']:+.1f} MB, {measured['threads']:+d} threads"
    kept = measured["megabytes"] <= MAX_GROWTH_MB and measured["threads"] <= 0
    return f"no growth over {measured['calls']:,} calls, half of them from {THREADS} threads ({growth})", kept


def _gather_promise(_: int) -> tuple[str, bool]:
    measured: GatherResult = _run_soak("gather")
    kept = measured["responses"] == GATHERED_CALLS and measured["threads"] <= THREADS_ADDED
    return f"a handful more for {GATHERED_CALLS:,} awaited calls at once ({measured['threads']:+d} threads)", kept


def _run_soak(what: str) -> Any:
    with sandbox() as url:
        command = [sys.executable, "-m", "tests.process.soak", what]
        done = subprocess.run(command, env=_environment(url) | ENVIRONMENT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _environment(url: str) -> dict[str, str]:
    path = os.pathsep.join((str(exit_programs.ROOT / "python"), str(exit_programs.ROOT)))
    return {**os.environ, "PYTHONPATH": path, "SPARKBOT_API_KEY": KEY, "SPARKBOT_BASE_URL": url}


def _is_kept(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except Exception as problem:
        print(f"  {type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    allow_many()
    rows: list[Row] = []
    with ThreadPoolExecutor(WORKERS) as at_once:
        for promise, (attempt, tries_per_run) in promises().items():
            if options.only not in promise:
                continue
            tries = max(1, options.tries // tries_per_run)
            failures = sum(not kept for kept in at_once.map(_is_kept, [attempt] * tries))
            rows.append(Row(promise, tries * tries_per_run, failures))
            print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
    for promise, once in (("soak", _soak_promise), ("threads", _gather_promise)):
        if options.only in promise:
            result, kept = once(options.tries)
            rows.append(Row(f"{promise}: {result}", 1, not kept))
    return save("python -m tests.stress.process", rows)


if __name__ == "__main__":
    sys.exit(main())
