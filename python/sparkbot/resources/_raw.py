# Generated from src/api by `make generate`; edit the files there.
from __future__ import annotations

from sparkbot.resources._base import async_raw, raw

TYPE_CHECKING = False
if TYPE_CHECKING:
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


class RawCampaigns:
    """Messages to many contacts, sent at a given rate."""

    def __init__(self, resource: Campaigns) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.set_status = raw(resource.set_status)
        self.list_contacts = raw(resource.list_contacts)
        self.delete = raw(resource.delete)


class AsyncRawCampaigns:
    """Messages to many contacts, sent at a given rate."""

    def __init__(self, resource: AsyncCampaigns) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.set_status = async_raw(resource.set_status)
        self.list_contacts = async_raw(resource.list_contacts)
        self.delete = async_raw(resource.delete)


class RawCatalog:
    """Products that a business shows in WhatsApp."""

    def __init__(self, resource: Catalog) -> None:
        self.get = raw(resource.get)
        self.query = raw(resource.query)


class AsyncRawCatalog:
    """Products that a business shows in WhatsApp."""

    def __init__(self, resource: AsyncCatalog) -> None:
        self.get = async_raw(resource.get)
        self.query = async_raw(resource.query)


class RawChannels:
    """WhatsApp channels that a number owns or follows."""

    def __init__(self, resource: Channels) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.update_image = raw(resource.update_image)
        self.delete = raw(resource.delete)
        self.join = raw(resource.join)
        self.search = raw(resource.search)


class AsyncRawChannels:
    """WhatsApp channels that a number owns or follows."""

    def __init__(self, resource: AsyncChannels) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.update_image = async_raw(resource.update_image)
        self.delete = async_raw(resource.delete)
        self.join = async_raw(resource.join)
        self.search = async_raw(resource.search)


class RawChatFiles:
    """Files in the messages of a number."""

    def __init__(self, resource: ChatFiles) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.download = raw(resource.download)


class AsyncRawChatFiles:
    """Files in the messages of a number."""

    def __init__(self, resource: AsyncChatFiles) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.download = async_raw(resource.download)


class RawChats:
    """Conversations of a number: list them, assign them to agents, set their status."""

    def __init__(self, resource: Chats) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.set_status = raw(resource.set_status)
        self.assign = raw(resource.assign)
        self.unassign = raw(resource.unassign)
        self.send_typing = raw(resource.send_typing)
        self.sync = raw(resource.sync)
        self.sync_messages = raw(resource.sync_messages)
        self.set_read_status = raw(resource.set_read_status)
        self.list_participants = raw(resource.list_participants)
        self.create_note = raw(resource.create_note)
        self.delete_notes = raw(resource.delete_notes)
        self.update_labels = raw(resource.update_labels)
        self.update_attributes = raw(resource.update_attributes)
        self.archive = raw(resource.archive)
        self.unarchive = raw(resource.unarchive)
        self.delete = raw(resource.delete)
        self.bulk_update = raw(resource.bulk_update)


class AsyncRawChats:
    """Conversations of a number: list them, assign them to agents, set their status."""

    def __init__(self, resource: AsyncChats) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.set_status = async_raw(resource.set_status)
        self.assign = async_raw(resource.assign)
        self.unassign = async_raw(resource.unassign)
        self.send_typing = async_raw(resource.send_typing)
        self.sync = async_raw(resource.sync)
        self.sync_messages = async_raw(resource.sync_messages)
        self.set_read_status = async_raw(resource.set_read_status)
        self.list_participants = async_raw(resource.list_participants)
        self.create_note = async_raw(resource.create_note)
        self.delete_notes = async_raw(resource.delete_notes)
        self.update_labels = async_raw(resource.update_labels)
        self.update_attributes = async_raw(resource.update_attributes)
        self.archive = async_raw(resource.archive)
        self.unarchive = async_raw(resource.unarchive)
        self.delete = async_raw(resource.delete)
        self.bulk_update = async_raw(resource.bulk_update)


