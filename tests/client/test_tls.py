"""Certificates: always verified, against the authorities that were named."""

from __future__ import annotations

import datetime as dt
import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
import trustme
from tests.conftest import CANARY

import sparkbot
from sparkbot.errors import APIConnectionError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Handler(BaseHTTPRequestHandler):
    """Answers every GET with the key that it was sent."""

    def do_GET(self) -> None:
        body = json.dumps([{"id": self.headers["Token"]}]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the tests' output clean."""


class QuietServer(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A refused handshake is what some of the tests are for."""


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def serve() -> Iterator[Callable[[trustme.LeafCert], str]]:
    """Starts https servers on this machine and gives their addresses."""
    servers: list[HTTPServer] = []

    def start(certificate: trustme.LeafCert) -> str:
        server = QuietServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"https://127.0.0.1:{server.server_port}/v1"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture(autouse=True)
def no_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


def test_a_named_authority_is_trusted(authority: trustme.CA, bundle: Path, serve: Callable[[trustme.LeafCert], str]) -> None:
    client = sparkbot.Client(CANARY, base_url=serve(authority.issue_cert("127.0.0.1")), ca_bundle=bundle)
    assert client.devices.list() == [{"id": CANARY}]


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_can_name_one(
    authority: trustme.CA,
    bundle: Path,
    serve: Callable[[trustme.LeafCert], str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.setenv(variable, str(bundle))
    client = sparkbot.Client(CANARY, base_url=serve(authority.issue_cert("127.0.0.1")))
    assert client.devices.list() == [{"id": CANARY}]


WRONG: dict[str, Callable[[trustme.CA], trustme.LeafCert]] = {
    "unknown authority": lambda authority: trustme.CA().issue_cert("127.0.0.1"),
    "wrong host": lambda authority: authority.issue_cert("service.example"),
    "expired": lambda authority: authority.issue_cert("127.0.0.1", not_after=dt.datetime.now(dt.UTC) - dt.timedelta(days=1)),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_cannot_be_verified_is_not_spoken_to(
    authority: trustme.CA, bundle: Path, serve: Callable[[trustme.LeafCert], str], kind: str
) -> None:
    client = sparkbot.Client(CANARY, base_url=serve(WRONG[kind](authority)), ca_bundle=bundle)
    with pytest.raises(APIConnectionError, match=r"is not trusted.*ca_bundle") as caught:
        client.devices.list()
    assert caught.value.attempts == 1
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "content", ["", "no certificate in here", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_bundle_without_certificates_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bundle.pem"
    path.write_text(content)
    client = sparkbot.Client(CANARY, base_url="https://127.0.0.1:1/v1", ca_bundle=path)
    with pytest.raises(ConfigError, match="ca_bundle names"):
        client.devices.list()
