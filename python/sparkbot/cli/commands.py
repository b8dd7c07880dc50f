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
from sparkbot.cli.mcp import mcp
from sparkbot.cli.phones import phones
from sparkbot.cli.streams import print_json
from sparkbot.cli.summary import wide_console
from sparkbot.cli.sync import sync

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparkbot import Sandbox

# Separate from SPARKBOT_API_KEY, so that the sandbox never takes the key of an account.
SANDBOX_KEY = "SPARKBOT_SANDBOX_KEY"
SIGNING_KEY = "SPARKBOT_SANDBOX_SIGNING_KEY"


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


for command in (*lists.commands(), sync, export, phones, call, doctor, mcp):
    sparkbot.add_command(command)


@sparkbot.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print all properties of the operations as JSON.")
@click.option("--openapi", "as_openapi", is_flag=True, help="Print an OpenAPI 3.1 document.")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Print a page for coding agents; with WORDS, a line for each operation."
)
def operations(words: tuple[str, ...], as_json: bool, as_openapi: bool, as_markdown: bool) -> None:
    """List the operations of the API, or those with all WORDS in name, title, path or summary."""
    from sparkbot.operations import markdown, search

    text = " ".join(words) or None
    matches = search(text)
    if not matches:
        click.echo(f"No operation has {text!r} in its name, title, path or summary.", err=True)
    if as_openapi:
        from sparkbot.openapi import document

        print_json(document(matches, server=os.environ.get("SPARKBOT_BASE_URL")))
    elif as_json:
        print_json(matches)
    elif as_markdown:
        click.echo(markdown(text), nl=False)
    else:
        names = ("name", "title", "method", "path", "confidence")
        table = Table(*names, box=None, pad_edge=False)
        for operation in matches:
            table.add_row(*("" if operation[name] is None else str(operation[name]) for name in names))
        wide_console().print(table)


def _sign(server: Sandbox, key: str, header: str) -> None:
    from sparkbot.errors import InvalidArgumentError

    try:
        server.sign_webhooks(key, header=header)
    except InvalidArgumentError as error:
        raise click.UsageError(f"the deliveries can't be signed: {error}") from None


def _to_int(_context: click.Context, _option: click.Parameter, value: str) -> int:
    return int(value)


@sparkbot.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 selects a free one.")
@click.option("--seed", default=1, show_default=True, help="Seed of the initial data.")
@click.option("--allow-remote", is_flag=True, help="Accept connections from other machines; needed if the host is not loopback.")
@click.option("--api-key", envvar=SANDBOX_KEY, help=f"The key that clients must send; not echoed. Or set {SANDBOX_KEY}.")
@click.option("--signing-key", envvar=SIGNING_KEY, help=f"The key that signs webhooks; not echoed. Or set {SIGNING_KEY}.")
@click.option(
    "--signature-header", default="X-SparkBot-Signature", show_default=True, help="The header with the signature of a delivery."
)
@click.option(
    "--unauthorized",
    type=click.Choice(["401", "403"]),
    default="401",
    callback=_to_int,
    help="Status of a request without the key.",
)
@click.option(
    "--deleted", type=click.Choice(["200", "204"]), default="200", callback=_to_int, help="Status of a successful delete."
)
@click.option("--page-cap", type=click.IntRange(min=1), help="Maximum size of a page, whatever size a request has.")
@click.option(
    "--beyond-last-page", type=click.Choice(["error", "empty"]), default="error", help="The answer beyond the last page."
)
@click.option("--ui", is_flag=True, help="Print the address of a page that shows documents and requests, live.")
@click.option("--json", "as_json", is_flag=True, help="Print the URL, and the key unless it was given, as one line of JSON.")
def sandbox(api_key: str | None, signing_key: str | None, signature_header: str, ui: bool, as_json: bool, **options: Any) -> None:
    """Run the sandbox server until Ctrl-C."""
    from warnings import catch_warnings, simplefilter

    from sparkbot import Sandbox

    if api_key is not None:
        options["api_key"] = api_key
    with catch_warnings(record=True) as caught:
        simplefilter("always")
        server = Sandbox(**options).start()
    for warning in caught:
        click.secho(f"Warning: {warning.message}.\n", err=True, bold=True, fg="red")
    with server:
        if signing_key is not None:
            _sign(server, signing_key, signature_header)
        if as_json:
            shown = {"base_url": server.url} | ({"api_key": server.api_key} if api_key is None else {})
            shown |= {"ui_url": server.ui_url} if ui else {}
            click.echo(json.dumps(shown))
        else:
            click.echo(f"The sandbox listens on {server.url}; Ctrl-C stops it. In another shell:\n")
            shown_key = server.api_key if api_key is None else "…  # the key that you gave"
            click.echo(f"export SPARKBOT_BASE_URL={server.url}\nexport SPARKBOT_API_KEY={shown_key}")
            if ui:
                click.echo(f"\nIts page: {server.ui_url}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("\nThe sandbox has stopped.", err=True)
