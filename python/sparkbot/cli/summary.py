"""The end of a run, for people: counts, and a table of what went wrong and what to do about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sparkbot.sync.report.estimate import calls_needed

if TYPE_CHECKING:
    from sparkbot.sync.report.report import ErrorKind, Report

#: What to do about a kind of error; the error's own hint comes first.
_ADVICE = {
    "InvalidRow (contact: no country code)": "give --country-code, if these numbers are all of one country",
    "InvalidRow (contact: exponent)": "format the column as text in the spreadsheet, and export again",
    "InvalidRow": "mend the rows in the file",
    "NotFoundError": "no such contact: --on-missing create creates them, --on-missing skip leaves them out",
    "OutcomeUnknownError": "may have been written: run the file again, the same write twice does no harm",
    "RateLimitError": "lower --rate, and run the file again",
    "APITimeoutError": "run the file again; lower --concurrency if it happens often",
    "APIConnectionError": "check the network, and run the file again",
    "ServerError": "the service failed: run the file again later",
    "DeviceNotReadyError": "bring the device online, and run the file again",
    "PermissionDeniedError": "the key may not write contacts of this device: give it the right, or use another",
}


def wide_console() -> Console:
    """Where tables go; without a terminal the lines are for logs and grep, and are not cut at 80 characters."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=200)


def print_summary(report: Report | None, target: str | None = None, *, as_json: bool = False) -> None:
    """Prints the report, and where the outcome of every row is."""
    if report is None:
        return
    if as_json:
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
        return
    click.echo(_dry_run(report) if report.dry_run else str(report))
    if report.latency.count:
        rates = f"{report.rows_per_second:,.1f} rows/s, {report.mean_calls_per_second:,.1f} calls/s"
        click.echo(f"{rates}; answers took {report.latency}")
    if held := "; ".join(report.held_back_by):
        click.echo(f"held back: {held}")
    if report.kinds:
        _print_kinds(report)
    if target:
        what = "The report" if target.endswith((".html", ".json")) else "The outcome of every row"
        click.echo(f"{what} is in {target}")
    if report.dead_letters and (report.failed or report.unknown):
        click.echo(f"The rows that were not written are in {report.dead_letters}: mend them, and sync that file")


def _dry_run(report: Report) -> str:
    counted = f"{report.rows:,} rows: {report.ok:,} would be written, {report.skipped:,} skipped, {report.failed:,} can't be sent"
    return f"Dry run, nothing was sent. {counted}. It takes {calls_needed(report)}"


def _print_kinds(report: Report) -> None:
    table = Table("error", "rows", "first", "what to do", title="What went wrong", title_justify="left")
    for kind in sorted(report.kinds.values(), key=lambda kind: -kind.count):
        table.add_row(Text(kind.name), f"{kind.count:,}", Text(kind.told()[0]), Text(_advice(kind)))
    wide_console().print(table)


def _advice(kind: ErrorKind) -> str:
    plain = kind.name.partition(" ")[0]
    return getattr(kind.first.error, "hint", None) or _ADVICE.get(kind.name) or _ADVICE.get(plain) or "see the message"
