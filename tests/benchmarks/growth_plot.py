"""Draws the growth as SVG: one panel each for time, CPU and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.benchmarks.growth import Point

#: Colours that remain distinct to colour-blind readers; the markers and the labels differ too.
STYLES = (("#0b6e4f", "o"), ("#3a9d7a", "s"), ("#7a5195", "^"), ("#b8621b", "D"))
PANELS: tuple[tuple[str, Callable[[Point], float]], ...] = (
    ("time per call, ms", lambda point: point.milliseconds),
    ("CPU per call, µs", lambda point: point.cpu),
    ("peak memory, MB", lambda point: point.megabytes),
)


#: Text as text, and the same file for the same figures.
SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "sparkbot",
    "font.family": "sans-serif",
    "font.size": 9,
}


def draw(path: Path, lines: Mapping[str, Sequence[Point]]) -> None:
    """A line for each client."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with plt.rc_context(SETTINGS):
        figure, panels = plt.subplots(1, len(PANELS), figsize=(9.6, 3.4), layout="constrained")
        for axes, (title, value) in zip(panels, PANELS, strict=True):
            for (name, points), style in zip(lines.items(), STYLES, strict=True):
                _line(axes, name, sorted(points, key=lambda point: point.under_way), value, style)
            _decorate(axes, title)
        handles, names = panels[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)


def _line(axes: Any, name: str, points: Sequence[Point], value: Callable[[Point], float], style: tuple[str, str]) -> None:
    sizes, values = [point.under_way for point in points], [value(point) for point in points]
    axes.plot(sizes, values, color=style[0], marker=style[1], markersize=4, linewidth=1.6, label=name)


def _decorate(axes: Any, title: str) -> None:
    from matplotlib.ticker import LogLocator

    axes.set(title=title, xlabel="calls in flight", xscale="log", yscale="log")
    axes.minorticks_off()
    low, high = axes.get_ylim()
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high < 100 * low else (1,)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
