"""The journal of a run: an SQLite file with the state of each row and the last values written to each contact.

It holds no phone numbers and no texts: a contact and its values are two hashes, keyed with a secret of the journal. A wid that
the service reported for a contact is masked with such a hash, so that only who has the contact can read it. Anyone who
has the file can test guesses against it, so only its owner may read it, as with the rows themselves.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import quote

from sparkbot._fork_lock import FORK_LOCK
from sparkbot.sync.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sparkbot.batch.outcome import Status

#: `SPBJ`, which identifies the file format to SQLite.
_APPLICATION_ID = 0x5350424A
_VERSION = 3
_SCHEMA = f"""
    CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE rows (position INTEGER PRIMARY KEY, contact INTEGER, content INTEGER, status INTEGER, kind TEXT);
    CREATE TABLE written (contact INTEGER PRIMARY KEY, content INTEGER);
    CREATE TABLE resolved (contact INTEGER PRIMARY KEY, wid INTEGER);
    CREATE TABLE several (contact INTEGER PRIMARY KEY, sequence INTEGER);
    PRAGMA user_version = {_VERSION};
    PRAGMA application_id = {_APPLICATION_ID};
"""

#: Sent and without an outcome: after a crash the write may have been executed.
STARTED = 0
#: How status and reason are stored. Other reasons are stored as their status alone.
_STATES: dict[int, tuple[Status, str | None]] = {
    1: ("ok", None),
    2: ("skipped", None),
    3: ("skipped", "unchanged"),
    4: ("skipped", "no values"),
    5: ("skipped", "no such contact"),
    6: ("failed", None),
    7: ("unknown", None),
    8: ("ok", "accepted, not read back"),
}
_STATE_OF = {outcome: state for state, outcome in _STATES.items()}
_OK, _UNCHANGED, _UNVERIFIED = 1, 3, 8
#: States of rows that wrote something.
WRITTEN = frozenset((_OK, _UNVERIFIED))
#: SQL condition: the contact has the values of the row.
_IS_CURRENT = f"status IN ({_OK}, {_UNVERIFIED}, {_UNCHANGED})"
#: States of rows that a resumed run does not send again.
DONE = frozenset((*range(1, 6), _UNVERIFIED))


class RowRecord(NamedTuple):
    """What the journal has of a row."""

    contact: int
    content: int
    state: int

    @property
    def outcome(self) -> tuple[Status, str | None]:
        """Status and reason."""
        return _STATES[self.state]


#: The record of a row that is not sent because its contact has the values already.
UNCHANGED = RowRecord(0, 0, _UNCHANGED)


class FinishedRow(NamedTuple):
    """The outcome of a row, to be recorded."""

    position: int
    status: Status
    reason: str | None
    kind: str | None
    #: The masked wid, if the contact's number has another one.
    wid: int | None = None
    #: That wid itself, which is not recorded.
    wid_written: str | None = None


class CheckpointStore:
    """An open journal. No other run can open it meanwhile; the lock ends with the process, however that ends."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._database = _connect(self.path)
        try:
            self._prepare()
        except BaseException:
            self._database.close()
            raise
        self.secret: bytes = self.get_meta("secret")

    def __str__(self) -> str:
        return f"the journal {str(self.path)!r}"

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Executes a statement and returns its rows."""
        with FORK_LOCK:
            return self._database.execute(statement, parameters).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Executes a statement for each row of parameters."""
        with FORK_LOCK:
            self._database.executemany(statement, rows)

    def get_meta(self, name: str) -> Any:
        """A property of the run as a whole, or None."""
        rows = self.execute("SELECT value FROM facts WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def set_meta(self, values: dict[str, Any]) -> None:
        """Stores properties of the run as a whole."""
        self.execute_many("INSERT OR REPLACE INTO facts VALUES (?, ?)", values.items())

    def start_run(self, meta: dict[str, Any]) -> None:
        """Starts a new run: moves what the rows of the last run wrote to the contacts, and clears the rows."""
        with self.transaction():
            # The last row of a contact counts; with `max`, SQLite takes the other columns from that row.
            last = "SELECT contact, content, status, max(position) FROM rows WHERE contact != 0 GROUP BY contact"
            self.execute(f"CREATE TEMP TABLE last AS {last}")
            self.execute(f"DELETE FROM written WHERE contact IN (SELECT contact FROM last WHERE NOT {_IS_CURRENT})")
            self.execute(f"INSERT OR REPLACE INTO written SELECT contact, content FROM last WHERE {_IS_CURRENT}")
            self.execute("DROP TABLE last")
            self._store_sequences()
            self.execute("DELETE FROM rows")
            self.set_meta({**meta, "complete": 0})

    def _store_sequences(self) -> None:
        """Stores a hash of all rows of each contact that has different ones: the last row alone does not show whether the same
        rows come again."""
        self.execute("DELETE FROM several WHERE contact IN (SELECT contact FROM rows)")
        differing = "SELECT contact FROM rows WHERE contact != 0 GROUP BY contact HAVING min(content) != max(content)"
        query = f"SELECT contact, content, {_IS_CURRENT} FROM rows WHERE contact IN ({differing}) ORDER BY contact, position"
        for contact, group in groupby(self.execute(query), itemgetter(0)):
            rows = list(group)
            if all(is_current for _, _, is_current in rows):
                value = sequence_hash(content for _, content, _ in rows)
                self.execute("INSERT INTO several VALUES (?, ?)", (contact, value))

    def multi_row_contacts(self) -> dict[int, int]:
        """Contacts whose last run had several different rows, with a hash of these in their order."""
        return dict(self.execute("SELECT contact, sequence FROM several"))

    def records(self, first: int, count: int) -> dict[int, RowRecord]:
        """The records of the rows from `first` on, by position."""
        rows = self.execute(
            "SELECT position, contact, content, status FROM rows WHERE position >= ? AND position < ?", (first, first + count)
        )
        return {position: RowRecord(contact, content, state) for position, contact, content, state in rows}

    def count(self) -> int:
        """The number of rows that have an outcome."""
        [[count]] = self.execute("SELECT count(*) FROM rows WHERE status != ?", (STARTED,))
        return int(count)

    def last_written(self, contacts: Sequence[int]) -> dict[int, int]:
        """The values last written to each contact, if certain."""
        marks = ",".join("?" * len(contacts))
        return dict(self.execute(f"SELECT contact, content FROM written WHERE contact IN ({marks})", contacts))

    def resolved(self, contacts: Sequence[int]) -> dict[int, int]:
        """The masked wids of contacts whose number has another one."""
        marks = ",".join("?" * len(contacts))
        return dict(self.execute(f"SELECT contact, wid FROM resolved WHERE contact IN ({marks})", contacts))

    def has_any(self, table: Literal["rows", "written", "resolved"]) -> bool:
        """Whether the table has a row."""
        return bool(self.execute(f"SELECT 1 FROM {table} LIMIT 1"))

    def mark_started(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Records rows (position, contact, content) before they are sent."""
        self.execute_many(f"INSERT OR REPLACE INTO rows VALUES (?, ?, ?, {STARTED}, NULL)", rows)

    def mark_unchanged(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Records rows that are not sent because their contacts have the values."""
        self.execute_many(f"INSERT OR IGNORE INTO rows VALUES (?, ?, ?, {_UNCHANGED}, NULL)", rows)

    def clear_written(self, contacts: Sequence[int]) -> None:
        """Forgets the values of contacts that are about to be written."""
        for table in ("written", "several"):
            self.execute_many(f"DELETE FROM {table} WHERE contact = ?", ((contact,) for contact in contacts))

    def mark_finished(self, rows: Sequence[FinishedRow]) -> None:
        """Records outcomes."""
        self.execute_many(
            "UPDATE rows SET status = ?, kind = ? WHERE position = ?",
            ((_STATE_OF.get((row.status, row.reason)) or _STATE_OF[row.status, None], row.kind, row.position) for row in rows),
        )
        self.execute_many(
            "INSERT OR REPLACE INTO resolved SELECT contact, ? FROM rows WHERE position = ?",
            ((row.wid, row.position) for row in rows if row.wid is not None),
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commits what is done inside to disk, or rolls all of it back."""
        try:
            self.execute("BEGIN")
            yield
            self.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise JournalError(f"{self} can't be written: {error}. Nothing more is sent; free disk space, then resume") from error
        except BaseException:
            self._roll_back()
            raise

    def close(self) -> None:
        """Closes the file and releases the lock."""
        with FORK_LOCK:
            self._database.close()

    def _roll_back(self) -> None:
        if self._database.in_transaction:
            self.execute("ROLLBACK")

    def _prepare(self) -> None:
        try:
            # Exclusive: locked by this process from the first read until it ends, and no -shm file.
            self.execute("PRAGMA locking_mode = EXCLUSIVE")
            [[application]] = self.execute("PRAGMA application_id")
            [[tables]] = self.execute("SELECT count(*) FROM sqlite_master")
            if application != _APPLICATION_ID and tables:
                raise JournalError(f"{str(self.path)!r} is a database of another program: choose another name for the journal")
            self.execute("PRAGMA journal_mode = WAL")
            # Each commit survives a power loss; NORMAL would survive only the end of the process.
            self.execute("PRAGMA synchronous = FULL")
            self.execute("BEGIN EXCLUSIVE")
            if not tables:
                self._create()
            self.execute("COMMIT")
        except sqlite3.Error as error:
            raise JournalError(_open_error(self.path, error)) from None
        [[version]] = self.execute("PRAGMA user_version")
        if version != _VERSION:
            raise JournalError(f"{self} was written by another version of sparkbot: start a new one")

    def _create(self) -> None:
        for statement in filter(str.strip, _SCHEMA.split(";")):
            self.execute(statement)
        self.set_meta({"secret": secrets.token_bytes(32)})


def sequence_hash(contents: Iterable[int]) -> int:
    """A hash of the values written to a contact, in order."""
    digest = hashlib.blake2b(digest_size=8)
    for content in contents:
        digest.update(content.to_bytes(8, "little", signed=True))
    return int.from_bytes(digest.digest(), "little", signed=True)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        # Created with mode 0600, so that others can never read it; SQLite gives its side files the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise JournalError(f"the journal {str(path)!r} can't be opened: {error.strerror}") from None
    address = f"file:{quote(os.fspath(path.absolute()))}?mode=rw"
    # An awaited run commits in other threads, one at a time.
    with FORK_LOCK:
        return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)


def _open_error(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"another run uses the journal {str(path)!r}: wait for it to end, or give this run its own journal"
    if "not a database" in str(error):
        return f"{str(path)!r} is not a journal: choose another name, or delete the file if it is not needed"
    return f"the journal {str(path)!r} can't be used: {error}"
