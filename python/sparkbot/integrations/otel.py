"""OpenTelemetry: a span for each call, and its trace handed on to the service. Needs the extra `sparkbot[otel]`.

    >>> from sparkbot.otel import instrument
    >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
    ...     instrument(client)
    ...     numbers = client.devices.list()

A span is named by method and path template (`GET /devices/{device}`) and has the attributes of the semantic conventions
for HTTP clients, but `url.full`: an address can hold a phone number. Repeated requests are events of the span.
"""

from __future__ import annotations

try:
    from opentelemetry import propagate, trace
    from opentelemetry.trace import Span, SpanKind, Status, StatusCode
except ImportError as error:
    raise ImportError("sparkbot.otel needs OpenTelemetry's API: pip install 'sparkbot[otel]'", name=error.name) from error

from .._sparkbot import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from opentelemetry.trace import Tracer, TracerProvider
    from opentelemetry.util.types import AttributeValue

    from ..client import AsyncClient, Client
    from ..hooks import Attempt, Request, Response

__all__ = ["instrument"]


def instrument(client: Client | AsyncClient, *, tracer_provider: TracerProvider | None = None) -> None:
    """Makes a span for each further call of a client, and sends its trace along (`traceparent`).

    Clients that it has made by `with_options` before are not instrumented, later ones are. Each call of an item of `client.map`
    is a span, and each row of `sync_metadata` that is sent; both have `sparkbot.item`.

    Args:
        client: The client.
        tracer_provider: Where spans go; the program's own when left out.

    Example:
        >>> from sparkbot.otel import instrument
        >>> instrument(client)
    """
    tracer = trace.get_tracer("sparkbot", __version__, tracer_provider)
    spans = _Spans(tracer)
    client._dispatcher.add_hooks(spans.begin, spans.end)


class _Spans:
    """The hooks of an instrumented client."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def begin(self, request: Request) -> None:
        span = self._tracer.start_span(_name(request), kind=SpanKind.CLIENT, attributes=_attributes(request))
        propagate.inject(request.headers, trace.set_span_in_context(span))
        request.state[self] = span

    def end(self, response: Response) -> None:
        span: Span = response.request.state.pop(self)
        for attempt in response.history[:-1]:
            facts: dict[str, AttributeValue] = {
                "outcome": attempt.outcome,
                "elapsed": attempt.elapsed,
                "retry_delay": attempt.retry_delay or 0.0,
            }
            span.add_event("sparkbot.retry", facts, _ended(attempt))
        if response.status_code is not None:
            span.set_attribute("http.response.status_code", response.status_code)
        if response.request_id is not None:
            span.set_attribute("sparkbot.request_id", response.request_id)
        if response.attempts > 1:
            span.set_attribute("http.request.resend_count", response.attempts - 1)
        if response.error is not None:
            _fail(span, response)
        # An item is told of when its turn has come: its span ended before.
        late = response.request.item is not None and bool(response.history)
        span.end(_ended(response.history[-1]) if late else None)


def _fail(span: Span, response: Response) -> None:
    """By status or class only: the error's text can quote what the call was about."""
    status = response.status_code
    kind = str(status) if status is not None and status >= 400 else type(response.error).__qualname__
    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))


def _ended(attempt: Attempt) -> int:
    """When its answer came, in nanoseconds since the epoch."""
    return int((attempt.sent_at + attempt.elapsed) * 1e9)


def _name(request: Request) -> str:
    # What `client.request()` was given may hold ids: no template, so no name.
    return request.method if request.operation == "request" else f"{request.method} {request.path}"


def _attributes(request: Request) -> dict[str, AttributeValue]:
    from urllib.parse import urlsplit

    url = urlsplit(request.base_url)
    attributes: dict[str, AttributeValue] = {
        "http.request.method": request.method,
        "server.address": url.hostname or "",
        "server.port": url.port or (443 if url.scheme == "https" else 80),
        "sparkbot.operation": request.operation,
    }
    if request.operation != "request":
        attributes["url.template"] = request.path
    if request.item is not None:
        attributes["sparkbot.item"] = request.item
    if request.device is not None:
        attributes["sparkbot.device"] = request.device
    return attributes
