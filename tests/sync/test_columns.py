"""Selection of the contact column and of metadata keys."""

from __future__ import annotations

from typing import Any

import pytest

from sparkbot.sync import ColumnsError, InputError
from sparkbot.sync.columns.selection import Columns, select


def select_columns(headers: list[str], **options: Any) -> tuple[str, dict[str, str]]:
    """The contact column, and the metadata key of each other column."""
    columns: Columns = select(headers, **options)
    [contact] = columns.contact
    return contact, dict(zip(columns.values, columns.keys, strict=True))


@pytest.mark.parametrize("name", ["phone", "Phone Number", "WHATSAPP", "wid", "mobile_phone", "Tel", "WhatsApp-Number"])
def test_contact_column_is_detected_by_name(name: str) -> None:
    assert select_columns(["tier", name]) == (name, {"tier": "tier"})


def test_wid_column_takes_precedence_over_phone() -> None:
    assert select_columns(["phone", "wid", "whatsapp"], only=["phone"])[0] == "wid"


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (["tier", "city"], "'tier', 'city'"),
        (["cell", "mobile", "tier"], "'cell' and 'mobile'"),
        (["a;phone;b"], "--delimiter"),
        (["phone"], "no column is left"),
    ],
)
def test_ambiguous_contact_column_stops_run(headers: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        select(headers)


def test_columns_are_renamed_selected_and_excluded() -> None:
    headers = ["id", "phone", "First Name", "tier", "city"]
    mapped = {"First Name": "first_name"}
    assert select_columns(headers, map=mapped)[1] == {"id": "id", "First Name": "first_name", "tier": "tier", "city": "city"}
    assert select_columns(headers, map=mapped, only=["tier"])[1] == {"First Name": "first_name", "tier": "tier"}
    assert select_columns(headers, map=mapped, exclude=["id", "city"])[1] == {"First Name": "first_name", "tier": "tier"}
    assert select_columns(headers, id_column="id", only=["phone"]) == ("id", {"phone": "phone"})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"id_column": "Phnoe"}, r"id_column: .*did you mean 'phone'"),
        ({"only": ["Teir"]}, r"only: .*did you mean 'tier'"),
        ({"exclude": ["teir"]}, r"exclude: .*did you mean 'tier'"),
        ({"map": {"frist name": "x"}}, r"map: .*did you mean 'First Name'"),
        ({"map": {"nothing like it": "x"}}, r"the columns are 'phone', 'tier', 'First Name'"),
        ({"map": {"phone": "x"}}, "identifies the contact"),
        ({"exclude": ["phone"]}, "identifies the contact"),
        ({"map": {"tier": "x"}, "exclude": ["tier"]}, "both map and exclude"),
    ],
)
def test_invalid_column_suggests_similar_names(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        select(["phone", "tier", "First Name"], **options)


def test_suggests_keys_for_all_invalid_headers() -> None:
    headers = ["phone", "First Name", "first_name", "First-Name", "Größe (cm)", "Имя", "№", "long " * 9]
    with pytest.raises(ColumnsError) as caught:
        select(headers)
    suggested = caught.value.suggested
    keys = ["first_name_2", "first_name_3", "groesse_cm", "column", "column_2", "long_long_long_long_long_long"]
    assert suggested == dict(zip(["First Name", *headers[3:]], keys, strict=True))
    assert "'First Name': 'first_name_2'" in str(caught.value)
    assert set(select(headers, map=suggested).keys) == {"first_name", *keys}


@pytest.mark.parametrize(("key", "message"), [("", "is empty"), ("k" * 31, "has 31 characters"), ("city", "another column")])
def test_invalid_key_error_has_the_reason(key: str, message: str) -> None:
    with pytest.raises(ColumnsError, match=message):
        select(["phone", "tier", "city"], map={"tier": key})
