"""Webhooks in Django."""

from ..integrations.django import webhook_view as webhook_view

__all__ = ["webhook_view"]
