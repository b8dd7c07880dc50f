"""Counts, in a dry run, the contacts that left the input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparkbot.sync.checkpoint import CheckpointStore
from sparkbot.sync.devices import DeviceResolver
from sparkbot.sync.ownership import Ownership, check_owner, owner_of
from sparkbot.sync.removal import refusal, unrecorded_note
from sparkbot.tabular.rows import Row

if TYPE_CHECKING:
    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.options import Device, ResolvedOptions
    from sparkbot.sync.report.report import Report


class RemovalEstimate:
    """Compares the contacts of the input with those of the journal, as a file of outcomes would read them."""

    def __init__(
        self, options: ResolvedOptions, report: Report, device: Device, column: str | None, definition: dict[str, Any]
    ) -> None:
        self._options = options
        self._report = report
        self._device = None if device is None and column is None else DeviceResolver(device, column)
        self._store = CheckpointStore(options["journal"]) if Path(options["journal"]).exists() else None
        # A dry run needs neither of these.
        unknown = {"the service"} if self._device else {"the service", "the device"}
        self._owner = {name: value for name, value in owner_of(definition).items() if name not in unknown}
        self._ownership = self._open()
        self._ids = self._ownership.device_ids() if self._ownership else {}

    def _open(self) -> Ownership | None:
        if self._store is None or not Ownership.exists(self._store):
            return None
        check_owner(self._store, self._owner)
        return Ownership(self._store)

    def write(self, outcome: Outcome) -> None:
        """Notes that the input has the contact."""
        if self._ownership is None:
            return
        device = self._ids.get(self._name(outcome))
        if outcome.contact is None:
            self._ownership.add_input_contact(0)
        elif device is not None:
            # Through another device, no run wrote to it.
            self._ownership.add_input_contact(self._ownership.hasher.contact(device, outcome.contact))

    def _name(self, outcome: Outcome) -> str | None:
        name = self._device.name_in(Row(outcome.input)) if self._device else None
        return name if isinstance(name, str) else None

    def close(self) -> None:
        """Adds the counts to the report."""
        try:
            if self._ownership is not None:
                self._count(self._ownership)
            else:
                self._report.notes.append("contacts that left the input: not known, as no run of this journal had on_removed")
        finally:
            if self._store is not None:
                self._store.close()

    def _count(self, ownership: Ownership) -> None:
        counts = ownership.find_removed()
        notes, self._report.removed = self._report.notes, counts.removed
        notes.append(f"contacts that left the input: {counts.removed:,} of {counts.owned:,}")
        if counts.unrecorded:
            notes.append(unrecorded_note(counts))
        if problem := refusal(counts, ownership.unreadable, self._report.rows, self._options):
            notes.append(f"the run would clear none of them: {problem}")
