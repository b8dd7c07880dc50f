"""Prints the results of calls with huge responses as JSON, and the peak memory of this process in MB.

`python peak_memory.py` makes the calls, `python peak_memory.py downloads` downloads files. Both start
`python peak_memory.py serve`, whose memory is not measured.
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

from tests.data.byte_server import encode_response, running_byte_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MB = 1_000_000
#: Seconds that a call may take: the tests are about memory, and a busy machine may need minutes for 600 MB.
PATIENT = 600.0


def huge(head: str) -> Iterator[bytes]:
    """600 MB."""
    yield f"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n".encode()
    zeros = bytes(MB)
    for _ in range(600):
        yield zeros


@cache
def bomb() -> list[bytes]:
    """512 MiB of zeros, compressed to 522 kB."""
    compressor, zeros = zlib.compressobj(9, wbits=31), bytes(1 << 20)
    body = b"".join(compressor.compress(zeros) for _ in range(512)) + compressor.flush()
    assert len(body) < 530_000
    return [encode_response(body, "Content-Encoding: gzip")]


#: Responses by the last segment of the path.
RESPONSES: dict[str, Callable[[], Any]] = {
    "known": lambda: huge("200 OK\r\nContent-Length: 600000000"),
    "unknown": lambda: huge("200 OK"),
    "404": lambda: huge("404 Not Found"),
    "bomb": bomb,
}


def serve() -> None:
    with running_byte_server() as server:

        def respond() -> Any:
            path = server.requests[-1].split(b" ")[1].removesuffix(b"/download")
            return RESPONSES[path.rpartition(b"/")[2].decode()]()

        server.chunks = respond
        print(server.url, flush=True)
        sys.stdin.read()


def result_of(call: Callable[[], Any]) -> str:
    """The start of the result's repr, or the name of the error."""
    import sparkbot

    try:
        return repr(call())[:20]
    except sparkbot.SparkBotError as error:
        return type(error).__name__


def make_calls(url: str) -> dict[str, Any]:
    import sparkbot

    settings: dict[str, Any] = {"base_url": url, "timeout": PATIENT}
    client, async_client = (kind("key-of-this-test", **settings) for kind in (sparkbot.Client, sparkbot.AsyncClient))
    return {
        name: [
            result_of(lambda path=f"/{name}": client.request("GET", path)),  # type: ignore[misc]
            result_of(lambda path=f"/{name}": asyncio.run(async_client.request("GET", path))),  # type: ignore[misc]
        ]
        for name in RESPONSES
    }


def download(url: str) -> dict[str, Any]:
    """Downloads 600 MB with and without a limit: the bytes on disk, or the result of the call if there are none."""
    import sparkbot

    client = sparkbot.Client("key-of-this-test", base_url=url, validate="off", timeout=PATIENT)
    results: dict[str, Any] = {}
    for name, options in (("limited", sparkbot.Options(max_response_bytes=10 * MB)), ("unlimited", sparkbot.Options())):
        for kind in ("known", "unknown"):
            with tempfile.TemporaryDirectory() as folder:
                result = result_of(partial(client.files.download_to, kind, Path(folder, "film"), options=options))
                size = sum(path.stat().st_size for path in Path(folder).iterdir())
            results[f"{name} {kind}"] = size or result
    return results


def main() -> None:
    command = [sys.executable, __file__, "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        results = download(url) if "downloads" in sys.argv else make_calls(url)
        server.stdin.close()
    # Not getrusage, whose peak may be that of the parent process.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024 / MB
    print(json.dumps({**results, "peak": peak}))


if __name__ == "__main__":
    serve() if "serve" in sys.argv else main()
