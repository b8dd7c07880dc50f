"""The results of the stress tests: each promise, how often it was tested and how often it was broken.

    python -m tests.stress.promises

Each script saves its rows in build/promises with `save`; this module prints all of them. Run at the end of `make test-long`.
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
    """A promise, the number of tests, and the number of failures."""

    promise: str
    tries: int
    failures: int


def save(command: str, rows: Iterable[Row]) -> int:
    """Prints and saves the rows of a command, replacing its earlier rows. Returns the exit code: 1 if a promise was broken."""
    rows = list(rows)
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in command)
    (FOLDER / f"{name}.json").write_text(json.dumps({"command": command, "rows": rows}, indent=2), encoding="utf-8")
    print(table([(command, rows)]))
    return 1 if any(row.failures for row in rows) else 0


def load_all() -> list[tuple[str, list[Row]]]:
    """The saved rows of all scripts, by command."""
    results = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return [(result["command"], [Row(*row) for row in result["rows"]]) for result in results]


def table(results: list[tuple[str, list[Row]]]) -> str:
    """The table in the format of docs/reliability.md."""
    lines = ["| promise | tries | failures | shown by |", "|---|---:|---:|---|"]
    for command, rows in results:
        lines += [f"| {row.promise} | {row.tries:,} | {row.failures:,} | `{command}` |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(load_all()))
    sys.exit(any(row.failures for _, rows in load_all() for row in rows))
