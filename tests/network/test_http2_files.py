"""Files, compressed responses, cancelled calls and forks over HTTP/2."""

from __future__ import annotations

import asyncio
import gzip
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import certificates
from tests.network.http2_server import Session, Stream, behaviour, serve_negotiated, serve_normally, speaks_http2
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.network.server import Behaviour

#: Larger than every window of the protocol's flow control.
CONTENT = bytes(range(256)) * (12 << 10)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("trusted") / "authority.pem"
    certificates.authority().cert_pem.write_to_path(path)
    return path


def settings(server: FaultServer, bundle: Path) -> dict[str, Any]:
    return {"api_key": CANARY, "base_url": f"https://127.0.0.1:{server.port}/v1", "ca_bundle": bundle, "http2": "auto"}


def serve(behave: Behaviour) -> FaultServer:
    return FaultServer(behave, certificates.http2())


def serve_content(session: Session) -> None:
    for stream in session.requests():
        session.respond(stream, CONTENT, ("content-length", str(len(CONTENT))))


@pytest.mark.parametrize(("content", "is_http2"), [(CONTENT[:60_000], True), (CONTENT, False)])
def test_only_small_uploads_use_http2(bundle: Path, content: bytes, is_http2: bool) -> None:
    """A service takes one window of data for each round trip over HTTP/2."""
    steps: list[tuple[int, int | None]] = []
    with serve(serve_negotiated) as server, sparkbot.Client(**settings(server, bundle)) as client:
        client.files.upload(file=content, options={"on_progress": lambda done, total: steps.append((done, total))})
        [request] = server.requests
        assert content in request.body
        assert steps == sorted(steps)
        assert steps[-1] == (len(content), len(content))
        assert [speaks_http2(connection) for connection in server.connections] == [is_http2]


def test_download_reports_its_progress(bundle: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    with serve(behaviour(serve_content)) as server, sparkbot.Client(**settings(server, bundle)) as client:
        options: Any = {"on_progress": lambda done, total: steps.append((done, total))}
        client.files.download_to(DEVICE, tmp_path / "menu.pdf", options=options)
        assert (tmp_path / "menu.pdf").read_bytes() == CONTENT
        assert steps == sorted(steps)
        assert steps[-1] == (len(CONTENT), len(CONTENT))


def test_gzip_is_decoded(bundle: Path) -> None:
    def handle(session: Session) -> None:
        for stream in session.requests():
            session.respond(stream, gzip.compress(b'{"status": "active"}'), ("content-encoding", "gzip"))

    with serve(behaviour(handle)) as server, sparkbot.Client(**settings(server, bundle)) as client:
        assert client.chats.get(DEVICE, CHAT) == {"status": "active"}


def test_cancelled_call_leaves_the_connection_usable(bundle: Path) -> None:
    """A cancelled call resets its stream; the others share the connection."""
    arrived, reset = threading.Event(), threading.Event()

    def handle(session: Session) -> None:
        held: Stream | None = None
        for stream in session.requests():
            if held is None:
                held = stream
                arrived.set()
            else:
                if held.id in session.cancelled:
                    reset.set()
                session.respond(stream)

    async def run(server: FaultServer) -> None:
        async with sparkbot.AsyncClient(**settings(server, bundle)) as client:
            call = asyncio.ensure_future(client.chats.get(DEVICE, CHAT))
            await asyncio.to_thread(arrived.wait, 20)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await client.chats.get(DEVICE, CHAT)

    with serve(behaviour(handle)) as server:
        asyncio.run(run(server))
        assert reset.is_set()
        assert len(server.connections) == 1


def test_iteration_and_map_share_a_connection(bundle: Path) -> None:
    with serve(behaviour(serve_normally)) as server, sparkbot.Client(**settings(server, bundle)) as client:
        phones = [{"phone": f"+44736205{number:04}", "message": "hello"} for number in range(200)]
        outcomes = list(client.map(client.send.text, phones, device=DEVICE))
        assert [outcome.status for outcome in outcomes] == ["ok"] * len(phones)
        assert len({request.body for request in server.requests}) == len(server.requests) == len(phones)
        assert len(server.connections) <= 4


@pytest.fixture
def forking(bundle: Path) -> Iterator[tuple[FaultServer, sparkbot.Client]]:
    with serve(behaviour(serve_normally)) as server, sparkbot.Client(**settings(server, bundle)) as client:
        yield server, client


def test_forked_child_opens_its_own_connection(forking: tuple[FaultServer, sparkbot.Client]) -> None:
    server, client = forking
    client.devices.list()
    child = os.fork()
    if not child:
        try:
            client.devices.list()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    client.devices.list()
    assert len(server.requests) == 3
    assert len(server.connections) == 2


def test_threads_share_a_connection(forking: tuple[FaultServer, sparkbot.Client]) -> None:
    server, client = forking
    client.devices.list()
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(lambda _: client.chats.get(DEVICE, CHAT), range(64)))) == 64
    assert len(server.connections) == 1
