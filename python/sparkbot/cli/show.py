"""Prints responses: tables on a terminal, JSON otherwise."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from sparkbot.cli.streams import print_json
from sparkbot.cli.summary import wide_console

if TYPE_CHECKING:
    from collections.abc import Callable

    Item = dict[str, Any]

#: Longer cells are truncated, so that they don't displace other columns.
_MAX_CELL = 40
_GAP = 2


def show(
    response: Any,
    schema: str | None,
    *,
    as_json: bool,
    is_page: bool = False,
    to_row: Callable[[Item], Item] | None = None,
) -> None:
    """Prints a response: as JSON on request or if the output is not a terminal, else as a table.

    Others may follow a page, however short it is: the service may have its own maximum page size.
    """
    if as_json or not sys.stdout.isatty():
        print_json(response)
    elif isinstance(response, list) and response and all(isinstance(item, dict) for item in response):
        hidden = _print_table(response if to_row is None else list(map(to_row, response)), None if to_row else schema)
        count = f"{len(response):,}"
        count += " on this page; --all fetches all pages" if is_page else " in all"
        fields = f"{hidden} more fields" if hidden and not to_row else "all fields"
        click.echo(f"{count}; {fields} with --json", err=True)
    elif isinstance(response, list):
        click.echo("\n".join(map(_cell, response)) or "Nothing found.")
    elif isinstance(response, dict):
        print_fields(response)
    else:
        click.echo(_cell(response))


def write_content(content: bytes | Path) -> None:
    """Writes binary content to standard output. For a path, the file with the content, it prints the path."""
    if isinstance(content, Path):
        click.echo(f"{content.stat().st_size:,} bytes are in {content}", err=True)
        return
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def print_fields(item: Item) -> None:
    """Prints a line for each field."""
    if not item:
        click.echo("Done.")
        return
    table = Table("", "", box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=False)
    for name, value in _flatten(item).items():
        table.add_row(Text(name, style="bold"), Text(_cell(value)))
    wide_console().print(table)


def _print_table(items: list[Item], schema: str | None) -> int:
    """Prints the columns that fit into the terminal, and returns the number of fields that are not shown."""
    console = wide_console()
    columns = _fitting_columns(_columns(items, schema), items, console.width)
    table = Table(*columns, box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for item in items:
        table.add_row(*(Text(_short_cell(item.get(name)), overflow="ellipsis", no_wrap=True) for name in columns))
    console.print(table)
    return len({name for item in items for name in item}) - len(columns)


def _columns(items: list[Item], schema: str | None) -> list[str]:
    """Fields that have a single value in some item: first those of the schema, which starts with the identifying ones."""
    from sparkbot._sparkbot import model_definitions

    known = list(model_definitions()["schemas"][schema]["fields"]) if schema else []
    scalars = dict.fromkeys(
        name for item in items for name, value in item.items() if value is not None and not isinstance(value, (dict, list))
    )
    return [*(name for name in known if name in scalars), *(name for name in scalars if name not in known)]


def _fitting_columns(names: list[str], items: list[Item], width: int) -> list[str]:
    """The columns that fit into the width, at least one."""
    columns: list[str] = []
    for name in names:
        column_width = max(cell_len(text) for text in (name, *(_short_cell(item.get(name)) for item in items))) + _GAP
        if not columns or column_width <= width:
            columns.append(name)
            width -= column_width
    return columns


def _flatten(item: Item, prefix: str = "") -> Item:
    """Nested objects as dotted names."""
    fields: Item = {}
    for name, value in item.items():
        fields |= _flatten(value, f"{prefix}{name}.") if isinstance(value, dict) and value else {prefix + name: value}
    return fields


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short_cell(value: Any) -> str:
    line = " ".join(_cell(value).split())
    return line if len(line) <= _MAX_CELL else line[: _MAX_CELL - 1] + "…"
