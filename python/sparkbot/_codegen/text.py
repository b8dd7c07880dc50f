"""Lines of Python as `ruff format` leaves them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 130
PROSE_WIDTH = 110
# What a call returns is what its row says; no checker can see that.
UNCHECKED_ANSWERS = '# mypy: disable-error-code="no-any-return"'


def bracketed(head: str, items: Sequence[str], tail: str, indent: int = 0) -> str:
    """`head`, the items and `tail` on one line, or one item a line with a trailing comma where that is too long."""
    margin = " " * indent
    line = f"{margin}{head}{', '.join(items)}{tail}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    return "\n".join([margin + head, *(f"{margin}    {item}," for item in items), margin + tail])


def tuple_of(items: Sequence[str], indent: int = 0) -> str:
    """A tuple, written to stand `indent` columns in."""
    if len(items) == 1:
        return f"({items[0]},)"
    return bracketed("(", items, ")", indent).lstrip()


def import_from(module: str, names: Iterable[str], indent: int = 0) -> str:
    """An import of some names, or nothing for none."""
    chosen = sorted(names, key=str.casefold)
    head = f"from {module} import "
    line = " " * indent + head + ", ".join(chosen)
    if len(line) <= WIDTH:
        return line if chosen else ""
    return bracketed(head + "(", chosen, ")", indent)


def prose(text: str, indent: int, hanging: int = 0) -> str:
    """Text wrapped to the width of a docstring, its later lines `hanging` columns further in."""
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
    """Blocks of lines, already indented, as a docstring with an empty line between two of them."""
    margin = " " * indent
    text = "\n\n".join(block.rstrip() for block in blocks).replace("\\", "\\\\").strip()
    if "\n" in text:
        return f'{margin}"""{text}\n{margin}"""'
    return f'{margin}"""{text}"""'


def lines(*pieces: str) -> str:
    """The pieces that are not empty, each on lines of its own."""
    return "\n".join(piece for piece in pieces if piece)
