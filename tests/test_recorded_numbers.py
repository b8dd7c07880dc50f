"""Phone numbers in cassettes."""

from __future__ import annotations

import pytest

from sparkbot.recording.masking import Numbers

NUMBERS = {
    "+447362053576": "+12015550100",
    "447362053576@c.us": "12015550100@c.us",
    "true_447362053576@c.us_3EB0A9F1": "true_12015550100@c.us_3EB0A9F1",
    "Call 447362053576.": "Call 12015550100.",
    "Call +44 7362 053-576, please": "Call +12015550100, please",
    "07362 053576": "12015550100",
    "(0)7362 053576": "12015550100",
    "06.12.34.56.78": "12015550100",
    "447362053576-1612345678@g.us": "12015550100-12015550101@g.us",
    "+44\u00a07362\u2011053576": "+12015550100",
    "44\u200e7362053576": "12015550100",
    "export_447362053576_1.csv": "export_12015550100_1.csv",
    "report-447362053576": "report-12015550100",
    "447362053576.0": "12015550100",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_masked(text: str) -> None:
    assert Numbers.collect([text]).mask(text) == NUMBERS[text]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-28T23:30:00.123456+00:00",
        "2026-11-28 23:30:00.123",
        "64f0c2a91b7e4d5f8a3b6c01",
        "640012345678901234567890",
        "550e8400-e29b-41d4-a716-446655440000",
        "51.5073509",
        "1795824000.123456",
        "12345678",
        "+12025550143",
        "12025550143@c.us",
    ],
)
def test_other_texts_are_kept(text: str) -> None:
    assert Numbers.collect([text]).mask(text) == text


def test_fictional_numbers_in_use_are_not_given_away() -> None:
    texts = ["+12015550100", "+447362053576"]
    numbers = Numbers.collect(texts)
    assert [numbers.mask(text) for text in texts] == ["+12015550100", "+12015550101"]


def test_many_numbers_stay_distinct() -> None:
    texts = [f"+44736205{number:04}" for number in range(1500)]
    numbers = Numbers.collect(texts)
    assert len({numbers.mask(text) for text in texts}) == 1500


def test_numbers_that_were_sent_are_restored() -> None:
    numbers = Numbers.collect(["+447362053576", "+447362053577"])
    masked = numbers.mask("+44 7362 053576")
    assert numbers.restore(f"{masked} {masked[1:]}@c.us +12015550101") == "+447362053576 447362053576@c.us +12015550101"


def test_unknown_number_is_not_shown() -> None:
    assert Numbers.collect(["+447362053576"]).mask("to +447911123456") == "to (unknown number)"


def test_too_many_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="over 2,000 phone numbers"):
        Numbers.collect([f"+44736205{number:04}" for number in range(2001)])
