"""A mapping as it is written down, held against what one may be; every message names the file, the place in it, and the fix."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping as Written
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparkbot.sync.columns.cell_types import TYPES, Unfit, is_empty, reader, shown
from sparkbot.sync.columns.fields import Field, MappedColumns
from sparkbot.sync.columns.selection import contact_column, listed, near
from sparkbot.sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

_TOP = ("phone", "device", "metadata")
_OF_A_KEY = ("column", "constant", "type", "format", "default", "empty")
_EMPTY = ("skip", "clear", "fail")
#: A number that every rule takes, to try values with.
_ANY_PHONE = "+447362053576"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A mapping that is right in itself; whether its columns are there is known when an input is."""

    #: The file, or `mapping`.
    name: str
    phone: str | None
    country_code: str | None
    device_column: str | None
    #: What rows are written through that do not say.
    device: str | None
    fields: tuple[Field, ...]

    def columns(self, headers: Sequence[str]) -> MappedColumns:
        """The columns of an input; an `InputError` where one of them is not there."""
        said = [("phone.column", self.phone), ("device.column", self.device_column)]
        said += [(f"metadata.{field.key}.column", field.column) for field in self.fields]
        for place, column in said:
            if column is not None and column not in headers:
                raise InputError(
                    f"{self.name}: {place}: the input has no column {column!r}{near(column, headers)}; "
                    f"its columns are {listed(headers)}"
                )
        contact = self.phone if self.phone is not None else self._found_contact(headers)
        return MappedColumns(contact, self.fields, frozenset(headers))

    def _found_contact(self, headers: Sequence[str]) -> str:
        try:
            return contact_column(headers)
        except InputError:
            raise InputError(
                f"{self.name}: phone: no single column is called wid, whatsapp, phone, mobile or the like: name the one with the "
                f"contact's number, [phone] column = …; the columns are {listed(headers)}"
            ) from None


def read(source: str | os.PathLike[str] | Written[str, Any]) -> ColumnMapping:
    """The mapping in a TOML file, or in a dict of the same shape."""
    name = str(source) if isinstance(source, (str, os.PathLike)) else "mapping"
    return _Document(name).mapping(written(source))


def written(source: str | os.PathLike[str] | Written[str, Any]) -> Written[str, Any]:
    """The mapping as it is written down, as a dict: it can go where its file is not."""
    if isinstance(source, (str, os.PathLike)):
        return _parsed(Path(source))
    if isinstance(source, Written):
        return source
    raise InputError(f"mapping is a {type(source).__name__}: give the path of a TOML file, or a dict of the same shape")


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"mapping: there is no file {str(path)!r}: check the path") from None
    except OSError as error:
        raise InputError(f"mapping: {str(path)!r} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"mapping: {str(path)!r} is not UTF-8, which TOML is: save it as UTF-8") from None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            f'{path}: this is no TOML: {error}. Texts stand in quotation marks, a column is column = "Tier"'
        ) from None


