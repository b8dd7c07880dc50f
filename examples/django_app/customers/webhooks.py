"""The webhook: each event counts once, in any order of arrival."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest

from customers.models import Customer, ProcessedEvent
from sparkbot.webhooks import Event, EventChat, MessageData, Receiver, event_id
from sparkbot.webhooks.django import webhook_view

receiver = Receiver(settings.SPARKBOT_WEBHOOK_SECRET)


@webhook_view(receiver)
def whatsapp(request: HttpRequest, events: list[Event]) -> None:
    """Process the new events in one transaction: after an error the service posts them again."""
    with transaction.atomic():
        for event in events:
            _, is_new = ProcessedEvent.objects.get_or_create(id=event_id(event))
            if is_new:
                _process(event)


def _process(event: Event) -> None:
    if event["event"] == "message:in:new":
        _message_came_in(event["data"])
    elif event["event"] == "chat:update":
        _chat_changed(event["data"])


# `update` sends no signal, so that changes from WhatsApp are not written back to it.


def _message_came_in(message: MessageData) -> None:
    wrote_at = datetime.fromisoformat(message["date"])
    customer = Customer.objects.filter(phone=message["fromNumber"])
    customer.update(messages=F("messages") + 1)
    customer.filter(_older("last_wrote_at", wrote_at)).update(last_wrote_at=wrote_at)


def _chat_changed(chat: EventChat) -> None:
    if "status" in chat and "statusUpdatedAt" in chat:
        changed_at = datetime.fromisoformat(chat["statusUpdatedAt"])
        customer = Customer.objects.filter(phone=f"+{chat['wid'].partition('@')[0]}")
        customer.filter(_older("chat_status_at", changed_at)).update(chat_status=chat["status"], chat_status_at=changed_at)


def _older(field: str, moment: datetime) -> Q:
    """Whether the stored state is older than the event; an outdated event changes nothing."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lt": moment})
