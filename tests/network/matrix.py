"""What each fault must come to, for a read, for an update that may be repeated, and for a message that may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict, Unpack

import sparkbot
from sparkbot import errors
from tests.network import certificates
from tests.network import faults as do

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.network.resolver import Lookup
    from tests.network.server import Behaviour, Connection

    Spot = Callable[[Connection], object]

Error = type[errors.SparkBotError]

Kind = Literal["read", "update", "send"]
KINDS: tuple[Kind, ...] = ("read", "update", "send")
ATTEMPTS = 3


@dataclass(frozen=True)
class Expected:
    """The end of a call. `error` is None for an answer."""

    error: Error | None = None
    #: Attempts that the error tells of; also the most connections that may be opened.
    attempts: int = ATTEMPTS
    #: How often the server may read one and the same request.
    reads: int = ATTEMPTS
    #: The outcome of a bulk row.
    status: Literal["ok", "failed", "unknown"] = "ok"


def lost(error: Error, *, reads: int = ATTEMPTS) -> Expected:
    """After all attempts; the last may have been executed."""
    return Expected(error, reads=reads, status="unknown")


def refused(error: Error, attempts: int = ATTEMPTS, *, reads: int = 0) -> Expected:
    """An error after which it is certain that nothing was done."""
    return Expected(error, attempts, reads, "failed")


ANSWER = Expected()
ANSWER_ONCE = Expected(attempts=1, reads=1)
UNKNOWN = Expected(errors.OutcomeUnknownError, 1, 1, "unknown")


class Ends(NamedTuple):
    """What calls of each kind must come to."""

    read: Expected
    update: Expected
    send: Expected


def all_kinds(expected: Expected) -> Ends:
    return Ends(expected, expected, expected)


class Settings(TypedDict, total=False):
    """Where a fault is, and how long calls wait for its end."""

    place: Literal["http", "tls", "tunnel", "proxy"]
    listening: bool
    timeout: sparkbot.Timeout


@dataclass(frozen=True)
class Fault:
    """A fault, and what it must come to."""

    name: str
    behaviour: Behaviour
    ends: Ends
    #: Whether it happens to one request only.
    once: bool = False
    #: In the service, in its TLS, in a proxy before it, or in a proxy that sees the request itself.
    place: Literal["http", "tls", "tunnel", "proxy"] = "http"
    listening: bool = True
    timeout: sparkbot.Timeout = sparkbot.Timeout(20)  # noqa: RUF009 - never changed
    #: Words of the error that tell its reader what to look at.
    says: str = ""
    #: What becomes of looking the service's name up; without it the service is an address.
    lookup: Lookup | None = None
    #: Whether nobody answers at the service's port over IPv6.
    hole: bool = False

    def expected(self, kind: Kind) -> Expected:
        found: Expected = getattr(self.ends, kind)
        return found


#: For faults in which the client has to give up by itself: three times, with room for a machine that is busy.
IMPATIENT = sparkbot.Timeout(3, connect=0.3, read=0.2)
HURRIED = sparkbot.Timeout(0.5, read=10)


def _each(
    name: str, make: Callable[[int | None], Behaviour], ends: Ends, send: Expected, **settings: Unpack[Settings]
) -> list[Fault]:
    """The fault that happens once, from which what may be repeated recovers, and the one that lasts."""
    return [
        Fault(f"{name}, once", make(1), Ends(ANSWER, ANSWER, send), once=True, **settings),
        Fault(name, make(None), ends, **settings),
    ]


def _broken(name: str, fault: Spot, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The answer is lost after the request was read."""
    return _each(name, lambda count: do.times(count, fault), Ends(lost(error), lost(error), UNKNOWN), UNKNOWN, **settings)


