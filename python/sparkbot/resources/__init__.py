# Generated from src/api by `make generate`; edit the files there.
"""The resources of a client, by attribute. Each has a module of its own, imported when it is first used."""

from __future__ import annotations

# Attribute: module, class of Client, class of AsyncClient.
RESOURCES: dict[str, tuple[str, str, str]] = {
    "chats": ("sparkbot.resources.chats", "Chats", "AsyncChats"),
    "contacts": ("sparkbot.resources.contacts", "Contacts", "AsyncContacts"),
    "devices": ("sparkbot.resources.devices", "Devices", "AsyncDevices"),
    "queue": ("sparkbot.resources.queue", "Queue", "AsyncQueue"),
    "session": ("sparkbot.resources.session", "Session", "AsyncSession"),
}
