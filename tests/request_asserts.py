"""The request that the contract asks for: made from its facts, with nothing from the table but the names in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.contract.facts import FACT_OF, facts_at, flatten_fact

if TYPE_CHECKING:
    from tests.recording_server import Recorded

    Row = dict[str, Any]

LISTS = {"csv", "array<string>", "array<number>"}
OBJECTS = {"array<object>", "array<contact>"}


class Expected:
    """The request that the contract asks for, with these arguments. Names in Python come from the row; all else does not."""

    def __init__(self, row: Row, arguments: dict[str, Any]) -> None:
        self.title = row["title"]
        self.fact = FACT_OF[self.title]
        self.path = self.fact["path"]
        self.query: dict[str, str] = {}
        self.body: Any = None
        self.file: tuple[str, bytes] | None = None
        self.facts = {place: flatten_fact(facts_at(self.fact, self.title, place)) for place in ("query", "body")}
        for one in row["parameters"]:
            if one["name"] in arguments:
                self._add(one, arguments[one["name"]])
        for name in self.fact.get("perOperation", {}).get(self.title, []):
            if name.endswith("=[]"):
                self._place(name.removesuffix("=[]"), [])

    def _add(self, one: Row, value: Any) -> None:
        wire, place = one["wire_name"], one["in"]
        if place == "path":
            assert f"{{{wire}}}" in self.path
            self.path = self.path.replace(f"{{{wire}}}", value)
            return
        name = "$root" if place == "payload" else wire
        fact = self.facts["query" if place == "query" else "body"][name]
        if fact.get("onlyTrue") and value is False:
            return
        if fact["type"] == "file":
            self.file = (wire, value)
        elif place == "query":
            self.query[wire] = as_text(fact, value)
        elif place == "payload":
            self.body = self._encoded(one, "$root", value)
        else:
            self._place(wire, self._encoded(one, wire, value))

    def _place(self, wire: str, value: Any) -> None:
        *objects, last = wire.split(".")
        self.body = self.body if self.body is not None else {}
        target = self.body
        for name in objects:
            target = target.setdefault(name, {})
        target[last] = value

    def _encoded(self, one: Row, name: str, value: Any) -> Any:
        """A value as the body has it, by the contract's type of this name."""
        fact = self.facts["body"][name]
        if fact["type"] == "array<{key,value}>":
            return [{"key": key, "value": as_text({"type": "string"}, text)} for key, text in value.items()]
        if fact["type"] in OBJECTS and one["fields"]:
            return [self._object(one, name, item) for item in value]
        if fact["type"] == "object" and one["fields"]:
            return self._object(one, name, value)
        return value

    def _object(self, one: Row, name: str, given: dict[str, Any]) -> dict[str, Any]:
        fields = {field["name"]: field for field in one["fields"]}
        return {
            fields[key]["wire_name"]: self._encoded(fields[key], f"{name}.{fields[key]['wire_name']}", value)
            for key, value in given.items()
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
