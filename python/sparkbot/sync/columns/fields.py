"""Metadata keys and what they are made of, for the rows of one input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparkbot.sync.columns.cell_types import Unfit, is_empty, shown
from sparkbot.sync.errors import InvalidRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparkbot.sync.columns.cell_types import Reader


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata key: a column's cells read as a type, or the same value for all rows."""

    key: str
    #: None for a constant.
    column: str | None
    type: str
    read: Reader
    #: What empty cells are, or all rows of a constant; None for nothing.
    default: Any
    #: What an empty cell means: `skip`, `clear` or `fail`; None for what the run has chosen.
    empty: str | None
    #: What the mapping says of the key, as JSON: a run with another one is another run.
    said: dict[str, Any]

    def value(self, cells: Mapping[str, Any]) -> Any:
        """The value of a row, None for nothing; an `InvalidRow` where its cell is none of the type."""
        cell = None if self.column is None else cells.get(self.column)
        if is_empty(cell):
            return self.default
        try:
            return self.read(cell)
        except Unfit as wanted:
            raise InvalidRow(
                f"{self.key}: the column {self.column!r} holds {shown(cell)}, which is {wanted}", self.key, f"no {self.type}"
            ) from None


@dataclass(frozen=True, slots=True)
class MappedColumns:
    """The columns of a run that a mapping has chosen; what `columns.Columns` is for one without."""

    contact: str
    fields: tuple[Field, ...]
    known: frozenset[str]
    #: A mapping takes what it names: columns that come up later are none of its business.
    chosen: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The metadata keys."""
        return tuple(field.key for field in self.fields)

    def values_of(self, cells: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row, in the order of the keys."""
        return tuple([field.value(cells) for field in self.fields])

    def empty(self, chosen: str) -> list[str]:
        """What empty cells mean, for each key; `chosen` for those that do not say."""
        return [field.empty or chosen for field in self.fields]

    def identity(self) -> dict[str, Any]:
        """What the metadata is made of: a run with another answer is another run."""
        return {field.key: field.said for field in self.fields}
