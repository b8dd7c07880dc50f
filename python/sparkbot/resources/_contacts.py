"""Reads the metadata of a contact."""

from __future__ import annotations

# Type checkers know this name. Importing typing takes a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from sparkbot.options import Options
    from sparkbot.types import Contact

    class Contacts(Protocol):
        """The method that `get_metadata` uses."""

        def get(self, device: str, contact: str, *, options: Options | None = None) -> Contact: ...

    class AsyncContacts(Protocol):
        """As `Contacts`, async."""

        async def get(self, device: str, contact: str, *, options: Options | None = None) -> Contact: ...


class ContactsMetadata:
    """`get_metadata` of the blocking client."""

    __slots__ = ()

    def get_metadata(self: Contacts, device: str, contact: str, *, options: Options | None = None) -> dict[str, str]:
        """Read a contact's metadata as a dict, as `replace_metadata` takes it.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            options: Options of this call, see `sparkbot.Options`.

        Returns:
            Keys and values; empty for a contact without metadata.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.

        Example:
            >>> client.contacts.get_metadata(device, contact).get("tier")
        """
        return metadata_of(self.get(device, contact, options=options))


class AsyncContactsMetadata:
    """`get_metadata` of the async client."""

    __slots__ = ()

    async def get_metadata(self: AsyncContacts, device: str, contact: str, *, options: Options | None = None) -> dict[str, str]:
        """Read a contact's metadata as a dict, as `replace_metadata` takes it. See `Client.contacts.get_metadata`.

        Example:
            >>> (await client.contacts.get_metadata(device, contact)).get("tier")
        """
        return metadata_of(await self.get(device, contact, options=options))


def metadata_of(contact: Contact) -> dict[str, str]:
    """Metadata as a dict. The last pair of a key wins; pairs without a key are ignored."""
    pairs = contact.get("metadata") or []
    return {pair["key"]: pair.get("value", "") for pair in pairs if "key" in pair}
