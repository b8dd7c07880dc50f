"""A server of the Model Context Protocol: the tools through which an agent calls the API. Needs the extra `sparkbot[mcp]`.

`sparkbot mcp` runs it. `create_server` is for apps that mount it, and for tests.
"""

from __future__ import annotations

from sparkbot._annotations import make_public

try:
    import mcp.server.mcpserver  # noqa: F401
except ImportError as error:
    raise ImportError("sparkbot.mcp needs the MCP SDK, version 2: pip install 'sparkbot[mcp]'", name=error.name) from error

from sparkbot.integrations.mcp.server import create_server

__all__ = ["create_server"]

make_public(__name__)
