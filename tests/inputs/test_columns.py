"""Which columns of exported tables become the contact and the metadata, and which cells count as empty."""

from __future__ import annotations

import csv
import dataclasses
from typing import TYPE_CHECKING, Any

import attrs
import numpy
import pandas  # type: ignore[import-untyped]  # has no type hints
import polars
import pyarrow  # type: ignore[import-untyped]  # has no type hints
import pydantic
import pytest
from tests.sync.sources import planned

import sparkbot
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import ColumnsError, InputError, sync_metadata
from sparkbot.sync.columns.selection import select

if TYPE_CHECKING:
    from pathlib import Path


def synced(rows: Any, **options: Any) -> list[dict[str, str]]:
    """The metadata that a sync writes onto each contact of a new account."""
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.list()[0]["id"]
        report = sync_metadata(client, device, rows, on_missing="create", progress="off", **options)
        assert report.exit_code == 0, report.failures
        return [dict(client.contacts.get_metadata(device, wid)) for wid in WIDS if client.contacts.get(device, wid)]


PHONE, OTHER = "+44 7400 123456", "+44 7400 123457"
WIDS = ["447400123456@c.us"]


@pytest.mark.parametrize(
    "header",
    [
        "Handy", "Celular", "Teléfono", "Téléphone portable", "Billing Phone", "Phone 1 - Value", "Person - Phone - Mobile",
        "Mobile Phone Number", "WhatsApp Phone Number", "Telefonnummer", "Мобильный телефон", "手机号", "携帯電話番号", "휴대폰",
        "جوال", "Default Address Phone", "MobilePhone", "TELEFONE",
    ],
)  # fmt: skip
def test_phone_header_is_known(header: str) -> None:
    assert select(["name", header]).contact == (header,)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Phone Number", "Mobile Phone Number", "tier"], "Mobile Phone Number"),
        (["Business Phone", "Phone"], "Phone"),
        (["Billing Phone", "Phone", "Default Address Phone"], "Phone"),
        (["mobile", "whatsapp"], "whatsapp"),
    ],
)
def test_mobile_number_comes_before_others(headers: list[str], expected: str) -> None:
    columns = select([*headers, "a"], keys="snake")
    assert columns.contact == (expected,)
    assert columns.notes[0].startswith(f"the contact is in {expected!r}; ")


def test_two_columns_of_one_rank_stop_the_run() -> None:
    with pytest.raises(InputError, match=r"'Billing Phone' and 'Shipping Phone' may each.*--id-column"):
        select(["Billing Phone", "Shipping Phone", "a"])


def test_first_filled_id_column_is_used() -> None:
    rows = [
        {"Mobile": "", "Phone": PHONE, "a": "x"},
        {"Mobile": PHONE, "Phone": OTHER, "a": "x"},
        {"Mobile": "NULL", "Phone": OTHER},
    ]
    found = planned(rows, id_column=["Mobile", "Phone"])
    assert [outcome.contact for outcome in found] == [WIDS[0], WIDS[0], "447400123457@c.us"]
    mapping = {"phone": {"column": ["Mobile", "Phone"]}, "metadata": {"a": "a"}}
    assert [outcome.contact for outcome in planned(rows, mapping=mapping)] == [outcome.contact for outcome in found]


def test_null_words_count_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("phone,a,b,c,d,e,f\n" + PHONE + ",NULL,#N/A,NaN,<NA>,None,NA\n")
    assert synced(path) == [{"f": "NA"}]
    no_client: Any = None
    report = sync_metadata(no_client, None, path, dry_run=True)
    assert (report.null_cells, report.all_notes) == (5, ["cells with a null word, which are read as empty: 5"])
    assert synced(path, null_words=[])[0]["e"] == "None"
    assert "d" not in synced(path, null_words=["<NA>"])[0]


def test_snake_keys_are_legal_and_unique() -> None:
    headers = ["Phone", "First Name", "first-name", "Größe (cm)", "Zip", "Teléfono 2", "手", "A very long question of a form?"]
    columns = select(headers, keys="snake", map={"Zip": "code"})
    made = ("first_name", "first_name_2", "groesse_cm", "code", "telefono_2", "column", "a_very_long_question_of_a_form")
    assert columns.keys == made
    assert columns.notes[0].startswith("keys: 'First Name' is first_name, 'first-name' is first_name_2")
    with pytest.raises(ColumnsError, match="keys='snake' makes them"):
        select(["phone", "First Name"])


