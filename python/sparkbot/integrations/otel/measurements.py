"""The metrics of instrumented clients. Their attributes have few values: never ids, phone numbers or texts."""

from __future__ import annotations

from .attributes import attempt_attributes, error_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from opentelemetry.context import Context
    from opentelemetry.metrics import Meter

    from ...batch.outcome import Outcome
    from ...hooks import Response
    from .attributes import Attributes

#: The buckets that the semantic conventions advise, in seconds.
_BOUNDARIES = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


class Measurements:
    """The instruments of a meter."""

    def __init__(self, meter: Meter) -> None:
        self._durations = meter.create_histogram(
            "http.client.request.duration",
            "s",
            "Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=_BOUNDARIES,
        )
        self._queueing = meter.create_histogram(
            "sparkbot.client.queue.duration",
            "s",
            "Time that a request waited before it was sent: for rate limits, after a 429, for other calls in flight.",
            explicit_bucket_boundaries_advisory=_BOUNDARIES,
        )
        self._retries = meter.create_counter(
            "sparkbot.client.retries", "{retry}", "Requests that were sent again, by what the one before them ended with."
        )
        self._rows = meter.create_counter("sparkbot.sync.rows", "{row}", "Rows of sync_metadata, by their status.")

    def record(self, response: Response, context: Context) -> None:
        """Records the requests of a call; the context has its span."""
        for attempt in response.history:
            attributes = attempt_attributes(response.request, attempt)
            self._durations.record(attempt.elapsed, attributes, context)
            self._queueing.record(attempt.queued, {"sparkbot.operation": attempt.operation}, context)
        for attempt in response.retried:
            self._retries.add(1, {"sparkbot.operation": attempt.operation, "error.type": attempt.outcome}, context)

    def count_row(self, outcome: Outcome[Any]) -> None:
        """Counts a row."""
        attributes: Attributes = {"sparkbot.row.status": outcome.status}
        if outcome.error is not None:
            attributes["error.type"] = error_type(outcome.error, getattr(outcome.error, "status_code", None))
        self._rows.add(1, attributes)
