"""Certificates for the fault server: a valid one and every invalid kind."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

#: Names of the valid certificate. The service's name is sent to a proxy, never resolved.
LOOPBACK, SERVICE = "127.0.0.1", "service.test"


_WRITING = threading.Lock()


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@cache
def good() -> ssl.SSLContext:
    return _context(authority().issue_cert(LOOPBACK, SERVICE))


@cache
def http2() -> ssl.SSLContext:
    """As `good`, and offers HTTP/2."""
    context = _context(authority().issue_cert(LOOPBACK, SERVICE))
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


@cache
def mutual() -> ssl.SSLContext:
    """As `good`, and requires a certificate of the client."""
    context = _context(authority().issue_cert(LOOPBACK, SERVICE))
    authority().configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def write_identity(folder: Path) -> Path:
    """A file with a client's certificate and key, written once for each folder."""
    path = folder / "identity.pem"
    with _WRITING:
        if not path.exists():
            authority().issue_cert("ada@example.test").private_key_and_cert_chain_pem.write_to_path(path)
    return path


class SelfSigned(NamedTuple):
    """A certificate that is its own authority (CA:TRUE), as `openssl req -x509` makes it."""

    certificate: bytes
    key: bytes

    def write_certificate(self, path: Path) -> Path:
        path.write_bytes(self.certificate)
        return path

    def context(self, folder: Path) -> ssl.SSLContext:
        path = folder / "self-signed.pem"
        path.write_bytes(self.key + self.certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def self_signed(host: str, *, not_after: dt.datetime | None = None) -> SelfSigned:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "self-signed")])
    is_address = host[0].isdigit()
    names: list[x509.GeneralName] = [x509.IPAddress(ip_address(host)) if is_address else x509.DNSName(host)]
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=9))
        .not_valid_after(not_after or now + dt.timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return SelfSigned(certificate.public_bytes(Encoding.PEM), pem)


@cache
def untrusted() -> dict[str, ssl.SSLContext]:
    """Certificates that a client must reject, by the reason."""
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    return {
        "expired": _context(authority().issue_cert(LOOPBACK, not_after=yesterday)),
        "of another host": _context(authority().issue_cert("elsewhere.test")),
        "of an unknown authority": _context(trustme.CA().issue_cert(LOOPBACK)),
    }
