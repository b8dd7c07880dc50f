"""Reading a contact's metadata."""

from __future__ import annotations

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from sparkbot.options import Options
    from sparkbot.types import Contact

    class Contacts(Protocol):
        """What reading metadata needs of the resource that it is a part of."""

        def get(self, device: str, contact: str, *, options: Options | None = None) -> Contact: ...

    class AsyncContacts(Protocol):
        """As `Contacts`, awaited."""

        async def get(self, device: str, contact: str, *, options: Options | None = None) -> Contact: ...


class ContactsMetadata:
    """`get_metadata` for the blocking client."""

    __slots__ = ()

    def get_metadata(self: Contacts, device: str, contact: str, *, options: Options | None = None) -> dict[str, str]:
        """Read a contact's metadata as a dict, as `replace_metadata` takes it.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            Keys and values; empty for a contact without metadata.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the contact.

        Example:
            >>> client.contacts.get_metadata(device, contact).get("tier")
        """
        return metadata_of(self.get(device, contact, options=options))


class AsyncContactsMetadata:
    """`get_metadata` for the awaited client."""

    __slots__ = ()

    async def get_metadata(self: AsyncContacts, device: str, contact: str, *, options: Options | None = None) -> dict[str, str]:
        """Read a contact's metadata as a dict, as `replace_metadata` takes it.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            Keys and values; empty for a contact without metadata.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the contact.

        Example:
            >>> (await client.contacts.get_metadata(device, contact)).get("tier")
        """
        return metadata_of(await self.get(device, contact, options=options))


def metadata_of(contact: Contact) -> dict[str, str]:
    """A contact's list of pairs as a dict; a later pair of the same key wins, a pair without a key is no pair."""
    pairs = contact.get("metadata") or []
    return {pair["key"]: pair.get("value", "") for pair in pairs if "key" in pair}
