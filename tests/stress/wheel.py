"""Tests the built wheel and source distribution: names, size, content, and that they work in empty environments.

Run by `make test-long` with their folder as argument, for every CPython from 3.11 on. `--file` checks the wheel as a file only.
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
MAX_WHEEL_BYTES = 6_000_000
MAX_SDIST_BYTES = 1_000_000
#: The system libraries that an extension may need, by the start of their names: those of the C library, and libgcc.
LINUX_LIBRARIES = ("libc.", "libm.", "libgcc_s.", "libpthread.", "libdl.", "librt.", "ld-linux")
#: Platforms that the release workflow builds for.
PLATFORMS = re.compile(r"(manylinux|musllinux)_(\d+)_(\d+)_(x86_64|aarch64)|macosx_\d+_\d+_(x86_64|arm64)|win_(amd64|arm64)")
VERSION = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]


def main() -> None:
    folder = Path(sys.argv[1])
    [wheel] = folder.glob("*.whl")
    check_file(wheel)
    if "--file" in sys.argv:
        return
    [sources] = folder.glob("*.tar.gz")
    check_sources(sources)
    interpreters_ = [python for python in interpreters().values() if has_venv(python)]
    for python in interpreters_:
        test_in_empty_environment(python, wheel)
        print(f"{python}: installs and works in an empty environment")
    assert interpreters_, "found no CPython from 3.11 on"
    with tempfile.TemporaryDirectory() as built:
        test_in_empty_environment(interpreters_[0], build_from(sources, interpreters_[0], Path(built)))
    print(f"{sources.name}: builds in an empty environment, and the wheel works")


def has_venv(python: str) -> bool:
    return subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0


def check_file(wheel: Path) -> None:
    size = wheel.stat().st_size
    assert re.fullmatch(rf"sparkbot-{re.escape(VERSION)}-cp311-abi3-\w+\.whl", wheel.name), wheel.name
    assert size < MAX_WHEEL_BYTES, f"{size:,} bytes"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [metadata] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
        [tags] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/WHEEL"))
        [entry_points] = (archive.read(name).decode() for name in names if name.endswith(".dist-info/entry_points.txt"))
        [sbom] = (archive.read(name).decode() for name in names if ".dist-info/sboms/" in name)
        [extension] = (archive.read(name) for name in names if re.search(r"/_sparkbot\b.*\.(so|pyd)$", name))
    assert re.search(r"^Tag: cp311-abi3-", tags, re.MULTILINE), tags
    assert any(name.endswith("_sparkbot.pyi") for name in names)
    assert "sparkbot/py.typed" in names
    assert "pytest_sparkbot.py" in names
    assert "[pytest11]\nsparkbot=pytest_sparkbot" in entry_points
    assert not [name for name in names if "_codegen" in name or name.startswith("tests")]
    requirements = re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE)
    assert all("extra ==" in line for line in requirements), requirements
    check_platform(wheel.stem.rsplit("-", 1)[1], extension)
    crates = check_sbom(sbom)
    print(f"{wheel.name}: {size / 1e6:.1f} MB, no dependencies; its bill of materials lists {crates} crates")


def check_platform(tag: str, extension: bytes) -> None:
    """The extension needs no newer C library than its platform tag promises, and no other libraries."""
    platform = PLATFORMS.fullmatch(tag)
    assert platform, f"{tag} is not a platform of the release"
    kind, *oldest = platform.group(1, 2, 3)
    if kind is None:
        return
    needed = {name.decode() for name in re.findall(rb"\0((?:lib[\w+-]+|ld-linux[\w-]*)\.so[\w.]*)(?=\0)", extension)}
    versions = {(int(major), int(minor)) for major, minor in re.findall(rb"\0GLIBC_(\d+)\.(\d+)[.\d]*(?=\0)", extension)}
    others = sorted(name for name in needed if not name.startswith(LINUX_LIBRARIES))
    assert needed, "found no names of libraries"
    assert not others, others
    if kind == "musllinux":
        assert not versions, f"{tag} needs glibc: {sorted(versions)}"
        return
    assert versions, "found no versions of glibc"
    newest = max(versions)
    assert newest <= (int(oldest[0]), int(oldest[1])), f"{tag} needs glibc {newest}"
    print(f"{tag}: needs glibc {newest[0]}.{newest[1]}, and of libraries {', '.join(sorted(needed))}")


def check_sbom(text: str) -> int:
    """The SBOM is CycloneDX, and each crate has its locked version. Returns the number of crates."""
    sbom_: dict[str, Any] = json.loads(text)
    assert sbom_["bomFormat"] == "CycloneDX"
    listed = {(component["name"], component["version"]) for component in sbom_["components"]}
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    assert listed <= {(package["name"], package["version"]) for package in locked}
    assert {"rustls", "ring", "reqwest", "pyo3"} <= {name for name, _ in listed}
    return len(listed)


def check_sources(sources: Path) -> None:
    """The source distribution contains what the build needs and no other files."""
    assert sources.name == f"sparkbot-{VERSION}.tar.gz", sources.name
    assert sources.stat().st_size < MAX_SDIST_BYTES, f"{sources.stat().st_size:,} bytes"
    with tarfile.open(sources) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"PKG-INFO", "Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "pyproject.toml"} <= names
    assert {"python/sparkbot/__init__.py", "python/pytest_sparkbot.py", "src/lib.rs", "src/api/operations/chats.toml"} <= names
    unexpected = [name for name in names if "/" in name and not name.startswith(("src/", "python/"))]
    assert not unexpected, unexpected[:5]
    assert not [name for name in names if re.search(r"_codegen|__pycache__|\.(so|pyd|pyc)$", name)]


def build_from(sources: Path, python: str, folder: Path) -> Path:
    """A wheel that pip builds from the source distribution with only its build requirements."""
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    interpreter = folder / "venv" / "bin" / "python"
    # The dependencies are already compiled; only this crate is compiled from the sources.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target")}
    command = [str(interpreter), "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(sources.resolve())]
    subprocess.run(command, env=environment, cwd=folder, check=True)
    [wheel] = folder.glob("*.whl")
    return wheel


def test_in_empty_environment(python: str, wheel: Path) -> None:
    program = "\n".join(re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        interpreter = Path(folder) / "bin" / "python"
        subprocess.run([interpreter, "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], check=True)
        # An empty PATH: no compiler is available.
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
