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
- **behaviour** ({behaviours}): does more than that, in the function that is named.

Requests are held against the operation's row first; see `src/sandbox/check`. An operation that needs the session answers
503 while its number is not online.
"""
HEAD = "| operation | request | the sandbox | session |\n|---|---|---|---|\n"
# Where the behaviours are listed, beside this generator.
LIST = Path(__file__).resolve().parents[3] / "src/sandbox/behaviour/mod.rs"
LISTED = re.compile(r'Behaviour \{\s*name: "(\w+)",\s*needs_session: (true|false),\s*run: (\w+)::(\w+),?\s*\}')


def coverage_page(table: Table) -> str:
    operations = [operation for resource in table.resources for operation in resource.operations]
    crud = sum(operation.sandbox.startswith("crud:") for operation in operations)
    head = INTRODUCTION.format(routes=len(operations), crud=crud, behaviours=len(operations) - crud)
    listed = behaviours()
    return "\n".join([head, *(section(resource, listed) for resource in table.resources)])


def behaviours() -> dict[str, tuple[str, str, bool]]:
    """File and function of each behaviour, and whether it needs the session."""
    found = LISTED.findall(LIST.read_text(encoding="utf-8"))
    return {name: (file, function, needs == "true") for name, needs, file, function in found}


def section(resource: Resource, listed: Mapping[str, tuple[str, str, bool]]) -> str:
    rows = [row(operation, listed) for operation in resource.operations]
    return f"## {resource.attribute}\n\n{HEAD}" + "\n".join(rows) + "\n"


def row(operation: Operation, listed: Mapping[str, tuple[str, str, bool]]) -> str:
    kind, _, name = operation.sandbox.partition(":")
    file, function, needs = listed.get(name, ("mod", name, False)) if kind == "behaviour" else ("", "", False)
    said = f"behaviour [`{file}::{function}`](../src/sandbox/behaviour/{file}.rs)" if file else f"crud `{name}`"
    session = "needed" if needs else ""
    return f"| `{operation.full_name}` | `{operation.method} {operation.path}` | {said} | {session} |"
