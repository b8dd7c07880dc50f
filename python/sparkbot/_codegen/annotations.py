"""Python annotations of the types of the API model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from loader import ModelError, Operation, Parameter, ResponseSchema

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
# The modules of the names in annotations; all other capitalized names are in sparkbot.types.
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
    """Returns the annotation of an argument."""
    if parameter.type not in PARAMETER_TYPES:
        raise ModelError(f"{operation.full_name}({parameter.name}): no Python type for {parameter.type} in PARAMETER_TYPES")
    return value_type(parameter)


def value_type(parameter: Parameter) -> str:
    """Returns the annotation of an argument or of a field."""
    item = PARAMETER_TYPES[parameter.type]
    if parameter.enum or parameter.fields:
        item = parameter.type_name or literal(parameter.enum)
    return f"Sequence[{item}]" if parameter.type in LISTS else item


def argument(operation: Operation, parameter: Parameter) -> str:
    """Returns an argument as signatures contain it."""
    ty = parameter_type(operation, parameter)
    return f"{parameter.name}: {ty}" if parameter.required else f"{parameter.name}: {ty} | None = None"


def return_type(operation: Operation) -> str:
    """Returns the return type. `builtins.list`, because classes may have a method called `list`."""
    ty = operation.response["kind"]
    if ty == "list":
        return f"builtins.list[{item_type(operation)}]"
    return "Binary" if ty == "bytes" else item_type(operation)


def item_type(operation: Operation) -> str:
    """Returns the type of the response, or of one item of it."""
    return operation.response.get("schema") or "dict[str, Any]"


def field_type(ty: str, schemas: dict[str, ResponseSchema]) -> str:
    """Returns the annotation of a field of a response."""
    if ty.startswith("["):
        return f"list[{field_type(ty[1:-1], schemas)}]"
    if "|" in ty:
        return " | ".join(field_type(option, schemas) for option in ty.split("|"))
    if ty not in FIELD_TYPES and ty not in schemas:
        raise ModelError(f"responses.toml: {ty} is neither a type nor a schema")
    return FIELD_TYPES.get(ty, ty)


def literal(values: Iterable[str]) -> str:
    return f"Literal[{', '.join(quoted(value) for value in values)}]"


def quoted(text: str) -> str:
    """Quotes a string as ruff does."""
    return json.dumps(text, ensure_ascii=False)


def imported_names(annotations: Iterable[str]) -> set[str]:
    """Returns the names in annotations that need an import."""
    without_text = [re.sub(r'"[^"]*"', "", annotation) for annotation in annotations]
    return {name for text in without_text for name in re.findall(r"\b(?:[A-Z]\w*|datetime)\b", text)} - BUILT_IN
