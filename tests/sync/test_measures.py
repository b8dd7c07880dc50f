"""The measurements of a report: response times, timeline, throttling; and the HTML page."""

from __future__ import annotations

import json
import pickle
import re
import time
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import CHAT, DEVICE, Api
from tests.scheduler_delay import scheduler_delay

import sparkbot
from sparkbot.batch.latency import Latency
from sparkbot.batch.redaction import redact
from sparkbot.batch.timeline import MAX_SNAPSHOTS, Interval, Snapshot, Timeline
from sparkbot.cli.summary import print_summary
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import Outcome, Report
from sparkbot.sync.report.svg import throughput

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "<script>alert(1)</script>"
PHONE = "+44 7362 053576"
COUNTS = ("ok", "skipped", "failed", "unknown", "calls")


def synced(api: Api, rows: Any, **options: Any) -> Report:
    report: Report = api(lambda client: sparkbot.sync_metadata(client, DEVICE, rows, **options))
    return report


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=200), st.floats(0.01, 1.0))
def test_percentile_bounds_its_share_of_times(times: list[int], share: float) -> None:
    buckets = [(time / 1e6, (time + 1) / 1e6, times.count(time)) for time in sorted(set(times))]
    latency = Latency(sum(times) / 1e6, max(times) / 1e6, buckets)
    value = latency.percentile(share)
    assert sum(time / 1e6 <= value for time in times) >= share * len(times) - 1e-9
    assert value <= latency.max
    assert latency.percentile(share / 2) <= value
    assert latency.count == len(times)


@given(st.lists(st.tuples(st.floats(0.001, 30.0), *[st.integers(0, 500)] * len(COUNTS)), min_size=1, max_size=1500))
def test_timeline_is_bounded_and_complete(steps: list[tuple[Any, ...]]) -> None:
    timeline = Timeline()
    for sums in accumulate(steps, lambda before, step: tuple(map(sum, zip(before, step, strict=True)))):
        counted: dict[str, Any] = dict(zip(COUNTS, sums[1:], strict=True))
        timeline.record(Snapshot(sums[0], **counted))
    intervals = timeline.intervals()
    assert len(intervals) <= MAX_SNAPSHOTS
    starts = [0.0, *accumulate(interval.seconds for interval in intervals)][:-1]
    assert [interval.start for interval in intervals] == pytest.approx(starts)
    for at, name in enumerate(COUNTS, 1):
        assert sum(getattr(interval, name) for interval in intervals) == sum(step[at] for step in steps)


