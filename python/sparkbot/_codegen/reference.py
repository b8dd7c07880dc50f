"""docs/reference.md: a line for each operation."""

from __future__ import annotations

from documentation import REPEAT, confidence
from table import Operation, Resource, Table

INTRODUCTION = """<!-- Generated from src/api by `make generate`; edit the files there. -->
# Reference

Every operation of the service, by resource. `AsyncClient` has the same methods, awaited. A title links to the row that
the method is generated from, a call to the method and its docstring. A call that is "never repeated" is not sent a second
time when it is unclear what became of the first. The last column says how sure the facts are: documented by the service,
observed in public code, or assumed.
"""


def reference_page(table: Table) -> str:
    return "\n".join([INTRODUCTION, *(section(resource) for resource in table.resources)])


def section(resource: Resource) -> str:
    rows = [row(resource, operation) for operation in resource.operations]
    head = f"## {resource.attribute}\n\n{resource.summary}\n\n| operation | call | request | | known |\n|---|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def row(resource: Resource, operation: Operation) -> str:
    walk = f", `.{operation.walk_name}(…)`" if operation.pages else ""
    cells = [
        f"[{operation.title}](../src/api/{resource.attribute}.toml)",
        f"[`client.{operation.full_name}({arguments(operation)})`](../python/sparkbot/resources/{resource.attribute}.py){walk}",
        f"`{operation.method} {operation.path}`",
        REPEAT[operation.repeat],
        confidence(operation),
    ]
    return f"| {' | '.join(cells)} |"


def arguments(operation: Operation) -> str:
    """What must be given, and a mark for what may be."""
    places = [one.name for one in operation.parameters if one.positional]
    needed = [f"{one.name}=…" for one in operation.parameters if one.required and not one.positional]
    more = ["…"] if any(not one.required for one in operation.parameters) else []
    return ", ".join([*places, *needed, *more])
