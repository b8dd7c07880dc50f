"""The one table of all long scripts: a promise, how often it was tried, how often it was broken, and what tried it.

    python -m tests.stress.promises

Each script keeps its rows in build/promises with `keep`; this prints what is there. Run at the end of `make test-long`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parents[2] / "build" / "promises"


class Row(NamedTuple):
    """A promise, how often it was put to the test, and how often it was broken."""

    promise: str
    tries: int
    failures: int


def keep(command: str, rows: Iterable[Row]) -> int:
    """Prints the rows and keeps them for the one table, in place of those that the command left before. Tells how the script
    should end: with 1 if a promise was broken."""
    rows = list(rows)
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in command)
    (FOLDER / f"{name}.json").write_text(json.dumps({"command": command, "rows": rows}, indent=2), encoding="utf-8")
    print(table([(command, rows)]))
    return 1 if any(row.failures for row in rows) else 0


def kept() -> list[tuple[str, list[Row]]]:
    """What the scripts have left, by command."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return [(one["command"], [Row(*row) for row in one["rows"]]) for one in found]


def table(found: list[tuple[str, list[Row]]]) -> str:
    """As docs/reliability.md has it."""
    lines = ["| promise | tries | failures | shown by |", "|---|---:|---:|---|"]
    for command, rows in found:
        lines += [f"| {row.promise} | {row.tries:,} | {row.failures:,} | `{command}` |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(kept()))
    sys.exit(any(row.failures for _, rows in kept() for row in rows))
