"""Sends requests to the real service while a cassette is recorded."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from sparkbot.recording.messages import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from http.client import HTTPResponse

#: Seconds for one request.
_TIMEOUT = 60.0
#: Headers of the connection, not of the request; and the client's, which may ask for a compressed response.
_CONNECTION_HEADERS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        """The client does not follow redirects either: they would get its key."""


_opener = build_opener(_NoRedirects)
#: For a service on this machine, the only kind that is reached without TLS.
_direct_opener = build_opener(_NoRedirects, ProxyHandler({}))


def forward(base_url: str, request: HttpRequest) -> HttpResponse:
    """The service's response. Raises OSError or HTTPException if there is none."""
    headers = {name: value for name, value in request.headers.items() if name not in _CONNECTION_HEADERS}
    content = request.content if request.content or request.method in ("POST", "PUT", "PATCH") else None
    sent = Request(base_url + request.target, content, headers, method=request.method)  # checked by the client
    try:
        opener = _opener if base_url.startswith("https:") else _direct_opener
        response: HTTPResponse | HTTPError = opener.open(sent, timeout=_TIMEOUT)
    except HTTPError as error:
        response = error
    with response:
        return HttpResponse.of(response.status or 0, dict(response.headers), response.read())


def failed(status: int, message: str) -> HttpResponse:
    """A response in the format of the service's errors."""
    content = json.dumps({"status": status, "message": message}).encode()
    return HttpResponse(status, {"content-type": "application/json"}, content)


#: What `forward` raises.
NO_RESPONSE = (OSError, HTTPException)
