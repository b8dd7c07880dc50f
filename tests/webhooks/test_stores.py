"""Event stores: which delivery of an event runs its handlers, now, later and after a restart."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from tests.time_limits import HANG_TIMEOUT
from tests.webhooks.serving import SECRET, URL, body, event

from sparkbot.errors import ConfigError
from sparkbot.webhooks import EventStore, MemoryStore, SQLiteStore
from sparkbot.webhooks.django import CacheStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Make = Callable[..., Any]

EVENT: Any = event()
#: A time that has passed when the next statement runs.
PASSED = 1e-9


@pytest.fixture(params=["memory", "sqlite", "cache"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Creates a store of each kind."""
    if not settings.configured:
        settings.configure()
    makers: dict[str, Make] = {
        "memory": MemoryStore,
        "sqlite": lambda **options: SQLiteStore(tmp_path / "events.sqlite3", **options),
        "cache": CacheStore,
    }
    stores: list[EventStore] = []

    def maker(**options: Any) -> Any:
        stores.append(makers[request.param](**options))
        return stores[-1]

    yield maker
    if request.param == "cache":
        from django.core.cache import cache

        cache.clear()
    for store in stores:
        store.close()


def test_claimed_event_is_running_then_done(make: Make) -> None:
    store = make()
    assert [store.claim("1", EVENT), store.claim("1", EVENT), store.claim("2", EVENT)] == ["new", "running", "new"]
    store.finish("1")
    assert [store.claim("1", EVENT), store.claim("2", EVENT)] == ["done", "running"]
    store.release("1")
    assert store.claim("1", EVENT) == "done"


def test_released_event_is_new(make: Make) -> None:
    store = make()
    store.claim("1", EVENT)
    store.release("1")
    assert [store.claim("1", EVENT), store.claim("1", EVENT)] == ["new", "running"]


def test_event_is_forgotten_after_its_time_to_live(make: Make) -> None:
    store = make(ttl=PASSED)
    store.claim("1", EVENT)
    store.finish("1")
    assert store.claim("1", EVENT) == "new"


def test_claim_ends_unless_it_is_extended(make: Make) -> None:
    store = make(claim_timeout=PASSED)
    assert [store.claim("1", EVENT), store.claim("1", EVENT)] == ["new", "new"]
    store.claim_timeout = 60
    assert store.poll(["1"]) == []
    assert store.claim("1", EVENT) == ("new" if isinstance(store, CacheStore) else "running")


def test_of_concurrent_claims_one_is_new(make: Make) -> None:
    store = make()
    with ThreadPoolExecutor(8) as threads:
        for number in range(20):
            claims = list(threads.map(store.claim, [str(number)] * 8, [EVENT] * 8))
            assert sorted(claims) == ["new", *["running"] * 7]


@pytest.mark.parametrize("options", [{"ttl": 0}, {"claim_timeout": -1}, {"ttl": True}, {"ttl": "1"}])
def test_wrong_times_are_refused(make: Make, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="pass a number above 0"):
        make(**options)


def test_poll_returns_events_whose_claim_ended(tmp_path: Path) -> None:
    crashed = SQLiteStore(tmp_path / "events.sqlite3", claim_timeout=PASSED)
    crashed.claim("1", EVENT)
    crashed.claim("2", EVENT)
    crashed.finish("2")
    store = SQLiteStore(tmp_path / "events.sqlite3")
    assert [store.poll([]), store.poll([])] == [[EVENT], []]
    for each in (crashed, store):
        each.close()


def test_failed_event_is_due_later_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("sparkbot.webhooks.stores.time.time", lambda: now)
    store = MemoryStore()
    store.claim("1", EVENT)
    delays = []
    for _ in range(12):
        store.release("1")
        failed_at = now
        while not store.poll([]):
            now += 10
        delays.append(now - failed_at)
    assert delays[:4] == [10, 20, 40, 80]
    assert delays[-1] == 10 * 2**10
    store.close()


def test_event_is_not_tried_after_its_time_to_live(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("sparkbot.webhooks.stores.time.time", lambda: now)
    store = MemoryStore(ttl=3600)
    store.claim("1", EVENT)
    now += 3600
    assert store.poll([]) == []
    store.close()


def test_file_has_no_text_once_done_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "events.sqlite3"
    store = SQLiteStore(path)
    store.claim("1", event(body="a secret text"))  # type: ignore[arg-type]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store.finish("1")
    [row] = store._connect().execute("SELECT * FROM sparkbot_events").fetchall()
    assert "secret" not in str(row)
    store.close()


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"the folder of the event store .* does not exist"):
        SQLiteStore(tmp_path / "missing" / "events.sqlite3")


PROGRAM = f"""
import asyncio, os, sys
from sparkbot.webhooks import Receiver, Router, SQLiteStore

mode = sys.argv[2]
router = Router(Receiver({SECRET!r}), store=SQLiteStore(sys.argv[1], claim_timeout=0.01))
handled = asyncio.Event()

@router.on()
async def handle(event):
    if mode == "crash":
        os._exit(7)
    print(event["id"], flush=True)
    handled.set()

async def main():
    async with router:
        if mode != "resume":
            print(await router.receive({body(event())!r}, url={URL!r}), flush=True)
        if mode != "deliver":
            await handled.wait()

asyncio.run(main())
"""


def start(path: Path, mode: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, str(path), mode]
    return subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)


def test_event_of_a_killed_process_runs_after_the_restart(tmp_path: Path) -> None:
    path = tmp_path / "events.sqlite3"
    assert start(path, "crash").returncode == 7
    assert start(path, "resume").stdout == "event-1\n"
    assert start(path, "deliver").stdout == "WebhookResponse(status_code=200, text='')\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_forked_process_opens_its_own_connection(tmp_path: Path) -> None:
    program = """
import os, sys
from sparkbot.webhooks import SQLiteStore
store = SQLiteStore(sys.argv[1])
store.claim("1", {})
if os.fork() == 0:
    print(store.claim("1", {}), store.claim("2", {}), flush=True)
    os._exit(0)
os.wait()
print(store.claim("2", {}))
"""
    command = [sys.executable, "-c", program, str(tmp_path / "events.sqlite3")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert done.stdout == "running new\nrunning\n"


def test_running_event_outlives_its_time_to_live(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "events.sqlite3", ttl=PASSED)
    assert store.claim("1", EVENT) == "new"
    assert [store.claim("2", EVENT), store.claim("1", EVENT)] == ["new", "running"]
    store.close()
