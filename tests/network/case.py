"""One cell of the matrix: a fault, a kind of call, a way to call, and a connection that is new or was used before."""

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
from tests.network.matrix import ATTEMPTS, KINDS, Kind
from tests.network.server import FaultServer, black_hole
from tests.scheduler_delay import lateness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.network.matrix import Fault
    from tests.network.resolver import Resolver

Way = Literal["blocking", "awaited", "bulk"]
Socket = Literal["fresh", "pooled"]
WAYS: tuple[Way, ...] = ("blocking", "awaited", "bulk")
SOCKETS: tuple[Socket, ...] = ("fresh", "pooled")
#: Calls at once in a bulk cell.
MANY = 4
#: What a call may take beyond its deadline, on a machine with nothing else to do.
GRACE = 0.25
#: For the calls that open the connections of a pool, which are no part of what is tried.
PATIENT = sparkbot.Timeout(20, read=20)
#: How often a cell may be begun until its pool has its connections.
PLAYS = 5


END = "the right error, or an answer"
IN_TIME = "no call goes on for 250 ms after its deadline"
ONCE = "nothing is sent more often than it may be, a message never twice"
HOME = "nothing is sent to another host"
SOCKETS_OPENED = "no more connections than attempts"
KEY = "the key is in no error, and no proxy of https sees it"
PROMISES = (END, IN_TIME, ONCE, HOME, SOCKETS_OPENED, KEY)


class Unready(Exception):
    """The connections of a pool could not be opened."""


class Broken(NamedTuple):
    """A promise that was not kept, and what happened instead."""

    promise: str
    instead: str


@dataclass(frozen=True)
class Cell:
    fault: Fault
    kind: Kind
    way: Way
    socket: Socket

    def __str__(self) -> str:
        return f"{self.fault.name}: {self.kind}, {self.way}, {self.socket}"

    @property
    def calls(self) -> int:
        return MANY if self.way == "bulk" else 1


@dataclass
class Ending:
    """What came of one call."""

    error: BaseException | None
    status: str | None = None


@dataclass
class Scene:
    """The servers of a cell, and the client."""

    server: FaultServer
    other: FaultServer
    proxy: FaultServer | None
    settings: dict[str, Any]
    name: ServiceName | None = None
    endings: list[Ending] = field(default_factory=list)
    seconds: float = 0.0
    late: float = 0.0


class ServiceName(NamedTuple):
    """A name that the service goes by, and who looks it up."""

    host: str
    resolver: Resolver


class _Number:
    """In place of `client.devices`: a sync looks its number up, which is no part of any cell."""

    async def find(self, device: str) -> dict[str, str]:
        return {"id": device}


class _Client(sparkbot.AsyncClient):
    @property
    def devices(self) -> Any:
        return _Number()


def cells(faults: list[Fault]) -> list[Cell]:
    return [Cell(fault, kind, way, socket) for fault in faults for kind in KINDS for way in WAYS for socket in SOCKETS]


def run(cell: Cell, bundle: Path | None = None, *, resolver: Resolver | None = None) -> list[Broken]:
    """Plays a cell, and tells every promise that was broken in it. TLS needs a bundle of authorities, names need a resolver."""
    for _ in range(PLAYS - 1):
        with suppress(Unready):
            return _play(cell, bundle, resolver)
    return _play(cell, bundle, resolver)


def _play(cell: Cell, bundle: Path | None, resolver: Resolver | None) -> list[Broken]:
    with ExitStack() as stack:
        scene = _scene(cell, bundle, stack)
        if resolver:
            _give_name(cell, scene, resolver, stack)
        if cell.way == "blocking":
            _blocking(cell, scene)
        else:
            asyncio.run(_awaited(cell, scene))
        return list(_broken(cell, scene))


