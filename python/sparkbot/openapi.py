"""The operations as an OpenAPI 3.1 document, for `sparkbot operations --openapi`.

>>> from sparkbot.openapi import document
>>> document()["openapi"]
'3.1.0'
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sparkbot._annotations import make_public
from sparkbot._schemas import Schemas, reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Json = dict[str, Any]
    Operation = dict[str, Any]

__all__ = ["document"]

_DESCRIPTION = (
    "The known operations of the SparkBot WhatsApp API, exported from the model that the Python client is generated from. "
    "`x-confidence` is the source of an operation: documented by the service, observed in public code, or assumed."
)
_ERROR = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "status": {"type": "integer", "description": "The HTTP status."},
        "message": {"type": "string", "description": "The error message."},
        "errorCode": {"type": "string", "description": "The error code, for programs."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "The error of each value."},
    },
}
_ERRORS = {
    "4XX": {"$ref": "#/components/responses/ClientError"},
    "5XX": {"$ref": "#/components/responses/ServerError"},
}
_UNKNOWN_RESPONSE = "The response of this operation is not known; it is probably an object."


def document(operations: Iterable[Operation] | None = None, *, server: str | None = None) -> Json:
    """Returns the OpenAPI document of these operations, or of all.

    Args:
        operations: Operations as `sparkbot.operations.all_operations` returns them. Operations without a path are left out.
        server: The service's address, such as `https://HOST/v1`. Without it, the document has a variable instead.
    """
    from sparkbot._sparkbot import __version__, model_definitions
    from sparkbot.operations import all_operations

    definitions = model_definitions()
    schemas = Schemas(definitions)
    chosen = [operation for operation in (all_operations() if operations is None else operations) if operation["path"]]
    paths = _paths(chosen, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "SparkBot WhatsApp API", "version": __version__, "description": _DESCRIPTION},
        "servers": [_server(server)],
        "security": [{"token": []}],
        "tags": _tags(chosen, definitions["resources"]),
        "paths": paths,
        "components": _components(schemas),
    }


def _server(address: str | None) -> Json:
    if address:
        return {"url": address.rstrip("/")}
    host = {"default": "host.invalid", "description": "The service's host, which is not public."}
    return {"url": "https://{host}/v1", "variables": {"host": host}}


def _tags(operations: Sequence[Operation], summaries: dict[str, str]) -> list[Json]:
    used = dict.fromkeys(_resource(operation) for operation in operations)
    return [{"name": name, "description": summaries[name]} for name in used]


def _resource(operation: Operation) -> str:
    name: str = operation["name"]
    return name.partition(".")[0]


def _components(schemas: Schemas) -> Json:
    error = {"application/json": {"schema": reference("Error")}}
    return {
        "securitySchemes": {
            "token": {"type": "apiKey", "in": "header", "name": "Token", "description": "The API key of the account."}
        },
        "responses": {
            "ClientError": {"description": "The service rejected the request.", "content": error},
            "ServerError": {
                "description": "The service failed. 503 also means that the WhatsApp number is offline.",
                "content": error,
            },
        },
        "schemas": {"Error": _ERROR, **schemas.components},
    }


def _paths(operations: Sequence[Operation], schemas: Schemas) -> dict[str, Json]:
    """Operations by path and method. The operations that share both, such as all of `send`, become one."""
    paths: dict[str, Json] = {}
    in_order = sorted(operations, key=lambda operation: (operation["path"], operation["method"]))
    for (path, method), group in groupby(in_order, key=lambda operation: (operation["path"], operation["method"])):
        same = list(group)
        operation = _operation(same[0], schemas) if len(same) == 1 else _combined(same, schemas)
        paths.setdefault(path, {})[method.lower()] = operation
    return paths


def _operation(operation: Operation, schemas: Schemas) -> Json:
    contents = schemas.contents(operation)
    return {
        "operationId": operation["name"],
        "summary": operation["summary"],
        **_description(operation),
        "tags": [_resource(operation)],
        **_parameters(operation, schemas),
        **_request_body(contents, required=schemas.needs_body(operation)),
        "responses": {"2XX": _response(operation["response"], schemas), **_ERRORS},
        **_facts(operation),
    }


def _combined(operations: Sequence[Operation], schemas: Schemas) -> Json:
    """One operation for several. `anyOf`, because their bodies overlap: a text with `deliverAt` is also a scheduled message."""
    for operation in operations:
        description = {"title": operation["title"], "description": operation["summary"]}
        schemas.components[operation["name"]] = {**description, **schemas.body(operation)}
    bodies = {"application/json": {"anyOf": [reference(operation["name"]) for operation in operations]}}
    resource = _resource(operations[0])
    return {
        "operationId": resource,
        "summary": f"All of {resource}: {', '.join(operation['name'] for operation in operations)}.",
        "tags": [resource],
        **_parameters(operations[0], schemas),
        **_request_body(bodies, required=True),
        "responses": {"2XX": _response(operations[0]["response"], schemas), **_ERRORS},
        "x-operations": [
            {"operationId": operation["name"], "summary": operation["summary"], **_facts(operation)} for operation in operations
        ],
    }


def _description(operation: Operation) -> Json:
    paragraphs = [operation["description"], *(constraint["text"] for constraint in operation["constraints"])]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return {"description": text} if text else {}


def _facts(operation: Operation) -> Json:
    """The properties of an operation for which OpenAPI has no field."""
    facts = {
        "x-title": operation["title"],
        "x-confidence": operation["confidence"],
        "x-idempotent": operation["idempotent"],
        "x-paginated": operation["paginated"] or None,
        "x-timeout-seconds": operation["timeout_seconds"],
    }
    return {key: value for key, value in facts.items() if value is not None}


def _parameters(operation: Operation, schemas: Schemas) -> Json:
    in_url = (parameter for parameter in operation["parameters"] if parameter["in"] in ("path", "query"))
    parameters = [_parameter(parameter, schemas) for parameter in in_url]
    return {"parameters": parameters} if parameters else {}


def _parameter(parameter: Json, schemas: Schemas) -> Json:
    # A list in a query is one value with commas.
    in_query = parameter["type"] == "string_list" and parameter["in"] == "query"
    commas = {"style": "form", "explode": False} if in_query else {}
    return {
        "name": parameter["wire_name"],
        "in": parameter["in"],
        "required": parameter["required"],
        "description": parameter["summary"],
        **commas,
        "schema": schemas.value(parameter, described=False),
    }


def _request_body(contents: dict[str, Json], *, required: bool) -> Json:
    if not contents:
        return {}
    return {"requestBody": {"required": required, "content": {kind: {"schema": schema} for kind, schema in contents.items()}}}


def _response(response: Json, schemas: Schemas) -> Json:
    if response["kind"] == "bytes":
        return {"description": "The content.", "content": {"*/*": {}}}
    item = schemas.response(response["schema"])
    schema = {"type": "array", "items": item} if response["kind"] == "list" else item
    is_unknown = response["confidence"] == "assumed" and response["kind"] == "object"
    description = _UNKNOWN_RESPONSE if is_unknown else "The response."
    return {"description": description, "content": {"application/json": {"schema": schema}}}


make_public(__name__)
