# Generated from src/api by `make generate`; edit the files there.
from __future__ import annotations

from sparkbot.resources._base import async_raw, raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparkbot.resources.chats import AsyncChats, Chats
    from sparkbot.resources.contacts import AsyncContacts, Contacts
    from sparkbot.resources.devices import AsyncDevices, Devices
    from sparkbot.resources.queue import AsyncQueue, Queue
    from sparkbot.resources.session import AsyncSession, Session


class RawChats:
    """Conversations of a number: list them, give them to agents, set their status."""

    def __init__(self, resource: Chats) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.set_status = raw(resource.set_status)
        self.assign = raw(resource.assign)
        self.unassign = raw(resource.unassign)


class AsyncRawChats:
    """Conversations of a number: list them, give them to agents, set their status."""

    def __init__(self, resource: AsyncChats) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.set_status = async_raw(resource.set_status)
        self.assign = async_raw(resource.assign)
        self.unassign = async_raw(resource.unassign)


class RawContacts:
    """People and businesses that a number knows, with the metadata you keep on them."""

    def __init__(self, resource: Contacts) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.create = raw(resource.create)
        self.upsert_metadata = raw(resource.upsert_metadata)
        self.replace_metadata = raw(resource.replace_metadata)


class AsyncRawContacts:
    """People and businesses that a number knows, with the metadata you keep on them."""

    def __init__(self, resource: AsyncContacts) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.create = async_raw(resource.create)
        self.upsert_metadata = async_raw(resource.upsert_metadata)
        self.replace_metadata = async_raw(resource.replace_metadata)


class RawDevices:
    """The account's WhatsApp numbers."""

    def __init__(self, resource: Devices) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)


class AsyncRawDevices:
    """The account's WhatsApp numbers."""

    def __init__(self, resource: AsyncDevices) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)


class RawQueue:
    """Messages of a number that wait to be sent."""

    def __init__(self, resource: Queue) -> None:
        self.get_status = raw(resource.get_status)
        self.route = raw(resource.route)


class AsyncRawQueue:
    """Messages of a number that wait to be sent."""

    def __init__(self, resource: AsyncQueue) -> None:
        self.get_status = async_raw(resource.get_status)
        self.route = async_raw(resource.route)


class RawSession:
    """The connection between a number and WhatsApp."""

    def __init__(self, resource: Session) -> None:
        self.sync = raw(resource.sync)


class AsyncRawSession:
    """The connection between a number and WhatsApp."""

    def __init__(self, resource: AsyncSession) -> None:
        self.sync = async_raw(resource.sync)
