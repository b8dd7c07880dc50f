"""Writes the Python that the table of operations stands for: `python3 python/sparkbot/_codegen [--check]`.

Run as a folder, not as a module: it must work where the compiled half of the package is not built yet.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coverage import coverage_page
from methods import resource_module
from migrating import migrating_page
from modules import attributes_module, index_module, raw_module, types_module
from reference import reference_page
from table import TableError, read_table

HERE = Path(__file__).resolve()
RESOURCES = "python/sparkbot/resources"
MARK = "# Generated from src/api"


def main() -> int:
    arguments = read_arguments()
    root: Path = arguments.root
    try:
        files = generate(root)
    except TableError as error:
        print(f"src/api: {error}", file=sys.stderr)
        return 1
    if arguments.check:
        return report(differing(root, files))
    write(root, files)
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="_codegen", description="Generate resources, types and the reference from src/api.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is not as it would be written")
    parser.add_argument("--root", type=Path, default=HERE.parents[3], help="the repository, if not the one of this file")
    return parser.parse_args()


def generate(root: Path) -> dict[str, str]:
    """The text of every generated file, by path under the repository."""
    table = read_table(root / "src" / "api")
    modules = {f"{RESOURCES}/{one.attribute}.py": resource_module(one) for one in table.resources}
    return {
        **modules,
        f"{RESOURCES}/__init__.py": index_module(table),
        f"{RESOURCES}/_attributes.py": attributes_module(table),
        f"{RESOURCES}/_raw.py": raw_module(table),
        "python/sparkbot/types.py": types_module(table),
        "docs/migrating.md": migrating_page(table, modules),
        "docs/reference.md": reference_page(table, modules),
        "docs/sandbox_coverage.md": coverage_page(table),
    }


def differing(root: Path, files: dict[str, str]) -> list[str]:
    wrong = [name for name, text in files.items() if read(root / name) != text]
    return sorted([*wrong, *left_over(root, files)])


def left_over(root: Path, files: dict[str, str]) -> list[str]:
    """Generated modules of resources that are gone."""
    found = [path.relative_to(root).as_posix() for path in (root / RESOURCES).glob("*.py") if read(path).startswith(MARK)]
    return [name for name in found if name not in files]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def report(wrong: list[str]) -> int:
    for name in wrong:
        print(f"{name} is not what src/api says; run `make generate`", file=sys.stderr)
    return 1 if wrong else 0


def write(root: Path, files: dict[str, str]) -> None:
    for name in left_over(root, files):
        (root / name).unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
