"""Which library a frame is of."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from types import ModuleType

_KNOWN = ("pandas", "polars")


def chosen(name: str | None) -> ModuleType:
    """The library of that name; without one, whichever is installed, pandas first."""
    if name is not None and name not in _KNOWN:
        raise InvalidArgumentError(f"library is {name!r}, which is none of {', '.join(_KNOWN)}", field="library")
    found = next((known for known in _KNOWN if name in (None, known) and find_spec(known)), None)
    if found is None:
        wanted = name or "pandas or polars"
        raise ImportError(f"a data frame needs {wanted}: pip install 'sparkbot[{name or 'pandas'}]'")
    return import_module(found)
