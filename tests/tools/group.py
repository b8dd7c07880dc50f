"""Prints the packages of dependency groups of pyproject.toml: older pips cannot install one by name."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    print(" ".join(package.replace(" ", "") for name in sys.argv[1:] for package in groups[name]))


main()
