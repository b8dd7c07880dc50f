"""The page of the sandbox: what it is served with, and what it shows. `tests/stress/ui.py` opens it in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from sparkbot.errors import SparkBotWarning
from sparkbot.sandbox import Sandbox

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient, HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    Data = Callable[..., Any]

PAGE = "/_sandbox/ui"


def get_data(api: HttpClient, collection: str = "contacts", **query: str) -> HttpResponse:
    return api("GET", f"{PAGE}/data?{urlencode({'collection': collection, **query})}", headers={})


@pytest.fixture
def data(api: HttpClient) -> Data:
    return lambda collection="contacts", **query: get_data(api, collection, **query).json


def set_tier(api: HttpClient, contact: str, tier: str) -> None:
    assert api("PATCH", f"/chat/{DEVICE}/contacts/{contact}/metadata", [{"key": "tier", "value": tier}]).status == 200


def test_policy_allows_the_pages_own_script_only(api: HttpClient) -> None:
    response = api("GET", PAGE, headers={})
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        [text] = re.findall(f"<{element}>(.*?)</{element}>", response.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert policy[directive] == f"'sha256-{digest}'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"


def test_page_is_html_that_is_neither_sniffed_nor_cached(api: HttpClient) -> None:
    headers = api("GET", PAGE, headers={}).headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


def test_page_is_small_and_loads_nothing_else(api: HttpClient) -> None:
    text = api("GET", PAGE, headers={}).text
    assert len(text) < 12_000
    assert not re.findall(r"https?://|\bsrc=|\bhref=|<link|@import|url\(", text)


def test_page_only_reads(api: HttpClient, sandbox: Sandbox, data: Data) -> None:
    before = data()
    assert [api(method, path).status for method in ("POST", "PUT", "DELETE") for path in (PAGE, f"{PAGE}/data")] == [404] * 6
    assert data() == before
    assert sandbox.requests == []


def test_contact_shows_its_metadata(data: Data) -> None:
    [contact] = [contact for contact in data()["documents"] if contact["wid"] == CONTACT]
    assert contact["metadata"] == [{"key": "tier", "value": "gold"}, {"key": "crm_id", "value": "7"}]


def test_document_that_changed_last_comes_first(api: HttpClient, data: Data) -> None:
    contacts = [contact["wid"] for contact in data()["documents"] if contact["device"] == DEVICE]
    oldest = data(search="63848262ef6211827972b8fd")["documents"][-1]
    api("PATCH", f"/chat/{oldest['device']}/contacts/{oldest['wid']}/metadata", [{"key": "tier", "value": "silver"}])
    assert data()["documents"][0]["wid"] == oldest["wid"]
    set_tier(api, contacts[-1], "bronze")
    first, second, *rest = data()["documents"]
    assert (first["wid"], second["wid"]) == (contacts[-1], oldest["wid"])
    assert len({(contact["device"], contact["wid"]) for contact in (first, second, *rest)}) == len(rest) + 2


def test_deleted_document_is_not_shown(api: HttpClient, data: Data) -> None:
    [webhook] = data("webhooks")["documents"]
    assert api("DELETE", f"/webhooks/{webhook['id']}").status == 200
    assert data("webhooks")["documents"] == []


@pytest.mark.parametrize("search", ["ZOË", "gold", "736205357", CONTACT])
def test_search_finds_text_in_any_case(data: Data, search: str) -> None:
    assert CONTACT in {contact["wid"] for contact in data(search=search)["documents"]}


def test_search_without_a_match_is_empty(data: Data) -> None:
    assert data(search="no such text")["documents"] == []


def test_numbers_of_documents_and_requests_are_complete(api: HttpClient, sandbox: Sandbox, data: Data) -> None:
    sandbox.seed(contacts=[{"device": OTHER_DEVICE, "phone": f"+4473621{number:05}"} for number in range(300)])
    for _ in range(210):
        api("GET", "/devices?size=1")
    shown = data()
    assert shown["counts"]["contacts"] == len(sandbox.documents("contacts"))
    assert (len(shown["documents"]), len(shown["requests"]), shown["recorded"]) == (100, 200, 210)
    assert [request["index"] for request in shown["requests"][:2]] == [209, 208]
    assert shown["devices"][DEVICE] == "Test line"


def test_seen_version_is_not_sent_again(api: HttpClient) -> None:
    version = get_data(api).json["version"]
    assert (get_data(api, seen=version).status, get_data(api, seen=version).content) == (204, b"")


@pytest.mark.parametrize("change", ["request", "document", "clear", "reset"])
def test_every_change_gives_another_version(api: HttpClient, sandbox: Sandbox, change: str) -> None:
    api("GET", "/devices")
    version = get_data(api).json["version"]
    changes: dict[str, Any] = {
        "request": lambda: api("GET", "/nothing"),
        "document": lambda: sandbox.seed(contacts=[{"device": DEVICE, "phone": "+447362053599"}]),
        "clear": lambda: api("DELETE", "/_sandbox/requests"),
        "reset": sandbox.reset,
    }
    changes[change]()
    assert get_data(api, seen=version).json["version"] != version


def test_unknown_collection_is_a_404(api: HttpClient) -> None:
    assert get_data(api, "dreams").status == 404


def test_key_is_masked_in_requests(api: HttpClient, sandbox: Sandbox) -> None:
    api("GET", f"/devices?token={sandbox.api_key}", {"note": sandbox.api_key})
    assert sandbox.api_key not in get_data(api).text


def test_beyond_loopback_data_needs_the_key() -> None:
    with pytest.warns(SparkBotWarning):
        sandbox = Sandbox(host="0.0.0.0", allow_remote=True).start()
    with sandbox, HttpClient(sandbox) as api:
        assert api("GET", PAGE, headers={}).status == 200
        assert get_data(api).status == 403
        assert api("GET", f"{PAGE}/data?collection=chats", headers={"Token": sandbox.api_key}).status == 200


def test_ui_url_is_the_address_of_the_page(sandbox: Sandbox) -> None:
    assert sandbox.ui_url == f"http://{urlsplit(sandbox.url).netloc}{PAGE}"
    with urlopen(sandbox.ui_url, timeout=60) as response:
        assert b"<title>SparkBot sandbox</title>" in response.read()


@pytest.mark.parametrize("options", [["--ui"], ["--ui", "--json"], ["--json"]], ids=" ".join)
def test_command_prints_the_address_if_asked(options: list[str]) -> None:
    command = [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 if "--json" in options else 6)]
        process.terminate()
    if "--json" in options:
        printed = json.loads(lines[0])
        assert ("ui_url" in printed) == ("--ui" in options)
        assert printed.get("ui_url", PAGE).endswith(PAGE)
    else:
        assert re.fullmatch(rf"Its page: http://127\.0\.0\.1:\d+{PAGE}\n", lines[5])
