"""Prints the result of a run: counts, and a table of errors with advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sparkbot.cli.streams import print_json
from sparkbot.sync.report.estimate import estimate_calls

if TYPE_CHECKING:
    from sparkbot.batch.failures import ErrorKind
    from sparkbot.sync.report.report import Report

#: Advice by type of error; an error's own hint takes precedence.
_ADVICE = {
    "InvalidRow (contact: no country code)": "give --country-code if all these numbers are of one country",
    "InvalidRow (contact: ambiguous)": "write these numbers with + and their country code",
    "InvalidRow (contact: exponent)": "format the column as text in the spreadsheet, and export again",
    "InvalidRow": "fix the rows in the file",
    "NotFoundError": "no such contact: --on-missing create creates them, --on-missing skip leaves them out",
    "OutcomeUnknownError": "may have been written: run the file again, writing twice is safe",
    "RateLimitError": "lower --rate, and run the file again",
    "APITimeoutError": "run the file again; lower --concurrency if it happens often",
    "APIConnectionError": "check the network, and run the file again",
    "ServerError": "the service failed: run the file again later",
    "DeviceNotReadyError": "bring the device online, and run the file again",
    "PermissionDeniedError": "the key may not write contacts of this device: grant it the permission, or use another key",
}


def wide_console() -> Console:
    """The console for tables; lines for logs and grep are not wrapped at 80 characters."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=200)


def print_summary(report: Report | None, target: str | None = None, *, as_json: bool = False) -> None:
    """Prints the report and the path of the file with the outcomes."""
    if report is None:
        return
    if as_json:
        print_json(report.to_dict())
        return
    click.echo(_dry_run(report) if report.dry_run else str(report))
    for note in report.all_notes:
        click.echo(f"note: {note}")
    if report.latency.count:
        rates = f"{report.rows_per_second:,.1f} rows/s, {report.mean_calls_per_second:,.1f} calls/s"
        click.echo(f"{rates}; response times {report.latency}")
    if reasons := "; ".join(report.throttling_reasons):
        click.echo(f"throttled: {reasons}")
    if report.errors_by_type:
        _print_errors(report)
    if target:
        content = "The report" if target.endswith((".html", ".json")) else "The outcome of every row"
        click.echo(f"{content} is in {target}")
    if report.dead_letters and (report.failed or report.unknown):
        click.echo(f"The rows that were not written are in {report.dead_letters}: fix them, and sync that file")


def _dry_run(report: Report) -> str:
    counts = f"{report.rows:,} rows: {report.ok:,} would be written, {report.skipped:,} skipped, {report.failed:,} can't be sent"
    return f"Dry run, nothing was sent. {counts}. It takes {estimate_calls(report)}"


def _print_errors(report: Report) -> None:
    table = Table("error", "rows", "first", "what to do", title="Errors", title_justify="left")
    for kind in sorted(report.errors_by_type.values(), key=lambda kind: -kind.count):
        table.add_row(Text(kind.name), f"{kind.count:,}", Text(kind.examples[0]), Text(_advice(kind)))
    wide_console().print(table)


def _advice(kind: ErrorKind) -> str:
    error_type = kind.name.partition(" ")[0]
    return getattr(kind.outcomes[0].error, "hint", None) or _ADVICE.get(kind.name) or _ADVICE.get(error_type) or "see the message"
