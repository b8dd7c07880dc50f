"""Which column names the contact, and which metadata key each other column becomes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparkbot.sync.errors import ColumnsError, InputError
from sparkbot.sync.report.writers import ADDED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

#: The columns of a contact's own fields in an export. The prefix keeps them apart from metadata keys such as `phone` and `name`,
#: so that a sync of an export writes nothing.
EXPORTED = {"sparkbot_wid": "wid", "sparkbot_phone": "phone", "sparkbot_name": "name"}
_EXPORTED_CONTACT = "sparkbot_wid"

#: Names that say a column names the contact, best first. Case, spaces, dashes and underscores do not count.
ID_NAMES = (
    # That of an export: a key such as `phone` beside it is metadata.
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


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a run: `keys[i]` is the metadata key of `values[i]`."""

    contact: str
    values: tuple[str, ...]
    keys: tuple[str, ...]
    #: Every column of the input that is known, chosen or not.
    known: frozenset[str]
    #: Whether a column that appears later in the input may be left out.
    chosen: bool

    def values_of(self, cells: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row, in the order of the keys."""
        return tuple(map(cells.get, self.values))

    def empty(self, chosen: str) -> list[str]:
        """What empty cells mean, for each key."""
        return [chosen] * len(self.keys)

    def identity(self) -> dict[str, Any]:
        """What the metadata is made of: a run with another answer is another run."""
        return dict(zip(self.values, self.keys, strict=True))


def choose(
    headers: Sequence[str],
    *,
    id_column: str | None = None,
    map: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
    device: str | None = None,
) -> Columns:
    """The columns of a run.

    Every column but the contact's becomes metadata under its own name. `map` gives a column another key, `only` takes no other
    columns than these and those of `map`, `exclude` leaves columns out, `device` names the WhatsApp number of each row. What a
    report or an export has added to the columns is nobody's metadata.
    """
    renamed = dict(map or {})
    known, headers = frozenset(headers), [header for header in headers if not _is_ours(header) or header in {id_column, *renamed}]
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
    contact = contact_column(headers) if id_column is None else id_column
    _check_agreement(contact, renamed, exclude or ())
    if device is not None and (device == contact or device in renamed):
        raise InputError(f"device_column: {device!r} names the WhatsApp number and can't be the contact or metadata as well")
    values = tuple(
        header for header in headers if header not in (contact, device) and _is_taken(header, renamed, only, exclude or ())
    )
    if not values:
        raise InputError(f"no column is left to write: {listed(headers)} holds the contact, and no other column is chosen")
    keys = tuple(renamed.get(column, column) for column in values)
    _check_keys(values, keys)
    return Columns(contact, values, keys, known, only is not None)


def _is_ours(header: str) -> bool:
    return header in ADDED or (header in EXPORTED and header != _EXPORTED_CONTACT)


def _is_taken(header: str, renamed: Mapping[str, str], only: Collection[str] | None, exclude: Collection[str]) -> bool:
    return header not in exclude and (only is None or header in only or header in renamed)


def _check_known(headers: Sequence[str], choices: Iterable[tuple[str, Iterable[str] | None]]) -> None:
    for option, names in choices:
        if isinstance(names, str):
            raise InputError(f"{option} is a text: give a list of column names")
        for name in names or ():
            if name not in headers:
                raise InputError(f"{option}: there is no column {name!r}{near(name, headers)}; the columns are {listed(headers)}")


def near(name: str, headers: Sequence[str]) -> str:
    """The names that may have been meant, for messages."""
    folded = {header.casefold(): header for header in headers}
    close = difflib.get_close_matches(str(name).casefold(), folded, n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(repr(folded[match]) for match in close)}?)" if close else ""


def listed(headers: Sequence[str]) -> str:
    """The names, for messages."""
    shown = ", ".join(repr(header) for header in headers[:40])
    return f"{shown} and {len(headers) - 40} more" if len(headers) > 40 else shown


def _folded(header: str) -> str:
    return "".join(letter for letter in header.casefold() if letter.isalnum())


def contact_column(headers: Sequence[str]) -> str:
    """The column that names the contact, found by its name."""
    for names in ID_NAMES:
        found = [header for header in headers if _folded(header) in names]
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(
                f"{' and '.join(map(repr, found))} may each name the contact: choose one with id_column (--id-column)"
            )
    if len(headers) == 1:
        raise InputError(
            f"the only column is {headers[0]!r}, which is no name of a phone column: if the input is CSV, give its --delimiter; "
            "if that column names the contact, the input has nothing to write"
        )
    raise InputError(
        f"no column is called wid, whatsapp, phone, mobile or the like: choose the one that names the contact with id_column "
        f"(--id-column); the columns are {listed(headers)}"
    )


def refuse_coarse(coarse: Collection[str], contact: str, device: str | None) -> None:
    """Stops the run where numbers have lost digits before they came here, and look whole all the same."""
    for column in (contact, device):
        if column in coarse:
            raise InputError(
                f"the column {column!r} is of 32-bit floats, which hold 7 digits: its numbers have become others. Read it as "
                "text, or as integers, where the table is made"
            )


def _check_agreement(contact: str, renamed: Mapping[str, str], exclude: Collection[str]) -> None:
    if contact in renamed:
        raise InputError(f"map: {contact!r} names the contact and can't be metadata as well")
    if contact in exclude:
        raise InputError(f"exclude: {contact!r} names the contact; choose another column with id_column (--id-column)")
    for column in renamed:
        if column in exclude:
            raise InputError(f"{column!r} is in both map and exclude: take it out of one")


def _check_keys(values: Sequence[str], keys: Sequence[str]) -> None:
    from sparkbot._sparkbot import check_keys

    problems = check_keys(list(zip(values, keys, strict=True)))
    if not problems:
        return
    suggested = {column: suggestion for column, _, _, suggestion in problems}
    said = "".join(f"\n  {column!r}: {message}" for column, _, message, _ in problems)
    mended = ", ".join(f"{column!r}: {key!r}" for column, key in suggested.items())
    raise ColumnsError(
        f"these columns can't be metadata under their own names:{said}\nGive them keys: map={{{mended}}}", suggested
    )
