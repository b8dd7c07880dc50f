"""Who posts to a webhook: checked by a secret, before anything of the body is believed."""

from __future__ import annotations

import hmac
import secrets as randomness
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ..errors import ConfigError, WebhookSignatureError, WebhookTooLargeError
from .parsing import MAX_BYTES, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal, NoReturn

    from .events import Event

__all__ = ["Receiver", "new_secret", "sign"]

#: Fewer characters can be guessed.
MIN_SECRET_LENGTH = 16
_NAMES = {"query": "secret", "path": "", "header": "X-Webhook-Secret", "signature": None}


def new_secret() -> str:
    """A secret that nobody guesses and that fits into an address.

    Example:
        >>> len(new_secret())
        43
    """
    return randomness.token_urlsafe(32)


def sign(secret: str, body: bytes) -> str:
    """The signature that a `Receiver` with `where="signature"` expects: `sha256=` and the HMAC-SHA256 of the raw body.

    Example:
        >>> sign("a-secret-of-sixteen", b"{}")[:15]
        'sha256=14d4e1d9'
    """
    return f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"


class Receiver:
    """Checks that a webhook's request comes from someone who knows the secret, and reads its events.

    The service documents no signature, so what surely works is a secret in the address that you register: `url()` puts it
    there. A header or a signature can be checked where a gateway of yours adds it.

    Args:
        secrets: The secret, of 16 characters or more; several while one takes another's place.
        where: Where the secret is: in the address as `?secret=…` (`query`) or as the last segment of its `path`, in a
            `header`, or as the key of a `signature` over the raw body (HMAC-SHA256, hexadecimal, with or without `sha256=`).
        name: Name of the query parameter (`secret`) or of the header (`X-Webhook-Secret`). A signature's header has no
            usual name, so it must be given.
        max_bytes: A larger body is refused.

    Raises:
        ConfigError: A secret is too short or not printable ASCII, or a name is missing.

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
        if where not in _NAMES:
            raise ConfigError(f"where is {where!r}; it must be one of {', '.join(_NAMES)}")
        found = _NAMES[where] if name is None else name
        if found is None:
            raise ConfigError("a signature's header has no usual name: pass name=, such as name='X-SparkBot-Signature'")
        self._secrets = secrets
        # Hashes are of one length, so that comparing them tells nothing about a secret's.
        self._digests = [sha256(secret.encode()).digest() for secret in secrets]
        self._where = where
        self._name = found
        self.max_bytes = max_bytes

    def __repr__(self) -> str:
        return f"<sparkbot.webhooks.Receiver where={self._where!r}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Receiver does not pickle: it would carry its secret along; make it anew where it is needed")

    def url(self, address: str) -> str:
        """The address to register, with the (first) secret in it where it belongs there.

        Args:
            address: The public address of your view, `https://…`.

        Returns:
            What to pass to `client.webhooks.create(url=…)`.
        """
        parts = urlsplit(address)
        if self._where == "query":
            added = urlencode({self._name: self._secrets[0]})
            return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))
        if self._where == "path":
            return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{quote(self._secrets[0], safe='')}"))
        return address

    def check(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> None:
        """Check the secret, in constant time; a secret in two places is the first.

        Args:
            body: The request's raw bytes.
            url: Its address, or path and query.
            headers: Its headers, in any case.

        Raises:
            WebhookSignatureError: It is missing or wrong. Answer 401.
            WebhookTooLargeError: The body is larger than `max_bytes`. Answer 413.
        """
        if len(body) > self.max_bytes:
            raise WebhookTooLargeError(
                f"the webhook's body has {len(body):,} bytes; at most {self.max_bytes:,} are read", status_code=413
            )
        given = self._given(url, headers or {})
        is_right = self._is_signed(given, body) if self._where == "signature" else self._is_known(given)
        if not is_right:
            raise WebhookSignatureError("the webhook's secret is missing or wrong", status_code=401)

    def events(self, body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None) -> list[Event]:
        """Check the secret, then read the events; takes what `check` takes.

        Returns:
            The events: one, or those of a list.

        Raises:
            WebhookError: The request is refused; `status_code` is the one to answer with.
        """
        self.check(body, url=url, headers=headers)
        return parse(body, max_bytes=self.max_bytes)

    def _given(self, url: str, headers: Mapping[str, str]) -> str:
        if self._where in ("header", "signature"):
            wanted = self._name.lower()
            return next((value for name, value in headers.items() if name.lower() == wanted), "")
        try:
            parts = urlsplit(url)
            if self._where == "path":
                return unquote(parts.path.rstrip("/").rpartition("/")[2])
            return next((value for name, value in parse_qsl(parts.query, max_num_fields=100) if name == self._name), "")
        except ValueError:
            return ""

    def _is_known(self, given: str) -> bool:
        digest = sha256(given.encode("utf-8", "replace")).digest()
        # No early end: the time says nothing about which one fits.
        return sum(hmac.compare_digest(digest, known) for known in self._digests) > 0

    def _is_signed(self, given: str, body: bytes) -> bool:
        hexadecimal = given.strip().removeprefix("sha256=").lower().encode("utf-8", "replace")
        expected = [sign(secret, body).removeprefix("sha256=").encode() for secret in self._secrets]
        return sum(hmac.compare_digest(hexadecimal, one) for one in expected) > 0


def _check_secrets(secrets: tuple[str, ...]) -> None:
    if not secrets:
        raise ConfigError("a Receiver needs a secret: Receiver(webhooks.new_secret()) makes one")
    for secret in secrets:
        if not isinstance(secret, str) or len(secret) < MIN_SECRET_LENGTH:
            raise ConfigError(
                f"a webhook's secret must have {MIN_SECRET_LENGTH} characters or more; webhooks.new_secret() makes one"
            )
        if not secret.isascii() or not secret.isprintable() or " " in secret:
            raise ConfigError("a webhook's secret is printable ASCII without spaces")
