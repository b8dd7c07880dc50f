"""Reads a mapping from a TOML file or a dict and validates it; every message names the file, the location in it, and the fix."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparkbot.phones import PhoneOptions
from sparkbot.sync.columns.cell_types import TYPES, CellParseError, format_cell, is_empty, make_parser
from sparkbot.sync.columns.fields import Field, MappedColumns
from sparkbot.sync.columns.null_words import NullWords
from sparkbot.sync.columns.selection import detect_contact_column, format_list, suggest
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from sparkbot.sync.columns.cell_types import Parser

_TABLES = ("phone", "device", "metadata")
_KEY_SETTINGS = ("column", "constant", "type", "format", "default", "empty")
_EMPTY_POLICIES = ("skip", "clear", "fail")
#: A valid number, to plan rows that test values.
_EXAMPLE_PHONE = "+447362053576"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A valid mapping; `columns` checks that an input has its columns."""

    #: The file, or `mapping`.
    name: str
    phone: tuple[str, ...]
    country_code: str | None
    #: The column with the country of each row.
    country_column: str | None
    device_column: str | None
    #: The device of rows that name none.
    device: str | None
    fields: tuple[Field, ...]

    def columns(self, headers: Sequence[str], nulls: NullWords | None = None) -> MappedColumns:
        """The columns of an input; raises `InputError` if one is missing."""
        required: list[tuple[str, str | None]] = [("phone.column", column) for column in self.phone]
        required += [("phone.country_column", self.country_column), ("device.column", self.device_column)]
        required += [(f"metadata.{field.key}.column", field.column) for field in self.fields]
        for location, column in required:
            if column is not None and column not in headers:
                raise InputError(
                    f"{self.name}: {location}: the input has no column {column!r}{suggest(column, headers)}; its columns are "
                    f"{format_list(headers)}"
                )
        notes: list[str] = []
        contact = self.phone or (self._detect_contact(headers, notes),)
        return MappedColumns(contact, self.fields, frozenset(headers), nulls or NullWords(), notes=tuple(notes))

    def _detect_contact(self, headers: Sequence[str], notes: list[str]) -> str:
        try:
            return detect_contact_column(headers, notes=notes)
        except InputError:
            raise InputError(
                f"{self.name}: phone: no single column is named wid, whatsapp, phone, mobile or similar: name the contact's "
                f"column with [phone] column = …; the columns are {format_list(headers)}"
            ) from None


def read(source: str | os.PathLike[str] | Mapping[str, Any]) -> ColumnMapping:
    """Reads a mapping from a TOML file, or from a dict of the same shape."""
    name = str(source) if isinstance(source, (str, os.PathLike)) else "mapping"
    return _Parser(name).mapping(to_dict(source))


