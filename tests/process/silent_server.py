"""A server that reads requests without responding, and counts the connections that clients close."""

from __future__ import annotations

import selectors
import socket
import threading
from typing import TYPE_CHECKING, Self

from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType


class SilentServer:
    """Counts received requests and connections closed by the client.

    Args:
        responses: JSON bodies by the start of the request line; all other requests wait for ever.
    """

    def __init__(self, responses: Mapping[str, str] | None = None) -> None:
        self._responses = {start.encode(): _response(body) for start, body in (responses or {}).items()}
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self._listener.setblocking(False)
        self._wake, self._woken = socket.socketpair()
        self._change = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._serve, name="silent-server", daemon=True)
        self.requests = 0
        self.closed = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a process whose clients call this server."""
        return {"SPARKBOT_API_KEY": "a-key", "SPARKBOT_BASE_URL": self.url}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended = True
        self._wake.close()
        self._thread.join()

    def wait_for_requests(self, count: int, timeout: float = HANG_TIMEOUT) -> None:
        self._wait(lambda: self.requests >= count, timeout, f"{count} requests")

    def wait_until_closed(self, count: int, timeout: float = HANG_TIMEOUT) -> None:
        """Waits until clients have closed `count` connections."""
        self._wait(lambda: self.closed >= count, timeout, f"{count} closed connections")

    def _wait(self, reached: Callable[[], bool], timeout: float, what: str) -> None:
        with self._change:
            if not self._change.wait_for(reached, timeout):
                raise TimeoutError(f"no {what} after {timeout} s, but {self.requests} requests and {self.closed} closed")

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector, self._listener, self._woken:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._ended:
                for key, _ in selector.select():
                    if key.fileobj is self._listener:
                        connection, _ = self._listener.accept()
                        connection.setblocking(False)
                        selector.register(connection, selectors.EVENT_READ)
                    elif isinstance(key.fileobj, socket.socket) and key.fileobj is not self._woken:
                        self._read(selector, key.fileobj)
            for key in list(selector.get_map().values()):
                if isinstance(key.fileobj, socket.socket):
                    key.fileobj.close()

    def _read(self, selector: selectors.BaseSelector, connection: socket.socket) -> None:
        try:
            received = connection.recv(65536)
        except ConnectionResetError:
            received = b""
        response = next((response for start, response in self._responses.items() if received.startswith(start)), None)
        if response is not None:
            connection.sendall(response)
            return
        with self._change:
            if received:
                self.requests += received.count(b" HTTP/1.1\r\n")
            else:
                self.closed += 1
                selector.unregister(connection)
                connection.close()
            self._change.notify_all()


def _response(body: str) -> bytes:
    content = body.encode()
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(content), content)
