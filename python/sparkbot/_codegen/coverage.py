"""Generates docs/sandbox_coverage.md: how the sandbox handles each operation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from loader import Model, Operation, Resource

INTRODUCTION = """<!-- Generated from src/api and src/sandbox by `make generate`; edit the files there. -->
# What the sandbox does

The sandbox implements the {known} known operations{extra}, none of them with a canned response:

- **crud** ({crud}): lists, reads, creates, updates or deletes documents of the named collection. Lists are filtered, sorted
  and paginated.
- **handler** ({handlers}): has custom behavior, in the named function.

Requests are validated first; see `src/api/validate`. An operation that needs a session responds with 503 while the number
is offline.
"""
HEAD = "| operation | request | the sandbox | session |\n|---|---|---|---|\n"
# The registry of custom handlers.
REGISTRY = Path(__file__).resolve().parents[3] / "src/sandbox/handlers/registry.rs"
ENTRY = re.compile(r'HandlerDef \{\s*name: "(\w+)",\s*needs_session: (true|false),\s*run: ([\w:]+)::(\w+),?\s*\}')


def coverage_page(model: Model) -> str:
    operations = [operation for resource in model.resources for operation in resource.operations]
    crud = sum(operation.sandbox.startswith("crud:") for operation in operations)
    assumed = sum(operation.confidence == "assumed" for operation in operations)
    extra = f" and {assumed} that is assumed" if assumed == 1 else f" and {assumed} that are assumed"
    known = len(operations) - assumed
    head = INTRODUCTION.format(known=known, extra=extra if assumed else "", crud=crud, handlers=len(operations) - crud)
    handlers_by_name = handlers()
    return "\n".join([head, *(section(resource, handlers_by_name) for resource in model.resources)])


def handlers() -> dict[str, tuple[str, str, bool]]:
    """Returns module and function of each custom handler, and whether it needs a session."""
    entries = ENTRY.findall(REGISTRY.read_text(encoding="utf-8"))
    return {name: (file, function, needs == "true") for name, needs, file, function in entries}


def section(resource: Resource, handlers_by_name: Mapping[str, tuple[str, str, bool]]) -> str:
    rows = [row(operation, handlers_by_name) for operation in resource.operations]
    return f"## {resource.attribute}\n\n{HEAD}" + "\n".join(rows) + "\n"


def row(operation: Operation, handlers_by_name: Mapping[str, tuple[str, str, bool]]) -> str:
    kind, _, name = operation.sandbox.partition(":")
    file, function, needs = handlers_by_name.get(name, ("mod", name, False)) if kind == "handler" else ("", "", False)
    path = "chats/mod" if file == "chats" else file.replace("::", "/")
    handling = f"handler [`{file}::{function}`](../src/sandbox/handlers/{path}.rs)" if file else f"crud `{name}`"
    session = "needed" if needs else ""
    return f"| `{operation.full_name}` | `{operation.method} {operation.path}` | {handling} | {session} |"
