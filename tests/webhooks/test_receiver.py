"""Who may post: the secret in each of its places."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import pytest

from sparkbot.errors import ConfigError, WebhookSignatureError, WebhookTooLargeError
from sparkbot.webhooks import Receiver, new_secret, sign

SECRET = "sixteen-or-more/+&="
OLD = "the-secret-of-yesterday"
BODY = b'{"event": "chat:update"}'
ADDRESS = "https://crm.example.com/hook?shop=1"


def request(where: str, secret: str) -> dict[str, Any]:
    """A request with the secret in its place."""
    if where in ("query", "path"):
        return {"url": Receiver(secret, where=where).url(ADDRESS)}  # type: ignore[arg-type]
    name = {"header": "x-webhook-secret", "signature": "X-SIGNATURE"}[where]
    return {"url": ADDRESS, "headers": {"Other": "1", name: secret if where == "header" else sign(secret, BODY)}}


def receiver(where: Any, *secrets: str) -> Receiver:
    return Receiver(*secrets, where=where, name="X-Signature" if where == "signature" else None)


@pytest.mark.parametrize("where", ["query", "path", "header", "signature"])
def test_only_the_right_secret_in_its_place_opens(where: str) -> None:
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
    for given in wrong:
        with pytest.raises(WebhookSignatureError, match="missing or wrong") as caught:
            checks.events(BODY, **given)
        assert caught.value.status_code == 401
        assert SECRET not in str(caught.value)


def test_a_signature_is_of_the_raw_body() -> None:
    checks = receiver("signature", SECRET)
    bare = sign(SECRET, BODY).removeprefix("sha256=").upper()
    assert checks.events(BODY, headers={"X-Signature": bare})
    with pytest.raises(WebhookSignatureError):
        checks.events(BODY + b" ", headers={"X-Signature": sign(SECRET, BODY)})


def test_the_address_to_register_keeps_what_it_has() -> None:
    assert receiver("query", SECRET).url(ADDRESS) == f"{ADDRESS}&secret={quote(SECRET, safe='')}"
    assert receiver("path", SECRET).url(ADDRESS) == f"https://crm.example.com/hook/{quote(SECRET, safe='')}?shop=1"
    assert receiver("header", SECRET).url(ADDRESS) == ADDRESS


def test_size_comes_before_the_secret_and_the_secret_before_the_content() -> None:
    small = Receiver(SECRET, max_bytes=10)
    with pytest.raises(WebhookTooLargeError):
        small.events(BODY)
    with pytest.raises(WebhookSignatureError):
        small.events(b"nonsense")


@pytest.mark.parametrize(
    ("secrets", "options", "problem"),
    [
        ((), {}, "needs a secret"),
        (("short",), {}, "16 characters or more"),
        ((SECRET, ""), {}, "16 characters or more"),
        ((None,), {}, "16 characters or more"),
        (("a secret with spaces",), {}, "without spaces"),
        (("größer-als-sechzehn",), {}, "printable ASCII"),
        ((SECRET,), {"where": "body"}, "must be one of query, path, header, signature"),
        ((SECRET,), {"where": "signature"}, "pass name="),
    ],
)
def test_a_receiver_that_cannot_work_is_refused(secrets: Any, options: Any, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        Receiver(*secrets, **options)


def test_the_secret_does_not_travel() -> None:
    made = Receiver(SECRET)
    assert SECRET not in repr(made)
    with pytest.raises(TypeError, match="does not pickle"):
        pickle.dumps(made)
    assert new_secret() != new_secret()


def test_no_framework_is_imported() -> None:
    code = "import sys, sparkbot.webhooks; print({'django', 'fastapi', 'starlette', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "set()\n"
