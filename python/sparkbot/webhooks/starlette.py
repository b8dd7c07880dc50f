"""Webhooks in Starlette."""

from ..integrations.starlette import router_endpoint as router_endpoint
from ..integrations.starlette import router_lifespan as router_lifespan

__all__ = ["router_endpoint", "router_lifespan"]
