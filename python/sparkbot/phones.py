"""Phone numbers as the sync reads them: the contact of a text, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from sparkbot._annotations import make_public
from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Ambiguous", "ContactId", "PhoneNumberError", "Reading", "Several", "contact_id", "contact_ids"]

#: How a text was read: with its country code, as a national number, as an older id that WhatsApp kept, or as a wid.
Reading = Literal["international", "national", "whatsapp", "wid", "lid"]
#: What to do with a number that may be one of another country.
Ambiguous = Literal["refuse", "national"]
#: What to do with several numbers in one cell.
Several = Literal["fail", "first"]


class PhoneOptions(NamedTuple):
    """How numbers are read, for the Rust functions."""

    country_code: str | None = None
    ambiguous: str = "refuse"
    several: str = "fail"


@dataclass(frozen=True, slots=True)
class ContactId:
    """The contact that a text names.

    Attributes:
        id: Its wid, such as `447362053576@c.us`.
        reading: `international`, `national`, `whatsapp` (an older id that WhatsApp kept), `wid`, or `lid` (no phone number).
        second: The wid of the second valid reading; None if there is only one.
    """

    id: str
    reading: Reading
    second: str | None = None


class PhoneNumberError(InvalidArgumentError):
    """A text that names no contact, or may name two.

    Attributes:
        reason: The kind of error in a word or two, such as `ambiguous` or `no country code`.
    """

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message, field="contact")
        self.reason = reason


def contact_id(text: str, country: str | None = None, *, ambiguous: Ambiguous = "refuse", several: Several = "fail") -> ContactId:
    """Returns the contact that a text names, by the rule of `sync_metadata`. Nothing is sent.

    Args:
        text: A phone number in any common spelling, or a wid.
        country: Country of numbers without a country code: its calling code (`44`) or region (`GB`).
        ambiguous: Digits that are valid as a national number and as one of another country: `refuse` them unless the national
            one is a mobile number, or take the `national` one.
        several: Several numbers in the text: `fail`, or take the `first`.

    Raises:
        PhoneNumberError: The text names no contact, or may name two.
        InvalidArgumentError: There is no such country or choice.

    Example:
        >>> from sparkbot.phones import contact_id
        >>> contact_id("07362 053576", country="GB").id
        '447362053576@c.us'
    """
    [result] = contact_ids([text], country, ambiguous=ambiguous, several=several)
    if isinstance(result, PhoneNumberError):
        raise result
    return result


def contact_ids(
    texts: Iterable[str], country: str | None = None, *, ambiguous: Ambiguous = "refuse", several: Several = "fail"
) -> list[ContactId | PhoneNumberError]:
    """Returns the contact of each text, or the error of a text that names none. See `contact_id`.

    Raises:
        InvalidArgumentError: There is no such country or choice.

    Example:
        >>> from sparkbot.phones import contact_ids
        >>> [getattr(result, "id", None) for result in contact_ids(["07362 053576", "n/a"], "44")]
        ['447362053576@c.us', None]
    """
    from sparkbot._sparkbot import parse_contacts

    try:
        parsed = parse_contacts(list(texts), PhoneOptions(country, ambiguous, several))
    except ValueError as error:
        raise InvalidArgumentError(str(error), field="country") from None
    return [
        ContactId(wid, reading, second) if wid is not None else PhoneNumberError(second or "", reading)  # type: ignore[arg-type]
        for wid, reading, second in parsed
    ]


make_public(__name__)
