"""`sparkbot phones`: reads the phone numbers of a file as a sync does."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from sparkbot.cli.streams import print_json
from sparkbot.cli.summary import wide_console
from sparkbot.phones import ContactId, contact_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot.phones import PhoneNumberError
    from sparkbot.tabular.rows import Rows

_BATCH = 1024
#: Refused cells that are printed; --json has all.
_MAX_LISTED = 50


@click.command()
@click.argument("file")
@click.option("--id-column", metavar="COLUMN", help="Column of the phone numbers; detected by its name if omitted.")
@click.option("--country-code", metavar="CODE", help="Country of numbers without a country code, such as 44 or GB.")
@click.option("--ambiguous", type=click.Choice(["refuse", "national"]), default="refuse", show_default=True, help="As for sync.")
@click.option("--several", type=click.Choice(["fail", "first"]), default="fail", show_default=True, help="As for sync.")
@click.option("--encoding", help="Encoding of the file; UTF-8, or UTF-16 with a BOM, if omitted.")
@click.option("--delimiter", help="Delimiter of a CSV file: one character, or tab; detected if omitted.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts and the refused cells as JSON.")
def phones(
    file: str,
    id_column: str | None,
    country_code: str | None,
    ambiguous: Any,
    several: Any,
    encoding: str | None,
    delimiter: str | None,
    as_json: bool,
) -> int:
    """Read the phone numbers of FILE as sync does, and print what becomes of them. Nothing is sent.

    \b
    Exit codes: 0 every cell names a contact, 1 the file can't be read, 2 wrong usage, 3 some cells are refused.
    """
    from sparkbot.sync.columns.selection import detect_contact_column
    from sparkbot.tabular.errors import InputError
    from sparkbot.tabular.files import open_rows
    from sparkbot.tabular.read_options import ReadOptions

    rows = open_rows(file, ReadOptions(encoding=encoding, delimiter=delimiter))
    column = id_column or detect_contact_column(rows.columns)
    if column not in rows.columns:
        raise InputError(f"id_column: there is no column {column!r}; the columns are {', '.join(map(repr, rows.columns))}")
    contact_ids([], country_code)  # Rejects an invalid country before the file is read.
    counts: Counter[str] = Counter()
    refused: list[dict[str, Any]] = []
    second_readings = 0
    for position, text, result in _results(rows, column, country=country_code, ambiguous=ambiguous, several=several):
        if isinstance(result, ContactId):
            counts[result.reading] += 1
            second_readings += result.second is not None
        else:
            counts[f"refused: {result.reason}"] += 1
            refused.append({"row": position, "cell": text, "reason": result.reason, "message": str(result)})
    if as_json:
        print_json({"column": column, "counts": counts, "second_readings": second_readings, "refused": refused})
    else:
        _print(column, counts, second_readings, refused)
    return 3 if refused else 0


def _results(rows: Rows, column: str, **options: Any) -> Iterator[tuple[str, str, ContactId | PhoneNumberError]]:
    """Position and text of each cell, and what it was read as."""
    from sparkbot._sparkbot import cell_text

    cells = (
        (f"line {row.line}" if row.line is not None else f"row {index}", cell_text(row.cells.get(column)) or "")
        for index, row in enumerate(rows.stream)
        if row.problem is None
    )
    while batch := list(islice(cells, _BATCH)):
        results = contact_ids([text for _, text in batch], **options)
        yield from ((position, text, result) for (position, text), result in zip(batch, results, strict=True))


def _print(column: str, counts: Counter[str], second_readings: int, refused: list[dict[str, Any]]) -> None:
    click.echo(f"{counts.total():,} cells of the column {column!r}: {counts.total() - len(refused):,} name a contact")
    table = Table("read as", "cells")
    for kind, count in counts.most_common():
        table.add_row(Text(kind), f"{count:,}")
    console = wide_console()
    console.print(table)
    if second_readings:
        click.echo(f"{second_readings:,} of them have a second valid reading in another country")
    if refused:
        listed = Table("row", "cell", "why", title="Refused", title_justify="left")
        for cell in refused[:_MAX_LISTED]:
            listed.add_row(cell["row"], Text(cell["cell"]), Text(cell["message"]))
        console.print(listed)
    if len(refused) > _MAX_LISTED:
        click.echo(f"{len(refused) - _MAX_LISTED:,} more are refused: --json lists all")
