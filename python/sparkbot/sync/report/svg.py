"""The charts of the HTML report: SVG without scripts, styled by the classes of the page. All texts are escaped here."""

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

_STATUSES = ("ok", "skipped", "failed", "unknown")
_WIDTH, _HEIGHT = 880.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 12.0, 14.0, 26.0
_TRACK_HEIGHT = 18.0
_MAX_BARS = 60
#: Ratio by which the axis of the histogram exceeds the shortest and the longest time.
_PADDING = 1.15


def outcomes(counts: Mapping[str, int]) -> str:
    """A bar divided by status."""
    total = sum(counts.values()) or 1
    boxes, left = "", 0.0
    for status in _STATUSES:
        if width := 100 * counts.get(status, 0) / total:
            boxes += _box(left, 0, width, 10, status, f"{status}: {counts[status]:,} ({width:.1f} %)")
        left += width
    label = escape(", ".join(f"{counts.get(status, 0):,} {status}" for status in _STATUSES))
    return f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{label}">{boxes}</svg>'


def throughput(intervals: Sequence[Interval]) -> str:
    """Rows per second over time, with a track below for each thing that throttled the run."""
    parts = [part for part in intervals if part.seconds > 0]
    end = max((part.start + part.seconds for part in parts), default=0.0)
    if not end:
        return ""
    top = max(max(part.done, part.calls) / part.seconds for part in parts) or 1.0
    x = _Scale(0.0, end, _LEFT, _WIDTH - _RIGHT)
    y = _Scale(0.0, top, _HEIGHT - _BOTTOM, _TOP)
    drawn = [_gridlines(y, _ticks(top)), *(_stack(part, x, y) for part in parts), _calls_line(parts, x, y)]
    drawn += [_axis_label(x(tick), _time(tick)) for tick in _ticks(end)]
    tracks = list(_throttle_shares(parts))
    for number, (name, shares) in enumerate(tracks):
        drawn.append(_throttle_track(name, shares, parts, x, _HEIGHT + _TRACK_HEIGHT * number))
    return _svg(_HEIGHT + _TRACK_HEIGHT * len(tracks), "rows per second over time", drawn)


def latencies(latency: Latency) -> str:
    """A histogram of response times on a logarithmic axis, with the percentiles marked."""
    if not latency.count:
        return ""
    shortest = max(latency.buckets[0][0], 1e-6) / _PADDING
    longest = max(latency.max, latency.buckets[-1][0], shortest * 2) * _PADDING
    x = _Scale(math.log10(shortest), math.log10(longest), _LEFT, _WIDTH - _RIGHT)
    bars = _bars(latency, x)
    y = _Scale(0.0, float(max(bars)), _HEIGHT - _BOTTOM, _TOP + 12)
    width = (x.end - x.start) / _MAX_BARS
    drawn = [_gridlines(y, _ticks(max(bars)))]
    for number, count in enumerate(bars):
        if count:
            left = x.start + number * width
            start, end = (format_milliseconds(10 ** x.invert(edge)) for edge in (left, left + width))
            tooltip = f"{count:,} responses took {start} to {end}"
            drawn.append(_box(left + 0.5, y(count), width - 1, y(0) - y(count), "ok", tooltip))
    for seconds in _decades(shortest, longest):
        drawn.append(_axis_label(x(math.log10(seconds)), format_milliseconds(seconds).replace(".0 ", " ")))
    for number, (name, q) in enumerate((("p50", 0.5), ("p95", 0.95), ("p99", 0.99))):
        seconds = latency.percentile(q)
        left = x(math.log10(max(seconds, shortest)))
        drawn.append(f'<line class="mark" x1="{left:.1f}" x2="{left:.1f}" y1="{_TOP}" y2="{y(0):.1f}"/>')
        label_x, anchor = (left - 3, "end") if left > _WIDTH - 110 else (left + 3, "start")
        drawn.append(_label(label_x, _TOP + 9 + 13 * number, f"{name} {format_milliseconds(seconds)}", anchor, "strong"))
    return _svg(_HEIGHT, "response times", drawn)


