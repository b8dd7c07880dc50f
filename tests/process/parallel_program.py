"""Everything that threads share, used by all of them at once: `python -m tests.process.parallel_program ROUNDS`.

For a free-threaded interpreter (tests/stress/free_threading.py); with a GIL the same program runs, one thread at a time.
Prints how often each task ran.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
import threading
import traceback
import warnings
from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import sparkbot
from sparkbot.webhooks import Receiver, Router

if TYPE_CHECKING:
    from collections.abc import Callable

    Task = Callable[["Shared"], None]

#: Threads for each task.
THREADS = 2
SECRET = "a-secret-of-sixteen"
HAS_GIL = bool(getattr(sys, "_is_gil_enabled", lambda: True)())


class Shared:
    """The sandbox, and clients that all threads use."""

    def __init__(self, sandbox: sparkbot.Sandbox) -> None:
        self.client = sandbox.client()
        self.async_client = sandbox.async_client()
        self.device, self.changed_device = (device["id"] for device in sandbox.documents("devices")[:2])
        self.changed_contacts = [contact["wid"] for contact in self.client.contacts.list(self.changed_device)]
        # More than 64 kB: with a GIL, the collector is paused while they are decoded.
        self.contacts = self.client.contacts.list(self.device, size=200)
        self.collector = threading.Lock()
        self.changing = {f"key_{number}": str(number) for number in range(20)}
        self.router = Router(Receiver(SECRET))
        self.router.on()(lambda _: None)
        self.event_numbers = count()


def call_blocking(shared: Shared) -> None:
    assert shared.client.contacts.list(shared.device, size=200) == shared.contacts


def call_in_a_new_loop(shared: Shared) -> None:
    """A loop may get the address of one that another thread has just freed."""

    async def many() -> set[str]:
        return {str(answer) for answer in await asyncio.gather(*(shared.async_client.devices.list() for _ in range(20)))}

    assert len(asyncio.run(many())) == 1


def cancel(shared: Shared) -> None:
    async def cancelled() -> None:
        tasks = [asyncio.ensure_future(shared.async_client.devices.list()) for _ in range(20)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(cancelled())


def map_many(shared: Shared) -> None:
    outcomes = list(shared.client.map(shared.client.devices.list, [{} for _ in range(50)]))
    assert [outcome.status for outcome in outcomes] == ["ok"] * 50


def send_a_changing_dict(shared: Shared) -> None:
    """Another thread changes the dict meanwhile: the call gets some state of it."""
    shared.client.contacts.upsert_metadata(shared.changed_device, shared.changed_contacts[0], shared.changing)


def change_the_dict(shared: Shared) -> None:
    for number in range(100):
        shared.changing[f"extra_{number % 7}"] = "x"
        shared.changing.pop(f"extra_{(number + 3) % 7}", None)


def receive_events(shared: Shared) -> None:
    """The router writes each event to SQLite, in threads of its own."""
    for _ in range(10):
        event = f'{{"id": "{next(shared.event_numbers)}", "event": "message:in:new", "data": {{"id": "m1", "type": "text"}}}}'
        assert shared.router.receive_blocking(event.encode(), url=f"/?secret={SECRET}").status_code == 200


def sync_with_a_journal(shared: Shared) -> None:
    rows = [{"phone": contact, "note": "x"} for contact in shared.changed_contacts]
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal"
        report = sparkbot.sync_metadata(shared.client, shared.changed_device, rows, journal=journal, progress="off")
    assert report.ok == len(rows)


def disable_the_collector(shared: Shared) -> None:
    with shared.collector:
        gc.disable()
        call_blocking(shared)
        assert not gc.isenabled()
        gc.enable()
        gc.collect()


def fork(shared: Shared) -> None:
    """The child makes a blocking and an awaited call and receives events, whatever the other threads of the parent hold."""
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return
    code = 1
    try:
        shared.client.devices.list()
        asyncio.run(shared.async_client.devices.list())
        receive_events(shared)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


TASKS: list[Task] = [call_blocking, call_in_a_new_loop, cancel, map_many, send_a_changing_dict, change_the_dict]
TASKS += [receive_events, sync_with_a_journal, disable_the_collector, fork]


def run(shared: Shared, rounds: int) -> Counter[str]:
    """Runs every task in several threads, which all start together. Raises the first error."""
    counts: Counter[str] = Counter()
    errors: list[BaseException] = []
    start = threading.Barrier(THREADS * len(TASKS))

    def repeat(task: Task) -> None:
        start.wait()
        try:
            for _ in range(rounds):
                task(shared)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=repeat, args=(task,), name=task.__name__) for task in TASKS for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    counts.update({task.__name__: THREADS * rounds for task in TASKS})
    return counts


def main() -> None:
    # Python warns of a fork with threads; that these forks work is what is tested.
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    with sparkbot.Sandbox() as sandbox:
        shared = Shared(sandbox)
        counts = run(shared, int(sys.argv[1]))
        shared.router.close()
    print("with the GIL" if HAS_GIL else "without a GIL", *(f"{name} {count}" for name, count in counts.items()), sep="; ")


if __name__ == "__main__":
    main()
