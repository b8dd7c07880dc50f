"""Client certificates (mutual TLS), and what is wrong with those that cannot be used."""

from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING, Any

import pytest
import trustme

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import certificates, faults
from tests.network.conftest import call
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECURE = f"https://{certificates.SERVICE}/v1"


@pytest.fixture
def mutual() -> Iterator[FaultServer]:
    """A service that requires a certificate of the authority."""
    with FaultServer(faults.demand_certificate(), certificates.mutual()) as server:
        yield server


@pytest.mark.parametrize("form", ["one file", "pair"])
@pytest.mark.parametrize("is_async", [False, True])
def test_client_certificate_is_presented(mutual: FaultServer, bundle: Path, tmp_path: Path, form: str, is_async: bool) -> None:
    identity = certificates.authority().issue_cert("ada@example.test")
    both, certificate, key = tmp_path / "both.pem", tmp_path / "certificate.pem", tmp_path / "key.pem"
    identity.private_key_and_cert_chain_pem.write_to_path(both)
    identity.cert_chain_pems[0].write_to_path(certificate)
    identity.private_key_pem.write_to_path(key)
    settings: dict[str, Any] = {"ca_bundle": bundle, "client_cert": both if form == "one file" else (certificate, str(key))}
    url = f"https://127.0.0.1:{mutual.port}/v1"
    if is_async:

        async def run() -> Any:
            async with sparkbot.AsyncClient(CANARY, base_url=url, **settings) as client:
                return await client.chats.get(DEVICE, CHAT)

        assert asyncio.run(run()) == {}
    else:
        assert call(url, **settings) == {}
    peer = mutual.connections[0].peer_certificate
    assert peer is not None
    assert ("email", "ada@example.test") in peer["subjectAltName"]


def test_missing_client_certificate_is_reported(mutual: FaultServer, bundle: Path) -> None:
    with pytest.raises(
        errors.APIConnectionError, match=r"requires a certificate of the client; pass client_cert=.*nothing was executed"
    ):
        call(f"https://127.0.0.1:{mutual.port}/v1", ca_bundle=bundle)
    assert mutual.requests == []


def test_rejected_client_certificate_is_reported(mutual: FaultServer, bundle: Path, tmp_path: Path) -> None:
    path = tmp_path / "stranger.pem"
    trustme.CA().issue_cert("ada@example.test").private_key_and_cert_chain_pem.write_to_path(path)
    with pytest.raises(
        errors.APIConnectionError, match=r"does not accept the client's certificate; check client_cert=.*stranger\.pem"
    ):
        call(f"https://127.0.0.1:{mutual.port}/v1", ca_bundle=bundle, client_cert=path)
    assert mutual.requests == []


def _pem(name: str) -> str:
    identity, other = (certificates.authority().issue_cert("ada@example.test") for _ in range(2))
    certificate, key = identity.cert_chain_pems[0].bytes().decode(), identity.private_key_pem.bytes().decode()
    return {
        "certificate only": certificate,
        "key only": key,
        "key of another": certificate + other.private_key_pem.bytes().decode(),
        "encrypted key": certificate + key.replace("PRIVATE", "ENCRYPTED PRIVATE"),
        "key cut": certificate + key[:200],
        "key that is none": certificate + "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IG9mIGtleQ==\n-----END PRIVATE KEY-----\n",
        "no PEM": "secret of key",
    }[name]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("certificate only", "contains no private key; pass a PEM file with"),
        ("key only", "contains no certificate; expected a PEM file"),
        ("key of another", "contains the private key of another certificate"),
        ("encrypted key", "contains an encrypted private key; .*openssl pkey"),
        ("key cut", "is not a valid PEM file"),
        ("key that is none", "contains a private key that is neither RSA"),
        ("no PEM", "contains no certificate"),
    ],
)
def test_invalid_client_certificate_fails_when_made(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "identity.pem"
    path.write_text(_pem(content))
    with pytest.raises(errors.ConfigError, match=rf"client_cert names .*identity\.pem, which {problem}") as caught:
        sparkbot.Client(CANARY, base_url=SECURE, client_cert=path)
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("-----")]
    shown = "".join(traceback.format_exception(caught.value))
    assert not any(line in shown for line in lines)


@pytest.mark.parametrize("part", [0, 1])
def test_unreadable_client_certificate_names_the_file(tmp_path: Path, part: int) -> None:
    path = tmp_path / "identity.pem"
    certificates.authority().issue_cert("ada@example.test").private_key_and_cert_chain_pem.write_to_path(path)
    pair = [path, path]
    pair[part] = tmp_path / "missing.pem"
    with pytest.raises(errors.ConfigError, match=r"client_cert names .*missing\.pem, which cannot be read: No such file"):
        sparkbot.Client(CANARY, base_url=SECURE, client_cert=(pair[0], pair[1]))
    # A client of the sandbox does not use it.
    sparkbot.Client(CANARY, base_url="http://127.0.0.1:1/v1", client_cert=(pair[0], pair[1]))


def test_client_certificate_of_another_type_is_rejected() -> None:
    settings: dict[str, Any] = {"client_cert": ("a.pem", "b.pem", "password")}
    with pytest.raises(errors.InvalidArgumentError, match=r"client_cert is neither the path of a PEM file nor a pair"):
        sparkbot.Client(CANARY, base_url=SECURE, **settings)