class RawContacts:
    """People and businesses that a number knows, and their metadata."""

    def __init__(self, resource: Contacts) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.create = raw(resource.create)
        self.upsert_metadata = raw(resource.upsert_metadata)
        self.replace_metadata = raw(resource.replace_metadata)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)
        self.bulk_create = raw(resource.bulk_create)
        self.block = raw(resource.block)
        self.unblock = raw(resource.unblock)


class AsyncRawContacts:
    """People and businesses that a number knows, and their metadata."""

    def __init__(self, resource: AsyncContacts) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.create = async_raw(resource.create)
        self.upsert_metadata = async_raw(resource.upsert_metadata)
        self.replace_metadata = async_raw(resource.replace_metadata)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)
        self.bulk_create = async_raw(resource.bulk_create)
        self.block = async_raw(resource.block)
        self.unblock = async_raw(resource.unblock)


class RawDepartments:
    """Groups of agents that chats are assigned to."""

    def __init__(self, resource: Departments) -> None:
        self.list = raw(resource.list)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)


class AsyncRawDepartments:
    """Groups of agents that chats are assigned to."""

    def __init__(self, resource: AsyncDepartments) -> None:
        self.list = async_raw(resource.list)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)


class RawDevices:
    """The account's WhatsApp numbers."""

    def __init__(self, resource: Devices) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)
        self.delete_chats = raw(resource.delete_chats)


class AsyncRawDevices:
    """The account's WhatsApp numbers."""

    def __init__(self, resource: AsyncDevices) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)
        self.delete_chats = async_raw(resource.delete_chats)


class RawFiles:
    """Files that are uploaded once and sent any number of times."""

    def __init__(self, resource: Files) -> None:
        self.list = raw(resource.list)
        self.upload = raw(resource.upload)
        self.bulk_delete = raw(resource.bulk_delete)
        self.get_preview = raw(resource.get_preview)
        self.download = raw(resource.download)
        self.get = raw(resource.get)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)


class AsyncRawFiles:
    """Files that are uploaded once and sent any number of times."""

    def __init__(self, resource: AsyncFiles) -> None:
        self.list = async_raw(resource.list)
        self.upload = async_raw(resource.upload)
        self.bulk_delete = async_raw(resource.bulk_delete)
        self.get_preview = async_raw(resource.get_preview)
        self.download = async_raw(resource.download)
        self.get = async_raw(resource.get)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)


class RawGroups:
    """WhatsApp groups of a number."""

    def __init__(self, resource: Groups) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.update_image = raw(resource.update_image)
        self.add_participants = raw(resource.add_participants)
        self.update_participants = raw(resource.update_participants)
        self.remove_participants = raw(resource.remove_participants)
        self.list_pending_members = raw(resource.list_pending_members)
        self.approve_members = raw(resource.approve_members)
        self.reject_members = raw(resource.reject_members)
        self.get_invite_code = raw(resource.get_invite_code)
        self.revoke_invite_code = raw(resource.revoke_invite_code)
        self.join = raw(resource.join)
        self.leave = raw(resource.leave)


class AsyncRawGroups:
    """WhatsApp groups of a number."""

    def __init__(self, resource: AsyncGroups) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.update_image = async_raw(resource.update_image)
        self.add_participants = async_raw(resource.add_participants)
        self.update_participants = async_raw(resource.update_participants)
        self.remove_participants = async_raw(resource.remove_participants)
        self.list_pending_members = async_raw(resource.list_pending_members)
        self.approve_members = async_raw(resource.approve_members)
        self.reject_members = async_raw(resource.reject_members)
        self.get_invite_code = async_raw(resource.get_invite_code)
        self.revoke_invite_code = async_raw(resource.revoke_invite_code)
        self.join = async_raw(resource.join)
        self.leave = async_raw(resource.leave)


class RawLabels:
    """Labels of chats."""

    def __init__(self, resource: Labels) -> None:
        self.list = raw(resource.list)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)


