"""The operations as an OpenAPI 3.1 document, for tools that read one: `sparkbot operations --openapi`.

>>> from sparkbot.openapi import document
>>> document()["openapi"]
'3.1.0'
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sparkbot._schemas import Schemas, reference
from sparkbot.operations import rules_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Json = dict[str, Any]
    Row = dict[str, Any]

__all__ = ["document"]

_DESCRIPTION = (
    "What is known of the SparkBot WhatsApp API, made from the table that the Python client is made of. "
    "`x-confidence` says how sure an operation is: documented by the service, observed in public code, or assumed."
)
_ERROR = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "status": {"type": "integer", "description": "The HTTP status again."},
        "message": {"type": "string", "description": "What is wrong."},
        "errorCode": {"type": "string", "description": "What is wrong, for programs."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "What is wrong with each value."},
    },
}
_REFUSALS = {
    "4XX": {"$ref": "#/components/responses/Refused"},
    "5XX": {"$ref": "#/components/responses/Failed"},
}
_NOT_SEEN = "Nobody has seen an answer of this call; an object is likely."


def document(rows: Iterable[Row] | None = None, *, server: str | None = None) -> Json:
    """The OpenAPI document of these rows, or of the whole table.

    Args:
        rows: Operations as `sparkbot.operations.all_operations` has them; one without a path is left out.
        server: The service's address, such as `https://HOST/v1`; a variable stands in its place if not given.
    """
    from sparkbot._sparkbot import __version__, operations, vocabulary

    words = vocabulary()
    schemas = Schemas(words)
    chosen = [row for row in (operations() if rows is None else rows) if row["path"]]
    paths = _paths(chosen, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "SparkBot WhatsApp API", "version": __version__, "description": _DESCRIPTION},
        "servers": [_server(server)],
        "security": [{"token": []}],
        "tags": _tags(chosen, words["resources"]),
        "paths": paths,
        "components": _components(schemas),
    }


def _server(address: str | None) -> Json:
    if address:
        return {"url": address.rstrip("/")}
    host = {"default": "host.invalid", "description": "The service's host; it is not public."}
    return {"url": "https://{host}/v1", "variables": {"host": host}}


def _tags(rows: Sequence[Row], summaries: dict[str, str]) -> list[Json]:
    used = dict.fromkeys(_resource(row) for row in rows)
    return [{"name": name, "description": summaries[name]} for name in used]


def _resource(row: Row) -> str:
    name: str = row["name"]
    return name.partition(".")[0]


def _components(schemas: Schemas) -> Json:
    error = {"application/json": {"schema": reference("Error")}}
    return {
        "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "Token", "description": "The account's key."}},
        "responses": {
            "Refused": {"description": "The service refuses the request.", "content": error},
            "Failed": {"description": "The service failed; 503 also while a WhatsApp number is offline.", "content": error},
        },
        "schemas": {"Error": _ERROR, **schemas.components},
    }


def _paths(rows: Sequence[Row], schemas: Schemas) -> dict[str, Json]:
    """Operations by path and method. Rows that share both, as the ways to send do, are one operation here."""
    found: dict[str, Json] = {}
    in_order = sorted(rows, key=lambda row: (row["path"], row["method"]))
    for (path, method), together in groupby(in_order, key=lambda row: (row["path"], row["method"])):
        same = list(together)
        made = _operation(same[0], schemas) if len(same) == 1 else _combined(same, schemas)
        found.setdefault(path, {})[method.lower()] = made
    return found


def _operation(row: Row, schemas: Schemas) -> Json:
    contents = schemas.contents(row)
    return {
        "operationId": row["name"],
        "summary": row["summary"],
        **_description(row),
        "tags": [_resource(row)],
        **_parameters(row, schemas),
        **_request_body(contents, required=schemas.needs_body(row)),
        "responses": {"2XX": _answer(row["response"], schemas), **_REFUSALS},
        **_facts(row),
    }


def _combined(rows: Sequence[Row], schemas: Schemas) -> Json:
    """One operation for several rows. Their bodies overlap (a text with a moment is also a scheduled message): `anyOf`."""
    for row in rows:
        schemas.components[row["name"]] = {"title": row["title"], "description": row["summary"], **schemas.body(row)}
    bodies = {"application/json": {"anyOf": [reference(row["name"]) for row in rows]}}
    resource = _resource(rows[0])
    return {
        "operationId": resource,
        "summary": f"All of {resource}: {', '.join(row['name'] for row in rows)}.",
        "tags": [resource],
        **_parameters(rows[0], schemas),
        **_request_body(bodies, required=True),
        "responses": {"2XX": _answer(rows[0]["response"], schemas), **_REFUSALS},
        "x-operations": [{"operationId": row["name"], "summary": row["summary"], **_facts(row)} for row in rows],
    }


def _description(row: Row) -> Json:
    text = "\n\n".join(piece for piece in (row["description"], *rules_in_words(row)) if piece)
    return {"description": text} if text else {}


def _facts(row: Row) -> Json:
    """What OpenAPI has no words for."""
    facts = {
        "x-title": row["title"],
        "x-confidence": row["confidence"],
        "x-idempotent": row["idempotent"],
        "x-paginated": row["paginated"] or None,
        "x-timeout-seconds": row["timeout_seconds"],
    }
    return {key: value for key, value in facts.items() if value is not None}


def _parameters(row: Row, schemas: Schemas) -> Json:
    made = [_parameter(one, schemas) for one in row["parameters"] if one["in"] in ("path", "query")]
    return {"parameters": made} if made else {}


def _parameter(one: Row, schemas: Schemas) -> Json:
    # A list in a query is one value with commas.
    commas = {"style": "form", "explode": False} if one["type"] == "string_list" and one["in"] == "query" else {}
    return {
        "name": one["wire_name"],
        "in": one["in"],
        "required": one["required"],
        "description": one["summary"],
        **commas,
        "schema": schemas.value(one, described=False),
    }


def _request_body(contents: dict[str, Json], *, required: bool) -> Json:
    if not contents:
        return {}
    return {"requestBody": {"required": required, "content": {kind: {"schema": schema} for kind, schema in contents.items()}}}


def _answer(answer: Row, schemas: Schemas) -> Json:
    if answer["kind"] == "bytes":
        return {"description": "The content.", "content": {"*/*": {}}}
    item = schemas.answer(answer["schema"])
    schema = {"type": "array", "items": item} if answer["kind"] == "list" else item
    said = _NOT_SEEN if answer["confidence"] == "assumed" and answer["kind"] == "object" else "The answer."
    return {"description": said, "content": {"application/json": {"schema": schema}}}
