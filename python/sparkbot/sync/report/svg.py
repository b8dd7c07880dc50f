"""The plots of a report's page: SVG without scripts, coloured by the page's own classes. All texts are escaped here."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from sparkbot.batch.latency import format_milliseconds
from sparkbot.batch.progress import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sparkbot.batch.latency import Latency
    from sparkbot.batch.timeline import Interval

STATUSES = ("ok", "skipped", "failed", "unknown")

_WIDTH, _HEIGHT = 880.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 12.0, 14.0, 26.0
_LANE = 18.0
#: Bars of the histogram, at most.
_BARS = 60
#: The histogram's axis begins at this share of what is shortest, and ends as much beyond what is longest.
_AIR = 1.15


def outcomes(counts: Mapping[str, int]) -> str:
    """One bar, cut by what became of the rows."""
    total = sum(counts.values()) or 1
    parts, left = [], 0.0
    for status in STATUSES:
        width = 100 * counts.get(status, 0) / total
        if width:
            said = f"{status}: {counts[status]:,} ({width:.1f} %)"
            parts.append(_box(left, 0, width, 10, status, said))
        left += width
    name = escape(", ".join(f"{counts.get(status, 0):,} {status}" for status in STATUSES))
    return (
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{name}">{"".join(parts)}</svg>'
    )


def throughput(intervals: Sequence[Interval]) -> str:
    """Rows a second over the time of the run, with a lane below for each thing that held it back."""
    parts = [part for part in intervals if part.seconds > 0]
    end = max((part.start + part.seconds for part in parts), default=0.0)
    if not end:
        return ""
    top = max(max(part.done, part.calls) / part.seconds for part in parts) or 1.0
    lanes = list(_lanes(parts))
    height = _HEIGHT + _LANE * len(lanes)
    x = _Scale(0.0, end, _LEFT, _WIDTH - _RIGHT)
    y = _Scale(0.0, top, _HEIGHT - _BOTTOM, _TOP)
    drawn = [_rules(y, _ticks(top), "{:,g}")]
    for part in parts:
        base = 0.0
        said = _said(part)
        for status in STATUSES:
            rate = getattr(part, status) / part.seconds
            if rate:
                left, right = x(part.start), x(part.start + part.seconds)
                drawn.append(_box(left, y(base + rate), right - left, y(base) - y(base + rate), status, said))
                base += rate
    drawn.append(_line(parts, x, y))
    drawn += [_label(x(at), _HEIGHT - 8, format_duration(at) if at else "0", "middle") for at in _ticks(end)]
    for number, (name, shares) in enumerate(lanes):
        drawn.append(_lane(name, shares, parts, x, _HEIGHT + _LANE * number))
    return _svg(height, "rows a second over time", drawn)


def latencies(latency: Latency) -> str:
    """How many answers took how long, on a logarithmic axis, with the percentiles marked."""
    if not latency.count:
        return ""
    shortest = max(latency.buckets[0][0], 1e-6) / _AIR
    longest = max(latency.max, latency.buckets[-1][0], shortest * 2) * _AIR
    x = _Scale(math.log10(shortest), math.log10(longest), _LEFT, _WIDTH - _RIGHT)
    bars = _bars(latency, x)
    most = max(bars)
    y = _Scale(0.0, float(most), _HEIGHT - _BOTTOM, _TOP + 12)
    width = (x.end - x.start) / _BARS
    drawn = [_rules(y, _ticks(most), "{:,g}")]
    for number, count in enumerate(bars):
        if count:
            left = x.start + number * width
            start, end = (format_milliseconds(10 ** x.back(edge)) for edge in (left, left + width))
            said = f"{count:,} answers took {start} to {end}"
            drawn.append(_box(left + 0.5, y(count), width - 1, y(0) - y(count), "ok", said))
    drawn += [_label(x(math.log10(at)), _HEIGHT - 8, format_milliseconds(at).replace(".0 ", " "), "middle")
              for at in _decades(shortest, longest)]  # fmt: skip
    for number, (name, share) in enumerate((("p50", 0.5), ("p95", 0.95), ("p99", 0.99))):
        at = x(math.log10(max(latency.percentile(share), shortest)))
        drawn.append(f'<line class="mark" x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP}" y2="{y(0):.1f}"/>')
        said = f"{name} {format_milliseconds(latency.percentile(share))}"
        beside, anchor = (at - 3, "end") if at > _WIDTH - 110 else (at + 3, "start")
        drawn.append(_label(beside, _TOP + 9 + 13 * number, said, anchor, "strong"))
    return _svg(_HEIGHT, "how long answers took", drawn)


class _Scale:
    """Values onto a length of the drawing."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.start, self.end = start, end
        self._low, self._span = low, (high - low) or 1.0

    def __call__(self, value: float) -> float:
        return self.start + (value - self._low) / self._span * (self.end - self.start)

    def back(self, place: float) -> float:
        return self._low + (place - self.start) / (self.end - self.start) * self._span


