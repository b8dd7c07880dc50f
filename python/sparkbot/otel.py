"""OpenTelemetry spans for the calls of a client. Needs the extra `sparkbot[otel]`."""

from .integrations.otel import instrument as instrument

__all__ = ["instrument"]
