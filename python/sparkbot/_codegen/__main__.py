"""Generates Python code and documentation from the API model: `python3 python/sparkbot/_codegen [--check]`.

Run it as a folder, not as a module: it must work before the extension is built.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from agents import agents_page
from coverage import coverage_page
from loader import ModelError, load_model
from methods import resource_module
from migrating import migrating_page
from reference import reference_page
from templates import attributes_module, index_module, raw_module, types_module

HERE = Path(__file__).resolve()
RESOURCES = "python/sparkbot/resources"
MARK = "# Generated from src/api"


def main() -> int:
    arguments = read_arguments()
    root: Path = arguments.root
    try:
        files = generate(root)
    except ModelError as error:
        print(f"src/api: {error}", file=sys.stderr)
        return 1
    if arguments.check:
        return report(outdated_files(root, files))
    write(root, files)
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="_codegen", description="Generate resources, types and the reference from src/api.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    parser.add_argument("--root", type=Path, default=HERE.parents[3], help="the repository; by default the one of this file")
    return parser.parse_args()


def generate(root: Path) -> dict[str, str]:
    """Returns the text of every generated file, by path in the repository."""
    model = load_model(root / "src" / "api")
    modules = {f"{RESOURCES}/{resource.attribute}.py": resource_module(resource) for resource in model.resources}
    return {
        **modules,
        f"{RESOURCES}/__init__.py": index_module(model),
        f"{RESOURCES}/_attributes.py": attributes_module(model),
        f"{RESOURCES}/_raw.py": raw_module(model),
        "python/sparkbot/agents.md": agents_page(model),
        "python/sparkbot/types.py": types_module(model),
        "docs/migrating.md": migrating_page(model, modules),
        "docs/reference.md": reference_page(model, modules),
        "docs/sandbox_coverage.md": coverage_page(model),
    }


def outdated_files(root: Path, files: dict[str, str]) -> list[str]:
    wrong = [name for name, text in files.items() if read(root / name) != text]
    return sorted([*wrong, *stale_modules(root, files)])


def stale_modules(root: Path, files: dict[str, str]) -> list[str]:
    """Returns generated modules of resources that no longer exist."""
    generated = [path.relative_to(root).as_posix() for path in (root / RESOURCES).glob("*.py") if read(path).startswith(MARK)]
    return [name for name in generated if name not in files]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def report(wrong: list[str]) -> int:
    for name in wrong:
        print(f"{name} is out of date; run `make generate`", file=sys.stderr)
    return 1 if wrong else 0


def write(root: Path, files: dict[str, str]) -> None:
    for name in stale_modules(root, files):
        (root / name).unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
