"""DNS faults: unknown names, slow or silent name servers, unreachable IPv6 addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sparkbot
from sparkbot import errors
from tests.network import faults as do
from tests.network import resolver
from tests.network.fault import Fault, make_fault, rejected
from tests.network.matrix import NOT_CONNECTED, SUCCEEDED
from tests.network.resolver import Lookup

if TYPE_CHECKING:
    from tests.network.fault import Expected, ExpectedByKind

TIMED_OUT = rejected(errors.APITimeoutError, 1)
#: The read timeout is shorter than any lookup here: only the connect and total timeouts may end a lookup.
CONNECTING = sparkbot.Timeout(20, connect=0.3, read=0.25)
WHOLE_CALL = sparkbot.Timeout(0.4, read=0.25)
WAITING = sparkbot.Timeout(20, read=0.25)


def _fault(name: str, lookup: Lookup, expected: Expected | ExpectedByKind, timeout: sparkbot.Timeout, **settings: Any) -> Fault:
    return make_fault(name, do.serve_normally, expected, lambda *_: do.serve_normally, lookup=lookup, timeout=timeout, **settings)


def _both_timeouts(name: str, lookup: Lookup, **settings: Any) -> list[Fault]:
    """A lookup without a connection, ended by the connect timeout and by the total timeout."""
    return [
        _fault(name, lookup, NOT_CONNECTED, CONNECTING, message_contains="within 300ms", **settings),
        _fault(f"{name}, to the end", lookup, TIMED_OUT, WHOLE_CALL, message_contains="no connection within 400ms", **settings),
    ]


FAULTS = [
    *[
        _fault(name, lookup, NOT_CONNECTED, WAITING, message_contains="lookup")
        for name, lookup in (
            ("unknown name", Lookup((), resolver.UNKNOWN)),
            ("name server fails", Lookup((), resolver.FAILS)),
            ("name without an address", Lookup(())),
        )
    ],
    _fault("name server is late", Lookup(after=0.4), SUCCEEDED, WAITING),
    *_both_timeouts("name server is too late", Lookup(after=0.7)),
    *_both_timeouts("name server is silent", Lookup(after=None)),
    _fault("IPv6 is unreachable", Lookup(("::1", "127.0.0.1")), SUCCEEDED, WAITING, ipv6_hole=True),
    *_both_timeouts("only IPv6, and it is unreachable", Lookup(("::1",)), ipv6_hole=True),
]
