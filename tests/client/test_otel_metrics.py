"""OpenTelemetry: the metrics of instrumented clients, and the instrumentor of all clients."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.client.test_otel import SUPPRESSIONS, suppressed
from tests.conftest import CANARY, CHAT, DEVICE
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot import errors
from sparkbot.otel import SparkBotInstrumentor, instrument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Api

DURATION, QUEUE = "http.client.request.duration", "sparkbot.client.queue.duration"
RETRIES, ROWS = "sparkbot.client.retries", "sparkbot.sync.rows"


class Meter:
    """A meter that keeps its points in memory."""

    def __init__(self) -> None:
        self.reader = InMemoryMetricReader()
        self.provider = MeterProvider([self.reader])

    def points(self, name: str) -> list[Any]:
        data = self.reader.get_metrics_data()
        scopes = [scope for resource in (data.resource_metrics if data else ()) for scope in resource.scope_metrics]
        return [point for scope in scopes for metric in scope.metrics if metric.name == name for point in metric.data.data_points]

    def counts(self, name: str, *attributes: str) -> dict[tuple[object, ...], int]:
        """The counts of a metric by these attributes."""
        found: dict[tuple[object, ...], int] = {}
        for point in self.points(name):
            key = tuple(point.attributes.get(attribute) for attribute in attributes)
            found[key] = found.get(key, 0) + (point.count if isinstance(point, HistogramDataPoint) else point.value)
        return found


class Measured(Meter):
    """A meter and an instrumented client."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self.api = api
        self.client = api.client()
        instrument(self.client, meter_provider=self.provider)

    def call(self, call: Any) -> Any:
        return self.api.on(self.client, call)


@pytest.fixture
def measured(api: Api) -> Measured:
    return Measured(api)


