"""Every error that sparkbot raises. All are subclasses of `SparkBotError`.

::

    SparkBotError
    ├── ConfigError                  the client's settings are missing or invalid
    ├── InvalidArgumentError         an argument is invalid; nothing was executed (also a ValueError)
    ├── PaginationError              the service returned the same page twice
    ├── TransportError               no complete response was received
    │   ├── APIConnectionError       no connection, or it was closed (also Python's ConnectionError)
    │   ├── APITimeoutError          no response in time (also Python's TimeoutError)
    │   ├── IncompleteResponseError  the response ended early
    │   └── OutcomeUnknownError      a write that may have been executed; check before you repeat it
    ├── InvalidResponseError         the response is not in the service's format
    │   └── ResponseTooLargeError    the response exceeds `max_response_bytes`
    ├── WebhookError                 a request to your webhook is rejected; respond with its `status_code`
    │   ├── MalformedWebhookError    400
    │   ├── WebhookSignatureError    401
    │   └── WebhookTooLargeError     413
    ├── FailedItemsError             items of a run failed: an ExceptionGroup with an error of each kind
    └── APIStatusError               the service responded with an error status
        ├── BadRequestError          400 422
        ├── AuthenticationError      401
        ├── PaymentRequiredError     402
        ├── PermissionDeniedError    403
        ├── NotFoundError            404
        ├── ConflictError            409
        ├── RateLimitError           429
        ├── DeviceNotReadyError      503 from the service itself: the device's session is not connected
        └── ServerError              any other 5xx

`str(error)` is the whole sentence: what happened, where, and what to do. Errors can be pickled and copied, so they cross
process pools.
"""

from __future__ import annotations

from ._annotations import make_public

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigError",
    "ConflictError",
    "DeviceNotReadyError",
    "FailedItemsError",
    "IncompleteResponseError",
    "InvalidArgumentError",
    "InvalidResponseError",
    "MalformedWebhookError",
    "NotFoundError",
    "OutcomeUnknownError",
    "PaginationError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseTooLargeError",
    "ServerError",
    "SparkBotError",
    "SparkBotWarning",
    "TransportError",
    "WebhookError",
    "WebhookSignatureError",
    "WebhookTooLargeError",
]


class SparkBotWarning(UserWarning):
    """A call succeeded, but something about it needs attention."""


class SparkBotError(Exception):
    """Base class of every sparkbot error.

    Attributes:
        operation: Name of the operation, such as `"chats.unassign"`, or None.
        field: The invalid argument, or None.
        status_code: HTTP status of the response, or None if there was no response.
        code: Error code of the service, such as `"phone:invalid"`, or None.
        message: Error message of the service, or None. `str(error)` includes it.
        body: Body of the response as bytes, or None.
        request_id: `X-Request-Id` of the response, or None.
        retry_after: Seconds to wait, as requested by the service, or None.
        attempts: Number of requests sent.
    """

    def __init__(
        self,
        text: str,
        *,
        operation: str | None = None,
        field: str | None = None,
        status_code: int | None = None,
        code: str | None = None,
        message: str | None = None,
        body: bytes | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        attempts: int = 0,
    ) -> None:
        super().__init__(text)
        self.operation = operation
        self.field = field
        self.status_code = status_code
        self.code = code
        self.message = message
        self.body = body
        self.request_id = request_id
        self.retry_after = retry_after
        self.attempts = attempts

    def __str__(self) -> str:
        text = str(self.args[0])
        return text if self.request_id is None else f"{text} [request {self.request_id}]"

    def json(self) -> Any:
        """The body of the response as Python objects, or None if there is no body or it is not JSON."""
        from ._sparkbot import read_json

        try:
            return read_json(self.body, self.operation or "json", self.status_code or 0, "replace") if self.body else None
        except InvalidResponseError:
            return None

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception with keyword-only arguments can't be unpickled by calling its class with `args`.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(error_class: type[SparkBotError], args: tuple[Any, ...], attributes: Mapping[str, Any]) -> SparkBotError:
    error = error_class.__new__(error_class, *args)
    Exception.__init__(error, *args)
    error.__dict__.update(attributes)
    return error


class ConfigError(SparkBotError, ValueError):
    """The client's settings are missing or invalid."""


class InvalidArgumentError(SparkBotError, ValueError):
    """An argument is invalid; `field` names it. Nothing was sent.

    The exception is an upload whose file fails while it is read: the file's error is the `__cause__`, and the part that was sent
    cannot be executed.
    """


