"""Which events are in progress and which are done, so that each delivery of an event knows what to do.

See docs/decisions/0055-events-are-done-after-their-handlers.md.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .._fork_lock import FORK_LOCK
from ..errors import ConfigError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator
    from typing import Any, Literal, TypeAlias

    from ..errors import SparkBotError
    from .events import Event

    Claim: TypeAlias = Literal["new", "running", "done"]

__all__ = ["CLAIM_TIMEOUT", "TTL", "EventStore", "MemoryStore", "SQLiteStore", "check_positive"]

TTL = 24 * 3600.0
CLAIM_TIMEOUT = 60.0
#: The first delay; each further failure doubles it.
RETRY_DELAY = 10.0
_POLL_SIZE = 100
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS sparkbot_events (
        id TEXT PRIMARY KEY,
        event TEXT,
        claimed_until REAL NOT NULL,
        due REAL NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        expires REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS sparkbot_events_expires ON sparkbot_events (expires);
"""


class EventStore(Protocol):
    """The de-duplicator of a `Router`. Its methods block and are called in threads.

    Attributes:
        claim_timeout: Seconds after which the claim of a process that stopped working on an event is void.
    """

    claim_timeout: float

    def claim(self, event_id: str, event: Event) -> Claim:
        """Claim an event, in one atomic step: of concurrent copies, one is `new`.

        Returns:
            `new` if the caller has the claim and must run the handlers, `running` if another one has it, or `done`.
        """
        ...

    def finish(self, event_id: str) -> None:
        """The handlers of a claimed event succeeded: it is done, and copies of it are dropped."""

    def release(self, event_id: str) -> None:
        """A claimed event is not done: the next copy is `new`."""

    def poll(self, running: Collection[str]) -> list[Event]:
        """Extend the claims of the events that are `running`; claim and return events that are to run again."""
        ...

    def close(self) -> None:
        """Close connections; the router calls it when it has stopped. Later calls open them again."""


