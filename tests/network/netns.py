"""Runs the DNS faults in a network namespace, where port 53 and the resolver configuration are under control.

    python -m tests.network.netns [--rounds 1] [--every 6]

`play` starts this module in new namespaces, so the machine's configuration does not change.
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
#: Lookups of a process share a few threads, so more concurrency would only add queueing.
WORKERS = 2
SETTINGS = {
    "/etc/resolv.conf": "nameserver 127.0.0.1\nsearch test\noptions timeout:1 attempts:1\n",
    "/etc/nsswitch.conf": "hosts: dns\n",
}
#: Exit code if the kernel or the C library lacks support.
UNAVAILABLE = 3
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


class NamespaceUnavailable(Exception):
    """This machine cannot create a network namespace; the message says why."""


class MatrixResult(NamedTuple):
    """The number of cases, and for each violation the case, the promise and what happened instead."""

    tries: int
    broken: list[tuple[str, str, str]]


def play(*, rounds: int = 1, every: int = 1) -> MatrixResult:
    """Runs each `every`th case in a separate process."""
    unshare = shutil.which("unshare")
    if unshare is None:
        raise NamespaceUnavailable("the program `unshare` is missing: network namespaces need Linux")
    command = [unshare, "--net", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    command += [sys.executable, "-m", __name__, f"--rounds={rounds}", f"--every={every}"]
    settings = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=900, check=False)
    # An exit code of 1 without a traceback is a missing permission of `unshare`.
    if done.returncode == UNAVAILABLE or (done.returncode and "Traceback" not in done.stderr):
        raise NamespaceUnavailable(done.stderr.strip())
    if done.returncode:
        raise RuntimeError(done.stderr)
    tries, broken = json.loads(done.stdout)
    return MatrixResult(tries, [tuple(violation) for violation in broken])


def _configure_network(folder: Path) -> None:
    """Brings the loopback interface up and points the resolver configuration to it."""
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
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            _configure_network(Path(folder))
            print(json.dumps(_run_once(arguments.rounds, arguments.every)))
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            sys.exit(UNAVAILABLE)


def _run_once(rounds: int, every: int) -> MatrixResult:
    # Imported after the configuration, which the C library reads once.
    from tests.network import case
    from tests.network.dns_cases import FAULTS
    from tests.network.resolver import Resolver

    resolver = Resolver()
    if socket.gethostbyname("ready.test") != "127.0.0.1":
        raise OSError("the system ignores /etc/resolv.conf")
    chosen = case.all_cases(FAULTS)[::every] * rounds
    with ThreadPoolExecutor(WORKERS) as pool:
        violations = list(pool.map(lambda selected: case.run(selected, resolver=resolver), chosen))
    broken = [(str(selected), *broken) for selected, all_broken in zip(chosen, violations, strict=True) for broken in all_broken]
    return MatrixResult(len(chosen), broken)


if __name__ == "__main__":
    main()
