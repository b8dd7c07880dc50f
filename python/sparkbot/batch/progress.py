"""Progress of a run: passed to a callback, drawn as a bar, or printed as lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, Protocol, TypeAlias

from sparkbot.errors import InvalidArgumentError

#: `auto`: a bar in a notebook, nothing elsewhere. `bar`: a bar on a terminal or in a notebook, lines elsewhere.
Display = Literal["auto", "bar", "lines", "off"]
DISPLAYS = ("auto", "bar", "lines", "off")

# Seconds between updates.
_CALLBACK_INTERVAL = 0.25
_LINE_INTERVAL = 1.0
_BAR_INTERVAL = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a run.

    Attributes:
        done: Items that are finished.
        total: Number of items, or None if it is unknown.
        ok, skipped, failed, unknown: Finished items by status.
        rate: Finished items per second since the start.
        noun: What is counted: `rows`, `items` or `contacts`.
        waiting_for: Names of offline devices that the run waits for.
    """

    done: int
    total: int | None
    ok: int
    skipped: int
    failed: int
    unknown: int
    rate: float
    noun: str = "rows"
    waiting_for: tuple[str, ...] = ()


#: What the argument `progress` of every run accepts. True is `bar`, False is `off`; a function receives a `Progress`.
ProgressOption: TypeAlias = Display | bool | Callable[[Progress], object]


def check_progress(option: object) -> None:
    """Raises `InvalidArgumentError` for what is no `ProgressOption`."""
    if not (isinstance(option, bool) or callable(option) or option in DISPLAYS):
        raise InvalidArgumentError(
            f"progress is {option!r}: give True, False, a function, or one of {', '.join(DISPLAYS)}", field="progress"
        )


class HasProgress(Protocol):
    def progress(self, total: int | None) -> Progress: ...


class ProgressReporter:
    """Shows progress at most once per `interval` seconds; the final state is always shown."""

    def __init__(self, show: Callable[[Progress], object], interval: float, close: Callable[[], object] | None = None) -> None:
        self._show = show
        self._interval = interval
        self._close = close
        self._due = time.monotonic()
        self._last: int | None = None

    def update(self, source: HasProgress, total: int | None) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + self._interval
            self._report(source.progress(total))

    def finish(self, source: HasProgress, total: int | None) -> None:
        try:
            progress = source.progress(total)
            if self._last != progress.done:
                self._report(progress)
        finally:
            if self._close is not None:
                self._close()

    def _report(self, progress: Progress) -> None:
        self._last = progress.done
        self._show(progress)


def open_reporters(option: ProgressOption, callback: Callable[[Progress], object] | None = None) -> list[ProgressReporter]:
    """The reporters of a run: one for each callback, one for the display."""
    callbacks = [function for function in (callback, option) if callable(function)]
    shown = _open_display("bar" if option is True else "off" if option is False or callable(option) else option)
    reporters = [ProgressReporter(function, _CALLBACK_INTERVAL) for function in callbacks]
    return reporters if shown is None else [*reporters, shown]


def _open_display(display: Display) -> ProgressReporter | None:
    if display in ("auto", "bar") and _in_notebook():
        # Without ipywidgets tqdm warns, and draws its bar as red text on stderr.
        has_widgets = find_spec("ipywidgets") and find_spec("tqdm")
        return _tqdm_bar(import_module("tqdm.auto").tqdm) if has_widgets else _html_bar(import_module("IPython.display").display)
    if display == "bar" and sys.stderr.isatty() and find_spec("rich"):
        return _rich_bar()
    return ProgressReporter(_print_line, _LINE_INTERVAL) if display in ("bar", "lines") else None


def _in_notebook() -> bool:
    # A kernel has already imported IPython; importing it in a plain program would take half a second.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def _print_line(progress: Progress) -> None:
    print(format_line(progress), file=sys.stderr, flush=True)


def _rich_bar() -> ProgressReporter:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    bar = RichProgress(*columns, console=Console(stderr=True))
    task = bar.add_task("", total=None)
    bar.start()

    def show(progress: Progress) -> None:
        description = ", ".join(filter(None, [*_counts(progress), _rate(progress), _waiting(progress)]))
        bar.update(task, completed=progress.done, total=progress.total, description=description)

    return ProgressReporter(show, _BAR_INTERVAL, bar.stop)


def _tqdm_bar(tqdm: Any) -> ProgressReporter:
    bar = tqdm(unit="")

    def show(progress: Progress) -> None:
        bar.unit = f" {progress.noun}"
        bar.total = progress.total
        bar.set_postfix_str(", ".join(_counts(progress)), refresh=False)
        bar.update(progress.done - bar.n)
        bar.refresh()

    return ProgressReporter(show, _BAR_INTERVAL, bar.close)


def _html_bar(display: Any) -> ProgressReporter:
    """A bar without tqdm, which a saved notebook still shows."""
    handle = display({"text/plain": ""}, raw=True, display_id=True)

    def show(progress: Progress) -> None:
        line = format_line(progress)
        bar = f'<progress max="{progress.total}" value="{progress.done}"></progress> ' if progress.total else ""
        handle.update({"text/plain": line, "text/html": bar + line}, raw=True)

    return ProgressReporter(show, _BAR_INTERVAL)


def format_line(progress: Progress) -> str:
    """`1,200 of 3,000 rows (40 %), 1,180 ok, 20 failed, 300 rows/s, 6 s left`."""
    done, total, noun = progress.done, progress.total, progress.noun
    count = f"{done:,} {noun}" if not total else f"{done:,} of {total:,} {noun} ({100 * done // total} %)"
    left = f"{format_duration((total - done) / progress.rate)} left" if total and progress.rate and done < total else ""
    return ", ".join(filter(None, [count, *_counts(progress), _rate(progress), left, _waiting(progress)]))


def _rate(progress: Progress) -> str:
    return f"{progress.rate:,.0f} {progress.noun}/s"


def _waiting(progress: Progress) -> str:
    return f"waiting for {', '.join(progress.waiting_for)} (offline)" if progress.waiting_for else ""


def _counts(progress: Progress) -> list[str]:
    counts = {"ok": progress.ok, "skipped": progress.skipped, "failed": progress.failed, "unknown": progress.unknown}
    return [f"{count:,} {status}" for status, count in counts.items() if count]


def format_duration(seconds: float) -> str:
    """`0.4 s`, `3 min 20 s`, `27 h 46 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
