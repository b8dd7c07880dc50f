"""Webhooks in FastAPI."""

from ..integrations.fastapi import events_from as events_from

__all__ = ["events_from"]
