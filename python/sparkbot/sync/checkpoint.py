"""The journal of a run: an SQLite file that knows of each row whether it is done, and what its contact has been given.

Phone numbers and texts are not in it: a contact and what it is given are two numbers, made with a secret of the journal's own.
Whoever has the file can test guesses against it, so it is for its owner's eyes only, as the rows themselves are.
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
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self
from urllib.parse import quote

from sparkbot.sync.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sparkbot.batch.outcome import Status

#: `SPBJ`, by which SQLite files tell whose they are.
_APPLICATION = 0x5350424A
_VERSION = 2
_SCHEMA = f"""
    CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE rows (position INTEGER PRIMARY KEY, contact INTEGER, content INTEGER, status INTEGER, kind TEXT);
    CREATE TABLE written (contact INTEGER PRIMARY KEY, content INTEGER);
    CREATE TABLE several (contact INTEGER PRIMARY KEY, sequence INTEGER);
    PRAGMA user_version = {_VERSION};
    PRAGMA application_id = {_APPLICATION};
"""

#: Given to a worker, and not known to have ended: after a crash, what may have been executed.
BEGUN = 0
#: How an outcome is kept: status and reason, as one small number. What is not here is kept as its status alone.
_STATUSES: dict[int, tuple[Status, str | None]] = {
    1: ("ok", None),
    2: ("skipped", None),
    3: ("skipped", "unchanged"),
    4: ("skipped", "no values"),
    5: ("skipped", "no such contact"),
    6: ("failed", None),
    7: ("unknown", None),
    8: ("ok", "accepted, not read back"),
}
_NUMBERS = {outcome: number for number, outcome in _STATUSES.items()}
_OK, _UNCHANGED, _ACCEPTED = 1, 3, 8
#: Rows that wrote something.
WRITTEN = frozenset((_OK, _ACCEPTED))
#: As a part of a query: the contact has what is in the row.
_HELD = f"status IN ({_OK}, {_ACCEPTED}, {_UNCHANGED})"
#: Rows that a resumed run does not send again.
DONE = frozenset((*range(1, 6), _ACCEPTED))


class RowRecord(NamedTuple):
    """What the journal knows of a row."""

    contact: int
    content: int
    number: int

    @property
    def outcome(self) -> tuple[Status, str | None]:
        """Status and reason."""
        return _STATUSES[self.number]


class FinishedRow(NamedTuple):
    """The outcome of a row on its way into the journal."""

    position: int
    status: Status
    reason: str | None
    kind: str | None


class CheckpointStore:
    """An open journal. While it is open no other run can open it; the lock ends with the process, however that ends."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._database = _opened(self.path)
        try:
            self._prepare()
        except BaseException:
            self._database.close()
            raise
        self.secret: bytes = self.fact("secret")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __str__(self) -> str:
        return f"the journal {str(self.path)!r}"

    def fact(self, name: str) -> Any:
        """Something that is known of the run as a whole; None where it is not."""
        found = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def forget_rows(self, facts: dict[str, Any]) -> None:
        """Begins a new run. What the rows of the last one wrote is kept by contact; they themselves are forgotten."""
        with self.transaction():
            # Of several rows of a contact the last one counts; `max` also chooses which row the other columns are of.
            last = "SELECT contact, content, status, max(position) FROM rows WHERE contact != 0 GROUP BY contact"
            self._run(f"CREATE TEMP TABLE last AS {last}")
            self._run(f"DELETE FROM written WHERE contact IN (SELECT contact FROM last WHERE NOT {_HELD})")
            self._run(f"INSERT OR REPLACE INTO written SELECT contact, content FROM last WHERE {_HELD}")
            self._run("DROP TABLE last")
            self._keep_sequences()
            self._run("DELETE FROM rows")
            self.note({**facts, "complete": 0})

    def _keep_sequences(self) -> None:
        """Of contacts that have rows which differ, what all of them were, one after another: the last alone does not tell whether
        the same rows come again."""
        self._run("DELETE FROM several WHERE contact IN (SELECT contact FROM rows)")
        differing = "SELECT contact FROM rows WHERE contact != 0 GROUP BY contact HAVING min(content) != max(content)"
        found = self._run(f"SELECT contact, content, {_HELD} FROM rows WHERE contact IN ({differing}) ORDER BY contact, position")
        for contact, rows in groupby(found, itemgetter(0)):
            contents = [(content, held) for _, content, held in rows]
            if all(held for _, held in contents):
                number = sequence(content for content, _ in contents)
                self._database.execute("INSERT INTO several VALUES (?, ?)", (contact, number))

    def several(self) -> dict[int, int]:
        """Contacts that were given several things, with a number for all of these in their order."""
        return dict(self._database.execute("SELECT contact, sequence FROM several"))

    def note(self, facts: dict[str, Any]) -> None:
        self._database.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def recorded(self, first: int, count: int) -> dict[int, RowRecord]:
        """What is known of the rows from `first` on."""
        found = self._database.execute(
            "SELECT position, contact, content, status FROM rows WHERE position >= ? AND position < ?", (first, first + count)
        )
        return {position: RowRecord(contact, content, number) for position, contact, content, number in found}

    def count(self) -> int:
        """How many rows have an outcome."""
        found: int = self._database.execute("SELECT count(*) FROM rows WHERE status != ?", (BEGUN,)).fetchone()[0]
        return found

    def last_written(self, contacts: Sequence[int]) -> dict[int, int]:
        """What each contact was given last, where that is certain."""
        marks = ",".join("?" * len(contacts))
        return dict(self._database.execute(f"SELECT contact, content FROM written WHERE contact IN ({marks})", contacts))

    def has_any(self, table: Literal["rows", "written"]) -> bool:
        return self._database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None

    def begin_rows(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Notes rows (position, contact, content) before they are sent."""
        self._database.executemany(f"INSERT OR REPLACE INTO rows VALUES (?, ?, ?, {BEGUN}, NULL)", rows)

    def note_unchanged(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Notes rows that are not sent, because their contacts have what is in them."""
        self._database.executemany(f"INSERT OR IGNORE INTO rows VALUES (?, ?, ?, {_UNCHANGED}, NULL)", rows)

    def forget_written(self, contacts: Sequence[int]) -> None:
        """What these contacts have is not certain any more: they are about to be written."""
        for table in ("written", "several"):
            self._database.executemany(f"DELETE FROM {table} WHERE contact = ?", ((contact,) for contact in contacts))

    def end_rows(self, rows: Iterable[FinishedRow]) -> None:
        """Notes outcomes."""
        self._database.executemany(
            "UPDATE rows SET status = ?, kind = ? WHERE position = ?",
            ((_NUMBERS.get((row.status, row.reason)) or _NUMBERS[row.status, None], row.kind, row.position) for row in rows),
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is done inside is on the disk when this ends, or not at all."""
        try:
            self._run("BEGIN")
            yield
            self._run("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise JournalError(f"{self} can't be written: {error}. Nothing more is sent; make room, then resume") from error
        except BaseException:
            self._roll_back()
            raise

    def close(self) -> None:
        self._database.close()

    def _roll_back(self) -> None:
        if self._database.in_transaction:
            self._run("ROLLBACK")

    def _run(self, statement: str) -> list[Any]:
        return self._database.execute(statement).fetchall()

    def _prepare(self) -> None:
        try:
            # Exclusive: held by this process until it ends, and no -shm file. It begins with the first read.
            self._run("PRAGMA locking_mode = EXCLUSIVE")
            [[application]] = self._run("PRAGMA application_id")
            [[tables]] = self._run("SELECT count(*) FROM sqlite_master")
            if application != _APPLICATION and tables:
                raise JournalError(f"{str(self.path)!r} is a database of another program: choose another name for the journal")
            self._run("PRAGMA journal_mode = WAL")
            # Each commit is on the disk before it counts, also for a power loss; NORMAL would only outlive the process.
            self._run("PRAGMA synchronous = FULL")
            self._run("BEGIN EXCLUSIVE")
            if not tables:
                self._create()
            self._run("COMMIT")
        except sqlite3.Error as error:
            raise JournalError(_unusable(self.path, error)) from None
        [[version]] = self._run("PRAGMA user_version")
        if version != _VERSION:
            raise JournalError(f"{self} was written by another version of sparkbot: begin a new one")

    def _create(self) -> None:
        for statement in filter(str.strip, _SCHEMA.split(";")):
            self._run(statement)
        self.note({"secret": secrets.token_bytes(32)})


def sequence(contents: Iterable[int]) -> int:
    """A number for what a contact was given in this order."""
    digest = hashlib.blake2b(digest_size=8)
    for content in contents:
        digest.update(content.to_bytes(8, "little", signed=True))
    return int.from_bytes(digest.digest(), "little", signed=True)


def _opened(path: Path) -> sqlite3.Connection:
    try:
        # Made here, so that it is never readable for others; SQLite gives the files beside it the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise JournalError(f"the journal {str(path)!r} can't be opened: {error.strerror}") from None
    address = f"file:{quote(os.fspath(path.absolute()))}?mode=rw"
    # Commits of an awaited run are made in other threads, one at a time.
    return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)


def _unusable(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"another run uses the journal {str(path)!r}: wait for its end, or give this run a journal of its own"
    if "not a database" in str(error):
        return f"{str(path)!r} is no journal: choose another name, or delete the file if nobody needs it"
    return f"the journal {str(path)!r} can't be used: {error}"
