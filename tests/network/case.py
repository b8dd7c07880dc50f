"""One test case: a fault, a kind of call, a call mode, and a fresh or a pooled connection."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, DEVICE
from tests.network import certificates, faults
from tests.network.fault import ATTEMPTS, KINDS, Kind
from tests.network.server import FaultServer, black_hole
from tests.scheduler_delay import scheduler_delay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.network.fault import Fault
    from tests.network.resolver import Resolver

CallMode = Literal["blocking", "awaited", "bulk"]
ConnectionKind = Literal["fresh", "pooled"]
CALL_MODES: tuple[CallMode, ...] = ("blocking", "awaited", "bulk")
CONNECTIONS: tuple[ConnectionKind, ...] = ("fresh", "pooled")
#: Concurrent calls of a bulk case.
BULK_SIZE = 4
#: How far a call may exceed its deadline on an idle machine.
GRACE = 0.25
#: Layers whose proxy relays encrypted connections.
BEHIND_PROXY = ("tunnel", "socks")
#: The certificates of the layers that are encrypted.
CONTEXTS = {"tls": certificates.good, "mutual": certificates.mutual}
#: For the calls that open the pooled connections, which are not part of the test.
WARM_UP_TIMEOUT = sparkbot.Timeout(20, read=20)
#: How often a case is started until its pool has its connections.
MAX_RUNS = 5


RESULT = "returns a response or the documented error"
DEADLINE = "no call runs 250 ms past its deadline"
NO_DUPLICATES = "no request is sent more often than allowed, a message never twice"
NO_OTHER_HOST = "nothing is sent to another host"
CONNECTION_COUNT = "no more connections than attempts"
KEY_HIDDEN = "the key is in no error, and no HTTPS proxy sees it"
PROMISES = (RESULT, DEADLINE, NO_DUPLICATES, NO_OTHER_HOST, CONNECTION_COUNT, KEY_HIDDEN)


class WarmUpError(Exception):
    """The pooled connections could not be opened."""


class Violation(NamedTuple):
    """A broken promise, and what happened instead."""

    promise: str
    instead: str


@dataclass(frozen=True)
class Case:
    fault: Fault
    kind: Kind
    mode: CallMode
    socket: ConnectionKind

    def __str__(self) -> str:
        return f"{self.fault.name}: {self.kind}, {self.mode}, {self.socket}"

    @property
    def calls(self) -> int:
        return BULK_SIZE if self.mode == "bulk" else 1


@dataclass
class CallResult:
    """The result of one call."""

    error: BaseException | None
    status: str | None = None


@dataclass
class Setup:
    """The servers of a case, and the client's settings."""

    server: FaultServer
    other: FaultServer
    proxy: FaultServer | None
    settings: dict[str, Any]
    resolver: Resolver | None = None
    #: The hostname of the service, if it has a resolver.
    host: str = ""
    results: list[CallResult] = field(default_factory=list)
    seconds: float = 0.0
    late: float = 0.0


class _FakeDevices:
    """Replaces `client.devices`: a sync looks its device up, which is not part of any case."""

    async def find(self, device: str) -> dict[str, str]:
        return {"id": device}


class _Client(sparkbot.AsyncClient):
    @property
    def devices(self) -> Any:
        return _FakeDevices()


def all_cases(faults: list[Fault]) -> list[Case]:
    return [
        Case(fault, kind, mode, socket) for fault in faults for kind in KINDS for mode in CALL_MODES for socket in CONNECTIONS
    ]


def run(case: Case, bundle: Path | None = None, *, resolver: Resolver | None = None) -> list[Violation]:
    """Runs a case and returns the promises that it broke. TLS needs a bundle of authorities, hostnames need a resolver."""
    for _ in range(MAX_RUNS - 1):
        with suppress(WarmUpError):
            return _run_once(case, bundle, resolver)
    return _run_once(case, bundle, resolver)


def _run_once(case: Case, bundle: Path | None, resolver: Resolver | None) -> list[Violation]:
    with ExitStack() as stack:
        setup = _make_setup(case, bundle, stack)
        if resolver:
            _use_hostname(case, setup, resolver, stack)
        if case.mode == "blocking":
            _blocking(case, setup)
        else:
            asyncio.run(_awaited(case, setup))
        return list(_violations(case, setup))


