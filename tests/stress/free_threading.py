"""Builds the package for each free-threaded CPython of this machine, and uses it there without a GIL, from many threads at once.

Run by `make test-long`. Without such an interpreter, runs the same program with the GIL of this one, and says so. `--rounds 20`
runs fewer.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.interpreters import free_threaded
from tests.time_limits import HANG_TIMEOUT

ROOT = Path(__file__).parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    for python in free_threaded():
        with tempfile.TemporaryDirectory() as folder:
            run(install(python, Path(folder)), rounds)
    if not free_threaded():
        print("skipped: no free-threaded CPython is installed; with the GIL of this one:")
        run(sys.executable, rounds)


def install(python: str, folder: Path) -> str:
    """The interpreter of an environment with the package, built for it."""
    maturin = Path(sys.executable).parent / "maturin"
    subprocess.run([maturin, "build", "--release", "--quiet", "--interpreter", python, "--out", folder], cwd=ROOT, check=True)
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    installed = str(folder / "venv" / "bin" / "python")
    subprocess.run([installed, "-m", "pip", "install", "--quiet", "--no-index", *folder.glob("*.whl")], check=True)
    return installed


def run(python: str, rounds: int) -> None:
    """Runs the program, with the GIL off where there is a choice: the module asks for one until it is known to need none."""
    environment = {**os.environ, "PYTHON_GIL": "0"} if python != sys.executable else dict(os.environ)
    command = [python, "-X", "faulthandler", "-m", "tests.process.parallel_program", str(rounds)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=10 * HANG_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr
    assert python == sys.executable or "without a GIL" in done.stdout, done.stdout
    print(f"{python}: {done.stdout.strip()}")


if __name__ == "__main__":
    main()
