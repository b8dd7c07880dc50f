"""What a contact becomes: its own fields under names of ours, and a column for each metadata key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot.errors import SparkBotError
from sparkbot.resources._contacts import metadata_of
from sparkbot.sync.columns.selection import EXPORTED

if TYPE_CHECKING:
    from sparkbot.types import Contact

Row = dict[str, str | None]


def row_of(contact: Contact) -> Row:
    """The contact as a row; without a cell for a metadata key that it does not have."""
    own: Row = {column: contact.get(field) for column, field in EXPORTED.items()}  # type: ignore[misc]  # known fields, all text
    metadata = metadata_of(contact)
    clash = own.keys() & metadata.keys()
    if clash:
        raise SparkBotError(
            f"a contact has the metadata key {min(clash)!r}, which is the name of a column of the export: rename the key"
        )
    return {**own, **metadata}
