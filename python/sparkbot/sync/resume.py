"""What a run remembers: decides for each row whether it is to be sent, and lets no outcome count before it is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sparkbot.sync.checkpoint import BEGUN, DONE, WRITTEN, CheckpointStore, FinishedRow, RowRecord, sequence
from sparkbot.sync.errors import InputError, JournalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot.sync.options import Settings

#: A row that is not sent, as what: an outcome of the earlier run, or an unchanged one.
UNCHANGED = RowRecord(0, 0, 3)


class ResumeState:
    """The journal of one run, from its first row to its last."""

    def __init__(self, settings: Settings, identity: dict[str, Any], content: str | None) -> None:
        assert settings.journal is not None
        self._journal = CheckpointStore(settings.journal)
        try:
            self._continues = self._begin(settings, identity, content)
        except BaseException:
            self._journal.close()
            raise
        self._compares = settings.compare == "journal"
        #: The rows of the same file as last time are unchanged where they were written; a resumed run tells what they were.
        self._retells = settings.resume
        #: Contacts that were given several things, and what this input has for them.
        self._several = self._journal.several() if self._compares else {}
        self._coming: dict[int, list[int]] = {}
        self._has_written = self._journal.has_any("written")
        self._position = 0
        #: Contacts that get a row again which had failed: their later rows have to follow it once more.
        self._rewritten: set[int] = set()

    @property
    def secret(self) -> bytes:
        return self._journal.secret

    def _begin(self, settings: Settings, identity: dict[str, Any], content: str | None) -> bool:
        """Opens the run; tells whether it goes on with the rows of the last one."""
        journal, known = self._journal, self._journal.fact("identity")
        facts = {"identity": json.dumps(identity), "input": content, "begun": datetime.now(UTC).isoformat(timespec="seconds")}
        # A run that ended before its first row, for a wrong device or key, is none.
        if known is not None and not settings.restart and journal.has_any("rows"):
            differing = _differences(json.loads(known), identity)
            if journal.fact("input") != content:
                differing.append("the input is another file, or was changed")
            if journal.fact("complete"):
                # Only of a file it is certain beforehand that it is the same one.
                if content is not None and not differing and (settings.resume or settings.compare == "journal"):
                    return True
            else:
                self._refuse(settings, differing)
                return True
        journal.forget_rows(facts)
        return False

    def _refuse(self, settings: Settings, differing: list[str]) -> None:
        """Stops what is neither told to go on, nor the run that the journal is of."""
        journal = self._journal
        stopped = f"{journal} holds a run of {journal.fact('begun')} that stopped after {journal.count():,} rows"
        anew = "restart (--restart) begins anew and keeps what is known of the contacts"
        if not settings.resume:
            raise JournalError(f"{stopped}: resume (--resume) goes on with it, {anew}")
        if differing:
            said = "".join(f"\n  {one}" for one in differing)
            raise JournalError(f"{stopped}, and this is another one:{said}\nGive what that run was given, or else {anew}")

    @property
    def looks_ahead(self) -> bool:
        """Whether it has to know all rows of some contacts to decide about the first of them."""
        return bool(self._several)

    def foresee(self, numbers: Sequence[tuple[int, int]]) -> None:
        """Takes note of rows that will come, in their order."""
        for contact, content in numbers:
            if contact in self._several:
                self._coming.setdefault(contact, []).append(content)

    def _is_repeated(self, contact: int) -> bool:
        """Whether all rows of the contact are those of last time: it then has already what comes of them together."""
        coming = self._coming.get(contact)
        return coming is not None and sequence(coming) == self._several[contact]

    def decide(self, numbers: Sequence[tuple[int, int]]) -> list[RowRecord | None]:
        """For the next rows, as contact and content: what they are known to be, or None for those that are to be sent."""
        first = self._position
        self._position += len(numbers)
        recorded = self._journal.recorded(first, len(numbers)) if self._continues else {}
        written = self._journal.last_written([contact for contact, _ in numbers]) if self._compares and self._has_written else {}
        decided: list[RowRecord | None] = []
        for position, (contact, content) in enumerate(numbers, first):
            known = self._known(position, contact, content, recorded.get(position))
            if known is None and content and (written.get(contact) == content or self._is_repeated(contact)):
                known = UNCHANGED
            if known is None:
                written.pop(contact, None)
            decided.append(known)
        return decided

    def _known(self, position: int, contact: int, content: int, recorded: RowRecord | None) -> RowRecord | None:
        if recorded is None:
            return None
        if recorded.content and (recorded.contact, recorded.content) != (contact, content):
            raise InputError(
                f"row {position}, counted from 0, is not the row that the journal has there: the input was changed, or comes in "
                "another order. Give the rows of the first run, or restart (--restart); with compare='journal' (--compare "
                "journal) rows that are written already are not written again"
            )
        if recorded.number in DONE and recorded.content == content and contact not in self._rewritten:
            return recorded if self._retells or recorded.number not in WRITTEN else UNCHANGED
        if recorded.number != BEGUN:
            self._rewritten.add(contact)
        return None

    def commit(
        self, ended: Sequence[FinishedRow], numbers: Sequence[tuple[int, int]], decided: Sequence[RowRecord | None]
    ) -> None:
        """Puts outcomes of rows that were sent on the disk, and the rows that `decide` was asked about last, before these are
        sent."""
        first = self._position - len(numbers)
        numbered = [(first + at, contact, content) for at, (contact, content) in enumerate(numbers)]
        begun = [row for row, known in zip(numbered, decided, strict=True) if known is None]
        unchanged = [row for row, known in zip(numbered, decided, strict=True) if known is UNCHANGED]
        if not (ended or begun or unchanged):
            return
        with self._journal.transaction():
            self._journal.end_rows(ended)
            self._journal.begin_rows(begun)
            if self._has_written:
                self._journal.forget_written([contact for _, contact, _ in begun])
            self._journal.note_unchanged(unchanged)

    def complete(self) -> None:
        """Every row of the input has its outcome."""
        with self._journal.transaction():
            self._journal.note({"complete": 1})

    def close(self) -> None:
        self._journal.close()


def _differences(known: dict[str, Any], given: dict[str, Any]) -> list[str]:
    return [f"{name} was {known.get(name)!r} and is {given[name]!r}" for name in given if known.get(name) != given[name]]
