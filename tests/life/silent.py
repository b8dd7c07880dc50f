"""A server that accepts, reads and does not answer; it knows which connections their clients have closed."""

from __future__ import annotations

import selectors
import socket
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType


class SilentServer:
    """Counts the requests that reached it, and the connections that were closed by the other side.

    Args:
        answers: JSON bodies for the requests whose first line begins so; all others wait for ever.
    """

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self._answers = {start.encode(): _response(body) for start, body in (answers or {}).items()}
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

    def wait_for_requests(self, count: int, patience: float = 30) -> None:
        self._wait(lambda: self.requests >= count, patience, f"{count} requests")

    def wait_until_closed(self, count: int, patience: float = 5) -> None:
        """Until so many connections were closed by their client."""
        self._wait(lambda: self.closed >= count, patience, f"{count} closed connections")

    def _wait(self, reached: Callable[[], bool], patience: float, what: str) -> None:
        with self._change:
            if not self._change.wait_for(reached, patience):
                raise TimeoutError(f"no {what} after {patience} s, but {self.requests} requests and {self.closed} closed")

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
        answer = next((answer for start, answer in self._answers.items() if received.startswith(start)), None)
        if answer is not None:
            connection.sendall(answer)
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
