"""Holds the built wheel and source distribution to their promises: names, size, content, and that they work where nothing else is
installed.

Run by `make test-long`, with the folder of both as its argument; every CPython from 3.11 on that is found is tried.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from tests.interpreters import interpreters

ROOT = Path(__file__).parents[2]
LARGEST = 6_000_000
LARGEST_SOURCES = 1_000_000
VERSION = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]


def main() -> None:
    folder = Path(sys.argv[1])
    [wheel] = folder.glob("*.whl")
    [sources] = folder.glob("*.tar.gz")
    check_file(wheel)
    check_sources(sources)
    tried = [python for python in interpreters().values() if has_venv(python)]
    for python in tried:
        try_in_empty_environment(python, wheel)
        print(f"{python}: installs and works with nothing else installed")
    assert tried, "no CPython from 3.11 on was found"
    with tempfile.TemporaryDirectory() as built:
        try_in_empty_environment(tried[0], built_from(sources, tried[0], Path(built)))
    print(f"{sources.name}: builds in an empty environment, and what it builds works")


def has_venv(python: str) -> bool:
    return subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0


def check_file(wheel: Path) -> None:
    size = wheel.stat().st_size
    assert re.fullmatch(rf"sparkbot-{re.escape(VERSION)}-cp311-abi3-\w+\.whl", wheel.name), wheel.name
    assert size < LARGEST, f"{size:,} bytes"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [metadata] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
        [tags] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/WHEEL"))
        [entry_points] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/entry_points.txt"))
        [materials] = (archive.read(name).decode() for name in names if ".dist-info/sboms/" in name)
    assert re.search(r"^Tag: cp311-abi3-", tags, re.MULTILINE), tags
    assert any(name.endswith("_sparkbot.pyi") for name in names)
    assert "sparkbot/py.typed" in names
    assert "pytest_sparkbot.py" in names
    assert "[pytest11]\nsparkbot=pytest_sparkbot" in entry_points
    assert not [name for name in names if "_codegen" in name or name.startswith("tests")]
    needed = re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE)
    assert all("extra ==" in line for line in needed), needed
    linked = check_materials(materials)
    print(f"{wheel.name}: {size / 1e6:.1f} MB, needs nothing; its bill of materials lists {linked} crates")


def check_materials(text: str) -> int:
    """The bill (SBOM) is CycloneDX, and each crate in it is of the version that is locked. Returns how many there are."""
    bill: dict[str, Any] = json.loads(text)
    assert bill["bomFormat"] == "CycloneDX"
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    assert listed <= {(package["name"], package["version"]) for package in locked}
    assert {"rustls", "ring", "reqwest", "pyo3"} <= {name for name, _ in listed}
    return len(listed)


def check_sources(sources: Path) -> None:
    """The source distribution has what it takes to build, and nothing that only lay in the folder."""
    assert sources.name == f"sparkbot-{VERSION}.tar.gz", sources.name
    assert sources.stat().st_size < LARGEST_SOURCES, f"{sources.stat().st_size:,} bytes"
    with tarfile.open(sources) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"PKG-INFO", "Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "pyproject.toml"} <= names
    assert {"python/sparkbot/__init__.py", "python/pytest_sparkbot.py", "src/lib.rs", "src/api/operations/chats.toml"} <= names
    strange = [name for name in names if "/" in name and not name.startswith(("src/", "python/"))]
    assert not strange, strange[:5]
    assert not [name for name in names if re.search(r"_codegen|__pycache__|\.(so|pyd|pyc)$", name)]


def built_from(sources: Path, python: str, folder: Path) -> Path:
    """A wheel that pip builds from the source distribution, with what its build needs and nothing else."""
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    interpreter = folder / "venv" / "bin" / "python"
    # The libraries are compiled already; only ours is compiled from the sources at hand.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target")}
    command = [str(interpreter), "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(sources.resolve())]
    subprocess.run(command, env=environment, cwd=folder, check=True)
    [wheel] = folder.glob("*.whl")
    return wheel


def try_in_empty_environment(python: str, wheel: Path) -> None:
    program = "\n".join(re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        interpreter = Path(folder) / "bin" / "python"
        subprocess.run([interpreter, "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], check=True)
        # No folder of programs: a compiler would not be found.
        environment = {"SPARKBOT_API_KEY": "your-key", "SPARKBOT_BASE_URL": "https://HOST/v1", "PATH": ""}
        done = subprocess.run(
            [interpreter, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        bare = subprocess.run(
            [interpreter, "-m", "sparkbot"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
        assert bare.returncode == 1
        assert "pip install 'sparkbot[cli]'" in bare.stderr
        assert bare.stderr.count("\n") == 1


if __name__ == "__main__":
    main()
