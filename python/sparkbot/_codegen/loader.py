"""Loads the API model of src/api as plain data. src/api/lint.rs validates it; this module checks only what Python needs."""

from __future__ import annotations

import keyword
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

# Names of parameters that the generator adds.
RESERVED = {"self", "options", "max_pages"}
Definition = TypeVar("Definition")


class ModelError(Exception):
    """An error in the API model, with its location."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    name: str
    location: str
    type: str
    summary: str
    required: bool = False
    positional: bool = False
    enum: tuple[str, ...] = ()
    type_name: str | None = None
    example: str | None = None
    min: int | None = None
    max: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    default: object = None
    confidence: str | None = None
    fields: tuple[Parameter, ...] = ()
    exactly_one_of: tuple[str, ...] = ()
    depends_on: str | None = None
    skip_if_false: bool = False


@dataclass(frozen=True, kw_only=True)
class Operation:
    resource: str
    name: str
    title: str
    method: str
    path: str
    summary: str
    description: str = ""
    parameters: tuple[Parameter, ...]
    response: Mapping[str, str]
    idempotent: bool
    paginated: bool = False
    timeout_seconds: int | None = None
    # Whether an update without a change is refused.
    needs_change: bool = False
    at_least_one_of: tuple[str, ...] = ()
    # Groups of parameters; a call has exactly one of each group.
    exactly_one_of: tuple[Sequence[str], ...] = ()
    mutually_exclusive: tuple[str, ...] = ()
    # How the sandbox handles the operation: `crud:<collection>.<verb>` or `handler:<name>`.
    sandbox: str
    confidence: str
    observed_count: int = 0
    example: str
    line: int = 0

    @property
    def full_name(self) -> str:
        return f"{self.resource}.{self.name}"

    @property
    def iter_method_name(self) -> str:
        """The name of the method that iterates over all pages."""
        return f"iter{self.name.removeprefix('list')}" if self.name.startswith("list") else f"iter_{self.name}"


@dataclass(frozen=True, kw_only=True)
class Resource:
    attribute: str
    summary: str
    mixin: str | None = None
    operations: tuple[Operation, ...]

    @property
    def class_name(self) -> str:
        return "".join(word.capitalize() for word in self.attribute.split("_"))


@dataclass(frozen=True, kw_only=True)
class ResponseSchema:
    summary: str
    fields: Mapping[str, str]
    # Fields that are always present.
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    resources: tuple[Resource, ...]
    schemas: Mapping[str, ResponseSchema]


def load_model(folder: Path) -> Model:
    """Loads all resources, sorted by name."""
    common = read_toml(folder / "common.toml")
    schemas = {name: build(ResponseSchema, raw) for name, raw in read_toml(folder / "responses.toml").items()}
    files = sorted((folder / "operations").glob("*.toml"))
    model = Model(tuple(resource_of(read_toml(path), common, operation_lines(path)) for path in files), schemas)
    for resource in model.resources:
        check(resource, schemas)
    return model


def read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def build(cls: type[Definition], raw: Mapping[str, Any], /, **more: object) -> Definition:
    """Builds a dataclass from the keys that it has; the other keys are for Rust."""
    known = {field.name for field in fields(cls)}  # type: ignore[arg-type]
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items() if key in known}
    return cls(**{**plain, **more})


def operation_lines(path: Path) -> list[int]:
    """Returns the lines at which operations begin, which tomllib does not report."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip() == "[[operation]]"]


def resource_of(raw: Mapping[str, Any], common: Mapping[str, Any], lines: Sequence[int]) -> Resource:
    own = {**common, "path": {**common["path"], **raw.get("path", {})}}
    numbered = ({**operation, "line": line} for operation, line in zip(raw["operation"], lines, strict=True))
    operations = tuple(operation_of(raw["attribute"], operation, own) for operation in numbered)
    return build(Resource, raw, operations=operations)


def operation_of(resource: str, raw: Mapping[str, Any], common: Mapping[str, Any]) -> Operation:
    """Builds an operation. Path parameters come first: calls pass their arguments in this order."""
    from_path = [path_parameter(resource, name, common) for name in re.findall(r"\{(\w+)\}", raw["path"])]
    from_groups = [parameter for group in raw.get("groups", ()) for parameter in members(resource, group, common)]
    others = [parameter_of(parameter, common) for parameter in (*raw.get("parameter", ()), *from_groups)]
    return build(Operation, raw, resource=resource, parameters=(*from_path, *others))


def members(resource: str, group: str, common: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Returns the parameters of a group."""
    parameters: list[Mapping[str, Any]] | None = common["group"].get(group)
    if parameters is None:
        raise ModelError(f"{resource}: the group {group} is not in common.toml")
    return parameters


def path_parameter(resource: str, placeholder: str, common: Mapping[str, Any]) -> Parameter:
    raw = common["path"].get(placeholder)
    if raw is None:
        raise ModelError(f"{resource}: {{{placeholder}}} is not in common.toml")
    return build(Parameter, raw, location="path", type="string", required=True, positional=True)


def parameter_of(raw: Mapping[str, Any], common: Mapping[str, Any]) -> Parameter:
    """Builds a parameter, or a field of an object, which is always in the body."""
    example = common["format"].get(raw.get("format"), {}).get("example")
    inner = tuple(parameter_of(field, common) for field in raw.get("fields", ()))
    return build(Parameter, raw, location=raw.get("in", "body"), example=example, fields=inner)


def with_fields(parameter: Parameter) -> Iterator[Parameter]:
    """Yields a parameter and all its nested fields."""
    yield parameter
    for field in parameter.fields:
        yield from with_fields(field)


def check(resource: Resource, schemas: Mapping[str, ResponseSchema]) -> None:
    """Rejects names that Python cannot have."""
    if resource.class_name in schemas:
        raise ModelError(f"responses.toml: {resource.class_name} is the class of client.{resource.attribute}; rename the schema")
    for operation in resource.operations:
        parameters = (parameter for argument in operation.parameters for parameter in with_fields(argument))
        check_names(operation.full_name, [operation.name, *(parameter.name for parameter in parameters)])
        schema = operation.response.get("schema")
        if schema is not None and schema not in schemas:
            raise ModelError(f"{operation.full_name}: the schema {schema} is not in responses.toml")


def check_names(location: str, names: Iterable[str]) -> None:
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name) or name in RESERVED:
            raise ModelError(f"{location}: {name} cannot be a name here; choose another and set `wire_name`")
