"""JSON Schemas of arguments, request bodies and responses, for `sparkbot.openapi`."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Json = dict[str, Any]
    Operation = dict[str, Any]
    Parameter = dict[str, Any]

_TYPES = {"string_list": "string", "number_list": "number", "object_list": "object", "datetime": "string"}
_LISTS = {"string_list", "number_list", "object_list"}
# The API model's name of a limit, and JSON Schema's name: limits of a value and of a list.
_LIMITS = {"min": "minimum", "max": "maximum", "min_length": "minLength", "max_length": "maxLength"}
_COUNTS = {"min_items": "minItems", "max_items": "maxItems"}
_RESPONSE_FIELDS: dict[str, Json] = {
    "datetime": {"type": "string", "format": "date-time"},
    "string_list": {"type": "array", "items": {"type": "string"}},
    "object_list": {"type": "array", "items": {"type": "object"}},
}
_SCALARS = {"string", "integer", "number", "boolean", "object"}


def reference(name: str) -> Json:
    """Returns a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


class Schemas:
    """Builds schemas and collects the named ones in `components`."""

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        self.components: dict[str, Json] = {}
        self._vocabulary = vocabulary

    def value(self, parameter: Parameter, *, described: bool = True) -> Json:
        """Returns the schema of an argument or of a field."""
        description = {"description": parameter["summary"]} if described else {}
        default = {"default": parameter["default"]} if parameter["default"] is not None else {}
        counts = _limits(parameter, _COUNTS)
        if parameter["type"] == "metadata":
            return {**description, **self._metadata(), **counts}
        if parameter["type"] not in _LISTS:
            return {**description, **self._item(parameter), **default}
        exclusive = [
            {"if": {"contains": {"required": [wire_name]}}, "then": {"maxItems": 1}}
            for constraint in parameter["constraints"]
            for wire_name in _wire_names(parameter["fields"], constraint)
            if constraint["kind"] == "exclusive"
        ]
        return {**description, "type": "array", "items": self._item(parameter), **counts, **_all_of(exclusive), **default}

    def _item(self, parameter: Parameter) -> Json:
        """Returns the schema of a value that is no list: the argument itself or an item of it."""
        json_type = _TYPES.get(parameter["type"], parameter["type"])
        if json_type == "object":
            return self._object(parameter)
        if json_type == "file":
            return {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
        return {
            "type": json_type,
            **_limits(parameter, _LIMITS),
            **({"enum": parameter["enum"]} if parameter["enum"] else {}),
            **({"const": True} if parameter["skip_if_false"] else {}),
            **({"format": "date-time"} if parameter["type"] == "datetime" else {}),
            **self._format(parameter["format"]),
        }

    def _format(self, name: str | None) -> Json:
        if name is None:
            return {}
        text_format = self._vocabulary["formats"][name]
        return {"pattern": text_format["pattern"], "examples": [text_format["example"]]}

    def _object(self, parameter: Parameter) -> Json:
        if not parameter["fields"]:
            return {"type": "object"}
        name = parameter["type_name"]
        if name not in self.components:
            self.components[name] = {}
            self.components[name] = self._fields(parameter)
        return reference(name)

    def _fields(self, parameter: Parameter) -> Json:
        fields = parameter["fields"]
        required = [field["wire_name"] for field in fields if field["required"]]
        constraints = [constraint for constraint in parameter["constraints"] if constraint["kind"] != "exclusive"]
        properties = {field["wire_name"]: self.value(field) for field in fields}
        needed = {"required": required} if required else {}
        return {"type": "object", "properties": properties, **needed, **_all_of(_constraints(constraints, fields))}

    def _metadata(self) -> Json:
        """Returns the schema of metadata, which is sent as a list of pairs."""
        limits = self._vocabulary["metadata"]
        key = {"type": "string", "pattern": limits["key_pattern"]}
        key |= {"minLength": limits["key_min"], "maxLength": limits["key_max"]}
        value = {"type": "string", "maxLength": limits["value_max"]}
        pair = {"type": "object", "properties": {"key": key, "value": value}, "required": ["key", "value"]}
        return {"type": "array", "items": pair}

    def response(self, name: str | None) -> Json:
        """Returns the schema of an object in a response, which may have fields that are not documented."""
        if name is None:
            return {"type": "object"}
        if name not in self.components:
            known = self._vocabulary["schemas"][name]
            schema: Json = {"type": "object", "description": known["summary"], "additionalProperties": True}
            # Stored before its fields are built: a schema may contain itself.
            self.components[name] = schema
            schema["properties"] = {field: self._response_field(ty) for field, ty in known["fields"].items()}
        return reference(name)

    def _response_field(self, ty: str) -> Json:
        if ty.startswith("["):
            return {"type": "array", "items": self._response_field(ty[1:-1])}
        if "|" in ty:
            return {"anyOf": [self._response_field(option) for option in ty.split("|")]}
        if ty in _SCALARS:
            return {"type": ty}
        return _RESPONSE_FIELDS.get(ty) or self.response(ty)

    def contents(self, operation: Operation) -> dict[str, Json]:
        """Returns the bodies that a request may have, by content type."""
        body = _body(operation)
        if not body and not operation["const_fields"]:
            return {}
        json_body = {"application/json": self.body(operation)}
        files = [parameter["name"] for parameter in body if parameter["type"] == "file"]
        return {**json_body, "multipart/form-data": self._form(operation, files[0])} if files else json_body

    def needs_body(self, operation: Operation) -> bool:
        """Whether a request without a body is rejected."""
        body = _body(operation)
        chosen = {name for kind in ("at_least_one_of", "exactly_one_of") for name in _names(operation, kind)}
        required = any(parameter["required"] or parameter["name"] in chosen for parameter in body)
        return required or bool(operation["const_fields"])

    def body(self, operation: Operation) -> Json:
        """Returns the schema of the JSON body. Names with dots become objects."""
        body = [parameter for parameter in _body(operation) if parameter["type"] != "file"]
        if body and body[0]["in"] == "payload":
            return self.value(body[0])
        schema: Json = {"type": "object", "properties": {}}
        for parameter in body:
            _insert(schema, parameter["wire_name"], self.value(parameter), required=parameter["required"])
        for wire_name, value in operation["const_fields"].items():
            _insert(schema, wire_name, {"const": value}, required=True)
        closed = {"additionalProperties": False} if operation["deny_unknown_fields"] else {}
        return {**schema, **closed, **_all_of(_constraints(operation["constraints"], body))}

    def _form(self, operation: Operation, file: str) -> Json:
        """Returns the schema of a form with a file, without the alternatives to the file."""
        groups = (constraint["names"] for constraint in operation["constraints"] if constraint["kind"] == "exactly_one_of")
        alternatives = {name for names in groups if file in names for name in names} - {file}
        fields = [field for field in operation["parameters"] if field["in"] == "body" and field["name"] not in alternatives]
        required = [field["wire_name"] for field in fields if field["required"] or field["name"] == file]
        properties = {field["wire_name"]: self.value(field) for field in fields}
        return {"type": "object", "properties": properties, "required": required}


def _body(operation: Operation) -> list[Parameter]:
    return [parameter for parameter in operation["parameters"] if parameter["in"] in ("body", "payload")]


def _names(operation: Operation, kind: str) -> set[str]:
    """Returns all parameters that constraints of a kind name."""
    return {name for constraint in operation["constraints"] if constraint["kind"] == kind for name in constraint["names"]}


def _limits(parameter: Parameter, names: Mapping[str, str]) -> Json:
    return {theirs: parameter[ours] for ours, theirs in names.items() if parameter[ours] is not None}


def _insert(schema: Json, path: str, value: Json, *, required: bool) -> None:
    """Adds a property at a path with dots."""
    name, _, rest = path.partition(".")
    if required and name not in schema.setdefault("required", []):
        schema["required"].append(name)
    if not rest:
        schema["properties"][name] = value
        return
    inner = schema["properties"].setdefault(name, {"type": "object", "properties": {}})
    _insert(inner, rest, value, required=required)


def _all_of(schemas: Iterable[Json]) -> Json:
    schemas = list(schemas)
    return {"allOf": schemas} if schemas else {}


def _constraints(constraints: Iterable[Json], parameters: Sequence[Parameter]) -> list[Json]:
    """Returns constraints as schemas of the object that has these parameters as fields."""
    return [schema for constraint in constraints for schema in _constraint(constraint, _wire_names(parameters, constraint))]


def _wire_names(parameters: Sequence[Parameter], constraint: Json) -> list[str]:
    wire_names = {parameter["name"]: parameter["wire_name"] for parameter in parameters}
    return [wire_names[name] for name in constraint["names"] if name in wire_names]


def _constraint(constraint: Json, wire_names: Sequence[str]) -> list[Json]:
    """Returns one constraint over the fields of it that are in the object. JSON Schema cannot say that two fields differ."""
    present = [_present(wire_name.split(".")) for wire_name in wire_names]
    match constraint["kind"], present:
        case "exactly_one_of", [_, *_]:
            return [{"oneOf": present}]
        case "at_least_one_of", [_, *_]:
            return [{"anyOf": present}]
        case "mutually_exclusive", _:
            return [{"not": {"allOf": list(pair)}} for pair in combinations(present, 2)]
        case "exclusive", [name]:
            return [{"if": name, "then": {"maxProperties": 1}}]
        case "depends_on", [name, other]:
            return [{"if": name, "then": other}]
        case "required_when", [name, other]:
            condition = {**other, "properties": {wire_names[1]: {"const": constraint["value"]}}}
            return [{"if": condition, "then": name}]
    return []


def _present(path: Iterable[str]) -> Json:
    """Returns a schema of objects that have a field at this path."""
    name, *rest = path
    return {"required": [name], **({"properties": {name: _present(rest)}} if rest else {})}
