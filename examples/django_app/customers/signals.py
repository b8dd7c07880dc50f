"""A saved customer goes to WhatsApp: once the transaction has committed, and not in the request."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from customers.models import Customer
from customers.tasks import enqueue
from customers.whatsapp import write_metadata


def connect() -> None:
    """Listen. `bulk_create` and `QuerySet.update` send no signals: after those, run `manage.py sync_customers`."""
    post_save.connect(_saved, sender=Customer, dispatch_uid="sparkbot")


def _saved(instance: Customer, **signal: Any) -> None:
    # Before the commit the task could read the old row, and a rollback would leave WhatsApp with what never was.
    transaction.on_commit(partial(enqueue, write_metadata, instance.pk))
