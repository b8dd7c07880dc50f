"""Handlers of events that need no transaction of their own."""

from django.core.mail import mail_admins

from customers.webhooks import receiver
from sparkbot.webhooks import DeviceEvent, Router
from sparkbot.webhooks.django import CacheStore

router = Router(receiver, store=CacheStore(), process_before_response=True)


def is_offline(event: DeviceEvent) -> bool:
    return event["data"].get("session", {}).get("status") != "online"


@router.on("number:session", check=is_offline)
def number_went_offline(event: DeviceEvent) -> None:
    """Somebody has to link the number again."""
    number = event["data"].get("alias", event["data"]["id"])
    mail_admins("WhatsApp number offline", f"{number} sends and receives nothing until it is linked again.")
