"""Request values: converted by the rules of docs/data.md, or rejected with the path to the value."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import enum
import json
import types
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.conftest import DEVICE
from tests.recording_server import recording

import sparkbot
from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.recording_server import Recorder

pd: Any = pytest.importorskip("pandas")


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@pytest.fixture(scope="module")
def client(recorder: Recorder) -> sparkbot.Client:
    return sparkbot.Client("key-of-this-test", base_url=recorder.url)


def sent(client: sparkbot.Client, recorder: Recorder, value: object) -> str:
    """The JSON that is sent for a value."""
    client.request("PUT", "/x", json={"v": [value]})
    [request] = recorder.take()
    text = request.content.decode()
    assert text.startswith('{"v":[')
    assert text.endswith("]}")
    return text[6:-2]


def test_null_fields_are_omitted_and_decimals_are_numbers(client: sparkbot.Client, recorder: Recorder) -> None:
    hours: Any = {"timezone": "UTC", "monday": {"mode": "hours"}, "friday": None}
    client.profile.update(DEVICE, business_hours=hours)
    event: dict[str, Any] = {"name": "Demo", "date": "2030-01-31", "latitude": Decimal("51.25")}
    client.send.event(device=DEVICE, phone="+447362053576", **event)
    profile, sent_event = recorder.take()
    assert profile.body == {"businessProfile": {"businessHours": {"timezone": "UTC", "monday": {"mode": "hours"}}}}
    assert b":51.25" in sent_event.content


class Text(str):
    """A string whose `str` differs from its value."""

    def __str__(self) -> str:
        return "something else"


class Kind(enum.Enum):
    GOLD = "gold"
    SEVEN = 7


class Word(enum.StrEnum):
    GOLD = "gold"


class Number(enum.IntEnum):
    SEVEN = 7


UTC2 = dt.timezone(dt.timedelta(hours=2))
CONVERTED: list[tuple[object, str]] = [
    *(
        (None, "null"),
        (True, "true"),
        (2**200, str(2**200)),
        (-(2**63) - 1, str(-(2**63) - 1)),
        (0.1 + 0.2, "0.30000000000000004"),
    ),
    *((-0.0, "-0.0"), (5e-324, "5e-324"), (Text("as it is"), '"as it is"'), ("\x00\x7f\u2028😀", '"\\u0000\x7f\u2028😀"')),
    *(((1, [2]), "[1,[2]]"), (collections.OrderedDict(b=1, a=2), '{"b":1,"a":2}'), (types.MappingProxyType({"a": 1}), '{"a":1}')),
    *(
        (Kind.GOLD, '"gold"'),
        (Kind.SEVEN, "7"),
        (Word.GOLD, '"gold"'),
        (Number.SEVEN, "7"),
        (uuid.UUID(int=5), f'"{uuid.UUID(int=5)}"'),
    ),
    *((Decimal("12.50"), "12.50"), (Decimal("1E-7"), "0.0000001"), (Decimal("0.1234567890123456789"), "0.1234567890123456789")),
    *((dt.date(2026, 1, 31), '"2026-01-31"'), (dt.datetime(2026, 1, 31, 14), '"2026-01-31T14:00:00"')),
    *(
        (dt.datetime(2026, 1, 31, 14, tzinfo=UTC2), '"2026-01-31T12:00:00Z"'),
        (pd.Timestamp(2026, 1, 31, tz="UTC"), '"2026-01-31T00:00:00Z"'),
    ),
    *((np.int64(2**62), str(2**62)), (np.uint64(2**64 - 1), str(2**64 - 1)), (np.float32(0.5), "0.5"), (np.float64(0.1), "0.1")),
    *((np.bool_(False), "false"), (np.str_("s"), '"s"'), (np.datetime64("2026-01-31"), '"2026-01-31"')),
    *((np.datetime64("2026-01-31T10:00:00.000000000"), '"2026-01-31T10:00:00"'), (np.datetime64("2026", "Y"), '"2026-01-01"')),
]


@pytest.mark.parametrize(("value", "text"), CONVERTED, ids=lambda value: repr(value)[:30])
def test_value_is_converted_as_documented(client: sparkbot.Client, recorder: Recorder, value: object, text: str) -> None:
    assert sent(client, recorder, value) == text


@dataclasses.dataclass
class Point:
    x: int = 1


class Model:
    """Has the interface of a pydantic model."""

    def model_dump(self, mode: str) -> dict[str, Any]:
        raise AssertionError(mode)


class Broken(collections.UserDict[str, Any]):
    def __getitem__(self, key: str) -> Any:
        raise RuntimeError("out of order")


ENDLESS: list[Any] = []
ENDLESS.append({"again": ENDLESS})
DEEP: Any = None
for _ in range(20_000):
    DEEP = {"a": DEEP}
REJECTED: list[tuple[object, str]] = [
    *((b"x", r"bytes\(value\)\.decode"), (bytearray(b"x"), "decode"), (memoryview(b"x"), "decode"), (np.bytes_(b"x"), "decode")),
    *(
        ({1}, "it has no order: pass a list"),
        (frozenset(), "pass a list"),
        (iter([1]), r"pass list\(value\)"),
        (range(3), "a list"),
    ),
    *(
        (Point(), "dataclasses.asdict"),
        (Model(), "model_dump"),
        (object(), "of type object; pass text"),
        (len, "of type builtin"),
    ),
    *(
        (float("nan"), "is NaN"),
        (float("inf"), "is infinite"),
        (np.float64("nan"), "is NaN"),
        (np.float32("-inf"), "is infinite"),
    ),
    *(
        (Decimal("NaN"), "is NaN"),
        (Decimal("sNaN"), "is NaN"),
        (Decimal("-Infinity"), "is infinite"),
        (Decimal("1E+99999"), "1000 digits"),
    ),
    *((pd.NaT, "missing value"), (pd.NA, "missing value"), (np.datetime64("NaT"), "missing value"), (np.ma.masked, "tolist")),
    *(
        (np.array([5]), r"value\.tolist"),
        (np.array(5), r"value\.tolist"),
        (pd.Series([1]), r"value\.tolist"),
        (pd.Categorical(["a"]), "tolist"),
    ),
    *((np.timedelta64(5, "ns"), "timedelta64"), (dt.timedelta(1), "total_seconds"), (pd.Timedelta("1s"), "total_seconds")),
    *((np.datetime64("2026-01-31T00:00:00.000000001"), "round it"), (np.datetime64("99999-01-31"), "years 1 to 9999")),
    *(
        (np.longdouble(1.5), "plain Python value"),
        (1j, "of type complex"),
        (np.complex128(1), "of type complex"),
        (dt.time(1), "of type time"),
    ),
    *((10**5000, "more digits than Python"), ("a\ud83d", "half of a surrogate pair"), (Text("\ude00"), "surrogate pair")),
    *(
        ({1: 2}, r"a key of type int, which is not text; pass str\(key\)"),
        ({None: 2}, "NoneType"),
        ({"\ud83d": 2}, "a key that has half"),
    ),
    *((ENDLESS, "64 deep, or contains itself"), (DEEP, "64 deep"), (Broken(a=1), "out of order")),
]


@pytest.mark.parametrize(
    ("value", "problem"), REJECTED, ids=[type(value).__name__ + str(at) for at, (value, _) in enumerate(REJECTED)]
)
def test_invalid_value_is_rejected_with_path_and_fix(
    client: sparkbot.Client, recorder: Recorder, value: object, problem: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=problem) as caught:
        sent(client, recorder, value)
    assert str(caught.value.field).startswith('json["v"][0]')
    assert str(caught.value.field) in str(caught.value)
    assert recorder.take() == []


def test_pydantic_model_is_rejected_with_fix(client: sparkbot.Client, recorder: Recorder) -> None:
    pydantic = pytest.importorskip("pydantic")
    with pytest.raises(InvalidArgumentError, match="model_dump"):
        sent(client, recorder, pydantic.create_model("Row", a=(int, 1))())


class Growing(Decimal):
    """Adds to its own dict during the conversion."""

    owner: dict[str, Any]

    def is_finite(self) -> bool:
        self.owner[f"more {len(self.owner)}"] = 1
        return True


def test_dict_changed_during_conversion_is_sent_unchanged(client: sparkbot.Client, recorder: Recorder) -> None:
    growing = Growing("1")
    growing.owner = {"a": growing, "b": growing}
    assert sent(client, recorder, growing.owner) == '{"a":1,"b":1}'
    assert len(growing.owner) == 4


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5), max_leaves=30)
PROPERTY = settings(max_examples=200)


@PROPERTY
@given(value=JSON)
@example(value=[-0.0, 1e16, 1e-7, 2**64, -(2**63)])
@example(value={"": {"\x00": "\x7f\u2028\U0010ffff"}})
def test_json_values_round_trip(client: sparkbot.Client, recorder: Recorder, value: Any) -> None:
    read = json.loads(sent(client, recorder, value))
    # repr, because 1 == 1.0, 0.0 == -0.0, and dicts in different orders are equal.
    assert repr(read) == repr(value)


class Wrapped:
    def __init__(self, value: object) -> None:
        self.value = value


UNUSUAL = (
    SCALARS
    | st.floats()
    | st.decimals()
    | st.datetimes(timezones=st.none() | st.just(dt.UTC))
    | st.dates()
    | st.timedeltas()
    | st.uuids()
    | st.binary()
    | st.complex_numbers()
    | st.text()
    | st.sampled_from([pd.NA, pd.NaT, np.datetime64("NaT"), Kind.GOLD, np.array([1]), object(), int, {1}])
    | st.integers(-(2**63), 2**63 - 1).map(np.int64)
    | st.floats(width=32).map(np.float32)
)
ANYTHING = st.recursive(
    UNUSUAL,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.none(), inner, max_size=4)
        | inner.map(Wrapped)
    ),
    max_leaves=20,
)


@PROPERTY
@given(value=ANYTHING)
@example(value={"a": [np.datetime64("NaT")]})
@example(value=[Decimal("1E+1000"), Decimal("-0")])
def test_any_value_is_sent_or_rejected_with_path(client: sparkbot.Client, recorder: Recorder, value: Any) -> None:
    path = None
    try:
        read = json.loads(sent(client, recorder, value))
    except InvalidArgumentError as error:
        path = str(error.field)
    if path is None:
        assert count(read) == count(value), "a value was omitted or became null"
    else:
        assert recorder.take() == []
        follow(value, path.removeprefix('json["v"][0]'))


def follow(value: Any, path: str) -> None:
    """Follows a path such as `["a"][0]`, which must exist."""
    while path:
        step, _, rest = path[1:].partition("]") if path[1] != '"' else _quoted(path)
        value = value[json.loads(step) if step.startswith('"') else int(step)]
        path = rest


def _quoted(path: str) -> tuple[str, str, str]:
    assume("\\" not in path)  # Rust and JSON escape differently
    key, _, rest = path[2:].partition('"]')
    assume('"' not in key)
    return f'"{key}"', "", rest


def count(value: Any) -> tuple[int, int]:
    """The number of scalars, and the number of None among them."""
    if isinstance(value, (list, tuple, dict)):
        parts = [count(item) for item in (value.values() if isinstance(value, dict) else value)]
        return sum(scalars for scalars, _ in parts), sum(none for _, none in parts)
    return 1, value is None
