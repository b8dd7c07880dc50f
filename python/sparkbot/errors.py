"""Every error that sparkbot raises, all of them under `SparkBotError`.

::

    SparkBotError
    ├── ConfigError             the client's settings are wrong or missing
    ├── InvalidArgument         an argument is wrong; nothing was sent (also a ValueError)
    ├── PaginationError         the service repeats a page
    ├── TransportError          no whole answer came
    │   ├── ConnectionError     no connection, or it was lost (also Python's ConnectionError)
    │   ├── TimeoutError        too slow (also Python's TimeoutError)
    │   ├── IncompleteResponse  the answer broke off
    │   └── OutcomeUnknown      a write that may have been executed; look before you repeat it
    ├── InvalidResponse         the answer is not what the service answers
    │   └── ResponseTooLarge
    ├── WebhookError            a request to your webhook is refused; `status` is the one to answer with
    │   ├── MalformedWebhook    400
    │   ├── WrongWebhookSecret  401
    │   └── WebhookTooLarge     413
    └── StatusError             the service answered with an error
        ├── ValidationError     400 422
        ├── AuthenticationError 401
        ├── PaymentRequired     402
        ├── PermissionDenied    403
        ├── NotFound            404
        ├── Conflict            409
        ├── RateLimited         429
        ├── DeviceNotReady      503 from the service itself: the number's session is not connected
        └── ServerError         any other 5xx

They pickle and copy whole, so they cross process pools.
"""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = [
    "AuthenticationError",
    "ConfigError",
    "Conflict",
    "ConnectionError",
    "DeviceNotReady",
    "IncompleteResponse",
    "InvalidArgument",
    "InvalidResponse",
    "MalformedWebhook",
    "NotFound",
    "OutcomeUnknown",
    "PaginationError",
    "PaymentRequired",
    "PermissionDenied",
    "RateLimited",
    "ResponseTooLarge",
    "ServerError",
    "SparkBotError",
    "SparkBotWarning",
    "StatusError",
    "TimeoutError",
    "TransportError",
    "ValidationError",
    "WebhookError",
    "WebhookTooLarge",
    "WrongWebhookSecret",
]


class SparkBotWarning(UserWarning):
    """Something that went well but should be known."""


class SparkBotError(Exception):
    """The base of every error of sparkbot.

    Attributes:
        message: The whole sentence: what happened, where, what to do.
        operation: The operation's name, such as `"chats.unassign"`, or None.
        field: The argument that is wrong, or None.
        status: The answer's HTTP status, or None where no answer came.
        code: The service's own error code, such as `"phone:invalid"`, or None.
        said: The service's own message, without our advice, or None.
        body: The answer's body as bytes, or None.
        request_id: The answer's `X-Request-Id`, or None.
        retry_after: Seconds that the service asks to wait, or None.
        attempts: How often the request was sent.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: str | None = None,
        field: str | None = None,
        status: int | None = None,
        code: str | None = None,
        said: str | None = None,
        body: bytes | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        attempts: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.field = field
        self.status = status
        self.code = code
        self.said = said
        self.body = body
        self.request_id = request_id
        self.retry_after = retry_after
        self.attempts = attempts

    def __str__(self) -> str:
        return self.message if self.request_id is None else f"{self.message} [request {self.request_id}]"

    def json(self) -> Any:
        """The answer's body as Python objects, or None where there is none or it is not JSON."""
        from ._sparkbot import read_json

        try:
            return read_json(self.body, self.operation or "json", self.status or 0, "replace") if self.body else None
        except InvalidResponse:
            return None

    def __reduce__(self) -> tuple[Any, ...]:
        # By name, not by position: an exception with keyword arguments does not unpickle by itself.
        return _rebuild, (type(self), self.message, self.__dict__)


def _rebuild(kind: type[SparkBotError], message: str, attributes: Mapping[str, Any]) -> SparkBotError:
    error = kind.__new__(kind, message)
    Exception.__init__(error, message)
    error.__dict__.update(attributes)
    return error


class ConfigError(SparkBotError, ValueError):
    """The client's settings are wrong or missing."""


class InvalidArgument(SparkBotError, ValueError):
    """An argument is wrong. Nothing was sent. `field` names it."""


class PaginationError(SparkBotError):
    """The service answers the same page again, so that a walk would never end."""


class TransportError(SparkBotError):
    """No whole answer came."""


class ConnectionError(TransportError, builtins.ConnectionError):
    """No connection could be made, or it was lost before an answer came."""


class TimeoutError(TransportError, builtins.TimeoutError):
    """No answer came in time."""


class IncompleteResponse(TransportError):
    """The answer broke off."""


class OutcomeUnknown(TransportError):
    """A write that may have been executed: no answer says whether. It was not sent again; look before you repeat it."""


class InvalidResponse(SparkBotError):
    """The answer is not what the service answers, such as the login page of a network in between."""


class ResponseTooLarge(InvalidResponse):
    """The answer is larger than `max_answer_bytes`."""


class WebhookError(SparkBotError):
    """A request to your webhook is refused. `status` is the one to answer it with."""


class MalformedWebhook(WebhookError):
    """400: the body is not JSON, or not events."""


class WrongWebhookSecret(WebhookError):
    """401: the secret is missing or wrong."""


class WebhookTooLarge(WebhookError):
    """413: the body is larger than it may be."""


class StatusError(SparkBotError):
    """The service answered with an error status."""


class ValidationError(StatusError):
    """400 or 422: the service does not accept a value."""


class AuthenticationError(StatusError):
    """401: the key is missing, wrong or withdrawn."""


class PaymentRequired(StatusError):
    """402: the account's plan or quota does not cover this."""


class PermissionDenied(StatusError):
    """403: the key may not do this."""


class NotFound(StatusError):
    """404: the service does not know the id, or the account's plan does not have the resource."""


class Conflict(StatusError):
    """409: it exists already."""


class RateLimited(StatusError):
    """429: too many calls. `retry_after` says how long to wait, where the service does."""


class DeviceNotReady(StatusError):
    """503 from the service itself: the number's session is not connected."""


class ServerError(StatusError):
    """5xx: the service failed."""


_BY_KIND: dict[str, type[SparkBotError]] = {
    "config": ConfigError,
    "invalid_argument": InvalidArgument,
    "connection": ConnectionError,
    "timeout": TimeoutError,
    "incomplete": IncompleteResponse,
    "outcome_unknown": OutcomeUnknown,
    "invalid_response": InvalidResponse,
    "too_large": ResponseTooLarge,
    "defect": SparkBotError,
}

_BY_STATUS: dict[int, type[StatusError]] = {
    400: ValidationError,
    401: AuthenticationError,
    402: PaymentRequired,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    422: ValidationError,
    429: RateLimited,
}


def _status_class(fields: Mapping[str, Any]) -> type[StatusError]:
    status: int = fields["status"]
    if status == 503 and fields["said"] is not None:
        return DeviceNotReady
    return _BY_STATUS.get(status) or (ServerError if status >= 500 else StatusError)


def from_core(kind: str, message: str, fields: dict[str, Any]) -> SparkBotError:
    """The error that the Rust half describes."""
    error_class = _status_class(fields) if kind == "status" else _BY_KIND[kind]
    return error_class(message, **fields)
