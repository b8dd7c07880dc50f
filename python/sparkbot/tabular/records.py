"""Rows of databases, as SQLAlchemy, Django, sqlite3 and named tuples have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def named(record: Any) -> Mapping[str, Any] | None:
    """The record's values by name; None where it has no names."""
    # A dict is no less a mapping, and the question costs ten times as much: it is asked for every row.
    if type(record) is dict or isinstance(record, Mapping):
        return record
    # SQLAlchemy, collections.namedtuple, sqlite3.
    if hasattr(record, "_mapping"):
        found: Mapping[str, Any] = record._mapping
        return found
    if hasattr(record, "_asdict"):
        return dict(record._asdict())
    if hasattr(record, "keys") and hasattr(record, "__getitem__"):
        return {name: record[name] for name in record.keys()}  # noqa: SIM118  # sqlite3.Row is iterated over its values
    return None


def streamed(source: Any) -> Any:
    """The source, or a way through it that keeps none of its rows: a Django queryset keeps all that it has given."""
    is_queryset = type(source).__module__ != "builtins" and any(
        kind.__module__ == "django.db.models.query" for kind in type(source).__mro__
    )
    # One whose rows were loaded already, or that was asked to load others with them, is walked as it is.
    loads = is_queryset and source._result_cache is None and not source._prefetch_related_lookups
    return source.iterator() if loads else source
