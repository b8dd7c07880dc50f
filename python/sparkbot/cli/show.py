"""Answers for people on a terminal, and for programs everywhere else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from sparkbot.cli.summary import wide_console

if TYPE_CHECKING:
    from collections.abc import Callable

# A cell is cut here, so that one long text does not push the other columns out.
_WIDEST = 40
_GAP = 2


def show(
    answer: Any,
    shape: str | None,
    *,
    as_json: bool,
    page_size: int | None = None,
    as_line: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> None:
    """Prints an answer: JSON if asked for or if nobody is looking, else a table of a list or the fields of an object.

    A list of `page_size` items is a page that others may follow.
    """
    if as_json or not sys.stdout.isatty():
        print_json(answer)
    elif isinstance(answer, list) and answer and all(isinstance(item, dict) for item in answer):
        hidden = _show_list(list(map(as_line, answer)), []) if as_line else _show_list(answer, _known_fields(shape))
        _say_more(len(answer), page_size, more_fields=0 if as_line else hidden)
    elif isinstance(answer, list):
        click.echo("\n".join(_cell(item) for item in answer) or "Nothing found.")
    elif isinstance(answer, dict):
        show_fields(answer)
    else:
        click.echo(_cell(answer))


def print_json(value: Any) -> None:
    """For programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_content(answer: bytes | Path) -> None:
    """Content goes to where the standard output leads; a file that holds it already is only named."""
    if isinstance(answer, Path):
        click.echo(f"{answer.stat().st_size:,} bytes are in {answer}", err=True)
        return
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _known_fields(shape: str | None) -> list[str]:
    """The fields of a shape in their order, which puts what names a thing first."""
    from sparkbot._sparkbot import model_definitions

    return list(model_definitions()["schemas"][shape]["fields"]) if shape else []


def _show_list(items: list[dict[str, Any]], known: list[str]) -> int:
    """Prints as many columns as there is room for, and returns how many fields it does not show."""
    console = wide_console()
    names = _columns(items, known)
    shown = _fitting(names, items, console.width)
    table = Table(*shown, box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for item in items:
        table.add_row(*(Text(_short(_cell(item.get(name))), overflow="ellipsis", no_wrap=True) for name in shown))
    console.print(table)
    return len({name for item in items for name in item}) - len(shown)


def _say_more(count: int, page_size: int | None, *, more_fields: int) -> None:
    counted = f"{count:,} on this page; --all walks all pages" if count == page_size else f"{count:,} in all"
    click.echo(f"{counted}; {more_fields or 'all'} {'more ' if more_fields else ''}fields with --json", err=True)


def _columns(items: list[dict[str, Any]], known: list[str]) -> list[str]:
    """Fields with a single value in some item: those that the shape names, then the others."""
    plain = dict.fromkeys(
        name for item in items for name, value in item.items() if value is not None and not isinstance(value, (dict, list))
    )
    return [*(name for name in known if name in plain), *(name for name in plain if name not in known)]


def _fitting(names: list[str], items: list[dict[str, Any]], width: int) -> list[str]:
    """As many columns as there is room for, at least one."""
    chosen: list[str] = []
    for name in names:
        wanted = max(cell_len(text) for text in (name, *(_short(_cell(item.get(name))) for item in items))) + _GAP
        if chosen and wanted > width:
            continue
        chosen.append(name)
        width -= wanted
    return chosen


def show_fields(answer: dict[str, Any]) -> None:
    """Prints a line for each field."""
    if not answer:
        click.echo("Done.")
        return
    table = Table("", "", box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=False)
    for name, value in _flat(answer).items():
        table.add_row(Text(name, style="bold"), Text(_cell(value)))
    wide_console().print(table)


def _flat(answer: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Objects in objects as names with dots."""
    found: dict[str, Any] = {}
    for name, value in answer.items():
        inner = _flat(value, f"{before}{name}.") if isinstance(value, dict) and value else {before + name: value}
        found |= inner
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