def _unread(name: str, fault: Spot, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection is lost before the request was read: for the client no different from after it."""
    gone, nothing_read = lost(error, reads=0), Expected(errors.OutcomeUnknownError, 1, 0, "unknown")
    return _each(name, lambda count: do.unread(count, fault), Ends(gone, gone, nothing_read), UNKNOWN, **settings)


def _passing(name: str, content: bytes, error: Error, update: Expected, send: Expected) -> list[Fault]:
    ends = Ends(refused(error, reads=ATTEMPTS), update, send)
    return _each(name, lambda count: do.times(count, do.answer(content)), ends, send)


def _always(name: str, content: bytes, expected: Expected) -> Fault:
    return Fault(name, do.times(None, do.answer(content)), all_kinds(expected))


def _limited(name: str, header: str) -> list[Fault]:
    """A 429: nothing was done, so even a message is sent again."""
    content = do.error(429, *[header] * bool(header))
    ends = all_kinds(refused(errors.RateLimitError, reads=ATTEMPTS))
    return _each(f"429 with {name}", lambda count: do.times(count, do.answer(content)), ends, ANSWER)


CUT = do.HEAD + b"Content-Length: 400\r\n\r\n" + do.JSON
LOST = [
    *_unread("reset before the request is read", do.reset, errors.APIConnectionError),
    *_broken("reset after the request was read", do.reset, errors.APIConnectionError),
    *_broken("closed after the request was read", do.close, errors.APIConnectionError),
    *_broken("reset in the head", do.then(do.HEAD[:30], do.reset), errors.APIConnectionError),
    *_broken("reset in the body", do.then(CUT, do.reset), errors.IncompleteResponseError),
    *_broken("body shorter than its length", do.then(CUT, do.close), errors.IncompleteResponseError),
    *_broken("cut between chunks", do.then(do.chunked(do.JSON[:20]), do.close), errors.IncompleteResponseError),
    *_broken(
        "cut in a chunk",
        do.then(do.HEAD + b"Transfer-Encoding: chunked\r\n\r\n30\r\n{", do.close),
        errors.IncompleteResponseError,
    ),
    *_broken("body without a length, cut", do.then(do.HEAD + b"\r\n" + do.JSON[:20], do.close), errors.IncompleteResponseError),
    Fault("body without a length, whole", do.times(None, do.then(do.HEAD + b"\r\n" + do.JSON, do.close)), all_kinds(ANSWER_ONCE)),
]

SILENT = [
    *_unread("accepted, then silence", do.silence, errors.APITimeoutError, timeout=IMPATIENT),
    *_broken("silence after the request was read", do.silence, errors.APITimeoutError, timeout=IMPATIENT),
    *_broken("silence in the body", do.then(CUT, do.silence), errors.APITimeoutError, timeout=IMPATIENT),
    # Bytes keep coming, so only the limit of the whole call ends it: there is no time for another attempt.
    *[
        Fault(name, do.times(None, fault), Ends(gone, gone, UNKNOWN), timeout=HURRIED)
        for name, fault, gone in [
            ("slow head", do.drip(do.HEAD, b"X"), Expected(errors.APITimeoutError, 1, 1, "unknown")),
            (
                "slow body",
                do.drip(do.HEAD + b"Content-Length: 9999\r\n\r\n", b" "),
                Expected(errors.APITimeoutError, 1, 1, "unknown"),
            ),
        ]
    ],
]
NOWHERE = refused(errors.APIConnectionError)
CLOSING = [
    Fault("refused", do.close, all_kinds(NOWHERE), listening=False),
    Fault("idle connections closed", do.close_idle, Ends(ANSWER, ANSWER, ANSWER_ONCE)),
    Fault("closed after each answer", do.close_after_each, Ends(ANSWER, ANSWER, ANSWER_ONCE)),
]

NO_HTTP = Ends(lost(errors.InvalidResponseError), lost(errors.InvalidResponseError), UNKNOWN)


def _no_http(name: str, content: bytes) -> list[Fault]:
    return _each(name, lambda count: do.times(count, do.then(content, do.silence)), NO_HTTP, UNKNOWN)


LARGE = b"X-Large: " + b"x" * 70_000 + b"\r\n"
PROTOCOL = [
    _always("100 first", b"HTTP/1.1 100 Continue\r\n\r\n" + do.response(200, do.JSON), ANSWER_ONCE),
    _always("103 first", b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + do.response(200, do.JSON), ANSWER_ONCE),
    _always("large head", do.HEAD + LARGE + b"Content-Length: 2\r\n\r\n{}", ANSWER_ONCE),
    _always("doubled headers", do.response(200, do.JSON, "X-A: 1", "X-A: 2", f"Content-Length: {len(do.JSON)}"), ANSWER_ONCE),
    _always("JSON of another type", do.response(200, do.JSON, kind="text/plain"), ANSWER_ONCE),
    _always("empty", do.response(200), ANSWER_ONCE),
    _always("204", b"HTTP/1.1 204 No Content\r\n\r\n", ANSWER_ONCE),
    *_no_http("no HTTP", b"220 mail.test ready\r\n\r\n"),
    *_no_http("head without end", do.HEAD + LARGE * 8),
    *_no_http("too many headers", do.HEAD + b"X-A: 1\r\n" * 300 + b"\r\n"),
    *_no_http("two lengths", do.HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    *_no_http("length that is no number", do.HEAD + b"Content-Length: many\r\n\r\n{}"),
]

HTML = b"<html><body>Please sign in</body></html>"
PAGE = Expected(errors.InvalidResponseError, 1, 1, "unknown")
LOGIN = [
    _always("login page with 200", do.response(200, HTML, kind="text/html"), PAGE),
    _always("login page without a length", do.response(200, HTML, "Connection: close", kind="text/html"), PAGE),
]

NO = refused(errors.APIStatusError, 1, reads=1)
STATUSES = [
    *[
        fault
        for status in (500, 502, 504)
        for fault in _passing(
            f"{status} of a gateway",
            do.response(status, HTML, kind="text/html"),
            errors.ServerError,
            lost(errors.ServerError),
            UNKNOWN,
        )
    ],
    *[
        fault
        for status, error in ((500, errors.ServerError), (503, errors.DeviceNotReadyError), (504, errors.ServerError))
        for fault in _passing(
            f"{status} of the service", do.error(status), error, refused(error, reads=ATTEMPTS), refused(error, 1, reads=1)
        )
    ],
    *_passing("408", do.error(408), errors.APIStatusError, refused(errors.APIStatusError, reads=ATTEMPTS), UNKNOWN),
    *[_always(f"{status}", do.error(status), NO) for status in (400, 404, 409)],
    _always("101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n", NO),
]
#: Nothing is sent to where a redirect leads, whether that is the same server or another.
REDIRECTS = [
    Fault(f"{status} to {place}", do.times(None, do.redirect(status, location)), all_kinds(NO))
    for status in (301, 302, 303, 307, 308)
    for place, location in (
        ("the same host", lambda connection: f"http://127.0.0.1:{connection.server.port}/v1/devices"),
        ("another host", lambda connection: f"http://localhost:{connection.server.other_port}/v1/devices"),
    )
]

TOO_LONG = refused(errors.RateLimitError, 1, reads=1)
LIMITED = [
    *_limited("no header", ""),
    *_limited("seconds", "Retry-After: 0"),
    *_limited("a decimal", "Retry-After: 0.05"),
    *_limited("milliseconds", "Retry-After-Ms: 30"),
    *_limited("a past date", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"),
    *_limited("a negative number", "Retry-After: -5"),
    *_limited("garbage", "Retry-After: soon"),
    Fault("429 with a date", do.times(1, do.later(1)), all_kinds(ANSWER), once=True),
    _always("429 with 1e9", do.error(429, "Retry-After: 1e9"), TOO_LONG),
    _always("429 with a far date", do.error(429, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"), TOO_LONG),
]

UNTRUSTED = refused(errors.APIConnectionError, 1)
TLS = [
    *[
        Fault(f"certificate {name}", do.on_arrival(None, do.handshake(context)), all_kinds(UNTRUSTED), place="tls")
        for name, context in (
            ("expired", certificates.expired),
            ("of another host", certificates.wrong_host),
            ("of an unknown authority", certificates.unknown_authority),
        )
    ],
    *[
        Fault(
            f"only TLS 1.0, {name}",
            do.on_arrival(None, do.speak_old_tls(answer)),
            all_kinds(UNTRUSTED),
            place="tls",
            says="no TLS newer than 1.1",
        )
        for name, answer in (("with an alert", do.ALERT_VERSION), ("with its hello", do.HELLO_OF_TLS_1_0))
    ],
    *_each(
        "handshake cut",
        lambda count: do.on_arrival(count, do.hang_up_in_handshake),
        all_kinds(NOWHERE),
        ANSWER,
        place="tls",
    ),
    Fault("plain HTTP instead of TLS", do.on_arrival(None, do.speak_plainly), all_kinds(NOWHERE), place="tls"),
    # Its own limit ends each attempt to connect, and nothing was sent.
    Fault(
        "silence in the handshake",
        do.on_arrival(None, do.silence),
        all_kinds(NOWHERE),
        place="tls",
        timeout=sparkbot.Timeout(20, connect=0.4),
    ),
    # The limit of the call ends it while it connects: a message is not of unknown outcome.
    Fault(
        "silence in the handshake to the end",
        do.on_arrival(None, do.silence),
        all_kinds(refused(errors.APITimeoutError, 1)),
        place="tls",
        timeout=sparkbot.Timeout(0.4, read=0.1),
    ),
    *[
        Fault(f"{fault.name}, over TLS", fault.behaviour, fault.ends, place="tls")
        for fault in LOST
        if fault.name in ("reset after the request was read", "closed after the request was read", "body shorter than its length")
    ],
]


def _proxied(name: str, fault: Spot, expected: Expected, timeout: sparkbot.Timeout = Fault.timeout) -> Fault:
    return Fault(name, do.proxy(fault), all_kinds(expected), place="tunnel", timeout=timeout)


PROXIES = [
    _proxied("proxy wants a password", do.answer(do.response(407, b"", 'Proxy-Authenticate: Basic realm="x"')), UNTRUSTED),
    _proxied("proxy refuses the tunnel", do.answer(do.response(403, b"no")), NOWHERE),
    _proxied("proxy hangs up", do.close, NOWHERE),
    _proxied("proxy is silent", do.silence, NOWHERE, timeout=sparkbot.Timeout(20, connect=0.4)),
    # A hello of TLS has more bytes than that, so the tunnel ends in the handshake.
    _proxied("proxy dies in the handshake", lambda connection: do.relay(connection, 1), NOWHERE),
    Fault("proxy is dead", do.proxy(do.close), all_kinds(NOWHERE), place="tunnel", listening=False),
    Fault(
        "proxy wants a password for plain HTTP", do.times(None, do.answer(do.response(407, b""))), all_kinds(NO), place="proxy"
    ),
    Fault(
        "proxy of plain HTTP dies",
        do.times(None, do.close),
        Ends(lost(errors.APIConnectionError), lost(errors.APIConnectionError), UNKNOWN),
        place="proxy",
    ),
]

FAULTS = {
    fault.name: fault for fault in LOST + SILENT + CLOSING + PROTOCOL + LOGIN + STATUSES + REDIRECTS + LIMITED + TLS + PROXIES
}
