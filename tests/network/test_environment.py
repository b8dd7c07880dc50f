"""Proxies and certificate authorities from environment variables."""

from __future__ import annotations

import base64
import datetime as dt
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import certificates, faults
from tests.network.conftest import call
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOPBACK = certificates.LOOPBACK
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
@pytest.mark.parametrize("value", ["http://127.0.0.1:{}", "garbage://"])
def test_loopback_ignores_proxies_of_the_environment(
    clean: pytest.MonkeyPatch, proxy: FaultServer, host: str, value: str
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        clean.setenv(name, value.format(proxy.port))
    with FaultServer(faults.serve_normally) as server:
        assert call(f"http://{host}:{server.port}/v1") == {}
    assert proxy.connections == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_proxy_argument_is_used_for_loopback_too(clean: pytest.MonkeyPatch, proxy: FaultServer, host: str) -> None:
    clean.setenv("NO_PROXY", "*")
    with FaultServer(faults.serve_normally) as server:
        url = f"http://{host}:{server.port}/v1"
        assert call(url, proxy=f"http://127.0.0.1:{proxy.port}") == {}
    assert [request.target for request in proxy.requests] == [f"{url}/chat/{DEVICE}/chats/{CHAT}"]
    assert server.connections == []


#: None of them is a proxy: other clients ignore some and connect directly.
INVALID_PROXIES = {
    "scheme with a typo": "htttp://proxy.example:3128",
    "scheme of files": "ftp://proxy.example:3128",
    "SOCKS 4": "socks4://proxy.example:1080",
    "no host": "http://",
    "port too large": "http://proxy.example:99999",
    "umlaut in the password": "http://ada:h\u00fcnter2@proxy.example:3128",
    "blank in the password": "http://ada:hunter 2@proxy.example:3128",
    "# in the password": "http://ada:hunter#2@proxy.example:3128",
    "/ in the password": "http://ada:12/hunter@proxy.example:3128",
    "garbage": "!$%&(",
}


@pytest.mark.parametrize("invalid", INVALID_PROXIES)
@pytest.mark.parametrize("source", ["proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_invalid_proxy_fails_when_the_client_is_made(clean: pytest.MonkeyPatch, source: str, invalid: str) -> None:
    url = INVALID_PROXIES[invalid]
    settings: dict[str, Any] = {"proxy": url} if source == "proxy" else {}
    if source != "proxy":
        clean.setenv(source, url)
    with pytest.raises(errors.ConfigError, match=f"^{source} .*It looks like http://HOST:PORT") as caught:
        sparkbot.Client(CANARY, base_url=SECURE, **settings)
    assert not re.search("h.?nter", str(caught.value))


@pytest.mark.skipif(os.name != "posix", reason="variables are text there")
def test_proxy_variable_that_is_no_text_is_an_error(clean: pytest.MonkeyPatch) -> None:
    clean.setitem(os.environb, b"HTTPS_PROXY", b"http://ada:h\xfcnter2@proxy.example:3128")
    with pytest.raises(errors.ConfigError, match="HTTPS_PROXY has an invalid character at position 12"):
        sparkbot.Client(CANARY, base_url=SECURE)


def test_percent_encoded_password_reaches_the_proxy(proxy: FaultServer) -> None:
    assert call(PLAIN, proxy=f"http://ada:h%C3%BCnter%23%20%2F2@127.0.0.1:{proxy.port}") == {}
    credentials = base64.b64encode("ada:hünter# /2".encode())
    assert b"proxy-authorization: basic " + credentials.lower() in proxy.requests[0].head.lower()


def test_empty_proxy_variable_is_as_if_unset(clean: pytest.MonkeyPatch, proxy: FaultServer) -> None:
    clean.setenv("HTTP_PROXY", "")
    clean.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    assert call(PLAIN) == {}
    assert len(proxy.requests) == 1


#: An address that no machine has (RFC 5737), so that a direct connection fails.
NOWHERE = "192.0.2.1"


@pytest.mark.parametrize(
    ("exempt", "direct"),
    [
        ("*", True),
        (f"{NOWHERE}:81", True),
        (f"other.example,{NOWHERE}:81", True),
        ("192.0.2.0/24", True),
        (f"{NOWHERE}:82", False),
        ("192.0.3.0/24", False),
    ],
)
def test_exemptions_of_addresses_and_ports(clean: pytest.MonkeyPatch, proxy: FaultServer, exempt: str, direct: bool) -> None:
    clean.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
    clean.setenv("NO_PROXY", exempt)
    timeout = sparkbot.Timeout(10, connect=0.1 if direct else 10)
    settings: dict[str, Any] = {"base_url": f"http://{NOWHERE}:81/v1", "allow_http": True, "max_retries": 0, "timeout": timeout}
    with sparkbot.Client(CANARY, **settings) as client:
        if direct:
            with pytest.raises(errors.APIConnectionError, match="cannot connect"):
                client.chats.get(DEVICE, CHAT)
        else:
            client.chats.get(DEVICE, CHAT)
    assert len(proxy.connections) == (0 if direct else 1)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
@pytest.mark.parametrize("source", ["argument", "ALL_PROXY"])
def test_socks_proxy_carries_the_call(clean: pytest.MonkeyPatch, bundle: Path, scheme: str, source: str) -> None:
    with FaultServer(faults.serve_normally, certificates.good()) as origin:
        with FaultServer(faults.socks(faults.relay_socks), origin_port=origin.port) as proxy:
            url = f"{scheme}://127.0.0.1:{proxy.port}"
            # The proxy connects to the origin whatever it is asked for. Only socks5h leaves the name to it.
            host = certificates.SERVICE if scheme == "socks5h" else NOWHERE
            clean.setenv("ALL_PROXY", url)
            settings = {"proxy": url} if source == "argument" else {}
            base_url = f"https://{host}:{origin.port}/v1"
            if scheme == "socks5h":
                assert call(base_url, ca_bundle=bundle, **settings) == {}
            else:
                with pytest.raises(errors.APIConnectionError, match="not trusted"):
                    call(base_url, ca_bundle=bundle, **settings)
        assert proxy.socks_targets == [(host, origin.port)]
        assert CANARY.encode() not in proxy.bytes_received


def test_socks_proxy_gets_user_and_password() -> None:
    with FaultServer(faults.serve_normally) as origin:
        with FaultServer(faults.socks(faults.relay_socks), origin_port=origin.port) as proxy:
            address = f"socks5h://ada:hunter%202@127.0.0.1:{proxy.port}"
            assert call(f"http://{certificates.SERVICE}:{origin.port}/v1", proxy=address) == {}
        assert proxy.socks_users == [("ada", "hunter 2")]
        assert origin.requests[0].target == f"/v1/chat/{DEVICE}/chats/{CHAT}"


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


@pytest.mark.parametrize("variable", [None, *AUTHORITIES])
def test_system_authorities_are_the_default(clean: pytest.MonkeyPatch, variable: str | None) -> None:
    if variable:
        clean.setenv(variable, "")
    with (
        FaultServer(faults.serve_normally, certificates.good()) as server,
        pytest.raises(errors.APIConnectionError, match=r"is not trusted.*UnknownIssuer"),
    ):
        call(f"https://127.0.0.1:{server.port}/v1")


@pytest.mark.parametrize("variable", ["ca_bundle", *AUTHORITIES[:1]])
def test_self_signed_authority_is_trusted_as_the_server(clean: pytest.MonkeyPatch, tmp_path: Path, variable: str) -> None:
    identity = certificates.self_signed(LOOPBACK)
    path = identity.write_certificate(tmp_path / "server.pem")
    settings = {"ca_bundle": path} if variable == "ca_bundle" else {}
    clean.setenv("SSL_CERT_FILE", str(path))
    with FaultServer(faults.serve_normally, identity.context(tmp_path)) as server:
        assert call(f"https://127.0.0.1:{server.port}/v1", **settings) == {}


@pytest.mark.parametrize(
    ("presented", "reason"),
    [("expired", "expired"), ("of another host", "not valid for name"), ("with another key", "not trusted")],
)
def test_self_signed_authority_is_checked(tmp_path: Path, presented: str, reason: str) -> None:
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    identity = certificates.self_signed(
        "elsewhere.test" if presented == "of another host" else LOOPBACK, not_after=yesterday if presented == "expired" else None
    )
    trusted = certificates.self_signed(LOOPBACK) if presented == "with another key" else identity
    with (
        FaultServer(faults.serve_normally, identity.context(tmp_path)) as server,
        pytest.raises(errors.APIConnectionError, match=f"(?i)is not trusted.*{reason if reason != 'not trusted' else ''}"),
    ):
        call(f"https://127.0.0.1:{server.port}/v1", ca_bundle=trusted.write_certificate(tmp_path / "trusted.pem"))


def test_new_connections_resume_the_session(bundle: Path) -> None:
    with (
        FaultServer(faults.serve_normally, certificates.good()) as server,
        sparkbot.Client(CANARY, base_url=f"https://127.0.0.1:{server.port}/v1", ca_bundle=bundle) as client,
    ):
        for number in range(4):
            client.send.text(device=DEVICE, phone="+447362053576", message=f"hello {number}")
            client.close()
        assert [connection.resumed for connection in server.connections] == [False, True, True, True]
