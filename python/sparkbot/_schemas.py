"""JSON Schemas of arguments, bodies and answers; a part of `sparkbot.openapi`."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Json = dict[str, Any]
    Row = dict[str, Any]

_TYPES = {"string_list": "string", "number_list": "number", "object_list": "object", "datetime": "string"}
_LISTS = {"string_list", "number_list", "object_list"}
# Our word and JSON Schema's, of one value and of a list.
_LIMITS = {"min": "minimum", "max": "maximum", "min_length": "minLength", "max_length": "maxLength"}
_COUNTS = {"min_items": "minItems", "max_items": "maxItems"}
_ANSWER_FIELDS: dict[str, Json] = {
    "datetime": {"type": "string", "format": "date-time"},
    "string_list": {"type": "array", "items": {"type": "string"}},
    "object_list": {"type": "array", "items": {"type": "object"}},
}
_PLAIN = {"string", "integer", "number", "boolean", "object"}


def reference(name: str) -> Json:
    """A pointer to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


class Schemas:
    """Makes schemas, and collects those that have names in `components`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.components: dict[str, Json] = {}
        self._words = words

    def value(self, one: Row, *, described: bool = True) -> Json:
        """The schema of an argument, or of a field of one."""
        said = {"description": one["summary"]} if described else {}
        default = {"default": one["default"]} if one["default"] is not None else {}
        if one["type"] == "metadata":
            return {**said, **self._metadata(), **_renamed(one, _COUNTS)}
        if one["type"] in _LISTS:
            return {**said, "type": "array", "items": self._item(one), **_renamed(one, _COUNTS), **_only(one), **default}
        return {**said, **self._item(one), **default}

    def _item(self, one: Row) -> Json:
        """One value: the argument itself, or one of a list."""
        kind = _TYPES.get(one["type"], one["type"])
        if kind == "object":
            return self._object(one)
        if kind == "file":
            return {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
        return {
            "type": kind,
            **_renamed(one, _LIMITS),
            **({"enum": one["enum"]} if one["enum"] else {}),
            **({"const": True} if one["skip_if_false"] else {}),
            **({"format": "date-time"} if one["type"] == "datetime" else {}),
            **self._format(one["format"]),
        }

    def _format(self, name: str | None) -> Json:
        if name is None:
            return {}
        form = self._words["formats"][name]
        return {"pattern": form["pattern"], "examples": [form["example"]]}

    def _object(self, one: Row) -> Json:
        if not one["fields"]:
            return {"type": "object"}
        name = one["type_name"]
        if name not in self.components:
            self.components[name] = {}
            self.components[name] = self._fields(one)
        return reference(name)

    def _fields(self, one: Row) -> Json:
        needed = [field["wire_name"] for field in one["fields"] if field["required"]]
        wires = {field["name"]: field["wire_name"] for field in one["fields"]}
        choice = {"oneOf": [{"required": [wires[name]]} for name in one["exactly_one_of"]]} if one["exactly_one_of"] else {}
        together = {"allOf": company} if (company := _company(one["fields"], wires)) else {}
        properties = {field["wire_name"]: self.value(field) for field in one["fields"]}
        return {"type": "object", "properties": properties, **({"required": needed} if needed else {}), **choice, **together}

    def _metadata(self) -> Json:
        """Metadata travels as a list of pairs."""
        limits = self._words["metadata"]
        key = {"type": "string", "pattern": limits["key_pattern"]}
        key |= {"minLength": limits["key_min"], "maxLength": limits["key_max"]}
        value = {"type": "string", "maxLength": limits["value_max"]}
        pair = {"type": "object", "properties": {"key": key, "value": value}, "required": ["key", "value"]}
        return {"type": "array", "items": pair}

    def answer(self, shape: str | None) -> Json:
        """An object that is answered; it may always carry more than is known."""
        if shape is None:
            return {"type": "object"}
        if shape not in self.components:
            known = self._words["schemas"][shape]
            made: Json = {"type": "object", "description": known["summary"], "additionalProperties": True}
            self.components[shape] = made
            made["properties"] = {name: self._answer_field(kind) for name, kind in known["fields"].items()}
        return reference(shape)

    def _answer_field(self, kind: str) -> Json:
        if kind.startswith("["):
            return {"type": "array", "items": self._answer_field(kind[1:-1])}
        if "|" in kind:
            return {"anyOf": [self._answer_field(one) for one in kind.split("|")]}
        if kind in _PLAIN:
            return {"type": kind}
        return _ANSWER_FIELDS.get(kind) or self.answer(kind)

    def contents(self, row: Row) -> dict[str, Json]:
        """The bodies that a request may have, by content type."""
        body = [one for one in row["parameters"] if one["in"] in ("body", "payload")]
        if not body and not row["const_fields"]:
            return {}
        plain = {"application/json": self.body(row)}
        files = [one["name"] for one in body if one["type"] == "file"]
        return {**plain, "multipart/form-data": self._upload(row, files[0])} if files else plain

    def needs_body(self, row: Row) -> bool:
        """Whether a request without a body says nothing."""
        body = [one for one in row["parameters"] if one["in"] in ("body", "payload")]
        names = {one["name"] for one in body}
        chosen = any(name in names for key in ("at_least_one_of", "exactly_one_of") for name in row[key])
        return chosen or bool(row["const_fields"]) or any(one["required"] for one in body)

    def body(self, row: Row) -> Json:
        """The JSON body. Names with dots are objects in it."""
        body = [one for one in row["parameters"] if one["in"] in ("body", "payload") and one["type"] != "file"]
        if body and body[0]["in"] == "payload":
            return self.value(body[0])
        made: Json = {"type": "object", "properties": {}}
        for one in body:
            _place(made, one["wire_name"], self.value(one), needed=one["required"])
        for wire, value in row["const_fields"].items():
            _place(made, wire, {"const": value}, needed=True)
        strict = {"additionalProperties": False} if row["deny_unknown_fields"] else {}
        return {**made, **strict, **_rules(row, body)}

    def _upload(self, row: Row, name: str) -> Json:
        """The form with a file in it, without what stands for the file in JSON."""
        other = {*row["exactly_one_of"]} - {name} if name in row["exactly_one_of"] else set()
        fields = [one for one in row["parameters"] if one["in"] == "body" and one["name"] not in other]
        needed = [one["wire_name"] for one in fields if one["required"] or one["name"] == name]
        return {"type": "object", "properties": {one["wire_name"]: self.value(one) for one in fields}, "required": needed}


def _renamed(one: Row, names: Mapping[str, str]) -> Json:
    return {theirs: one[ours] for ours, theirs in names.items() if one[ours] is not None}


def _place(within: Json, wire: str, schema: Json, *, needed: bool) -> None:
    name, _, rest = wire.partition(".")
    if needed and name not in within.setdefault("required", []):
        within["required"].append(name)
    if not rest:
        within["properties"][name] = schema
        return
    inner = within["properties"].setdefault(name, {"type": "object", "properties": {}})
    _place(inner, rest, schema, needed=needed)


def _only(one: Row) -> Json:
    """A list in which an entry that stands for all is the only one."""
    alone = [
        {"if": {"contains": {"required": [field["wire_name"]]}}, "then": {"maxItems": 1}}
        for field in one["fields"]
        if field["exclusive"]
    ]
    return {"allOf": alone} if alone else {}


def _company(fields: Iterable[Row], wires: Mapping[str, str]) -> list[Json]:
    """Values with which another field is needed."""
    return [
        {
            "if": {"properties": {one["wire_name"]: {"const": value}}, "required": [one["wire_name"]]},
            "then": {"required": [wires[needed]]},
        }
        for one in fields
        for value, needed in one["required_when"].items()
    ]


def _rules(row: Row, body: Sequence[Row]) -> Json:
    """What a row asks of several fields of its body at once."""
    wires = {one["name"]: one["wire_name"] for one in body}
    one_of, any_of = _given(row["exactly_one_of"], wires), _given(row["at_least_one_of"], wires)
    pairs = combinations(_given(row["mutually_exclusive"], wires), 2)
    found = [
        *([{"oneOf": one_of}] if one_of else []),
        *([{"anyOf": any_of}] if any_of else []),
        *({"not": {"allOf": list(pair)}} for pair in pairs),
        *({"if": {"required": [one["wire_name"]]}, "then": {"maxProperties": 1}} for one in body if one["exclusive"]),
        *_company(body, wires),
    ]
    depends = {
        one["wire_name"]: [wires[one["depends_on"]]]
        for one in row["parameters"]
        if one["depends_on"] in wires and one["name"] in wires
    }  # fmt: skip
    return {**({"allOf": found} if found else {}), **({"dependentRequired": depends} if depends else {})}


def _given(names: Sequence[str], wires: Mapping[str, str]) -> list[Json]:
    return [_present(wires[name].split(".")) for name in names if name in wires]


def _present(pieces: Iterable[str]) -> Json:
    """Holds for a body that has this field."""
    name, *rest = pieces
    return {"required": [name], **({"properties": {name: _present(rest)}} if rest else {})}
