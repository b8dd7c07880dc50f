"""Generates the modules that cover all resources."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from annotations import field_type, quoted, value_type
from formatting import UNCHECKED_RESPONSES, bracketed, docstring, import_from, lines, prose
from loader import Model, ModelError, Operation, Parameter, Resource, ResponseSchema, with_fields

HEADER = "# Generated from src/api by `make generate`; edit the files there."
FUTURE = "from __future__ import annotations"
CHECKING = "TYPE_CHECKING = False\nif TYPE_CHECKING:"
FILE_SOURCE = "FileSource: TypeAlias = str | PathLike[str] | bytes | Annotated[IO[bytes], Unchecked()]"
TYPED_DICT = """\
if sys.version_info < (3, 12):
    # pydantic accepts only this one then, and needs the package itself.
    with suppress(ImportError):
        from typing_extensions import TypedDict"""
METADATA_VALUE = "MetadataValue: TypeAlias = str | int | float | bool | date | datetime | Decimal | UUID"


def types_module(model: Model) -> str:
    """Generates sparkbot.types: allowed values, objects in arguments, and the fields of responses."""
    literals, objects = named_types(model, "enum"), named_types(model, "fields")
    names = sorted([*literals, *objects, *model.schemas, "FileSource", "MetadataValue"])
    for name, following in pairwise(names):
        if name == following:
            raise ModelError(f"the type_name {name} has several definitions")
    exported = bracketed("__all__ = [", [quoted(name) for name in names], "]")
    head = lines(
        HEADER,
        '"""Types of arguments and responses. Responses are plain dicts; their types only declare the known fields."""\n',
        FUTURE + "\n",
        "import sys",
        "from collections.abc import Mapping, Sequence",
        "from contextlib import suppress",
        "from datetime import date, datetime",
        "from decimal import Decimal",
        "from os import PathLike",
        "from typing import IO, Annotated, Any, Literal, Required, TypeAlias, TypedDict",
        "from uuid import UUID\n",
        "from sparkbot._annotations import Unchecked\n",
        TYPED_DICT + "\n",
        exported + "\n",
        FILE_SOURCE,
        '"""An upload: a path, bytes, or a file that is open for reading bytes."""',
        METADATA_VALUE,
        '"""A metadata value; it is sent as text."""\n',
    )
    aliases = [alias(name, parameter.enum) for name, parameter in sorted(literals.items())]
    classes = {name: object_text(name, parameter) for name, parameter in objects.items()}
    classes |= {name: schema_text(name, model.schemas) for name in model.schemas}
    return lines(head, *aliases) + "\n\n\n" + "\n\n\n".join(classes[name] for name in sorted(classes)) + "\n"


def named_types(model: Model, attribute: str) -> dict[str, Parameter]:
    """Parameters that have allowed values (`enum`) or keys (`fields`), by their type_name."""
    parameters: dict[str, Parameter] = {}
    for operation, parameter in all_parameters(model):
        name, value = parameter.type_name, getattr(parameter, attribute)
        if name is not None and value and getattr(parameters.setdefault(name, parameter), attribute) != value:
            raise ModelError(f"{operation.full_name}({parameter.name}): the type_name {name} has another definition elsewhere")
    return parameters


def all_parameters(model: Model) -> Iterator[tuple[Operation, Parameter]]:
    """Yields all parameters and their fields, with the operation."""
    for resource in model.resources:
        for operation in resource.operations:
            yield from ((operation, parameter) for argument in operation.parameters for parameter in with_fields(argument))


def alias(name: str, values: Iterable[str]) -> str:
    return bracketed(f"{name}: TypeAlias = Literal[", [quoted(value) for value in values], "]")


def object_text(name: str, parameter: Parameter) -> str:
    """Generates the TypedDict of an object in an argument. Editors show the docstrings of fields."""
    summary = "An entry of an argument" if parameter.type == "object_list" else "An argument"
    fields = [line for field in parameter.fields for line in (object_field(field), docstring([prose(field.summary, 4)], 4))]
    return lines(f"class {name}(TypedDict, total=False):", docstring([f"    {summary} `{parameter.name}`."], 4) + "\n", *fields)


def object_field(field: Parameter) -> str:
    kind = value_type(field)
    return f"    {field.name}: Required[{kind}]" if field.required else f"    {field.name}: {kind}"


def schema_text(name: str, schemas: Mapping[str, ResponseSchema]) -> str:
    """Generates the TypedDict of a response. It is a call if a field name is not an identifier (`from`)."""
    schema = schemas[name]
    if unknown := set(schema.required) - schema.fields.keys():
        raise ModelError(f"{name}: required contains {', '.join(sorted(unknown))}, which is not a field")
    kinds = {field: field_type(kind, dict(schemas)) for field, kind in schema.fields.items()}
    kinds |= {field: f"Required[{kinds[field]}]" for field in schema.required}
    if any(keyword.iskeyword(field) or not field.isidentifier() for field in kinds):
        pairs = [f"    {quoted(field)}: {quoted(kind)}," for field, kind in kinds.items()]
        head, tail = f'{name} = TypedDict(\n    "{name}",\n    {{', "    },\n    total=False,\n)"
        return lines(head, *(f"    {pair}" for pair in pairs), tail, f'"""{schema.summary}"""')
    fields = [f"    {field}: {kind}" for field, kind in kinds.items()]
    return lines(f"class {name}(TypedDict, total=False):", docstring([f"    {schema.summary}"], 4), "\n" + "\n".join(fields))


def index_module(model: Model) -> str:
    """Generates the index of resource classes, which clients import on first use."""
    entries = [index_entry(resource) for resource in model.resources]
    return lines(
        HEADER,
        '"""The resources of a client, by attribute. Their modules are imported on first use."""\n',
        FUTURE + "\n",
        "# Attribute: module, class of Client, class of AsyncClient.",
        "RESOURCES: dict[str, tuple[str, str, str]] = {",
        *entries,
        "}\n",
    )


def index_entry(resource: Resource) -> str:
    name = resource.class_name
    return f'    "{resource.attribute}": ("sparkbot.resources.{resource.attribute}", "{name}", "Async{name}"),'


def attributes_module(model: Model) -> str:
    """Generates the typed resource attributes of the four client classes."""
    kinds = [
        ("SyncResources", "The resources of a `Client`.", ""),
        ("AsyncResources", "The resources of an `AsyncClient`.", "Async"),
        ("RawResources", "The resources of `Client.raw`: each call returns a `RawResponse`.", "Raw"),
        ("AsyncRawResources", "The resources of `AsyncClient.raw`: each call, awaited, is a `RawResponse`.", "AsyncRaw"),
    ]
    raw = sorted(f"{prefix}{resource.class_name}" for resource in model.resources for prefix in ("Raw", "AsyncRaw"))
    base = "from sparkbot.resources._base import ResourceHolder\n"
    head = lines(HEADER, UNCHECKED_RESPONSES, FUTURE + "\n", base, CHECKING)
    raw_import = bracketed("from sparkbot.resources._raw import (", raw, ")", 4)
    classes = [attributes_class(model, *kind) for kind in kinds]
    return "\n\n\n".join([lines(head, raw_import, *class_imports(model)), *classes]) + "\n"


def class_imports(model: Model) -> list[str]:
    """Returns the imports of the classes of all resources, for type checkers."""
    classes = {resource.attribute: {resource.class_name, f"Async{resource.class_name}"} for resource in model.resources}
    return [import_from(f"sparkbot.resources.{attribute}", names, 4) for attribute, names in classes.items()]


def attributes_class(model: Model, name: str, summary: str, prefix: str) -> str:
    head = lines(f"class {name}(ResourceHolder):", docstring([f"    {summary}"], 4), "\n    __slots__ = ()")
    return "\n\n".join([head, *(attribute(resource, prefix) for resource in model.resources)])


def attribute(resource: Resource, prefix: str) -> str:
    kind = f"{prefix}{resource.class_name}"
    return lines(
        "    @property",
        f"    def {resource.attribute}(self) -> {kind}:",
        docstring([f"        {resource.summary}"], 8),
        f'        return self._resource("{resource.attribute}")',
    )


def raw_module(model: Model) -> str:
    """Generates the resources of `client.raw`: the same signatures with raw responses."""
    head = lines(HEADER, FUTURE + "\n", "from sparkbot.resources._base import async_raw, raw\n", CHECKING, *class_imports(model))
    classes = [raw_class(resource, prefix) for resource in model.resources for prefix in ("", "Async")]
    return "\n\n\n".join([head, *classes]) + "\n"


def raw_class(resource: Resource, prefix: str) -> str:
    """Generates the raw class of a resource. It has no iterators, because they read responses."""
    name, wrap = f"{prefix}{resource.class_name}", "async_raw" if prefix else "raw"
    return lines(
        f"class {prefix}Raw{resource.class_name}:",
        docstring([f"    {resource.summary}"], 4) + "\n",
        f"    def __init__(self, resource: {name}) -> None:",
        *(f"        self.{operation.name} = {wrap}(resource.{operation.name})" for operation in resource.operations),
    )
