"""The scheduler delay of this machine, which other work or a hypervisor adds to every measured time."""

from __future__ import annotations

import os
import threading
import time

#: Seconds between two samples.
INTERVAL = 0.01
#: The delay of an idle machine.
IDLE_DELAY = 0.005
#: Further processors are not watched, because that would be a load itself.
MAX_PROCESSORS = 8


class _ProcessorWatch:
    """Measures how late one processor wakes a thread. A hypervisor may pause one of several processors."""

    def __init__(self, processor: int | None) -> None:
        self.processor = processor
        self.delays: list[tuple[float, float]] = []
        self.due = time.monotonic() + INTERVAL
        self.lock = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        if self.processor is not None:
            os.sched_setaffinity(0, {self.processor})
        while True:
            time.sleep(INTERVAL)
            with self.lock:
                now = time.monotonic()
                if now - self.due > IDLE_DELAY:
                    self.delays.append((now, now - self.due))
                    del self.delays[:-1000]
                self.due = now + INTERVAL

    def since(self, start: float) -> float:
        """The total delay since `start`: a call wakes often and may be late each time."""
        with self.lock:
            # After a pause of the whole process, this thread may run before the watching thread.
            now = time.monotonic() - self.due
            return sum(delay for at, delay in self.delays if at >= start) + (now if now > IDLE_DELAY else 0)


class _DelayMeter:
    """The delay of the slowest processor."""

    def __init__(self) -> None:
        processors = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [None]
        self._watches = [_ProcessorWatch(processor) for processor in processors[:MAX_PROCESSORS]]

    def since(self, start: float) -> float:
        return max(watch.since(start) for watch in self._watches)


_LOCK = threading.Lock()
_METERS: list[_DelayMeter] = []


def scheduler_delay() -> _DelayMeter:
    """The meter of this process; the first call starts it."""
    with _LOCK:
        if not _METERS:
            _METERS.append(_DelayMeter())
        return _METERS[0]
