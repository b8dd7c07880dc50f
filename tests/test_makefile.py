"""What the Makefile needs, with a PATH of single programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.time_limits import HANG_TIMEOUT

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "make", "find", "grep", "sed", "tr", "expand", "touch", "printf", "mktemp", "cat", "rm")
NAMES = ["python3.11", "python3.12", "python3.13", "python3.14", "python3", "python"]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


class Machine:
    """A machine whose programs are links in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in TOOLS:
            self.link(name, shutil.which(name))

    def link(self, name: str, program: str | Path | None) -> None:
        if program is not None:
            (self.folder / name).symlink_to(program)

    def add_rust(self) -> None:
        self.link("cargo", shutil.which("true"))

    def add_script(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.folder / "make"), *arguments, f"VENV={self.folder / 'venv'}"]
        settings = {"PATH": str(self.folder), "HOME": str(self.folder)}
        return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_rust_and_python_are_reported_together(machine: Machine) -> None:
    for target in ("demo", "test"):
        done = machine.make(target)
        lines = done.stderr.splitlines()
        assert done.returncode != 0
        assert (done.stdout, [line.partition(":")[0] for line in lines[:2]]) == ("", ["Rust is missing", "Python is missing"])


def test_missing_rust_is_named(machine: Machine) -> None:
    machine.link("python3", sys.executable)
    done = machine.make("demo")
    assert done.stderr.startswith("Rust is missing: there is no cargo in PATH. Install it from https://rustup.rs")
    assert "Python is missing" not in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_any_new_enough_python_is_found(machine: Machine, name: str) -> None:
    machine.add_rust()
    machine.link(name, sys.executable)
    assert machine.make("requirements").returncode == 0
    planned = machine.make("--dry-run", "demo", "test")
    assert (planned.returncode, planned.stderr) == (0, "")
    assert f"{name} -m venv" in planned.stdout


@pytest.mark.parametrize(
    "old",
    [
        "exit 127",
        f"exec {sys.executable} -c 'import sys; sys.exit(1)'",
        "echo 'pyenv: python3.11: command not found' >&2; exit 127",
    ],
    ids=["broken", "too old", "not chosen by pyenv"],
)
def test_unusable_python_is_passed_over(machine: Machine, old: str) -> None:
    machine.add_rust()
    machine.add_script("python3.11", old)
    assert machine.make("requirements").stderr.startswith("Python is missing: none of python3.11 python3.12")
    machine.link("python3.13", sys.executable)
    assert machine.make("requirements").returncode == 0
    assert "python3.13 -m venv" in machine.make("--dry-run", "demo").stdout


def test_chosen_python_is_checked(machine: Machine) -> None:
    machine.add_rust()
    machine.link("python3", sys.executable)
    machine.add_script("python3.9", "exit 1")
    done = machine.make("requirements", "PYTHON=python3.9")
    assert done.stderr.startswith("Python is missing: python3.9 is not CPython 3.11 or later")
    assert machine.make("requirements", f"PYTHON={sys.executable}").returncode == 0


def test_failed_step_shows_its_output(machine: Machine) -> None:
    machine.add_rust()
    machine.add_script("python3.11", f'case "$1" in -c) exec {sys.executable} "$@";; *) echo "no module $2"; exit 3;; esac')
    done = machine.make("build")
    assert done.returncode != 0
    assert done.stdout == f"\n== creating {machine.folder / 'venv'} with python3.11\n"
    assert done.stderr.startswith("no module venv\nno module venv\n")


def test_successful_step_shows_its_name_only(machine: Machine) -> None:
    machine.add_rust()
    pip = f'mkdir -p {machine.folder}/venv/bin; printf "#!/bin/sh\\necho Ignoring pyarrow\\n" > {machine.folder}/venv/bin/python'
    machine.link("mkdir", shutil.which("mkdir"))
    machine.link("chmod", shutil.which("chmod"))
    script = f"{pip}; chmod +x {machine.folder}/venv/bin/python; echo Ignoring click"
    machine.add_script("python3.11", f'case "$1" in -c) exec {sys.executable} "$@";; *) {script};; esac')
    done = machine.make(str(machine.folder / "venv/bin/maturin"))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"\n== creating {machine.folder / 'venv'} with python3.11\n", "")