def test_row_that_is_too_long_fails_alone() -> None:
    rows = csv.DictReader(["phone,a", f"{PHONE},x,extra", f"{OTHER},y"])
    first, second = planned(rows)
    assert (first.status, second.status) == ("failed", "ok")
    assert first.message == "the row has more cells than the header: ['extra']"


def test_text_options_need_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("phone;a\n+44 7400 123456;Zoë\n".encode("cp1252"))
    assert synced(path, encoding="cp1252", delimiter=";") == [{"a": "Zoë"}]
    with pytest.raises(InputError, match=r"encoding \(--encoding\) has no effect on rows of type list"):
        planned([{"phone": PHONE, "a": "x"}], encoding="cp1252")


def test_index_of_a_frame_is_not_a_column() -> None:
    frame = pandas.DataFrame({"phone": [PHONE], "a": ["x"]}).set_index("phone")
    for options in ({}, {"id_column": "phone"}):
        with pytest.raises(InputError, match=r"'phone' is the index of the frame, not a column: give frame.reset_index\(\)"):
            planned(frame, **options)


@dataclasses.dataclass
class DataClass:
    phone: str
    a: str


@attrs.define
class Attrs:
    phone: str
    a: str


class Model(pydantic.BaseModel):
    phone: str
    a: str


@pytest.mark.parametrize("kind", [DataClass, Attrs, Model])
def test_objects_are_read_by_their_fields(kind: Any) -> None:
    assert synced([kind(phone=PHONE, a="x")]) == [{"a": "x"}]


def test_excluded_column_may_be_of_any_type() -> None:
    class Geometry:
        pass

    class GeoFrame(pandas.DataFrame):  # type: ignore[misc]  # pandas has no type hints
        def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
            raise pyarrow.ArrowInvalid("Could not convert geometry")

    geometry = Geometry()
    frame = GeoFrame({"phone": [PHONE], "a": ["x"], "geometry": [geometry]})
    [outcome] = planned(frame, exclude=["geometry"])
    # The row keeps it, for programs that choose the device or read the report.
    assert (outcome.status, outcome.input) == ("ok", {"phone": PHONE, "a": "x", "geometry": geometry})
    beyond = pyarrow.table({"phone": [PHONE], "a": ["x"], "b": pyarrow.array([10**12], type=pyarrow.timestamp("s"))})
    assert [outcome.status for outcome in planned(beyond)] == ["failed"]
    [outcome] = planned(beyond, exclude=["b"])
    assert (outcome.status, outcome.input["b"]) == ("ok", None)


def test_float32_keeps_its_shortest_digits() -> None:
    numbers = numpy.array([19.99], dtype="float32")
    frames = [
        pandas.DataFrame({"phone": [PHONE], "a": numbers}),
        pandas.DataFrame({"phone": [PHONE], "a": numbers}).astype({"a": "Float32"}),
        polars.DataFrame({"phone": [PHONE], "a": numbers}),
        pyarrow.table({"phone": [PHONE], "a": numbers}),
        [{"phone": PHONE, "a": numbers[0]}],
    ]
    for frame in frames:
        assert synced(frame) == [{"a": "19.99"}]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"null_words": "NULL"}, "null_words is 'NULL': give a list of strings, such as \\['NULL'\\]"),
        ({"exclude": "tier"}, "exclude is 'tier'"),
        ({"id_column": 5}, "id_column is 5"),
        ({"only": ["tier", 5]}, "only holds 5: give strings"),
        ({"map": ["tier=level"]}, "map is .*: give a mapping"),
        ({"map": {"tier": None}}, "map is .*: give a mapping"),
    ],
)
def test_option_that_is_no_list_is_rejected(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        planned([{"phone": PHONE, "tier": "a"}], **options)


def test_generator_of_columns_is_read_once() -> None:
    [outcome] = planned([{"phone": PHONE, "tier": "a", "city": "Oslo"}], only=(name for name in ["tier"]))
    assert outcome.status == "ok"
