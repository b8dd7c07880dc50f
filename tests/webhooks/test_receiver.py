"""Authentication of webhook requests: the secret in each location."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import pytest
from tests.time_limits import HANG_TIMEOUT

from sparkbot.errors import ConfigError, MalformedWebhookError, WebhookSignatureError, WebhookTooLargeError
from sparkbot.webhooks import Receiver, new_secret, sign

SECRET = "sixteen-or-more/+&="
OLD = "the-secret-of-yesterday"
BODY = b'{"event": "chat:update"}'
ADDRESS = "https://crm.example.com/hook?shop=1"


def request(where: str, secret: str) -> dict[str, Any]:
    """A request with the secret in its location."""
    if where in ("query", "path"):
        return {"url": Receiver(secret, where=where).url(ADDRESS)}  # type: ignore[arg-type]
    name = {"header": "x-webhook-secret", "signature": "X-SIGNATURE"}[where]
    return {"url": ADDRESS, "headers": {"Other": "1", name: secret if where == "header" else sign(secret, BODY)}}


def receiver(where: Any, *secrets: str) -> Receiver:
    return Receiver(*secrets, where=where, name="X-Signature" if where == "signature" else None)


@pytest.mark.parametrize("where", ["query", "path", "header", "signature"])
def test_only_the_right_secret_is_accepted(where: str) -> None:
    checks = receiver(where, SECRET, OLD)
    for secret in (SECRET, OLD):
        assert checks.events(BODY, **request(where, secret)) == [{"event": "chat:update"}]
    wrong = [
        request(where, SECRET + "x"),
        request(where, SECRET[:-1] + "é" if where in ("header",) else SECRET[:-1] + "y"),
        *(request(other, SECRET) for other in ("query", "path", "header", "signature") if other != where),
        {},
        {"url": "https://[broken"},
        {"url": f"/hook?{'a=1&' * 101}secret={quote(SECRET, safe='')}"},
    ]
    for arguments in wrong:
        with pytest.raises(WebhookSignatureError, match="missing or wrong") as caught:
            checks.events(BODY, **arguments)
        assert caught.value.status_code == 401
        assert SECRET not in str(caught.value)


def test_signature_covers_the_raw_body() -> None:
    checks = receiver("signature", SECRET)
    bare = sign(SECRET, BODY).removeprefix("sha256=").upper()
    assert checks.events(BODY, headers={"X-Signature": bare})
    with pytest.raises(WebhookSignatureError):
        checks.events(BODY + b" ", headers={"X-Signature": sign(SECRET, BODY)})


KEY = "a-key-of-sixteen-characters"
#: HMAC-SHA256 of `BODY` with `KEY`, by `openssl dgst -sha256 -hmac`.
SIGNATURE = "sha256=73b92b807e528839a521144b2eb6083cd3807d4fa280eec56d53d0739a5b6cbf"


def test_signature_has_the_value_of_other_implementations() -> None:
    assert sign(KEY, BODY) == SIGNATURE


@pytest.mark.parametrize("where", ["query", "path", "header"])
def test_secret_and_signature_are_both_required(where: str) -> None:
    checks = Receiver(SECRET, where=where, signing_key=["a-key-from-yesterday", KEY])  # type: ignore[arg-type]
    right = request(where, SECRET)
    headers = right.get("headers", {})
    signed = {**right, "headers": {**headers, "x-sparkbot-signature": SIGNATURE}}
    assert checks.events(BODY, **signed)
    for wrong in (
        right,
        {"headers": {"X-SparkBot-Signature": SIGNATURE}},
        {**signed, "headers": {**headers, "Signature": SIGNATURE}},
    ):
        with pytest.raises(WebhookSignatureError, match="secret or signature is missing or wrong") as caught:
            checks.events(BODY, **wrong)
        assert not any(secret in str(caught.value) + repr(checks) for secret in (SECRET, KEY, SIGNATURE))
    with pytest.raises(WebhookSignatureError):
        checks.events(BODY + b" ", **signed)


def test_signature_header_can_be_named() -> None:
    body: dict[str, Any] = {"headers": {"X-Hub": SIGNATURE}}
    assert Receiver(KEY, where="signature", name="x-hub").events(BODY, **body)
    both = Receiver(SECRET, signing_key=KEY, signature_header="X-HUB")
    assert both.events(BODY, **body, **request("query", SECRET))
    assert Receiver(KEY, where="signature").events(BODY, headers={"X-SparkBot-Signature": SIGNATURE})


@pytest.mark.parametrize("body", [None, "{}", {"event": "chat:update"}])
def test_body_that_is_not_bytes_is_malformed(body: Any) -> None:
    for checks in (Receiver(SECRET), Receiver(KEY, where="signature")):
        with pytest.raises(MalformedWebhookError, match="pass the raw bytes") as caught:
            checks.events(body, url=f"/hook?secret={quote(SECRET, safe='')}")
        assert caught.value.status_code == 400


def test_url_keeps_its_path_and_query() -> None:
    assert receiver("query", SECRET).url(ADDRESS) == f"{ADDRESS}&secret={quote(SECRET, safe='')}"
    assert receiver("path", SECRET).url(ADDRESS) == f"https://crm.example.com/hook/{quote(SECRET, safe='')}?shop=1"
    assert receiver("header", SECRET).url(ADDRESS) == ADDRESS


def test_size_is_checked_before_secret_before_content() -> None:
    small = Receiver(SECRET, max_bytes=10)
    with pytest.raises(WebhookTooLargeError):
        small.events(BODY)
    with pytest.raises(WebhookSignatureError):
        small.events(b"nonsense")


@pytest.mark.parametrize(
    ("secrets", "options", "message"),
    [
        ((), {}, "needs a secret"),
        (("short",), {}, "at least 16 characters"),
        ((SECRET, ""), {}, "at least 16 characters"),
        ((None,), {}, "at least 16 characters"),
        (("a secret with spaces",), {}, "without spaces"),
        (("größer-als-sechzehn",), {}, "printable ASCII"),
        ((SECRET,), {"where": "body"}, "must be one of query, path, header, signature"),
        ((SECRET,), {"where": "signature", "signing_key": SECRET}, "omit signing_key"),
        ((SECRET,), {"signing_key": "short"}, "at least 16 characters"),
        ((SECRET,), {"signing_key": [SECRET, None]}, "at least 16 characters"),
    ],
)
def test_invalid_settings_are_rejected(secrets: Any, options: Any, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Receiver(*secrets, **options)


def test_secret_is_not_shown_or_pickled() -> None:
    secretive = Receiver(SECRET)
    assert SECRET not in repr(secretive)
    with pytest.raises(TypeError, match="can't be pickled"):
        pickle.dumps(secretive)
    assert new_secret() != new_secret()


def test_frameworks_are_not_imported() -> None:
    code = "import sys, sparkbot.webhooks; print({'django', 'fastapi', 'starlette', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert done.stdout == "set()\n"