class AsyncRawLabels:
    """Labels of chats."""

    def __init__(self, resource: AsyncLabels) -> None:
        self.list = async_raw(resource.list)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)


class RawMeetingLinks:
    """Links to voice and video calls."""

    def __init__(self, resource: MeetingLinks) -> None:
        self.list = raw(resource.list)
        self.create = raw(resource.create)
        self.delete = raw(resource.delete)


class AsyncRawMeetingLinks:
    """Links to voice and video calls."""

    def __init__(self, resource: AsyncMeetingLinks) -> None:
        self.list = async_raw(resource.list)
        self.create = async_raw(resource.create)
        self.delete = async_raw(resource.delete)


class RawMessages:
    """Messages in the chats of a number, received and sent."""

    def __init__(self, resource: Messages) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.get_delivery_info = raw(resource.get_delivery_info)
        self.edit = raw(resource.edit)
        self.delete = raw(resource.delete)


class AsyncRawMessages:
    """Messages in the chats of a number, received and sent."""

    def __init__(self, resource: AsyncMessages) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.get_delivery_info = async_raw(resource.get_delivery_info)
        self.edit = async_raw(resource.edit)
        self.delete = async_raw(resource.delete)


class RawNumbers:
    """Any phone numbers: whether they use WhatsApp, and how to write them."""

    def __init__(self, resource: Numbers) -> None:
        self.exists = raw(resource.exists)
        self.validate = raw(resource.validate)


class AsyncRawNumbers:
    """Any phone numbers: whether they use WhatsApp, and how to write them."""

    def __init__(self, resource: AsyncNumbers) -> None:
        self.exists = async_raw(resource.exists)
        self.validate = async_raw(resource.validate)


class RawOutbound:
    """Sent messages, from the queue to the recipient."""

    def __init__(self, resource: Outbound) -> None:
        self.list = raw(resource.list)
        self.get = raw(resource.get)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)


class AsyncRawOutbound:
    """Sent messages, from the queue to the recipient."""

    def __init__(self, resource: AsyncOutbound) -> None:
        self.list = async_raw(resource.list)
        self.get = async_raw(resource.get)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)


class RawProfile:
    """What WhatsApp users see of a number."""

    def __init__(self, resource: Profile) -> None:
        self.get = raw(resource.get)
        self.update = raw(resource.update)
        self.get_image = raw(resource.get_image)
        self.update_image = raw(resource.update_image)


class AsyncRawProfile:
    """What WhatsApp users see of a number."""

    def __init__(self, resource: AsyncProfile) -> None:
        self.get = async_raw(resource.get)
        self.update = async_raw(resource.update)
        self.get_image = async_raw(resource.get_image)
        self.update_image = async_raw(resource.update_image)


class RawQueue:
    """Queued messages of a number."""

    def __init__(self, resource: Queue) -> None:
        self.get_status = raw(resource.get_status)
        self.route = raw(resource.route)
        self.set_status = raw(resource.set_status)
        self.empty = raw(resource.empty)


class AsyncRawQueue:
    """Queued messages of a number."""

    def __init__(self, resource: AsyncQueue) -> None:
        self.get_status = async_raw(resource.get_status)
        self.route = async_raw(resource.route)
        self.set_status = async_raw(resource.set_status)
        self.empty = async_raw(resource.empty)


class RawQuickReplies:
    """Texts that agents send by a shortcut."""

    def __init__(self, resource: QuickReplies) -> None:
        self.list = raw(resource.list)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)


class AsyncRawQuickReplies:
    """Texts that agents send by a shortcut."""

    def __init__(self, resource: AsyncQuickReplies) -> None:
        self.list = async_raw(resource.list)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)


class RawSend:
    """Messages to send, each to one person, group or channel."""

    def __init__(self, resource: Send) -> None:
        self.text = raw(resource.text)
        self.media = raw(resource.media)
        self.scheduled = raw(resource.scheduled)
        self.poll = raw(resource.poll)
        self.vote = raw(resource.vote)
        self.clear_vote = raw(resource.clear_vote)
        self.event = raw(resource.event)
        self.event_response = raw(resource.event_response)
        self.location = raw(resource.location)
        self.contacts = raw(resource.contacts)
        self.reaction = raw(resource.reaction)
        self.product = raw(resource.product)
        self.forward = raw(resource.forward)


