"""Customers, and the processed events of the webhook."""

from django.db import models

from sparkbot.webhooks import MAX_ID_LENGTH


class Customer(models.Model):
    """A customer. The first fields are written to WhatsApp as metadata; the others are received from there."""

    #: Fields that become metadata of the contact, under these names.
    METADATA = ("name", "tier", "city")

    phone = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    tier = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)

    messages = models.PositiveIntegerField(default=0)
    last_wrote_at = models.DateTimeField(null=True, blank=True)
    chat_status = models.CharField(max_length=20, blank=True)
    chat_status_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def metadata(self) -> dict[str, str]:
        """The metadata of the contact."""
        return {name: str(getattr(self, name)) for name in self.METADATA}


class ProcessedEvent(models.Model):
    """A processed event. Its unique id makes each event count once."""

    id = models.CharField(max_length=MAX_ID_LENGTH, primary_key=True)
    processed_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.id
