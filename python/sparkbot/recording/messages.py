"""HTTP requests and responses as readable JSON, and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage

#: All that the client reads. Other headers could contain secrets.
_RESPONSE_HEADERS = frozenset({"content-type", "content-disposition", "retry-after", "retry-after-ms", "x-request-id"})


@dataclass(slots=True)
class HttpRequest:
    """A request as it was received. The target is relative to the base URL; the names of headers are in lower case."""

    method: str
    target: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def key(self) -> str | None:
        """The API key."""
        return self.headers.get("token")

    def to_json(self) -> dict[str, Any]:
        url = urlsplit(self.target)
        values = parse_qs(url.query, keep_blank_values=True)
        query = {name: several[0] if len(several) == 1 else several for name, several in values.items()}
        request = {"method": self.method, "path": unquote(url.path), "query": query}
        return request | _request_body(self.headers.get("content-type", ""), self.content)


@dataclass(slots=True)
class HttpResponse:
    """A response as it was received or is to be sent."""

    status: int
    headers: dict[str, str]
    content: bytes

    @classmethod
    def of(cls, status: int, headers: Mapping[str, str], content: bytes) -> HttpResponse:
        """A response with the headers that are recorded."""
        kept = {name.lower(): value for name, value in headers.items() if name.lower() in _RESPONSE_HEADERS}
        return cls(status, kept, content)

    def to_json(self) -> dict[str, Any]:
        body = _readable_body(self.headers.get("content-type", ""), self.content)
        if body is None:
            body = {"base64": b64encode(self.content).decode()}
        return {"status": self.status, "headers": self.headers} | body

    @classmethod
    def from_json(cls, response: dict[str, Any]) -> HttpResponse:
        if "json" in response:
            content = json.dumps(response["json"]).encode()
        else:
            content = response["text"].encode() if "text" in response else b64decode(response.get("base64", ""))
        return cls(response["status"], response["headers"], content)


def _readable_body(content_type: str, content: bytes) -> dict[str, Any] | None:
    """The body as JSON or text; None if it is neither."""
    if not content:
        return {}
    try:
        text = content.decode()
        return {"json": json.loads(text)} if "json" in content_type else {"text": text}
    except ValueError:
        return None


def _request_body(content_type: str, content: bytes) -> dict[str, Any]:
    if not content_type.startswith("multipart/"):
        body = _readable_body(content_type, content)
        return _hashed(content) if body is None else body
    # The boundary of a form is random.
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form: EmailMessage = message_from_bytes(head + content, policy=policy.HTTP)
    return {"form": [_part(part) for part in form.iter_parts()]}


def _part(part: Any) -> dict[str, Any]:
    name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
    filename = part.get_filename()
    if filename is None:
        return {"name": name, "text": content.decode("utf-8", "replace")}
    return {"name": name, "filename": filename} | _hashed(content)


def _hashed(content: bytes) -> dict[str, Any]:
    """Identifies a file without its content."""
    return {"bytes": len(content), "sha256": sha256(content).hexdigest()}
