"""Attributes of spans and metrics, by the semantic conventions for HTTP clients."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..._sparkbot import operation_route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from opentelemetry.util.types import AttributeValue

    from ...hooks import Attempt, Request

    Attributes = dict[str, AttributeValue]


def request_attributes(request: Request) -> Attributes:
    """The attributes of a call's first request that spans and metrics share."""
    return _route_attributes(request.base_url, request.operation, request.method, request.path)


def attempt_attributes(request: Request, attempt: Attempt) -> Attributes:
    """The attributes of one request of a call."""
    if attempt.operation == request.operation:
        attributes = request_attributes(request)
    else:
        method, path, _ = operation_route(attempt.operation)
        attributes = _route_attributes(request.base_url, attempt.operation, method, path)
    if attempt.status_code is not None:
        attributes["http.response.status_code"] = attempt.status_code
    if attempt.status_code is None or attempt.status_code >= 400:
        attributes["error.type"] = attempt.outcome
    return attributes


def _route_attributes(base_url: str, operation: str, method: str, path: str) -> Attributes:
    url = urlsplit(base_url)
    attributes: Attributes = {
        "http.request.method": method,
        "server.address": url.hostname or "",
        "server.port": url.port or (443 if url.scheme == "https" else 80),
    }
    # The path of `client.request()` is not a template and can contain ids.
    if operation != "request":
        attributes["url.template"] = path
    return attributes


def error_type(error: BaseException, status: int | None) -> str:
    """Status or class only, because the text of the error can contain personal data."""
    return str(status) if status is not None and status >= 400 else type(error).__qualname__
