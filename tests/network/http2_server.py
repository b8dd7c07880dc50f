"""The HTTP/2 side of the fault server: reads requests, and answers or refuses each of them."""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import h2.config
import h2.connection
import h2.events
import h2.exceptions
from h2.errors import ErrorCodes
from h2.settings import SettingCodes
from hyperframe.frame import GoAwayFrame

from tests.network import faults
from tests.network.server import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.network.server import Behaviour, Connection

#: What a graceful GOAWAY names before the service knows which request is its last one.
EVERY_STREAM = 2**31 - 1


@dataclass
class Stream:
    """A request, complete when its stream is closed by the client."""

    id: int
    headers: dict[str, str]
    body: bytes = b""

    def to_request(self) -> Request:
        return Request(self.headers[":method"], self.headers[":path"], repr(self.headers).encode(), self.body)


@dataclass
class Session:
    """A connection that speaks HTTP/2."""

    connection: Connection
    #: Announced in the settings.
    max_streams: int | None = None
    streams: dict[int, Stream] = field(default_factory=dict)
    #: Streams that the client reset.
    cancelled: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        self.state.initiate_connection()
        if self.max_streams is not None:
            self.state.update_settings({SettingCodes.MAX_CONCURRENT_STREAMS: self.max_streams})
        self._flush()

    def requests(self) -> Iterator[Stream]:
        """The complete requests, until the client closes the connection."""
        while content := self.connection.receive():
            events = self.state.receive_data(content)
            self._flush()
            for event in events:
                if stream := self._handle(event):
                    yield stream

    def _handle(self, event: h2.events.Event) -> Stream | None:
        if isinstance(event, h2.events.RequestReceived):
            self.streams[event.stream_id] = Stream(event.stream_id, {str(name): str(value) for name, value in event.headers})
        elif isinstance(event, h2.events.DataReceived):
            self.streams[event.stream_id].body += event.data
            self.state.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            self._flush()
        elif isinstance(event, h2.events.StreamReset):
            self.cancelled.append(event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            return self.streams[event.stream_id]
        return None

    def execute(self, stream: Stream) -> None:
        """Records the request as executed."""
        self.connection.server.record(stream.to_request())

    def respond(self, stream: Stream, body: bytes = b"{}", *headers: tuple[str, str], end: bool = True) -> None:
        """Executes the request and responds. Without `end`, the response is not finished."""
        self.execute(stream)
        self.state.send_headers(stream.id, [(":status", "200"), ("content-type", "application/json"), *headers])
        self._send_body(stream.id, body, end=end)

    def _send_body(self, stream: int, body: bytes, *, end: bool) -> None:
        while len(body) > self.state.max_outbound_frame_size or len(body) > self.state.local_flow_control_window(stream):
            window = min(self.state.local_flow_control_window(stream), self.state.max_outbound_frame_size)
            if window:
                self.state.send_data(stream, body[:window])
                body = body[window:]
            else:
                # Nothing but window updates is expected here.
                self.state.receive_data(self.connection.receive())
            self._flush()
        self.state.send_data(stream, body, end_stream=end)
        self._flush()

    def reset(self, stream: Stream, code: ErrorCodes) -> None:
        self.state.reset_stream(stream.id, code)
        self._flush()

    def go_away(self, last: int, code: ErrorCodes = ErrorCodes.NO_ERROR) -> None:
        """Announces the close, and which request is the last one. The connection stays open."""
        self.connection.send(GoAwayFrame(0, last_stream_id=last, error_code=code).serialize())

    def _flush(self) -> None:
        self.connection.send(self.state.data_to_send())


def behaviour(handle: Callable[[Session], None], max_streams: int | None = None) -> Behaviour:
    """The behaviour of a server with HTTP/2; `handle` serves one connection."""

    def serve(connection: Connection) -> None:
        connection.secure()
        with contextlib.suppress(h2.exceptions.ProtocolError):
            handle(Session(connection, max_streams))

    return serve


def serve_negotiated(connection: Connection) -> None:
    """Responds to every request, in the protocol of the TLS handshake."""
    connection.secure()
    serve = behaviour(serve_normally) if speaks_http2(connection) else faults.serve_normally
    serve(connection)


def speaks_http2(connection: Connection) -> bool:
    return isinstance(connection.socket, ssl.SSLSocket) and connection.socket.selected_alpn_protocol() == "h2"


def serve_normally(session: Session) -> None:
    for stream in session.requests():
        session.respond(stream)


def on_stream(number: int, fault: Callable[[Session, Stream], bool]) -> Callable[[Session], None]:
    """Applies `fault` to one request of the first connection, counted from 1; it ends the connection unless it returns True."""

    def handle(session: Session) -> None:
        is_first = session.connection.server.connections[0] is session.connection
        for count, stream in enumerate(session.requests(), start=1):
            if not (is_first and count == number):
                session.respond(stream)
            elif not fault(session, stream):
                return

    return handle
