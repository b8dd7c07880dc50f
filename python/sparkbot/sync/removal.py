"""Clears what a journal's runs wrote to contacts that the input no longer has. See docs/decisions/0027."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from sparkbot.batch.outcome import Outcome
from sparkbot.errors import SparkBotError
from sparkbot.resources._contacts import metadata_of
from sparkbot.sync.errors import ChangedSinceWritten, RunStopped
from sparkbot.sync.ownership import ABSENT, CLEARED, EMPTY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sparkbot.batch.outcome import Status
    from sparkbot.sync.options import ResolvedOptions
    from sparkbot.sync.ownership import Ownership, RemovedCounts
    from sparkbot.sync.report.report import Report
    from sparkbot.types import Contact

#: The reason of every outcome of a contact that left the input, followed by the reason of one that is skipped.
LEFT = "left the input"
_NO_VALUES, _NO_CONTACT = f"{LEFT}: has none of the values", f"{LEFT}: no such contact"
#: The page size when the contacts of a number are read.
_PAGE_SIZE = 500


class RemovedContacts:
    """Finds the removed contacts among those of their numbers, since the journal has only hashes of them, and clears them."""

    def __init__(self, client: Any, ownership: Ownership, options: ResolvedOptions, report: Report, limit: float | None) -> None:
        self._client = client
        self._ownership = ownership
        self._options = options
        self._report = report
        self._settings = {"concurrency": options["concurrency"], "calls_per_second": limit}
        #: Outcomes that are durable and not yet returned.
        self._done: deque[Outcome] = deque()
        #: Contacts that are being cleared, in order.
        self._sent: deque[tuple[int, str]] = deque()

    def count(self) -> int:
        """The number of outcomes to come. Raises `RunStopped`, and clears nothing, if it is in doubt who left the input."""
        ownership = self._ownership
        counts = ownership.find_removed()
        if counts.unrecorded:
            self._report.notes.append(unrecorded_note(counts))
        problem = refusal(counts, ownership.unreadable, self._report.rows, self._options)
        ownership.remember_refusal(counts.owned if problem else None)
        if problem:
            raise RunStopped(f"no contact that left the input was cleared: {problem}", self._report)
        self._done.extend(self._outcome("ok", None) for _ in range(counts.cleared))
        self._done.extend(self._outcome("skipped", None, reason=_NO_VALUES) for _ in range(counts.empty))
        return counts.removed + counts.cleared + counts.empty

    def clear(self) -> Iterator[Outcome]:
        """Clears the contacts; yields an outcome for each."""
        yield from self._take()
        for device in self._ownership.devices():
            contacts = self._client.contacts.iter(device, sort="createdAt:asc", size=_PAGE_SIZE)
            items = (item for contact in contacts if (item := self._examine(device, contact)))
            run = self._client.map(self._client.contacts.upsert_metadata, items, device=device, **self._settings)
            error = None
            try:
                with run:
                    for result in run:
                        self._finish(result)
                        yield from self._take()
            except SparkBotError as caught:
                error = caught
            self._end_device(device, error)
            yield from self._take()

    async def clear_async(self) -> AsyncIterator[Outcome]:
        """As `clear`, awaited."""
        for outcome in self._take():
            yield outcome
        for device in self._ownership.devices():
            items = self._items_async(device)
            run = self._client.map(self._client.contacts.upsert_metadata, items, device=device, **self._settings)
            error = None
            try:
                async with run:
                    async for result in run:
                        self._finish(result)
                        for outcome in self._take():
                            yield outcome
            except SparkBotError as caught:
                error = caught
            self._end_device(device, error)
            for outcome in self._take():
                yield outcome

    async def _items_async(self, device: str) -> AsyncIterator[dict[str, Any]]:
        async for contact in self._client.contacts.iter(device, sort="createdAt:asc", size=_PAGE_SIZE):
            if item := self._examine(device, contact):
                yield item

    def _examine(self, device: str, contact: Contact) -> dict[str, Any] | None:
        """The call that clears the contact, if it left the input and has values of this journal."""
        wid = contact["wid"]
        hashed = self._ownership.hasher.contact(device, wid)
        records = self._ownership.removed(hashed)
        if not records:
            return None
        ours, others = self._split_keys(records, metadata_of(contact))
        if others:
            keys = ", ".join(map(repr, others))
            error = ChangedSinceWritten(
                f"the metadata {keys} no longer has the value that this journal wrote, so it may be another program's: nothing "
                "of this contact was cleared; clear what is not needed by hand"
            )
            self._add(hashed, None, self._outcome("failed", wid, error=error))
        elif not ours:
            self._add(hashed, EMPTY, self._outcome("skipped", wid, reason=_NO_VALUES))
        else:
            self._sent.append((hashed, wid))
            return {"contact": wid, "metadata": dict.fromkeys(ours, "")}
        return None

    def _split_keys(
        self, records: list[tuple[int, dict[str, list[int]]]], metadata: dict[str, str]
    ) -> tuple[list[str], list[str]]:
        """The keys whose values this journal wrote, and those that it wrote and that have another value now."""
        is_ours: dict[str, bool] = {}
        for contact, hashes in records:
            for key, values in hashes.items():
                if value := metadata.get(key):
                    written = self._ownership.hasher.pair(contact, key, str(value)) in values
                    is_ours[key] = is_ours.get(key, False) or written
        return [key for key, ours in is_ours.items() if ours], [key for key, ours in is_ours.items() if not ours]

    def _finish(self, result: Outcome) -> None:
        """Records the outcome of a contact that was to be cleared."""
        hashed, wid = self._sent.popleft()
        outcome = self._outcome(result.status, wid, error=result.error)
        outcome.attempts, outcome.elapsed = result.attempts, result.elapsed
        self._add(hashed, CLEARED if result.status == "ok" else None, outcome)

    def _end_device(self, device: str, error: SparkBotError | None) -> None:
        """Records the contacts that were not found; they fail if the contacts of the number can't be read."""
        self._sent.clear()
        for hashed in self._ownership.remaining(device):
            if error is None:
                self._add(hashed, ABSENT, self._outcome("skipped", None, reason=_NO_CONTACT))
            else:
                self._add(hashed, None, self._outcome("failed", None, error=error))

    def _add(self, hashed: int, state: int | None, outcome: Outcome) -> None:
        self._ownership.finish(hashed, state)
        self._done.append(outcome)

    @staticmethod
    def _outcome(status: Status, wid: str | None, *, reason: str = LEFT, error: Exception | None = None) -> Outcome:
        return Outcome(0, None, status, contact=wid, reason=reason, error=error)

    def _take(self) -> Iterator[Outcome]:
        """The outcomes so far, which count as rows after those of the input."""
        while self._done:
            outcome = self._done.popleft()
            outcome.index = self._report.rows
            yield outcome


def refusal(counts: RemovedCounts, unreadable: int, rows: int, options: ResolvedOptions) -> str | None:
    """Why no contact may be cleared, or None."""
    if not (counts.removed or counts.cleared or counts.empty):
        return None
    if not rows:
        return "the input has no rows: check how it is made"
    if unreadable:
        return (
            f"{unreadable:,} rows of the input name no valid contact, and may be those of contacts that seem to have left it: "
            "correct these rows or remove them"
        )
    if counts.rate > options["max_removed_rate"]:
        return (
            f"{counts.rate:.1%} of the contacts that earlier runs of this journal wrote left the input, more than "
            f"max_removed_rate={options['max_removed_rate']:g} allows: check the input, or give a higher rate "
            "(--max-removed-rate)"
        )
    return None


def unrecorded_note(counts: RemovedCounts) -> str:
    """What the report says of contacts whose values are not known."""
    return (
        f"contacts that left the input and were written before on_removed was given, which are left alone: {counts.unrecorded:,}"
    )
