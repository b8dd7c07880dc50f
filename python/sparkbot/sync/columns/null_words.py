"""Words that other programs write for a missing value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

#: Read as empty by default. `NA` is not: it is also a country and a name.
NULL_WORDS = ("NULL", "null", "#N/A", "NaN", "nan", "<NA>", "None", "NaT", "#NULL!")


class NullWords:
    """Replaces null words by None, and counts them."""

    def __init__(self, words: Collection[str] = ()) -> None:
        self._words = frozenset(words)
        self.count = 0

    def clean(self, cell: Any) -> Any:
        """The cell, or None for a null word."""
        if type(cell) is str and cell in self._words:
            self.count += 1
            return None
        return cell

    def clean_all(self, cells: tuple[Any, ...]) -> tuple[Any, ...]:
        """The cells, with None for null words."""
        for cell in cells:
            if type(cell) is str and cell in self._words:
                return tuple(map(self.clean, cells))
        return cells
