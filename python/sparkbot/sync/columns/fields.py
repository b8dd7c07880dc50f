"""Metadata keys of a mapping, and how each is made from the cells of a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparkbot.sync.columns.cell_types import CellParseError, format_cell, is_empty
from sparkbot.sync.columns.selection import first_filled
from sparkbot.sync.errors import InvalidRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparkbot.sync.columns.cell_types import Parser
    from sparkbot.sync.columns.null_words import NullWords


@dataclass(frozen=True, slots=True)
class Field:
    """A metadata key: the cells of a column parsed as a type, or a constant."""

    key: str
    #: None for a constant.
    column: str | None
    type: str
    parse: Parser
    #: The value of empty cells, or of all rows for a constant; None for no value.
    default: Any
    #: Policy for empty cells: `skip`, `clear` or `fail`; None for the policy of the run.
    empty: str | None
    #: The settings of the key, as JSON; a run with other settings is another run.
    definition: dict[str, Any]

    def value(self, cells: Mapping[str, Any], nulls: NullWords) -> Any:
        """The value of a row, or None. Raises `InvalidRow` if the cell is not of the type."""
        cell = None if self.column is None else nulls.clean(cells.get(self.column))
        if is_empty(cell):
            return self.default
        try:
            return self.parse(cell)
        except CellParseError as error:
            raise InvalidRow(
                f"{self.key}: the column {self.column!r} holds {format_cell(cell)}, which is {error}",
                self.key,
                f"no {self.type}",
            ) from None


@dataclass(frozen=True, slots=True)
class MappedColumns:
    """The columns that a mapping selects; the counterpart of `selection.Columns`."""

    contact: tuple[str, ...]
    fields: tuple[Field, ...]
    known: frozenset[str]
    nulls: NullWords
    #: A mapping lists its columns; others in later rows are ignored.
    is_explicit: bool = True
    notes: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The metadata keys."""
        return tuple(field.key for field in self.fields)

    def contact_of(self, cells: Mapping[str, Any]) -> Any:
        """The cell that identifies the contact."""
        return first_filled(cells, self.contact, self.nulls)

    def values_of(self, cells: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row, in the order of the keys."""
        return tuple([field.value(cells, self.nulls) for field in self.fields])

    def empty(self, default: str) -> list[str]:
        """The policy for empty cells of each key."""
        return [field.empty or default for field in self.fields]

    def definition(self) -> dict[str, Any]:
        """How each key is made; a run with another definition is another run."""
        return {field.key: field.definition for field in self.fields}
