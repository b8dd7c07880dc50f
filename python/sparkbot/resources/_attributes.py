# Generated from src/api by `make generate`; edit the files there.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import ResourceHolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparkbot.resources._raw import (
        AsyncRawCampaigns,
        AsyncRawCatalog,
        AsyncRawChannels,
        AsyncRawChatFiles,
        AsyncRawChats,
        AsyncRawContacts,
        AsyncRawDepartments,
        AsyncRawDevices,
        AsyncRawFiles,
        AsyncRawGroups,
        AsyncRawLabels,
        AsyncRawMeetingLinks,
        AsyncRawMessages,
        AsyncRawNumbers,
        AsyncRawOutbound,
        AsyncRawProfile,
        AsyncRawQueue,
        AsyncRawQuickReplies,
        AsyncRawSend,
        AsyncRawSession,
        AsyncRawTeam,
        AsyncRawUserStatus,
        AsyncRawWebhooks,
        RawCampaigns,
        RawCatalog,
        RawChannels,
        RawChatFiles,
        RawChats,
        RawContacts,
        RawDepartments,
        RawDevices,
        RawFiles,
        RawGroups,
        RawLabels,
        RawMeetingLinks,
        RawMessages,
        RawNumbers,
        RawOutbound,
        RawProfile,
        RawQueue,
        RawQuickReplies,
        RawSend,
        RawSession,
        RawTeam,
        RawUserStatus,
        RawWebhooks,
    )
    from sparkbot.resources.campaigns import AsyncCampaigns, Campaigns
    from sparkbot.resources.catalog import AsyncCatalog, Catalog
    from sparkbot.resources.channels import AsyncChannels, Channels
    from sparkbot.resources.chat_files import AsyncChatFiles, ChatFiles
    from sparkbot.resources.chats import AsyncChats, Chats
    from sparkbot.resources.contacts import AsyncContacts, Contacts
    from sparkbot.resources.departments import AsyncDepartments, Departments
    from sparkbot.resources.devices import AsyncDevices, Devices
    from sparkbot.resources.files import AsyncFiles, Files
    from sparkbot.resources.groups import AsyncGroups, Groups
    from sparkbot.resources.labels import AsyncLabels, Labels
    from sparkbot.resources.meeting_links import AsyncMeetingLinks, MeetingLinks
    from sparkbot.resources.messages import AsyncMessages, Messages
    from sparkbot.resources.numbers import AsyncNumbers, Numbers
    from sparkbot.resources.outbound import AsyncOutbound, Outbound
    from sparkbot.resources.profile import AsyncProfile, Profile
    from sparkbot.resources.queue import AsyncQueue, Queue
    from sparkbot.resources.quick_replies import AsyncQuickReplies, QuickReplies
    from sparkbot.resources.send import AsyncSend, Send
    from sparkbot.resources.session import AsyncSession, Session
    from sparkbot.resources.team import AsyncTeam, Team
    from sparkbot.resources.user_status import AsyncUserStatus, UserStatus
    from sparkbot.resources.webhooks import AsyncWebhooks, Webhooks


