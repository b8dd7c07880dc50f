"""Tries the promises about the life of processes often, and prints how often each was tried and broken.

Run by `make test-long`. `--tries 20` tries less often, `--only fork` only the promises whose name has that word.
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
from tests.benchmarks.sync_contender import KEY
from tests.interpreters import interpreters
from tests.life import endings, interrupting
from tests.life.kernel import running_kernel
from tests.life.silent import SilentServer
from tests.life.soak import ENVIRONMENT, GATHERED, MEGABYTES, THREADS, THREADS_ADDED
from tests.open_files import allow_many
from tests.stress.promises import Row, keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.life.soak import Gathered, Soaked

#: As many as there are cores: more at once would measure the queue.
AT_ONCE = 2
PENDING = (0, 1, 2000)
FORKS_A_TRY = 20
SOAKED_CALLS = 200_000


class Broken(Exception):
    """A promise was not kept; the text says how."""


def promises() -> dict[str, tuple[Callable[[], None], int]]:
    """What to try, and how many of `--tries` one try is worth."""
    found: dict[str, tuple[Callable[[], None], int]] = {}
    for version, python in interpreters().items():
        for program in endings.PROGRAMS:
            for pending in PENDING:
                found[f"exit {version}: {program}, {pending} calls under way"] = (partial(_end, python, program, pending), 1)
        found[f"fork {version}: with calls under way, child calls"] = (partial(_fork, python, "os.fork"), FORKS_A_TRY)
    found["exit: kernel, 2000 calls under way"] = (_end_kernel, 1)
    for program, sent in interrupting.COMBINATIONS:
        found[f"signal {sent.name}: {program}"] = (partial(_interrupt, program, sent), 1)
    return found


def _end(python: str, program: str, pending: int) -> None:
    ending = endings.end(python, program, pending)
    if not ending.is_clean:
        raise Broken(str(ending))
    if ending.seconds + ending.late >= endings.LONGEST:
        print(f"  a pause of the machine was not counted: {ending}", file=sys.stderr, flush=True)


def _end_kernel() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        SilentServer() as server,
        running_kernel(Path(folder), server.settings) as kernel,
    ):
        kernel.run("import asyncio, sparkbot; client = sparkbot.AsyncClient(max_in_flight=5000)")
        kernel.run("tasks = [asyncio.ensure_future(client.devices.list()) for _ in range(2000)]")
        server.wait_for_requests(2000)
        told = time.monotonic()
        code = kernel.end()
        if (code, kernel.stderr) != (0, "") or time.monotonic() - told > endings.LONGEST:
            raise Broken(f"code {code} after {time.monotonic() - told:.1f} s: {kernel.stderr}")


def _fork(python: str, program: str) -> None:
    with sandbox() as url:
        environment = _environment(url) | {"PYTHONWARNINGS": "ignore::DeprecationWarning"}
        command = [python, "-m", "tests.life.forking", program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if (done.returncode, done.stderr) != (0, ""):
        raise Broken(f"code {done.returncode}: {done.stderr}")


def _interrupt(program: str, sent: signal.Signals) -> None:
    interrupted = interrupting.interrupt(program, sent)
    if interrupted.error != interrupting.SIGNALS[sent] or interrupted.seconds > interrupting.SECONDS:
        raise Broken(str(interrupted))


def _soak(calls: int) -> Soaked:
    soaked: Soaked = _told_by_soak(str(calls))
    return soaked


def _soaked(tries: int) -> tuple[str, bool]:
    soaked = _soak(SOAKED_CALLS * min(tries, 200) // 200)
    growth = f"{soaked['megabytes']:+.1f} MB, {soaked['threads']:+d} threads"
    kept = soaked["megabytes"] <= MEGABYTES and soaked["threads"] <= 0
    return f"no growth over {soaked['calls']:,} calls, half of them from {THREADS} threads ({growth})", kept


def _gathered(_: int) -> tuple[str, bool]:
    gathered: Gathered = _told_by_soak("gather")
    kept = gathered["answers"] == GATHERED and gathered["threads"] <= THREADS_ADDED
    return f"a handful more for {GATHERED:,} awaited calls at once ({gathered['threads']:+d} threads)", kept


def _told_by_soak(what: str) -> Any:
    with sandbox() as url:
        command = [sys.executable, "-m", "tests.life.soak", what]
        done = subprocess.run(command, env=_environment(url) | ENVIRONMENT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _environment(url: str) -> dict[str, str]:
    places = os.pathsep.join((str(endings.ROOT / "python"), str(endings.ROOT)))
    return {**os.environ, "PYTHONPATH": places, "SPARKBOT_API_KEY": KEY, "SPARKBOT_BASE_URL": url}


def _kept(attempt: Callable[[], None]) -> bool:
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
    chosen = parser.parse_args()
    allow_many()
    rows: list[Row] = []
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        for promise, (attempt, worth) in promises().items():
            if chosen.only not in promise:
                continue
            tries = max(1, chosen.tries // worth)
            failures = sum(not kept for kept in at_once.map(_kept, [attempt] * tries))
            rows.append(Row(promise, tries * worth, failures))
            print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
    for promise, once in (("soak", _soaked), ("threads", _gathered)):
        if chosen.only in promise:
            said, kept = once(chosen.tries)
            rows.append(Row(f"{promise}: {said}", 1, not kept))
    return keep("python -m tests.stress.process", rows)


if __name__ == "__main__":
    sys.exit(main())
