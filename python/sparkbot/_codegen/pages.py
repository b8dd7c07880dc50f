"""reference/<resource>.md of the documentation site: what is known of each operation, as a page to read."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from documentation import IDEMPOTENT, argument_line, closing_arguments, confidence, constraints, example, raised, returned
from methods import Method
from reference import BY_HAND
from table import Operation, Resource, Table
from text import bracketed, lines

MARK = "<!-- Generated from src/api by `make generate`; edit the files there. -->"


def resource_pages(table: Table) -> dict[str, str]:
    """The pages by path; a method is found under its name, `chats.md#unassign`."""
    return {f"reference/{resource.attribute}.md": resource_page(resource) for resource in table.resources}


def resource_page(resource: Resource) -> str:
    head = f"{MARK}\n# client.{resource.attribute}\n\n{resource.summary}"
    sections = [section(operation) for operation in resource.operations]
    return "\n\n".join([head, *sections, *composed_sections(resource)]) + "\n"


def section(operation: Operation) -> str:
    """One operation: what it does, how it is called, what it takes, gives and raises, and how sure that is."""
    plain = Method(operation, awaited=False)
    blocks = [
        f"## {operation.name}",
        operation.summary,
        fenced("text", signatures(operation)),
        " ".join(operation.description.split()),
        " ".join(constraints(operation)),
        entries("Arguments", [argument_line(one) for one in plain.parameters] + closing_arguments(walk=False, save=False)),
        f"**Returns** {returned(operation, walk=False, save=False)}",
        entries("Raises", raised(operation)),
        "**Example**",
        fenced("pycon", example(operation, awaited=False, walk=False, save=False)),
        facts(operation),
    ]
    return "\n\n".join(block for block in blocks if block)


def signatures(operation: Operation) -> list[str]:
    """The call, and the methods that walk its pages or save its content."""
    kinds = [(False, False), *([(True, False)] if operation.paginated else [])]
    kinds += [(False, True)] if operation.response["kind"] == "bytes" else []
    return [signature(Method(operation, awaited=False, walk=walk, save=save)) for walk, save in kinds]


def signature(method: Method) -> str:
    arguments = [one for one in method.arguments() if one != "self"]
    return bracketed(f"client.{method.operation.resource}.{method.name}(", arguments, f") -> {method.returns()}")


def facts(operation: Operation) -> str:
    limit = f"time limit {operation.timeout_seconds} s" if operation.timeout_seconds else ""
    told = [
        f"`{operation.method} {operation.path}`",
        IDEMPOTENT[operation.idempotent],
        limit,
        confidence(operation),
        f"title `{operation.title}`",
    ]
    return " · ".join(one for one in told if one)


def composed_sections(resource: Resource) -> list[str]:
    """Methods that are written by hand, with their docstrings as they are."""
    if resource.mixin is None:
        return []
    module = ast.parse((BY_HAND / f"resources/_{resource.attribute}.py").read_text(encoding="utf-8"))
    owner = next(node for node in module.body if isinstance(node, ast.ClassDef) and node.name == resource.mixin)
    methods = [node for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [f"## {one.name}\n\n{fenced('text', [ast.get_docstring(one) or ''])}" for one in methods]


def entries(title: str, said: Sequence[str]) -> str:
    named = (one.partition(": ") for one in said)
    return lines(f"**{title}**\n", *(f"- `{name}`: {rest}" for name, _, rest in named))


def fenced(language: str, code: Sequence[str]) -> str:
    return lines(f"```{language}", *code, "```")
