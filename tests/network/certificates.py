"""Certificates for the fault server: one that is good, and every kind that is not."""

from __future__ import annotations

import datetime as dt
import ssl
from functools import cache

import trustme

#: Names that the good certificate is for. Nothing looks the second one up: a proxy is asked for it.
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
