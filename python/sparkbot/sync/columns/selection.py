"""Selects the column of the contact and the metadata key of each other column."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparkbot.sync.columns.reserved import EXPORT_COLUMNS, REPORT_COLUMNS
from sparkbot.sync.errors import ColumnsError
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

#: Headers of contact columns, best first; case, spaces, dashes and underscores are ignored.
_CONTACT_HEADERS = (
    # In an export, a column such as `phone` is metadata.
    ("sparkbotwid",),
    ("wid", "whatsappid", "whatsappwid", "contactwid"),
    ("whatsapp", "whatsappnumber", "whatsappphone"),
    (
        "phone",
        "phonenumber",
        "mobile",
        "mobilenumber",
        "mobilephone",
        "cell",
        "cellphone",
        "telephone",
        "telephonenumber",
        "tel",
        "msisdn",
    ),
)
_MAX_LISTED = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a run: `keys[i]` is the metadata key of `values[i]`."""

    contact: str
    values: tuple[str, ...]
    keys: tuple[str, ...]
    #: All columns of the input, selected or not.
    known: frozenset[str]
    #: Whether the columns were listed; else a new column in a later row is an error.
    is_explicit: bool

    def values_of(self, cells: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row, in the order of the keys."""
        return tuple(map(cells.get, self.values))

    def empty(self, default: str) -> list[str]:
        """The policy for empty cells of each key."""
        return [default] * len(self.keys)

    def definition(self) -> dict[str, Any]:
        """How each key is made; a run with another definition is another run."""
        return dict(zip(self.values, self.keys, strict=True))


def select(
    headers: Sequence[str],
    *,
    id_column: str | None = None,
    map: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
    device: str | None = None,
) -> Columns:
    """Selects the columns of a run.

    Every column except the contact's becomes metadata under its own name. `map` gives a column another key, `only` restricts
    them to these columns and those of `map`, `exclude` leaves columns out, `device` names the WhatsApp number of each row.
    Columns that a report or an export has added are not metadata.
    """
    renamed = dict(map or {})
    requested = {id_column, *renamed}
    known, headers = frozenset(headers), [header for header in headers if not _is_reserved(header) or header in requested]
    _check_known(
        headers,
        [
            ("id_column", [id_column] if id_column is not None else []),
            ("device_column", [device] if device is not None else []),
            ("map", renamed),
            ("only", only),
            ("exclude", exclude),
        ],
    )
    contact = detect_contact_column(headers) if id_column is None else id_column
    _check_conflicts(contact, renamed, exclude or ())
    if device is not None and (device == contact or device in renamed):
        raise InputError(f"device_column: {device!r} names the WhatsApp number and can't also be the contact or metadata")
    values = tuple(
        header for header in headers if header not in (contact, device) and _is_selected(header, renamed, only, exclude or ())
    )
    if not values:
        raise InputError(f"no column is left to write: {format_list(headers)} holds the contact, and no other column is selected")
    keys = tuple(renamed.get(column, column) for column in values)
    _check_keys(values, keys)
    return Columns(contact, values, keys, known, only is not None)


def _is_reserved(header: str) -> bool:
    # `sparkbot_wid` identifies the contact.
    return header in REPORT_COLUMNS or (header in EXPORT_COLUMNS and header != "sparkbot_wid")


def _is_selected(header: str, renamed: Mapping[str, str], only: Collection[str] | None, exclude: Collection[str]) -> bool:
    return header not in exclude and (only is None or header in only or header in renamed)


def _check_known(headers: Sequence[str], choices: Iterable[tuple[str, Iterable[str] | None]]) -> None:
    for option, names in choices:
        if isinstance(names, str):
            raise InputError(f"{option} is a string: give a list of column names")
        for name in names or ():
            if name not in headers:
                raise InputError(
                    f"{option}: there is no column {name!r}{suggest(name, headers)}; the columns are {format_list(headers)}"
                )


def suggest(name: str, headers: Sequence[str]) -> str:
    """Similar names, for error messages."""
    folded = {header.casefold(): header for header in headers}
    matches = difflib.get_close_matches(str(name).casefold(), folded, n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(repr(folded[match]) for match in matches)}?)" if matches else ""


def format_list(headers: Sequence[str]) -> str:
    """The names, for error messages."""
    text = ", ".join(repr(header) for header in headers[:_MAX_LISTED])
    return f"{text} and {len(headers) - _MAX_LISTED} more" if len(headers) > _MAX_LISTED else text


def _normalize_header(header: str) -> str:
    return "".join(character for character in header.casefold() if character.isalnum())


def detect_contact_column(headers: Sequence[str]) -> str:
    """The column that identifies the contact, detected by its name."""
    for names in _CONTACT_HEADERS:
        matches = [header for header in headers if _normalize_header(header) in names]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise InputError(
                f"{' and '.join(map(repr, matches))} may each identify the contact: choose one with id_column (--id-column)"
            )
    if len(headers) == 1:
        raise InputError(
            f"the only column is {headers[0]!r}, which is not the name of a phone column: if the input is CSV, give its "
            "--delimiter; if that column identifies the contact, the input has nothing to write"
        )
    raise InputError(
        "no column is named wid, whatsapp, phone, mobile or similar: choose the one that identifies the contact with id_column "
        f"(--id-column); the columns are {format_list(headers)}"
    )


def reject_float32(float32_columns: Collection[str], contact: str, device: str | None) -> None:
    """Raises if the contact or device column has lost digits before it was read; its numbers would still look valid."""
    for column in (contact, device):
        if column in float32_columns:
            raise InputError(
                f"the column {column!r} is of 32-bit floats, which hold 7 digits: its numbers have changed. Read it as text, or "
                "as integers, where the table is made"
            )


def _check_conflicts(contact: str, renamed: Mapping[str, str], exclude: Collection[str]) -> None:
    if contact in renamed:
        raise InputError(f"map: {contact!r} identifies the contact and can't also be metadata")
    if contact in exclude:
        raise InputError(f"exclude: {contact!r} identifies the contact; choose another column with id_column (--id-column)")
    for column in renamed:
        if column in exclude:
            raise InputError(f"{column!r} is in both map and exclude: remove it from one")


def _check_keys(values: Sequence[str], keys: Sequence[str]) -> None:
    from sparkbot._sparkbot import check_keys

    problems = check_keys(list(zip(values, keys, strict=True)))
    if not problems:
        return
    suggested = {column: suggestion for column, _, _, suggestion in problems}
    details = "".join(f"\n  {column!r}: {message}" for column, _, message, _ in problems)
    fix = ", ".join(f"{column!r}: {key!r}" for column, key in suggested.items())
    raise ColumnsError(
        f"these columns can't be metadata under their own names:{details}\nGive them keys: map={{{fix}}}", suggested
    )
