# Generated from src/api by `make generate`; edit the files there.
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
        chats: Chats = self._resource("chats")
        return chats

    @property
    def contacts(self) -> Contacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        contacts: Contacts = self._resource("contacts")
        return contacts

    @property
    def devices(self) -> Devices:
        """The account's WhatsApp numbers."""
        devices: Devices = self._resource("devices")
        return devices

    @property
    def queue(self) -> Queue:
        """Messages of a number that wait to be sent."""
        queue: Queue = self._resource("queue")
        return queue

    @property
    def session(self) -> Session:
        """The connection between a number and WhatsApp."""
        session: Session = self._resource("session")
        return session


class AsyncResources(ResourceHolder):
    """The resources of an `AsyncClient`."""

    __slots__ = ()

    @property
    def chats(self) -> AsyncChats:
        """Conversations of a number: list them, give them to agents, set their status."""
        chats: AsyncChats = self._resource("chats")
        return chats

    @property
    def contacts(self) -> AsyncContacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        contacts: AsyncContacts = self._resource("contacts")
        return contacts

    @property
    def devices(self) -> AsyncDevices:
        """The account's WhatsApp numbers."""
        devices: AsyncDevices = self._resource("devices")
        return devices

    @property
    def queue(self) -> AsyncQueue:
        """Messages of a number that wait to be sent."""
        queue: AsyncQueue = self._resource("queue")
        return queue

    @property
    def session(self) -> AsyncSession:
        """The connection between a number and WhatsApp."""
        session: AsyncSession = self._resource("session")
        return session


class RawResources(ResourceHolder):
    """The resources of `Client.raw`: each call returns a `RawResponse`."""

    __slots__ = ()

    @property
    def chats(self) -> RawChats:
        """Conversations of a number: list them, give them to agents, set their status."""
        chats: RawChats = self._resource("chats")
        return chats

    @property
    def contacts(self) -> RawContacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        contacts: RawContacts = self._resource("contacts")
        return contacts

    @property
    def devices(self) -> RawDevices:
        """The account's WhatsApp numbers."""
        devices: RawDevices = self._resource("devices")
        return devices

    @property
    def queue(self) -> RawQueue:
        """Messages of a number that wait to be sent."""
        queue: RawQueue = self._resource("queue")
        return queue

    @property
    def session(self) -> RawSession:
        """The connection between a number and WhatsApp."""
        session: RawSession = self._resource("session")
        return session


class AsyncRawResources(ResourceHolder):
    """The resources of `AsyncClient.raw`: each call, awaited, is a `RawResponse`."""

    __slots__ = ()

    @property
    def chats(self) -> AsyncRawChats:
        """Conversations of a number: list them, give them to agents, set their status."""
        chats: AsyncRawChats = self._resource("chats")
        return chats

    @property
    def contacts(self) -> AsyncRawContacts:
        """People and businesses that a number knows, with the metadata you keep on them."""
        contacts: AsyncRawContacts = self._resource("contacts")
        return contacts

    @property
    def devices(self) -> AsyncRawDevices:
        """The account's WhatsApp numbers."""
        devices: AsyncRawDevices = self._resource("devices")
        return devices

    @property
    def queue(self) -> AsyncRawQueue:
        """Messages of a number that wait to be sent."""
        queue: AsyncRawQueue = self._resource("queue")
        return queue

    @property
    def session(self) -> AsyncRawSession:
        """The connection between a number and WhatsApp."""
        session: AsyncRawSession = self._resource("session")
        return session
