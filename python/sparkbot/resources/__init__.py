# Generated from src/api by `make generate`; edit the files there.
"""The resources of a client, by attribute. Their modules are imported on first use."""

from __future__ import annotations

# Attribute: module, class of Client, class of AsyncClient.
RESOURCES: dict[str, tuple[str, str, str]] = {
    "campaigns": ("sparkbot.resources.campaigns", "Campaigns", "AsyncCampaigns"),
    "catalog": ("sparkbot.resources.catalog", "Catalog", "AsyncCatalog"),
    "channels": ("sparkbot.resources.channels", "Channels", "AsyncChannels"),
    "chat_files": ("sparkbot.resources.chat_files", "ChatFiles", "AsyncChatFiles"),
    "chats": ("sparkbot.resources.chats", "Chats", "AsyncChats"),
    "contacts": ("sparkbot.resources.contacts", "Contacts", "AsyncContacts"),
    "departments": ("sparkbot.resources.departments", "Departments", "AsyncDepartments"),
    "devices": ("sparkbot.resources.devices", "Devices", "AsyncDevices"),
    "files": ("sparkbot.resources.files", "Files", "AsyncFiles"),
    "groups": ("sparkbot.resources.groups", "Groups", "AsyncGroups"),
    "labels": ("sparkbot.resources.labels", "Labels", "AsyncLabels"),
    "meeting_links": ("sparkbot.resources.meeting_links", "MeetingLinks", "AsyncMeetingLinks"),
    "messages": ("sparkbot.resources.messages", "Messages", "AsyncMessages"),
    "numbers": ("sparkbot.resources.numbers", "Numbers", "AsyncNumbers"),
    "outbound": ("sparkbot.resources.outbound", "Outbound", "AsyncOutbound"),
    "profile": ("sparkbot.resources.profile", "Profile", "AsyncProfile"),
    "queue": ("sparkbot.resources.queue", "Queue", "AsyncQueue"),
    "quick_replies": ("sparkbot.resources.quick_replies", "QuickReplies", "AsyncQuickReplies"),
    "send": ("sparkbot.resources.send", "Send", "AsyncSend"),
    "session": ("sparkbot.resources.session", "Session", "AsyncSession"),
    "team": ("sparkbot.resources.team", "Team", "AsyncTeam"),
    "user_status": ("sparkbot.resources.user_status", "UserStatus", "AsyncUserStatus"),
    "webhooks": ("sparkbot.resources.webhooks", "Webhooks", "AsyncWebhooks"),
}
