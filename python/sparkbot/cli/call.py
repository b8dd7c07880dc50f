"""`sparkbot call`: calls any operation; its parameters are arguments and options of the command."""

from __future__ import annotations

import difflib
import json
import sys
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import click

from sparkbot.cli.arguments import REPEATABLE, Value, merge
from sparkbot.cli.composed import composed_operations, resolve_device
from sparkbot.cli.guide import describe_operation, describe_parameter, epilog
from sparkbot.cli.show import show, write_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sparkbot import Client

    Operation = dict[str, Any]
    Parameter = dict[str, Any]

# Prefix of the command's own options, which may have the same name as a parameter.
_OWN = "sparkbot_"
_JSON_HELP = "Print the response as JSON, also on a terminal."
_SANDBOX_HELP = "Call a sandbox that is started for this call."
_BASE_URL_HELP = "Base URL of the service; SPARKBOT_BASE_URL if omitted."


class UsageError(click.ClickException):
    """A mistake in the arguments, found before anything was sent. Printed as one line, without the usage."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"sparkbot: {self.message}", file=file, err=True)


class Operations(click.Group):
    """A group with a command for each operation, created on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(operations())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        operation = operations().get(cmd_name)
        if operation is None or cmd_name == "request":
            return request if operation else None
        return OperationCommand(operation)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        is_known = not args or args[0] in operations() or args[0].startswith("-")
        if not is_known and not ctx.resilient_parsing:
            similar = difflib.get_close_matches(args[0], operations(), n=1)
            hint = f"; did you mean {similar[0]}?" if similar else ";"
            raise UsageError(f"there is no operation {args[0]!r}{hint} `sparkbot operations [WORD]` lists them")
        return super().resolve_command(ctx, args)


@cache
def operations() -> dict[str, Operation]:
    """All operations by name, and the methods that combine several calls."""
    from sparkbot.operations import all_operations

    by_name = {operation["name"]: operation for operation in all_operations()}
    return by_name | composed_operations(by_name)


class OperationCommand(click.Command):
    """The command of an operation. `to_row` selects the columns of a list; by default all fields with a single value."""

    def __init__(
        self, operation: Operation, *, name: str | None = None, to_row: Callable[[Any], dict[str, Any]] | None = None
    ) -> None:
        positional = [parameter for parameter in operation["parameters"] if parameter["positional"]]
        keywords = [parameter for parameter in operation["parameters"] if not parameter["positional"]]
        super().__init__(
            name=name or operation["name"],
            callback=partial(_run, operation, to_row),
            params=[
                *(_argument(parameter, is_last=parameter is positional[-1]) for parameter in positional),
                *map(_option, keywords),
                *_own_options(operation),
            ],
            help=describe_operation(operation),
            short_help=operation["summary"],
            epilog=epilog(operation),
            # Accepts `--deliver_at` for `--deliver-at`.
            context_settings={"token_normalize_func": lambda name: name.replace("_", "-")},
        )
        self._positional = [(parameter["name"].upper(), describe_parameter(parameter)) for parameter in positional]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self._positional:
            with formatter.section("Arguments"):
                formatter.write_dl(self._positional)
        super().format_options(ctx, formatter)


def _argument(parameter: Parameter, *, is_last: bool) -> click.Argument:
    name, required = parameter["name"], parameter["required"]
    return click.Argument(
        [name],
        type=Value(parameter),
        nargs=-1 if is_last and parameter["type"] in REPEATABLE else 1,
        required=required,
        metavar=name.upper() if required else f"[{name.upper()}]",
    )


def _option(parameter: Parameter) -> click.Option:
    return click.Option(
        [parameter["name"], f"--{parameter['name'].replace('_', '-')}"],
        type=Value(parameter),
        multiple=parameter["type"] in REPEATABLE,
        required=parameter["required"],
        help=describe_parameter(parameter),
    )


def _own_options(operation: Operation) -> list[click.Option]:
    """Options of the command itself."""
    output_help = "Write the content to this file; - is the standard output."
    output = click.Option([f"{_OWN}output", "--output"], metavar="FILE", help=output_help)
    return [
        *([_flag("all", "Fetch all pages.")] if operation["paginated"] else []),
        output if operation["response"]["kind"] == "bytes" else _flag("json", _JSON_HELP),
        _flag("sandbox", _SANDBOX_HELP),
        click.Option([f"{_OWN}base_url", "--base-url"], help=_BASE_URL_HELP),
    ]


def _flag(name: str, text: str) -> click.Option:
    return click.Option([f"{_OWN}{name}", f"--{name}"], is_flag=True, help=text)


