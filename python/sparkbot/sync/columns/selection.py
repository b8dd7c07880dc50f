"""Selects the column of the contact and the metadata key of each other column."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparkbot.sync.columns import contact_headers
from sparkbot.sync.columns.cell_types import is_empty
from sparkbot.sync.columns.null_words import NullWords
from sparkbot.sync.columns.reserved import CONTACT_COLUMN, ESCAPE_COLUMN, FORMULA_STARTS, is_reserved, unescape_key
from sparkbot.sync.errors import ColumnsError
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_MAX_LISTED = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a run: `keys[i]` is the metadata key of `values[i]`."""

    #: The contact is in the first of these that is not empty.
    contact: tuple[str, ...]
    values: tuple[str, ...]
    keys: tuple[str, ...]
    #: All columns of the input, selected or not.
    known: frozenset[str]
    #: Whether the columns were listed; else a new column in a later row is an error.
    is_explicit: bool
    nulls: NullWords
    #: Whether cells have an apostrophe before what a spreadsheet would compute.
    is_escaped: bool = False
    #: What was decided about the columns, for the report.
    notes: tuple[str, ...] = ()

    def contact_of(self, cells: Mapping[str, Any]) -> Any:
        """The cell that identifies the contact."""
        return first_filled(cells, self.contact, self.nulls)

    def values_of(self, cells: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row, in the order of the keys."""
        values = self.nulls.clean_all(tuple(map(cells.get, self.values)))
        return tuple(map(unescape_formula, values)) if self.is_escaped else values

    def empty(self, default: str) -> list[str]:
        """The policy for empty cells of each key."""
        return [default] * len(self.keys)

    def definition(self) -> dict[str, Any]:
        """How each key is made; a run with another definition is another run."""
        return dict(zip(self.values, self.keys, strict=True))


def first_filled(cells: Mapping[str, Any], columns: Sequence[str], nulls: NullWords) -> Any:
    """The first cell that is not empty."""
    for column in columns:
        cell = nulls.clean(cells.get(column))
        if not is_empty(cell):
            return cell
    return None


def select(
    headers: Sequence[str],
    *,
    id_column: str | Collection[str] | None = None,
    map: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
    device: str | None = None,
    keys: str = "header",
    nulls: NullWords | None = None,
    index_names: Sequence[str] = (),
) -> Columns:
    """Selects the columns of a run.

    Every column except the contact's becomes metadata under its own name, or under a name made of it with `keys` `snake`. `map`
    gives a column another key, `only` restricts them to these columns and those of `map`, `exclude` leaves columns out, `device`
    names the WhatsApp number of each row. Columns that a report or an export has added are not metadata.
    """
    renamed = dict(map or {})
    ids = (id_column,) if isinstance(id_column, str) else tuple(id_column or ())
    requested = {*ids, *renamed}
    is_escaped = ESCAPE_COLUMN in headers
    known, headers = frozenset(headers), [header for header in headers if not _is_ignored(header) or header in requested]
    _check_known(
        headers,
        [
            ("id_column", ids),
            ("device_column", [device] if device is not None else []),
            ("map", renamed),
            ("only", only),
            ("exclude", exclude),
        ],
        index_names,
    )
    notes: list[str] = []
    contact = ids or (detect_contact_column(headers, index_names, notes),)
    _check_conflicts(contact, renamed, exclude or ())
    if device is not None and (device in contact or device in renamed):
        raise InputError(f"device_column: {device!r} names the WhatsApp number and can't also be the contact or metadata")
    values = tuple(
        header
        for header in headers
        if header not in contact and header != device and _is_selected(header, renamed, only, exclude or ())
    )
    if not values:
        raise InputError(f"no column is left to write: {format_list(contact)} holds the contact, and no other column is selected")
    if keys == "snake":
        made = {column: key for column, key in _snake_keys(values, renamed).items() if key != column}
        if made:
            notes.append("keys: " + ", ".join(f"{column!r} is {key}" for column, key in made.items()))
        renamed = made | renamed
    elif CONTACT_COLUMN in known:
        renamed = {column: unescape_key(column) for column in values} | renamed
    names = tuple(renamed.get(column, column) for column in values)
    _check_keys(values, names)
    return Columns(contact, values, names, known, only is not None, nulls or NullWords(), is_escaped, tuple(notes))


def _snake_keys(columns: Iterable[str], renamed: Mapping[str, str]) -> dict[str, str]:
    """A valid and unique key for each column that `renamed` lacks: `First Name` becomes `first_name`."""
    from sparkbot._sparkbot import check_keys

    # An empty key is invalid, and so gets a suggestion.
    problems = check_keys([(name, renamed.get(name, "")) for name in columns])
    return {problem.column: problem.suggestion for problem in problems}


def unescape_formula(cell: Any) -> Any:
    """The cell without the apostrophe of an export for spreadsheets."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _is_ignored(header: str) -> bool:
    return is_reserved(header) and header != CONTACT_COLUMN


def _is_selected(header: str, renamed: Mapping[str, str], only: Collection[str] | None, exclude: Collection[str]) -> bool:
    return header not in exclude and (only is None or header in only or header in renamed)


def _check_known(headers: Sequence[str], choices: Iterable[tuple[str, Iterable[str] | None]], index_names: Sequence[str]) -> None:
    for option, names in choices:
        for name in names or ():
            if name in index_names:
                raise InputError(f"{option}: {name!r} is the index of the frame, not a column: give frame.reset_index()")
            if name not in headers:
                raise InputError(
                    f"{option}: there is no column {name!r}{suggest(name, headers)}; the columns are {format_list(headers)}"
                )


def check_country_column(headers: Sequence[str], column: str | None, index_names: Sequence[str]) -> None:
    """Raises if the input has no such column."""
    _check_known(headers, [("country_column", [column] if column is not None else [])], index_names)


def suggest(name: str, headers: Sequence[str]) -> str:
    """Similar names, for error messages."""
    folded = {header.casefold(): header for header in headers}
    matches = difflib.get_close_matches(str(name).casefold(), folded, n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(repr(folded[match]) for match in matches)}?)" if matches else ""


