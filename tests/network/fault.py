"""A fault, and the expected result of a read, an idempotent update and a non-idempotent message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict, Unpack

import sparkbot
from sparkbot import errors
from tests.network import faults as do

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.network.resolver import Lookup
    from tests.network.server import Behaviour, Connection

    FaultAction = Callable[[Connection], object]
    Trigger = Callable[[int | None, FaultAction], Behaviour]

Error = type[errors.SparkBotError]

#: Where a fault is: in the service, its TLS, its TLS with client certificates, a tunnelling proxy, a SOCKS proxy, or a proxy that
#: forwards plain HTTP.
Layer = Literal["http", "tls", "mutual", "tunnel", "socks", "proxy"]

Kind = Literal["read", "update", "send"]
KINDS: tuple[Kind, ...] = ("read", "update", "send")
ATTEMPTS = 3


@dataclass(frozen=True)
class Expected:
    """The expected result of a call. `error` is None for success."""

    error: Error | None = None
    #: Attempts that the error reports; also the maximum number of connections.
    attempts: int = ATTEMPTS
    #: How often the server may read the same request.
    reads: int = ATTEMPTS
    #: The outcome of a bulk row.
    status: Literal["ok", "failed", "unknown"] = "ok"


def interrupted(error: Error, *, reads: int = ATTEMPTS) -> Expected:
    """A transport error after all attempts; the last may have been executed."""
    return Expected(error, reads=reads, status="unknown")


def rejected(error: Error, attempts: int = ATTEMPTS, *, reads: int = 0) -> Expected:
    """An error that proves that nothing was executed."""
    return Expected(error, attempts, reads, "failed")


SUCCESS = Expected()
SUCCESS_FIRST = Expected(attempts=1, reads=1)
UNKNOWN = Expected(errors.OutcomeUnknownError, 1, 1, "unknown")


class ExpectedByKind(NamedTuple):
    """The expected results of each kind of call."""

    read: Expected
    update: Expected
    send: Expected


class Settings(TypedDict, total=False):
    """Optional fields of a fault."""

    layer: Layer
    listening: bool
    timeout: sparkbot.Timeout
    message_contains: str
    lookup: Lookup
    ipv6_hole: bool


@dataclass(frozen=True)
class Fault:
    """A fault and its expected results."""

    name: str
    behaviour: Behaviour
    expected_by_kind: ExpectedByKind
    #: Whether it affects one request only.
    once: bool = False
    layer: Layer = "http"
    listening: bool = True
    timeout: sparkbot.Timeout = sparkbot.Timeout(20)  # noqa: RUF009 - never changed
    #: A part of the error's message that names the cause.
    message_contains: str = ""
    #: The DNS lookup of the service's hostname; without it the service has an IP address.
    lookup: Lookup | None = None
    #: Whether connections over IPv6 are dropped.
    ipv6_hole: bool = False
    #: How many items a read walks over, on pages; without it a read gets one object.
    items: int | None = None

    def expected(self, kind: Kind) -> Expected:
        expected: Expected = getattr(self.expected_by_kind, kind)
        return expected


def make_fault(
    name: str,
    action: FaultAction,
    expected: Expected | ExpectedByKind,
    trigger: Trigger = do.on_request,
    count: int | None = None,
    **settings: Unpack[Settings],
) -> Fault:
    """A fault that occurs at the first `count` triggers, or always."""
    expected_by_kind = expected if isinstance(expected, ExpectedByKind) else ExpectedByKind(expected, expected, expected)
    return Fault(name, trigger(count, action), expected_by_kind, once=count is not None, **settings)


def once_and_always(
    name: str,
    action: FaultAction,
    expected: Expected | ExpectedByKind,
    send: Expected,
    trigger: Trigger = do.on_request,
    **settings: Unpack[Settings],
) -> list[Fault]:
    """A fault that occurs once, from which idempotent calls recover, and one that is permanent."""
    once = ExpectedByKind(SUCCESS, SUCCESS, send)
    return [
        make_fault(f"{name}, once", action, once, trigger, count=1, **settings),
        make_fault(name, action, expected, trigger, **settings),
    ]


def interrupting(name: str, action: FaultAction, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection fails after the request was read."""
    return once_and_always(name, action, ExpectedByKind(interrupted(error), interrupted(error), UNKNOWN), UNKNOWN, **settings)


def interrupting_before(name: str, action: FaultAction, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection fails before the request is read, which the client cannot tell from after."""
    unread, unread_send = interrupted(error, reads=0), Expected(errors.OutcomeUnknownError, 1, 0, "unknown")
    expected = ExpectedByKind(unread, unread, unread_send)
    return once_and_always(name, action, expected, UNKNOWN, do.before_request, **settings)


def transient_status(name: str, content: bytes, error: Error, update: Expected, send: Expected) -> list[Fault]:
    expected = ExpectedByKind(rejected(error, reads=ATTEMPTS), update, send)
    return once_and_always(name, do.respond(content), expected, send)


def always(name: str, content: bytes, expected: Expected, **settings: Unpack[Settings]) -> Fault:
    return make_fault(name, do.respond(content), expected, **settings)


def rate_limited(name: str, *header: str) -> list[Fault]:
    """A 429: nothing was executed, so even a message is retried."""
    expected = rejected(errors.RateLimitError, reads=ATTEMPTS)
    return once_and_always(f"429 with {name}", do.respond(do.error(429, *header)), expected, SUCCESS)