def _make_setup(case: Case, bundle: Path | None, stack: ExitStack) -> Setup:
    fault = case.fault
    warm_up = case.calls if case.socket == "pooled" else 0
    other = stack.enter_context(FaultServer(faults.serve_normally))
    proxy: FaultServer | None = None
    settings: dict[str, Any] = {}
    if fault.layer in BEHIND_PROXY:
        server = stack.enter_context(FaultServer(faults.serve_normally, certificates.good(), warm_up))
        proxy = stack.enter_context(FaultServer(fault.behaviour, origin_port=server.port, tunnels=warm_up))
        scheme = "socks5h" if fault.layer == "socks" else "http"
        settings = {"proxy": f"{scheme}://127.0.0.1:{proxy.port}", "ca_bundle": bundle}
        url = f"https://{certificates.SERVICE}:{server.port}/v1"
    else:
        context = CONTEXTS[fault.layer]() if fault.layer in CONTEXTS else None
        server = stack.enter_context(FaultServer(fault.behaviour, context, warm_up, other_port=other.port))
        url = f"{'https' if context else 'http'}://127.0.0.1:{server.port}/v1"
        if context:
            settings["ca_bundle"] = bundle
        if bundle and fault.layer == "mutual":
            settings["client_cert"] = certificates.write_identity(bundle.parent)
        if fault.layer == "proxy":
            proxy, url = server, f"http://{certificates.SERVICE}/v1"
            settings = {"proxy": f"http://127.0.0.1:{proxy.port}", "allow_http": True}
    settings |= {
        "api_key": CANARY,
        "base_url": url,
        "timeout": fault.timeout,
        "retry": sparkbot.Retry(initial_delay=0.01, max_delay=0.05, max_retry_after=2),
    }
    return Setup(server, other, proxy, settings)


def _use_hostname(case: Case, setup: Setup, resolver: Resolver, stack: ExitStack) -> None:
    setup.resolver, setup.host = resolver, resolver.name()
    setup.settings |= {"base_url": f"http://{setup.host}:{setup.server.port}/v1", "allow_http": True}
    if case.fault.ipv6_hole:
        stack.enter_context(black_hole(setup.server.port))


def _call(client: Any, case: Case, number: int) -> Any:
    contact = f"44736205{number:04}@c.us"
    if case.kind == "read" and case.fault.items is not None:
        return _walk(client.contacts.iter(DEVICE, search=contact, size=100), case.fault.items)
    if case.kind == "read":
        return client.chats.get(DEVICE, contact)
    if case.kind == "update":
        return client.contacts.upsert_metadata(DEVICE, contact, {"tier": "gold"})
    return client.send.text(device=DEVICE, phone=f"+44736205{number:04}", message=f"hello {number}")


def _walk(pages: Any, items: int) -> Any:
    """Reads all pages, and fails unless they have so many items."""

    async def walk() -> None:
        assert len([item async for item in pages]) == items

    if hasattr(pages, "__aiter__"):
        return walk()
    assert len(list(pages)) == items
    return None


@contextmanager
def _warming_up() -> Iterator[None]:
    """The fault starts after the warm-up connections: if one of them is late on a slow machine, it meets the fault too early."""
    try:
        yield
    except errors.SparkBotError as error:
        raise WarmUpError from error


def _blocking(case: Case, setup: Setup) -> None:
    with sparkbot.Client(**setup.settings) as client:
        if case.socket == "pooled":
            with _warming_up():
                client.with_options(timeout=WARM_UP_TIMEOUT).labels.list(DEVICE)
        _start_fault(case, setup)
        started_at = time.monotonic()
        try:
            _call(client, case, 0)
            setup.results.append(CallResult(None))
        except Exception as error:
            setup.results.append(CallResult(error))
        _record_time(setup, started_at)


async def _awaited(case: Case, setup: Setup) -> None:
    async with _Client(**setup.settings) as client:
        if case.socket == "pooled":
            warm_up = client.with_options(timeout=WARM_UP_TIMEOUT)
            with _warming_up():
                await asyncio.gather(*(warm_up.labels.list(DEVICE) for _ in range(case.calls)))
        _start_fault(case, setup)
        started_at = time.monotonic()
        if case.mode == "bulk" and case.kind == "update":
            rows = [{"phone": f"+44736205{number:04}", "tier": "gold"} for number in range(case.calls)]
            outcomes = [
                outcome
                # Does not wait for offline devices: the result of the call itself is tested.
                async for outcome in sparkbot.stream_metadata(
                    client,
                    DEVICE,
                    rows,
                    concurrency=case.calls,
                    calls_per_second=None,
                    offline_timeout=0,
                    progress="off",
                )
            ]
            setup.results = [CallResult(outcome.error, outcome.status) for outcome in outcomes]
        else:
            calls = (_call(client, case, number) for number in range(case.calls))
            setup.results = [
                CallResult(result if isinstance(result, BaseException) else None)
                for result in await asyncio.gather(*calls, return_exceptions=True)
            ]
        _record_time(setup, started_at)


