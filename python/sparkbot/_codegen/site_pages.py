"""Generates reference/<resource>.md of the documentation site: one section per operation."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from docstrings import argument_line, closing_arguments, constraints, example, facts, raised, returned
from formatting import bracketed, lines
from loader import Model, Operation, Resource
from methods import Method
from reference import PACKAGE_FOLDER

MARK = "<!-- Generated from src/api by `make generate`; edit the files there. -->"


def resource_pages(model: Model) -> dict[str, str]:
    """Returns the pages by path. A method has its name as anchor: `chats.md#unassign`."""
    return {f"reference/{resource.attribute}.md": resource_page(resource) for resource in model.resources}


def resource_page(resource: Resource) -> str:
    head = f"{MARK}\n# client.{resource.attribute}\n\n{resource.summary}"
    sections = [section(operation) for operation in resource.operations]
    return "\n\n".join([head, *sections, *composed_sections(resource)]) + "\n"


def section(operation: Operation) -> str:
    """Returns the section of an operation: summary, signatures, arguments, response, errors, example."""
    plain = Method(operation, awaited=False)
    blocks = [
        f"## {operation.name}",
        operation.summary,
        fenced("text", signatures(operation)),
        " ".join(operation.description.split()),
        " ".join(constraints(operation)),
        entries(
            "Arguments", [argument_line(parameter) for parameter in plain.parameters] + closing_arguments(walk=False, save=False)
        ),
        f"**Returns** {returned(operation, walk=False, save=False)}",
        entries("Raises", raised(operation)),
        "**Example**",
        fenced("pycon", example(operation, awaited=False, walk=False, save=False)),
        " · ".join([*facts(operation), f"title `{operation.title}`"]),
    ]
    return "\n\n".join(block for block in blocks if block)


def signatures(operation: Operation) -> list[str]:
    """Returns the signatures of all methods of an operation."""
    kinds = [(False, False), *([(True, False)] if operation.paginated else [])]
    kinds += [(False, True)] if operation.response["kind"] == "bytes" else []
    return [signature(Method(operation, awaited=False, walk=walk, save=save)) for walk, save in kinds]


def signature(method: Method) -> str:
    arguments = [argument for argument in method.arguments() if argument != "self"]
    return bracketed(f"client.{method.operation.resource}.{method.name}(", arguments, f") -> {method.returns()}")


def composed_sections(resource: Resource) -> list[str]:
    """Returns the sections of handwritten methods, with their docstrings."""
    if resource.mixin is None:
        return []
    module = ast.parse((PACKAGE_FOLDER / f"resources/_{resource.attribute}.py").read_text(encoding="utf-8"))
    owner = next(node for node in module.body if isinstance(node, ast.ClassDef) and node.name == resource.mixin)
    methods = [node for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [f"## {method.name}\n\n{fenced('text', [ast.get_docstring(method) or ''])}" for method in methods]


def entries(title: str, sentences: Sequence[str]) -> str:
    named = (sentence.partition(": ") for sentence in sentences)
    return lines(f"**{title}**\n", *(f"- `{name}`: {rest}" for name, _, rest in named))


def fenced(language: str, code: Sequence[str]) -> str:
    return lines(f"```{language}", *code, "```")
