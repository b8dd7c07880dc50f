"""The request that the contract requires, built from its facts; only the names in Python come from the API model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.contract.facts import FACT_OF, facts_at, flatten_fact

if TYPE_CHECKING:
    from tests.recording_server import Recorded

    Operation = dict[str, Any]
    Parameter = dict[str, Any]

LISTS = {"csv", "array<string>", "array<number>"}
OBJECTS = {"array<object>", "array<contact>"}


class Expected:
    """The request that the contract requires for these arguments."""

    def __init__(self, operation: Operation, arguments: dict[str, Any]) -> None:
        self.title = operation["title"]
        self.fact = FACT_OF[self.title]
        self.path = self.fact["path"]
        self.query: dict[str, str] = {}
        self.body: Any = None
        self.file: tuple[str, bytes] | None = None
        self.facts = {location: flatten_fact(facts_at(self.fact, self.title, location)) for location in ("query", "body")}
        for parameter in operation["parameters"]:
            if parameter["name"] in arguments:
                self._add(parameter, arguments[parameter["name"]])
        for name in self.fact.get("perOperation", {}).get(self.title, []):
            if name.endswith("=[]"):
                self._set(name.removesuffix("=[]"), [])

    def _add(self, parameter: Parameter, value: Any) -> None:
        wire, location = parameter["wire_name"], parameter["in"]
        if location == "path":
            assert f"{{{wire}}}" in self.path
            self.path = self.path.replace(f"{{{wire}}}", value)
            return
        name = "$root" if location == "payload" else wire
        fact = self.facts["query" if location == "query" else "body"][name]
        if fact.get("onlyTrue") and value is False:
            return
        if fact["type"] == "file":
            self.file = (wire, value)
        elif location == "query":
            self.query[wire] = as_text(fact, value)
        elif location == "payload":
            self.body = self._encoded(parameter, "$root", value)
        else:
            self._set(wire, self._encoded(parameter, wire, value))

    def _set(self, wire: str, value: Any) -> None:
        *objects, last = wire.split(".")
        self.body = self.body if self.body is not None else {}
        target = self.body
        for name in objects:
            target = target.setdefault(name, {})
        target[last] = value

    def _encoded(self, parameter: Parameter, name: str, value: Any) -> Any:
        """A value in the body, by the contract's type of this name."""
        fact = self.facts["body"][name]
        if fact["type"] == "array<{key,value}>":
            return [{"key": key, "value": as_text({"type": "string"}, text)} for key, text in value.items()]
        if fact["type"] in OBJECTS and parameter["fields"]:
            return [self._object(parameter, name, item) for item in value]
        if fact["type"] == "object" and parameter["fields"]:
            return self._object(parameter, name, value)
        return value

    def _object(self, parameter: Parameter, name: str, values: dict[str, Any]) -> dict[str, Any]:
        fields = {field["name"]: field for field in parameter["fields"]}
        return {
            fields[key]["wire_name"]: self._encoded(fields[key], f"{name}.{fields[key]['wire_name']}", value)
            for key, value in values.items()
        }


def as_text(fact: dict[str, Any], value: Any) -> str:
    """A value in a query or a form."""
    if fact["type"] in LISTS:
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def assert_request(expected: Expected, request: Recorded) -> None:
    assert request.method == expected.fact["method"]
    assert request.path == f"/v1{expected.path}"
    assert request.query == expected.query
    if expected.file is None:
        assert request.body == expected.body
        return
    form = request.form
    assert form is not None
    name, content = expected.file
    assert (form[name].content, bool(form[name].filename)) == (content, True)
    texts = {name: as_text(expected.facts["body"][name], value) for name, value in (expected.body or {}).items()}
    assert {part.name: part.content.decode() for part in form.values() if part.name != name} == texts