def format_list(headers: Sequence[str]) -> str:
    """The names, for error messages."""
    text = ", ".join(repr(header) for header in headers[:_MAX_LISTED])
    return f"{text} and {len(headers) - _MAX_LISTED} more" if len(headers) > _MAX_LISTED else text


def detect_contact_column(headers: Sequence[str], index_names: Sequence[str] = (), notes: list[str] | None = None) -> str:
    """The column that identifies the contact, detected by its name; adds a note if others could."""
    ranked = sorted((rank, header) for header in headers if (rank := contact_headers.rank(header)) is not None)
    if ranked:
        best = [header for rank, header in ranked if rank == ranked[0][0]]
        if len(best) > 1:
            raise InputError(
                f"{' and '.join(map(repr, best))} may each identify the contact: choose one with id_column (--id-column), or "
                "give several: the first that is not empty is used"
            )
        others = [header for _, header in ranked[1:]]
        # An export names its contacts itself.
        if others and ranked[0][0] > 0 and notes is not None:
            notes.append(f"the contact is in {best[0]!r}; {', '.join(map(repr, others))} is written as metadata")
        return best[0]
    if index_names and any(contact_headers.rank(name) is not None for name in index_names):
        raise InputError(f"{format_list(index_names)} is the index of the frame, not a column: give frame.reset_index()")
    if len(headers) == 1:
        raise InputError(
            f"the only column is {headers[0]!r}, which is not the name of a phone column: if the input is CSV, give its "
            "--delimiter; if that column identifies the contact, the input has nothing to write"
        )
    raise InputError(
        "no column is named wid, whatsapp, phone, mobile or similar: choose the one that identifies the contact with id_column "
        f"(--id-column); the columns are {format_list(headers)}"
    )


def reject_float32(float32_columns: Collection[str], contact: Sequence[str], device: str | None) -> None:
    """Raises if the contact or device column has lost digits before it was read; its numbers would still look valid."""
    for column in (*contact, device):
        if column in float32_columns:
            raise InputError(
                f"the column {column!r} is of 32-bit floats, which hold 7 digits: its numbers have changed. Read it as text, or "
                "as integers, where the table is made"
            )


def _check_conflicts(contact: Sequence[str], renamed: Mapping[str, str], exclude: Collection[str]) -> None:
    for column in contact:
        if column in renamed:
            raise InputError(f"map: {column!r} identifies the contact and can't also be metadata")
        if column in exclude:
            raise InputError(f"exclude: {column!r} identifies the contact; choose another column with id_column (--id-column)")
    for column in renamed:
        if column in exclude:
            raise InputError(f"{column!r} is in both map and exclude: remove it from one")


def _check_keys(values: Sequence[str], keys: Sequence[str]) -> None:
    from sparkbot._sparkbot import check_keys

    problems = check_keys(list(zip(values, keys, strict=True)))
    if not problems:
        return
    suggested = {problem.column: problem.suggestion for problem in problems}
    details = "".join(f"\n  {problem.column!r}: {problem.message}" for problem in problems)
    fix = ", ".join(f"{column!r}: {key!r}" for column, key in suggested.items())
    raise ColumnsError(
        f"these columns can't be metadata under their own names:{details}\nGive them keys: keys='snake' makes them, or "
        f"map={{{fix}}}",
        suggested,
    )
