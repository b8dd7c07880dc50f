"""The hooks of an instrumented client."""

from __future__ import annotations

from opentelemetry import context, metrics, trace

from ..._sparkbot import __version__
from .measurements import Measurements
from .spans import end_span, start_span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...batch.outcome import Outcome
    from ...hooks import Request, Response

#: What the contexts of `suppress_instrumentation()` and `suppress_http_instrumentation()` hold. The API has no public names.
_SUPPRESSIONS = (
    "suppress_instrumentation",
    *(
        getattr(context, name)
        for name in ("_SUPPRESS_INSTRUMENTATION_KEY", "_SUPPRESS_HTTP_INSTRUMENTATION_KEY")
        if hasattr(context, name)
    ),
)


class Providers:
    """The tracer and the instruments of all clients with the same providers."""

    def __init__(
        self, tracer_provider: trace.TracerProvider | None = None, meter_provider: metrics.MeterProvider | None = None
    ) -> None:
        self.tracer = trace.get_tracer("sparkbot", __version__, tracer_provider)
        self.measurements = Measurements(metrics.get_meter("sparkbot", __version__, meter_provider))


class Telemetry:
    """The instrumentation of one client."""

    def __init__(self, providers: Providers) -> None:
        self._is_enabled = True
        self._providers = providers

    def enable(self, providers: Providers) -> None:
        """Observes the calls that follow with these providers."""
        self._is_enabled, self._providers = True, providers

    def disable(self) -> None:
        """Observes no further calls."""
        self._is_enabled = False

    @property
    def _is_off(self) -> bool:
        return not self._is_enabled or any(map(context.get_value, _SUPPRESSIONS))

    def begin(self, request: Request) -> None:
        """A hook `on_request`."""
        if not self._is_off:
            request.state[self] = start_span(self._providers.tracer, request)

    def end(self, response: Response) -> None:
        """A hook `on_response`."""
        span: trace.Span | None = response.request.state.pop(self, None)
        if span is None:
            return
        self._providers.measurements.record(response, trace.set_span_in_context(span))
        end_span(span, response)

    def count_row(self, outcome: Outcome[Any]) -> None:
        """Counts a row of a sync."""
        if not self._is_off:
            self._providers.measurements.count_row(outcome)