def to_dict(source: str | os.PathLike[str] | Mapping[str, Any]) -> Mapping[str, Any]:
    """The source of a mapping as a dict, which can be sent where its file does not exist."""
    if isinstance(source, (str, os.PathLike)):
        return _read_toml(Path(source))
    if isinstance(source, Mapping):
        return source
    raise InputError(f"mapping is of type {type(source).__name__}: give the path of a TOML file, or a dict of the same shape")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"mapping: there is no file {str(path)!r}: check the path") from None
    except OSError as error:
        raise InputError(f"mapping: {str(path)!r} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"mapping: {str(path)!r} is not UTF-8, which TOML requires: save it as UTF-8") from None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f'{path}: not valid TOML: {error}. Quote texts; a column is column = "Tier"') from None


class _Parser:
    """Parses one mapping; holds its name for messages."""

    def __init__(self, name: str) -> None:
        self._name = name

    def mapping(self, source: Mapping[str, Any]) -> ColumnMapping:
        self._check_names(source, _TABLES, "")
        phone = self._table(source.get("phone", {}), "phone", ("column", "country_code", "country_column"))
        device = self._table(source.get("device", {}), "device", ("column", "value"))
        if "device" in source and not device:
            self._fail("device", "it names no number: write column = … or value = …, or remove the table")
        mapping = ColumnMapping(
            self._name,
            self._phone_columns(phone),
            self._country_code(self._text(phone, "phone", "country_code")),
            self._text(phone, "phone", "country_column"),
            self._text(device, "device", "column"),
            self._text(device, "device", "value"),
            self._fields(source.get("metadata")),
        )
        self._check_values(mapping.fields)
        return mapping

    def _fields(self, metadata: Any) -> tuple[Field, ...]:
        if metadata is None or (isinstance(metadata, Mapping) and not metadata):
            self._fail("metadata", 'there is nothing to write: add a table for each key, such as [metadata.tier] column = "Tier"')
        if not isinstance(metadata, Mapping):
            self._fail("metadata", f"it is {_type_name(metadata)}: write a table for each key, such as [metadata.tier]")
        from sparkbot._sparkbot import check_keys

        for problem in check_keys([(str(key), str(key)) for key in metadata]):
            advice = f"name it {problem.suggestion!r}, and give the column's own name as its column"
            self._fail(f"metadata.{problem.column}", f"{problem.message}: {advice}")
        return tuple(self._field(str(key), settings) for key, settings in metadata.items())

    def _field(self, key: str, settings: Any) -> Field:
        location = f"metadata.{key}"
        table = self._table(settings, location, _KEY_SETTINGS)
        if ("column" in table) == ("constant" in table):
            problem = "it has both column and constant" if "column" in table else "it has neither column nor constant"
            self._fail(location, f"{problem}; write column = … or constant = …")
        if "constant" in table:
            self._check_only_constant(table, location)
        type_name = self._choice(table, location, "type", tuple(TYPES)) or "text"
        parse = self._parser(type_name, self._text(table, location, "format"), location)
        empty = self._choice(table, location, "empty", _EMPTY_POLICIES)
        column = self._text(table, location, "column")
        value = table.get("constant") if column is None else self._default(table, parse, location)
        if column is None and is_empty(value):
            self._fail(f"{location}.constant", "it is empty: write a value, or remove the key")
        definition = {name: item if isinstance(item, (str, int, float, bool)) else str(item) for name, item in table.items()}
        return Field(key, column, type_name, parse, value, empty, definition)

    def _check_only_constant(self, table: Mapping[str, Any], location: str) -> None:
        for setting in table:
            if setting != "constant":
                self._fail(f"{location}.{setting}", "a constant is written unchanged and has no other settings: remove this one")

    def _default(self, table: Mapping[str, Any], parse: Parser, location: str) -> Any:
        if "default" not in table:
            return None
        default = table["default"]
        if "empty" in table:
            self._fail(f"{location}.empty", "empty cells take the default, so empty has no effect: remove empty or default")
        if is_empty(default):
            self._fail(f"{location}.default", 'it is empty: to write an empty text for empty cells, write empty = "clear"')
        try:
            return parse(default)
        except CellParseError as error:
            self._fail(f"{location}.default", f"{format_cell(default)} is {error}: write a default as the column's cells are")

    def _parser(self, type_name: str, format: str | None, location: str) -> Parser:
        try:
            return make_parser(type_name, format)
        except CellParseError as error:
            self._fail(f"{location}.format", str(error))

    def _check_values(self, fields: tuple[Field, ...]) -> None:
        """Plans a row for each constant and default, which applies the limits for lengths and types of values."""
        from sparkbot._sparkbot import plan_rows

        for field in fields:
            if field.default is None:
                continue
            [result], _ = plan_rows([field.key], [(0, _EXAMPLE_PHONE, (field.default,))], PhoneOptions(), ["fail"])
            if result.error is not None:
                location = f"metadata.{field.key}.{'constant' if field.column is None else 'default'}"
                self._fail(location, str(result.error).removeprefix(field.key).removeprefix(":").strip())

    def _phone_columns(self, phone: Mapping[str, Any]) -> tuple[str, ...]:
        """One column, or several: the first that is not empty is used."""
        columns = phone.get("column")
        if not isinstance(columns, list):
            column = self._text(phone, "phone", "column")
            return () if column is None else (column,)
        return tuple(self._text({"column": column}, "phone", "column") or "" for column in columns)

    def _country_code(self, code: str | None) -> str | None:
        from sparkbot._sparkbot import plan_rows

        try:
            plan_rows([], [], PhoneOptions(code), [])
        except ValueError as error:
            self._fail("phone.country_code", str(error))
        return code

    def _table(self, value: Any, location: str, settings: tuple[str, ...]) -> Mapping[str, Any]:
        """The settings of a table; a string is short for its column."""
        if isinstance(value, str):
            return {"column": value}
        if not isinstance(value, Mapping):
            self._fail(location, f'it is {_type_name(value)}: write a table, such as [{location}] column = "…"')
        self._check_names(value, settings, f"{location}.")
        return value

    def _check_names(self, table: Mapping[str, Any], settings: tuple[str, ...], prefix: str) -> None:
        for name in table:
            if name not in settings:
                hint = suggest(str(name), settings)
                if not hint and not prefix:
                    hint = f" (is it a metadata key? then write [metadata.{name}])"
                self._fail(f"{prefix}{name}", f"there is no such setting{hint}; there are {', '.join(settings)}")

    def _text(self, table: Mapping[str, Any], location: str, setting: str) -> str | None:
        if setting not in table:
            return None
        value = table[setting]
        if not isinstance(value, str):
            self._fail(f"{location}.{setting}", f"it is {_type_name(value)}, not a text: put it in quotation marks")
        if not value.strip():
            self._fail(f"{location}.{setting}", "it is empty: fill it in, or remove it")
        return value

    def _choice(self, table: Mapping[str, Any], location: str, setting: str, choices: tuple[str, ...]) -> str | None:
        value = self._text(table, location, setting)
        if value is not None and value not in choices:
            self._fail(f"{location}.{setting}", f"{value!r} is not one of {', '.join(choices)}{suggest(value, choices)}")
        return value

    def _fail(self, location: str, problem: str) -> NoReturn:
        raise InputError(f"{self._name}: {location}: {problem}")


def _type_name(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", type(None): "None"}
    return names.get(type(value)) or ("a table" if isinstance(value, Mapping) else f"of type {type(value).__name__}")
