"""The contact of a cell against libphonenumber: every region's examples in every spelling, and random numbers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumber

from sparkbot._sparkbot import parse_contacts
from sparkbot.phones import PhoneOptions
from tests.phones.spellings import Cell, cells, examples

EXAMPLES = examples()
CELLS = [cell for region, number in EXAMPLES for cell in cells(region, number)]


def results(cells: Iterable[Cell]) -> list[tuple[Cell, str | None, str]]:
    """Each cell with its digits, or None and the reason of the refusal."""
    found = []
    for country, group in groupby(sorted(cells, key=lambda cell: cell.country or ""), key=lambda cell: cell.country):
        batch = list(group)
        parsed = parse_contacts([cell.text for cell in batch], PhoneOptions(country))
        found += [(cell, wid and wid.removesuffix("@c.us"), reason) for cell, (wid, reason, _) in zip(batch, parsed, strict=True)]
    return found


@pytest.fixture(scope="module")
def all_results() -> list[tuple[Cell, str | None, str]]:
    return results(CELLS)


def test_examples_cover_regions_and_spellings() -> None:
    assert len({region for region, _ in EXAMPLES}) >= 240
    assert len({cell.spelling for cell in CELLS}) >= 39
    assert len(CELLS) >= 17_800


def test_almost_no_spelling_gives_a_wrong_id(all_results: list[tuple[Cell, str | None, str]]) -> None:
    wrong = [(cell.text, cell.country, digits) for cell, digits, _ in all_results if digits not in (None, cell.digits)]
    assert len(wrong) <= 15 * len(CELLS) / 17_800, wrong


def test_nine_of_ten_spellings_are_right(all_results: list[tuple[Cell, str | None, str]]) -> None:
    read = [(cell, digits, reason) for cell, digits, reason in all_results if not cell.is_extension]
    refused = Counter((cell.spelling, reason) for cell, digits, reason in read if digits is None)
    assert sum(digits == cell.digits for cell, digits, _ in read) >= 0.9 * len(read), refused.most_common(20)


def test_extensions_are_refused(all_results: list[tuple[Cell, str | None, str]]) -> None:
    reasons = Counter(reason for cell, _, reason in all_results if cell.is_extension)
    assert set(reasons) == {"extension"}


@st.composite
def valid_numbers(draw: st.DrawFn) -> tuple[str, PhoneNumber]:
    """An example with other last digits, if that is valid too."""
    region, example = draw(st.sampled_from(EXAMPLES))
    significant = phonenumbers.national_significant_number(example)
    changed = draw(st.integers(1, 5))
    tail = draw(st.text("0123456789", min_size=changed, max_size=changed))
    text = f"+{example.country_code}{significant[:-changed]}{tail}"
    number = phonenumbers.parse(text)
    return region, number if phonenumbers.is_valid_number(number) else example


@settings(max_examples=300)
@given(valid_numbers())
def test_random_numbers_in_full_are_right(numbered: tuple[str, PhoneNumber]) -> None:
    region, number = numbered
    full = [cell for cell in cells(region, number) if cell.text.startswith("+") and not cell.is_extension]
    assert {cell.text: digits for cell, digits, _ in results(full)} == {cell.text: cell.digits for cell in full}


def test_invalid_numbers_are_refused() -> None:
    rng = random.Random(20_261_128)
    invalid: list[str] = []
    while len(invalid) < 6_000:
        _, example = rng.choice(EXAMPLES)
        significant = phonenumbers.national_significant_number(example)
        length = max(4, len(significant) + rng.choice((-2, -1, 0, 0, 0, 1, 2)))
        text = f"+{example.country_code}{''.join(rng.choices('0123456789', k=length))}"
        try:
            is_valid = phonenumbers.is_valid_number(phonenumbers.parse(text))
        except phonenumbers.NumberParseException:
            is_valid = False
        if not is_valid:
            invalid.append(text)
    taken = [
        (text, wid) for text, (wid, *_) in zip(invalid, parse_contacts(invalid, PhoneOptions()), strict=True) if wid is not None
    ]
    assert len(taken) <= 30, taken
