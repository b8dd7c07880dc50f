"""Generates docs/reference.md: one row per operation."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from docstrings import IDEMPOTENT, confidence
from loader import Model, Operation, Resource

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
# The package, with the handwritten modules.
PACKAGE_FOLDER = Path(__file__).resolve().parents[1]


def reference_page(model: Model, modules: Mapping[str, str]) -> str:
    """Returns the page; it links to methods in `modules`, the generated files by path."""
    sections = [section(resource, modules[f"{MODULES}/{resource.attribute}.py"]) for resource in model.resources]
    return "\n".join([INTRODUCTION, *sections, request_section()])


def section(resource: Resource, module: str) -> str:
    line_numbers = method_lines(module, resource.class_name)
    rows = [row(resource, operation, line_numbers) for operation in resource.operations]
    return f"## {resource.attribute}\n\n{resource.summary}\n\n{HEAD}" + "\n".join([*rows, *composed_rows(resource)]) + "\n"


def method_lines(module: str, class_name: str) -> dict[str, int]:
    """Returns the line of each public method of a class."""
    owner = next(node for node in ast.parse(module).body if isinstance(node, ast.ClassDef) and node.name == class_name)
    return {node.name: node.lineno for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}


def row(resource: Resource, operation: Operation, line_numbers: Mapping[str, int]) -> str:
    module = f"../{MODULES}/{resource.attribute}.py"
    more = [f"[`.{name}(…)`]({module}#L{line_numbers[name]})" for name in also_called(operation)]
    call = f"[`client.{operation.full_name}({arguments(operation)})`]({module}#L{line_numbers[operation.name]})"
    cells = [
        f"[{operation.title}](../src/api/operations/{resource.attribute}.toml#L{operation.line})",
        ", ".join([call, *more]),
        f"`{operation.method} {operation.path}`",
        IDEMPOTENT[operation.idempotent],
        confidence(operation),
    ]
    return f"| {' | '.join(cells)} |"


def also_called(operation: Operation) -> list[str]:
    """Returns the other methods of an operation: the iterator, or the download to a file."""
    return [
        *([operation.iter_method_name] if operation.paginated else []),
        *([f"{operation.name}_to"] if operation.response["kind"] == "bytes" else []),
    ]


def composed_rows(resource: Resource) -> list[str]:
    """Returns the rows of handwritten methods, which combine several calls."""
    if resource.mixin is None:
        return []
    name = f"resources/_{resource.attribute}.py"
    line_numbers = method_lines((PACKAGE_FOLDER / name).read_text(encoding="utf-8"), resource.mixin)
    return [
        f"| composed | [`client.{resource.attribute}.{method}(…)`](../{PACKAGE}/{name}#L{line}) | | idempotent | |"
        for method, line in line_numbers.items()
    ]


def request_section() -> str:
    """Returns the section of `client.request()`, which is not in the API model."""
    cells = ["Other:Send API request", request_link(), "any", "POST and PATCH not idempotent", "observed in 1 public codebase"]
    example = '`client.request("GET", "/devices", query={"size": 5})`'
    return f"## request\n\nSends any request, such as {example}.\n\n{HEAD}| {' | '.join(cells)} |\n"


def request_link() -> str:
    line = method_lines((PACKAGE_FOLDER / "_request.py").read_text(encoding="utf-8"), "RequestMixin")["request"]
    return f"[`client.request(method, path, …)`](../{PACKAGE}/_request.py#L{line})"


def arguments(operation: Operation) -> str:
    """Returns the required arguments, and `…` for the optional ones."""
    positional = [parameter.name for parameter in operation.parameters if parameter.positional]
    required = [f"{parameter.name}=…" for parameter in operation.parameters if parameter.required and not parameter.positional]
    more = ["…"] if any(not parameter.required for parameter in operation.parameters) else []
    return ", ".join([*positional, *required, *more])
