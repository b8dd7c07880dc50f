"""Messages of customers and replies to them, kept in SQLite: each event once, in any order of arrival."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from pydantic import BaseModel

from sparkbot.webhooks import Event, MessageData, event_id

#: The delivery states of a message, in order. A late event never sets an earlier one.
ACKS = ("pending", "sent", "delivered", "read", "played")

SCHEMA = """
create table if not exists events (id text primary key, processed_at text not null default current_timestamp);
create table if not exists messages (
    id text primary key, phone text not null, inbound integer not null, body text not null, date text not null,
    ack integer not null
);
"""


class Message(BaseModel):
    """A message in responses."""

    id: str
    phone: str
    inbound: bool
    body: str
    date: str
    ack: str


class Inbox:
    """A database file of messages. Its methods block: call them in a thread."""

    def __init__(self, path: str) -> None:
        self._path = path
        with closing(sqlite3.connect(path)) as database:
            database.executescript(SCHEMA)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction; another one waits for its end."""
        with closing(sqlite3.connect(self._path, timeout=20, isolation_level="IMMEDIATE")) as database, database:
            yield database

    def store(self, events: Sequence[Event]) -> int:
        """Store the new events; returns their number."""
        with self._transaction() as database:
            new = [event for event in events if _is_new(database, event)]
            for event in new:
                if (
                    event["event"] == "message:in:new"
                    or event["event"] == "message:out:new"
                    or event["event"] == "message:out:ack"
                ):
                    _store_message(database, event["data"])
        return len(new)

    def messages(self, limit: int = 100) -> list[Message]:
        """The last messages, the newest first."""
        with self._transaction() as database:
            database.row_factory = sqlite3.Row
            rows = database.execute("select * from messages order by date desc, id limit ?", [limit]).fetchall()
        return [Message(**{**dict(row), "ack": ACKS[row["ack"]]}) for row in rows]


def _is_new(database: sqlite3.Connection, event: Event) -> bool:
    """Whether the event is new. The database decides, so concurrent copies count once."""
    return database.execute("insert or ignore into events (id) values (?)", [event_id(event)]).rowcount == 1


def _store_message(database: sqlite3.Connection, message: MessageData) -> None:
    inbound = message["flow"] == "inbound"
    phone = message["fromNumber"] if inbound else message["toNumber"]
    ack = message.get("ack", "pending")
    database.execute(
        "insert into messages values (?, ?, ?, ?, ?, ?) on conflict (id) do update set ack = max(ack, excluded.ack)",
        [message["id"], phone, inbound, message["body"], message["date"], ACKS.index(ack) if ack in ACKS else 0],
    )
