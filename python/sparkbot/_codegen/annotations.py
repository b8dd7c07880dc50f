"""What the table's types are called in Python."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from table import Operation, Parameter, ResponseSchema, TableError

PARAMETER_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "datetime": "datetime | str",
    "string_list": "str",
    "number_list": "float",
    "object": "Mapping[str, object]",
    "object_list": "Mapping[str, object]",
    "file": "FileSource",
    "metadata": "Mapping[str, MetadataValue]",
}
FIELD_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "datetime": "str",
    "object": "dict[str, Any]",
    "string_list": "list[str]",
    "object_list": "list[dict[str, Any]]",
}
LISTS = {"string_list", "number_list", "object_list"}
# Where the names in annotations come from; every other capitalised name is in sparkbot.types.
STANDARD_NAMES = {
    "Any": "typing",
    "AsyncIterator": "collections.abc",
    "Iterator": "collections.abc",
    "Literal": "typing",
    "Mapping": "collections.abc",
    "Path": "pathlib",
    "PathLike": "os",
    "Sequence": "collections.abc",
    "datetime": "datetime",
}
BUILT_IN = {"None", "True", "False"}


def parameter_type(operation: Operation, parameter: Parameter) -> str:
    """The annotation of an argument."""
    if parameter.type not in PARAMETER_TYPES:
        raise TableError(f"{operation.full_name}({parameter.name}): no Python type for {parameter.type} in PARAMETER_TYPES")
    return value_type(parameter)


def value_type(parameter: Parameter) -> str:
    """The annotation of an argument or of a field in one."""
    one = PARAMETER_TYPES[parameter.type]
    if parameter.enum or parameter.fields:
        one = parameter.type_name or literal(parameter.enum)
    return f"Sequence[{one}]" if parameter.type in LISTS else one


def argument(operation: Operation, parameter: Parameter) -> str:
    """An argument as it stands in a signature."""
    kind = parameter_type(operation, parameter)
    return f"{parameter.name}: {kind}" if parameter.required else f"{parameter.name}: {kind} | None = None"


def answer_type(operation: Operation) -> str:
    """What a method returns. `builtins.list`, because in a class with a method `list` the bare name means the method."""
    kind = operation.response["kind"]
    if kind == "list":
        return f"builtins.list[{item_type(operation)}]"
    return "Binary" if kind == "bytes" else item_type(operation)


def item_type(operation: Operation) -> str:
    """An object that is answered, or one of a list."""
    return operation.response.get("schema") or "dict[str, Any]"


def field_type(kind: str, schemas: dict[str, ResponseSchema]) -> str:
    """The annotation of a field of an answer."""
    if kind.startswith("["):
        return f"list[{field_type(kind[1:-1], schemas)}]"
    if "|" in kind:
        return " | ".join(field_type(one, schemas) for one in kind.split("|"))
    if kind not in FIELD_TYPES and kind not in schemas:
        raise TableError(f"responses.toml: {kind} is neither a type nor a schema")
    return FIELD_TYPES.get(kind, kind)


def literal(values: Iterable[str]) -> str:
    return f"Literal[{', '.join(quoted(value) for value in values)}]"


def quoted(text: str) -> str:
    """A string as ruff would write it."""
    return json.dumps(text, ensure_ascii=False)


def names_in(annotations: Iterable[str]) -> set[str]:
    """Names that some annotations use and that must be imported."""
    without_text = [re.sub(r'"[^"]*"', "", annotation) for annotation in annotations]
    return {name for text in without_text for name in re.findall(r"\b(?:[A-Z]\w*|datetime)\b", text)} - BUILT_IN