def _scene(cell: Cell, bundle: Path | None, stack: ExitStack) -> Scene:
    fault = cell.fault
    warm_up = cell.calls if cell.socket == "pooled" else 0
    other = stack.enter_context(FaultServer(faults.well))
    proxy: FaultServer | None = None
    settings: dict[str, Any] = {}
    if fault.place == "tunnel":
        server = stack.enter_context(FaultServer(faults.well, certificates.good(), warm_up))
        proxy = stack.enter_context(FaultServer(fault.behaviour, origin_port=server.port, tunnels=warm_up))
        settings = {"proxy": f"http://127.0.0.1:{proxy.port}", "ca_bundle": bundle}
        url = f"https://{certificates.SERVICE}:{server.port}/v1"
    else:
        context = certificates.good() if fault.place == "tls" else None
        server = stack.enter_context(FaultServer(fault.behaviour, context, warm_up, other_port=other.port))
        url = f"{'https' if context else 'http'}://127.0.0.1:{server.port}/v1"
        if context:
            settings["ca_bundle"] = bundle
        if fault.place == "proxy":
            proxy, url = server, f"http://{certificates.SERVICE}/v1"
            settings = {"proxy": f"http://127.0.0.1:{proxy.port}", "allow_http": True}
    settings |= {
        "api_key": CANARY,
        "base_url": url,
        "timeout": fault.timeout,
        "retry": sparkbot.Retry(initial_delay=0.01, max_delay=0.05, max_retry_after=2),
    }
    return Scene(server, other, proxy, settings)


def _give_name(cell: Cell, scene: Scene, resolver: Resolver, stack: ExitStack) -> None:
    scene.name = ServiceName(resolver.name(), resolver)
    scene.settings |= {"base_url": f"http://{scene.name.host}:{scene.server.port}/v1", "allow_http": True}
    if cell.fault.hole:
        stack.enter_context(black_hole(scene.server.port))


def _call(client: Any, kind: Kind, number: int) -> Any:
    contact = f"44736205{number:04}@c.us"
    if kind == "read":
        return client.chats.get(DEVICE, contact)
    if kind == "update":
        return client.contacts.upsert_metadata(DEVICE, contact, {"tier": "gold"})
    return client.send.text(device=DEVICE, phone=f"+44736205{number:04}", message=f"hello {number}")


@contextmanager
def _making_ready() -> Iterator[None]:
    """A fault waits behind the connections that are opened first: a machine that is late for one of them meets it too early."""
    try:
        yield
    except errors.SparkBotError as error:
        raise Unready from error


def _blocking(cell: Cell, scene: Scene) -> None:
    with sparkbot.Client(**scene.settings) as client:
        if cell.socket == "pooled":
            with _making_ready():
                client.with_options(timeout=PATIENT).labels.list(DEVICE)
        _begin(cell, scene)
        began = time.monotonic()
        try:
            _call(client, cell.kind, 0)
            scene.endings.append(Ending(None))
        except Exception as error:
            scene.endings.append(Ending(error))
        _end(scene, began)


async def _awaited(cell: Cell, scene: Scene) -> None:
    async with _Client(**scene.settings) as client:
        if cell.socket == "pooled":
            patient = client.with_options(timeout=PATIENT)
            with _making_ready():
                await asyncio.gather(*(patient.labels.list(DEVICE) for _ in range(cell.calls)))
        _begin(cell, scene)
        began = time.monotonic()
        if cell.way == "bulk" and cell.kind == "update":
            rows = [{"phone": f"+44736205{number:04}", "tier": "gold"} for number in range(cell.calls)]
            outcomes = [
                outcome
                # A number that is said to be offline is not waited for: the call's own end is what counts here.
                async for outcome in sparkbot.stream_metadata(
                    client,
                    DEVICE,
                    rows,
                    concurrency=cell.calls,
                    calls_per_second=None,
                    offline_patience=0,
                    progress="off",
                )
            ]
            scene.endings = [Ending(outcome.error, outcome.status) for outcome in outcomes]
        else:
            calls = (_call(client, cell.kind, number) for number in range(cell.calls))
            scene.endings = [
                Ending(result if isinstance(result, BaseException) else None)
                for result in await asyncio.gather(*calls, return_exceptions=True)
            ]
        _end(scene, began)


