"""OpenTelemetry: a span per call, whose trace context is sent to the service. Needs the extra `sparkbot[otel]`.

    >>> from sparkbot.otel import instrument
    >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
    ...     instrument(client)
    ...     numbers = client.devices.list()

A span is named by method and path template (`GET /devices/{device}`) and has the attributes of the semantic conventions
for HTTP clients except `url.full`, because a URL can contain a phone number. Retries are events of the span. Calls inside
OpenTelemetry's `suppress_instrumentation()` have no span.
"""

from __future__ import annotations

from sparkbot._annotations import make_public

try:
    from opentelemetry import context, propagate, trace
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
    """Creates a span for each subsequent call of a client, and sends its trace context (`traceparent`).

    Clients created by `with_options` are instrumented if they are created afterwards. A second call for the same client only
    sets the provider. Each call of an item of `client.map`
    and each row of `sync_metadata` that is sent has a span with the attribute `sparkbot.item`.

    Args:
        client: The client.
        tracer_provider: The provider of the tracer; by default the global one.

    Example:
        >>> from sparkbot.otel import instrument
        >>> instrument(client)
    """
    tracer = trace.get_tracer("sparkbot", __version__, tracer_provider)
    owners = (getattr(hook, "__self__", None) for hook in client._dispatcher.request_hooks)
    spans = next((owner for owner in owners if isinstance(owner, _Spans)), None)
    if spans is not None:
        spans.tracer = tracer
        return
    spans = _Spans(tracer)
    client._dispatcher.add_hooks(spans.begin, spans.end)


#: What the contexts of `suppress_instrumentation()` and `suppress_http_instrumentation()` hold. The API has no public names.
_SUPPRESSIONS = (
    "suppress_instrumentation",
    *(
        getattr(context, name)
        for name in ("_SUPPRESS_INSTRUMENTATION_KEY", "_SUPPRESS_HTTP_INSTRUMENTATION_KEY")
        if hasattr(context, name)
    ),
)


class _Spans:
    """The hooks of an instrumented client."""

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer

    def begin(self, request: Request) -> None:
        if any(map(context.get_value, _SUPPRESSIONS)):
            return
        span = self.tracer.start_span(_name(request), kind=SpanKind.CLIENT, attributes=_attributes(request))
        propagate.inject(request.headers, trace.set_span_in_context(span))
        request.state[self] = span

    def end(self, response: Response) -> None:
        span: Span | None = response.request.state.pop(self, None)
        if span is None:
            return
        for attempt in response.history[:-1]:
            attributes: dict[str, AttributeValue] = {
                "outcome": attempt.outcome,
                "elapsed": attempt.elapsed,
                "retry_delay": attempt.retry_delay or 0.0,
            }
            span.add_event("sparkbot.retry", attributes, _end_time(attempt))
        if response.status_code is not None:
            span.set_attribute("http.response.status_code", response.status_code)
        if response.request_id is not None:
            span.set_attribute("sparkbot.request_id", response.request_id)
        if response.attempts > 1:
            span.set_attribute("http.request.resend_count", response.attempts - 1)
        if response.error is not None:
            _fail(span, response)
        # Hooks of an item run when its outcome is returned; its span ended earlier.
        is_late = response.request.item is not None and bool(response.history)
        span.end(_end_time(response.history[-1]) if is_late else None)


def _fail(span: Span, response: Response) -> None:
    """Records status or class only, because the text of the error can contain personal data."""
    status = response.status_code
    error_type = str(status) if status is not None and status >= 400 else type(response.error).__qualname__
    span.set_attribute("error.type", error_type)
    span.set_status(Status(StatusCode.ERROR))


def _end_time(attempt: Attempt) -> int:
    """End of the attempt, in nanoseconds since the epoch."""
    return int((attempt.sent_at + attempt.elapsed) * 1e9)


def _name(request: Request) -> str:
    # The path of `client.request()` is not a template and can contain ids.
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


make_public(__name__)
