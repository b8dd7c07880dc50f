"""The command group, and the short commands."""

from __future__ import annotations

import json
import os
import threading

import click
from rich.table import Table

from sparkbot import __version__
from sparkbot.cli import lists
from sparkbot.cli.call import call
from sparkbot.cli.doctor import doctor
from sparkbot.cli.export import export
from sparkbot.cli.phones import phones
from sparkbot.cli.streams import print_json
from sparkbot.cli.summary import wide_console
from sparkbot.cli.sync import sync


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sparkbot")
def sparkbot() -> None:
    """Work with the SparkBot WhatsApp API.

    The API key is read from the environment variable SPARKBOT_API_KEY, the base URL from SPARKBOT_BASE_URL or --base-url.

    \b
    Exit codes: 0 done, 1 failed, 2 wrong usage, nothing was sent,
                3 done, with failed rows (sync, phones) or differences (doctor --probe),
                4 stopped by sync --max-error-rate, 130 interrupted.
    """


for command in (*lists.commands(), sync, export, phones, call, doctor):
    sparkbot.add_command(command)


@sparkbot.command()
@click.argument("word", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print all properties of the operations as JSON.")
@click.option("--openapi", "as_openapi", is_flag=True, help="Print an OpenAPI 3.1 document.")
def operations(word: str | None, as_json: bool, as_openapi: bool) -> None:
    """List the operations of the API, or those with WORD in name, title, path or summary."""
    from sparkbot.operations import search

    matches = search(word)
    if as_openapi:
        from sparkbot.openapi import document

        print_json(document(matches, server=os.environ.get("SPARKBOT_BASE_URL")))
    elif as_json:
        print_json(matches)
    else:
        names = ("name", "title", "method", "path", "confidence")
        table = Table(*names, box=None, pad_edge=False)
        for operation in matches:
            table.add_row(*("" if operation[name] is None else str(operation[name]) for name in names))
        wide_console().print(table)


@sparkbot.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 selects a free one.")
@click.option("--seed", default=1, show_default=True, help="Seed of the initial data.")
@click.option("--allow-remote", is_flag=True, help="Accept connections from other machines; needed if the host is not loopback.")
@click.option("--json", "as_json", is_flag=True, help="Print URL and key as one line of JSON.")
def sandbox(host: str, port: int, seed: int, allow_remote: bool, as_json: bool) -> None:
    """Run the sandbox server until Ctrl-C."""
    from warnings import catch_warnings, simplefilter

    from sparkbot import Sandbox

    with catch_warnings(record=True) as caught:
        simplefilter("always")
        server = Sandbox(host=host, port=port, seed=seed, allow_remote=allow_remote).start()
    for warning in caught:
        click.secho(f"Warning: {warning.message}.\n", err=True, bold=True, fg="red")
    with server:
        if as_json:
            click.echo(json.dumps({"base_url": server.url, "api_key": server.api_key}))
        else:
            click.echo(f"The sandbox listens on {server.url}; Ctrl-C stops it. In another shell:\n")
            click.echo(f"export SPARKBOT_BASE_URL={server.url}\nexport SPARKBOT_API_KEY={server.api_key}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("\nThe sandbox has stopped.", err=True)
