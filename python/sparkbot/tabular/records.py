"""Reads records: rows of SQLAlchemy, Django and sqlite3, named tuples, dataclasses, and models of attrs and pydantic."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any


def as_mapping(record: Any) -> Mapping[str, Any] | None:
    """The record's values by name, or None if it has no names."""
    # Checks for dict first: it is ten times cheaper than the isinstance check, and runs for every row.
    if type(record) is dict or isinstance(record, Mapping):
        return record
    # SQLAlchemy, collections.namedtuple, sqlite3.
    if hasattr(record, "_mapping"):
        mapping: Mapping[str, Any] = record._mapping
        return mapping
    if hasattr(record, "_asdict"):
        return dict(record._asdict())
    if hasattr(record, "keys") and hasattr(record, "__getitem__"):
        return {name: record[name] for name in record.keys()}  # noqa: SIM118  # iterating over sqlite3.Row yields its values
    fields = _field_names(type(record))  # type: ignore[arg-type]  # a class is hashable
    return None if fields is None else {name: getattr(record, name) for name in fields}


@cache
def _field_names(record_type: type) -> tuple[str, ...] | None:
    """The fields of a class of dataclasses, attrs, pydantic or msgspec."""
    if dataclasses.is_dataclass(record_type):
        return tuple(field.name for field in dataclasses.fields(record_type))
    if attributes := getattr(record_type, "__attrs_attrs__", None):
        return tuple(attribute.name for attribute in attributes)
    names = getattr(record_type, "model_fields", None) or getattr(record_type, "__struct_fields__", None)
    return tuple(names) if names else None


def as_iterator(source: Any) -> Any:
    """The source, or an iterator over it that keeps no rows: a Django queryset caches all rows it yields."""
    is_queryset = type(source).__module__ != "builtins" and any(
        base.__module__ == "django.db.models.query" for base in type(source).__mro__
    )
    # A queryset that has loaded its rows, or prefetches related ones, is iterated over directly.
    is_lazy = is_queryset and source._result_cache is None and not source._prefetch_related_lookups
    return source.iterator() if is_lazy else source
