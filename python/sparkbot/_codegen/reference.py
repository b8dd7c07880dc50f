"""docs/reference.md: a line for each operation."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from documentation import IDEMPOTENT, confidence
from table import Operation, Resource, Table

INTRODUCTION = """<!-- Generated from src/api by `make generate`; edit the files there. -->
# Reference

Every operation of the service, by resource. `AsyncClient` has the same methods as coroutines. A title links to the
definition of the operation, a call to the method and its docstring. A call that is "not idempotent" is not sent a second
time when the result of the first attempt is unknown. The last column is the source of the facts: documented by the
service, observed in public code, or assumed.
"""
HEAD = "| operation | call | request | | known |\n|---|---|---|---|---|\n"
PACKAGE = "python/sparkbot"
MODULES = f"{PACKAGE}/resources"
# Where what is written by hand stands, beside this generator.
BY_HAND = Path(__file__).resolve().parents[1]


def reference_page(table: Table, modules: Mapping[str, str]) -> str:
    """The page; `modules` are the generated files by path, in which the methods are looked up."""
    sections = [section(resource, modules[f"{MODULES}/{resource.attribute}.py"]) for resource in table.resources]
    return "\n".join([INTRODUCTION, *sections, free_section()])


def section(resource: Resource, module: str) -> str:
    found = method_lines(module, resource.class_name)
    rows = [row(resource, operation, found) for operation in resource.operations]
    return f"## {resource.attribute}\n\n{resource.summary}\n\n{HEAD}" + "\n".join([*rows, *composed_rows(resource)]) + "\n"


def method_lines(module: str, class_name: str) -> dict[str, int]:
    """The line of each public method of a class."""
    owner = next(node for node in ast.parse(module).body if isinstance(node, ast.ClassDef) and node.name == class_name)
    return {node.name: node.lineno for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}


def row(resource: Resource, operation: Operation, found: Mapping[str, int]) -> str:
    module = f"../{MODULES}/{resource.attribute}.py"
    more = [f"[`.{name}(…)`]({module}#L{found[name]})" for name in also_called(operation)]
    call = f"[`client.{operation.full_name}({arguments(operation)})`]({module}#L{found[operation.name]})"
    cells = [
        f"[{operation.title}](../src/api/operations/{resource.attribute}.toml#L{operation.line})",
        ", ".join([call, *more]),
        f"`{operation.method} {operation.path}`",
        IDEMPOTENT[operation.idempotent],
        confidence(operation),
    ]
    return f"| {' | '.join(cells)} |"


def also_called(operation: Operation) -> list[str]:
    """The other methods of an operation: one walks its pages, one saves its content."""
    return [
        *([operation.walk_name] if operation.paginated else []),
        *([f"{operation.name}_to"] if operation.response["kind"] == "bytes" else []),
    ]


def composed_rows(resource: Resource) -> list[str]:
    """Methods that make several calls, or read one in another way; they are written by hand."""
    if resource.mixin is None:
        return []
    name = f"resources/_{resource.attribute}.py"
    found = method_lines((BY_HAND / name).read_text(encoding="utf-8"), resource.mixin)
    return [
        f"| composed | [`client.{resource.attribute}.{method}(…)`](../{PACKAGE}/{name}#L{line}) | | idempotent | |"
        for method, line in found.items()
    ]


def free_section() -> str:
    """`client.request()`, which is no row."""
    line = method_lines((BY_HAND / "client.py").read_text(encoding="utf-8"), "Client")["request"]
    call = f"[`client.request(method, path, …)`](../{PACKAGE}/client.py#L{line})"
    cells = ["Other:Send API request", call, "any", "POST and PATCH not idempotent", "observed in 1 public codebase"]
    example = '`client.request("GET", "/devices", query={"size": 5})`'
    return f"## request\n\nWhat has no operation of its own, such as {example}.\n\n{HEAD}| {' | '.join(cells)} |\n"


def arguments(operation: Operation) -> str:
    """What must be given, and a mark for what may be."""
    places = [one.name for one in operation.parameters if one.positional]
    needed = [f"{one.name}=…" for one in operation.parameters if one.required and not one.positional]
    more = ["…"] if any(not one.required for one in operation.parameters) else []
    return ", ".join([*places, *needed, *more])
