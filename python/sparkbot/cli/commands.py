"""The small commands; the larger ones have files of their own."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from sparkbot import __version__
from sparkbot.cli import lists
from sparkbot.cli.call import call
from sparkbot.cli.doctor import doctor
from sparkbot.cli.export import export
from sparkbot.cli.show import print_json
from sparkbot.cli.summary import wide_console
from sparkbot.cli.sync import sync

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sparkbot")
def sparkbot() -> None:
    """Work with the SparkBot WhatsApp API.

    The API key comes from the environment variable SPARKBOT_API_KEY, the service's address from SPARKBOT_BASE_URL or --base-url.

    \b
    Exit codes: 0 done, 1 it could not be done, 2 wrong usage, nothing was sent,
                3 done, with failed rows (sync) or differences (doctor --probe),
                4 stopped by sync --max-error-rate, 130 interrupted.
    """


for command in (*lists.commands(), sync, export, call, doctor):
    sparkbot.add_command(command)


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

        print_json(document(found, server=os.environ.get("SPARKBOT_BASE_URL")))
    elif as_json:
        print_json(found)
    else:
        names = ("name", "title", "method", "path", "confidence")
        _print_table(names, ([row[name] for name in names] for row in found))


@sparkbot.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 for any free one.")
@click.option("--seed", default=1, show_default=True, help="Another number gives other documents to start with.")
@click.option("--allow-remote", is_flag=True, help="Let other machines connect; needed for a host that is not loopback.")
@click.option("--json", "as_json", is_flag=True, help="Print address and key as one line of JSON.")
def sandbox(host: str, port: int, seed: int, allow_remote: bool, as_json: bool) -> None:
    """Run the stand-in service until Ctrl-C."""
    from warnings import catch_warnings, simplefilter

    from sparkbot import Sandbox

    with catch_warnings(record=True) as said:
        simplefilter("always")
        server = Sandbox(host=host, port=port, seed=seed, allow_remote=allow_remote).start()
    for warning in said:
        click.secho(f"Warning: {warning.message}.\n", err=True, bold=True, fg="red")
    with server:
        if as_json:
            click.echo(json.dumps({"base_url": server.url, "api_key": server.api_key}))
        else:
            click.echo(f"The sandbox listens on {server.url}; Ctrl-C ends it. In another shell:\n")
            click.echo(f"export SPARKBOT_BASE_URL={server.url}\nexport SPARKBOT_API_KEY={server.api_key}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("\nThe sandbox has ended.", err=True)


def _print_table(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    wide_console().print(table)
