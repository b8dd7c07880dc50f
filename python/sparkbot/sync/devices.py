"""Which WhatsApp number each row is sent through: one for all, a column, or a function of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sparkbot.sync.options import Device
    from sparkbot.tabular.rows import Row


class DeviceResolver:
    """Maps the names that rows have for devices to devices; each name is looked up once."""

    def __init__(self, device: Device, column: str | None) -> None:
        if not (device is None or isinstance(device, str) or callable(device)):
            raise InvalidArgumentError(
                f"device is of type {type(device).__name__}: give an id, phone number or alias", field="device"
            )
        if device is None and column is None:
            raise InvalidArgumentError(
                "no WhatsApp number is given: give device (id, phone number, alias or a function of the row), device_column, or "
                "a mapping that has [device]",
                field="device",
            )
        if callable(device) and column is not None:
            raise InvalidArgumentError(
                "a function and device_column both choose the number of a row: give only one", field="device_column"
            )
        self._function: Callable[[Any], str] | None = None if isinstance(device, str) else device
        self._column = column
        #: The device of rows that name none.
        self.default = device if isinstance(device, str) else None
        #: The device of all rows, if there is only one.
        self.single_device = self.default if column is None else None
        #: By name: the executor's index of the device, or why there is none.
        self._indexes: dict[str, int | str] = {}
        self._names: dict[str, str] = {}
        self._ids: dict[int, str] = {}

    def unknown_names(self, rows: Sequence[Row]) -> list[str]:
        """The names in these rows that are not registered yet."""
        if self.single_device is not None:
            return [] if self.single_device in self._indexes else [self.single_device]
        names = (self.name_in(row) for row in rows if row.problem is None)
        return list(dict.fromkeys(name for name in names if isinstance(name, str) and name not in self._indexes))

    def register(self, name: str, device: str, index: int) -> None:
        """Stores the device that a name stands for."""
        self._indexes[name] = index
        self._names.setdefault(device, name)
        self._ids[index] = device

    def register_error(self, name: str, message: str) -> None:
        """Stores why a name stands for no device."""
        self._indexes[name] = f"device: {message}"

    def device_for(self, row: Row) -> int | str:
        """The executor's index of the row's device, or why the row has none."""
        if self.single_device is not None:
            return self._indexes[self.single_device]
        name = self.name_in(row)
        return self._indexes[name] if isinstance(name, str) else name.args[0]

    def id(self, index: int) -> str:
        """The id of a device by the executor's index."""
        return self._ids[index]

    @property
    def ids_by_name(self) -> dict[str, str]:
        """The ids of the devices by the names that rows have for them."""
        return {name: self._ids[index] for name, index in self._indexes.items() if isinstance(index, int)}

    def display_name(self, device: str) -> str:
        """The name that rows have for a device."""
        return self._names.get(device, device)

    def name_in(self, row: Row) -> str | LookupError:
        """The row's name for its device; a row without one gets an error, which is not raised."""
        if self._function is not None:
            try:
                value = self._function(row.cells)
            except Exception as error:
                # Fails this row only, like an invalid cell.
                return LookupError(f"device: the function that chooses it failed with {type(error).__name__}: {error}")
        else:
            value = row.cells.get(self._column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        name = ("" if value is None else str(value).strip()) or self.default
        source = "the function's result" if self._column is None else f"the column {self._column!r}"
        return name or LookupError(f"device: {source} is empty for this row, and there is no default device")
