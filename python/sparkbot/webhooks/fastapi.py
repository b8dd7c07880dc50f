"""Webhooks in FastAPI."""

from ..integrations.fastapi import api_router as api_router
from ..integrations.fastapi import events_from as events_from

__all__ = ["api_router", "events_from"]
