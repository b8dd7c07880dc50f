"""The span of a call."""

from __future__ import annotations

from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

from .attributes import error_type, request_attributes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

    from ...hooks import Attempt, Request, Response
    from .attributes import Attributes


def start_span(tracer: Tracer, request: Request) -> Span:
    """Starts the span of a call, and puts its trace context into the headers."""
    span = tracer.start_span(_name(request), kind=SpanKind.CLIENT, attributes=_attributes(request))
    propagate.inject(request.headers, trace.set_span_in_context(span))
    return span


def end_span(span: Span, response: Response) -> None:
    """Ends the span of a call with its outcome."""
    for attempt in response.retried:
        span.add_event("sparkbot.retry", _retry_attributes(attempt), _end_time(attempt))
    if response.status_code is not None:
        span.set_attribute("http.response.status_code", response.status_code)
    if response.request_id is not None:
        span.set_attribute("sparkbot.request_id", response.request_id)
    if response.retried:
        span.set_attribute("http.request.resend_count", len(response.retried))
    if response.error is not None:
        span.set_attribute("error.type", error_type(response.error, response.status_code))
        span.set_status(Status(StatusCode.ERROR))
    # Hooks of an item run when its outcome is returned; its span ended earlier.
    is_late = response.request.item is not None and bool(response.history)
    span.end(_end_time(response.history[-1]) if is_late else None)


def _retry_attributes(attempt: Attempt) -> Attributes:
    return {"outcome": attempt.outcome, "elapsed": attempt.elapsed, "retry_delay": attempt.retry_delay or 0.0}


def _end_time(attempt: Attempt) -> int:
    """End of the attempt, in nanoseconds since the epoch."""
    return int((attempt.sent_at + attempt.elapsed) * 1e9)


def _name(request: Request) -> str:
    # The path of `client.request()` is not a template and can contain ids.
    return request.method if request.operation == "request" else f"{request.method} {request.path}"


def _attributes(request: Request) -> Attributes:
    attributes = {**request_attributes(request), "sparkbot.operation": request.operation}
    if request.item is not None:
        attributes["sparkbot.item"] = request.item
    if request.device is not None:
        attributes["sparkbot.device"] = request.device
    return attributes
