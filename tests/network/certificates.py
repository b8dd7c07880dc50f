"""Certificates for the fault server: a valid one and every invalid kind."""

from __future__ import annotations

import datetime as dt
import ssl
from functools import cache

import trustme

#: Names of the valid certificate. The second one is never resolved: it is sent to a proxy.
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
def expired() -> ssl.SSLContext:
    return _context(authority().issue_cert(LOOPBACK, not_after=dt.datetime.now(dt.UTC) - dt.timedelta(days=1)))


@cache
def wrong_host() -> ssl.SSLContext:
    return _context(authority().issue_cert("elsewhere.test"))


@cache
def unknown_authority() -> ssl.SSLContext:
    return _context(trustme.CA().issue_cert(LOOPBACK))
