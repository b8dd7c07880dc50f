"""Formats Python code as `ruff format` does."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 130
PROSE_WIDTH = 110
# Type checkers cannot verify the response type.
UNCHECKED_RESPONSES = '# mypy: disable-error-code="no-any-return"'


def bracketed(head: str, items: Sequence[str], tail: str, indent: int = 0) -> str:
    """Joins head, items and tail on one line or, if that is too long, with one item per line and a trailing comma."""
    margin = " " * indent
    line = f"{margin}{head}{', '.join(items)}{tail}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    return "\n".join([margin + head, *(f"{margin}    {item}," for item in items), margin + tail])


def tuple_of(items: Sequence[str], indent: int = 0) -> str:
    """Formats a tuple that starts at column `indent`."""
    if len(items) == 1:
        return f"({items[0]},)"
    return bracketed("(", items, ")", indent).lstrip()


def import_from(module: str, names: Iterable[str], indent: int = 0) -> str:
    """Formats an import; empty without names."""
    chosen = sorted(names, key=str.casefold)
    head = f"from {module} import "
    line = " " * indent + head + ", ".join(chosen)
    if len(line) <= WIDTH:
        return line if chosen else ""
    return bracketed(head + "(", chosen, ")", indent)


def prose(text: str, indent: int, hanging: int = 0) -> str:
    """Wraps text to the width of a docstring, with a hanging indent of the continuation lines."""
    margin = " " * indent
    return textwrap.fill(
        " ".join(text.split()),
        width=PROSE_WIDTH,
        initial_indent=margin,
        subsequent_indent=margin + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def docstring(blocks: Iterable[str], indent: int) -> str:
    """Joins indented blocks to a docstring, separated by empty lines."""
    margin = " " * indent
    text = "\n\n".join(block.rstrip() for block in blocks).replace("\\", "\\\\").strip()
    if "\n" in text:
        return f'{margin}"""{text}\n{margin}"""'
    return f'{margin}"""{text}"""'


def lines(*parts: str) -> str:
    """Joins the parts that are not empty by newlines."""
    return "\n".join(part for part in parts if part)
