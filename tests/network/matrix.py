"""Every fault with its expected results."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import sparkbot
from sparkbot import errors
from tests.network import certificates
from tests.network import faults as do
from tests.network.fault import (
    ATTEMPTS,
    SUCCESS,
    SUCCESS_FIRST,
    UNKNOWN,
    Expected,
    ExpectedByKind,
    Fault,
    always,
    interrupted,
    interrupting,
    interrupting_before,
    make_fault,
    once_and_always,
    rate_limited,
    rejected,
    transient_status,
)

if TYPE_CHECKING:
    from typing import Unpack

    from tests.network.fault import FaultAction, Settings

#: For faults that end with the client's timeouts: three attempts, with a margin for a busy machine.
SHORT_TIMEOUTS = sparkbot.Timeout(5, connect=0.5, read=0.5)
SHORT_TOTAL = sparkbot.Timeout(0.5, read=10)

CUT = do.HEAD + b"Content-Length: 400\r\n\r\n" + do.JSON
CUT_CHUNK = do.HEAD + b"Transfer-Encoding: chunked\r\n\r\n30\r\n{"
BROKEN_RESPONSES = [
    *interrupting_before("reset before the request is read", do.reset, errors.APIConnectionError),
    *interrupting("reset after the request was read", do.reset, errors.APIConnectionError),
    *interrupting("closed after the request was read", do.close, errors.APIConnectionError),
    *interrupting("reset in the head", do.then(do.HEAD[:30], do.reset), errors.APIConnectionError),
    *interrupting("reset in the body", do.then(CUT, do.reset), errors.IncompleteResponseError),
    *interrupting("body shorter than its length", do.then(CUT, do.close), errors.IncompleteResponseError),
    *interrupting("cut between chunks", do.then(do.chunked(do.JSON[:20]), do.close), errors.IncompleteResponseError),
    *interrupting("cut in a chunk", do.then(CUT_CHUNK, do.close), errors.IncompleteResponseError),
    *interrupting(
        "body without a length, cut", do.then(do.HEAD + b"\r\n" + do.JSON[:20], do.close), errors.IncompleteResponseError
    ),
    make_fault("body without a length, complete", do.then(do.HEAD + b"\r\n" + do.JSON, do.close), SUCCESS_FIRST),
]

# Bytes keep arriving, so only the total timeout ends the call, with no time for another attempt.
TIMED_OUT = Expected(errors.APITimeoutError, 1, 1, "unknown")
SLOW = ExpectedByKind(TIMED_OUT, TIMED_OUT, UNKNOWN)
SLOW_BODY = do.send_slowly(do.HEAD + b"Content-Length: 9999\r\n\r\n", b" ")
SILENCE = [
    *interrupting_before("accepted, then silence", do.silence, errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    *interrupting("silence after the request was read", do.silence, errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
    *interrupting("silence in the body", do.then(CUT, do.silence), errors.APITimeoutError, timeout=SHORT_TIMEOUTS),
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
    return interrupting(name, do.then(content, do.silence), errors.InvalidResponseError)


OLD = do.HEAD.replace(b"HTTP/1.1", b"HTTP/1.0")
OLD_LENGTH = OLD + b"Content-Length: %d\r\n" % len(do.JSON)
HTTP_1_0 = [
    always("HTTP/1.0 kept alive", OLD_LENGTH + b"Connection: keep-alive\r\n\r\n" + do.JSON, SUCCESS_FIRST),
    make_fault("HTTP/1.0 with a length", do.then(OLD_LENGTH + b"\r\n" + do.JSON, do.close), SUCCESS_FIRST),
    make_fault("HTTP/1.0 without a length", do.then(OLD + b"\r\n" + do.JSON, do.close), SUCCESS_FIRST),
    *interrupting("HTTP/1.0, cut", do.then(OLD + b"\r\n" + do.JSON[:20], do.close), errors.IncompleteResponseError),
]

TRAILER = do.chunked(do.JSON) + b"0\r\nX-Checksum: 1"
TRAILERS = [
    always("trailers", TRAILER + b"\r\nX-Other: 2\r\n\r\n", SUCCESS_FIRST),
    *interrupting("cut in the trailers", do.then(TRAILER, do.close), errors.IncompleteResponseError),
]

ZIPPED = gzip.compress(do.JSON[:20]) + gzip.compress(do.JSON[20:])
CUT_ZIP = do.response(200, ZIPPED[:-9], "Content-Encoding: gzip")
GZIP = [
    always("two gzip members", do.response(200, ZIPPED, "Content-Encoding: gzip"), SUCCESS_FIRST),
    always("two gzip members, named in upper case", do.response(200, ZIPPED, "Content-Encoding: X-GZIP"), SUCCESS_FIRST),
    *interrupting("cut in the second gzip member", do.then(CUT_ZIP, do.close), errors.IncompleteResponseError),
]
ALL_FIRST = ExpectedByKind(SUCCESS_FIRST, SUCCESS_FIRST, SUCCESS_FIRST)
PAGES = [
    Fault(f"{total} items on pages of at most {cap}", do.serve_pages(total, cap), ALL_FIRST, items=total)
    for total, cap in ((95, 25), (130, 64), (64, 64))
]

LARGE = b"X-Large: " + b"x" * 70_000 + b"\r\n"
PROTOCOL = [
    always("100 first", b"HTTP/1.1 100 Continue\r\n\r\n" + do.response(200, do.JSON), SUCCESS_FIRST),
    always("103 first", b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + do.response(200, do.JSON), SUCCESS_FIRST),
    always("large head", do.HEAD + LARGE + b"Content-Length: 2\r\n\r\n{}", SUCCESS_FIRST),
    always("repeated headers", do.response(200, do.JSON, "X-A: 1", "X-A: 2", f"Content-Length: {len(do.JSON)}"), SUCCESS_FIRST),
    always("JSON of another type", do.response(200, do.JSON, kind="text/plain"), SUCCESS_FIRST),
    always("empty", do.response(200), SUCCESS_FIRST),
    always("204", b"HTTP/1.1 204 No Content\r\n\r\n", SUCCESS_FIRST),
    *HTTP_1_0,
    *TRAILERS,
    *GZIP,
    *PAGES,
    *_invalid_http("not HTTP", b"220 mail.test ready\r\n\r\n"),
    *_invalid_http("head without end", do.HEAD + LARGE * 8),
    *_invalid_http("too many headers", do.HEAD + b"X-A: 1\r\n" * 300 + b"\r\n"),
    *_invalid_http("two lengths", do.HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    *_invalid_http("length that is not a number", do.HEAD + b"Content-Length: many\r\n\r\n{}"),
]

HTML = b"<html><body>Please sign in</body></html>"
PAGE = Expected(errors.InvalidResponseError, 1, 1, "unknown")
LOGIN = [
    always(name, do.response(200, HTML, *headers, kind="text/html"), PAGE, message_contains="Please sign in")
    for name, headers in (("login page with 200", ()), ("login page without a length", ("Connection: close",)))
]

REJECTED = rejected(errors.APIStatusError, 1, reads=1)
STATUSES = [
    *[
        fault
        for status in (500, 502, 504)
        for fault in transient_status(
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
        for fault in transient_status(
            f"{status} of the service", do.error(status), error, rejected(error, reads=ATTEMPTS), rejected(error, 1, reads=1)
        )
    ],
    *transient_status("408", do.error(408), errors.APIStatusError, rejected(errors.APIStatusError, reads=ATTEMPTS), UNKNOWN),
    *[always(f"{status}", do.error(status), REJECTED) for status in (400, 404, 409)],
    always("101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n", REJECTED),
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
    *rate_limited("no header"),
    *rate_limited("seconds", "Retry-After: 0"),
    *rate_limited("a decimal", "Retry-After: 0.05"),
    *rate_limited("milliseconds", "Retry-After-Ms: 30"),
    *rate_limited("a past date", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"),
    *rate_limited("a negative number", "Retry-After: -5"),
    *rate_limited("garbage", "Retry-After: soon"),
    make_fault("429 with a date", do.rate_limited_until(1), SUCCESS, count=1),
    always("429 with 1e9", do.error(429, "Retry-After: 1e9"), TOO_LONG),
    always("429 with a far date", do.error(429, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"), TOO_LONG),
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
    *once_and_always("handshake cut", do.close_in_handshake, NOT_CONNECTED, SUCCESS, do.on_connect, layer="tls"),
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


def _socks(name: str, action: FaultAction, expected: Expected, **settings: Unpack[Settings]) -> Fault:
    settings["layer"] = "socks"
    return make_fault(f"SOCKS {name}", action, expected, lambda _, action: do.socks(action), **settings)


SOCKS = [
    *[
        _socks(name, do.refuse_socks(code), NOT_CONNECTED)
        for name, code in (("rule forbids it", 2), ("host is unreachable", 4), ("connection is refused", 5))
    ],
    _socks("proxy closes the connection", do.close, NOT_CONNECTED),
    _socks("proxy is silent", do.silence, NOT_CONNECTED, timeout=sparkbot.Timeout(20, connect=0.4)),
    _socks("proxy fails in the handshake", lambda connection: do.relay_socks(connection, 1), NOT_CONNECTED),
    _socks("proxy does not listen", do.close, NOT_CONNECTED, listening=False),
    _socks("proxy relays", do.relay_socks, SUCCESS_FIRST),
]

MUTUAL = [
    _tls(
        "client certificate missing",
        do.demand_certificate(certificates.mutual()),
        UNTRUSTED,
        message_contains="requires a certificate of the client; pass client_cert=",
    ),
    Fault("client certificate accepted", do.serve_normally, SUCCEEDED, layer="mutual"),
    *[
        Fault(f"{fault.name}, with a client certificate", fault.behaviour, fault.expected_by_kind, layer="mutual")
        for fault in BROKEN_RESPONSES
        if fault.name in ("reset after the request was read", "closed after the request was read")
    ],
]

FAULTS = {
    fault.name: fault
    for fault in [
        *(BROKEN_RESPONSES + SILENCE + CLOSING + PROTOCOL + LOGIN + STATUSES),
        *(REDIRECTS + LIMITED + TLS + MUTUAL + PROXIES + SOCKS),
    ]
}
