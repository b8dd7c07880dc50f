"""`sparkbot sync`: writes a file of contacts as metadata."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Collection, Mapping
from contextlib import contextmanager
from dataclasses import replace
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, get_args

import click

from sparkbot.cli.summary import print_summary
from sparkbot.sync.api import sync_metadata
from sparkbot.sync.options import OPTIONS, Option, choices, read_options, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparkbot import Client, Sandbox
    from sparkbot.sync.report.report import Report
    from sparkbot.tabular.rows import Rows


def _parse_pairs(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    # A column name may contain "=", a key can't: the last one separates them.
    pairs = [text.rpartition("=") for text in texts]
    if any(not separator for _, separator, _ in pairs):
        raise click.BadParameter("write it as COLUMN=key, such as --map 'First Name=first_name'")
    return {column: key for column, _, key in pairs}


def _parse_rate(_context: click.Context, _option: click.Parameter, text: str) -> Any:
    if text in ("auto", "none"):
        return "auto" if text == "auto" else None
    try:
        return float(text)
    except ValueError:
        raise click.BadParameter("give calls per second, such as 10, or auto, or none") from None


_CALLBACKS = {"map": _parse_pairs, "calls_per_second": _parse_rate}


def _documentation() -> dict[str, str]:
    """The description of each option in the docstring of `sync_metadata`."""
    arguments = cleandoc(sync_metadata.__doc__ or "").partition("\nArgs:\n")[2].partition("\n\n")[0]
    entries = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", arguments, re.MULTILINE)
    return {name: re.sub(r"\s*\n\s*", " ", text).replace("`", "") for name, text in entries}


def _click_option(name: str, hint: Any, option: Option, text: str) -> Callable[[Any], Any]:
    flag = option.flag or f"--{name.replace('_', '-')}"
    members = [getattr(member, "__origin__", member) for member in (hint, *get_args(hint))]
    settings: dict[str, Any] = {"help": text, "metavar": option.metavar, "callback": _CALLBACKS.get(name)}
    if hint is bool:
        return click.option(flag, name, is_flag=True, help=text)
    if name != "mapping" and any(member in (Collection, Mapping) for member in members):
        return click.option(flag, name, multiple=True, **{**settings, "help": f"{text} Repeatable."})
    if values := choices(hint):
        settings["type"] = click.Choice([value for value in values if value])
    elif name not in _CALLBACKS:
        settings["type"] = next((member for member in members if member in (int, float)), str)
    return click.option(flag, name, default=option.default, show_default=option.default is not None, **settings)


def _sync_options() -> list[Callable[[Any], Any]]:
    texts = _documentation()
    return [_click_option(name, hint, option, texts[name]) for name, (hint, option) in OPTIONS.items() if option.in_command]


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("file"),
    click.option("--device", help="Id, phone number or alias of the WhatsApp number; the sandbox's first one with --sandbox."),
    *_sync_options(),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON when the run has ended."),
    click.option("--sandbox", "in_sandbox", is_flag=True, help="Run against a sandbox that is started for this run."),
    click.option("--base-url", help="Base URL of the service; SPARKBOT_BASE_URL if omitted."),
)  # fmt: skip


def _with_options(command: Callable[..., int]) -> Callable[..., int]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@_with_options
def sync(
    file: str,
    device: str | None,
    in_sandbox: bool,
    base_url: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Write the columns of FILE as metadata onto WhatsApp contacts.

    FILE is CSV, JSON, Parquet or Excel (.xlsx), also compressed; a folder or a pattern of files; a URL; or - for standard input.

    \b
    Exit codes: 0 every row is ok or skipped, 1 the run could not start or continue, 2 wrong usage,
                3 finished with failed or unknown rows, 4 stopped by --max-error-rate,
                130 interrupted.

    The sandbox of --sandbox has every contact of FILE, except the wids that begin with 999, which no country has: they show
    how a missing contact is reported.
    """
    from sparkbot.sync.errors import ColumnsError
    from sparkbot.sync.report.writers import REPORT_SUFFIXES, check_path
    from sparkbot.tabular.errors import InputError
    from sparkbot.tabular.files import open_rows

    if not (device or in_sandbox or options["device_column"] or options["mapping"] or options["dry_run"]):
        raise click.UsageError("give --device (sparkbot devices lists them), or --sandbox, or --dry-run")
    if options["report"]:
        check_path(options["report"], file, suffixes=REPORT_SUFFIXES)
    if options["dead_letters"]:
        check_path(options["dead_letters"], file, option="dead_letters")

    run_options = _run_options(base_url, **options)
    rows = open_rows(file, read_options(run_options))
    try:
        with _service(rows, run_options, in_sandbox, base_url, device) as (client, default_device):
            return _run(client, device or default_device or None, rows, run_options, as_json=as_json)
    except ColumnsError as error:
        raise InputError(_with_map_options(error)) from None