class _Scale:
    """Maps values linearly to coordinates."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.start, self.end = start, end
        self._low, self._span = low, (high - low) or 1.0

    def __call__(self, value: float) -> float:
        return self.start + (value - self._low) / self._span * (self.end - self.start)

    def invert(self, coordinate: float) -> float:
        return self._low + (coordinate - self.start) / (self.end - self.start) * self._span


def _bars(latency: Latency, x: _Scale) -> list[int]:
    bars = [0] * _MAX_BARS
    for start, end, count in latency.buckets:
        middle = max((start + min(end, latency.max or end)) / 2, 1e-6)
        share = (x(math.log10(middle)) - x.start) / (x.end - x.start)
        bars[min(max(int(share * _MAX_BARS), 0), _MAX_BARS - 1)] += count
    return bars


def _stack(part: Interval, x: _Scale, y: _Scale) -> str:
    """The outcomes of an interval, stacked by status."""
    counts = ", ".join(f"{getattr(part, status):,} {status}" for status in _STATUSES if getattr(part, status))
    tooltip = f"after {format_duration(part.start)}: {part.done / part.seconds:,.0f} rows/s ({counts})"
    boxes, base, left, right = "", 0.0, x(part.start), x(part.start + part.seconds)
    for status in _STATUSES:
        if rate := getattr(part, status) / part.seconds:
            boxes += _box(left, y(base + rate), right - left, y(base) - y(base + rate), status, tooltip)
            base += rate
    return boxes


def _calls_line(parts: Sequence[Interval], x: _Scale, y: _Scale) -> str:
    """Calls sent per second; outcomes may be emitted later."""
    steps = [f"{y(part.calls / part.seconds):.1f}H{x(part.start + part.seconds):.1f}" for part in parts]
    return f'<path class="calls" d="M{x(parts[0].start):.1f} {"V".join(steps)}"/>' if any(part.calls for part in parts) else ""


def _throttle_shares(parts: Sequence[Interval]) -> Iterator[tuple[str, list[float]]]:
    """What throttled the run, and for which share of each interval."""
    shares = {
        "limit": [part.seconds_waited / part.seconds for part in parts],
        "429": [part.seconds_paused / part.seconds for part in parts],
        "offline": [max(part.offline.values(), default=0.0) / part.seconds for part in parts],
    }
    return (track for track in shares.items() if max(track[1]) >= 0.01)


def _throttle_track(name: str, shares: list[float], parts: Sequence[Interval], x: _Scale, top: float) -> str:
    track = _label(_LEFT - 6, top + _TRACK_HEIGHT - 5, name, "end")
    for part, share in zip(parts, shares, strict=True):
        if share >= 0.01:
            opacity, left, right = min(share, 1.0), x(part.start), x(part.start + part.seconds)
            tooltip = f"{name}: {opacity:.0%} of the time after {format_duration(part.start)}"
            track += _box(left, top + 3, right - left, _TRACK_HEIGHT - 6, "throttled", tooltip, opacity=opacity)
    return track


def _ticks(top: float) -> list[float]:
    """Three to six round values from 0 to `top`."""
    if top <= 0:
        return [0.0]
    step = 10 ** math.floor(math.log10(top))
    step = next(size for size in (step / 5, step / 2, step, step * 2) if top / size <= 5)
    return [round(step * number, 9) for number in range(int(top / step + 1e-9) + 1)]


def _decades(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    values = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
    visible = [value for value in values if low <= value <= high]
    return visible if len(visible) <= 9 else [value for value in visible if f"{value:e}"[0] == "1"]


def _time(seconds: float) -> str:
    # Ticks may be less than 0.1 s apart.
    return f"{seconds:g} s" if seconds < 10 else format_duration(seconds)


def _gridlines(y: _Scale, ticks: Iterable[float]) -> str:
    return "".join(
        f'<line class="rule" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        + _label(_LEFT - 6, y(tick) + 4, f"{tick:,g}", "end")
        for tick in ticks
    )


def _box(x: float, y: float, width: float, height: float, css_class: str, tooltip: str, *, opacity: float = 1.0) -> str:
    fill = "" if opacity == 1.0 else f' fill-opacity="{opacity:.2f}"'
    bounds = f'x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}"'
    return f'<rect class="{css_class}" {bounds}{fill}><title>{escape(tooltip)}</title></rect>'


def _axis_label(x: float, text: str) -> str:
    return _label(x, _HEIGHT - 8, text, "middle")


def _label(x: float, y: float, text: str, anchor: str, css_class: str = "") -> str:
    attribute = f' class="{css_class}"' if css_class else ""
    return f'<text{attribute} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(height: float, label: str, parts: Iterable[str]) -> str:
    return f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
