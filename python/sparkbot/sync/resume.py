"""Decides for each row whether it is sent, from the journal of earlier runs; commits outcomes before they count."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sparkbot.sync.checkpoint import (
    DONE,
    STARTED,
    UNCHANGED,
    WRITTEN,
    CheckpointStore,
    FinishedRow,
    RowRecord,
    sequence_hash,
)
from sparkbot.sync.errors import JournalError
from sparkbot.sync.ownership import Ownership, check_owner, owner_of
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot.sync.options import ResolvedOptions


class ResumeState:
    """The journal of one run."""

    def __init__(
        self, options: ResolvedOptions, definition: dict[str, Any], fingerprint: str | None, keys: Sequence[str]
    ) -> None:
        assert options["journal"] is not None
        self._store = CheckpointStore(options["journal"])
        owner = owner_of(definition)
        try:
            records = self._records_values(options, owner)
            self._continues = self._open_run(options, definition, fingerprint)
            #: What is written, if the journal records it.
            self.ownership = Ownership(self._store, keys) if records else None
            if self.ownership is not None:
                # Another run of the same file does not report again what an earlier one cleared.
                self.ownership.start(owner, is_resumed=self._continues and options["resume"])
        except BaseException:
            self._store.close()
            raise
        self._compares = options["compare"] == "journal"
        #: A resumed run reports the earlier outcome of a row; a new run of the same file reports `unchanged`.
        self._replays_outcomes = options["resume"]
        #: Contacts with several different rows in the last run, and their rows in this input.
        self._multi_row_contacts = self._store.multi_row_contacts() if self._compares else {}
        self._upcoming: dict[int, list[int]] = {}
        self._has_written = self._store.has_any("written")
        self._position = 0
        #: Contacts whose failed row is sent again: their later rows must follow it, so that the last one still wins.
        self._redo_contacts: set[int] = set()

    @property
    def secret(self) -> bytes:
        """The key of the hashes in the journal."""
        return self._store.secret

    def _records_values(self, options: ResolvedOptions, owner: dict[str, Any]) -> bool:
        """Whether the journal records what is written: once a run had `on_removed`, all that can record it do."""
        if options["on_removed"] == "clear":
            check_owner(self._store, owner)
            return True
        is_recorded = Ownership.exists(self._store) and not Ownership.differences(self._store, owner)
        return is_recorded and options["compare"] != "service"

    def _open_run(self, options: ResolvedOptions, definition: dict[str, Any], fingerprint: str | None) -> bool:
        """Opens the run; returns whether it continues with the rows of the last one."""
        store, known = self._store, self._store.get_meta("identity")
        meta = {
            "identity": json.dumps(definition),
            "input": fingerprint,
            "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        # A run that ended before its first row, for example by a wrong device or key, does not count.
        if known is not None and not options["restart"] and store.has_any("rows"):
            differences = _differences(json.loads(known), definition)
            if store.get_meta("input") != fingerprint:
                differences.append("the input is another file, or was changed")
            if not store.get_meta("complete"):
                self._check_continues(options, differences)
                return True
            # Only a file is known in advance to be the same input.
            if fingerprint is not None and not differences and (options["resume"] or options["compare"] == "journal"):
                return True
        store.start_run(meta)
        return False

    def _check_continues(self, options: ResolvedOptions, differences: list[str]) -> None:
        """Raises unless the caller asked to resume, and gives the run that the journal holds."""
        store = self._store
        stopped = f"{store} holds a run of {store.get_meta('begun')} that stopped after {store.count():,} rows"
        restart = "restart (--restart) starts a new run and keeps what is known of the contacts"
        if not options["resume"]:
            raise JournalError(f"{stopped}: resume (--resume) continues it, {restart}")
        if differences:
            details = "".join(f"\n  {difference}" for difference in differences)
            raise JournalError(f"{stopped}, and this run differs:{details}\nGive what that run was given, or else {restart}")

    @property
    def needs_lookahead(self) -> bool:
        """Whether `preload` must see all rows before `decide` can be called; not if the journal has the rows of this input."""
        return bool(self._multi_row_contacts) and not self._continues

    def preload(self, hashes: Sequence[tuple[int, int]]) -> None:
        """Registers upcoming rows, in order."""
        for contact, content in hashes:
            if contact in self._multi_row_contacts:
                self._upcoming.setdefault(contact, []).append(content)

    def _is_repeated(self, contact: int) -> bool:
        """Whether all rows of the contact are those of the last run, so that their combined result is already written."""
        upcoming = self._upcoming.get(contact)
        return upcoming is not None and sequence_hash(upcoming) == self._multi_row_contacts[contact]

    def decide(self, hashes: Sequence[tuple[int, int]]) -> list[RowRecord | None]:
        """For the next rows, given as hashes of contact and content: the record of a row that is not sent, else None."""
        first = self._position
        self._position += len(hashes)
        records = self._store.records(first, len(hashes)) if self._continues else {}
        written = self._store.last_written([contact for contact, _ in hashes]) if self._compares and self._has_written else {}
        decisions: list[RowRecord | None] = []
        for position, (contact, content) in enumerate(hashes, first):
            record = self._replayed(position, contact, content, records.get(position))
            if record is None and content and (written.get(contact) == content or self._is_repeated(contact)):
                record = UNCHANGED
            if record is None:
                written.pop(contact, None)
            decisions.append(record)
        return decisions

    def wids(self, hashes: Sequence[tuple[int, int]]) -> list[int | None] | None:
        """For the next rows: the masked wid of each contact that an earlier run looked up."""
        if not self._store.has_any("resolved"):
            return None
        wids = self._store.resolved([contact for contact, _ in hashes])
        return [wids.get(contact) for contact, _ in hashes]

    def _replayed(self, position: int, contact: int, content: int, record: RowRecord | None) -> RowRecord | None:
        if record is None:
            return None
        if record.content and (record.contact, record.content) != (contact, content):
            raise InputError(
                f"row {position}, counted from 0, is not the row that the journal has there: the input was changed, or comes in "
                "another order. Give the rows of the first run, or restart (--restart); with compare='journal' (--compare "
                "journal) rows that are written already are not written again"
            )
        if record.state in DONE and record.content == content and contact not in self._redo_contacts:
            return record if self._replays_outcomes or record.state not in WRITTEN else UNCHANGED
        if record.state != STARTED:
            self._redo_contacts.add(contact)
        return None

    def commit(
        self, finished: Sequence[FinishedRow], hashes: Sequence[tuple[int, int]], decisions: Sequence[RowRecord | None]
    ) -> None:
        """Writes the outcomes of rows that were sent to disk, and the rows of the last `decide` before they are sent."""
        first = self._position - len(hashes)
        rows = [(first + offset, contact, content) for offset, (contact, content) in enumerate(hashes)]
        started = [row for row, record in zip(rows, decisions, strict=True) if record is None]
        unchanged = [row for row, record in zip(rows, decisions, strict=True) if record is UNCHANGED]
        if not (finished or started or unchanged or (hashes and self.ownership)):
            return
        with self._store.transaction():
            self._store.mark_finished(finished)
            self._store.mark_started(started)
            if self._has_written:
                self._store.clear_written([contact for _, contact, _ in started])
            self._store.mark_unchanged(unchanged)
            if self.ownership is not None:
                self.ownership.commit(finished, first, decisions)

    def complete(self) -> None:
        """Records that every row of the input has its outcome."""
        with self._store.transaction():
            self._store.set_meta({"complete": 1})

    def close(self) -> None:
        """Closes the journal."""
        self._store.close()


def _differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return [f"{name} was {before.get(name)!r} and is {now[name]!r}" for name in now if before.get(name) != now[name]]
