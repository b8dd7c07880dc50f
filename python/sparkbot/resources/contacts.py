# Generated from src/api/operations/contacts.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource
from sparkbot.resources._contacts import AsyncContactsMetadata, ContactsMetadata

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import Contact, ContactField, ContactKind, ContactKindFilter, ContactSort, MetadataValue, NewContact


class Contacts(ContactsMetadata, Resource):
    """People and businesses that a number knows, and their metadata."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        search: str | None = None,
        type: Sequence[ContactKindFilter] | None = None,
        has: Sequence[Literal["email", "chat"]] | None = None,
        has_chat: bool | None = None,
        country: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[Literal["chat"]] | None = None,
        metadata_key: Sequence[str] | None = None,
        metadata_value: Sequence[str] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        updated_after: datetime | str | None = None,
        updated_before: datetime | str | None = None,
        last_message_after: datetime | str | None = None,
        last_message_before: datetime | str | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: ContactSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[Contact]:
        """List the contacts of a number, one page at a time.

        Only the contacts that match all given filters. `contacts.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for in the name, number or email.
            type: Only contacts of these kinds. Allowed: `personal`, `business`, `user`, `group`, `channel`,
                `private`.
            has: Only contacts that have these. Allowed: `email`, `chat`.
            has_chat: Only contacts with (`True`) or without (`False`) a chat; older name of `has=["chat"]`.
            country: Only contacts of these countries (ISO 3166 alpha-2 codes).
            labels: Only contacts with these labels (names); `*` for any label.
            labels_exclude: Only contacts without these labels (names); `*` for any label.
            include: Additional data to include in each contact. Allowed: `chat`.
            metadata_key: Only contacts that have these metadata keys.
            metadata_value: Only contacts that have these metadata values.
            after: Only contacts created after this time.
            before: Only contacts created before this time.
            updated_after: Only contacts changed after this time.
            updated_before: Only contacts changed before this time.
            last_message_after: Only contacts whose last message came after this time.
            last_message_before: Only contacts whose last message came before this time.
            size: Contacts per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the contacts. Allowed: `name:asc`, `name:desc`, `createdAt:desc`, `createdAt:asc`,
                `updatedAt:desc`, `updatedAt:asc`. Default of the service: `name:asc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.list(device, search="Ada", size=100)

        `GET /chat/{device}/contacts` · idempotent · observed in 4 public codebases.
        Title: `Chat Contacts:Get Contacts`.
        """
        return self._call(
            "contacts.list",
            (
                device,
                search,
                type,
                has,
                has_chat,
                country,
                labels,
                labels_exclude,
                include,
                metadata_key,
                metadata_value,
                after,
                before,
                updated_after,
                updated_before,
                last_message_after,
                last_message_before,
                size,
                page,
                sort,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        search: str | None = None,
        type: Sequence[ContactKindFilter] | None = None,
        has: Sequence[Literal["email", "chat"]] | None = None,
        has_chat: bool | None = None,
        country: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[Literal["chat"]] | None = None,
        metadata_key: Sequence[str] | None = None,
        metadata_value: Sequence[str] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        updated_after: datetime | str | None = None,
        updated_before: datetime | str | None = None,
        last_message_after: datetime | str | None = None,
        last_message_before: datetime | str | None = None,
        size: int | None = None,
        sort: ContactSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Contact]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for in the name, number or email.
            type: Only contacts of these kinds. Allowed: `personal`, `business`, `user`, `group`, `channel`,
                `private`.
            has: Only contacts that have these. Allowed: `email`, `chat`.
            has_chat: Only contacts with (`True`) or without (`False`) a chat; older name of `has=["chat"]`.
            country: Only contacts of these countries (ISO 3166 alpha-2 codes).
            labels: Only contacts with these labels (names); `*` for any label.
            labels_exclude: Only contacts without these labels (names); `*` for any label.
            include: Additional data to include in each contact. Allowed: `chat`.
            metadata_key: Only contacts that have these metadata keys.
            metadata_value: Only contacts that have these metadata values.
            after: Only contacts created after this time.
            before: Only contacts created before this time.
            updated_after: Only contacts changed after this time.
            updated_before: Only contacts changed before this time.
            last_message_after: Only contacts whose last message came after this time.
            last_message_before: Only contacts whose last message came before this time.
            size: Contacts per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            sort: Order of the contacts. Allowed: `name:asc`, `name:desc`, `createdAt:desc`, `createdAt:asc`,
                `updatedAt:desc`, `updatedAt:asc`. Default of the service: `name:asc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Contact` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.contacts.iter(device, search="Ada", size=100): ...

        `GET /chat/{device}/contacts` · idempotent · observed in 4 public codebases.
        Title: `Chat Contacts:Get Contacts`.
        """
        return self._iterate(
            "contacts.list",
            (
                device,
                search,
                type,
                has,
                has_chat,
                country,
                labels,
                labels_exclude,
                include,
                metadata_key,
                metadata_value,
                after,
                before,
                updated_after,
                updated_before,
                last_message_after,
                last_message_before,
                size,
                None,
                sort,
            ),
            options,
            max_pages,
        )

    def get(
        self,
        device: str,
        contact: str,
        *,
        include: Sequence[Literal["chat"]] | None = None,
        options: Options | None = None,
    ) -> Contact:
        """Read one contact, its metadata included.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            include: Additional data to include in the contact. Allowed: `chat`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.get(device, contact)["name"]

        `GET /chat/{device}/contacts/{contact}` · idempotent · documented.
        Title: `Chat Contacts:Get Contact Details`.
        """
        return self._call("contacts.get", (device, contact, include), options)

    def create(
        self,
        device: str,
        *,
        phone: str,
        kind: ContactKind | None = None,
        notifications: Literal["on", "mute", "ignore"] | None = None,
        sync: bool | None = None,
        assign: str | None = None,
        upsert: bool | None = None,
        name: str | None = None,
        surname: str | None = None,
        title: str | None = None,
        gender: Literal["male", "female", "other"] | None = None,
        alt_phone: str | None = None,
        email: str | None = None,
        description: str | None = None,
        languages: Sequence[str] | None = None,
        company_name: str | None = None,
        company_code: str | None = None,
        company_tax_id: str | None = None,
        company_role: str | None = None,
        company_website: str | None = None,
        company_email: str | None = None,
        company_phone: str | None = None,
        company_country: str | None = None,
        currency: str | None = None,
        address: str | None = None,
        city: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        notes: str | None = None,
        birthday: datetime | str | None = None,
        timezone: str | None = None,
        crm: str | None = None,
        crm_ref: str | None = None,
        metadata: Mapping[str, MetadataValue] | None = None,
        options: Options | None = None,
    ) -> Contact:
        """Create a contact from a phone number.

        Without `upsert`, an existing contact is a `ConflictError`. Not idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phone: The contact's phone number, E.164 with `+`. Such as `+447362053576`.
            kind: A person or a business. Allowed: `personal`, `business`. Default of the service: `personal`.
            notifications: Whether messages from the contact trigger notifications. Allowed: `on`, `mute`,
                `ignore`. Default of the service: `on`.
            sync: Create the contact on every number of the account. Default of the service: `False`.
            assign: Id of the agent (user) to assign the chat to. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            upsert: Update the contact if it exists. Default of the service: `False`.
            name: First name. Up to 30 characters.
            surname: Family name. Up to 50 characters.
            title: Form of address, such as `Dr`. Up to 15 characters.
            gender: Gender. Allowed: `male`, `female`, `other`.
            alt_phone: A second phone number, E.164 with `+`. Such as `+447362053576`.
            email: Email address. Such as `ada@example.com`.
            description: Short description of the contact. Up to 100 characters.
            languages: Language codes of the contact. Up to 3 of them.
            company_name: Company's name. Up to 50 characters.
            company_code: Company's code. Up to 50 characters.
            company_tax_id: Company's tax number. Up to 30 characters.
            company_role: The contact's role in the company. Up to 30 characters.
            company_website: Company's web address.
            company_email: Company's email address. Such as `ada@example.com`.
            company_phone: Company's phone number, E.164 with `+`. Such as `+447362053576`.
            company_country: Company's country (ISO 3166 code).
            currency: Currency (ISO 4217 code).
            address: Street address. Up to 100 characters.
            city: City. Up to 30 characters.
            postal_code: Postal code. Up to 20 characters.
            country: Country (ISO 3166 code).
            notes: Free text about the contact. Up to 3000 characters.
            birthday: Date of birth.
            timezone: Time zone (IANA name). Such as `Europe/Oslo`.
            crm: Name of the CRM that contains the contact.
            crm_ref: The contact's id in that CRM.
            metadata: Metadata of the contact.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.create(device, phone="+447362053577", name="Ada")

        `POST /chat/{device}/contacts` · not idempotent · observed in 2 public codebases.
        Title: `Chat Contacts:Create Contact`.
        """
        return self._call(
            "contacts.create",
            (
                device,
                phone,
                kind,
                notifications,
                sync,
                assign,
                upsert,
                name,
                surname,
                title,
                gender,
                alt_phone,
                email,
                description,
                languages,
                company_name,
                company_code,
                company_tax_id,
                company_role,
                company_website,
                company_email,
                company_phone,
                company_country,
                currency,
                address,
                city,
                postal_code,
                country,
                notes,
                birthday,
                timezone,
                crm,
                crm_ref,
                metadata,
            ),
            options,
        )

    def upsert_metadata(
        self,
        device: str,
        contact: str,
        metadata: Mapping[str, MetadataValue],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Set metadata keys on a contact and keep its other keys.

        Existing keys get the new value. Sending the same pairs twice changes nothing, so the call is
        idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            metadata: Keys (letters, digits, `_`; up to 30) and their values (up to 300 characters). At least
                1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.upsert_metadata(device, contact, {"tier": "gold"})

        `PATCH /chat/{device}/contacts/{contact}/metadata` · idempotent · observed in 5 public codebases.
        Title: `Chat Contacts:Upsert Contact Metadata`.
        """
        return self._call("contacts.upsert_metadata", (device, contact, metadata), options)

    def replace_metadata(
        self,
        device: str,
        contact: str,
        metadata: Mapping[str, MetadataValue],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Replace the whole metadata of a contact.

        Keys that are not given are deleted; `upsert_metadata` keeps them.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            metadata: Keys (letters, digits, `_`; up to 30) and their values (up to 300 characters). At least
                1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.replace_metadata(device, contact, {"tier": "gold"})

        `PUT /chat/{device}/contacts/{contact}/metadata` · idempotent · observed in 1 public codebase.
        Title: `Chat Contacts:Update Contact Metadata`.
        """
        return self._call("contacts.replace_metadata", (device, contact, metadata), options)

    def update(
        self,
        device: str,
        contact: str,
        *,
        kind: ContactKind | None = None,
        notifications: Literal["on", "mute", "ignore"] | None = None,
        sync: bool | None = None,
        remove_fields: Sequence[ContactField] | None = None,
        name: str | None = None,
        surname: str | None = None,
        title: str | None = None,
        gender: Literal["male", "female", "other"] | None = None,
        alt_phone: str | None = None,
        email: str | None = None,
        description: str | None = None,
        languages: Sequence[str] | None = None,
        company_name: str | None = None,
        company_code: str | None = None,
        company_tax_id: str | None = None,
        company_role: str | None = None,
        company_website: str | None = None,
        company_email: str | None = None,
        company_phone: str | None = None,
        company_country: str | None = None,
        currency: str | None = None,
        address: str | None = None,
        city: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        notes: str | None = None,
        birthday: datetime | str | None = None,
        timezone: str | None = None,
        crm: str | None = None,
        crm_ref: str | None = None,
        metadata: Mapping[str, MetadataValue] | None = None,
        options: Options | None = None,
    ) -> Contact:
        """Change some fields of a contact and keep the others.

        Fields that are not given stay unchanged; `remove_fields` clears a field.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            kind: A person or a business. Allowed: `personal`, `business`.
            notifications: Whether messages from the contact trigger notifications. Allowed: `on`, `mute`,
                `ignore`.
            sync: Apply the change on every number of the account.
            remove_fields: Fields to clear. Allowed: `name`, `surname`, `altPhone`, `email`, `companyName`,
                `timezone`, `companyCode`, `companyTaxId`, `companyWebsite`, `companyRole`, `title`,
                `companyEmail`, `companyPhone`, `country`, `companyCountry`, `address`, `city`, `crm`,
                `crmRef`, `postalCode`, `notes`, `gender`, `currency`, `birthday`, `description`, `languages`,
                `links`, `sync`.
            name: First name. Up to 30 characters.
            surname: Family name. Up to 50 characters.
            title: Form of address, such as `Dr`. Up to 15 characters.
            gender: Gender. Allowed: `male`, `female`, `other`.
            alt_phone: A second phone number, E.164 with `+`. Such as `+447362053576`.
            email: Email address. Such as `ada@example.com`.
            description: Short description of the contact. Up to 100 characters.
            languages: Language codes of the contact. Up to 3 of them.
            company_name: Company's name. Up to 50 characters.
            company_code: Company's code. Up to 50 characters.
            company_tax_id: Company's tax number. Up to 30 characters.
            company_role: The contact's role in the company. Up to 30 characters.
            company_website: Company's web address.
            company_email: Company's email address. Such as `ada@example.com`.
            company_phone: Company's phone number, E.164 with `+`. Such as `+447362053576`.
            company_country: Company's country (ISO 3166 code).
            currency: Currency (ISO 4217 code).
            address: Street address. Up to 100 characters.
            city: City. Up to 30 characters.
            postal_code: Postal code. Up to 20 characters.
            country: Country (ISO 3166 code).
            notes: Free text about the contact. Up to 3000 characters.
            birthday: Date of birth.
            timezone: Time zone (IANA name). Such as `Europe/Oslo`.
            crm: Name of the CRM that contains the contact.
            crm_ref: The contact's id in that CRM.
            metadata: Metadata of the contact.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.update(device, contact, city="London", remove_fields=["notes"])

        `PATCH /chat/{device}/contacts/{contact}` · idempotent · observed in 3 public codebases.
        Title: `Chat Contacts:Update Contact`.
        """
        return self._call(
            "contacts.update",
            (
                device,
                contact,
                kind,
                notifications,
                sync,
                remove_fields,
                name,
                surname,
                title,
                gender,
                alt_phone,
                email,
                description,
                languages,
                company_name,
                company_code,
                company_tax_id,
                company_role,
                company_website,
                company_email,
                company_phone,
                company_country,
                currency,
                address,
                city,
                postal_code,
                country,
                notes,
                birthday,
                timezone,
                crm,
                crm_ref,
                metadata,
            ),
            options,
        )

    def delete(self, device: str, contact: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a contact.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.delete(device, contact)

        `DELETE /chat/{device}/contacts/{contact}` · idempotent · observed in 1 public codebase.
        Title: `Chat Contacts:Delete Contact`.
        """
        return self._call("contacts.delete", (device, contact), options)

    def bulk_create(
        self,
        device: str,
        contacts: Sequence[NewContact],
        *,
        upsert: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Create up to 1000 contacts in one request.

        Not idempotent, because a second request changes nothing only with `upsert`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contacts: The contacts. Up to 1000 of them. Keys: `phone` (required), `name`, `surname`, `email`,
                `company_name`, `kind`, `country`, `metadata`; see `sparkbot.types.NewContact`.
            upsert: Whether an existing contact is updated. Default of the service: `True`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.bulk_create(device, [{"phone": "+447362053577", "name": "Ada"}])

        `PATCH /chat/{device}/contacts` · not idempotent · observed in 2 public codebases.
        Title: `Chat Contacts:Bulk Create Contacts`.
        """
        return self._call("contacts.bulk_create", (device, contacts, upsert), options)

    def block(self, device: str, contacts: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Block up to 50 phone numbers in WhatsApp.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contacts: Phone numbers, E.164 with `+`. At least 1 of them. Up to 50 of them. Such as
                `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.block(device, ["+447362053577"])

        `POST /devices/{device}/block` · idempotent · observed in 2 public codebases.
        Title: `Chat Contacts:Block Contacts`.
        """
        return self._call("contacts.block", (device, contacts), options)

    def unblock(self, device: str, contacts: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Unblock up to 50 phone numbers in WhatsApp.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contacts: Phone numbers, E.164 with `+`. At least 1 of them. Up to 50 of them. Such as
                `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.contacts.unblock(device, ["+447362053577"])

        `DELETE /devices/{device}/block` · idempotent · observed in 1 public codebase.
        Title: `Chat Contacts:Unblock Contacts`.
        """
        return self._call("contacts.unblock", (device, contacts), options)


class AsyncContacts(AsyncContactsMetadata, AsyncResource):
    """People and businesses that a number knows, and their metadata."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        search: str | None = None,
        type: Sequence[ContactKindFilter] | None = None,
        has: Sequence[Literal["email", "chat"]] | None = None,
        has_chat: bool | None = None,
        country: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[Literal["chat"]] | None = None,
        metadata_key: Sequence[str] | None = None,
        metadata_value: Sequence[str] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        updated_after: datetime | str | None = None,
        updated_before: datetime | str | None = None,
        last_message_after: datetime | str | None = None,
        last_message_before: datetime | str | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: ContactSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[Contact]:
        """List the contacts of a number, one page at a time.

        Only the contacts that match all given filters. `contacts.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for in the name, number or email.
            type: Only contacts of these kinds. Allowed: `personal`, `business`, `user`, `group`, `channel`,
                `private`.
            has: Only contacts that have these. Allowed: `email`, `chat`.
            has_chat: Only contacts with (`True`) or without (`False`) a chat; older name of `has=["chat"]`.
            country: Only contacts of these countries (ISO 3166 alpha-2 codes).
            labels: Only contacts with these labels (names); `*` for any label.
            labels_exclude: Only contacts without these labels (names); `*` for any label.
            include: Additional data to include in each contact. Allowed: `chat`.
            metadata_key: Only contacts that have these metadata keys.
            metadata_value: Only contacts that have these metadata values.
            after: Only contacts created after this time.
            before: Only contacts created before this time.
            updated_after: Only contacts changed after this time.
            updated_before: Only contacts changed before this time.
            last_message_after: Only contacts whose last message came after this time.
            last_message_before: Only contacts whose last message came before this time.
            size: Contacts per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the contacts. Allowed: `name:asc`, `name:desc`, `createdAt:desc`, `createdAt:asc`,
                `updatedAt:desc`, `updatedAt:asc`. Default of the service: `name:asc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.list(device, search="Ada", size=100)

        `GET /chat/{device}/contacts` · idempotent · observed in 4 public codebases.
        Title: `Chat Contacts:Get Contacts`.
        """
        return await self._call(
            "contacts.list",
            (
                device,
                search,
                type,
                has,
                has_chat,
                country,
                labels,
                labels_exclude,
                include,
                metadata_key,
                metadata_value,
                after,
                before,
                updated_after,
                updated_before,
                last_message_after,
                last_message_before,
                size,
                page,
                sort,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        search: str | None = None,
        type: Sequence[ContactKindFilter] | None = None,
        has: Sequence[Literal["email", "chat"]] | None = None,
        has_chat: bool | None = None,
        country: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        labels_exclude: Sequence[str] | None = None,
        include: Sequence[Literal["chat"]] | None = None,
        metadata_key: Sequence[str] | None = None,
        metadata_value: Sequence[str] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        updated_after: datetime | str | None = None,
        updated_before: datetime | str | None = None,
        last_message_after: datetime | str | None = None,
        last_message_before: datetime | str | None = None,
        size: int | None = None,
        sort: ContactSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Contact]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for in the name, number or email.
            type: Only contacts of these kinds. Allowed: `personal`, `business`, `user`, `group`, `channel`,
                `private`.
            has: Only contacts that have these. Allowed: `email`, `chat`.
            has_chat: Only contacts with (`True`) or without (`False`) a chat; older name of `has=["chat"]`.
            country: Only contacts of these countries (ISO 3166 alpha-2 codes).
            labels: Only contacts with these labels (names); `*` for any label.
            labels_exclude: Only contacts without these labels (names); `*` for any label.
            include: Additional data to include in each contact. Allowed: `chat`.
            metadata_key: Only contacts that have these metadata keys.
            metadata_value: Only contacts that have these metadata values.
            after: Only contacts created after this time.
            before: Only contacts created before this time.
            updated_after: Only contacts changed after this time.
            updated_before: Only contacts changed before this time.
            last_message_after: Only contacts whose last message came after this time.
            last_message_before: Only contacts whose last message came before this time.
            size: Contacts per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            sort: Order of the contacts. Allowed: `name:asc`, `name:desc`, `createdAt:desc`, `createdAt:asc`,
                `updatedAt:desc`, `updatedAt:asc`. Default of the service: `name:asc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Contact` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.contacts.iter(device, search="Ada", size=100): ...

        `GET /chat/{device}/contacts` · idempotent · observed in 4 public codebases.
        Title: `Chat Contacts:Get Contacts`.
        """
        return self._iterate(
            "contacts.list",
            (
                device,
                search,
                type,
                has,
                has_chat,
                country,
                labels,
                labels_exclude,
                include,
                metadata_key,
                metadata_value,
                after,
                before,
                updated_after,
                updated_before,
                last_message_after,
                last_message_before,
                size,
                None,
                sort,
            ),
            options,
            max_pages,
        )

    async def get(
        self,
        device: str,
        contact: str,
        *,
        include: Sequence[Literal["chat"]] | None = None,
        options: Options | None = None,
    ) -> Contact:
        """Read one contact, its metadata included.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            include: Additional data to include in the contact. Allowed: `chat`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.contacts.get(device, contact))["name"]

        `GET /chat/{device}/contacts/{contact}` · idempotent · documented.
        Title: `Chat Contacts:Get Contact Details`.
        """
        return await self._call("contacts.get", (device, contact, include), options)

    async def create(
        self,
        device: str,
        *,
        phone: str,
        kind: ContactKind | None = None,
        notifications: Literal["on", "mute", "ignore"] | None = None,
        sync: bool | None = None,
        assign: str | None = None,
        upsert: bool | None = None,
        name: str | None = None,
        surname: str | None = None,
        title: str | None = None,
        gender: Literal["male", "female", "other"] | None = None,
        alt_phone: str | None = None,
        email: str | None = None,
        description: str | None = None,
        languages: Sequence[str] | None = None,
        company_name: str | None = None,
        company_code: str | None = None,
        company_tax_id: str | None = None,
        company_role: str | None = None,
        company_website: str | None = None,
        company_email: str | None = None,
        company_phone: str | None = None,
        company_country: str | None = None,
        currency: str | None = None,
        address: str | None = None,
        city: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        notes: str | None = None,
        birthday: datetime | str | None = None,
        timezone: str | None = None,
        crm: str | None = None,
        crm_ref: str | None = None,
        metadata: Mapping[str, MetadataValue] | None = None,
        options: Options | None = None,
    ) -> Contact:
        """Create a contact from a phone number.

        Without `upsert`, an existing contact is a `ConflictError`. Not idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phone: The contact's phone number, E.164 with `+`. Such as `+447362053576`.
            kind: A person or a business. Allowed: `personal`, `business`. Default of the service: `personal`.
            notifications: Whether messages from the contact trigger notifications. Allowed: `on`, `mute`,
                `ignore`. Default of the service: `on`.
            sync: Create the contact on every number of the account. Default of the service: `False`.
            assign: Id of the agent (user) to assign the chat to. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            upsert: Update the contact if it exists. Default of the service: `False`.
            name: First name. Up to 30 characters.
            surname: Family name. Up to 50 characters.
            title: Form of address, such as `Dr`. Up to 15 characters.
            gender: Gender. Allowed: `male`, `female`, `other`.
            alt_phone: A second phone number, E.164 with `+`. Such as `+447362053576`.
            email: Email address. Such as `ada@example.com`.
            description: Short description of the contact. Up to 100 characters.
            languages: Language codes of the contact. Up to 3 of them.
            company_name: Company's name. Up to 50 characters.
            company_code: Company's code. Up to 50 characters.
            company_tax_id: Company's tax number. Up to 30 characters.
            company_role: The contact's role in the company. Up to 30 characters.
            company_website: Company's web address.
            company_email: Company's email address. Such as `ada@example.com`.
            company_phone: Company's phone number, E.164 with `+`. Such as `+447362053576`.
            company_country: Company's country (ISO 3166 code).
            currency: Currency (ISO 4217 code).
            address: Street address. Up to 100 characters.
            city: City. Up to 30 characters.
            postal_code: Postal code. Up to 20 characters.
            country: Country (ISO 3166 code).
            notes: Free text about the contact. Up to 3000 characters.
            birthday: Date of birth.
            timezone: Time zone (IANA name). Such as `Europe/Oslo`.
            crm: Name of the CRM that contains the contact.
            crm_ref: The contact's id in that CRM.
            metadata: Metadata of the contact.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.create(device, phone="+447362053577", name="Ada")

        `POST /chat/{device}/contacts` · not idempotent · observed in 2 public codebases.
        Title: `Chat Contacts:Create Contact`.
        """
        return await self._call(
            "contacts.create",
            (
                device,
                phone,
                kind,
                notifications,
                sync,
                assign,
                upsert,
                name,
                surname,
                title,
                gender,
                alt_phone,
                email,
                description,
                languages,
                company_name,
                company_code,
                company_tax_id,
                company_role,
                company_website,
                company_email,
                company_phone,
                company_country,
                currency,
                address,
                city,
                postal_code,
                country,
                notes,
                birthday,
                timezone,
                crm,
                crm_ref,
                metadata,
            ),
            options,
        )

    async def upsert_metadata(
        self,
        device: str,
        contact: str,
        metadata: Mapping[str, MetadataValue],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Set metadata keys on a contact and keep its other keys.

        Existing keys get the new value. Sending the same pairs twice changes nothing, so the call is
        idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            metadata: Keys (letters, digits, `_`; up to 30) and their values (up to 300 characters). At least
                1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.upsert_metadata(device, contact, {"tier": "gold"})

        `PATCH /chat/{device}/contacts/{contact}/metadata` · idempotent · observed in 5 public codebases.
        Title: `Chat Contacts:Upsert Contact Metadata`.
        """
        return await self._call("contacts.upsert_metadata", (device, contact, metadata), options)

    async def replace_metadata(
        self,
        device: str,
        contact: str,
        metadata: Mapping[str, MetadataValue],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Replace the whole metadata of a contact.

        Keys that are not given are deleted; `upsert_metadata` keeps them.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            metadata: Keys (letters, digits, `_`; up to 30) and their values (up to 300 characters). At least
                1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.replace_metadata(device, contact, {"tier": "gold"})

        `PUT /chat/{device}/contacts/{contact}/metadata` · idempotent · observed in 1 public codebase.
        Title: `Chat Contacts:Update Contact Metadata`.
        """
        return await self._call("contacts.replace_metadata", (device, contact, metadata), options)

    async def update(
        self,
        device: str,
        contact: str,
        *,
        kind: ContactKind | None = None,
        notifications: Literal["on", "mute", "ignore"] | None = None,
        sync: bool | None = None,
        remove_fields: Sequence[ContactField] | None = None,
        name: str | None = None,
        surname: str | None = None,
        title: str | None = None,
        gender: Literal["male", "female", "other"] | None = None,
        alt_phone: str | None = None,
        email: str | None = None,
        description: str | None = None,
        languages: Sequence[str] | None = None,
        company_name: str | None = None,
        company_code: str | None = None,
        company_tax_id: str | None = None,
        company_role: str | None = None,
        company_website: str | None = None,
        company_email: str | None = None,
        company_phone: str | None = None,
        company_country: str | None = None,
        currency: str | None = None,
        address: str | None = None,
        city: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        notes: str | None = None,
        birthday: datetime | str | None = None,
        timezone: str | None = None,
        crm: str | None = None,
        crm_ref: str | None = None,
        metadata: Mapping[str, MetadataValue] | None = None,
        options: Options | None = None,
    ) -> Contact:
        """Change some fields of a contact and keep the others.

        Fields that are not given stay unchanged; `remove_fields` clears a field.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            kind: A person or a business. Allowed: `personal`, `business`.
            notifications: Whether messages from the contact trigger notifications. Allowed: `on`, `mute`,
                `ignore`.
            sync: Apply the change on every number of the account.
            remove_fields: Fields to clear. Allowed: `name`, `surname`, `altPhone`, `email`, `companyName`,
                `timezone`, `companyCode`, `companyTaxId`, `companyWebsite`, `companyRole`, `title`,
                `companyEmail`, `companyPhone`, `country`, `companyCountry`, `address`, `city`, `crm`,
                `crmRef`, `postalCode`, `notes`, `gender`, `currency`, `birthday`, `description`, `languages`,
                `links`, `sync`.
            name: First name. Up to 30 characters.
            surname: Family name. Up to 50 characters.
            title: Form of address, such as `Dr`. Up to 15 characters.
            gender: Gender. Allowed: `male`, `female`, `other`.
            alt_phone: A second phone number, E.164 with `+`. Such as `+447362053576`.
            email: Email address. Such as `ada@example.com`.
            description: Short description of the contact. Up to 100 characters.
            languages: Language codes of the contact. Up to 3 of them.
            company_name: Company's name. Up to 50 characters.
            company_code: Company's code. Up to 50 characters.
            company_tax_id: Company's tax number. Up to 30 characters.
            company_role: The contact's role in the company. Up to 30 characters.
            company_website: Company's web address.
            company_email: Company's email address. Such as `ada@example.com`.
            company_phone: Company's phone number, E.164 with `+`. Such as `+447362053576`.
            company_country: Company's country (ISO 3166 code).
            currency: Currency (ISO 4217 code).
            address: Street address. Up to 100 characters.
            city: City. Up to 30 characters.
            postal_code: Postal code. Up to 20 characters.
            country: Country (ISO 3166 code).
            notes: Free text about the contact. Up to 3000 characters.
            birthday: Date of birth.
            timezone: Time zone (IANA name). Such as `Europe/Oslo`.
            crm: Name of the CRM that contains the contact.
            crm_ref: The contact's id in that CRM.
            metadata: Metadata of the contact.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Contact` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.update(device, contact, city="London", remove_fields=["notes"])

        `PATCH /chat/{device}/contacts/{contact}` · idempotent · observed in 3 public codebases.
        Title: `Chat Contacts:Update Contact`.
        """
        return await self._call(
            "contacts.update",
            (
                device,
                contact,
                kind,
                notifications,
                sync,
                remove_fields,
                name,
                surname,
                title,
                gender,
                alt_phone,
                email,
                description,
                languages,
                company_name,
                company_code,
                company_tax_id,
                company_role,
                company_website,
                company_email,
                company_phone,
                company_country,
                currency,
                address,
                city,
                postal_code,
                country,
                notes,
                birthday,
                timezone,
                crm,
                crm_ref,
                metadata,
            ),
            options,
        )

    async def delete(self, device: str, contact: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a contact.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contact: The contact's wid, such as `447362053576@c.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the contact does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.delete(device, contact)

        `DELETE /chat/{device}/contacts/{contact}` · idempotent · observed in 1 public codebase.
        Title: `Chat Contacts:Delete Contact`.
        """
        return await self._call("contacts.delete", (device, contact), options)

    async def bulk_create(
        self,
        device: str,
        contacts: Sequence[NewContact],
        *,
        upsert: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Create up to 1000 contacts in one request.

        Not idempotent, because a second request changes nothing only with `upsert`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contacts: The contacts. Up to 1000 of them. Keys: `phone` (required), `name`, `surname`, `email`,
                `company_name`, `kind`, `country`, `metadata`; see `sparkbot.types.NewContact`.
            upsert: Whether an existing contact is updated. Default of the service: `True`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.bulk_create(device, [{"phone": "+447362053577", "name": "Ada"}])

        `PATCH /chat/{device}/contacts` · not idempotent · observed in 2 public codebases.
        Title: `Chat Contacts:Bulk Create Contacts`.
        """
        return await self._call("contacts.bulk_create", (device, contacts, upsert), options)

    async def block(self, device: str, contacts: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Block up to 50 phone numbers in WhatsApp.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contacts: Phone numbers, E.164 with `+`. At least 1 of them. Up to 50 of them. Such as
                `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.block(device, ["+447362053577"])

        `POST /devices/{device}/block` · idempotent · observed in 2 public codebases.
        Title: `Chat Contacts:Block Contacts`.
        """
        return await self._call("contacts.block", (device, contacts), options)

    async def unblock(self, device: str, contacts: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Unblock up to 50 phone numbers in WhatsApp.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            contacts: Phone numbers, E.164 with `+`. At least 1 of them. Up to 50 of them. Such as
                `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.contacts.unblock(device, ["+447362053577"])

        `DELETE /devices/{device}/block` · idempotent · observed in 1 public codebase.
        Title: `Chat Contacts:Unblock Contacts`.
        """
        return await self._call("contacts.unblock", (device, contacts), options)