class SyncResources(ResourceHolder):
    """The resources of a `Client`."""

    __slots__ = ()

    @property
    def campaigns(self) -> Campaigns:
        """Messages to many contacts, sent at a given rate."""
        return self._resource("campaigns")

    @property
    def catalog(self) -> Catalog:
        """Products that a business shows in WhatsApp."""
        return self._resource("catalog")

    @property
    def channels(self) -> Channels:
        """WhatsApp channels that a number owns or follows."""
        return self._resource("channels")

    @property
    def chat_files(self) -> ChatFiles:
        """Files in the messages of a number."""
        return self._resource("chat_files")

    @property
    def chats(self) -> Chats:
        """Conversations of a number: list them, assign them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> Contacts:
        """People and businesses that a number knows, and their metadata."""
        return self._resource("contacts")

    @property
    def departments(self) -> Departments:
        """Groups of agents that chats are assigned to."""
        return self._resource("departments")

    @property
    def devices(self) -> Devices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def files(self) -> Files:
        """Files that are uploaded once and sent any number of times."""
        return self._resource("files")

    @property
    def groups(self) -> Groups:
        """WhatsApp groups of a number."""
        return self._resource("groups")

    @property
    def labels(self) -> Labels:
        """Labels of chats."""
        return self._resource("labels")

    @property
    def meeting_links(self) -> MeetingLinks:
        """Links to voice and video calls."""
        return self._resource("meeting_links")

    @property
    def messages(self) -> Messages:
        """Messages in the chats of a number, received and sent."""
        return self._resource("messages")

    @property
    def numbers(self) -> Numbers:
        """Any phone numbers: whether they use WhatsApp, and how to write them."""
        return self._resource("numbers")

    @property
    def outbound(self) -> Outbound:
        """Sent messages, from the queue to the recipient."""
        return self._resource("outbound")

    @property
    def profile(self) -> Profile:
        """What WhatsApp users see of a number."""
        return self._resource("profile")

    @property
    def queue(self) -> Queue:
        """Queued messages of a number."""
        return self._resource("queue")

    @property
    def quick_replies(self) -> QuickReplies:
        """Texts that agents send by a shortcut."""
        return self._resource("quick_replies")

    @property
    def send(self) -> Send:
        """Messages to send, each to one person, group or channel."""
        return self._resource("send")

    @property
    def session(self) -> Session:
        """The connection between a number and WhatsApp."""
        return self._resource("session")

    @property
    def team(self) -> Team:
        """The people who work with the account."""
        return self._resource("team")

    @property
    def user_status(self) -> UserStatus:
        """Status posts that a number shows for a day."""
        return self._resource("user_status")

    @property
    def webhooks(self) -> Webhooks:
        """Addresses to which the service sends events."""
        return self._resource("webhooks")


class AsyncResources(ResourceHolder):
    """The resources of an `AsyncClient`."""

    __slots__ = ()

    @property
    def campaigns(self) -> AsyncCampaigns:
        """Messages to many contacts, sent at a given rate."""
        return self._resource("campaigns")

    @property
    def catalog(self) -> AsyncCatalog:
        """Products that a business shows in WhatsApp."""
        return self._resource("catalog")

    @property
    def channels(self) -> AsyncChannels:
        """WhatsApp channels that a number owns or follows."""
        return self._resource("channels")

    @property
    def chat_files(self) -> AsyncChatFiles:
        """Files in the messages of a number."""
        return self._resource("chat_files")

    @property
    def chats(self) -> AsyncChats:
        """Conversations of a number: list them, assign them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> AsyncContacts:
        """People and businesses that a number knows, and their metadata."""
        return self._resource("contacts")

    @property
    def departments(self) -> AsyncDepartments:
        """Groups of agents that chats are assigned to."""
        return self._resource("departments")

    @property
    def devices(self) -> AsyncDevices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def files(self) -> AsyncFiles:
        """Files that are uploaded once and sent any number of times."""
        return self._resource("files")

    @property
    def groups(self) -> AsyncGroups:
        """WhatsApp groups of a number."""
        return self._resource("groups")

    @property
    def labels(self) -> AsyncLabels:
        """Labels of chats."""
        return self._resource("labels")

    @property
    def meeting_links(self) -> AsyncMeetingLinks:
        """Links to voice and video calls."""
        return self._resource("meeting_links")

    @property
    def messages(self) -> AsyncMessages:
        """Messages in the chats of a number, received and sent."""
        return self._resource("messages")

    @property
    def numbers(self) -> AsyncNumbers:
        """Any phone numbers: whether they use WhatsApp, and how to write them."""
        return self._resource("numbers")

    @property
    def outbound(self) -> AsyncOutbound:
        """Sent messages, from the queue to the recipient."""
        return self._resource("outbound")

    @property
    def profile(self) -> AsyncProfile:
        """What WhatsApp users see of a number."""
        return self._resource("profile")

    @property
    def queue(self) -> AsyncQueue:
        """Queued messages of a number."""
        return self._resource("queue")

    @property
    def quick_replies(self) -> AsyncQuickReplies:
        """Texts that agents send by a shortcut."""
        return self._resource("quick_replies")

    @property
    def send(self) -> AsyncSend:
        """Messages to send, each to one person, group or channel."""
        return self._resource("send")

    @property
    def session(self) -> AsyncSession:
        """The connection between a number and WhatsApp."""
        return self._resource("session")

    @property
    def team(self) -> AsyncTeam:
        """The people who work with the account."""
        return self._resource("team")

    @property
    def user_status(self) -> AsyncUserStatus:
        """Status posts that a number shows for a day."""
        return self._resource("user_status")

    @property
    def webhooks(self) -> AsyncWebhooks:
        """Addresses to which the service sends events."""
        return self._resource("webhooks")


