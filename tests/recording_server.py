"""A server that records requests; it does not use the API model."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage


@dataclass
class Recorded:
    """A request, unchanged."""

    method: str
    target: str
    headers: dict[str, str]
    content: bytes

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        pairs = parse_qsl(urlsplit(self.target).query, keep_blank_values=True, strict_parsing=True) if "?" in self.target else []
        assert len(pairs) == len(dict(pairs)), f"repeated name in {self.target}"
        return dict(pairs)

    @property
    def body(self) -> Any:
        """The JSON body; None if there is none."""
        if not self.content:
            return None
        assert self.headers["content-type"].startswith("application/json")
        return json.loads(self.content)

    @property
    def form(self) -> dict[str, Part] | None:
        """The parts of a multipart form, if it is one."""
        kind = self.headers.get("content-type", "")
        if not kind.startswith("multipart/form-data"):
            return None
        message: EmailMessage = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + self.content, policy=policy.HTTP)
        return {part.name: part for part in map(_part, message.iter_parts())}


@dataclass
class Part:
    """A part of a form."""

    name: str
    filename: str | None
    content: bytes


def _part(message: Any) -> Part:
    name = message.get_param("name", header="content-disposition")
    return Part(name, message.get_filename(), message.get_payload(decode=True))


class Recorder:
    """The recorded requests, and the response to the next ones."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[Recorded] = []
        self.response: tuple[str, bytes] = ("application/json", b"{}")
        #: Chooses the response to each request, instead of `response`.
        self.respond: Callable[[Recorded], tuple[str, bytes]] = lambda _: self.response

    def take(self) -> list[Recorded]:
        """Returns the requests since the last time."""
        requests, self.requests = self.requests, []
        return requests


@contextmanager
def recording() -> Iterator[Recorder]:
    """Runs a recorder on a free loopback port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.recorder = Recorder(f"http://127.0.0.1:{server.server_port}/v1")  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.recorder  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _respond(self) -> None:
        recorder: Recorder = self.server.recorder  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Recorded(self.command, self.path, headers, self._content(headers))
        recorder.requests.append(request)
        kind, content = recorder.respond(request)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _respond  # noqa: N815

    def _content(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(headers.get("content-length", 0)))
        content = b""
        while size := int(self.rfile.readline(), 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return content

    def log_message(self, format: str, *args: Any) -> None:
        """Logs nothing: it would only hide the messages of the tests."""
