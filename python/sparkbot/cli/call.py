"""`sparkbot call`: any operation from a shell, with the parameters of its row as arguments and options."""

from __future__ import annotations

import difflib
import json
import sys
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import click

from sparkbot.cli.arguments import SEVERAL, Value, merged
from sparkbot.cli.composed import composed, with_found_device
from sparkbot.cli.guide import about_argument, about_call, closing_lines
from sparkbot.cli.show import show, show_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sparkbot import Client

    Row = dict[str, Any]

# Before the names of the command's own options, because a parameter of a row may be called the same.
_OWN = "sparkbot_"
_SANDBOX_HELP = "Call a stand-in service that lives as long as the call."


class WrongCall(click.ClickException):
    """A mistake in the arguments, found before anything was sent; told in one line."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"sparkbot: {self.message}", file=file, err=True)


class Operations(click.Group):
    """Every operation as a command, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(rows())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        row = rows().get(cmd_name)
        if row is None or cmd_name == "request":
            return request if row else None
        return OperationCommand(row)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        known = not args or args[0] in rows() or args[0].startswith("-")
        if not known and not ctx.resilient_parsing:
            raise WrongCall(f"there is no operation {args[0]!r}{_meant(args[0])} `sparkbot operations [WORD]` lists them")
        return super().resolve_command(ctx, args)


@cache
def rows() -> dict[str, Row]:
    """All that can be called, by name."""
    from sparkbot.operations import all_operations

    found = {row["name"]: row for row in all_operations()}
    return found | composed(found)


def _meant(name: str) -> str:
    near = difflib.get_close_matches(name, rows(), n=1)
    return f"; did you mean {near[0]}?" if near else ";"


class OperationCommand(click.Command):
    """The command of one operation. `as_line` is what a table shows of an item, all its plain fields when left out."""

    def __init__(self, row: Row, *, name: str | None = None, as_line: Callable[[Row], Row] | None = None) -> None:
        super().__init__(
            name=name or row["name"],
            callback=partial(_run, row, as_line),
            params=[*_arguments(row), *_options(row), *_own_options(row)],
            help=about_call(row),
            short_help=row["summary"],
            epilog=closing_lines(row),
            # `--deliver_at` is as good as `--deliver-at`.
            context_settings={"token_normalize_func": lambda name: name.replace("_", "-")},
        )
        self.row = row

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        places = [(one["name"].upper(), about_argument(one)) for one in self.row["parameters"] if one["positional"]]
        if places:
            with formatter.section("Arguments"):
                formatter.write_dl(places)
        super().format_options(ctx, formatter)


def _arguments(row: Row) -> list[click.Parameter]:
    places = [one for one in row["parameters"] if one["positional"]]
    return [_argument(one, is_last=one is places[-1]) for one in places]


def _argument(one: Row, *, is_last: bool) -> click.Argument:
    several = is_last and one["type"] in SEVERAL
    name, needed = one["name"], one["required"]
    shown = name.upper() if needed else f"[{name.upper()}]"
    return click.Argument([name], type=Value(one), nargs=-1 if several else 1, required=needed, metavar=shown)


def _options(row: Row) -> list[click.Parameter]:
    return [
        click.Option(
            [one["name"], _dashed(one["name"])],
            type=Value(one),
            multiple=one["type"] in SEVERAL,
            required=one["required"],
            help=about_argument(one),
        )
        for one in row["parameters"]
        if not one["positional"]
    ]


def _dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _own_options(row: Row) -> list[click.Parameter]:
    """What steers the command itself, not the call."""
    every = click.Option([f"{_OWN}all", "--all"], is_flag=True, help="Walk all pages.")
    output = click.Option(
        [f"{_OWN}output", "--output"], metavar="FILE", help="Write the content to this file; - is the standard output."
    )
    as_json = click.Option([f"{_OWN}json", "--json"], is_flag=True, help="Print the answer as JSON, also on a terminal.")
    return [
        *([every] if row["paginated"] else []),
        *([output] if row["response"]["kind"] == "bytes" else [as_json]),
        click.Option([f"{_OWN}sandbox", "--sandbox"], is_flag=True, help=_SANDBOX_HELP),
        click.Option([f"{_OWN}base_url", "--base-url"], help="Address of the service; SPARKBOT_BASE_URL when left out."),
    ]


