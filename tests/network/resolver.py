"""A name server on loopback that responds late, wrongly or never."""

from __future__ import annotations

import itertools
import socket
import struct
import threading
from typing import NamedTuple

#: DNS response codes: no error, server failure, no such name.
GOOD, FAILS, UNKNOWN = 0, 2, 3
_A, _AAAA = 1, 28
_FAMILIES = {_A: socket.AF_INET, _AAAA: socket.AF_INET6}


class Lookup(NamedTuple):
    """The response to queries for a name."""

    addresses: tuple[str, ...] = ("127.0.0.1",)
    code: int = GOOD
    #: Seconds until the response; None for no response.
    after: float | None = 0.0


class Resolver:
    """Resolves the names that it created. Each resolves normally until its fault starts."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._lookups = {"ready.test": Lookup()}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def name(self) -> str:
        """A new name for this machine."""
        name = f"service{next(self._numbers)}.test"
        self._lookups[name] = Lookup()
        return name

    def begin(self, name: str, lookup: Lookup) -> None:
        """Sets the response to further queries for the name."""
        self._lookups[name] = lookup

    def _serve(self) -> None:
        while True:
            question, sender = self._socket.recvfrom(512)
            name, kind = _parse_query(question)
            lookup = self._lookups.get(name, Lookup((), UNKNOWN))
            if lookup.after is not None:
                timer = threading.Timer(lookup.after, self._socket.sendto, (_response(question, kind, lookup), sender))
                timer.daemon = True
                timer.start()


def _parse_query(question: bytes) -> tuple[str, int]:
    """The name and the type of a query, after the header of 12 bytes."""
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode().lower())
        at += 1 + length
    return ".".join(labels), int.from_bytes(question[at + 1 : at + 3])


def _response(question: bytes, kind: int, lookup: Lookup) -> bytes:
    end = question.index(b"\0", 12) + 5
    records = [
        _record(address, kind) for address in lookup.addresses if (":" in address) == (kind == _AAAA) and kind in _FAMILIES
    ]
    head = question[:2] + struct.pack("!HHHHH", 0x8180 | lookup.code, 1, len(records), 0, 0)
    return head + question[12:end] + b"".join(records)


def _record(address: str, kind: int) -> bytes:
    """An address record of the queried name (0xC00C points at it), with a TTL of 0."""
    packed = socket.inet_pton(_FAMILIES[kind], address)
    return struct.pack("!HHHIH", 0xC00C, kind, 1, 0, len(packed)) + packed
