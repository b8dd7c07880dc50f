"""docs/migrating.md: each operation of the workflow tool's node, and the method that does the same."""

from __future__ import annotations

from collections.abc import Mapping

from reference import BY_HAND, MODULES, arguments, method_lines
from table import Operation, Resource, Table

INTRODUCTION = """<!-- Generated from src/api by `make generate`; its words are in python/sparkbot/_codegen/migrating.py. -->
# Coming from the workflow node

One operation of the workflow tool's node is one method here, with the contract's words in `snake_case`. What changes
around it:

| in the workflow | here |
|---|---|
| the node runs once for every item | `client.map(method, items)`, or a loop |
| "continue on fail" | the same: an outcome for every item, with its error beside it |
| a merge node that writes contact metadata | `sparkbot.sync_metadata(client, device, rows)` |
| "return all" on a list | `.iter(…)` instead of `.list(…)` |
| the node's retry setting | on by default, for what may be repeated; `max_retries=` and `retry=` change it |
| credentials of the workflow tool | `SPARKBOT_API_KEY` and `SPARKBOT_BASE_URL`, or arguments of `Client` |
| a test workflow against a real number | `with sparkbot.Sandbox() as sandbox:` |

Each row below is an operation of the node, with the method that does the same:

| workflow node | method |
|---|---|
"""


def migrating_page(table: Table, modules: Mapping[str, str]) -> str:
    """The page; `modules` are the generated files by path, in which the methods are looked up."""
    rows = [row for resource in table.resources for row in resource_rows(resource, modules)]
    return INTRODUCTION + "\n".join(sorted([*rows, free_row()])) + "\n"


def resource_rows(resource: Resource, modules: Mapping[str, str]) -> list[str]:
    module = f"{MODULES}/{resource.attribute}.py"
    found = method_lines(modules[module], resource.class_name)
    return [row(operation, f"../{module}#L{found[operation.name]}") for operation in resource.operations]


def row(operation: Operation, link: str) -> str:
    return f"| {shown(operation.title)} | [`client.{operation.full_name}({arguments(operation)})`]({link}) |"


def free_row() -> str:
    """`client.request()`, which is no row of the table."""
    line = method_lines((BY_HAND / "client.py").read_text(encoding="utf-8"), "Client")["request"]
    return f"| {shown('Other:Send API request')} | [`client.request(method, path, …)`](../python/sparkbot/client.py#L{line}) |"


def shown(title: str) -> str:
    """As the node's editor shows it: resource, then operation."""
    return title.replace(":", " → ", 1)