def _run(row: Row, as_line: Callable[[Row], Row] | None, /, **given: Any) -> None:
    own = {name.removeprefix(_OWN): given.pop(name) for name in list(given) if name.startswith(_OWN)}
    arguments = {one["name"]: _value(one, given[one["name"]]) for one in row["parameters"]}
    wanted = {name: value for name, value in arguments.items() if value is not None}
    if own.get("all") and "page" in wanted:
        raise WrongCall("--all walks all pages; leave --page out")
    is_content = row["response"]["kind"] == "bytes"
    if is_content and own["output"] is None and sys.stdout.isatty():
        raise WrongCall("the answer is no text, so it is not printed on a terminal; give --output FILE")
    with _told_in_one_line(), _client(own["sandbox"], own["base_url"]) as client:
        answer = _answer(client, row, with_found_device(client, row, wanted), own)
    if is_content:
        show_content(answer)
    else:
        walked = own.get("all") or not row["paginated"]
        asked = None if walked else wanted.get("size") or _page_size(row)
        show(answer, row["response"]["schema"], as_json=own["json"], page_size=asked, as_line=as_line)


def _page_size(row: Row) -> int | None:
    return next((one["default"] for one in row["parameters"] if one["name"] == "size"), None)


def _answer(client: Client, row: Row, wanted: dict[str, Any], own: dict[str, Any]) -> Any:
    resource, _, name = row["name"].partition(".")
    methods = getattr(client, resource)
    if own.get("all"):
        return list(getattr(methods, _walk_name(name))(**wanted))
    if own.get("output") not in (None, "-"):
        return getattr(methods, f"{name}_to")(**wanted, path=own["output"])
    return getattr(methods, name)(**wanted)


def _walk_name(name: str) -> str:
    return f"iter{name.removeprefix('list')}" if name.startswith("list") else f"iter_{name}"


def _value(one: Row, given: Any) -> Any:
    return merged(one["type"], given) if isinstance(given, tuple) else given


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    from sparkbot.errors import InvalidArgumentError

    try:
        yield
    except InvalidArgumentError as error:
        raise WrongCall(str(error)) from None


@contextmanager
def _client(in_sandbox: bool, base_url: str | None) -> Iterator[Client]:
    from sparkbot import Client, Sandbox

    if not in_sandbox:
        with Client(base_url=base_url) as client:
            yield client
        return
    with Sandbox() as sandbox, sandbox.client() as client:
        yield client


def _pairs(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, Any]:
    """`--query size=5 --query ids=a --query ids=b`: a name that comes twice is a list."""
    found: dict[str, Any] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.BadParameter(f"{text!r} is no NAME=VALUE, such as size=5")
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _body(_context: click.Context, _option: click.Parameter, given: str | None) -> Any:
    try:
        return None if given is None else json.loads(given)
    except ValueError as error:
        raise click.BadParameter(f"{given!r} is no JSON: {error}") from None


@click.command("request", short_help="Send any request, for what has no operation of its own.")
@click.argument("method")
@click.argument("path")
@click.option("--query", multiple=True, metavar="NAME=VALUE", callback=_pairs, help="Of the query. Repeatable.")
@click.option("--body", metavar="JSON", callback=_body, help="The body.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, also on a terminal.")
@click.option("--sandbox", is_flag=True, help=_SANDBOX_HELP)
@click.option("--base-url", help="Address of the service; SPARKBOT_BASE_URL when left out.")
def request(method: str, path: str, query: dict[str, Any], body: Any, as_json: bool, sandbox: bool, base_url: str | None) -> None:
    """Send any request: METHOD is GET, POST, …, PATH is under the base URL, such as /devices."""
    with _told_in_one_line(), _client(sandbox, base_url) as client:
        answer = client.request(method, path, query=query or None, json=body)
    show(answer, None, as_json=as_json)


@click.command("call", cls=Operations, subcommand_metavar="NAME [ARGUMENTS] [OPTIONS]")
def call() -> None:
    """Call any operation.

    \b
    sparkbot call devices.list
    sparkbot call chats.set_status DEVICE CHAT resolved
    sparkbot call contacts.upsert_metadata DEVICE CONTACT tier=gold city=Oslo
    sparkbot call send.text --device DEVICE --phone +447362053576 --message Hello
    sparkbot call request GET /devices --query size=5

    A DEVICE is the id of a number, its phone number or its alias.

    Lists are given with commas or by repeating the option, objects as key=value by repeating it; both may be JSON.
    Answers are tables on a terminal and JSON elsewhere. `sparkbot call NAME --help` explains an operation.

    Exit codes: 0 done, 1 the call failed, 2 wrong arguments, nothing was sent.
    """
