"""Which WhatsApp number each row is written through: one for all, a column, or a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sparkbot.sync.options import Device
    from sparkbot.sync.rows import Row


class DeviceResolver:
    """Finds out each number once, by the name that rows have for it."""

    def __init__(self, device: Device, column: str | None) -> None:
        if not (device is None or isinstance(device, str) or callable(device)):
            raise InvalidArgumentError(f"a {type(device).__name__} names no number: give its id, phone or alias", field="device")
        if device is None and column is None:
            raise InvalidArgumentError(
                "give the number to work through (id, phone or alias), a function of the row, device_column, or a mapping that "
                "has [device]",
                field="device",
            )
        if callable(device) and column is not None:
            raise InvalidArgumentError("pass a function as device or device_column, not both", field="device_column")
        self._rule: Callable[[Any], str] | None = None if isinstance(device, str) else device
        self._column = column
        #: What all rows are written through that do not say.
        self.default = device if isinstance(device, str) else None
        #: The one number of the run, if it has no more.
        self.only = self.default if column is None else None
        #: The number of each device in the engine, or why there is none, by name.
        self._known: dict[str, int | str] = {}
        self._names: dict[str, str] = {}
        self._ids: dict[int, str] = {}

    def unknown(self, rows: Sequence[Row]) -> list[str]:
        """Names that were not learned yet."""
        if self.only is not None:
            return [] if self.only in self._known else [self.only]
        names = (self.name(row) for row in rows if row.problem is None)
        return list(dict.fromkeys(name for name in names if isinstance(name, str) and name not in self._known))

    def learn(self, name: str, device: str, number: int) -> None:
        self._known[name] = number
        self._names.setdefault(device, name)
        self._ids[number] = device

    def learn_problem(self, name: str, problem: str) -> None:
        self._known[name] = f"device: {problem}"

    def of(self, row: Row) -> int | str:
        """The number of the row's device, or why it has none."""
        if self.only is not None:
            return self._known[self.only]
        name = self.name(row)
        return self._known[name] if isinstance(name, str) else name.args[0]

    def id(self, number: int) -> str:
        """The id of a device by its number in the engine."""
        return self._ids[number]

    def called(self, device: str) -> str:
        """What rows call a device."""
        return self._names.get(device, device)

    def name(self, row: Row) -> str | LookupError:
        """What the row calls its device; what is wrong with it as an error that is not raised."""
        if self._rule is not None:
            try:
                given = self._rule(row.cells)
            except Exception as error:
                # One row's problem, like any other cell that can't be used.
                return LookupError(f"device: the function that chooses it failed with {type(error).__name__}: {error}")
        else:
            given = row.cells.get(self._column)
        text = str(int(given)) if isinstance(given, float) and given.is_integer() else "" if given is None else str(given).strip()
        text = text or self.default or ""
        return text or LookupError(f"device: {self._where()} is empty for this row, and no device is given for such rows")

    def _where(self) -> str:
        return "the rule's answer" if self._column is None else f"the column {self._column!r}"
