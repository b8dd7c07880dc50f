"""The expected result of each fault for a read, an idempotent update and a non-idempotent message."""

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

    FaultAction = Callable[[Connection], object]
    Trigger = Callable[[int | None, FaultAction], Behaviour]

Error = type[errors.SparkBotError]

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

    layer: Literal["http", "tls", "tunnel", "proxy"]
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
    #: In the service, its TLS, a tunnelling proxy, or a proxy that forwards plain HTTP.
    layer: Literal["http", "tls", "tunnel", "proxy"] = "http"
    listening: bool = True
    timeout: sparkbot.Timeout = sparkbot.Timeout(20)  # noqa: RUF009 - never changed
    #: A part of the error's message that names the cause.
    message_contains: str = ""
    #: The DNS lookup of the service's hostname; without it the service has an IP address.
    lookup: Lookup | None = None
    #: Whether connections over IPv6 are dropped.
    ipv6_hole: bool = False

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


def _once_and_always(
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


def _interrupting(name: str, action: FaultAction, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection fails after the request was read."""
    return _once_and_always(name, action, ExpectedByKind(interrupted(error), interrupted(error), UNKNOWN), UNKNOWN, **settings)


def _interrupting_before(name: str, action: FaultAction, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection fails before the request is read, which the client cannot tell from after."""
    unread, unread_send = interrupted(error, reads=0), Expected(errors.OutcomeUnknownError, 1, 0, "unknown")
    expected = ExpectedByKind(unread, unread, unread_send)
    return _once_and_always(name, action, expected, UNKNOWN, do.before_request, **settings)


def _transient_status(name: str, content: bytes, error: Error, update: Expected, send: Expected) -> list[Fault]:
    expected = ExpectedByKind(rejected(error, reads=ATTEMPTS), update, send)
    return _once_and_always(name, do.respond(content), expected, send)


def _always(name: str, content: bytes, expected: Expected, **settings: Unpack[Settings]) -> Fault:
    return make_fault(name, do.respond(content), expected, **settings)


def _rate_limited(name: str, *header: str) -> list[Fault]:
    """A 429: nothing was executed, so even a message is retried."""
    expected = rejected(errors.RateLimitError, reads=ATTEMPTS)
    return _once_and_always(f"429 with {name}", do.respond(do.error(429, *header)), expected, SUCCESS)


#: For faults that end with the client's timeouts: three attempts, with a margin for a busy machine.
SHORT_TIMEOUTS = sparkbot.Timeout(3, connect=0.3, read=0.2)
SHORT_TOTAL = sparkbot.Timeout(0.5, read=10)

CUT = do.HEAD + b"Content-Length: 400\r\n\r\n" + do.JSON
CUT_CHUNK = do.HEAD + b"Transfer-Encoding: chunked\r\n\r\n30\r\n{"
BROKEN_RESPONSES = [
    *_interrupting_before("reset before the request is read", do.reset, errors.APIConnectionError),
    *_interrupting("reset after the request was read", do.reset, errors.APIConnectionError),
    *_interrupting("closed after the request was read", do.close, errors.APIConnectionError),
    *_interrupting("reset in the head", do.then(do.HEAD[:30], do.reset), errors.APIConnectionError),
    *_interrupting("reset in the body", do.then(CUT, do.reset), errors.IncompleteResponseError),
    *_interrupting("body shorter than its length", do.then(CUT, do.close), errors.IncompleteResponseError),
    *_interrupting("cut between chunks", do.then(do.chunked(do.JSON[:20]), do.close), errors.IncompleteResponseError),
    *_interrupting("cut in a chunk", do.then(CUT_CHUNK, do.close), errors.IncompleteResponseError),
    *_interrupting(
        "body without a length, cut", do.then(do.HEAD + b"\r\n" + do.JSON[:20], do.close), errors.IncompleteResponseError
    ),
    make_fault("body without a length, complete", do.then(do.HEAD + b"\r\n" + do.JSON, do.close), SUCCESS_FIRST),
]

# Bytes keep arriving, so only the total timeout ends the call, with no time for another attempt.
TIMED_OUT = Expected(errors.APITimeoutError, 1, 1, "unknown")
SLOW = ExpectedByKind(TIMED_OUT, TIMED_OUT, UNKNOWN)
SLOW_BODY = do.send_slowly(do.HEAD + b"Content-Length: 9999\r\n\r\n", b" ")
SILENCE = [
    *_interrupting_before("accepted, then silence", do.silence, errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    *_interrupting("silence after the request was read", do.silence, errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    *_interrupting("silence in the body", do.then(CUT, do.silence), errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    make_fault("slow head", do.send_slowly(do.HEAD, b"X"), SLOW, timeout=SHORT_TOTAL),
    make_fault("slow body", SLOW_BODY, SLOW, timeout=SHORT_TOTAL),
]

NOT_CONNECTED = rejected(errors.APIConnectionError)
SUCCEEDED = ExpectedByKind(SUCCESS, SUCCESS, SUCCESS_FIRST)
CLOSING = [
    Fault("refused", do.close, ExpectedByKind(NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED), listening=False),
    Fault("idle connections closed", do.close_idle, SUCCEEDED),
    Fault("closed after each response", do.close_after_each, SUCCEEDED),
]


def _invalid_http(name: str, content: bytes) -> list[Fault]:
    return _interrupting(name, do.then(content, do.silence), errors.InvalidResponseError)


LARGE = b"X-Large: " + b"x" * 70_000 + b"\r\n"
PROTOCOL = [
    _always("100 first", b"HTTP/1.1 100 Continue\r\n\r\n" + do.response(200, do.JSON), SUCCESS_FIRST),
    _always("103 first", b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + do.response(200, do.JSON), SUCCESS_FIRST),
    _always("large head", do.HEAD + LARGE + b"Content-Length: 2\r\n\r\n{}", SUCCESS_FIRST),
    _always("repeated headers", do.response(200, do.JSON, "X-A: 1", "X-A: 2", f"Content-Length: {len(do.JSON)}"), SUCCESS_FIRST),
    _always("JSON of another type", do.response(200, do.JSON, kind="text/plain"), SUCCESS_FIRST),
    _always("empty", do.response(200), SUCCESS_FIRST),
    _always("204", b"HTTP/1.1 204 No Content\r\n\r\n", SUCCESS_FIRST),
    *_invalid_http("not HTTP", b"220 mail.test ready\r\n\r\n"),
    *_invalid_http("head without end", do.HEAD + LARGE * 8),
    *_invalid_http("too many headers", do.HEAD + b"X-A: 1\r\n" * 300 + b"\r\n"),
    *_invalid_http("two lengths", do.HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    *_invalid_http("length that is not a number", do.HEAD + b"Content-Length: many\r\n\r\n{}"),
]

HTML = b"<html><body>Please sign in</body></html>"
PAGE = Expected(errors.InvalidResponseError, 1, 1, "unknown")
LOGIN = [
    _always(name, do.response(200, HTML, *headers, kind="text/html"), PAGE, message_contains="Please sign in")
    for name, headers in (("login page with 200", ()), ("login page without a length", ("Connection: close",)))
]

REJECTED = rejected(errors.APIStatusError, 1, reads=1)
STATUSES = [
    *[
        fault
        for status in (500, 502, 504)
        for fault in _transient_status(
            f"{status} of a gateway",
            do.response(status, HTML, kind="text/html"),
            errors.ServerError,
            interrupted(errors.ServerError),
            UNKNOWN,
        )
    ],
    *[
        fault
        for status, error in ((500, errors.ServerError), (503, errors.DeviceNotReadyError), (504, errors.ServerError))
        for fault in _transient_status(
            f"{status} of the service", do.error(status), error, rejected(error, reads=ATTEMPTS), rejected(error, 1, reads=1)
        )
    ],
    *_transient_status("408", do.error(408), errors.APIStatusError, rejected(errors.APIStatusError, reads=ATTEMPTS), UNKNOWN),
    *[_always(f"{status}", do.error(status), REJECTED) for status in (400, 404, 409)],
    _always("101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n", REJECTED),
]
#: Redirects are not followed, neither to the same server nor to another.
REDIRECTS = [
    make_fault(f"{status} to {target}", do.redirect(status, location), REJECTED, message_contains="redirect")
    for status in (301, 302, 303, 307, 308)
    for target, location in (
        ("the same host", lambda connection: f"http://127.0.0.1:{connection.server.port}/v1/devices"),
        ("another host", lambda connection: f"http://localhost:{connection.server.other_port}/v1/devices"),
    )
]

TOO_LONG = rejected(errors.RateLimitError, 1, reads=1)
LIMITED = [
    *_rate_limited("no header"),
    *_rate_limited("seconds", "Retry-After: 0"),
    *_rate_limited("a decimal", "Retry-After: 0.05"),
    *_rate_limited("milliseconds", "Retry-After-Ms: 30"),
    *_rate_limited("a past date", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"),
    *_rate_limited("a negative number", "Retry-After: -5"),
    *_rate_limited("garbage", "Retry-After: soon"),
    make_fault("429 with a date", do.rate_limited_until(1), SUCCESS, count=1),
    _always("429 with 1e9", do.error(429, "Retry-After: 1e9"), TOO_LONG),
    _always("429 with a far date", do.error(429, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"), TOO_LONG),
]


def _tls(name: str, action: FaultAction, expected: Expected, **settings: Unpack[Settings]) -> Fault:
    settings["layer"] = "tls"
    return make_fault(name, action, expected, do.on_connect, **settings)


UNTRUSTED = rejected(errors.APIConnectionError, 1)
OLD_TLS = (("with an alert", do.TLS_VERSION_ALERT), ("with its hello", do.TLS_1_0_HELLO))
PLAIN_HTTP = do.answer_client_hello(do.response(400, b"speak http here"))
TLS = [
    *[
        _tls(f"certificate {name}", do.present_certificate(context), UNTRUSTED, message_contains="is not trusted")
        for name, context in certificates.untrusted().items()
    ],
    *[
        _tls(f"only TLS 1.0, {name}", do.answer_client_hello(hello), UNTRUSTED, message_contains="supports TLS 1.1 at most")
        for name, hello in OLD_TLS
    ],
    *_once_and_always("handshake cut", do.close_in_handshake, NOT_CONNECTED, SUCCESS, do.on_connect, layer="tls"),
    _tls("plain HTTP instead of TLS", PLAIN_HTTP, NOT_CONNECTED),
    # The connect timeout ends each attempt; nothing was sent.
    _tls("silence in the handshake", do.silence, NOT_CONNECTED, timeout=sparkbot.Timeout(20, connect=0.4)),
    # The total timeout ends the call while it connects: the outcome of a message is known.
    _tls(
        "silence in the handshake to the end",
        do.silence,
        rejected(errors.APITimeoutError, 1),
        timeout=sparkbot.Timeout(0.4, read=0.1),
    ),
    *[
        Fault(f"{fault.name}, over TLS", fault.behaviour, fault.expected_by_kind, layer="tls")
        for fault in BROKEN_RESPONSES
        if fault.name in ("reset after the request was read", "closed after the request was read", "body shorter than its length")
    ],
]


def _tunnel(name: str, action: FaultAction, expected: Expected, **settings: Unpack[Settings]) -> Fault:
    settings["layer"] = "tunnel"
    return make_fault(name, action, expected, lambda _, action: do.proxy(action), **settings)


CONNECTION_LOST = interrupted(errors.APIConnectionError)
PROXY_PASSWORD = do.respond(do.response(407, b"", 'Proxy-Authenticate: Basic realm="x"'))
PROXIES = [
    _tunnel("proxy requires a password", PROXY_PASSWORD, UNTRUSTED),
    _tunnel("proxy rejects the tunnel", do.respond(do.response(403, b"no")), NOT_CONNECTED),
    _tunnel("proxy closes the connection", do.close, NOT_CONNECTED),
    _tunnel("proxy is silent", do.silence, NOT_CONNECTED, timeout=sparkbot.Timeout(20, connect=0.4)),
    # A TLS ClientHello is longer than that, so the tunnel ends during the handshake.
    _tunnel("proxy fails in the handshake", lambda connection: do.relay(connection, 1), NOT_CONNECTED),
    _tunnel("proxy does not listen", do.close, NOT_CONNECTED, listening=False),
    make_fault("proxy requires a password for plain HTTP", do.respond(do.response(407, b"")), REJECTED, layer="proxy"),
    make_fault("proxy fails for plain HTTP", do.close, ExpectedByKind(CONNECTION_LOST, CONNECTION_LOST, UNKNOWN), layer="proxy"),
]

FAULTS = {
    fault.name: fault
    for fault in BROKEN_RESPONSES + SILENCE + CLOSING + PROTOCOL + LOGIN + STATUSES + REDIRECTS + LIMITED + TLS + PROXIES
}
