"""Certificates for the fault server: a valid one and every invalid kind."""

from __future__ import annotations

import datetime as dt
import ssl
from functools import cache

import trustme

#: Names of the valid certificate. The service's name is sent to a proxy, never resolved.
LOOPBACK, SERVICE = "127.0.0.1", "service.test"


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
def untrusted() -> dict[str, ssl.SSLContext]:
    """Certificates that a client must reject, by the reason."""
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    return {
        "expired": _context(authority().issue_cert(LOOPBACK, not_after=yesterday)),
        "of another host": _context(authority().issue_cert("elsewhere.test")),
        "of an unknown authority": _context(trustme.CA().issue_cert(LOOPBACK)),
    }
