"""What the runs of a journal wrote to each contact, for contacts that leave the input. See docs/decisions/0027.

The tables are in the journal and keyed as it is: contacts and values are hashes. They exist once a run had `on_removed="clear"`.
"""

from __future__ import annotations

import json
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

from sparkbot._sparkbot import RowHasher
from sparkbot.sync.checkpoint import UNCHANGED
from sparkbot.sync.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sparkbot.sync.checkpoint import CheckpointStore, FinishedRow, RowRecord

    #: The hashes of a staged row; see `SyncExecutor.stage_pairs`.
    StagedRow = tuple[int, int, int, list[tuple[int, int]]]
    #: By the number of a key, the hashes of the values that the contact may have from this journal.
    ValueHashes = dict[int, list[int]]

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS devices (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE IF NOT EXISTS keys (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE IF NOT EXISTS sent (position INTEGER PRIMARY KEY, contact INTEGER, device INTEGER, hashes BLOB);
    CREATE TABLE IF NOT EXISTS owned (contact INTEGER PRIMARY KEY, wid INTEGER, device INTEGER, hashes BLOB, state INTEGER);
    CREATE TEMP TABLE input_contacts (contact INTEGER PRIMARY KEY);
    CREATE TEMP TABLE removed (contact INTEGER PRIMARY KEY, wid INTEGER, device INTEGER);
    CREATE INDEX temp.removed_wid ON removed (wid);
"""
#: States of contacts that left the input: cleared, nothing to clear, and not found among the contacts of their number.
CLEARED, EMPTY, ABSENT = 1, 2, 3
#: SQL condition: the contact may have values of this journal.
_IS_OWNED = f"length(hashes) > 0 AND (state IS NULL OR state = {ABSENT})"
_VALUE_HASH = Struct("<Hq")


class RemovedCounts(NamedTuple):
    """The contacts that left the input."""

    #: Contacts with values of earlier runs of this journal, the removed ones included.
    owned: int
    #: Removed contacts that are not done.
    removed: int
    #: Contacts that an interrupted run with this input cleared, or found nothing to clear in.
    cleared: int
    empty: int
    #: Removed contacts that were written before the journal recorded values; they are left alone.
    unrecorded: int

    @property
    def rate(self) -> float:
        """The share of the contacts that left the input. New contacts do not count: another source has many of them."""
        removed = self.removed + self.cleared + self.empty
        return removed / max(self.owned, removed, 1)


class Ownership:
    """Records what is written, and finds the contacts that the input no longer has."""

    def __init__(self, store: CheckpointStore, keys: Sequence[str] = ()) -> None:
        self._store = store
        self.hasher = RowHasher(store.secret)
        self._numbers: dict[tuple[str, str], int] = {}
        with store.transaction():
            for statement in filter(str.strip, _SCHEMA.split(";")):
                store.execute(statement)
            self._keys = [self._number("keys", key) for key in keys]
        self._staged: list[StagedRow] = []
        self._devices: list[str | None] = []
        #: Rows of the input that name no valid contact.
        self.unreadable = 0
        #: How many contacts had values before this run; None if no run was started.
        self._owned_before: int | None = None

    @staticmethod
    def exists(store: CheckpointStore) -> bool:
        """Whether an earlier run recorded what it wrote."""
        return store.get_meta("owner") is not None

    @staticmethod
    def differences(store: CheckpointStore, owner: dict[str, Any]) -> list[str]:
        """How this run finds contacts otherwise than the runs that wrote them."""
        known = json.loads(store.get_meta("owner") or "null") or owner
        return [name for name in owner if known.get(name) != owner[name]]

    def _number(self, table: str, name: str) -> int:
        """The number of a device or a key."""
        if (table, name) not in self._numbers:
            self._store.execute(f"INSERT OR IGNORE INTO {table} (name) VALUES (?)", (name,))
            query = f"SELECT number FROM {table} WHERE name = ?"
            [[self._numbers[table, name]]] = self._store.execute(query, (name,))
        return self._numbers[table, name]

    def start(self, owner: dict[str, Any], *, is_resumed: bool) -> None:
        """Starts or resumes a run that finds contacts by these settings."""
        with self._store.transaction():
            # Rows that were in flight may have been written.
            for (position,) in self._store.execute("SELECT position FROM sent"):
                self._settle(position, "unknown", None)
            before = self._store.get_meta("owned_before") if is_resumed else None
            if not is_resumed:
                self._store.execute(f"DELETE FROM owned WHERE state IN ({CLEARED}, {EMPTY})")
            self._owned_before = self._base() if before is None else before
            self._store.set_meta({"owner": json.dumps(owner), "owned_before": self._owned_before})

    def _base(self) -> int:
        """The number of contacts with values, without those that runs wrote after which nothing could be cleared."""
        owned, refused = self._count_owned(), self._store.get_meta("owned_refused")
        return owned if refused is None else min(owned, refused)

    def remember_refusal(self, owned: int | None) -> None:
        """Stores the base of the rate of a refused run, or None: the same wrong input must not pass the second time."""
        with self._store.transaction():
            self._store.set_meta({"owned_refused": owned})

    def _count_owned(self) -> int:
        query = f"SELECT count(DISTINCT wid) FROM owned WHERE {_IS_OWNED}"
        [[count]] = self._store.execute(query)
        return int(count)

    def stage(self, rows: list[StagedRow], devices: list[str | None]) -> list[tuple[int, int]]:
        """Accepts the next rows with their devices; returns the hashes of contact and content."""
        self._staged, self._devices = rows, devices
        return [(contact, content) for contact, content, *_ in rows]

    def commit(self, finished: Iterable[FinishedRow], first: int, decisions: Sequence[RowRecord | None]) -> None:
        """Records outcomes, and the staged rows before they are sent. Call it in a transaction."""
        for done in finished:
            # A bulk write that was not confirmed may be stored later.
            self._settle(done.position, "unknown" if done.kind == "NotHeld" else done.status, done.wid_written)
        for offset, (row, device, record) in enumerate(zip(self._staged, self._devices, decisions, strict=False)):
            self.add_input_contact(row[2])
            if device is not None and row[3]:
                self._record(first + offset, row, device, record)
        self._staged = []

    def add_input_contact(self, contact: int) -> None:
        """Notes that the input has the contact, given by its hash; 0 is a row that names none."""
        self.unreadable += contact == 0
        self._store.execute("INSERT OR IGNORE INTO input_contacts VALUES (?)", (contact,))

    def _record(self, position: int, row: StagedRow, device: str, record: RowRecord | None) -> None:
        contact, _, _, pairs = row
        is_known = self._store.execute("SELECT 1 FROM owned WHERE contact = ?", (contact,))
        if record is not None and (is_known or record is not UNCHANGED):
            return
        values = (position, contact, self._number("devices", device), _pack({self._keys[key]: [value] for key, value in pairs}))
        self._store.execute("INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?)", values)
        if record is not None:
            # Written by an earlier run that recorded no values.
            self._settle(position, "ok", None)

    def _settle(self, position: int, status: str, wid: str | None) -> None:
        """Moves what a row wrote to its contact; `wid` is that of the contact if it isn't the number's own."""
        sent = self._store.execute("SELECT contact, device, hashes FROM sent WHERE position = ?", (position,))
        if not sent:
            return
        self._store.execute("DELETE FROM sent WHERE position = ?", (position,))
        [[contact, device, hashes]] = sent
        if status not in ("ok", "unknown"):
            return
        known = next(iter(self._store.execute("SELECT wid, hashes, state FROM owned WHERE contact = ?", (contact,))), None)
        before = _unpack(known[1]) if known and known[2] not in (CLEARED, EMPTY) else {}
        is_certain = status == "ok"
        # An unknown outcome does not tell which wid was written.
        target = self._wid_hash(device, wid) if wid else contact if is_certain or not known else known[0]
        merged = _merge(before, _unpack(hashes), is_certain=is_certain)
        self._store.execute("INSERT OR REPLACE INTO owned VALUES (?, ?, ?, ?, NULL)", (contact, target, device, _pack(merged)))

    def _wid_hash(self, device: int, wid: str) -> int:
        [[name]] = self._store.execute("SELECT name FROM devices WHERE number = ?", (device,))
        return self.hasher.contact(name, wid)

    def find_removed(self) -> RemovedCounts:
        """Finds the contacts that the input, which has been read whole, no longer has."""
        run = self._store.execute
        in_input = "SELECT contact FROM input_contacts"
        # One account may have two numbers, of which the input still has one.
        kept = f"SELECT wid FROM owned WHERE contact IN ({in_input})"
        run("DELETE FROM removed")
        run(
            f"INSERT INTO removed SELECT contact, wid, device FROM owned WHERE {_IS_OWNED} AND contact NOT IN ({in_input}) "
            f"AND wid NOT IN ({in_input}) AND wid NOT IN ({kept})"
        )
        unrecorded = (
            f"SELECT count(*) FROM written WHERE contact NOT IN ({in_input}) AND contact NOT IN (SELECT contact FROM owned)"
        )
        queries = (
            "SELECT count(DISTINCT wid) FROM removed",
            f"SELECT count(DISTINCT wid) FROM owned WHERE state = {CLEARED}",
            f"SELECT count(DISTINCT wid) FROM owned WHERE state = {EMPTY}",
            unrecorded,
        )
        owned = self._base() if self._owned_before is None else self._owned_before
        return RemovedCounts(owned, *(run(query)[0][0] for query in queries))

    def devices(self) -> list[str]:
        """The devices of the removed contacts."""
        query = "SELECT name FROM devices WHERE number IN (SELECT device FROM removed) ORDER BY number"
        return [device for (device,) in self._store.execute(query)]

    def remember_names(self, ids: dict[str, str]) -> None:
        """Stores the ids of devices by the names that rows have for them: a dry run can't look them up."""
        with self._store.transaction():
            self._store.set_meta({"device_names": json.dumps(ids)})

    def device_ids(self) -> dict[str | None, str]:
        """The ids of devices by name; the only one also without a name."""
        ids: dict[str | None, str] = json.loads(self._store.get_meta("device_names") or "{}")
        return {None: next(iter(ids.values())), **ids} if len(set(ids.values())) == 1 else ids

    def removed(self, wid: int) -> list[tuple[int, dict[str, list[int]]]]:
        """The removed contacts with this wid, given by its hash, each with the hashes of its values by key."""
        query = "SELECT contact, hashes FROM removed JOIN owned USING (contact) WHERE removed.wid = ?"
        rows = self._store.execute(query, (wid,))
        names = dict(self._store.execute("SELECT number, name FROM keys")) if rows else {}
        return [(contact, {names[key]: values for key, values in _unpack(hashes).items()}) for contact, hashes in rows]

    def remaining(self, device: str) -> list[int]:
        """The hashes of the device's removed contacts that were not found."""
        query = "SELECT DISTINCT wid FROM removed JOIN devices ON device = number WHERE name = ?"
        return [wid for (wid,) in self._store.execute(query, (device,))]

    def finish(self, wid: int, state: int | None) -> None:
        """Records what became of a removed contact; None if it must be tried again by the next run."""
        with self._store.transaction():
            contacts = [contact for (contact,) in self._store.execute("SELECT contact FROM removed WHERE wid = ?", (wid,))]
            self._store.execute("DELETE FROM removed WHERE wid = ?", (wid,))
            if state is None:
                return
            # A listing may miss a contact when another one is deleted meanwhile: only the second time it is forgotten.
            again = f"CASE WHEN {state} = {ABSENT} AND state = {ABSENT} THEN {EMPTY} ELSE {state} END"
            self._store.execute_many(f"UPDATE owned SET state = {again} WHERE contact = ?", [(contact,) for contact in contacts])
            # If the contact comes back, it is written again.
            self._store.clear_written(contacts)


def _merge(before: ValueHashes, sent: ValueHashes, *, is_certain: bool) -> ValueHashes:
    """The values that a contact may have after a write; a hash of 0 is a key that the write cleared."""
    merged = dict(before)
    for key, [value_hash] in sent.items():
        kept = [] if is_certain else before.get(key, [])
        hashes = [value for value in (*kept, value_hash) if value]
        merged[key] = list(dict.fromkeys(hashes))
    return merged


def _pack(hashes: ValueHashes) -> bytes:
    return b"".join(_VALUE_HASH.pack(key, value_hash) for key, values in hashes.items() for value_hash in values)


def _unpack(packed: bytes) -> ValueHashes:
    hashes: ValueHashes = {}
    for key, value_hash in _VALUE_HASH.iter_unpack(packed):
        hashes.setdefault(key, []).append(value_hash)
    return hashes


def owner_of(definition: dict[str, Any]) -> dict[str, Any]:
    """How a run finds contacts: its settings without those that choose what is written to them."""
    return {name: value for name, value in definition.items() if name not in ("the metadata", "empty")}


def check_owner(store: CheckpointStore, owner: dict[str, Any]) -> None:
    """Raises if earlier runs identified contacts by other settings: which contacts left the input is unknown then."""
    if differing := Ownership.differences(store, owner):
        raise JournalError(
            f"{store} records what runs with other settings wrote ({', '.join(differing)}), so the contacts that left the input "
            "can't be determined: give this run the settings of those, a journal of its own, or on_removed='ignore'"
        )
