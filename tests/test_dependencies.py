"""Checks the lock file against deny.toml: banned crates and features, licences, sources."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.time_limits import HANG_TIMEOUT

ROOT = Path(__file__).parents[1]
RULES = tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))
LOCKED = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]


@cache
def metadata() -> dict[str, Any]:
    command = ["cargo", "metadata", "--offline", "--locked", "--all-features", "--format-version", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


def version(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.split(r"[-+]", text)[0].split(".")))


def banned(package: dict[str, Any], ban: str) -> bool:
    """Whether a ban, `name` or `name:<version`, applies to a package of the lock file."""
    name, _, range_ = ban.partition(":")
    assert not range_ or re.fullmatch(r"<[\d.]+", range_), f"unsupported version range: {ban}"
    return bool(package["name"] == name and (not range_ or version(package["version"]) < version(range_[1:])))


@pytest.mark.parametrize("ban", [rule["crate"] for rule in RULES["bans"]["deny"]])
def test_lock_file_has_no_banned_crate(ban: str) -> None:
    assert [package for package in LOCKED if banned(package, ban)] == []


def test_bans_are_detected() -> None:
    package = {"name": "pyo3", "version": "0.29.2"}
    assert banned(package, "pyo3")
    assert banned(package, "pyo3:<0.29.3")
    assert not banned(package, "pyo3:<0.29.2")
    assert not banned(package, "pyo3-log")


@pytest.mark.parametrize("rule", RULES["bans"]["features"], ids=lambda rule: rule["crate"])
def test_banned_features_are_disabled(rule: dict[str, Any]) -> None:
    names = {package["id"]: package["name"] for package in metadata()["packages"]}
    on = [node["features"] for node in metadata()["resolve"]["nodes"] if names[node["id"]] == rule["crate"]]
    assert on, "the crate of the rule is not a dependency"
    assert not set(rule["deny"]) & set().union(*on)


def allowed(licence: str) -> bool:
    """Whether an SPDX expression can be met with the licences that are allowed."""
    words = re.findall(r"\(|\)|[^\s()]+(?: WITH [^\s()]+)?", licence.replace("/", " OR "))
    python = {"(": "(", ")": ")", "OR": "or", "AND": "and"}
    met = [python.get(word) or str(word in RULES["licenses"]["allow"]) for word in words]
    return bool(eval(" ".join(met), {}))  # nothing but True, False, and, or and parentheses


def test_licence_expressions_are_parsed() -> None:
    assert allowed("MIT OR GPL-3.0-only")
    assert allowed("(GPL-3.0-only OR MIT) AND Unicode-3.0")
    assert allowed("Apache-2.0 WITH LLVM-exception")
    for licence in ("GPL-3.0-only", "MIT AND GPL-3.0-only", "GPL-2.0 WITH LLVM-exception"):
        assert not allowed(licence)


def test_every_licence_is_allowed() -> None:
    licences = {f"{package['name']} {package['version']}": package["license"] for package in metadata()["packages"]}
    assert len(licences) > 100
    assert {name: licence for name, licence in licences.items() if licence is None or not allowed(licence)} == {}


def test_every_dependency_comes_from_the_registry() -> None:
    assert RULES["sources"] == {"unknown-registry": "deny", "unknown-git": "deny"}
    sources = {package["name"]: package.get("source", "") for package in LOCKED}
    assert sources.pop("sparkbot") == ""
    assert len(set(sources.values())) == 1
    assert all(source.startswith("registry+") for source in sources.values())
    assert all("checksum" in package for package in LOCKED if package["name"] != "sparkbot")


def test_wheel_has_no_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"] == []
