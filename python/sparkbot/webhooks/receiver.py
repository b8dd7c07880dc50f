"""Authenticates webhook requests: by a secret in the request, by a signature of the body, or by both."""

from __future__ import annotations

import hmac
import secrets as random_secrets
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ..errors import ConfigError, WebhookSignatureError
from .parsing import MAX_BYTES, check_type, parse, too_large_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal, NoReturn

    from .events import Event

__all__ = ["SIGNATURE_HEADER", "Receiver", "new_secret", "sign"]

#: The default header of signatures. The service documents none; its texts name one of this form.
SIGNATURE_HEADER = "X-SparkBot-Signature"

#: Shorter secrets can be guessed.
MIN_SECRET_LENGTH = 16
_DEFAULT_NAMES = {"query": "secret", "path": "", "header": "X-Webhook-Secret", "signature": SIGNATURE_HEADER}


def new_secret() -> str:
    """A random secret that is safe to use in a URL.

    Example:
        >>> len(new_secret())
        43
    """
    return random_secrets.token_urlsafe(32)


def sign(secret: str, body: bytes) -> str:
    """The signature that a `Receiver` expects: `sha256=` and the HMAC-SHA256 of the raw body, hexadecimal.

    Example:
        >>> sign("a-secret-of-sixteen", b"{}")[:15]
        'sha256=14d4e1d9'
    """
    return f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"


