"""Authenticates webhook requests by a shared secret."""

from __future__ import annotations

import hmac
import secrets as random_secrets
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ..errors import ConfigError, WebhookSignatureError
from .parsing import MAX_BYTES, parse, too_large_error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal, NoReturn

    from .events import Event

__all__ = ["Receiver", "new_secret", "sign"]

#: Shorter secrets can be guessed.
MIN_SECRET_LENGTH = 16
_DEFAULT_NAMES = {"query": "secret", "path": "", "header": "X-Webhook-Secret", "signature": None}


def new_secret() -> str:
    """A random secret that is safe to use in a URL.

    Example:
        >>> len(new_secret())
        43
    """
    return random_secrets.token_urlsafe(32)


def sign(secret: str, body: bytes) -> str:
    """The signature that a `Receiver` with `where="signature"` expects: `sha256=` and the HMAC-SHA256 of the raw body.

    Example:
        >>> sign("a-secret-of-sixteen", b"{}")[:15]
        'sha256=14d4e1d9'
    """
    return f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"


class Receiver:
    """Checks that the sender of a webhook request knows the secret, and parses its events.

    The service documents no signature, so the reliable method is a secret in the registered URL: `url()` adds it. A header
    or a signature can be checked if your gateway adds it.

    Args:
        secrets: The secret, at least 16 characters; several of them during a rotation.
        where: Location of the secret: in the URL as `?secret=…` (`query`) or as the last segment of its `path`, in a `header`,
            or as the key of a `signature` of the raw body (HMAC-SHA256, hexadecimal, with or without `sha256=`).
        name: Name of the query parameter (`secret`) or of the header (`X-Webhook-Secret`). Required for a signature, whose
            header has no default name.
        max_bytes: Maximum size of a body.

    Raises:
        ConfigError: A secret is too short or not printable ASCII, or the name is missing.

    Example:
        >>> receiver = Receiver("a-secret-of-sixteen")
        >>> receiver.url("https://crm.example.com/whatsapp")
        'https://crm.example.com/whatsapp?secret=a-secret-of-sixteen'
        >>> [event["event"] for event in receiver.events(b'{"event": "chat:update"}', url="/whatsapp?secret=a-secret-of-sixteen")]
        ['chat:update']
    """

    __slots__ = ("_digests", "_name", "_secrets", "_where", "max_bytes")

    def __init__(
        self,
        *secrets: str,
        where: Literal["query", "path", "header", "signature"] = "query",
        name: str | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        _check_secrets(secrets)
        if where not in _DEFAULT_NAMES:
            raise ConfigError(f"where is {where!r}; it must be one of {', '.join(_DEFAULT_NAMES)}")
        name = _DEFAULT_NAMES[where] if name is None else name
        if name is None:
            raise ConfigError("the header of a signature has no default name; pass name=, such as name='X-SparkBot-Signature'")
        self._secrets = secrets
        # Digests have the same length, so that comparing them leaks nothing about the length of a secret.
        self._digests = [sha256(secret.encode()).digest() for secret in secrets]
        self._where = where
        self._name = name
        self.max_bytes = max_bytes

    def __repr__(self) -> str:
        return f"<sparkbot.webhooks.Receiver where={self._where!r}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Receiver can't be pickled, because the pickle would contain its secret; create it in each process")

    def url(self, address: str) -> str:
        """The URL to register, with the (first) secret if it belongs in the URL.

        Args:
            address: Public URL of your endpoint, `https://…`.

        Returns:
            The URL for `client.webhooks.create(url=…)`.
        """
        parts = urlsplit(address)
        if self._where == "query":
            parameter = urlencode({self._name: self._secrets[0]})
            return urlunsplit(parts._replace(query=f"{parts.query}&{parameter}" if parts.query else parameter))
        if self._where == "path":
            return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{quote(self._secrets[0], safe='')}"))
        return address

    def check(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> None:
        """Check the secret, in constant time. Of repeated parameters or headers the first counts.

        Args:
            body: The raw bytes of the request.
            url: The URL of the request, or its path and query.
            headers: The headers of the request; names in any case.

        Raises:
            WebhookSignatureError: The secret is missing or wrong. Respond with 401.
            WebhookTooLargeError: The body is larger than `max_bytes`. Respond with 413.
        """
        if len(body) > self.max_bytes:
            raise too_large_error(self.max_bytes)
        value = self._extract(url, headers or {})
        is_valid = self._is_valid_signature(value, body) if self._where == "signature" else self._is_secret(value)
        if not is_valid:
            raise WebhookSignatureError("the webhook secret is missing or wrong", status_code=401)

    def events(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> list[Event]:
        """Check the secret, then parse the events. The arguments are those of `check`.

        Returns:
            The events.

        Raises:
            WebhookError: The request is rejected; respond with its `status_code`.
        """
        self.check(body, url=url, headers=headers)
        return parse(body, max_bytes=self.max_bytes)

    def _extract(self, url: str, headers: Mapping[str, str]) -> str:
        if self._where in ("header", "signature"):
            header = self._name.lower()
            return next((value for name, value in headers.items() if name.lower() == header), "")
        try:
            parts = urlsplit(url)
            if self._where == "path":
                return unquote(parts.path.rstrip("/").rpartition("/")[2])
            return next((value for name, value in parse_qsl(parts.query, max_num_fields=100) if name == self._name), "")
        except ValueError:
            return ""

    def _is_secret(self, value: str) -> bool:
        digest = sha256(value.encode("utf-8", "replace")).digest()
        # Compares with all digests, so that the time does not reveal which one matches.
        return sum(hmac.compare_digest(digest, known) for known in self._digests) > 0

    def _is_valid_signature(self, value: str, body: bytes) -> bool:
        hexadecimal = value.strip().removeprefix("sha256=").lower().encode("utf-8", "replace")
        expected = [sign(secret, body).removeprefix("sha256=").encode() for secret in self._secrets]
        return sum(hmac.compare_digest(hexadecimal, signature) for signature in expected) > 0


def _check_secrets(secrets: tuple[str, ...]) -> None:
    if not secrets:
        raise ConfigError("a Receiver needs a secret; webhooks.new_secret() creates one")
    for secret in secrets:
        if not isinstance(secret, str) or len(secret) < MIN_SECRET_LENGTH:
            raise ConfigError(
                f"a webhook secret must have at least {MIN_SECRET_LENGTH} characters; webhooks.new_secret() creates one"
            )
        if not secret.isascii() or not secret.isprintable() or " " in secret:
            raise ConfigError("a webhook secret must be printable ASCII without spaces")
