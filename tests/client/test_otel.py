"""OpenTelemetry: a span per call, and its trace in the request."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from tests.conftest import CANARY, CHAT, DEVICE

from sparkbot import errors, sync_metadata
from sparkbot.otel import instrument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.sdk.trace import ReadableSpan
    from tests.conftest import Api

    import sparkbot


class Traced:
    """A tracer and an instrumented client."""

    def __init__(self, api: Api) -> None:
        self.exporter = InMemorySpanExporter()
        self.provider = TracerProvider()
        self.provider.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.api = api
        self.client = api.client()
        instrument(self.client, tracer_provider=self.provider)

    def span(self) -> ReadableSpan:
        [span] = self.exporter.get_finished_spans()
        self.exporter.clear()
        return span


@pytest.fixture
def traced(api: Api) -> Traced:
    return Traced(api)


def test_span_follows_the_conventions(traced: Traced) -> None:
    tracer = traced.provider.get_tracer("the program")
    with tracer.start_as_current_span("job") as job:
        traced.api.on(traced.client, lambda client: client.chats.get(DEVICE, CHAT))
    span, _ = traced.exporter.get_finished_spans()
    sent = traced.api.sandbox.requests[-1]
    assert (span.name, span.kind, span.status.status_code) == (
        "GET /chat/{device}/chats/{wid}",
        SpanKind.CLIENT,
        StatusCode.UNSET,
    )
    assert span.parent == job.get_span_context()
    assert span.attributes == {
        "http.request.method": "GET",
        "url.template": "/chat/{device}/chats/{wid}",
        "server.address": "127.0.0.1",
        "server.port": int(traced.api.sandbox.url.split(":")[2].removesuffix("/v1")),
        "http.response.status_code": 200,
        "sparkbot.operation": "chats.get",
        "sparkbot.device": DEVICE,
        "sparkbot.request_id": sent["request_id"],
    }
    context = span.context
    assert context is not None
    assert sent["headers"]["traceparent"].startswith(f"00-{context.trace_id:032x}-{context.span_id:016x}-")


def test_retries_are_span_events(traced: Traced) -> None:
    traced.api.sandbox.faults.status(503, count=1)
    traced.api.sandbox.faults.reset_connection(count=1)
    traced.api.on(traced.client, lambda client: client.chats.get(DEVICE, CHAT))
    span = traced.span()
    assert [(event.name, dict(event.attributes or {})["outcome"]) for event in span.events] == [
        ("sparkbot.retry", "503"),
        ("sparkbot.retry", "connection"),
    ]
    assert (span.attributes or {})["http.request.resend_count"] == 2
    assert len({request["headers"]["traceparent"] for request in traced.api.sandbox.requests}) == 1


def test_error_type_is_status_or_class(traced: Traced) -> None:
    def fails(call: Any) -> tuple[object, object]:
        with pytest.raises(errors.SparkBotError):
            traced.api.on(traced.client, call)
        span = traced.span()
        assert span.status.status_code is StatusCode.ERROR
        attributes = span.attributes or {}
        return attributes["error.type"], attributes.get("http.response.status_code")

    assert fails(lambda client: client.chats.get(DEVICE, "4470000000@c.us")) == ("404", 404)
    assert fails(lambda client: client.chats.get("no id", CHAT)) == ("InvalidArgumentError", None)
    traced.api.sandbox.faults.status(200, body="<html>")
    assert fails(lambda client: client.chats.get(DEVICE, CHAT)) == ("InvalidResponseError", 200)
    traced.api.sandbox.stop()
    assert fails(lambda client: client.request("GET", f"/chat/{DEVICE}/chats/{CHAT}")) == ("APIConnectionError", None)


def test_spans_contain_no_private_data(traced: Traced) -> None:
    phone, text = "+447911123456", "see you at the usual place"
    with pytest.raises(errors.APIStatusError):
        traced.api.on(traced.client, lambda client: client.request("GET", f"/chat/{DEVICE}/chats/{phone[1:]}@c.us"))
    traced.api.on(traced.client, lambda client: client.send.text(device=DEVICE, phone=phone, message=text))
    traced.api.on(traced.client, lambda client: client.request("GET", f"/chat/{DEVICE}/chats", query={"search": phone}))
    captured = json.dumps([json.loads(span.to_json()) for span in traced.exporter.get_finished_spans()])
    assert len(traced.exporter.get_finished_spans()) == 3
    for secret in (phone[1:], text, CANARY):
        assert secret not in captured


def test_concurrent_calls_have_separate_spans(sandbox: sparkbot.Sandbox) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    client = sandbox.async_client()
    instrument(client, tracer_provider=provider)

    async def get_device(name: str) -> None:
        with provider.get_tracer("the program").start_as_current_span(name):
            await client.devices.get(DEVICE)

    async def get_all() -> None:
        await asyncio.gather(*(get_device(f"job {number}") for number in range(10)))

    asyncio.run(get_all())
    spans = exporter.get_finished_spans()
    jobs = {span.context.span_id for span in spans if span.context and span.name.startswith("job")}
    assert {span.parent.span_id for span in spans if span.parent} == jobs
    assert len(jobs) == 10


def test_items_and_rows_have_spans(traced: Traced) -> None:
    phone, text = "+447362053576", "see you at the usual place"
    tracer, sandbox = traced.provider.get_tracer("the program"), traced.api.sandbox
    with tracer.start_as_current_span("job") as job:
        run = traced.client.map(traced.client.chats.get, [{"chat": CHAT}, {"chat": "4470000000@c.us"}], device=DEVICE)
        asyncio.run(run.collect()) if traced.api.awaited else run.collect()
    *items, _ = traced.exporter.get_finished_spans()
    traced.exporter.clear()
    traced.api.on(traced.client, lambda client: sync_metadata(client, DEVICE, [{"phone": phone, "note": text}], progress="off"))
    device, row = traced.exporter.get_finished_spans()
    assert [(span.attributes or {})["sparkbot.item"] for span in (*items, row)] == [0, 1, 0]
    assert "sparkbot.item" not in (device.attributes or {})
    assert [span.status.status_code for span in items] == [StatusCode.UNSET, StatusCode.ERROR]
    assert [span.parent for span in items] == [job.get_span_context()] * 2
    assert row.name == "PATCH /chat/{device}/contacts/{contact}/metadata"
    sent = {request["headers"]["traceparent"].split("-")[2]: request for request in sandbox.requests}
    assert {f"{span.context.span_id:016x}" for span in (*items, device, row) if span.context} == set(sent)
    assert all(span.start_time and span.end_time and span.start_time < span.end_time for span in (*items, row))
    captured = json.dumps([json.loads(span.to_json()) for span in (*items, row)])
    assert phone[1:] not in captured
    assert text not in captured


def test_second_instrument_adds_no_span(traced: Traced) -> None:
    instrument(traced.client, tracer_provider=traced.provider)
    instrument(traced.client.with_options(timeout=5), tracer_provider=traced.provider)
    traced.api.on(traced.client, lambda client: client.chats.get(DEVICE, CHAT))
    assert traced.span().name == "GET /chat/{device}/chats/{wid}"


def test_second_instrument_sets_the_provider(traced: Traced) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrument(traced.client, tracer_provider=provider)
    traced.api.on(traced.client, lambda client: client.chats.get(DEVICE, CHAT))
    assert (len(traced.exporter.get_finished_spans()), len(exporter.get_finished_spans())) == (0, 1)


#: The keys that `suppress_instrumentation()`, `suppress_http_instrumentation()` and the exporters of the SDK set.
SUPPRESSIONS = [
    context._SUPPRESS_INSTRUMENTATION_KEY,
    context._SUPPRESS_HTTP_INSTRUMENTATION_KEY,
    "suppress_instrumentation",
]


@contextmanager
def suppressed(key: str) -> Iterator[None]:
    token = context.attach(context.set_value(key, True))
    try:
        yield
    finally:
        context.detach(token)


@pytest.mark.parametrize("key", SUPPRESSIONS, ids=["instrumentation", "http", "by name"])
def test_suppressed_call_has_no_span(traced: Traced, key: str) -> None:
    with suppressed(key):
        traced.api.on(traced.client, lambda client: client.chats.get(DEVICE, CHAT))
        run = traced.client.map(traced.client.chats.get, [{"chat": CHAT}], device=DEVICE)
        asyncio.run(run.collect()) if traced.api.awaited else run.collect()
    assert traced.exporter.get_finished_spans() == ()
    assert "traceparent" not in traced.api.sandbox.requests[-1]["headers"]
    traced.api.on(traced.client, lambda client: client.chats.get(DEVICE, CHAT))
    assert len(traced.exporter.get_finished_spans()) == 1


def test_missing_opentelemetry_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    monkeypatch.delitem(sys.modules, "sparkbot.otel", raising=False)
    monkeypatch.delitem(sys.modules, "sparkbot.integrations.otel")
    with pytest.raises(ImportError, match=r"pip install 'sparkbot\[otel\]'"):
        importlib.import_module("sparkbot.otel")