class SQLiteStore:
    """Keeps events in an SQLite file, which outlives the process; the processes of one machine can share it.

    An event is kept with its content until it is done, so the file contains messages; only its owner may read it. An event
    that failed, or whose process ended, runs again after about 20 s; the wait doubles with each failure, until its time to
    live ends.

    Args:
        path: The file; created if it does not exist. Each router needs its own.
        ttl: Time to live in seconds: how long an event that is done is remembered, and how long one that is not is tried.
        claim_timeout: Seconds after which another process takes over the events of a process that ended.

    Raises:
        ConfigError: The folder does not exist, or a number is not positive.

    Example:
        >>> SQLiteStore("events.sqlite3", ttl=7 * 86_400)
        <sparkbot.webhooks.SQLiteStore 'events.sqlite3'>
    """

    def __init__(self, path: str | os.PathLike[str], *, ttl: float = TTL, claim_timeout: float = CLAIM_TIMEOUT) -> None:
        self._path = os.fspath(path)
        if self._path != ":memory:" and not Path(self._path).absolute().parent.is_dir():
            raise ConfigError(f"the folder of the event store {self._path!r} does not exist: create it, or name another file")
        check_positive("ttl", ttl)
        check_positive("claim_timeout", claim_timeout)
        self._ttl = ttl
        self.claim_timeout = claim_timeout
        self._connections: dict[int, sqlite3.Connection] = {}

    def __repr__(self) -> str:
        return f"<sparkbot.webhooks.{type(self).__name__} {self._path!r}>"

    def claim(self, event_id: str, event: Event) -> Claim:
        """See `EventStore.claim`."""
        now = time.time()
        values = {
            "id": event_id,
            "event": json.dumps(event),
            "until": now + self.claim_timeout,
            "now": now,
            "end": now + self._ttl,
        }
        with self._transaction() as database:
            # Not those that are running, although their time to live has ended.
            database.execute("DELETE FROM sparkbot_events WHERE expires <= ? AND claimed_until <= ?", [now, now])
            claimed = database.execute(
                "INSERT INTO sparkbot_events (id, event, claimed_until, expires) VALUES (:id, :event, :until, :end)"
                " ON CONFLICT (id) DO UPDATE SET claimed_until = :until WHERE event IS NOT NULL AND claimed_until <= :now",
                values,
            )
            if claimed.rowcount == 1:
                return "new"
            [(is_done,)] = database.execute("SELECT event IS NULL FROM sparkbot_events WHERE id = ?", [event_id])
            return "done" if is_done else "running"

    def finish(self, event_id: str) -> None:
        """See `EventStore.finish`."""
        with self._transaction() as database:
            end = time.time() + self._ttl
            done = "UPDATE sparkbot_events SET event = NULL, claimed_until = 0, expires = ? WHERE id = ?"
            database.execute(done, [end, event_id])

    def release(self, event_id: str) -> None:
        """See `EventStore.release`."""
        with self._transaction() as database:
            database.execute(
                "UPDATE sparkbot_events SET claimed_until = 0, due = ? + ? * (1 << min(failures, 10)), failures = failures + 1"
                " WHERE id = ? AND event IS NOT NULL",
                [time.time(), RETRY_DELAY, event_id],
            )

    def poll(self, running: Collection[str]) -> list[Event]:
        """See `EventStore.poll`."""
        now = time.time()
        extend = "UPDATE sparkbot_events SET claimed_until = ? WHERE id = ? AND event IS NOT NULL"
        with self._transaction() as database:
            database.executemany(extend, [(now + self.claim_timeout, event_id) for event_id in running])
            rows = database.execute(
                "SELECT id, event FROM sparkbot_events WHERE event IS NOT NULL AND claimed_until <= :now AND due <= :now"
                " AND expires > :now ORDER BY expires LIMIT :size",
                {"now": now, "size": _POLL_SIZE},
            ).fetchall()
            database.executemany(extend, [(now + self.claim_timeout, event_id) for event_id, _ in rows])
        return [json.loads(event) for _, event in rows]

    def close(self) -> None:
        """See `EventStore.close`."""
        with FORK_LOCK:
            opened = self._connections.pop(os.getpid(), None)
            if opened is not None:
                opened.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with FORK_LOCK, self._connection() as database:
            database.execute("BEGIN IMMEDIATE")
            yield database

    def _connection(self) -> sqlite3.Connection:
        """The connection of this process: a forked process must not use that of its parent."""
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = self._connect()
        return self._connections[process]

    def _connect(self) -> Any:
        import sqlite3  # at the first use, under the lock that a fork waits for

        if self._path != ":memory:":
            # Created with mode 0600, so that others can never read it; SQLite gives its side files the same mode.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        database = sqlite3.connect(self._path, timeout=20, isolation_level=None, check_same_thread=False)
        # One write to the disk for each transaction, instead of several. Fails while another process does the same.
        with suppress(sqlite3.OperationalError):
            database.execute("PRAGMA journal_mode = WAL")
        database.executescript(_SCHEMA)
        return database


class MemoryStore(SQLiteStore):
    """Keeps events in memory until the router stops; other processes don't share them.

    Args:
        ttl: Time to live in seconds: how long an event that is done is remembered, and how long one that is not is tried.
        claim_timeout: As that of `SQLiteStore`.

    Raises:
        ConfigError: A number is not positive.

    Example:
        >>> store = MemoryStore(ttl=3600)
        >>> event = {"event": "chat:update", "data": {}}
        >>> store.claim("5e01", event), store.claim("5e01", event)
        ('new', 'running')
        >>> store.finish("5e01")
        >>> store.claim("5e01", event)
        'done'
        >>> store.close()
    """

    def __init__(self, *, ttl: float = TTL, claim_timeout: float = CLAIM_TIMEOUT) -> None:
        super().__init__(":memory:", ttl=ttl, claim_timeout=claim_timeout)


def check_positive(name: str, value: float, error: type[SparkBotError] = ConfigError) -> None:
    """Raises for a number that is not positive."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise error(f"{name} is {value!r}: pass a number above 0", field=name)
