"""The events that the bot has answered, kept in SQLite: an answer is sent once, however often its event is posted."""

import sqlite3
from contextlib import closing


class Seen:
    """A database file of event ids. Each call takes one short statement, so it may run in the event loop."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._execute("create table if not exists seen (id text primary key)")

    def claim(self, event: str) -> bool:
        """Whether the event is new. The database decides, so of concurrent copies one is answered."""
        return self._execute("insert or ignore into seen values (?)", event) == 1

    def release(self, event: str) -> None:
        """Let the event be answered when it is posted again."""
        self._execute("delete from seen where id = ?", event)

    def _execute(self, statement: str, *values: str) -> int:
        with closing(sqlite3.connect(self._path, timeout=20)) as database, database:
            return database.execute(statement, values).rowcount
