"""DNS faults: unknown names, slow or silent name servers, unreachable IPv6 addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sparkbot
from sparkbot import errors
from tests.network import faults as do
from tests.network import resolver
from tests.network.matrix import SUCCESS, SUCCESS_FIRST, ExpectedByKind, Fault, all_kinds, rejected
from tests.network.resolver import Lookup

if TYPE_CHECKING:
    from tests.network.matrix import Expected

NOT_CONNECTED = rejected(errors.APIConnectionError)
TIMED_OUT = rejected(errors.APITimeoutError, 1)
#: The read timeout is shorter than any lookup here: only the connect and total timeouts may end a lookup.
CONNECTING = sparkbot.Timeout(20, connect=0.3, read=0.25)
WHOLE_CALL = sparkbot.Timeout(0.4, read=0.25)
WAITING = sparkbot.Timeout(20, read=0.25)


def _each(name: str, lookup: Lookup, *, ipv6_hole: bool = False) -> list[Fault]:
    """A lookup without a connection, ended by the connect timeout and by the total timeout."""
    return [
        _fault(name, lookup, NOT_CONNECTED, CONNECTING, "within 300ms", ipv6_hole=ipv6_hole),
        _fault(f"{name}, to the end", lookup, TIMED_OUT, WHOLE_CALL, "no connection within 400ms", ipv6_hole=ipv6_hole),
    ]


def _fault(
    name: str,
    lookup: Lookup,
    expected: Expected | ExpectedByKind,
    timeout: sparkbot.Timeout,
    message_contains: str = "",
    *,
    ipv6_hole: bool = False,
) -> Fault:
    expected_by_kind = expected if isinstance(expected, ExpectedByKind) else all_kinds(expected)
    return Fault(
        name,
        do.serve_normally,
        expected_by_kind,
        timeout=timeout,
        message_contains=message_contains,
        lookup=lookup,
        ipv6_hole=ipv6_hole,
    )


SUCCEEDED = ExpectedByKind(SUCCESS, SUCCESS, SUCCESS_FIRST)
FAULTS = [
    _fault("unknown name", Lookup((), resolver.UNKNOWN), NOT_CONNECTED, WAITING, "lookup"),
    _fault("name server fails", Lookup((), resolver.FAILS), NOT_CONNECTED, WAITING, "lookup"),
    _fault("name without an address", Lookup(()), NOT_CONNECTED, WAITING, "lookup"),
    _fault("name server is late", Lookup(after=0.4), SUCCEEDED, WAITING),
    *_each("name server is too late", Lookup(after=0.7)),
    *_each("name server is silent", Lookup(after=None)),
    _fault("IPv6 leads nowhere", Lookup(("::1", "127.0.0.1")), SUCCEEDED, WAITING, ipv6_hole=True),
    *_each("only IPv6, and it leads nowhere", Lookup(("::1",)), ipv6_hole=True),
]
