"""`sparkbot mcp`: runs a server of the Model Context Protocol. Needs the extra `mcp`."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT_PORT = 8000


@click.command()
@click.option("--read-only", is_flag=True, help="Allow only operations that read (GET).")
@click.option("--allow", multiple=True, metavar="PATTERN", help="Allow only operations like this, such as 'chats.*'. Repeatable.")
@click.option("--http", is_flag=True, help="Serve streamable HTTP on 127.0.0.1 instead of standard input and output.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port of --http, {_DEFAULT_PORT} if omitted; 0 selects a free one.")
@click.option("--sandbox", is_flag=True, help="Call a sandbox that runs as long as the server.")
@click.option("--base-url", help="Base URL of the service; SPARKBOT_BASE_URL if omitted.")
def mcp(read_only: bool, allow: tuple[str, ...], http: bool, port: int | None, sandbox: bool, base_url: str | None) -> None:
    """Run an MCP server, through which agents call the API.

    Before a call that sends, changes or deletes, the user is asked if the agent's program can ask.
    """
    if port is not None and not http:
        raise click.UsageError("--port needs --http")
    if sandbox and base_url is not None:
        raise click.UsageError("--sandbox and --base-url exclude each other")
    try:
        from sparkbot.integrations.mcp.server import serve
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    import asyncio

    http_port = (_DEFAULT_PORT if port is None else port) if http else None
    with nullcontext() if http else _standard_input():
        asyncio.run(serve(sandbox, base_url, http_port, _report, read_only=read_only, allow=allow or None))


@contextmanager
def _standard_input() -> Iterator[None]:
    import signal

    if sys.stdin and sys.stdin.isatty():
        click.echo("The MCP server waits for a client on standard input; Ctrl-C stops it.", err=True)
    # The SDK reads standard input in a thread, which a KeyboardInterrupt would wait for.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _report(url: str) -> None:
    click.echo(f"The MCP server listens on {url}; Ctrl-C stops it.", err=True)