class Receiver:
    """Checks that the sender of a webhook request knows the secret, and parses its events.

    The service documents no signature, so the reliable method is a secret in the registered URL: `url()` adds it. A header
    or a signature can be checked if the service or your gateway adds it, a signature also in addition to the secret.

    Args:
        secrets: The secret, at least 16 characters; several of them during a rotation.
        where: Location of the secret: in the URL as `?secret=…` (`query`) or as the last segment of its `path`, in a `header`,
            or as the key of a `signature` of the raw body (HMAC-SHA256, hexadecimal, with or without `sha256=`).
        name: Name of the query parameter (`secret`) or of the header (`X-Webhook-Secret`, of a signature
            `X-SparkBot-Signature`).
        signing_key: The key of a signature that each request must have in addition to the secret; several keys during a
            rotation.
        signature_header: Name of the header with that signature.
        max_bytes: Maximum size of a body.

    Raises:
        ConfigError: A secret or key is too short or not printable ASCII, or the signature is configured twice.

    Example:
        >>> receiver = Receiver("a-secret-of-sixteen")
        >>> receiver.url("https://crm.example.com/whatsapp")
        'https://crm.example.com/whatsapp?secret=a-secret-of-sixteen'
        >>> [event["event"] for event in receiver.events(b'{"event": "chat:update"}', url="/whatsapp?secret=a-secret-of-sixteen")]
        ['chat:update']
        >>> both = Receiver("a-secret-of-sixteen", signing_key="a-key-of-sixteen-characters")
        >>> signature = sign("a-key-of-sixteen-characters", b'{"event": "chat:update"}')
        >>> headers = {"X-SparkBot-Signature": signature}
        >>> len(both.events(b'{"event": "chat:update"}', url="/whatsapp?secret=a-secret-of-sixteen", headers=headers))
        1
    """

    __slots__ = ("_digests", "_keys", "_name", "_secrets", "_signature_header", "_where", "max_bytes")

    def __init__(
        self,
        *secrets: str,
        where: Literal["query", "path", "header", "signature"] = "query",
        name: str | None = None,
        signing_key: str | Sequence[str] = (),
        signature_header: str = SIGNATURE_HEADER,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        keys = (signing_key,) if isinstance(signing_key, str) else tuple(signing_key)
        _check_secrets(secrets)
        if where not in _DEFAULT_NAMES:
            raise ConfigError(f"where is {where!r}; it must be one of {', '.join(_DEFAULT_NAMES)}")
        if where == "signature" and keys:
            raise ConfigError("where='signature' makes the secrets the keys of the signature; omit signing_key")
        for key in keys:
            _check_secret(key)
        self._where = where
        self._name = _DEFAULT_NAMES[where] if name is None else name
        self._secrets = secrets
        # Digests have the same length, so that comparing them leaks nothing about the length of a secret.
        self._digests = [sha256(secret.encode()).digest() for secret in secrets]
        self._keys = secrets if where == "signature" else keys
        self._signature_header = self._name if where == "signature" else signature_header
        self.max_bytes = max_bytes

    def __repr__(self) -> str:
        signed = f" signature_header={self._signature_header!r}" if self._keys else ""
        return f"<sparkbot.webhooks.Receiver where={self._where!r}{signed}>"

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
        """Check the secret and the signature, in constant time. Of repeated parameters or headers the first counts.

        Args:
            body: The raw bytes of the request.
            url: The URL of the request, or its path and query.
            headers: The headers of the request; names in any case.

        Raises:
            MalformedWebhookError: The body is not bytes.
            WebhookSignatureError: The secret or the signature is missing or wrong. Respond with 401.
            WebhookTooLargeError: The body is larger than `max_bytes`. Respond with 413.
        """
        check_type(body)
        if len(body) > self.max_bytes:
            raise too_large_error(self.max_bytes)
        headers = headers or {}
        # Both are checked in any case, so that the time does not reveal which one is wrong.
        valid = [self._is_secret(url, headers), self._is_signed(body, headers)]
        if not all(valid):
            raise WebhookSignatureError(f"the webhook {self._proof} is missing or wrong", status_code=401)

    @property
    def _proof(self) -> str:
        """What the sender proves itself with, for messages."""
        if self._where == "signature":
            return "signature"
        return "secret or signature" if self._keys else "secret"

    def events(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> list[Event]:
        """Check secret and signature, then parse the events. The arguments are those of `check`.

        Returns:
            The events.

        Raises:
            WebhookError: The request is rejected; respond with its `status_code`.
        """
        self.check(body, url=url, headers=headers)
        return parse(body, max_bytes=self.max_bytes)

    def _is_secret(self, url: str, headers: Mapping[str, str]) -> bool:
        if self._where == "signature":
            return True
        digest = sha256(self._extract(url, headers).encode("utf-8", "replace")).digest()
        # Compares with all digests, so that the time does not reveal which one matches.
        return sum(hmac.compare_digest(digest, known) for known in self._digests) > 0

    def _extract(self, url: str, headers: Mapping[str, str]) -> str:
        if self._where == "header":
            return _header(headers, self._name)
        try:
            parts = urlsplit(url)
            if self._where == "path":
                return unquote(parts.path.rstrip("/").rpartition("/")[2])
            return next((value for name, value in parse_qsl(parts.query, max_num_fields=100) if name == self._name), "")
        except ValueError:
            return ""

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        if not self._keys:
            return True
        value = _header(headers, self._signature_header)
        hexadecimal = value.strip().removeprefix("sha256=").lower().encode("utf-8", "replace")
        expected = [sign(key, body).removeprefix("sha256=").encode() for key in self._keys]
        return sum(hmac.compare_digest(hexadecimal, signature) for signature in expected) > 0


def _header(headers: Mapping[str, str], header: str) -> str:
    return next((value for name, value in headers.items() if name.lower() == header.lower()), "")


def _check_secrets(secrets: tuple[str, ...]) -> None:
    if not secrets:
        raise ConfigError("a Receiver needs a secret; webhooks.new_secret() creates one")
    for secret in secrets:
        _check_secret(secret)


def _check_secret(secret: str) -> None:
    if not isinstance(secret, str) or len(secret) < MIN_SECRET_LENGTH:
        raise ConfigError(
            f"a webhook secret must have at least {MIN_SECRET_LENGTH} characters; webhooks.new_secret() creates one"
        )
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise ConfigError("a webhook secret must be printable ASCII without spaces")