def test_duration_follows_the_conventions(measured: Measured) -> None:
    measured.call(lambda client: client.chats.get(DEVICE, CHAT))
    [point] = measured.points(DURATION)
    assert dict(point.attributes) == {
        "http.request.method": "GET",
        "url.template": "/chat/{device}/chats/{wid}",
        "server.address": "127.0.0.1",
        "server.port": int(measured.api.sandbox.url.split(":")[2].removesuffix("/v1")),
        "http.response.status_code": 200,
    }
    assert point.explicit_bounds == (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
    assert (point.count, 0 < point.sum < 60) == (1, True)


def test_duration_counts_each_attempt(measured: Measured) -> None:
    measured.api.sandbox.faults.status(503, count=1)
    measured.api.sandbox.faults.reset_connection(count=1)
    measured.call(lambda client: client.chats.get(DEVICE, CHAT))
    assert measured.counts(DURATION, "http.response.status_code", "error.type") == {
        (503, "503"): 1,
        (None, "connection"): 1,
        (200, None): 1,
    }
    assert measured.counts(RETRIES, "sparkbot.operation", "error.type") == {
        ("chats.get", "503"): 1,
        ("chats.get", "connection"): 1,
    }


def test_queue_duration_is_the_wait_for_the_rate(api: Api) -> None:
    meter, client = Meter(), api.client(calls_per_second=0.5)
    instrument(client, meter_provider=meter.provider)
    api.on(client, lambda client: client.map(client.chats.get, [{"chat": CHAT}] * 2, device=DEVICE).collect())
    [point] = meter.points(QUEUE)
    assert dict(point.attributes) == {"sparkbot.operation": "chats.get"}
    # The second call waits for two seconds, less if it was created later.
    assert (point.count, point.max > 0.1) == (2, True)


def test_queue_duration_is_the_pause_after_a_429(measured: Measured) -> None:
    measured.api.sandbox.faults.status(429, count=1, headers={"Retry-After": "1"})
    measured.call(lambda client: client.chats.get(DEVICE, CHAT))
    assert measured.counts(RETRIES, "error.type") == {("429",): 1}
    assert measured.counts(QUEUE, "sparkbot.operation") == {("chats.get",): 2}


def test_rows_are_counted_by_status(measured: Measured) -> None:
    rows = [{"phone": CHAT, "tier": "gold"}, {"phone": "+447362053599", "tier": "gold"}, {"phone": "no number", "tier": "gold"}]
    measured.call(lambda client: sparkbot.sync_metadata(client, DEVICE, rows, progress="off"))
    assert measured.counts(ROWS, "sparkbot.row.status", "error.type") == {
        ("ok", None): 1,
        ("failed", "404"): 1,
        ("failed", "InvalidRow"): 1,
    }


def test_requests_of_a_row_have_their_own_routes(measured: Measured) -> None:
    rows = [{"phone": "+447362053599", "tier": "gold"}]
    sync = lambda client: sparkbot.sync_metadata(client, DEVICE, rows, on_missing="create", resolve="off", progress="off")  # noqa: E731
    assert measured.call(sync).ok == 1
    routes = measured.counts(DURATION, "http.request.method", "url.template", "http.response.status_code")
    assert routes.pop(("GET", "/devices/{device}", 200)) == 1
    assert routes == {
        ("PATCH", "/chat/{device}/contacts/{contact}/metadata", 404): 1,
        ("POST", "/chat/{device}/contacts", 201): 1,
        ("PATCH", "/chat/{device}/contacts/{contact}/metadata", 200): 1,
    }
    assert measured.counts(RETRIES) == {}


def test_bulk_rows_of_an_instrumented_client_are_counted(measured: Measured) -> None:
    rows = [{"phone": f"+4473620536{number:02}", "tier": "gold"} for number in range(60)]
    sync = lambda client: sparkbot.sync_metadata(client, DEVICE, rows, via="bulk", on_missing="create", progress="off")  # noqa: E731
    assert measured.call(sync).ok == 60
    assert measured.counts(ROWS, "sparkbot.row.status") == {("ok",): 60}


def test_dry_run_counts_no_rows(measured: Measured) -> None:
    measured.call(
        lambda client: sparkbot.sync_metadata(client, DEVICE, [{"phone": CHAT, "tier": "gold"}], dry_run=True, progress="off")
    )
    assert measured.points(ROWS) == []


@pytest.mark.parametrize("key", SUPPRESSIONS, ids=["instrumentation", "http", "by name"])
def test_suppressed_call_is_not_measured(measured: Measured, key: str) -> None:
    with suppressed(key):
        measured.call(lambda client: client.chats.get(DEVICE, CHAT))
        measured.call(lambda client: sparkbot.sync_metadata(client, DEVICE, [{"phone": CHAT, "tier": "gold"}], progress="off"))
    assert (measured.points(DURATION), measured.points(ROWS)) == ([], [])


def test_metrics_contain_no_private_data(measured: Measured) -> None:
    phone, text = "+447911123456", "see you at the usual place"
    with pytest.raises(errors.APIStatusError):
        measured.call(lambda client: client.request("GET", f"/chat/{DEVICE}/chats/{phone[1:]}@c.us", query={"search": text}))
    measured.call(lambda client: client.send.text(device=DEVICE, phone=phone, message=text))
    rows = [{"phone": phone, "note": text}, {"phone": text, "note": phone}]
    measured.call(lambda client: sparkbot.sync_metadata(client, DEVICE, rows, progress="off"))
    data = measured.reader.get_metrics_data()
    captured = data.to_json() if data else ""
    assert DURATION in captured
    for secret in (phone[1:], text, CANARY, DEVICE):
        assert secret not in captured


def test_second_instrument_sets_the_meter(measured: Measured) -> None:
    other = Meter()
    instrument(measured.client, meter_provider=other.provider)
    measured.call(lambda client: client.chats.get(DEVICE, CHAT))
    assert (len(measured.points(DURATION)), len(other.points(DURATION))) == (0, 1)


@pytest.fixture
def instrumentor() -> Iterator[SparkBotInstrumentor]:
    instrumentor = SparkBotInstrumentor()
    yield instrumentor
    if instrumentor.is_instrumented_by_opentelemetry:
        instrumentor.uninstrument()


def test_instrumentor_observes_later_clients(api: Api, instrumentor: SparkBotInstrumentor) -> None:
    earlier, meter, exporter, tracers = api.client(), Meter(), InMemorySpanExporter(), TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor.instrument(tracer_provider=tracers, meter_provider=meter.provider)
    for client in (earlier, api.client(), api.client()):
        api.on(client, lambda client: client.devices.list())
    assert meter.counts(DURATION, "url.template") == {("/devices",): 2}
    assert [span.name for span in exporter.get_finished_spans()] == ["GET /devices"] * 2


def test_uninstrument_ends_all_measurements(api: Api, instrumentor: SparkBotInstrumentor) -> None:
    meter = Meter()
    instrumentor.instrument(meter_provider=meter.provider)
    client = api.client()
    instrumentor.uninstrument()
    for observed in (client, api.client()):
        api.on(observed, lambda client: client.devices.list())
    assert meter.points(DURATION) == []


def test_instrument_overrides_the_instrumentor(api: Api, instrumentor: SparkBotInstrumentor) -> None:
    all_clients, one = Meter(), Meter()
    instrumentor.instrument(meter_provider=all_clients.provider)
    client, other = api.client(), api.client()
    instrument(client, meter_provider=one.provider)
    for observed in (client, other):
        api.on(observed, lambda client: client.devices.list())
    assert (len(one.points(DURATION)), all_clients.counts(DURATION)) == (1, {(): 1})


PROGRAM = """
import sparkbot
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

reader = InMemoryMetricReader()
metrics.set_meter_provider(MeterProvider([reader]))
with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
    client.devices.list()
print(reader.get_metrics_data().to_json())
"""


def test_opentelemetry_instrument_observes_a_program() -> None:
    command = [str(Path(sys.executable).parent / "opentelemetry-instrument"), sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert '"/devices"' in done.stdout, done.stderr


def test_missing_instrumentation_error_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.instrumentation.instrumentor", None)
    monkeypatch.delitem(sys.modules, "sparkbot.integrations.otel.instrumentor", raising=False)
    import sparkbot.otel

    with pytest.raises(ImportError, match="pip install opentelemetry-instrumentation"):
        sparkbot.otel.SparkBotInstrumentor  # noqa: B018
