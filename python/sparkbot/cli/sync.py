"""`sparkbot sync`: a file of contacts onto WhatsApp, as metadata."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from sparkbot.cli.summary import print_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparkbot import Client, Sandbox
    from sparkbot.sync.report.report import Report
    from sparkbot.sync.rows import Rows


def _mapped(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    # A column's name may hold "=", a key can't: the last one divides.
    pairs = [text.rpartition("=") for text in given]
    for _column, sign, _ in pairs:
        if not sign:
            raise click.BadParameter("write it as COLUMN=key, such as --map 'First Name=first_name'")
    return {column: key for column, _, key in pairs}


def _rate(_context: click.Context, _option: click.Parameter, given: str) -> Any:
    if given in ("auto", "none"):
        return "auto" if given == "auto" else None
    try:
        return float(given)
    except ValueError:
        raise click.BadParameter("give calls per second, such as 10, or auto, or none") from None


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("file"),
    click.option("--device", help="Id, phone number or alias of the WhatsApp number; the sandbox's first one with --sandbox."),
    click.option("--mapping", metavar="FILE",
                 help="TOML file that says which columns name contact and number, and what each metadata key is made of."),
    click.option("--id-column", metavar="COLUMN", help="Column that names the contact; found by its name when left out."),
    click.option("--map", "renamed", multiple=True, metavar="COLUMN=KEY", callback=_mapped,
                 help="Metadata key of a column. Repeatable."),
    click.option("--only", multiple=True, metavar="COLUMN",
                 help="Take no other columns than these and the mapped ones. Repeatable."),
    click.option("--exclude", multiple=True, metavar="COLUMN", help="Leave the column out. Repeatable."),
    click.option("--country-code", metavar="DIGITS", help="Calling code of numbers without one, such as 44."),
    click.option("--empty", type=click.Choice(["skip", "clear", "fail"]), default="skip", show_default=True,
                 help="Empty cells: leave the key out, write the empty text, or refuse the row."),
    click.option("--on-missing", type=click.Choice(["fail", "create", "skip"]), default="fail", show_default=True,
                 help="Contacts that do not exist: fail the row, create them, or skip the row."),
    click.option("--device-column", metavar="COLUMN",
                 help="Column that names the WhatsApp number of each row; --device is for rows where it is empty."),
    click.option("--compare", type=click.Choice(["service", "journal"]),
                 help="Write only what differs: from what the service has (a read for each row), or from what earlier runs with "
                      "the same --journal wrote."),
    click.option("--via", type=click.Choice(["rows", "bulk"]), default="rows", show_default=True,
                 help="A call for each row, or for 50 by Bulk Create Contacts. That this takes metadata is assumed: some rows "
                      "are read back, and the run stops where they show otherwise. Needs --on-missing create."),
    click.option("--journal", metavar="FILE", help="Keep what becomes of each row in FILE, so that the run can be resumed."),
    click.option("--resume", is_flag=True, help="Go on with the run of the --journal; begin it if there is none yet."),
    click.option("--restart", is_flag=True, help="Begin anew although the run of the --journal was not finished."),
    click.option("--offline-patience", default=300.0, show_default=True, metavar="SECONDS",
                 help="How long the rows of an offline device wait for it before they fail."),
    click.option("--max-error-rate", type=float, metavar="SHARE",
                 help="Stop when a larger share of the rows has failed, such as 0.05, once there are 20."),
    click.option("--concurrency", default=16, show_default=True, help="Calls at the same time."),
    click.option("--rate", default="auto", show_default=True, metavar="N|auto|none", callback=_rate,
                 help="Calls per second. auto: 10, and no limit for a service on this machine."),
    click.option("--report", metavar="FILE",
                 help="Write the outcome of every row to FILE.csv or FILE.jsonl, or a summary with plots to FILE.html (as data: "
                      "FILE.json)."),
    click.option("--dead-letters", metavar="FILE",
                 help="Write the rows that were not written, and why, to FILE.csv or FILE.jsonl, to mend and sync again."),
    click.option("--dry-run", is_flag=True, help="Check every row and say how long the run would take; send nothing."),
    click.option("--encoding", help="Encoding of the file, such as cp1252; UTF-8, or UTF-16 with its mark, when left out."),
    click.option("--delimiter", help="Delimiter of a CSV file: one character, or tab; found by trying when left out."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON when the run has ended."),
    click.option("--sandbox", "in_sandbox", is_flag=True, help="Run against a stand-in service that lives as long as the run."),
    click.option("--base-url", help="Address of the service; SPARKBOT_BASE_URL when left out."),
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
    rate: Any,
    encoding: str | None,
    delimiter: str | None,
    as_json: bool,
    **chosen: Any,
) -> int:
    """Write the columns of FILE (CSV, JSON lines or Parquet) as metadata onto WhatsApp contacts.

    \b
    Exit codes: 0 every row is ok or skipped, 1 the run could not go on, 2 wrong usage,
                3 finished with failed or unknown rows, 4 stopped by --max-error-rate,
                130 interrupted.

    With --sandbox the stand-in service knows every contact of FILE, except those with the country code 999, which belongs to no
    country: they show what a contact that does not exist looks like.
    """
    from sparkbot.sync.errors import ColumnsError, InputError
    from sparkbot.sync.files import open_rows
    from sparkbot.sync.report.writers import REPORT_FORMS, check_path

    if not (device or in_sandbox or chosen["device_column"] or chosen["mapping"] or chosen["dry_run"]):
        raise click.UsageError("give --device (sparkbot devices lists them), or --sandbox, or --dry-run")
    if chosen["report"]:
        check_path(chosen["report"], file, forms=REPORT_FORMS)

    def opened() -> Rows:
        return open_rows(file, encoding=encoding, delimiter=delimiter)

    options = _options(rate, base_url, **chosen)
    try:
        with _service(opened, options, in_sandbox, base_url, device) as (client, only_device):
            return _run(client, device or only_device or None, opened(), options, as_json=as_json)
    except ColumnsError as error:
        raise InputError(_as_options(error)) from None


def _options(rate: Any, base_url: str | None, *, renamed: dict[str, str], only: tuple[str, ...], **chosen: Any) -> dict[str, Any]:
    from sparkbot.batch.validation import resolve_rate_limit

    url = base_url or os.environ.get("SPARKBOT_BASE_URL")
    limit = resolve_rate_limit(rate, url) if chosen["dry_run"] else rate
    return {**chosen, "map": renamed, "only": only or None, "calls_per_second": limit, "progress": "bar"}


def _run(client: Any, device: str | None, rows: Rows, options: dict[str, Any], *, as_json: bool) -> int:
    from sparkbot.sync import RunStopped, TooManyErrors, sync_metadata

    try:
        report: Report = sync_metadata(client, device, rows, **options)
    except KeyboardInterrupt as interrupt:
        print_summary(getattr(interrupt, "report", None), options["report"], as_json=as_json)
        then = "Add --resume to go on" if options["journal"] else "Run the same file again; nothing is harmed"
        click.echo(f"Interrupted: calls that were under way may have been executed. {then}.", err=True)
        return 130
    except TooManyErrors as stopped:
        print_summary(stopped.report, options["report"], as_json=as_json)
        click.echo(f"sparkbot: {stopped}", err=True)
        return 4
    except RunStopped as stopped:
        print_summary(stopped.report, options["report"], as_json=as_json)
        raise
    print_summary(report, options["report"], as_json=as_json)
    if report.sample is not None and report.sample[1] < report.sample[0]:
        click.echo("sparkbot: not everything that was written in bulk holds: sync the failed rows without --via bulk", err=True)
    return report.exit_code


@contextmanager
def _service(
    opened: Callable[[], Rows], options: dict[str, Any], in_sandbox: bool, base_url: str | None, device: str | None
) -> Iterator[tuple[Client | None, str]]:
    """The client to work with, and the device to use when none is named."""
    if options["dry_run"]:
        yield None, ""
    elif in_sandbox:
        from sparkbot import Sandbox

        with Sandbox() as sandbox, sandbox.client() as client:
            first = client.devices.list()[0]["id"]
            _seed(sandbox, client, device or first, opened(), options)
            yield client, first
    else:
        from sparkbot import Client

        with Client(base_url=base_url) as client:
            yield client, ""


def _seed(sandbox: Sandbox, client: Client, device: str, rows: Rows, options: dict[str, Any]) -> None:
    """Makes the sandbox know the numbers that the rows name, and the contacts of each."""
    from sparkbot.sync.devices import DeviceResolver
    from sparkbot.sync.options import Settings
    from sparkbot.sync.rows import Row
    from sparkbot.sync.runner import SyncRunner

    quiet = {**options, "dry_run": True, "report": None, "dead_letters": None, "progress": "off"}
    driver = SyncRunner(None, device, rows, Settings(**quiet))
    routes = DeviceResolver(device, driver.device_column)
    wids: dict[str, set[str]] = {}
    for outcome in driver.stream():
        name = routes.name(Row(outcome.input)) if driver.device_column else device
        if isinstance(name, str) and outcome.contact and not outcome.contact.startswith("999"):
            wids.setdefault(name, set()).add(outcome.contact)
    for name, known in wids.items():
        number = _number(sandbox, client, name)
        sandbox.seed(contacts=[{"wid": wid, "device": number} for wid in sorted(known)])
    count = sum(map(len, wids.values()))
    numbers = f", for {len(wids):,} numbers" if len(wids) > 1 else ""
    click.echo(f"A sandbox of this run's own knows the {count:,} contacts of the file{numbers}.", err=True)


def _number(sandbox: Sandbox, client: Client, name: str) -> str:
    """The id of the number with this id, phone or alias; the sandbox gets it if it has none."""
    from sparkbot.errors import InvalidArgumentError, NotFoundError
    from sparkbot.resources._devices import PHONE, RESOURCE_ID

    try:
        return client.devices.find(name)["id"]
    except (InvalidArgumentError, NotFoundError):
        field = "id" if RESOURCE_ID.fullmatch(name) else "phone" if PHONE.fullmatch(name) else "alias"
        digits = "".join(letter for letter in name if letter.isdigit())
        sandbox.seed(devices=[{field: f"+{digits.removeprefix('00')}" if field == "phone" else name}])
        return client.devices.find(name)["id"]


def _as_options(error: Any) -> str:
    """The error with the options that mend it, ready to be pasted into the shell."""
    problems = str(error).partition("\nGive them keys")[0]
    mended = [f"--map {_quoted(f'{column}={key}')}" for column, key in error.suggested.items()]
    return f"{problems}\nNothing was sent. Add to the command, with keys to your liking:\n  " + " \\\n  ".join(mended)


def _quoted(text: str) -> str:
    # cmd.exe knows double quotation marks only.
    return f'"{text}"' if sys.platform == "win32" else shlex.quote(text)
