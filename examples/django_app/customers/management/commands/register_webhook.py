"""`manage.py register_webhook https://crm.example.com`: let the service post its events to us."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from customers.webhooks import receiver
from customers.whatsapp import client, device
from sparkbot.errors import ConflictError


class Command(BaseCommand):
    """Registers the webhook's address, with the secret in it."""

    help = "Register this server's webhook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("origin", help="where this server is found, such as https://crm.example.com")

    def handle(self, *, origin: str, **options: Any) -> None:
        address = origin.rstrip("/") + reverse("whatsapp")
        try:
            client().webhooks.create(
                name="CRM", url=receiver.url(address), events=["message:in:new", "chat:update"], device=device()
            )
        except ConflictError:
            self.stdout.write(f"{address} is registered already")
        else:
            self.stdout.write(f"{address} is registered")