def _start_fault(case: Case, setup: Setup) -> None:
    """Starts the fault and resets the counts, after the warm-up."""
    scheduler_delay()
    faulty = setup.proxy or setup.server
    if not case.fault.listening:
        faulty.stop_listening()
        faulty.drop_connections()
    elif case.fault.layer in BEHIND_PROXY or setup.resolver:
        faulty.drop_connections()
    if setup.resolver and case.fault.lookup:
        setup.resolver.begin(setup.host, case.fault.lookup)
    setup.server.reset_counts()
    if setup.proxy:
        setup.proxy.reset_counts()


def _record_time(setup: Setup, started_at: float) -> None:
    setup.seconds = time.monotonic() - started_at
    setup.late = scheduler_delay().since(started_at)


def _violations(case: Case, setup: Setup) -> Iterator[Violation]:
    """Checks every promise."""
    expected = case.fault.expected(case.kind)
    if len(setup.results) != case.calls:
        yield Violation(RESULT, f"{len(setup.results)} results of {case.calls} calls")
    yield from _result_violations(case, setup)
    total = case.fault.timeout.total or 60
    if setup.seconds > total + GRACE + setup.late:
        yield Violation(
            DEADLINE, f"took {setup.seconds:.2f} s with a timeout of {total} s and a scheduler delay of {setup.late:.2f} s"
        )
    identities = [request.identity for request in setup.server.requests if request.method != "CONNECT"]
    reads = max(map(identities.count, identities), default=0)
    if reads > expected.reads:
        yield Violation(NO_DUPLICATES, f"the server read a request {reads} times; at most {expected.reads} are allowed")
    if setup.other.connections or setup.other.bytes_received:
        yield Violation(NO_OTHER_HOST, "a request was sent to another host")
    opened = len((setup.proxy or setup.server).connections)
    # Each page of a walk is a call of its own, which may open a connection while the one of the page before is still in use.
    calls = case.calls if case.fault.items is None else len(setup.server.requests)
    allowed = _allowed_attempts(case)[-1] * calls
    if opened > allowed:
        yield Violation(CONNECTION_COUNT, f"{opened} connections were opened; at most {allowed} are allowed")
    if case.fault.layer in BEHIND_PROXY and setup.proxy and CANARY.encode() in setup.proxy.bytes_received:
        yield Violation(KEY_HIDDEN, "the proxy saw the key")


def _may_reuse_closing_connection(case: Case) -> bool:
    """Whether the first attempt may use a pooled connection that is being closed."""
    closing = case.fault.layer in ("tls", *BEHIND_PROXY) or case.fault.lookup
    return case.socket == "pooled" and bool(closing) and case.kind != "send"


def _allowed_attempts(case: Case) -> range:
    """The allowed numbers of attempts."""
    expected = case.fault.expected(case.kind)
    # A call that waits because of another call's 429 is not sent at all.
    minimum = 0 if expected.error is errors.RateLimitError and case.mode == "bulk" else expected.attempts
    return range(minimum, min(expected.attempts + _may_reuse_closing_connection(case), ATTEMPTS) + 1)


def _result_violations(case: Case, setup: Setup) -> Iterator[Violation]:
    expected = case.fault.expected(case.kind)
    failed = [result for result in setup.results if result.error is not None]
    if expected.error is not None and len(failed) != (1 if case.fault.once else case.calls):
        yield Violation(RESULT, f"{len(failed)} of {case.calls} calls failed")
    for result in failed:
        if expected.error is None or not isinstance(result.error, expected.error):
            yield Violation(RESULT, f"ended with {result.error!r}")
        elif isinstance(result.error, errors.SparkBotError) and result.error.attempts not in _allowed_attempts(case):
            yield Violation(RESULT, f"took {result.error.attempts} attempts instead of {expected.attempts}: {result.error}")
        elif case.fault.message_contains not in str(result.error):
            yield Violation(RESULT, f"the error does not contain {case.fault.message_contains!r}: {result.error}")
        if CANARY in repr(result.error):
            yield Violation(KEY_HIDDEN, "the error shows the key")
        if result.status not in (None, expected.status, "unknown" if _may_reuse_closing_connection(case) else None):
            yield Violation(RESULT, f"the outcome is {result.status}, not {expected.status}: {result.error!r}")
