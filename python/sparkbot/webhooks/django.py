"""Webhooks in Django."""

from ..integrations.django import CacheStore as CacheStore
from ..integrations.django import router_view as router_view
from ..integrations.django import webhook_view as webhook_view

__all__ = ["CacheStore", "router_view", "webhook_view"]
