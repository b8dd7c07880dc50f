"""Generates docs/migrating.md: each operation of the workflow node with its method."""

from __future__ import annotations

from collections.abc import Mapping

from loader import Model, Operation, Resource
from reference import MODULES, arguments, method_lines, request_link

INTRODUCTION = """<!-- Generated from src/api by `make generate`; the text is in python/sparkbot/_codegen/migrating.py. -->
# Coming from the workflow node

Each operation of the workflow node is one method, named in `snake_case`. Other differences:

| in the workflow | here |
|---|---|
| the node runs once for every item | `client.map(method, items)`, or a loop |
| "continue on fail" | the same: one outcome per item, with its error |
| a merge node that writes contact metadata | `sparkbot.sync_metadata(client, device, rows)` |
| "return all" on a list | `.iter(…)` instead of `.list(…)` |
| the node's retry setting | on by default for idempotent operations; `max_retries=` and `retry=` change it |
| credentials of the workflow tool | `SPARKBOT_API_KEY` and `SPARKBOT_BASE_URL`, or arguments of `Client` |
| a test workflow against a real number | `with sparkbot.Sandbox() as sandbox:` |

The operations of the node and their methods:

| workflow node | method |
|---|---|
"""


def migrating_page(model: Model, modules: Mapping[str, str]) -> str:
    """Returns the page; it links to methods in `modules`, the generated files by path."""
    rows = [row for resource in model.resources for row in resource_rows(resource, modules)]
    return INTRODUCTION + "\n".join(sorted([*rows, request_row()])) + "\n"


def resource_rows(resource: Resource, modules: Mapping[str, str]) -> list[str]:
    module = f"{MODULES}/{resource.attribute}.py"
    line_numbers = method_lines(modules[module], resource.class_name)
    return [row(operation, f"../{module}#L{line_numbers[operation.name]}") for operation in resource.operations]


def row(operation: Operation, link: str) -> str:
    return f"| {shown(operation.title)} | [`client.{operation.full_name}({arguments(operation)})`]({link}) |"


def request_row() -> str:
    """Returns the row of `client.request()`, which is not in the API model."""
    return f"| {shown('Other:Send API request')} | {request_link()} |"


def shown(title: str) -> str:
    """Formats a title as the editor of the node does."""
    return title.replace(":", " → ", 1)