class RawResources(ResourceHolder):
    """The resources of `Client.raw`: each call returns a `RawResponse`."""

    __slots__ = ()

    @property
    def campaigns(self) -> RawCampaigns:
        """Messages to many contacts, sent at a given rate."""
        return self._resource("campaigns")

    @property
    def catalog(self) -> RawCatalog:
        """Products that a business shows in WhatsApp."""
        return self._resource("catalog")

    @property
    def channels(self) -> RawChannels:
        """WhatsApp channels that a number owns or follows."""
        return self._resource("channels")

    @property
    def chat_files(self) -> RawChatFiles:
        """Files in the messages of a number."""
        return self._resource("chat_files")

    @property
    def chats(self) -> RawChats:
        """Conversations of a number: list them, assign them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> RawContacts:
        """People and businesses that a number knows, and their metadata."""
        return self._resource("contacts")

    @property
    def departments(self) -> RawDepartments:
        """Groups of agents that chats are assigned to."""
        return self._resource("departments")

    @property
    def devices(self) -> RawDevices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def files(self) -> RawFiles:
        """Files that are uploaded once and sent any number of times."""
        return self._resource("files")

    @property
    def groups(self) -> RawGroups:
        """WhatsApp groups of a number."""
        return self._resource("groups")

    @property
    def labels(self) -> RawLabels:
        """Labels of chats."""
        return self._resource("labels")

    @property
    def meeting_links(self) -> RawMeetingLinks:
        """Links to voice and video calls."""
        return self._resource("meeting_links")

    @property
    def messages(self) -> RawMessages:
        """Messages in the chats of a number, received and sent."""
        return self._resource("messages")

    @property
    def numbers(self) -> RawNumbers:
        """Any phone numbers: whether they use WhatsApp, and how to write them."""
        return self._resource("numbers")

    @property
    def outbound(self) -> RawOutbound:
        """Sent messages, from the queue to the recipient."""
        return self._resource("outbound")

    @property
    def profile(self) -> RawProfile:
        """What WhatsApp users see of a number."""
        return self._resource("profile")

    @property
    def queue(self) -> RawQueue:
        """Queued messages of a number."""
        return self._resource("queue")

    @property
    def quick_replies(self) -> RawQuickReplies:
        """Texts that agents send by a shortcut."""
        return self._resource("quick_replies")

    @property
    def send(self) -> RawSend:
        """Messages to send, each to one person, group or channel."""
        return self._resource("send")

    @property
    def session(self) -> RawSession:
        """The connection between a number and WhatsApp."""
        return self._resource("session")

    @property
    def team(self) -> RawTeam:
        """The people who work with the account."""
        return self._resource("team")

    @property
    def user_status(self) -> RawUserStatus:
        """Status posts that a number shows for a day."""
        return self._resource("user_status")

    @property
    def webhooks(self) -> RawWebhooks:
        """Addresses to which the service sends events."""
        return self._resource("webhooks")


class AsyncRawResources(ResourceHolder):
    """The resources of `AsyncClient.raw`: each call, awaited, is a `RawResponse`."""

    __slots__ = ()

    @property
    def campaigns(self) -> AsyncRawCampaigns:
        """Messages to many contacts, sent at a given rate."""
        return self._resource("campaigns")

    @property
    def catalog(self) -> AsyncRawCatalog:
        """Products that a business shows in WhatsApp."""
        return self._resource("catalog")

    @property
    def channels(self) -> AsyncRawChannels:
        """WhatsApp channels that a number owns or follows."""
        return self._resource("channels")

    @property
    def chat_files(self) -> AsyncRawChatFiles:
        """Files in the messages of a number."""
        return self._resource("chat_files")

    @property
    def chats(self) -> AsyncRawChats:
        """Conversations of a number: list them, assign them to agents, set their status."""
        return self._resource("chats")

    @property
    def contacts(self) -> AsyncRawContacts:
        """People and businesses that a number knows, and their metadata."""
        return self._resource("contacts")

    @property
    def departments(self) -> AsyncRawDepartments:
        """Groups of agents that chats are assigned to."""
        return self._resource("departments")

    @property
    def devices(self) -> AsyncRawDevices:
        """The account's WhatsApp numbers."""
        return self._resource("devices")

    @property
    def files(self) -> AsyncRawFiles:
        """Files that are uploaded once and sent any number of times."""
        return self._resource("files")

    @property
    def groups(self) -> AsyncRawGroups:
        """WhatsApp groups of a number."""
        return self._resource("groups")

    @property
    def labels(self) -> AsyncRawLabels:
        """Labels of chats."""
        return self._resource("labels")

    @property
    def meeting_links(self) -> AsyncRawMeetingLinks:
        """Links to voice and video calls."""
        return self._resource("meeting_links")

    @property
    def messages(self) -> AsyncRawMessages:
        """Messages in the chats of a number, received and sent."""
        return self._resource("messages")

    @property
    def numbers(self) -> AsyncRawNumbers:
        """Any phone numbers: whether they use WhatsApp, and how to write them."""
        return self._resource("numbers")

    @property
    def outbound(self) -> AsyncRawOutbound:
        """Sent messages, from the queue to the recipient."""
        return self._resource("outbound")

    @property
    def profile(self) -> AsyncRawProfile:
        """What WhatsApp users see of a number."""
        return self._resource("profile")

    @property
    def queue(self) -> AsyncRawQueue:
        """Queued messages of a number."""
        return self._resource("queue")

    @property
    def quick_replies(self) -> AsyncRawQuickReplies:
        """Texts that agents send by a shortcut."""
        return self._resource("quick_replies")

    @property
    def send(self) -> AsyncRawSend:
        """Messages to send, each to one person, group or channel."""
        return self._resource("send")

    @property
    def session(self) -> AsyncRawSession:
        """The connection between a number and WhatsApp."""
        return self._resource("session")

    @property
    def team(self) -> AsyncRawTeam:
        """The people who work with the account."""
        return self._resource("team")

    @property
    def user_status(self) -> AsyncRawUserStatus:
        """Status posts that a number shows for a day."""
        return self._resource("user_status")

    @property
    def webhooks(self) -> AsyncRawWebhooks:
        """Addresses to which the service sends events."""
        return self._resource("webhooks")
