"""Writes a saved customer to WhatsApp after the transaction has committed, outside the request."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from customers.models import Customer
from customers.tasks import enqueue
from customers.whatsapp import write_metadata


def connect() -> None:
    """Connect the signal. `bulk_create` and `QuerySet.update` send none: run `manage.py sync_customers` after those."""
    post_save.connect(_saved, sender=Customer, dispatch_uid="sparkbot")


def _saved(instance: Customer, **signal: Any) -> None:
    # Before the commit the task could read the old row, and a rollback would not undo the write to WhatsApp.
    transaction.on_commit(partial(enqueue, write_metadata, instance.pk))