class PaginationError(SparkBotError):
    """The service returned the same page twice, so the pagination would never end."""


class TransportError(SparkBotError):
    """No complete response was received."""


class APIConnectionError(TransportError, ConnectionError):
    """The connection failed, or was closed before a response was received."""


class APITimeoutError(TransportError, TimeoutError):
    """No response was received in time."""


class IncompleteResponseError(TransportError):
    """The response ended early."""


class OutcomeUnknownError(TransportError):
    """A write that may have been executed: its response was not received. It was not retried; check before you repeat it."""


class InvalidResponseError(SparkBotError):
    """The response is not in the service's format, such as the login page of a proxy."""


class ResponseTooLargeError(InvalidResponseError):
    """The response is larger than `max_response_bytes`."""


class WebhookError(SparkBotError):
    """A request to your webhook is rejected. Respond with its `status_code`."""


class MalformedWebhookError(WebhookError):
    """400: the body is missing, is not JSON, or has no events."""


class WebhookSignatureError(WebhookError):
    """401: the secret or the signature is missing or wrong."""


class WebhookTooLargeError(WebhookError):
    """413: the body exceeds the size limit."""


class FailedItemsError(SparkBotError, ExceptionGroup[Exception]):
    """Items of a run failed or have an unknown outcome. `exceptions` has an error of each kind; `except*` selects them.

    Attributes:
        kinds: Type, count and first examples of each kind as plain JSON, in the order of `exceptions`, without contacts and
            values.
    """

    # Of a group, `message` is read-only.
    message: Any = None
    kinds: Sequence[Mapping[str, Any]]

    def __new__(cls, text: str, exceptions: Sequence[Exception], *, kinds: Sequence[Mapping[str, Any]] = ()) -> FailedItemsError:
        return super().__new__(cls, text, exceptions)

    def __init__(self, text: str, exceptions: Sequence[Exception], *, kinds: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(text, message=text)
        # Copies and pickles are made from these.
        self.args = (text, exceptions)
        self.kinds = kinds

    def derive(self, exceptions: Sequence[Any], /) -> Any:
        """A group with some of the exceptions, for `except*` and `split`."""
        pairs = zip(self.kinds, self.exceptions, strict=False)
        kinds = [kind for kind, error in pairs if any(error is other for other in exceptions)]
        group = type(self)(str(self.args[0]), exceptions)
        vars(group).update({**vars(self), "kinds": kinds})
        return group


class APIStatusError(SparkBotError):
    """The service responded with an error status."""


class BadRequestError(APIStatusError):
    """400 or 422: the service rejected a value."""


class AuthenticationError(APIStatusError):
    """401: the API key is missing, invalid or revoked."""


class PaymentRequiredError(APIStatusError):
    """402: the account's plan or quota does not cover this."""


class PermissionDeniedError(APIStatusError):
    """403: the API key has no permission for this call."""


class NotFoundError(APIStatusError):
    """404: the id does not exist, or the account's plan does not include the resource."""


class ConflictError(APIStatusError):
    """409: the resource already exists."""


class RateLimitError(APIStatusError):
    """429: too many calls. `retry_after` is the requested wait, if the service sent one."""


class DeviceNotReadyError(APIStatusError):
    """503 from the service itself: the device's session is not connected."""


class ServerError(APIStatusError):
    """5xx: the service failed."""


_BY_KIND: dict[str, type[SparkBotError]] = {
    "config": ConfigError,
    "invalid_argument": InvalidArgumentError,
    "connection": APIConnectionError,
    "timeout": APITimeoutError,
    "incomplete_response": IncompleteResponseError,
    "outcome_unknown": OutcomeUnknownError,
    "invalid_response": InvalidResponseError,
    "response_too_large": ResponseTooLargeError,
    "internal": SparkBotError,
}

_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: BadRequestError,
    429: RateLimitError,
}


def _status_class(fields: Mapping[str, Any]) -> type[APIStatusError]:
    status: int = fields["status_code"]
    # A proxy's 503 has no message in the service's error format.
    if status == 503 and fields["message"] is not None:
        return DeviceNotReadyError
    return _BY_STATUS.get(status) or (ServerError if status >= 500 else APIStatusError)


def from_core(kind: str, text: str, fields: dict[str, Any]) -> SparkBotError:
    """Builds the exception for an error of the Rust core."""
    error_class = _status_class(fields) if kind == "status" else _BY_KIND[kind]
    return error_class(text, **fields)


make_public(__name__)