class _Document:
    """The checks of one document, with its name for their messages."""

    def __init__(self, name: str) -> None:
        self._name = name

    def mapping(self, given: Written[str, Any]) -> ColumnMapping:
        self._known(given, _TOP, "")
        phone = self._table(given.get("phone", {}), "phone", ("column", "country_code"))
        device = self._table(given.get("device", {}), "device", ("column", "value"))
        if "device" in given and not device:
            self._refuse("device", "it names no number: write column = … or value = …, or take the table out")
        found = ColumnMapping(
            self._name,
            self._text(phone, "phone", "column"),
            self._country_code(self._text(phone, "phone", "country_code")),
            self._text(device, "device", "column"),
            self._text(device, "device", "value"),
            self._fields(given.get("metadata")),
        )
        self._check_constants(found.fields)
        return found

    def _fields(self, given: Any) -> tuple[Field, ...]:
        if given is None or (isinstance(given, Written) and not given):
            self._refuse(
                "metadata", 'there is nothing to write: add a table for each key, such as [metadata.tier] column = "Tier"'
            )
        if not isinstance(given, Written):
            self._refuse("metadata", f"it is {_kind(given)}: write a table for each key, such as [metadata.tier]")
        from sparkbot._sparkbot import check_keys

        for key, _, message, suggestion in check_keys([(str(key), str(key)) for key in given]):
            self._refuse(f"metadata.{key}", f"{message}: call it {suggestion!r}, and give the column's own name as its column")
        return tuple(self._field(str(key), one) for key, one in given.items())

    def _field(self, key: str, given: Any) -> Field:
        place = f"metadata.{key}"
        table = self._table(given, place, _OF_A_KEY)
        if ("column" in table) == ("constant" in table):
            problem = "both column and constant say what it is: take one out" if "column" in table else "it says nothing to write"
            self._refuse(place, f"{problem}; write column = … or constant = …")
        if "constant" in table:
            self._only_constant(table, place)
        kind = self._one_of(table, place, "type", tuple(TYPES), "text")
        read = self._reader(kind, self._text(table, place, "format"), place)
        empty = self._one_of(table, place, "empty", _EMPTY, None)
        column = self._text(table, place, "column")
        value = table.get("constant") if column is None else self._default(table, read, place)
        if column is None and is_empty(value):
            self._refuse(f"{place}.constant", "it is empty: write a value, or take the key out")
        said = {name: one if isinstance(one, (str, int, float, bool)) else str(one) for name, one in table.items()}
        return Field(key, column, kind or "text", read, value, empty, said)

    def _only_constant(self, table: Written[str, Any], place: str) -> None:
        for setting in table:
            if setting != "constant":
                self._refuse(f"{place}.{setting}", "a constant is written as it is and has no other setting: take this one out")

    def _default(self, table: Written[str, Any], read: Callable[[Any], Any], place: str) -> Any:
        if "default" not in table:
            return None
        default = table["default"]
        if "empty" in table:
            self._refuse(f"{place}.empty", "empty cells take the default, so there are none left: take empty or default out")
        if is_empty(default):
            self._refuse(f"{place}.default", 'it is empty: to write the empty text for empty cells, write empty = "clear"')
        try:
            return read(default)
        except Unfit as wanted:
            self._refuse(f"{place}.default", f"{shown(default)} is {wanted}: a default is written as the column's cells are")

    def _reader(self, kind: str | None, form: str | None, place: str) -> Callable[[Any], Any]:
        try:
            return reader(kind or "text", form)
        except Unfit as problem:
            self._refuse(f"{place}.format", str(problem))

    def _check_constants(self, fields: tuple[Field, ...]) -> None:
        """Tries what is written without a look at the rows by the rule for cells, which knows lengths and kinds of values."""
        from sparkbot._sparkbot import plan_rows

        for field in fields:
            if field.default is None:
                continue
            [(_, _, _, error)] = plan_rows([field.key], [(0, _ANY_PHONE, (field.default,))], None, ["fail"])
            if error is not None:
                place = f"metadata.{field.key}.{'constant' if field.column is None else 'default'}"
                self._refuse(place, str(error).removeprefix(field.key).removeprefix(":").strip())

    def _country_code(self, code: str | None) -> str | None:
        from sparkbot._sparkbot import plan_rows

        try:
            plan_rows([], [], code, [])
        except ValueError as error:
            self._refuse("phone.country_code", str(error))
        return code

    def _table(self, given: Any, place: str, known: tuple[str, ...]) -> Written[str, Any]:
        """The settings of a table; a text alone is its column."""
        if isinstance(given, str):
            return {"column": given}
        if not isinstance(given, Written):
            self._refuse(place, f'it is {_kind(given)}: write a table, such as [{place}] column = "…"')
        self._known(given, known, f"{place}.")
        return given

    def _known(self, given: Written[str, Any], known: tuple[str, ...], before: str) -> None:
        for name in given:
            if name not in known:
                meant = near(str(name), known) or self._moved(str(name), before)
                self._refuse(f"{before}{name}", f"there is no such setting{meant}; there are {', '.join(known)}")

    @staticmethod
    def _moved(name: str, before: str) -> str:
        return f" (is it a metadata key? then write [metadata.{name}])" if not before else ""

    def _text(self, table: Written[str, Any], place: str, setting: str) -> str | None:
        given = table.get(setting)
        if given is None and setting not in table:
            return None
        if not isinstance(given, str):
            self._refuse(f"{place}.{setting}", f"it is {_kind(given)}, not a text: write it in quotation marks")
        if not given.strip():
            self._refuse(f"{place}.{setting}", "it is empty: fill it, or take it out")
        return given

    def _one_of(
        self, table: Written[str, Any], place: str, setting: str, known: tuple[str, ...], usual: str | None
    ) -> str | None:
        given = self._text(table, place, setting)
        if given is not None and given not in known:
            self._refuse(f"{place}.{setting}", f"{given!r} is none of {', '.join(known)}{near(given, known)}")
        return usual if given is None else given

    def _refuse(self, place: str, problem: str) -> NoReturn:
        raise InputError(f"{self._name}: {place}: {problem}")


def _kind(given: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", type(None): "None"}
    return names.get(type(given)) or ("a table" if isinstance(given, Written) else f"of type {type(given).__name__}")
