"""The parts of `devices.find` and `contacts.get_metadata` that need no requests."""

from __future__ import annotations

from typing import Any

import pytest

from sparkbot.errors import InvalidArgumentError
from sparkbot.resources._contacts import metadata_of
from sparkbot.resources._devices import is_resource_id, normalize_query, phone_digits, select_device
from sparkbot.types import Device

SALES: Device = {"id": "64f0c2a91b7e4d5f8a3b6c01", "phone": "+447362053576", "alias": "Sales"}
SALES_LOWER: Device = {"id": "64f0c2a91b7e4d5f8a3b6c02", "phone": "+447362053577", "alias": "sales"}
SUPPORT: Device = {"id": "64f0c2a91b7e4d5f8a3b6c03", "phone": "+4915112345678", "alias": "Straße 1"}
NAMELESS: Device = {"id": "64f0c2a91b7e4d5f8a3b6c04"}
ALL = [SALES, SALES_LOWER, SUPPORT, NAMELESS]


@pytest.mark.parametrize(
    "spelling", ["+447362053576", "+44 7362 053576", "447362053576", "0044 7362-053576", "(+44) 7362.053576"]
)
def test_find_accepts_any_phone_spelling(spelling: str) -> None:
    assert select_device(ALL, spelling) is SALES


def test_find_prefers_exact_alias_over_casefold() -> None:
    assert select_device(ALL, "sales") is SALES_LOWER
    assert select_device(ALL, "STRASSE 1") is SUPPORT


def test_find_accepts_alias_of_digits() -> None:
    desk: Device = {"id": "64f0c2a91b7e4d5f8a3b6c05", "alias": "1234"}
    assert select_device([*ALL, desk], "1234") is desk


def test_ambiguous_alias_lists_matches() -> None:
    with pytest.raises(
        InvalidArgumentError, match=r"'SALES' matches 2 devices: Sales \(\+447362053576\), sales \(\+447362053577\)"
    ):
        select_device(ALL, "SALES")


def test_unknown_device_lists_existing_ones() -> None:
    with pytest.raises(InvalidArgumentError, match="no alias") as caught:
        select_device(ALL, "Marketing")
    assert caught.value.field == "wanted"
    assert "Sales (+447362053576)" in str(caught.value)
    with pytest.raises(InvalidArgumentError, match="it has no devices"):
        select_device([], "Marketing")


def test_long_device_list_is_truncated() -> None:
    many: list[Device] = [{"id": f"{index:024x}", "alias": f"desk {index}"} for index in range(25)]
    with pytest.raises(InvalidArgumentError, match="and 5 more"):
        select_device(many, "Marketing")


@pytest.mark.parametrize("wanted", ["", "   ", None, 447362053576])
def test_find_rejects_empty_query(wanted: object) -> None:
    with pytest.raises(InvalidArgumentError, match="is not a query"):
        normalize_query(wanted)


def test_id_is_24_hex_digits() -> None:
    assert is_resource_id("64F0c2a91b7e4d5f8a3b6c01")
    assert not is_resource_id("64f0c2a91b7e4d5f8a3b6c01\n")
    assert not is_resource_id("64f0c2a91b7e4d5f8a3b6c0")


@pytest.mark.parametrize("text", ["desk 12", "+", "", "44x7362"])
def test_text_with_letters_is_not_a_phone(text: str) -> None:
    assert phone_digits(text) == ""


def test_metadata_pairs_become_a_dict() -> None:
    contact: Any = {"metadata": [{"key": "tier", "value": "silver"}, {"key": "tier", "value": "gold"}, {"key": "empty"}]}
    assert metadata_of(contact) == {"tier": "gold", "empty": ""}
    assert metadata_of({"wid": "447362053576@c.us"}) == {}
