"""The client, and what this app does with it."""

from functools import cache

from django.conf import settings

from customers.models import Customer
from sparkbot import Client


@cache
def client() -> Client:
    """One client for the process, created on first use. Threads share it; a forked worker opens new connections."""
    return Client()


@cache
def device() -> str:
    """Id of the number to work through."""
    return client().devices.find(settings.SPARKBOT_DEVICE)["id"]


def write_metadata(pk: int) -> None:
    """Write a customer's fields onto the contact, as they are now: running this twice, or late, does no harm."""
    customer = Customer.objects.filter(pk=pk).first()
    if customer is not None:
        wid = f"{customer.phone.removeprefix('+')}@c.us"
        client().contacts.upsert_metadata(device(), wid, customer.metadata())
