"""Opens the page of the sandbox in a real browser: what it shows live, and that nothing in a document or request runs as HTML.

Run by `make test-long`. Needs Debian's package `chromium`; without it, prints that the test is skipped. Saves screenshots in
`build/screenshots` for manual review.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from contextlib import suppress
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tests.stress.browser import OVERFLOW, SCREENSHOTS, Tab, find_browser, open_tab

import sparkbot

#: Runs if any of it becomes HTML.
ATTACKS = ("<img src=x onerror=window.attacked=1>", "<script>window.attacked=1</script>", "'\"><svg onload=window.attacked=1>")
_TEXT = "document.body.innerText"
_LIST = "document.getElementById('{}').innerText"
_STATE = "document.getElementById('state').textContent"
_OPEN_ALL = "document.querySelectorAll('details').forEach(details => details.open = true)"
_ROWS = "document.querySelectorAll('#documents li').length"


def main() -> None:
    browser = find_browser()
    if browser is None:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    asyncio.run(test_page(browser))


async def test_page(browser: str) -> None:
    async with open_tab(browser) as tab:
        await tab.resize(1280, 900)
        with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            device = client.devices.find("Support")["id"]
            await test_calls_appear(tab, sandbox, client, device)
            await test_documents_and_requests_stay_text(tab, sandbox, client, device)
            await test_tabs_and_search(tab)
            await test_open_rows_stay_open(tab, client, device)
            await save_screenshots(tab, client, device)
            await test_reset(tab, sandbox)
            port = int(sandbox.url.split(":")[2].split("/")[0])
        await test_restart(tab, port)
        await test_key(tab)
    print("the page of the sandbox shows what happens, and runs nothing of it")


async def test_calls_appear(tab: Tab, sandbox: sparkbot.Sandbox, client: sparkbot.Client, device: str) -> None:
    sandbox.reset()
    await tab.go(sandbox.ui_url)
    await tab.until(f"{_STATE} === 'live' && {_ROWS} === 100")
    assert not tab.errors, tab.errors
    total = len(sandbox.documents("contacts"))
    assert await tab.run(_LIST.format("rest")) == f"the 100 of {total} that changed last; the search finds the others"
    external = [url for url in tab.requests if not url.startswith(sandbox.ui_url)]
    assert not external, external
    assert "No requests yet" in await tab.run(_LIST.format("requests"))
    contact = client.contacts.list(device, size=1)[0]["wid"]
    client.contacts.upsert_metadata(device, contact, {"tier": "platinum"})
    await tab.until(f"{_LIST.format('requests')}.includes('contacts.upsert_metadata')")
    await tab.until(f"{_LIST.format('documents')}.startsWith({json.dumps(name_of(client, device, contact))})")
    assert "tier: platinum" in await tab.run("document.querySelector('#documents li').innerText")
    assert await tab.run("document.querySelector('#documents li').className") == "changed"


def name_of(client: sparkbot.Client, device: str, contact: str) -> str:
    return str(client.contacts.get(device, contact)["displayName"])


async def test_documents_and_requests_stay_text(
    tab: Tab, sandbox: sparkbot.Sandbox, client: sparkbot.Client, device: str
) -> None:
    for number, attack in enumerate(ATTACKS):
        phone = f"+44736205357{number}"
        sandbox.seed(contacts=[{"device": device, "phone": phone, "displayName": attack, "metadata": {"note": attack}}])
        sandbox.receive(device, phone, attack, name=attack)
        client.send.text(device=device, phone=phone, message=attack)
        path = f"{sandbox.url}/{quote(attack)}?{quote(attack)}={quote(attack)}"
        with suppress(HTTPError):
            urlopen(Request(path, attack.encode(), headers={"X-Note": attack}), timeout=30)
    for attack in ATTACKS:
        await tab.until(f"{_OPEN_ALL}, {_LIST.format('requests')}.includes({json.dumps(json.dumps(attack))})")
    for name in ("contacts", "chats", "messages"):
        await open_all(tab, name)
        for attack in ATTACKS:
            await tab.until(f"{_LIST.format('documents')}.includes({json.dumps(attack)})")
        assert await tab.run("window.attacked") is None
        assert await tab.run("document.querySelectorAll('li :is(img, script, svg, a)').length") == 0
    assert not tab.errors, tab.errors


async def open_all(tab: Tab, name: str) -> None:
    """Opens a tab, and every row of both lists."""
    await tab.click(f"document.querySelector('#tabs [value={name}]')")
    await tab.until(f"document.querySelector('#tabs [value={name}]').ariaPressed === 'true' && {_ROWS} > 3")
    await tab.run(_OPEN_ALL)


async def test_tabs_and_search(tab: Tab) -> None:
    await tab.click("document.querySelector('#tabs [value=contacts]')")
    await tab.click("document.getElementById('search')")
    await tab.run("document.getElementById('search').focus()")
    await tab.type("PLATINUM")
    await tab.until(f"{_ROWS} === 1")
    assert await tab.run(_LIST.format("rest")) == ""
    assert "platinum" in await tab.run(_LIST.format("documents"))
    await tab.type("x")
    await tab.until(f"{_LIST.format('documents')} === 'Nothing found.'")
    await tab.run("{ const box = document.getElementById('search'); box.value = ''; box.oninput(); }")
    await tab.until(f"{_ROWS} === 100")


async def test_open_rows_stay_open(tab: Tab, client: sparkbot.Client, device: str) -> None:
    await tab.run("document.querySelectorAll('details').forEach(details => details.open = false)")
    await tab.click("document.querySelector('#documents li:nth-child(5) summary')")
    client.chats.list(device, size=3)
    await tab.until(f"{_LIST.format('requests')}.includes('chats.list')")
    assert await tab.run("[...document.querySelectorAll('#documents details')].findIndex(details => details.open)") == 4
    await tab.click("document.querySelector('#documents li:nth-child(5) summary')")


async def save_screenshots(tab: Tab, client: sparkbot.Client, device: str) -> None:
    await save_changes(tab, client, device, "light")
    await tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    await tab.click("document.querySelector('#documents summary')")
    await save_changes(tab, client, device, "dark")
    await tab.click("document.querySelector('#documents details[open] summary')")
    await tab.send("Emulation.setEmulatedMedia", features=[])
    await tab.resize(390, 844, mobile=True)
    assert await tab.run(OVERFLOW) <= 0, "the page is wider than a phone"
    await tab.screenshot("ui-phone")
    await tab.resize(1280, 900)


async def save_changes(tab: Tab, client: sparkbot.Client, device: str, theme: str) -> None:
    await tab.until("document.getAnimations().length === 0")
    for contact in client.contacts.list(device, size=6):
        client.contacts.upsert_metadata(device, contact["wid"], {"theme": theme, "first_name": contact["displayName"]})
    await tab.until(f"{_LIST.format('documents')}.includes('theme: {theme}')")
    await tab.screenshot(f"ui-{theme}")


async def test_reset(tab: Tab, sandbox: sparkbot.Sandbox) -> None:
    sandbox.reset()
    await tab.until(f"{_LIST.format('requests')}.includes('No requests yet')")
    await tab.until(f"!{_TEXT}.includes('platinum')")


async def test_restart(tab: Tab, port: int) -> None:
    """The page finds a server that is started again, with other documents."""
    await tab.until(f"{_STATE}.includes('not reachable')")
    with sparkbot.Sandbox(port=port, seed=2) as sandbox:
        await tab.until(f"{_STATE} === 'live'")
        newest = sandbox.documents("contacts")[-1]["displayName"]
        await tab.until(f"{_LIST.format('documents')}.startsWith({json.dumps(newest)})")


async def test_key(tab: Tab) -> None:
    """Beyond loopback the page asks for the key, which is in no address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sparkbot.errors.SparkBotWarning)
        sandbox = sparkbot.Sandbox(host="0.0.0.0", allow_remote=True, api_key="canary-key").start()
    with sandbox:
        await tab.go(sandbox.ui_url)
        await tab.until(f"{_STATE} === 'the key is needed'")
        assert await tab.run(_ROWS) == 0
        await tab.screenshot("ui-key")
        await tab.run("document.querySelector('#login input').focus()")
        await tab.type("canary-key")
        await tab.press("\r")
        await tab.until(f"{_STATE} === 'live' && {_ROWS} === 100")
        assert await tab.run("document.getElementById('login').hidden")
        assert not [url for url in tab.requests if "canary" in url]
        assert "canary" not in await tab.run("location.href + document.cookie + JSON.stringify(localStorage)")


if __name__ == "__main__":
    main()
