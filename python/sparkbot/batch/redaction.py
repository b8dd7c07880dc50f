"""Texts without the contacts and values that they name, for reports that are shown around; logs name neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What the checks of a row quote is what stood in its cells.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:]+")
_NUMBER = re.compile(r"(?<![0-9A-Za-z-])\+?\(?\d(?:[\s().-]{0,2}\d){5,}")
#: Cells that are shorter are in many words by chance.
_SHORTEST = 3


def masked(text: str, row: object = None) -> str:
    """The text with `…` for quoted cells, phone numbers, addresses and the values of the row."""
    for cell in _cells(row):
        text = text.replace(cell, "…")
    return _NUMBER.sub("…", _MAIL.sub("…", _QUOTED.sub('"…"', text)))


def _cells(row: object) -> list[str]:
    cells: Mapping[object, object] = row if hasattr(row, "values") else {}  # type: ignore[assignment]  # mappings of any make
    found = {str(cell).strip() for cell in cells.values() if cell is not None}
    # The longest first: one may be a part of another.
    return sorted((cell for cell in found if len(cell) >= _SHORTEST), key=len, reverse=True)
