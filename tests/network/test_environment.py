"""Proxies and certificate authorities from environment variables."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import certificates, faults
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAIN, SECURE = f"http://{certificates.SERVICE}/v1", f"https://{certificates.SERVICE}/v1"
AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
IN_PROXY = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*AUTHORITIES, *IN_PROXY, *map(str.lower, IN_PROXY)):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def proxy() -> Iterator[FaultServer]:
    """A proxy that responds to plain requests itself and rejects tunnels."""

    def behaviour(connection: Any) -> None:
        while request := connection.read():
            connection.respond(faults.response(502 if request.method == "CONNECT" else 200, b"{}"))

    with FaultServer(behaviour) as server:
        yield server


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    certificates.authority().cert_pem.write_to_path(path)
    return path


def call(url: str, **settings: Any) -> Any:
    settings = {"base_url": url, "max_retries": 0, "timeout": 10, "allow_http": True, **settings}
    with sparkbot.Client(CANARY, **settings) as client:
        return client.chats.get(DEVICE, CHAT)


@pytest.mark.parametrize("change_case", [str.upper, str.lower], ids=["upper", "lower"])
@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
def test_proxy_from_environment_is_used(clean: pytest.MonkeyPatch, proxy: FaultServer, name: str, change_case: Any) -> None:
    clean.setenv(change_case(name), f"http://127.0.0.1:{proxy.port}")
    assert call(PLAIN) == {}
    assert [request.target for request in proxy.requests] == [f"{PLAIN}/chat/{DEVICE}/chats/{CHAT}"]


@pytest.mark.parametrize("change_case", [str.upper, str.lower], ids=["upper", "lower"])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
def test_tunnel_of_proxy_from_environment_hides_the_key(
    clean: pytest.MonkeyPatch, proxy: FaultServer, bundle: Path, name: str, change_case: Any
) -> None:
    clean.setenv(change_case(name), f"http://127.0.0.1:{proxy.port}")
    with pytest.raises(errors.APIConnectionError, match="nothing was sent"):
        call(SECURE, ca_bundle=bundle)
    assert [(request.method, request.target) for request in proxy.requests] == [("CONNECT", f"{certificates.SERVICE}:443")]
    assert CANARY.encode() not in proxy.bytes_received


@pytest.mark.parametrize("change_case", [str.upper, str.lower], ids=["upper", "lower"])
@pytest.mark.parametrize("exempt", [certificates.SERVICE, ".test", "*", "other.example, service.test"])
def test_exempt_hosts_are_not_proxied(clean: pytest.MonkeyPatch, proxy: FaultServer, exempt: str, change_case: Any) -> None:
    clean.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
    clean.setenv(change_case("NO_PROXY"), exempt)
    # The name does not exist, so the call fails, but not at the proxy.
    with pytest.raises(errors.APIConnectionError, match="cannot connect"):
        call(PLAIN)
    assert proxy.connections == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("source", ["environment", "argument"])
def test_loopback_is_never_proxied(clean: pytest.MonkeyPatch, proxy: FaultServer, host: str, source: str) -> None:
    address = f"http://127.0.0.1:{proxy.port}"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        clean.setenv(name, address)
    settings = {"proxy": address} if source == "argument" else {}
    with FaultServer(faults.serve_normally) as server:
        assert call(f"http://{host}:{server.port}/v1", **settings) == {}
    assert proxy.connections == []


def test_proxy_password_is_sent_to_the_proxy_only(bundle: Path) -> None:
    with (
        FaultServer(faults.serve_normally, certificates.good()) as origin,
        FaultServer(faults.proxy(faults.close), origin_port=origin.port, tunnels=1) as proxy,
    ):
        assert call(SECURE, ca_bundle=bundle, proxy=f"http://me:pass@127.0.0.1:{proxy.port}") == {}
        assert b"proxy-authorization: basic bwu6cgfzcw==" in proxy.requests[0].head.lower()
        assert b"authorization" not in origin.requests[0].head.lower()


@pytest.mark.parametrize("variable", AUTHORITIES)
@pytest.mark.parametrize("kind", ["missing", "wrong kind"])
def test_unreadable_certificate_path_is_rejected(clean: pytest.MonkeyPatch, tmp_path: Path, variable: str, kind: str) -> None:
    path = tmp_path / "missing"
    if kind == "wrong kind" and variable == "SSL_CERT_DIR":
        path.write_text("no folder")
    elif kind == "wrong kind":
        path.mkdir()
    clean.setenv(variable, str(path))
    with pytest.raises(errors.ConfigError, match=rf"{variable} names .*missing.*cannot be read"):
        sparkbot.Client(CANARY, base_url="https://api.example.com/v1")
    # A client of the sandbox does not use it.
    sparkbot.Client(CANARY, base_url="http://127.0.0.1:1/v1")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads every file")
def test_certificate_file_without_permission_is_rejected(clean: pytest.MonkeyPatch, bundle: Path) -> None:
    bundle.chmod(0)
    clean.setenv("SSL_CERT_FILE", str(bundle))
    with pytest.raises(errors.ConfigError, match=r"SSL_CERT_FILE names .*cannot be read"):
        sparkbot.Client(CANARY, base_url="https://api.example.com/v1")


@pytest.mark.parametrize("variable", [*AUTHORITIES, "ca_bundle"])
@pytest.mark.parametrize(
    "content", ["", "no certificate in here", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_path_without_certificates_is_rejected(clean: pytest.MonkeyPatch, tmp_path: Path, variable: str, content: str) -> None:
    path = tmp_path / "bundle.pem"
    path.write_text(content)
    if variable == "ca_bundle":
        # The argument overrides the environment.
        clean.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
        settings = {"ca_bundle": path}
    else:
        clean.setenv(variable, str(tmp_path if variable == "SSL_CERT_DIR" else path))
        settings = {}
    with pytest.raises(errors.ConfigError, match=rf"{variable} names .*contains (no|an invalid) certificate"):
        call("https://127.0.0.1:1/v1", **settings)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_certificate_file_is_trusted(clean: pytest.MonkeyPatch, bundle: Path, variable: str) -> None:
    clean.setenv(variable, str(bundle))
    with FaultServer(faults.serve_normally, certificates.good()) as server:
        assert call(f"https://127.0.0.1:{server.port}/v1") == {}


def test_certificate_folder_is_trusted(clean: pytest.MonkeyPatch, tmp_path: Path, bundle: Path) -> None:
    folder = tmp_path / "trusted"
    folder.mkdir()
    shutil.copy(bundle, folder / "5ed36f99.0")
    (folder / "README").write_text("not a certificate")
    with FaultServer(faults.serve_normally, certificates.good()) as server:
        clean.setenv("SSL_CERT_DIR", str(folder))
        assert call(f"https://127.0.0.1:{server.port}/v1") == {}


def test_system_authorities_are_the_default() -> None:
    with (
        FaultServer(faults.serve_normally, certificates.good()) as server,
        pytest.raises(errors.APIConnectionError, match=r"is not trusted.*UnknownIssuer"),
    ):
        call(f"https://127.0.0.1:{server.port}/v1")


def test_new_connections_resume_the_session(bundle: Path) -> None:
    # A message always uses a new connection.
    with (
        FaultServer(faults.serve_normally, certificates.good()) as server,
        sparkbot.Client(CANARY, base_url=f"https://127.0.0.1:{server.port}/v1", ca_bundle=bundle) as client,
    ):
        for number in range(4):
            client.send.text(device=DEVICE, phone="+447362053576", message=f"hello {number}")
        assert [connection.resumed for connection in server.connections] == [False, True, True, True]
