"""OpenTelemetry: a span per call, whose trace context is sent to the service, and metrics. Needs the extra `sparkbot[otel]`.

    >>> from sparkbot.otel import instrument
    >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
    ...     instrument(client)
    ...     numbers = client.devices.list()

A span is named by method and path template (`GET /devices/{device}`) and has the attributes of the semantic conventions
for HTTP clients except `url.full`, because a URL can contain a phone number. Retries are events of the span. Calls inside
OpenTelemetry's `suppress_instrumentation()` have neither span nor metrics.

`http.client.request.duration` has the time of each request, retries included. `sparkbot.client.queue.duration` is the time
that it waited before it was sent, `sparkbot.client.retries` counts retries, and `sparkbot.sync.rows` the rows of
`sync_metadata`. Their attributes are method, path template, server, status, error and operation, never ids or phone numbers.

`SparkBotInstrumentor` instruments all clients, also by the command `opentelemetry-instrument`. It needs the package
`opentelemetry-instrumentation`.
"""

from __future__ import annotations

from sparkbot._annotations import make_public

try:
    from opentelemetry import metrics, trace
except ImportError as error:
    raise ImportError("sparkbot.otel needs OpenTelemetry's API: pip install 'sparkbot[otel]'", name=error.name) from error

from .telemetry import Providers, Telemetry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...client import AsyncClient, Client
    from .instrumentor import SparkBotInstrumentor as SparkBotInstrumentor

__all__ = ["instrument"]


def instrument(
    client: Client | AsyncClient,
    *,
    tracer_provider: trace.TracerProvider | None = None,
    meter_provider: metrics.MeterProvider | None = None,
) -> None:
    """Creates a span and metrics for each subsequent call of a client, and sends its trace context (`traceparent`).

    Clients created by `with_options` are instrumented if they are created afterwards. A second call for the same client only
    sets the providers. Each call of an item of `client.map` and each row of `sync_metadata` that is sent has a span with the
    attribute `sparkbot.item`. Rows that are written in bulk have no spans, and are counted.

    Args:
        client: The client.
        tracer_provider: The provider of the tracer; by default the global one.
        meter_provider: The provider of the meter; by default the global one.

    Example:
        >>> from sparkbot.otel import instrument
        >>> instrument(client)
    """
    providers = Providers(tracer_provider, meter_provider)
    telemetry = client._dispatcher.instrumentation
    if isinstance(telemetry, Telemetry):
        telemetry.enable(providers)
    else:
        client._dispatcher.instrument(Telemetry(providers))


def __getattr__(name: str) -> Any:
    # Its package is no dependency of the extra: programs that call `instrument` do not need it.
    if name != "SparkBotInstrumentor":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .instrumentor import SparkBotInstrumentor

    return SparkBotInstrumentor


make_public(__name__)
