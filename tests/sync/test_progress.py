"""How far a run is, for programs and for people."""

from __future__ import annotations

import io
from typing import Any

import pytest

from sparkbot.batch.progress import HtmlBar, Lines, Ticker, TqdmBar, as_line, tickers
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import Outcome, Progress, Report
from sparkbot.sync.options import Settings


class Seen:
    def __init__(self) -> None:
        self.shown: list[Progress] = []
        self.closed = 0

    def show(self, progress: Progress) -> None:
        self.shown.append(progress)

    def close(self) -> None:
        self.closed += 1


def test_updates_are_rare_and_the_last_one_is_certain() -> None:
    seen, report = Seen(), Report()
    ticker = Ticker(seen, interval=3600)
    for index in range(100):
        report.add(Outcome(index, {}, "ok"))
        ticker.tick(report, 100)
    ticker.finish(report, 100)
    assert [progress.done for progress in seen.shown] == [1, 100]
    assert seen.closed == 1


def test_a_callback_hears_the_counts() -> None:
    heard: list[Progress] = []
    (ticker,) = tickers("off", heard.append)
    report = Report()
    report.add(Outcome(0, {}, "skipped"))
    ticker.finish(report, None)
    assert (heard[0].done, heard[0].total, heard[0].skipped) == (1, None, 1)


def test_lines_say_how_far_and_how_long() -> None:
    assert as_line(Progress(50, 200, 48, 0, 2, 0, 10.0)) == "50 of 200 rows (25 %), 48 ok, 2 failed, 10 rows/s, 15 s left"
    assert as_line(Progress(50, None, 50, 0, 0, 0, 10.0)) == "50 rows, 50 ok, 10 rows/s"
    stream = io.StringIO()
    Lines(stream).show(Progress(0, 0, 0, 0, 0, 0, 0.0))
    assert stream.getvalue() == "0 rows, 0 rows/s\n"


def test_a_finished_bar_is_not_shown_twice() -> None:
    seen, report = Seen(), Report()
    ticker = Ticker(seen, interval=0)
    report.add(Outcome(0, {}, "ok"))
    ticker.tick(report, 1)
    ticker.finish(report, 1)
    assert len(seen.shown) == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"progress": "loud"}, "auto, bar, lines, off"),
        ({"empty": "keep"}, "skip, clear, fail"),
        ({"on_missing": "ignore"}, "fail, create, skip"),
        ({"concurrency": 0}, "from 1 to 1024"),
        ({"concurrency": True}, "from 1 to 1024"),
    ],
)
def test_a_wrong_option_is_refused_by_name(options: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidArgumentError, match=says) as caught:
        Settings(**options)
    assert caught.value.field == next(iter(options))


def test_a_notebook_draws_a_bar_only_where_the_end_is_known() -> None:
    drawn: list[Any] = []

    class Handle:
        update = staticmethod(drawn.append)

    def display(first: object, *, display_id: bool) -> type[Handle]:
        drawn.append(first)
        return Handle

    bar = HtmlBar(display)
    bar.show(Progress(50, 200, 48, 0, 2, 0, 10.0))
    bar.show(Progress(50, None, 50, 0, 0, 0, 10.0))
    said = "50 of 200 rows (25 %), 48 ok, 2 failed, 10 rows/s, 15 s left"
    assert [repr(one) for one in drawn] == ["0 rows, 0 rows/s", said, "50 rows, 50 ok, 10 rows/s"]
    assert [one._repr_html_() for one in drawn] == [
        "0 rows, 0 rows/s",
        f'<progress max="200" value="50"></progress> {said}',
        "50 rows, 50 ok, 10 rows/s",
    ]


def test_a_bar_of_tqdm_ends_at_the_end() -> None:
    tqdm = pytest.importorskip("tqdm").tqdm
    stream = io.StringIO()
    bar = TqdmBar(lambda unit: tqdm(unit=unit, file=stream, mininterval=0))
    bar.show(Progress(50, 200, 48, 0, 2, 0, 10.0))
    bar.show(Progress(200, 200, 190, 0, 10, 0, 10.0))
    bar.close()
    assert "25%" in stream.getvalue()
    last = stream.getvalue().split("\r")[-1]
    assert "200/200" in last
    assert "190 ok, 10 failed" in last
