"""The small commands; the larger ones have files of their own."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from sparkbot import __version__
from sparkbot.cli.call import call
from sparkbot.cli.export import export
from sparkbot.cli.summary import wide_console
from sparkbot.cli.sync import sync

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sparkbot")
def sparkbot() -> None:
    """Work with the SparkBot WhatsApp API.

    The API key comes from the environment variable SPARKBOT_API_KEY, the service's address from SPARKBOT_BASE_URL or --base-url.
    """


sparkbot.add_command(sync)
sparkbot.add_command(call)
sparkbot.add_command(export)


@sparkbot.command()
@click.option("--base-url", help="Address of the service; SPARKBOT_BASE_URL when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the devices as the service sent them.")
def devices(base_url: str | None, as_json: bool) -> None:
    """List the WhatsApp numbers of the account."""
    from sparkbot import Client

    with Client(base_url=base_url) as client:
        found: list[dict[str, Any]] = [dict(device) for device in client.devices.list()]
    if as_json:
        _print_json(found)
    else:
        _print_table(
            ("id", "phone", "alias", "status"),
            ([device.get(name) for name in ("id", "phone", "alias", "status")] for device in found),
        )


@sparkbot.command()
@click.argument("word", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the rows of the table with all their facts.")
@click.option("--openapi", "as_openapi", is_flag=True, help="Print them as an OpenAPI 3.1 document.")
def operations(word: str | None, as_json: bool, as_openapi: bool) -> None:
    """List the operations of the API, or those that have WORD in their name, title, path or summary."""
    from sparkbot.operations import search

    found = search(word)
    if as_openapi:
        from sparkbot.openapi import document

        _print_json(document(found, server=os.environ.get("SPARKBOT_BASE_URL")))
    elif as_json:
        _print_json(found)
    else:
        names = ("name", "title", "method", "path", "known")
        _print_table(names, ([row[name] for name in names] for row in found))


@sparkbot.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 for any free one.")
@click.option("--seed", default=1, show_default=True, help="Another number gives other documents to start with.")
@click.option("--allow-remote", is_flag=True, help="Let other machines connect; needed for a host that is not loopback.")
def sandbox(host: str, port: int, seed: int, allow_remote: bool) -> None:
    """Run the stand-in service until Ctrl-C."""
    from warnings import catch_warnings, simplefilter

    from sparkbot import Sandbox

    with catch_warnings(record=True) as said:
        simplefilter("always")
        server = Sandbox(host=host, port=port, seed=seed, allow_remote=allow_remote).start()
    for warning in said:
        click.secho(f"Warning: {warning.message}.\n", err=True, bold=True, fg="red")
    with server:
        click.echo(f"The sandbox listens on {server.url}; Ctrl-C ends it. In another shell:\n")
        click.echo(f"export SPARKBOT_BASE_URL={server.url}\nexport SPARKBOT_API_KEY={server.api_key}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("\nThe sandbox has ended.")


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_table(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    wide_console().print(table)
