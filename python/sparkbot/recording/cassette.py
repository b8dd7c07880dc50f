"""A cassette: recorded requests with their responses, in a JSON file that can be read and reviewed."""

from __future__ import annotations

import json
import os
import re
from difflib import SequenceMatcher
from threading import Lock
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError
from sparkbot.recording.masking import Numbers, map_text, texts_of
from sparkbot.recording.messages import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_VERSION = 1
_REDACTED = "(redacted)"
#: Texts of the service can contain halves of characters.
_SURROGATES = "surrogatepass"
#: The parts of a message that have fields of the API.
_VALUES = frozenset({"query", "json"})
#: Fields of any request or response that are never written.
_SECRET_FIELDS = frozenset({"token", "secret", "password", "apiKey", "api_key", "accessToken", "signingKey"})
#: A webhook has its secret in its address.
_URL_SECRET = re.compile(r"([?&](?:secret|token|key|api_key|apikey)=)[^&#\s]+", re.IGNORECASE)
#: The login of an address.
_URL_LOGIN = re.compile(r"(?<=://)[^/?#@\s]+(?=@)")


class Redactor:
    """Removes the key, and the values of some fields."""

    def __init__(self, fields: Collection[str]) -> None:
        self._fields = _SECRET_FIELDS | set(fields)

    def redact(self, message: dict[str, Any], key: str | None) -> dict[str, Any]:
        """A request or response without the key and the fields."""
        redacted = {name: self._without_fields(value) if name in _VALUES else value for name, value in message.items()}
        changed: dict[str, Any] = map_text(redacted, lambda text: _without_secrets(text, key))
        return changed

    def _without_fields(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._without_fields(item) for item in value]
        if isinstance(value, dict):
            return {name: self._field(name, item) for name, item in value.items()}
        return value

    def _field(self, name: str, value: Any) -> Any:
        return _REDACTED if name in self._fields and value is not None else self._without_fields(value)


def _without_secrets(text: str, key: str | None) -> str:
    if key:
        text = text.replace(key, _REDACTED)
    return _URL_LOGIN.sub(_REDACTED, _URL_SECRET.sub(rf"\1{_REDACTED}", text))


def write(path: Path, recorded: list[tuple[HttpRequest, HttpResponse]], redactor: Redactor) -> None:
    """Writes a cassette, without keys and with other phone numbers. An existing file is replaced when it is complete."""
    exchanges = [
        {
            name: redactor.redact(message.to_json(), request.key)
            for name, message in (("request", request), ("response", response))
        }
        for request, response in recorded
    ]
    numbers = Numbers.collect(texts_of(exchanges))
    content = {
        "version": _VERSION,
        "salt": numbers.salt,
        "numbers": numbers.by_digest,
        "exchanges": map_text(exchanges, numbers.mask),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", errors=_SURROGATES)
    partial.replace(path)


class Cassette:
    """A recorded cassette that is replayed. Each recorded response is used once, in the order of equal requests."""

    def __init__(self, path: Path, redactor: Redactor) -> None:
        self._path = path
        self._redactor = redactor
        self._lock = Lock()
        content = _read(path)
        self._numbers = Numbers(content["salt"], content["numbers"])
        self._exchanges: list[dict[str, Any]] = content["exchanges"]
        self._left = list(range(len(self._exchanges)))

    def replay(self, request: HttpRequest) -> HttpResponse | str:
        """The response to a request, or why there is none, without numbers and texts."""
        with self._lock:
            masked = map_text(self._redactor.redact(request.to_json(), request.key), self._numbers.mask)
            for index in self._left:
                if self._exchanges[index]["request"] == masked:
                    self._left.remove(index)
                    return self._response(index)
        return self._explain(masked)

    def _response(self, index: int) -> HttpResponse:
        recorded = self._exchanges[index]["response"]
        return HttpResponse.from_json(map_text(recorded, self._numbers.restore))

    def _explain(self, request: dict[str, Any]) -> str:
        times = sum(exchange["request"] == request for exchange in self._exchanges)
        if times:
            problem = f"{self._path} has {times} responses to {_name(request)}, and it was sent once more"
        else:
            problem = f"{self._path} has no response to {_name(request)}. {self._closest(request)}"
        return f"{problem}. Fix the test, or record again with mode='all'"

    def _closest(self, request: dict[str, Any]) -> str:
        if not self._exchanges:
            return "The cassette is empty"
        recorded = [exchange["request"] for exchange in self._exchanges]
        number, closest = max(enumerate(recorded), key=lambda pair: _similarity(request, pair[1]))
        return f"The closest is number {number}, {_name(closest)}, which differs in {', '.join(_differences(request, closest))}"


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8", errors=_SURROGATES))
        if content["version"] == _VERSION and {"salt", "numbers", "exchanges"} <= content.keys():
            return content
    except (ValueError, KeyError, TypeError):
        pass
    raise InvalidArgumentError(f"{path} is no cassette of this version: delete it, and record it again") from None


def _name(request: dict[str, Any]) -> str:
    return f"{request['method']} {request['path']}"


def _similarity(request: dict[str, Any], other: dict[str, Any]) -> tuple[int, float]:
    """The more fields are equal, the closer; then the more similar the paths are."""
    equal = sum(request.get(name) == other.get(name) for name in ("method", "path", "query", "json"))
    return equal, SequenceMatcher(None, request["path"], other["path"]).ratio()


def _differences(request: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The names of what differs: `path`, `query size`, `json status`."""
    names = [name for name in dict.fromkeys((*request, *other)) if request.get(name) != other.get(name)]
    return [text for name in names for text in _inner_differences(name, request.get(name), other.get(name))]


def _inner_differences(name: str, value: Any, other: Any) -> list[str]:
    if not isinstance(value, dict) or not isinstance(other, dict):
        return [name]
    differing = {field for field in value.keys() | other.keys() if value.get(field) != other.get(field)}
    return [f"{name} {field}" for field in sorted(differing)]
