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


def all_kinds(expected: Expected) -> ExpectedByKind:
    return ExpectedByKind(expected, expected, expected)


class Settings(TypedDict, total=False):
    """Where a fault occurs, and the timeout of the calls."""

    layer: Literal["http", "tls", "tunnel", "proxy"]
    listening: bool
    timeout: sparkbot.Timeout


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
        found: Expected = getattr(self.expected_by_kind, kind)
        return found


#: For faults that end with the client's timeouts: three attempts, with a margin for a busy machine.
SHORT_TIMEOUTS = sparkbot.Timeout(3, connect=0.3, read=0.2)
SHORT_TOTAL = sparkbot.Timeout(0.5, read=10)


def _each(
    name: str,
    make: Callable[[int | None], Behaviour],
    expected_by_kind: ExpectedByKind,
    send: Expected,
    **settings: Unpack[Settings],
) -> list[Fault]:
    """A fault that occurs once, from which idempotent calls recover, and one that is permanent."""
    return [
        Fault(f"{name}, once", make(1), ExpectedByKind(SUCCESS, SUCCESS, send), once=True, **settings),
        Fault(name, make(None), expected_by_kind, **settings),
    ]


def _violations(name: str, fault: FaultAction, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection fails after the request was read."""
    return _each(
        name,
        lambda count: do.on_request(count, fault),
        ExpectedByKind(interrupted(error), interrupted(error), UNKNOWN),
        UNKNOWN,
        **settings,
    )


def _before_request(name: str, fault: FaultAction, error: Error, **settings: Unpack[Settings]) -> list[Fault]:
    """The connection fails before the request is read, which the client cannot tell from after."""
    gone, nothing_read = interrupted(error, reads=0), Expected(errors.OutcomeUnknownError, 1, 0, "unknown")
    return _each(
        name, lambda count: do.before_request(count, fault), ExpectedByKind(gone, gone, nothing_read), UNKNOWN, **settings
    )


def _transient_status(name: str, content: bytes, error: Error, update: Expected, send: Expected) -> list[Fault]:
    expected_by_kind = ExpectedByKind(rejected(error, reads=ATTEMPTS), update, send)
    return _each(name, lambda count: do.on_request(count, do.answer(content)), expected_by_kind, send)


def _always(name: str, content: bytes, expected: Expected, message_contains: str = "") -> Fault:
    return Fault(name, do.on_request(None, do.answer(content)), all_kinds(expected), message_contains=message_contains)


def _rate_limited(name: str, header: str) -> list[Fault]:
    """A 429: nothing was executed, so even a message is retried."""
    content = do.error(429, *[header] * bool(header))
    expected_by_kind = all_kinds(rejected(errors.RateLimitError, reads=ATTEMPTS))
    return _each(f"429 with {name}", lambda count: do.on_request(count, do.answer(content)), expected_by_kind, SUCCESS)


CUT = do.HEAD + b"Content-Length: 400\r\n\r\n" + do.JSON
BROKEN_RESPONSES = [
    *_before_request("reset before the request is read", do.reset, errors.APIConnectionError),
    *_violations("reset after the request was read", do.reset, errors.APIConnectionError),
    *_violations("closed after the request was read", do.close, errors.APIConnectionError),
    *_violations("reset in the head", do.then(do.HEAD[:30], do.reset), errors.APIConnectionError),
    *_violations("reset in the body", do.then(CUT, do.reset), errors.IncompleteResponseError),
    *_violations("body shorter than its length", do.then(CUT, do.close), errors.IncompleteResponseError),
    *_violations("cut between chunks", do.then(do.chunked(do.JSON[:20]), do.close), errors.IncompleteResponseError),
    *_violations(
        "cut in a chunk",
        do.then(do.HEAD + b"Transfer-Encoding: chunked\r\n\r\n30\r\n{", do.close),
        errors.IncompleteResponseError,
    ),
    *_violations(
        "body without a length, cut", do.then(do.HEAD + b"\r\n" + do.JSON[:20], do.close), errors.IncompleteResponseError
    ),
    Fault(
        "body without a length, whole",
        do.on_request(None, do.then(do.HEAD + b"\r\n" + do.JSON, do.close)),
        all_kinds(SUCCESS_FIRST),
    ),
]

SILENCE = [
    *_before_request("accepted, then silence", do.silence, errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    *_violations("silence after the request was read", do.silence, errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    *_violations("silence in the body", do.then(CUT, do.silence), errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    # Bytes keep arriving, so only the total timeout ends the call, with no time for another attempt.
    *[
        Fault(name, do.on_request(None, fault), ExpectedByKind(gone, gone, UNKNOWN), timeout=SHORT_TOTAL)
        for name, fault, gone in [
            ("slow head", do.send_slowly(do.HEAD, b"X"), Expected(errors.APITimeoutError, 1, 1, "unknown")),
            (
                "slow body",
                do.send_slowly(do.HEAD + b"Content-Length: 9999\r\n\r\n", b" "),
                Expected(errors.APITimeoutError, 1, 1, "unknown"),
            ),
        ]
    ],
]
NOT_CONNECTED = rejected(errors.APIConnectionError)
CLOSING = [
    Fault("refused", do.close, all_kinds(NOT_CONNECTED), listening=False),
    Fault("idle connections closed", do.close_idle, ExpectedByKind(SUCCESS, SUCCESS, SUCCESS_FIRST)),
    Fault("closed after each answer", do.close_after_each, ExpectedByKind(SUCCESS, SUCCESS, SUCCESS_FIRST)),
]

INVALID_HTTP = ExpectedByKind(interrupted(errors.InvalidResponseError), interrupted(errors.InvalidResponseError), UNKNOWN)


def _invalid_http(name: str, content: bytes) -> list[Fault]:
    return _each(name, lambda count: do.on_request(count, do.then(content, do.silence)), INVALID_HTTP, UNKNOWN)


LARGE = b"X-Large: " + b"x" * 70_000 + b"\r\n"
PROTOCOL = [
    _always("100 first", b"HTTP/1.1 100 Continue\r\n\r\n" + do.response(200, do.JSON), SUCCESS_FIRST),
    _always("103 first", b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + do.response(200, do.JSON), SUCCESS_FIRST),
    _always("large head", do.HEAD + LARGE + b"Content-Length: 2\r\n\r\n{}", SUCCESS_FIRST),
    _always("doubled headers", do.response(200, do.JSON, "X-A: 1", "X-A: 2", f"Content-Length: {len(do.JSON)}"), SUCCESS_FIRST),
    _always("JSON of another type", do.response(200, do.JSON, kind="text/plain"), SUCCESS_FIRST),
    _always("empty", do.response(200), SUCCESS_FIRST),
    _always("204", b"HTTP/1.1 204 No Content\r\n\r\n", SUCCESS_FIRST),
    *_invalid_http("no HTTP", b"220 mail.test ready\r\n\r\n"),
    *_invalid_http("head without end", do.HEAD + LARGE * 8),
    *_invalid_http("too many headers", do.HEAD + b"X-A: 1\r\n" * 300 + b"\r\n"),
    *_invalid_http("two lengths", do.HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    *_invalid_http("length that is no number", do.HEAD + b"Content-Length: many\r\n\r\n{}"),
]

HTML = b"<html><body>Please sign in</body></html>"
PAGE = Expected(errors.InvalidResponseError, 1, 1, "unknown")
LOGIN = [
    _always("login page with 200", do.response(200, HTML, kind="text/html"), PAGE, "Please sign in"),
    _always("login page without a length", do.response(200, HTML, "Connection: close", kind="text/html"), PAGE, "Please sign in"),
]

NO = rejected(errors.APIStatusError, 1, reads=1)
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
    *[_always(f"{status}", do.error(status), NO) for status in (400, 404, 409)],
    _always("101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n", NO),
]
#: Redirects are not followed, neither to the same server nor to another.
REDIRECTS = [
    Fault(f"{status} to {layer}", do.on_request(None, do.redirect(status, location)), all_kinds(NO), message_contains="redirect")
    for status in (301, 302, 303, 307, 308)
    for layer, location in (
        ("the same host", lambda connection: f"http://127.0.0.1:{connection.server.port}/v1/devices"),
        ("another host", lambda connection: f"http://localhost:{connection.server.other_port}/v1/devices"),
    )
]

TOO_LONG = rejected(errors.RateLimitError, 1, reads=1)
LIMITED = [
    *_rate_limited("no header", ""),
    *_rate_limited("seconds", "Retry-After: 0"),
    *_rate_limited("a decimal", "Retry-After: 0.05"),
    *_rate_limited("milliseconds", "Retry-After-Ms: 30"),
    *_rate_limited("a past date", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"),
    *_rate_limited("a negative number", "Retry-After: -5"),
    *_rate_limited("garbage", "Retry-After: soon"),
    Fault("429 with a date", do.on_request(1, do.rate_limited_until(1)), all_kinds(SUCCESS), once=True),
    _always("429 with 1e9", do.error(429, "Retry-After: 1e9"), TOO_LONG),
    _always("429 with a far date", do.error(429, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"), TOO_LONG),
]

UNTRUSTED = rejected(errors.APIConnectionError, 1)
TLS = [
    *[
        Fault(
            f"certificate {name}",
            do.on_connect(None, do.present_certificate(context)),
            all_kinds(UNTRUSTED),
            layer="tls",
            message_contains="is not trusted",
        )
        for name, context in (
            ("expired", certificates.expired),
            ("of another host", certificates.wrong_host),
            ("of an unknown authority", certificates.unknown_authority),
        )
    ],
    *[
        Fault(
            f"only TLS 1.0, {name}",
            do.on_connect(None, do.answer_as_tls_1_0(answer)),
            all_kinds(UNTRUSTED),
            layer="tls",
            message_contains="supports TLS 1.1 at most",
        )
        for name, answer in (("with an alert", do.TLS_VERSION_ALERT), ("with its hello", do.TLS_1_0_HELLO))
    ],
    *_each(
        "handshake cut",
        lambda count: do.on_connect(count, do.close_in_handshake),
        all_kinds(NOT_CONNECTED),
        SUCCESS,
        layer="tls",
    ),
    Fault("plain HTTP instead of TLS", do.on_connect(None, do.answer_with_plain_http), all_kinds(NOT_CONNECTED), layer="tls"),
    # The connect timeout ends each attempt; nothing was sent.
    Fault(
        "silence in the handshake",
        do.on_connect(None, do.silence),
        all_kinds(NOT_CONNECTED),
        layer="tls",
        timeout=sparkbot.Timeout(20, connect=0.4),
    ),
    # The total timeout ends the call while it connects: the outcome of a message is known.
    Fault(
        "silence in the handshake to the end",
        do.on_connect(None, do.silence),
        all_kinds(rejected(errors.APITimeoutError, 1)),
        layer="tls",
        timeout=sparkbot.Timeout(0.4, read=0.1),
    ),
    *[
        Fault(f"{fault.name}, over TLS", fault.behaviour, fault.expected_by_kind, layer="tls")
        for fault in BROKEN_RESPONSES
        if fault.name in ("reset after the request was read", "closed after the request was read", "body shorter than its length")
    ],
]


def _proxy_fault(name: str, fault: FaultAction, expected: Expected, timeout: sparkbot.Timeout = Fault.timeout) -> Fault:
    return Fault(name, do.proxy(fault), all_kinds(expected), layer="tunnel", timeout=timeout)


PROXIES = [
    _proxy_fault("proxy wants a password", do.answer(do.response(407, b"", 'Proxy-Authenticate: Basic realm="x"')), UNTRUSTED),
    _proxy_fault("proxy refuses the tunnel", do.answer(do.response(403, b"no")), NOT_CONNECTED),
    _proxy_fault("proxy hangs up", do.close, NOT_CONNECTED),
    _proxy_fault("proxy is silent", do.silence, NOT_CONNECTED, timeout=sparkbot.Timeout(20, connect=0.4)),
    # A TLS ClientHello is longer than that, so the tunnel ends during the handshake.
    _proxy_fault("proxy dies in the handshake", lambda connection: do.relay(connection, 1), NOT_CONNECTED),
    Fault("proxy is dead", do.proxy(do.close), all_kinds(NOT_CONNECTED), layer="tunnel", listening=False),
    Fault(
        "proxy wants a password for plain HTTP",
        do.on_request(None, do.answer(do.response(407, b""))),
        all_kinds(NO),
        layer="proxy",
    ),
    Fault(
        "proxy of plain HTTP dies",
        do.on_request(None, do.close),
        ExpectedByKind(interrupted(errors.APIConnectionError), interrupted(errors.APIConnectionError), UNKNOWN),
        layer="proxy",
    ),
]

FAULTS = {
    fault.name: fault
    for fault in BROKEN_RESPONSES + SILENCE + CLOSING + PROTOCOL + LOGIN + STATUSES + REDIRECTS + LIMITED + TLS + PROXIES
}
