"""docs/sandbox_coverage.md: what the sandbox does for each operation, as the rows say and src/sandbox has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from table import Operation, Resource, Table

INTRODUCTION = """<!-- Generated from src/api and src/sandbox by `make generate`; edit the files there. -->
# What the sandbox does

The sandbox answers {routes} operations, none of them with a canned reply:

- **crud** ({crud}): lists, reads, creates, changes or deletes the documents of the collection that is named. Lists are
  filtered, sorted and cut into pages.
- **handler** ({handlers}): does more than that, in the function that is named.

Requests are held against the operation's row first; see `src/sandbox/validate`. An operation that needs the session answers
503 while its number is not online.
"""
HEAD = "| operation | request | the sandbox | session |\n|---|---|---|---|\n"
# The list of custom handlers.
LIST = Path(__file__).resolve().parents[3] / "src/sandbox/handlers/registry.rs"
LISTED = re.compile(r'HandlerDef \{\s*name: "(\w+)",\s*needs_session: (true|false),\s*run: ([\w:]+)::(\w+),?\s*\}')


def coverage_page(table: Table) -> str:
    operations = [operation for resource in table.resources for operation in resource.operations]
    crud = sum(operation.sandbox.startswith("crud:") for operation in operations)
    head = INTRODUCTION.format(routes=len(operations), crud=crud, handlers=len(operations) - crud)
    listed = handlers()
    return "\n".join([head, *(section(resource, listed) for resource in table.resources)])


def handlers() -> dict[str, tuple[str, str, bool]]:
    """Module and function of each custom handler, and whether it needs a connected session."""
    found = LISTED.findall(LIST.read_text(encoding="utf-8"))
    return {name: (file, function, needs == "true") for name, needs, file, function in found}


def section(resource: Resource, listed: Mapping[str, tuple[str, str, bool]]) -> str:
    rows = [row(operation, listed) for operation in resource.operations]
    return f"## {resource.attribute}\n\n{HEAD}" + "\n".join(rows) + "\n"


def row(operation: Operation, listed: Mapping[str, tuple[str, str, bool]]) -> str:
    kind, _, name = operation.sandbox.partition(":")
    file, function, needs = listed.get(name, ("mod", name, False)) if kind == "handler" else ("", "", False)
    path = "chats/mod" if file == "chats" else file.replace("::", "/")
    said = f"handler [`{file}::{function}`](../src/sandbox/handlers/{path}.rs)" if file else f"crud `{name}`"
    session = "needed" if needs else ""
    return f"| `{operation.full_name}` | `{operation.method} {operation.path}` | {said} | {session} |"
