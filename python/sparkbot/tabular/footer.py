"""Detects lines of text below a table, as reports of Salesforce have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class FooterDetector:
    """Counts the last records with a single cell of text."""

    def __init__(self, width: int) -> None:
        # With two columns, a footer can't be distinguished from a row that was cut off.
        self._is_possible = width > 2
        self._lines = 0

    def add(self, cells: Sequence[Any] | None) -> None:
        """Adds the cells of the next record; None if it is invalid."""
        is_text = self._is_possible and cells is not None and len(cells) == 1 and _is_prose(cells[0])
        self._lines = self._lines + 1 if is_text else 0

    def lines(self, requested: int, total: int, notes: list[str]) -> int:
        """How many of the records to skip; adds a note if there are any."""
        lines = min(requested or self._lines, total)
        if lines:
            how = "as requested" if requested else "with one cell each"
            notes.append(f"lines at the end that are skipped as a footer, {how}: {lines}")
        return lines


def _is_prose(cell: Any) -> bool:
    """Whether a cell has letters, and is not an id of a contact."""
    return isinstance(cell, str) and "@" not in cell and any(map(str.isalpha, cell))
