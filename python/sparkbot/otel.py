"""OpenTelemetry spans and metrics for the calls of clients. Needs the extra `sparkbot[otel]`."""

from .integrations.otel import __getattr__ as __getattr__
from .integrations.otel import instrument as instrument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .integrations.otel.instrumentor import SparkBotInstrumentor as SparkBotInstrumentor

__all__ = ["instrument"]