def test_run_measures_latency_and_timeline(api: Api, sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.latency(0.03)
    started_at, delay = time.monotonic(), scheduler_delay()
    report = synced(api, [{"phone": PHONE, "tier": str(number)} for number in range(20)], calls_per_second=50)
    assert report.latency.count == report.calls == 20
    assert 0.03 <= report.latency.percentile(0.5) <= report.latency.percentile(0.99) <= report.latency.max <= report.elapsed
    # Response times exclude the wait for the rate limit.
    assert report.latency.mean < report.elapsed / 4 + delay.since(started_at)
    for name in COUNTS:
        assert sum(getattr(interval, name) for interval in report.timeline.intervals()) == report.to_dict()[name]
    assert pickle.loads(pickle.dumps(report)).to_dict()["timeline"] == report.to_dict()["timeline"]


def test_throttling_reasons_are_distinguished(api: Api, sandbox: sparkbot.Sandbox) -> None:
    rows = [{"phone": PHONE, "tier": str(number)} for number in range(30)]
    assert synced(api, rows).throttling_reasons == []
    limited = synced(api, rows[:2], calls_per_second=1, concurrency=1)
    assert [text.partition(" s for ")[2] for text in limited.throttling_reasons] == ["the rate limit of 1 calls per second"]
    sandbox.faults.status(429, operation="contacts.*", count=1, headers={"Retry-After": "0.3"})
    throttled = synced(api, rows, concurrency=2)
    assert throttled.throttling_reasons[0].startswith("1 responses 429 (too many calls), then paused 0.")
    assert sum(interval.rate_limited for interval in throttled.timeline.intervals()) == 1
    assert sum(interval.seconds_paused for interval in throttled.timeline.intervals()) == pytest.approx(
        throttled.throttled_by["seconds_paused"]
    )
    assert throttled.throttled_by["seconds_waited"] == 0
    sandbox.faults.offline(DEVICE, operation="contacts.*", count=3)
    offline = synced(api, rows, offline_timeout=5)
    assert offline.ok == 30
    assert [reason.partition(" was offline")[0] for reason in offline.throttling_reasons] == [DEVICE]
    assert any(interval.offline for interval in offline.timeline.intervals())


class Page(HTMLParser):
    """The elements of a page, and attributes that load or run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.foreign: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "rect", "line", "path"):
            self.open.append(tag)
        self.foreign += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "xlink:href") or name.startswith("on")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "line", "path"):
            assert self.open.pop() == tag


def test_page_escapes_texts_and_redacts_contacts(
    api: Api, sandbox: sparkbot.Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"phone": CANARY, "tier": "gold"},
        {"phone": f"{PHONE}{CANARY}", "tier": "gold"},
        {"phone": "+44 7400 900123", "tier": CANARY * 20},
        {"phone": "+44 7400 900124", "tier": "Ada Lovelace"},
        {"phone": PHONE, "tier": CANARY},
        {"phone": PHONE, "tier": {"Ada Lovelace": 1}},
    ]
    sandbox.faults.status(
        400, message=f"{CANARY} 447400900124@c.us ada@example.com Ada Lovelace", operation="contacts.*", count=1
    )
    path = tmp_path / "report.html"
    report = synced(api, rows, report=path, dead_letters=tmp_path / f"{'<script>'}.csv", concurrency=1)
    report.offline = {CANARY: 2.0}
    assert report.failed == 5
    for text in (path.read_text("utf-8"), report.to_html()):
        page = Page(text)
        assert page.open == []
        assert (page.tags.count("script"), page.foreign) == (0, [])
        assert page.tags.count("svg") >= 3
        assert not re.search(r"https?://", text)
        for secret in ("053576", "900124", "Lovelace", "ada@"):
            assert secret not in text
    print_summary(report)
    for text in (json.dumps(report.to_dict()["errors_by_type"]), report._repr_html_(), capsys.readouterr().out):
        assert "InvalidRow" in text
        assert not re.search(r"053576|90012[34]|Lovelace|ada@", text)
    assert Page(report._repr_html_()).tags.count("script") == 0


def test_dry_and_empty_runs_have_a_page(api: Api) -> None:
    for report in (synced(api, []), synced(api, [{"phone": PHONE, "tier": "x"}], dry_run=True)):
        assert Page(report.to_html()).open == []


@pytest.mark.parametrize("seconds", [0.003, 0.19, 0.8, 4, 45, 4000])
def test_times_on_the_axis_of_a_page_differ(seconds: float) -> None:
    interval = Interval(0.0, seconds, 1, 0, 0, 0, 1, 0.0, 0.0, 0, {})
    times = re.findall(r'text-anchor="middle">([^<]+)<', throughput([interval]))
    assert len(times) == len(set(times)) > 2


def test_summary_format_follows_suffix(api: Api, tmp_path: Path) -> None:
    report = synced(api, [{"phone": CHAT, "tier": "new"}], report=tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == report.to_dict()
    report.write_html(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == report.to_html()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_report_parts_are_data_frames(api: Api, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    if library == "polars":
        monkeypatch.setattr("sparkbot.frames.columns.find_spec", lambda name: name == "polars" or None)
    report = synced(api, [{"phone": PHONE, "tier": "a"}, {"phone": "4.47E+11", "tier": "b"}])
    frames = {part: report.to_frame(part) for part in ("timeline", "errors_by_type", "latency", "failures")}
    assert {type(frame).__module__.partition(".")[0] for frame in frames.values()} == {library}
    assert frames["timeline"]["ok"].sum() == 1
    assert list(frames["errors_by_type"]["type"]) == ["InvalidRow (contact: exponent)"]
    assert frames["latency"]["count"].sum() == report.calls
    assert list(frames["failures"]["phone"]) == ["4.47E+11"]
    assert next(iter(Report().to_frame("failures").columns)) == "sparkbot_row"
    with pytest.raises(InvalidArgumentError, match="timeline, errors_by_type, latency, failures"):
        report.to_frame("errors")  # type: ignore[arg-type]


@settings(max_examples=30)
@given(st.lists(st.text(min_size=1), max_size=4), st.from_regex(r"\+?[0-9]{7,15}(@c\.us)?", fullmatch=True), st.text())
def test_redacted_text_has_no_number_and_no_cell(cells: list[str], phone: str, text: str) -> None:
    row = dict(enumerate(cells))
    redacted = redact(f"{text.replace('-', ' ')} {phone}: {' '.join(cells)}", row)
    assert not re.search(r"(?<![0-9A-Za-z-])\d{7,}(?![0-9A-Za-z])", redacted, re.ASCII)
    assert not [cell for cell in map(str.strip, cells) if len(cell) > 20 and "…" not in cell and cell in redacted]


def test_redaction_keeps_public_text() -> None:
    kept = "404 Contact not found (after 2 attempts), from contacts.upsert_metadata [request sandbox-00000044]"
    assert redact(kept, {"phone": "+447362053576"}) == kept


def test_examples_per_error_type_are_limited() -> None:
    report = Report()
    for index in range(10):
        report.add(Outcome(index, {"phone": "x"}, "failed", error=InvalidArgumentError("no", field="phone")))
    (kind,) = report.to_dict()["errors_by_type"]
    assert (kind["count"], [example["row"] for example in kind["examples"]]) == (10, [0, 1, 2])
