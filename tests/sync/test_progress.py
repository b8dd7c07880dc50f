"""Progress reports: interval, lines and bars."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CHAT, DEVICE

import sparkbot
from sparkbot.batch import progress as module
from sparkbot.batch.progress import ProgressReporter, format_line, open_reporters
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import Outcome, Progress, Report
from sparkbot.sync.options import resolve

HALF = Progress(50, 200, 48, 0, 2, 0, 10.0)
HALF_LINE = "50 of 200 rows (25 %), 48 ok, 2 failed, 10 rows/s, 15 s left"
UNBOUNDED = Progress(50, None, 50, 0, 0, 0, 10.0)


class Display:
    def __init__(self) -> None:
        self.shown: list[Progress] = []
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def test_shows_first_and_last_state_within_interval() -> None:
    display, report = Display(), Report()
    reporter = ProgressReporter(display.shown.append, 3600, display.close)
    for index in range(100):
        report.add(Outcome(index, {}, "ok"))
        reporter.update(report, 100)
    reporter.finish(report, 100)
    assert [progress.done for progress in display.shown] == [1, 100]
    assert display.closed == 1


def test_callback_receives_counts() -> None:
    received: list[Progress] = []
    (reporter,) = open_reporters("off", received.append)
    report = Report()
    report.add(Outcome(0, {}, "skipped"))
    reporter.finish(report, None)
    assert (received[0].done, received[0].total, received[0].skipped) == (1, None, 1)


def test_lines_show_counts_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert format_line(HALF) == HALF_LINE
    assert format_line(UNBOUNDED) == "50 rows, 50 ok, 10 rows/s"
    (reporter,) = open_reporters("lines", None)
    reporter.finish(Report(), 0)
    assert capsys.readouterr().err == "0 rows, 0 rows/s\n"


@pytest.mark.parametrize("option", [True, "bar"])
def test_true_is_a_bar_in_every_run(sandbox: sparkbot.Sandbox, capsys: pytest.CaptureFixture[str], option: Any) -> None:
    with sandbox.client() as client:
        sparkbot.sync_metadata(client, DEVICE, [{"wid": CHAT, "tier": "gold"}], progress=option)
        client.map(client.chats.get, [{"chat": CHAT}], device=DEVICE, progress=option).collect()
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in lines if "1 ok" in line] == ["1 of 1 rows (100 %)", "1 of 1 items (100 %)"]


@pytest.mark.parametrize("option", [False, "off", "auto"])
def test_false_shows_nothing(sandbox: sparkbot.Sandbox, capsys: pytest.CaptureFixture[str], option: Any) -> None:
    with sandbox.client() as client:
        sparkbot.sync_metadata(client, DEVICE, [{"wid": CHAT, "tier": "gold"}], progress=option)
    assert capsys.readouterr().err == ""


def test_function_receives_progress_as_in_map(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    received: list[Progress] = []
    with sandbox.client() as client:
        sparkbot.sync_metadata(client, DEVICE, [{"wid": CHAT, "tier": "gold"}], progress=received.append)
        assert received[-1].done == 1
        sparkbot.export_contacts(client, DEVICE, tmp_path / "all.csv", progress=received.append)
        assert received[-1].noun == "contacts"


def test_final_state_is_shown_once() -> None:
    display, report = Display(), Report()
    reporter = ProgressReporter(display.shown.append, 0)
    report.add(Outcome(0, {}, "ok"))
    reporter.update(report, 1)
    reporter.finish(report, 1)
    assert len(display.shown) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"progress": "loud"}, "auto, bar, lines, off"),
        ({"progress": 3}, "True, False, a function"),
        ({"empty": "keep"}, "skip, clear, fail"),
        ({"on_missing": "ignore"}, "fail, create, skip"),
        ({"concurrency": 0}, "from 1 to 1024"),
        ({"concurrency": True}, "from 1 to 1024"),
    ],
)
def test_invalid_option_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message) as caught:
        resolve(options)
    assert caught.value.field == next(iter(options))


class Source:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def progress(self, total: int | None) -> Progress:
        return self._progress


def show(reporter: ProgressReporter, *states: Progress) -> None:
    for state in states:
        reporter.finish(Source(state), None)


def test_html_bar_is_drawn_when_total_is_known() -> None:
    bundles: list[dict[str, str]] = []

    class Handle:
        @staticmethod
        def update(bundle: dict[str, str], *, raw: bool) -> None:
            bundles.append(bundle)

    show(module._html_bar(lambda *_, **__: Handle), HALF, Progress(51, None, 51, 0, 0, 0, 10.0))
    assert [bundle["text/plain"] for bundle in bundles] == [HALF_LINE, "51 rows, 51 ok, 10 rows/s"]
    assert [bundle["text/html"] for bundle in bundles] == [
        f'<progress max="200" value="50"></progress> {HALF_LINE}',
        "51 rows, 51 ok, 10 rows/s",
    ]


def test_tqdm_bar_reaches_total() -> None:
    tqdm = pytest.importorskip("tqdm").tqdm
    stream = io.StringIO()
    bar = module._tqdm_bar(lambda unit: tqdm(unit=unit, file=stream, mininterval=0))
    bar._show(HALF)
    show(bar, Progress(200, 200, 190, 0, 10, 0, 10.0))
    assert "25%" in stream.getvalue()
    last = stream.getvalue().split("\r")[-1]
    assert "200/200" in last
    assert "190 ok, 10 failed" in last
