"""Responses as data frames: values are kept, timestamps become datetimes, columns are stable."""

from __future__ import annotations

import doctest
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_type_hints

import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sparkbot
from sparkbot import frames, types
from sparkbot.errors import InvalidArgumentError
from sparkbot.frames import columns
from sparkbot.tabular import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIBRARIES = ("pandas", "polars", "arrow")
TIMESTAMP = datetime(2026, 1, 31, 12, 0, 0, 123000, tzinfo=UTC)

NAMES = st.text("abcXYZ_1", min_size=1, max_size=3) | st.sampled_from(["date", "readAt"])
TEXTS = st.text(max_size=5) | st.sampled_from(["2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00", "1e5", "007"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
# Of one type for each name, as in responses, or of any.
VALUES = st.recursive(
    SCALARS | st.lists(SCALARS, min_size=1, max_size=3),
    lambda inner: st.dictionaries(NAMES, inner, min_size=1, max_size=3) | st.lists(st.dictionaries(NAMES, inner), min_size=1),
    max_leaves=5,
)
ROWS = st.lists(
    st.fixed_dictionaries({"wid": st.text(max_size=3)}, optional={"a": VALUES, "date": VALUES, "b": VALUES}), max_size=4
)


def cells(frame: Any) -> list[dict[str, Any]]:
    """The rows of a data frame as Python values, by the reader that the sync uses."""
    table = tables.read(frame, ValueError)
    assert table is not None
    return [row for row in table.rows if isinstance(row, dict)]


def names(frame: Any) -> list[str]:
    return list(frame.column_names if isinstance(frame, pyarrow.Table) else frame.columns)


def leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from leaves(inner, f"{name}.{field}")
    elif value is not None:
        yield name, value


@pytest.mark.parametrize("name", LIBRARIES)
@settings(max_examples=60)  # the first data frame imports its library
@given(rows=ROWS)
def test_values_are_kept_in_their_columns(name: Any, rows: list[dict[str, Any]]) -> None:
    frame = frames.frame(rows, library=name)
    read = cells(frame)
    assert len(frame) == len(rows)
    for row, actual in zip(rows, read, strict=True):
        expected = dict(pair for field, value in row.items() for pair in leaves(value, field))
        there = {column: value for column, value in actual.items() if value is not None}
        assert there.keys() == expected.keys()
        for column, value in expected.items():
            assert same(there[column], value, name), (column, there[column], value)


def same(actual: Any, value: Any, name: str) -> bool:
    """Timestamps are datetimes, and polars and Arrow hold mixed types as JSON."""
    if isinstance(actual, datetime):
        return bool(actual == datetime.fromisoformat(value))
    if name != "pandas" and isinstance(actual, str) and actual != value:
        return bool(json.loads(actual) == value)
    return bool(actual == value) and (type(actual) is type(value) or isinstance(value, int))


@pytest.mark.parametrize("name", LIBRARIES)
def test_nested_fields_and_metadata_become_columns(name: Any) -> None:
    rows: list[dict[str, Any]] = [
        {"wid": "1@c.us", "metadata": [], "owner": None, "visits": 2, "device": {"id": "64"}},
        {
            "wid": "2@c.us",
            "metadata": [{"key": "date", "value": "2026-01-31T12:00:00Z"}, {"key": "tier"}],
            "owner": {"agent": "007"},
        },
        {"wid": "3@c.us", "visits": 2**53 + 1, "createdAt": "2026-01-31T13:00:00.123+01:00", "labels": ["a", "b"]},
    ]
    frame = frames.frame(rows, library=name)
    assert names(frame) == [
        *("wid", "metadata.date", "metadata.tier", "owner.agent", "visits", "device.id", "createdAt", "labels")
    ]
    first, second, third = cells(frame)
    assert (first["visits"], second["visits"], third["visits"]) == (2, None, 2**53 + 1)
    # Metadata and ids stay text.
    assert (second["metadata.date"], second["metadata.tier"], second["owner.agent"]) == ("2026-01-31T12:00:00Z", "", "007")
    assert (third["createdAt"], third["createdAt"].utcoffset(), third["labels"]) == (TIMESTAMP, TIMESTAMP.utcoffset(), ["a", "b"])


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize("shape", [types.Contact, types.Chat, types.Message, types.Device, types.Campaign])
def test_declared_columns_exist_without_rows(name: Any, shape: Any) -> None:
    empty = frames.frame([], shape=shape, library=name)
    some = frames.frame([{names(empty)[0]: "1", "further": {"field": 1}}], shape=shape, library=name)
    known = names(empty)
    assert [column for column in names(some) if column in known] == known
    assert set(names(some)) - set(known) == {"further.field"}
    plain = [field for field, hint in get_type_hints(shape).items() if hint in (str, int, bool)]
    assert set(plain) <= set(known)
    dtypes = empty.schema.types if name == "arrow" else empty.dtypes
    assert [str(kind) for kind in dtypes if "us" in str(kind)], "timestamp columns are datetimes without rows"


def unpacked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lists of objects as lists: in polars and Arrow they are JSON."""
    is_list = re.compile(r"\[\{.*\}\]", re.DOTALL).fullmatch
    return [
        {name: json.loads(value) if isinstance(value, str) and is_list(value) else value for name, value in row.items()}
        for row in rows
    ]


def test_libraries_agree_on_sandbox_responses() -> None:
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.find("Support")["id"]
        responses: list[tuple[Callable[..., Any], list[Any]]] = [
            (frames.contacts, list(client.contacts.iter(device))),
            (frames.chats, list(client.chats.iter(device))),
            (frames.messages, list(client.messages.iter(device, size=500))),
            (frames.devices, list(client.devices.list())),
        ]
        for convert, rows in responses:
            first, second, third = (convert(rows, library=name) for name in LIBRARIES)
            assert unpacked(cells(first)) == unpacked(cells(second)) == unpacked(cells(third))
            assert len(first) == len(rows) > 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"wid": "1"}, "pass [row], a list"),
        ("wid", "type str; pass a list of dicts"),
        (None, "type NoneType; pass a list of dicts"),
        ([{"wid": "1"}, "2"], "rows[1] is of type str, not a dict"),
        ([{"a.b": 1, "a": {"b": 2}}], "two fields have the column name 'a.b'"),
    ],
)
def test_invalid_rows_are_rejected(rows: Any, message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=re.escape(message)):
        frames.frame(rows)


def test_async_iterator_error_shows_how_to_collect() -> None:
    with sparkbot.Sandbox() as sandbox:
        client = sandbox.async_client()
        with pytest.raises(InvalidArgumentError, match=re.escape("[row async for row in rows]")):
            frames.contacts(client.contacts.iter("64f0c2a91b7e4d5f8a3b6c01"))  # type: ignore[arg-type]


def test_shape_and_library_are_validated() -> None:
    with pytest.raises(InvalidArgumentError, match=r"sparkbot\.types\.Campaign"):
        frames.frame([], shape=dict)
    with pytest.raises(InvalidArgumentError, match="one of pandas, polars, arrow"):
        frames.frame([], library="spark")  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "extra"), [(None, "pandas"), ("pandas", "pandas"), ("polars", "polars"), ("arrow", "arrow")])
def test_missing_library_error_names_the_extra(name: Any, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=re.escape(f"pip install 'sparkbot[{extra}]'")):
        frames.contacts([], library=name)


def test_polars_is_used_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "find_spec", lambda name: name == "polars" or None)
    assert type(frames.contacts([])).__module__.startswith("polars")


def test_docstring_examples_run() -> None:
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        names = {"sparkbot": sparkbot, "client": client, "device": client.devices.find("Support")["id"]}
        failed, tried = doctest.testmod(frames, extraglobs=names)
    assert (failed, tried > 5) == (0, True)