def _run(operation: Operation, to_row: Callable[[Any], dict[str, Any]] | None, /, **values: Any) -> None:
    own = {name.removeprefix(_OWN): values.pop(name) for name in list(values) if name.startswith(_OWN)}
    arguments = {parameter["name"]: _argument_value(parameter, values) for parameter in operation["parameters"]}
    arguments = {name: value for name, value in arguments.items() if value is not None}
    if own.get("all") and "page" in arguments:
        raise UsageError("--all fetches all pages; leave --page out")
    is_content = operation["response"]["kind"] == "bytes"
    if is_content and own["output"] is None and sys.stdout.isatty():
        raise UsageError("the response is binary and is not printed on a terminal; give --output FILE")
    with _usage_errors(), _client(own["sandbox"], own["base_url"]) as client:
        response = _call(client, operation, resolve_device(client, operation, arguments), own)
    if is_content:
        write_content(response)
        return
    is_page = operation["paginated"] and not own.get("all")
    show(response, operation["response"]["schema"], as_json=own["json"], is_page=is_page, to_row=to_row)


def _argument_value(parameter: Parameter, values: dict[str, Any]) -> Any:
    value = values[parameter["name"]]
    return merge(parameter["type"], value) if isinstance(value, tuple) else value


def _call(client: Client, operation: Operation, arguments: dict[str, Any], own: dict[str, Any]) -> Any:
    resource, _, name = operation["name"].partition(".")
    methods = getattr(client, resource)
    if own.get("all"):
        iterate = f"iter{name.removeprefix('list')}" if name.startswith("list") else f"iter_{name}"
        return list(getattr(methods, iterate)(**arguments))
    if own.get("output") not in (None, "-"):
        return getattr(methods, f"{name}_to")(**arguments, path=own["output"])
    return getattr(methods, name)(**arguments)


@contextmanager
def _usage_errors() -> Iterator[None]:
    from sparkbot.errors import InvalidArgumentError

    try:
        yield
    except InvalidArgumentError as error:
        raise UsageError(str(error)) from None


@contextmanager
def _client(in_sandbox: bool, base_url: str | None) -> Iterator[Client]:
    from sparkbot import Client, Sandbox

    if not in_sandbox:
        with Client(base_url=base_url) as client:
            yield client
        return
    with Sandbox() as sandbox, sandbox.client() as client:
        yield client


def _parse_query(_context: click.Context, _option: click.Parameter, pairs: Sequence[str]) -> dict[str, Any]:
    """`--query size=5 --query ids=a --query ids=b`: a repeated name becomes a list."""
    query: dict[str, Any] = {}
    for text in pairs:
        name, separator, value = text.partition("=")
        if not separator:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE, such as size=5")
        query.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in query.items()}


def _parse_body(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not JSON: {error}") from None


@click.command("request", short_help="Send any request, for endpoints that have no operation.")
@click.argument("method")
@click.argument("path")
@click.option("--query", multiple=True, metavar="NAME=VALUE", callback=_parse_query, help="Query parameter. Repeatable.")
@click.option("--body", metavar="JSON", callback=_parse_body, help="The body.")
@click.option("--json", "as_json", is_flag=True, help=_JSON_HELP)
@click.option("--sandbox", is_flag=True, help=_SANDBOX_HELP)
@click.option("--base-url", help=_BASE_URL_HELP)
def request(method: str, path: str, query: dict[str, Any], body: Any, as_json: bool, sandbox: bool, base_url: str | None) -> None:
    """Send any request: METHOD is GET, POST, …, PATH is under the base URL, such as /devices."""
    with _usage_errors(), _client(sandbox, base_url) as client:
        response = client.request(method, path, query=query or None, json=body)
    show(response, None, as_json=as_json)


@click.command("call", cls=Operations, subcommand_metavar="NAME [ARGUMENTS] [OPTIONS]")
def call() -> None:
    """Call any operation.

    \b
    sparkbot call devices.list
    sparkbot call chats.set_status DEVICE CHAT resolved
    sparkbot call contacts.upsert_metadata DEVICE CONTACT tier=gold city=Oslo
    sparkbot call send.text --device DEVICE --phone +447362053576 --message Hello
    sparkbot call request GET /devices --query size=5

    A DEVICE is the id of a WhatsApp number, its phone number or its alias.

    Lists are comma-separated, or the option is repeated; objects are key=value, repeated; both can be JSON.
    Responses are tables on a terminal and JSON otherwise. `sparkbot call NAME --help` describes an operation.

    Exit codes: 0 done, 1 the call failed, 2 invalid arguments, nothing was sent.
    """
