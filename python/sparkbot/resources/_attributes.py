# Generated from src/api by `make generate`; edit the files there.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import ResourceHolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparkbot.resources._raw import (
        AsyncRawChats,
        AsyncRawContacts,
        AsyncRawDevices,
        AsyncRawQueue,
        AsyncRawSession,
        RawChats,
        RawContacts,
        RawDevices,
        RawQueue,
        RawSession,
    )
    from sparkbot.resources.chats import AsyncChats, Chats
    from sparkbot.resources.contacts import AsyncContacts, Contacts
    from sparkbot.resources.devices import AsyncDevices, Devices
    from sparkbot.resources.queue import AsyncQueue, Queue
    from sparkbot.resources.session import AsyncSession, Session


class SyncResources(ResourceHolder):
    """The resources of a `Client`."""

    __slots__ = ()

    @property
    def chats(self) -> Chats:
        """Conversations of a number: list them, give them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> Contacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        return self._resource("contacts")

    @property
    def devices(self) -> Devices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def queue(self) -> Queue:
        """Messages of a number that wait to be sent."""
        return self._resource("queue")

    @property
    def session(self) -> Session:
        """The connection between a number and WhatsApp."""
        return self._resource("session")


class AsyncResources(ResourceHolder):
    """The resources of an `AsyncClient`."""

    __slots__ = ()

    @property
    def chats(self) -> AsyncChats:
        """Conversations of a number: list them, give them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> AsyncContacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        return self._resource("contacts")

    @property
    def devices(self) -> AsyncDevices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def queue(self) -> AsyncQueue:
        """Messages of a number that wait to be sent."""
        return self._resource("queue")

    @property
    def session(self) -> AsyncSession:
        """The connection between a number and WhatsApp."""
        return self._resource("session")


class RawResources(ResourceHolder):
    """The resources of `Client.raw`: each call returns a `RawResponse`."""

    __slots__ = ()

    @property
    def chats(self) -> RawChats:
        """Conversations of a number: list them, give them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> RawContacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        return self._resource("contacts")

    @property
    def devices(self) -> RawDevices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def queue(self) -> RawQueue:
        """Messages of a number that wait to be sent."""
        return self._resource("queue")

    @property
    def session(self) -> RawSession:
        """The connection between a number and WhatsApp."""
        return self._resource("session")


class AsyncRawResources(ResourceHolder):
    """The resources of `AsyncClient.raw`: each call, awaited, is a `RawResponse`."""

    __slots__ = ()

    @property
    def chats(self) -> AsyncRawChats:
        """Conversations of a number: list them, give them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> AsyncRawContacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        return self._resource("contacts")

    @property
    def devices(self) -> AsyncRawDevices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def queue(self) -> AsyncRawQueue:
        """Messages of a number that wait to be sent."""
        return self._resource("queue")

    @property
    def session(self) -> AsyncRawSession:
        """The connection between a number and WhatsApp."""
        return self._resource("session")
