"""Faults between a name and a connection: names that nobody has, late or silent name servers, an IPv6 that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sparkbot
from sparkbot import errors
from tests.network import faults as do
from tests.network import resolver
from tests.network.matrix import ANSWER, ANSWER_ONCE, Ends, Fault, all_kinds, refused
from tests.network.resolver import Lookup

if TYPE_CHECKING:
    from tests.network.matrix import Expected

NOWHERE = refused(errors.APIConnectionError)
TIME_IS_UP = refused(errors.APITimeoutError, 1)
#: The patience for an answer is shorter than any lookup here: nothing but the limits for connecting and for the call may end it.
CONNECTING = sparkbot.Timeout(20, connect=0.3, read=0.25)
WHOLE_CALL = sparkbot.Timeout(0.4, read=0.25)
WAITING = sparkbot.Timeout(20, read=0.25)


def _each(name: str, lookup: Lookup, *, hole: bool = False) -> list[Fault]:
    """What never comes to a connection: by the limit for connecting, and by that of the whole call."""
    return [
        _fault(name, lookup, NOWHERE, CONNECTING, "no connection within 300ms", hole=hole),
        _fault(f"{name}, to the end", lookup, TIME_IS_UP, WHOLE_CALL, "no connection within 400ms", hole=hole),
    ]


def _fault(
    name: str, lookup: Lookup, expected: Expected | Ends, timeout: sparkbot.Timeout, says: str = "", *, hole: bool = False
) -> Fault:
    ends = expected if isinstance(expected, Ends) else all_kinds(expected)
    return Fault(name, do.well, ends, timeout=timeout, says=says, lookup=lookup, hole=hole)


ANSWERED = Ends(ANSWER, ANSWER, ANSWER_ONCE)
FAULTS = [
    _fault("name that nobody has", Lookup((), resolver.UNKNOWN), NOWHERE, WAITING, "lookup"),
    _fault("name server fails", Lookup((), resolver.FAILS), NOWHERE, WAITING, "lookup"),
    _fault("name without an address", Lookup(()), NOWHERE, WAITING, "lookup"),
    _fault("name server is late", Lookup(after=0.4), ANSWERED, WAITING),
    *_each("name server is too late", Lookup(after=0.7)),
    *_each("name server is silent", Lookup(after=None)),
    _fault("IPv6 leads nowhere", Lookup(("::1", "127.0.0.1")), ANSWERED, WAITING, hole=True),
    *_each("only IPv6, and it leads nowhere", Lookup(("::1",)), hole=True),
]
