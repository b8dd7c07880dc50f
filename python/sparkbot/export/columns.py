"""Converts a contact to a row: its own fields under reserved names, and a column for each metadata key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot.resources._contacts import metadata_of
from sparkbot.sync.columns.reserved import EXPORT_COLUMNS, escape_key

if TYPE_CHECKING:
    from sparkbot.types import Contact

Row = dict[str, str | None]


def contact_to_row(contact: Contact) -> Row:
    """The contact as a row; it has no cell for a metadata key that the contact lacks."""
    own: Row = {column: contact.get(field) for column, field in EXPORT_COLUMNS.items()}  # type: ignore[misc]  # known str fields
    return own | {escape_key(key): value for key, value in metadata_of(contact).items()}