def _bars(latency: Latency, x: _Scale) -> list[int]:
    bars = [0] * _BARS
    for start, end, count in latency.buckets:
        middle = max((start + min(end, latency.max or end)) / 2, 1e-6)
        share = (x(math.log10(middle)) - x.start) / (x.end - x.start)
        bars[min(max(int(share * _BARS), 0), _BARS - 1)] += count
    return bars


def _line(parts: Sequence[Interval], x: _Scale, y: _Scale) -> str:
    """The calls: what was really under way, whatever the outcomes wait for."""
    steps = [f"{y(part.calls / part.seconds):.1f}H{x(part.start + part.seconds):.1f}" for part in parts]
    return f'<path class="calls" d="M{x(parts[0].start):.1f} {"V".join(steps)}"/>' if any(part.calls for part in parts) else ""


def _lanes(parts: Iterable[Interval]) -> Iterator[tuple[str, list[float]]]:
    """What held the run back, and in each part for which share of the time."""
    parts = list(parts)
    names = dict.fromkeys(name for part in parts for name in part.offline)
    found = {
        "limit": [part.seconds_waited / part.seconds for part in parts],
        "429": [part.seconds_paused / part.seconds for part in parts],
        "offline": [max((part.offline.get(name, 0.0) for name in names), default=0.0) / part.seconds for part in parts],
    }
    return ((name, shares) for name, shares in found.items() if max(shares) >= 0.01)


def _lane(name: str, shares: list[float], parts: Sequence[Interval], x: _Scale, top: float) -> str:
    boxes = []
    for part, share in zip(parts, shares, strict=True):
        if share >= 0.01:
            left, right = x(part.start), x(part.start + part.seconds)
            said = f"{name}: {min(share, 1.0):.0%} of the time after {format_duration(part.start)}"
            boxes.append(_box(left, top + 3, right - left, _LANE - 6, "held", said, opacity=min(share, 1.0)))
    return _label(_LEFT - 6, top + _LANE - 5, name, "end") + "".join(boxes)


def _said(part: Interval) -> str:
    counts = ", ".join(f"{getattr(part, status):,} {status}" for status in STATUSES if getattr(part, status))
    return f"after {format_duration(part.start)}: {part.done / part.seconds:,.0f} rows/s ({counts})"


def _ticks(top: float) -> list[float]:
    """Round values from 0 to `top`, three to six of them."""
    if top <= 0:
        return [0.0]
    step = 10 ** math.floor(math.log10(top))
    step = next(size for size in (step / 5, step / 2, step, step * 2) if top / size <= 5)
    return [round(step * number, 9) for number in range(int(top / step + 1e-9) + 1)]


def _decades(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
    shown = [at for at in fine if low <= at <= high]
    return shown if len(shown) <= 9 else [at for at in shown if f"{at:e}"[0] == "1"]


def _rules(y: _Scale, ticks: Iterable[float], form: str) -> str:
    lines = []
    for tick in ticks:
        at = y(tick)
        lines.append(f'<line class="rule" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        lines.append(_label(_LEFT - 6, at + 4, form.format(tick), "end"))
    return "".join(lines)


def _box(x: float, y: float, width: float, height: float, kind: str, said: str, *, opacity: float = 1.0) -> str:
    shade = "" if opacity == 1.0 else f' fill-opacity="{opacity:.2f}"'
    place = f'x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}"'
    return f'<rect class="{kind}" {place}{shade}><title>{escape(said)}</title></rect>'


def _label(x: float, y: float, text: str, anchor: str, kind: str = "") -> str:
    chosen = f' class="{kind}"' if kind else ""
    return f'<text{chosen} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(height: float, name: str, parts: Iterable[str]) -> str:
    return f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{escape(name)}">{"".join(parts)}</svg>'