def _begin(cell: Cell, scene: Scene) -> None:
    """After the warm-up: what is counted begins now, and the fault."""
    lateness()
    faulty = scene.proxy or scene.server
    if not cell.fault.listening:
        faulty.stop_listening()
        faulty.drop_connections()
    elif cell.fault.place == "tunnel" or scene.name:
        faulty.drop_connections()
    if scene.name and cell.fault.lookup:
        scene.name.resolver.begin(scene.name.host, cell.fault.lookup)
    scene.server.forget()
    if scene.proxy:
        scene.proxy.forget()


def _end(scene: Scene, began: float) -> None:
    scene.seconds = time.monotonic() - began
    scene.late = lateness().since(began)


def _broken(cell: Cell, scene: Scene) -> Iterator[Broken]:
    """The promises: the right end, in time, nothing twice, nothing elsewhere, no more connections than attempts."""
    expected = cell.fault.expected(cell.kind)
    if len(scene.endings) != cell.calls:
        yield Broken(END, f"{len(scene.endings)} ends of {cell.calls} calls")
    yield from _wrong_ends(cell, scene)
    total = cell.fault.timeout.total or 60
    if scene.seconds > total + GRACE + scene.late:
        yield Broken(
            IN_TIME, f"took {scene.seconds:.2f} s, with a limit of {total} s and a machine that is {scene.late:.2f} s late"
        )
    identities = [request.identity for request in scene.server.requests if request.method != "CONNECT"]
    most = max(map(identities.count, identities), default=0)
    if most > expected.reads:
        yield Broken(ONCE, f"the server read a request {most} times; {expected.reads} is the most")
    if scene.other.connections or scene.other.bytes_received:
        yield Broken(HOME, "another host was asked")
    opened = len((scene.proxy or scene.server).connections)
    most = _attempts(cell)[-1] * cell.calls
    if opened > most:
        yield Broken(SOCKETS_OPENED, f"{opened} connections were opened; {most} is the most")
    if cell.fault.place == "tunnel" and scene.proxy and CANARY.encode() in scene.proxy.bytes_received:
        yield Broken(KEY, "the proxy has seen the key")


def _meets_closing(cell: Cell) -> bool:
    """Whether the first attempt may meet a pooled connection that is just being closed."""
    closing = cell.fault.place in ("tls", "tunnel") or cell.fault.lookup
    return cell.socket == "pooled" and bool(closing) and cell.kind != "send"


def _attempts(cell: Cell) -> range:
    """How many attempts there may be."""
    expected = cell.fault.expected(cell.kind)
    # A call that another one's 429 kept back was not sent at all.
    least = 0 if expected.error is errors.RateLimitError and cell.way == "bulk" else expected.attempts
    return range(least, min(expected.attempts + _meets_closing(cell), ATTEMPTS) + 1)


def _wrong_ends(cell: Cell, scene: Scene) -> Iterator[Broken]:
    expected = cell.fault.expected(cell.kind)
    failed = [ending for ending in scene.endings if ending.error is not None]
    if expected.error is not None and len(failed) != (1 if cell.fault.once else cell.calls):
        yield Broken(END, f"{len(failed)} of {cell.calls} calls failed")
    for ending in failed:
        if expected.error is None or not isinstance(ending.error, expected.error):
            yield Broken(END, f"ended with {ending.error!r}")
        elif isinstance(ending.error, errors.SparkBotError) and ending.error.attempts not in _attempts(cell):
            yield Broken(END, f"took {ending.error.attempts} attempts instead of {expected.attempts}: {ending.error}")
        elif cell.fault.says not in str(ending.error):
            yield Broken(END, f"the error does not say {cell.fault.says!r}: {ending.error}")
        if CANARY in repr(ending.error):
            yield Broken(KEY, "the error shows the key")
        if ending.status not in (None, expected.status, "unknown" if _meets_closing(cell) else None):
            yield Broken(END, f"the outcome is {ending.status}, not {expected.status}: {ending.error!r}")
