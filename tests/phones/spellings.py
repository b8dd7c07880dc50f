"""Spellings of valid phone numbers, as spreadsheets, address books and people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

#: The prefix that is dialled before a country code, of the regions where it isn't 00.
INTERNATIONAL_PREFIXES = {
    "US": "011", "CA": "011", "JM": "011", "AG": "011", "PR": "011", "AU": "0011", "JP": "010", "SG": "001", "HK": "001",
    "KR": "001", "TH": "001", "ID": "001", "KE": "000", "TZ": "000", "UG": "000", "RU": "810", "KZ": "810", "TJ": "810",
    "UZ": "00", "BY": "810", "CU": "119", "GY": "001", "MN": "001", "FI": "990", "CO": "009", "BR": "0015", "IL": "012",
}  # fmt: skip
#: The types of numbers that libphonenumber has examples of.
TYPES = [
    PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE, PhoneNumberType.VOIP,
    PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.UAN,
]  # fmt: skip
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULLWIDTH = str.maketrans("0123456789+-() ", "０１２３４５６７８９＋－（）　")


@dataclass(frozen=True)
class Cell:
    """A spelling of a number in a file of a country; no country stands for a file without one."""

    text: str
    country: str | None
    number: PhoneNumber
    spelling: str

    @property
    def digits(self) -> str:
        return phonenumbers.format_number(self.number, PhoneNumberFormat.E164)[1:]

    @property
    def is_extension(self) -> bool:
        return self.spelling.startswith("extension")


def examples() -> list[tuple[str, PhoneNumber]]:
    """Region and number of libphonenumber's examples, each number once."""
    found: dict[str, tuple[str, PhoneNumber]] = {}
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in TYPES:
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None and phonenumbers.is_valid_number(number):
                found.setdefault(phonenumbers.format_number(number, PhoneNumberFormat.E164), (region, number))
    return list(found.values())


def cells(region: str, number: PhoneNumber) -> Iterator[Cell]:
    """All spellings of a number."""
    for spelling, text in international(number, region).items():
        yield Cell(text, None, number, spelling)
        if spelling in ("international", "bare digits"):
            yield Cell(text, region, number, f"{spelling} with a country")
    for spelling, text in national(number, region).items():
        yield Cell(text, region, number, spelling)
    code = str(number.country_code)
    yield Cell(national(number, region)["national"], code, number, "national with a calling code")


def international(number: PhoneNumber, region: str) -> dict[str, str]:
    """The spellings that need no country; `idd` is one of the region."""
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    spaced = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    code, rest = spaced.split(" ", 1)
    digits = e164[1:]
    return {
        "e164": e164,
        "international": spaced,
        "rfc3966": phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
        "00": "00" + digits,
        "00 spaced": "00" + spaced[1:],
        "bare digits": digits,
        "bare digits spaced": spaced[1:],
        "formula": f'="{e164}"',
        "formula of bare digits": f'="{digits}"',
        "apostrophe": f"'{e164}",
        "float": f"{digits}.0",
        "bracketed code": f"({code}) {rest}",
        "bracketed code and 00": f"(00{code[1:]}) {rest}",
        "dots": re.sub(r"[ -]", ".", spaced),
        "dashes": spaced.replace(" ", "-"),
        "en dashes": re.sub(r"[ -]", "–", spaced),
        "slashes": f"{code}/{re.sub('[ -]', '', rest)}",
        "no-break spaces": spaced.replace(" ", "\u00a0"),
        "thin spaces": spaced.replace(" ", "\u2009"),
        "direction marks": f"\u202a{spaced}\u202c",
        "trailing mark": f"{spaced};",
        "trailing space": f" {spaced}\t",
        "fullwidth": spaced.translate(FULLWIDTH),
        "arabic": spaced.translate(ARABIC),
        "whatsapp link": f"whatsapp:{e164}",
        "extension ext": f"{spaced} ext. 5",
        "extension x": f"{spaced} x12",
        "extension #": f"{spaced} #12",
    }


def national(number: PhoneNumber, region: str) -> dict[str, str]:
    """The spellings in a file of the region."""
    text = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    digits = re.sub(r"\D", "", text)
    significant = phonenumbers.national_significant_number(number)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return {
        "national": text,
        "national digits": digits,
        "national dots": re.sub(r"[ -]+", ".", text),
        "national no-break spaces": text.replace(" ", "\u00a0"),
        "national arabic": text.translate(ARABIC),
        "national formula": f'="{digits}"',
        "national float": f"{significant}.0",
        "significant": significant,
        "zero in brackets": f"+{number.country_code} (0) {significant}" if digits == f"0{significant}" else e164,
        "own international prefix": f"{INTERNATIONAL_PREFIXES.get(region, '00')} {e164[1:]}",
    }