def _run_options(base_url: str | None, **options: Any) -> dict[str, Any]:
    from sparkbot.batch.validation import resolve_rate_limit

    rate = options["calls_per_second"]
    if options["dry_run"]:
        rate = resolve_rate_limit(rate, base_url or os.environ.get("SPARKBOT_BASE_URL"))
    listed = {name: options[name] or None for name in ("id_column", "only", "null_words")}
    return {**options, **listed, "calls_per_second": rate, "progress": "bar"}


def _run(client: Any, device: str | None, rows: Rows, options: dict[str, Any], *, as_json: bool) -> int:
    from sparkbot.sync.errors import RunStopped, TooManyErrors

    try:
        report: Report = sync_metadata(client, device, rows, **options)
    except (KeyboardInterrupt, RunStopped) as error:
        print_summary(getattr(error, "report", None), options["report"], as_json=as_json)
        if isinstance(error, KeyboardInterrupt):
            advice = "Add --resume to continue" if options["journal"] else "Run the same file again; that is safe"
            click.echo(f"Interrupted: calls in flight may have been executed. {advice}.", err=True)
            return 130
        if isinstance(error, TooManyErrors):
            click.echo(f"sparkbot: {error}", err=True)
            return 4
        raise
    print_summary(report, options["report"], as_json=as_json)
    if report.sample is not None and report.sample[1] < report.sample[0]:
        click.echo("sparkbot: not all bulk writes were confirmed: sync the failed rows without --via bulk", err=True)
    return report.exit_code


@contextmanager
def _service(
    rows: Rows, options: dict[str, Any], in_sandbox: bool, base_url: str | None, device: str | None
) -> Iterator[tuple[Client | None, str]]:
    """The client, and the device if none is named."""
    if options["dry_run"]:
        yield None, ""
    elif in_sandbox:
        from sparkbot import Sandbox

        with Sandbox() as sandbox, sandbox.client() as client:
            first = client.devices.list()[0]["id"]
            assert rows.reread is not None
            _seed(sandbox, client, device or first, replace(rows, stream=rows.reread()), options)
            yield client, first
    else:
        from sparkbot import Client

        with Client(base_url=base_url) as client:
            yield client, ""


def _seed(sandbox: Sandbox, client: Client, device: str, rows: Rows, options: dict[str, Any]) -> None:
    """Adds the devices that the rows name, and the contacts of each, to the sandbox."""
    from sparkbot.sync.devices import DeviceResolver
    from sparkbot.sync.runner import SyncRunner
    from sparkbot.tabular.rows import Row

    dry_run = {**options, "dry_run": True, "report": None, "dead_letters": None, "progress": "off"}
    runner = SyncRunner(None, device, rows, resolve(dry_run))
    resolver = DeviceResolver(device, runner.device_column)
    wids: dict[str, set[str]] = {}
    for outcome in runner.stream():
        name = resolver.name_in(Row(outcome.input)) if runner.device_column else device
        if isinstance(name, str) and outcome.contact and not outcome.contact.startswith("999"):
            wids.setdefault(name, set()).add(outcome.contact)
    for name, contacts in wids.items():
        device_id = _find_or_seed_device(sandbox, client, name)
        sandbox.seed(contacts=[{"wid": wid, "device": device_id} for wid in sorted(contacts)])
    count = sum(map(len, wids.values()))
    numbers = f", for {len(wids):,} numbers" if len(wids) > 1 else ""
    click.echo(f"A sandbox for this run has the {count:,} contacts of the file{numbers}.", err=True)


def _find_or_seed_device(sandbox: Sandbox, client: Client, name: str) -> str:
    """The id of the device with this id, phone number or alias; added to the sandbox if missing."""
    from sparkbot.errors import InvalidArgumentError, NotFoundError
    from sparkbot.resources._devices import PHONE, RESOURCE_ID

    try:
        return client.devices.find(name)["id"]
    except (InvalidArgumentError, NotFoundError):
        field = "id" if RESOURCE_ID.fullmatch(name) else "phone" if PHONE.fullmatch(name) else "alias"
        digits = "".join(character for character in name if character.isdigit())
        sandbox.seed(devices=[{field: f"+{digits.removeprefix('00')}" if field == "phone" else name}])
        return client.devices.find(name)["id"]


def _with_map_options(error: Any) -> str:
    """The error with the options that fix it, ready to be pasted into the shell."""
    problems = str(error).partition("\nGive them keys")[0]
    options = [f"--map {_quote(f'{column}={key}')}" for column, key in error.suggested.items()]
    return f"{problems}\nNothing was sent. Add --keys snake to the command, or keys of your choice:\n  " + " \\\n  ".join(options)


def _quote(text: str) -> str:
    # cmd.exe supports double quotation marks only.
    return f'"{text}"' if sys.platform == "win32" else shlex.quote(text)