class AsyncRawSend:
    """Messages to send, each to one person, group or channel."""

    def __init__(self, resource: AsyncSend) -> None:
        self.text = async_raw(resource.text)
        self.media = async_raw(resource.media)
        self.scheduled = async_raw(resource.scheduled)
        self.poll = async_raw(resource.poll)
        self.vote = async_raw(resource.vote)
        self.clear_vote = async_raw(resource.clear_vote)
        self.event = async_raw(resource.event)
        self.event_response = async_raw(resource.event_response)
        self.location = async_raw(resource.location)
        self.contacts = async_raw(resource.contacts)
        self.reaction = async_raw(resource.reaction)
        self.product = async_raw(resource.product)
        self.forward = async_raw(resource.forward)


class RawSession:
    """The connection between a number and WhatsApp."""

    def __init__(self, resource: Session) -> None:
        self.sync = raw(resource.sync)
        self.start = raw(resource.start)
        self.scan = raw(resource.scan)
        self.reset = raw(resource.reset)
        self.reboot = raw(resource.reboot)
        self.get_health = raw(resource.get_health)
        self.request_code = raw(resource.request_code)


class AsyncRawSession:
    """The connection between a number and WhatsApp."""

    def __init__(self, resource: AsyncSession) -> None:
        self.sync = async_raw(resource.sync)
        self.start = async_raw(resource.start)
        self.scan = async_raw(resource.scan)
        self.reset = async_raw(resource.reset)
        self.reboot = async_raw(resource.reboot)
        self.get_health = async_raw(resource.get_health)
        self.request_code = async_raw(resource.request_code)


class RawTeam:
    """The people who work with the account."""

    def __init__(self, resource: Team) -> None:
        self.me = raw(resource.me)
        self.list = raw(resource.list)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)
        self.list_device_members = raw(resource.list_device_members)
        self.create = raw(resource.create)
        self.grant_access = raw(resource.grant_access)
        self.revoke_access = raw(resource.revoke_access)


class AsyncRawTeam:
    """The people who work with the account."""

    def __init__(self, resource: AsyncTeam) -> None:
        self.me = async_raw(resource.me)
        self.list = async_raw(resource.list)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)
        self.list_device_members = async_raw(resource.list_device_members)
        self.create = async_raw(resource.create)
        self.grant_access = async_raw(resource.grant_access)
        self.revoke_access = async_raw(resource.revoke_access)


class RawUserStatus:
    """Status posts that a number shows for a day."""

    def __init__(self, resource: UserStatus) -> None:
        self.get = raw(resource.get)
        self.list = raw(resource.list)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)


class AsyncRawUserStatus:
    """Status posts that a number shows for a day."""

    def __init__(self, resource: AsyncUserStatus) -> None:
        self.get = async_raw(resource.get)
        self.list = async_raw(resource.list)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)


class RawWebhooks:
    """Addresses to which the service sends events."""

    def __init__(self, resource: Webhooks) -> None:
        self.list = raw(resource.list)
        self.create = raw(resource.create)
        self.get = raw(resource.get)
        self.update = raw(resource.update)
        self.delete = raw(resource.delete)
        self.enable = raw(resource.enable)
        self.list_logs = raw(resource.list_logs)


class AsyncRawWebhooks:
    """Addresses to which the service sends events."""

    def __init__(self, resource: AsyncWebhooks) -> None:
        self.list = async_raw(resource.list)
        self.create = async_raw(resource.create)
        self.get = async_raw(resource.get)
        self.update = async_raw(resource.update)
        self.delete = async_raw(resource.delete)
        self.enable = async_raw(resource.enable)
        self.list_logs = async_raw(resource.list_logs)
