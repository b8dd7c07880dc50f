"""Holds the built wheel to its promises: name, size, content, and that it works where nothing else is installed.

Run by `make test-long`, with the folder of the wheel as its argument; every CPython from 3.11 on that is found is tried.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.interpreters import interpreters

ROOT = Path(__file__).parents[2]
LARGEST = 6_000_000


def main() -> None:
    [wheel] = Path(sys.argv[1]).glob("*.whl")
    check_file(wheel)
    tried = [python for python in interpreters().values() if has_venv(python)]
    for python in tried:
        try_in_empty_environment(python, wheel)
        print(f"{python}: installs and works with nothing else installed")
    assert tried, "no CPython from 3.11 on was found"


def has_venv(python: str) -> bool:
    return subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0


def check_file(wheel: Path) -> None:
    size = wheel.stat().st_size
    assert re.fullmatch(r"sparkbot-[0-9.]+-cp311-abi3-\w+\.whl", wheel.name), wheel.name
    assert size < LARGEST, f"{size:,} bytes"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [metadata] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
        [entry_points] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/entry_points.txt"))
    assert any(name.endswith("_sparkbot.pyi") for name in names)
    assert "sparkbot/py.typed" in names
    assert "pytest_sparkbot.py" in names
    assert "[pytest11]\nsparkbot=pytest_sparkbot" in entry_points
    assert not [name for name in names if "_codegen" in name or name.startswith("tests")]
    needed = re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE)
    assert all("extra ==" in line for line in needed), needed
    print(f"{wheel.name}: {size / 1e6:.1f} MB, needs nothing")


def try_in_empty_environment(python: str, wheel: Path) -> None:
    program = "\n".join(re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        interpreter = Path(folder) / "bin" / "python"
        subprocess.run([interpreter, "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], check=True)
        environment = {"SPARKBOT_API_KEY": "your-key", "SPARKBOT_BASE_URL": "https://HOST/v1"}
        done = subprocess.run(
            [interpreter, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        bare = subprocess.run(
            [interpreter, "-m", "sparkbot"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
        assert bare.returncode == 1
        assert "pip install 'sparkbot[cli]'" in bare.stderr


if __name__ == "__main__":
    main()
