"""How a file is read."""

from __future__ import annotations

from dataclasses import dataclass

from sparkbot.tabular.errors import InputError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options that apply to some kinds of files only, and the columns that are not written."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    skip_footer: int = 0
    #: Columns whose cells may be of a type without a Python value.
    exclude: frozenset[str] = frozenset()

    def reject(self, source: str, *names: str) -> None:
        """Raises if one of these options is set: it has no effect on the source."""
        for name in names:
            if getattr(self, name):
                raise InputError(f"{name} (--{name.replace('_', '-')}) has no effect on {source}: remove it")
