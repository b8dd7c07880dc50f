"""How far a run is: for programs as a callback, for people as a bar or as lines."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, Protocol, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

#: `auto`: a bar in a notebook, nothing elsewhere. `bar`: a bar on a terminal or in a notebook, lines elsewhere.
Display = Literal["auto", "bar", "lines", "off"]
DISPLAYS = ("auto", "bar", "lines", "off")

_CALLBACK_INTERVAL = 0.25
_LINE_INTERVAL = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `total` is None for a generator; `rate` is how many a second since the start, `noun` what they are."""

    done: int
    total: int | None
    ok: int
    skipped: int
    failed: int
    unknown: int
    rate: float
    noun: str = "rows"
    #: Devices that are offline and waited for.
    waiting_for: tuple[str, ...] = ()


class Counted(Protocol):
    """Something that knows how far a run is."""

    def progress(self, total: int | None) -> Progress: ...


class View(Protocol):
    """Something that shows progress."""

    def show(self, progress: Progress) -> None: ...

    def close(self) -> None: ...


class Ticker:
    """Passes progress on at most every `interval` seconds, and always the last one."""

    def __init__(self, view: View, interval: float) -> None:
        self._view = view
        self._interval = interval
        self._due = time.monotonic()
        self._shown: int | None = None

    def tick(self, counted: Counted, total: int | None) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + self._interval
            self._show(counted.progress(total))

    def finish(self, counted: Counted, total: int | None) -> None:
        try:
            last = counted.progress(total)
            if self._shown != last.done:
                self._show(last)
        finally:
            self._view.close()

    def _show(self, progress: Progress) -> None:
        self._shown = progress.done
        self._view.show(progress)


def tickers(display: Display, callback: Callable[[Progress], object] | None) -> list[Ticker]:
    """Everything that wants to hear how far the run is."""
    found = [Ticker(_Callback(callback), _CALLBACK_INTERVAL)] if callback else []
    view = _view(display)
    if view is not None:
        found.append(Ticker(view, _LINE_INTERVAL if isinstance(view, Lines) else 0.1))
    return found


def _view(display: Display) -> View | None:
    if display == "lines":
        return Lines(sys.stderr)
    if display == "off":
        return None
    bar = _notebook_bar() if _in_notebook() else _terminal_bar() if display == "bar" else None
    return bar or (Lines(sys.stderr) if display == "bar" else None)


def _in_notebook() -> bool:
    # The kernel has loaded IPython long before; asking for it in a plain program would cost half a second.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def _notebook_bar() -> View:
    # Without ipywidgets tqdm warns, and draws its bar as red text on stderr.
    if find_spec("ipywidgets") and find_spec("tqdm"):
        return TqdmBar(import_module("tqdm.auto").tqdm)
    return HtmlBar(import_module("IPython.display").display)


def _terminal_bar() -> View | None:
    if not sys.stderr.isatty():
        return None
    try:
        return RichBar()
    except ImportError:
        return None


class _Callback:
    def __init__(self, callback: Callable[[Progress], object]) -> None:
        self._callback = callback

    def show(self, progress: Progress) -> None:
        self._callback(progress)

    def close(self) -> None:
        pass


class Lines:
    """One line a second, for logs and pipes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, progress: Progress) -> None:
        self._stream.write(as_line(progress) + "\n")
        self._stream.flush()

    def close(self) -> None:
        pass


def as_line(progress: Progress) -> str:
    """`1,200 of 3,000 rows (40 %), 1,180 ok, 20 failed, 300 rows/s, 6 s left`."""
    done, total, rate, noun = progress.done, progress.total, progress.rate, progress.noun
    counted = f"{done:,} {noun}" if not total else f"{done:,} of {total:,} {noun} ({100 * done // total} %)"
    parts = [counted, *_counts(progress), f"{rate:,.0f} {noun}/s"]
    if total and rate and done < total:
        parts.append(f"{duration((total - done) / rate)} left")
    if progress.waiting_for:
        parts.append(_waiting(progress))
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """A length of time for people: `0.4 s`, `3 min 20 s`, `27 h 46 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _waiting(progress: Progress) -> str:
    return f"waiting for {', '.join(progress.waiting_for)} (offline)"


def _counts(progress: Progress) -> list[str]:
    counts = {"ok": progress.ok, "skipped": progress.skipped, "failed": progress.failed, "unknown": progress.unknown}
    return [f"{count:,} {name}" for name, count in counts.items() if count]


class RichBar:
    """A bar on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
        self._bars = Bars(*columns, console=Console(stderr=True))
        self._task = self._bars.add_task("", total=None)
        self._bars.start()

    def show(self, progress: Progress) -> None:
        parts = [*_counts(progress), f"{progress.rate:,.0f} {progress.noun}/s"]
        said = ", ".join([*parts, _waiting(progress)] if progress.waiting_for else parts)
        self._bars.update(self._task, completed=progress.done, total=progress.total, description=said)

    def close(self) -> None:
        self._bars.stop()


class HtmlBar:
    """A bar in a notebook that needs nothing but the notebook, and is still there when the saved notebook is read elsewhere."""

    def __init__(self, display: Any) -> None:
        self._handle = display(_Drawn(Progress(0, None, 0, 0, 0, 0, 0.0)), display_id=True)

    def show(self, progress: Progress) -> None:
        self._handle.update(_Drawn(progress))

    def close(self) -> None:
        pass


class _Drawn:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __repr__(self) -> str:
        return as_line(self._progress)

    def _repr_html_(self) -> str:
        done, total = self._progress.done, self._progress.total
        bar = f'<progress max="{total}" value="{done}"></progress> ' if total else ""
        return bar + as_line(self._progress)


class TqdmBar:
    """A bar in a notebook that has ipywidgets."""

    def __init__(self, make: Any) -> None:
        self._bar = make(unit="")

    def show(self, progress: Progress) -> None:
        self._bar.unit = f" {progress.noun}"
        self._bar.total = progress.total
        self._bar.set_postfix_str(", ".join(_counts(progress)), refresh=False)
        self._bar.update(progress.done - self._bar.n)
        self._bar.refresh()

    def close(self) -> None:
        self._bar.close()
