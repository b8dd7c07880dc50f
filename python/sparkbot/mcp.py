"""A server of the Model Context Protocol, through which agents call the API. Needs the extra `sparkbot[mcp]`."""

from .integrations.mcp import create_server as create_server

__all__ = ["create_server"]
