"""Instruments every client: `SparkBotInstrumentor`, which `opentelemetry-instrument` finds by its entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakSet

try:
    from opentelemetry.instrumentation.instrumentor import BaseInstrumentor  # type: ignore[attr-defined]  # not typed
except ImportError as error:
    text = "SparkBotInstrumentor needs another package: pip install opentelemetry-instrumentation"
    raise ImportError(text, name=error.name) from error

from ... import _dispatch
from .telemetry import Providers, Telemetry

if TYPE_CHECKING:
    from collections.abc import Collection


class SparkBotInstrumentor(BaseInstrumentor):  # type: ignore[misc]  # has no type annotations
    """Instruments every client that is created after `instrument()`, as `sparkbot.otel.instrument` does one.

    `instrument()` takes `tracer_provider` and `meter_provider`; by default the global ones are used. `uninstrument()` ends it,
    also for the clients that were created meanwhile. The command `opentelemetry-instrument` does it for a whole program.

    Example:
        >>> from sparkbot.otel import SparkBotInstrumentor
        >>> SparkBotInstrumentor().instrument()
        >>> SparkBotInstrumentor().uninstrument()
    """

    def instrumentation_dependencies(self) -> Collection[str]:
        """None: the instrumented package is this one."""
        return ()

    def _instrument(self, **options: Any) -> None:
        providers = Providers(options.get("tracer_provider"), options.get("meter_provider"))
        self._created: WeakSet[Telemetry] = WeakSet()

        def create() -> Telemetry:
            telemetry = Telemetry(providers)
            self._created.add(telemetry)
            return telemetry

        _dispatch.create_instrumentation = create

    def _uninstrument(self, **_: Any) -> None:
        _dispatch.create_instrumentation = None
        for telemetry in self._created:
            telemetry.disable()
