"""Rows that were not written, in a file to mend and feed back: the input's own columns, and why."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparkbot.batch.outcome import to_cell_text, to_json_value
from sparkbot.sync.report.writers import ADDED, added, check_path, open_text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from sparkbot.batch.outcome import Outcome


class DeadLetters:
    """Takes the outcomes of a run and keeps the failed and unknown ones; CSV or JSON lines by the ending of the path."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._columns = [column for column in columns if column not in ADDED]
        self._file = open_text(path)
        self._csv = csv.writer(self._file) if path.suffix.lower() == ".csv" else None
        if self._csv:
            self._csv.writerow([*self._columns, *ADDED])

    def write(self, outcome: Outcome) -> None:
        if outcome.status not in ("failed", "unknown"):
            return
        cells: Any = outcome.input if hasattr(outcome.input, "get") else {}
        if self._csv:
            self._csv.writerow([*(to_cell_text(cells.get(column)) for column in self._columns), *added(outcome)])
            return
        own = {str(name): to_json_value(value) for name, value in cells.items() if name not in ADDED}
        self._file.write(json.dumps({**own, **dict(zip(ADDED, added(outcome), strict=True))}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._file.close()


def write_dead_letters(path: str | os.PathLike[str], failures: Iterable[Outcome]) -> None:
    """Writes the failures that somebody has kept."""
    kept = list(failures)
    columns = dict.fromkeys(str(column) for outcome in kept for column in outcome.input)
    letters = DeadLetters(check_path(path, what="dead letters"), list(columns))
    try:
        for outcome in kept:
            letters.write(outcome)
    finally:
        letters.close()
