"""How late a machine is: what its other work, or its host, adds to every measured time."""

from __future__ import annotations

import os
import threading
import time

#: Between two looks at the clock.
STEP = 0.01
#: What an idle machine is late by.
USUAL = 0.005
#: Of a machine with more processors than this the others are not watched: that would be a load of its own.
PROCESSORS = 8


class _Watch:
    """How late one processor wakes a thread. A host may stop one of several: threads that wait for another do not notice."""

    def __init__(self, processor: int | None) -> None:
        self.processor = processor
        self.late: list[tuple[float, float]] = []
        self.due = time.monotonic() + STEP
        self.lock = threading.Lock()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        if self.processor is not None:
            os.sched_setaffinity(0, {self.processor})
        while True:
            time.sleep(STEP)
            with self.lock:
                now = time.monotonic()
                if now - self.due > USUAL:
                    self.late.append((now, now - self.due))
                    del self.late[:-1000]
                self.due = now + STEP

    def since(self, moment: float) -> float:
        """All lateness since then: a call wakes often, and may be late each time."""
        with self.lock:
            # After a pause of the whole process this thread may look before the watching one has noticed.
            now = time.monotonic() - self.due
            return sum(late for at, late in self.late if at >= moment) + (now if now > USUAL else 0)


class _Lateness:
    """How late threads of this process wake, on the processor that is the latest."""

    def __init__(self) -> None:
        processors = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [None]
        self._watches = [_Watch(processor) for processor in processors[:PROCESSORS]]

    def since(self, moment: float) -> float:
        return max(watch.since(moment) for watch in self._watches)


_LOCK = threading.Lock()
_OURS: list[_Lateness] = []


def lateness() -> _Lateness:
    """The one of this process, which begins to watch when it is first asked for."""
    with _LOCK:
        if not _OURS:
            _OURS.append(_Lateness())
        return _OURS[0]
