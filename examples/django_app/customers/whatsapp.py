"""The client, and the calls of this app."""

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
    """The id of the WhatsApp number of this app."""
    return client().devices.find(settings.SPARKBOT_DEVICE)["id"]


def write_metadata(pk: int) -> None:
    """Write a customer's fields onto the contact, with their current values, so that a late or repeated run is safe."""
    customer = Customer.objects.filter(pk=pk).first()
    if customer is not None:
        wid = f"{customer.phone.removeprefix('+')}@c.us"
        client().contacts.upsert_metadata(device(), wid, customer.metadata())
