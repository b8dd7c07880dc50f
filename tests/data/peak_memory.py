"""Prints what huge answers come to, and the most memory that this process ever had, in MB.

`python peak.py` calls; it starts `python peak.py serve`, whose memory is not counted.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import zlib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.data.served import answer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MB = 1_000_000


def huge(head: str) -> Iterator[bytes]:
    """600 MB."""
    yield f"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n".encode()
    zeros = bytes(MB)
    for _ in range(600):
        yield zeros


@cache
def bomb() -> list[bytes]:
    """512 MiB of zeros out of 522 kB."""
    packer, piece = zlib.compressobj(9, wbits=31), bytes(1 << 20)
    body = b"".join(packer.compress(piece) for _ in range(512)) + packer.flush()
    assert len(body) < 530_000
    return [answer(body, "Content-Encoding: gzip")]


ANSWERS: dict[str, Callable[[], Any]] = {
    "known": lambda: huge("200 OK\r\nContent-Length: 600000000"),
    "unknown": lambda: huge("200 OK"),
    "404": lambda: huge("404 Not Found"),
    "bomb": bomb,
}


def asked_for(request: bytes) -> str:
    """The last piece of the path, or of a download the id of its file."""
    return request.split(b" ")[1].removesuffix(b"/download").rpartition(b"/")[2].decode()


def serve() -> None:
    with serving() as served:
        # By the last piece of the path.
        served.pieces = lambda: ANSWERS[
            served.requests[-1].split(b" ")[1].removesuffix(b"/download").rpartition(b"/")[2].decode()
        ]()
        print(served.url, flush=True)
        sys.stdin.read()


def outcome(call: Callable[[], Any]) -> str:
    import sparkbot

    try:
        return repr(call())[:20]
    except sparkbot.SparkBotError as error:
        return type(error).__name__


def outcomes(url: str) -> dict[str, Any]:
    import sparkbot

    client, awaited = (kind("key-of-this-test", base_url=url) for kind in (sparkbot.Client, sparkbot.AsyncClient))
    return {
        name: [
            outcome(lambda path=f"/{name}": client.request("GET", path)),  # type: ignore[misc]
            outcome(lambda path=f"/{name}": asyncio.run(awaited.request("GET", path))),  # type: ignore[misc]
        ]
        for name in ANSWERS
    }


def saved(url: str) -> dict[str, Any]:
    """600 MB into a file: as many as there are, and with a limit. What comes of it, and the bytes on the disk."""
    import sparkbot

    client = sparkbot.Client("key-of-this-test", base_url=url, validate="off")
    found: dict[str, Any] = {}
    for name, options in (("small", sparkbot.Options(max_response_bytes=10 * MB)), ("whole", sparkbot.Options())):
        for kind in ("known", "unknown"):
            with tempfile.TemporaryDirectory() as folder:
                captured = outcome(partial(client.files.download_to, kind, Path(folder, "film"), options=options))
                size = sum(path.stat().st_size for path in Path(folder).iterdir())
            found[f"{name} {kind}"] = size or captured
    return found


def main() -> None:
    command = [sys.executable, __file__, "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        captured = saved(url) if "saved" in sys.argv else outcomes(url)
        server.stdin.close()
    # Not getrusage: its peak is that of the process that started this one, where that was larger.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024 / MB
    print(json.dumps({**captured, "peak": peak}))


if __name__ == "__main__":
    serve() if "serve" in sys.argv else main()
