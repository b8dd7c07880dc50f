"""Plays the faults of names in a network of its own, where port 53 and the system's settings for lookups can be ours.

    python -m tests.network.netns [--rounds 1] [--every 6]

`play` starts that program in new namespaces of the kernel, so that nothing of the machine changes.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
#: Lookups of one process share a few threads, so that more at once would wait for each other.
PLAYERS = 2
SETTINGS = {
    "/etc/resolv.conf": "nameserver 127.0.0.1\nsearch test\noptions timeout:1 attempts:1\n",
    "/etc/nsswitch.conf": "hosts: dns\n",
}
#: How the program ends where the kernel or the C library does not do its part.
IMPOSSIBLE = 3
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


class Impossible(Exception):
    """This machine has no networks of their own for a process; the text says why."""


class Played(NamedTuple):
    """How many cells were played, and for each broken promise the cell, the promise and what happened instead."""

    tries: int
    broken: list[tuple[str, str, str]]


def play(*, rounds: int = 1, every: int = 1) -> Played:
    """Plays each `every`th cell, in a process of its own."""
    unshare = shutil.which("unshare")
    if unshare is None:
        raise Impossible("there is no program `unshare`: networks of their own are a thing of Linux")
    command = [unshare, "--net", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    command += [sys.executable, "-m", __name__, f"--rounds={rounds}", f"--every={every}"]
    settings = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=900, check=False)
    # With 1 and no traceback it was `unshare` itself that was not allowed to.
    if done.returncode == IMPOSSIBLE or (done.returncode and "Traceback" not in done.stderr):
        raise Impossible(done.stderr.strip())
    if done.returncode:
        raise RuntimeError(done.stderr)
    tries, broken = json.loads(done.stdout)
    return Played(tries, [tuple(one) for one in broken])


def _settle(folder: Path) -> None:
    """Makes the new network usable: its loopback is up, and names are asked for there."""
    with socket.socket() as any_socket:
        flags = struct.unpack_from("16sh", fcntl.ioctl(any_socket, _GET_FLAGS, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", flags | _UP))
    for name, content in SETTINGS.items():
        ours = folder / Path(name).name
        ours.write_text(content)
        subprocess.run(["mount", "--bind", str(ours), name], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            _settle(Path(folder))
            print(json.dumps(_play(given.rounds, given.every)))
        except (OSError, subprocess.CalledProcessError) as problem:
            print(problem, file=sys.stderr)
            sys.exit(IMPOSSIBLE)


def _play(rounds: int, every: int) -> Played:
    # Only now: the C library reads its settings once.
    from tests.network import case
    from tests.network.dns_cases import FAULTS
    from tests.network.resolver import Resolver

    resolver = Resolver()
    if socket.gethostbyname("ready.test") != "127.0.0.1":
        raise OSError("the system does not look names up where /etc/resolv.conf says")
    chosen = case.cells(FAULTS)[::every] * rounds
    with ThreadPoolExecutor(PLAYERS) as pool:
        ends = list(pool.map(lambda one: case.run(one, resolver=resolver), chosen))
    broken = [(str(one), *promise) for one, promises in zip(chosen, ends, strict=True) for promise in promises]
    return Played(len(chosen), broken)


if __name__ == "__main__":
    main()
