"""Opens the built documentation in a real browser: every page and link, the search, the reference.

Run by `make test-long` with the folder of the site as argument. Needs Debian's package `chromium`; without it, prints that the
test is skipped. Saves screenshots in `build/screenshots` for manual review.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import sys
import tempfile
import threading
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build/screenshots"
BROWSERS = ("chromium", "chromium-browser")
#: Seconds for a page to load, and for a command.
TIMEOUT = 30.0
_LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
_IDS = "[...document.querySelectorAll('[id]')].map(element => element.id)"
# Pixels by which the page is wider than its window.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT_TABLES = (
    "[...document.querySelectorAll('article table')].filter(t => t.offsetWidth > t.parentElement.offsetWidth + 1).length"
)
# The search is in a shadow root.
_IN_SEARCH = "[...document.querySelectorAll('*')].flatMap(element => [...element.shadowRoot?.querySelectorAll('{}') ?? []])"


def main() -> None:
    browser = find_browser()
    if browser is None:
        return
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    SCREENSHOTS.mkdir(parents=True)
    with serve(Path(sys.argv[1])) as address:
        asyncio.run(test_site(browser, address, Path(sys.argv[1])))


def find_browser() -> str | None:
    """The path of Chromium. Without it, prints that the test is skipped."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("skipped: Chromium is not installed; install it with apt-get install chromium")
    return browser


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Logs nothing: request lines would hide errors."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The site on a free loopback port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


async def test_site(browser: str, address: str, site: Path) -> None:
    pages = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html"))
    async with open_tab(browser) as tab:
        await tab.resize(1280, 900)
        contents = {page: await read_page(tab, address, page) for page in pages}
        links = check_links(address, contents)
        print(f"{len(pages)} pages open without errors and external resources; {links} links have targets")
        await test_reference(tab, address)
        await test_search(tab, address)
        await save_screenshots(tab, address)
    print(f"screenshots are in {SCREENSHOTS.relative_to(ROOT)}")


async def read_page(tab: Tab, address: str, page: str) -> tuple[list[str], set[str]]:
    """Opens a page; returns its links and the ids of its elements."""
    await tab.go(address + page)
    external = [url for url in tab.requests if not url.startswith((address, "data:", "blob:"))]
    assert not external, f"{page} loads external resources: {external}"
    assert not tab.errors, f"{page}: {tab.errors}"
    return await tab.run(_LINKS), set(await tab.run(_IDS))


def check_links(address: str, contents: dict[str, tuple[list[str], set[str]]]) -> int:
    checked = 0
    for page, (links, _) in contents.items():
        for link in links:
            bare, anchor = urldefrag(link)
            # External links are not followed: the test needs no network.
            if not bare.startswith(address):
                assert urlsplit(bare).scheme in ("https", "http"), f"{page}: {link}"
                continue
            target = bare.removeprefix(address)
            assert target in contents, f"{page}: {link} has no such page"
            assert not anchor or unquote(anchor) in contents[target][1], f"{page}: {link} has no such heading"
            checked += 1
    return checked


async def test_reference(tab: Tab, address: str) -> None:
    """Follows a link from the table of all operations to the section of one."""
    await tab.go(address + "reference/")
    rows = await tab.run("document.querySelectorAll('article table tbody tr').length")
    assert rows >= 148, rows
    await tab.click(
        "[...document.querySelectorAll('article a')].find(link => link.textContent.includes('client.chats.unassign('))"
    )
    await tab.until("location.hash === '#unassign' && document.readyState === 'complete' && document.getElementById('unassign')")
    text = await tab.run("document.querySelector('article').innerText")
    for part in ("client.chats.unassign(", "Example", "observed in", "Chats:Unassign Chat"):
        assert part in text, part
    top = await tab.run("document.getElementById('unassign').getBoundingClientRect().top")
    assert 0 <= top < 400, f"the heading is at {top}"
    await tab.screenshot("operation")
    print("the reference lists every operation, and its links work")


async def test_search(tab: Tab, address: str) -> None:
    await tab.go(address)
    await tab.press("/")
    await tab.until(f"{_IN_SEARCH.format('input')}.length > 0")
    await tab.type("unassign")
    await tab.until(f"{_IN_SEARCH.format('a[href]')}.some(link => link.href.includes('reference/chats/'))")
    await tab.screenshot("search")
    print("the search finds an operation")


#: Errors of a command whose page was replaced by the next one.
GONE = ("Inspected target navigated or closed", "Execution context was destroyed.")


class PageGone(Exception):
    """The page was replaced during a command."""


class Tab:
    """A page of the browser, driven by the DevTools protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._socket = socket
        self._number = 0
        self._pending: dict[int, asyncio.Future[Any]] = {}
        self._loaded = asyncio.Event()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            received = message.json()
            if "id" in received:
                self._pending.pop(received["id"]).set_result(received)
            else:
                self._handle(received["method"], received["params"])

    def _handle(self, method: str, event: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded.set()
        elif method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])
        elif method == "Network.responseReceived" and event["response"]["status"] >= 400:
            self.errors.append(f"{event['response']['status']} {event['response']['url']}")
        elif method == "Runtime.exceptionThrown":
            self.errors.append(str(event["exceptionDetails"]))
        elif method == "Log.entryAdded" and event["entry"]["level"] == "error":
            self.errors.append(event["entry"]["text"])

    async def send(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        response = self._pending[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        result = await asyncio.wait_for(response, TIMEOUT)
        if "error" in result and result["error"]["message"] in GONE:
            raise PageGone
        assert "error" not in result, (method, result)
        return result["result"]

    async def watch(self) -> None:
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.send(f"{domain}.enable")

    async def resize(self, width: int, height: int, *, mobile: bool = False) -> None:
        await self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    async def go(self, url: str) -> None:
        # From an empty page, because a change of the fragment alone loads nothing.
        for target in ("about:blank", url):
            self._loaded.clear()
            self.requests.clear()
            self.errors.clear()
            await self.send("Page.navigate", url=target)
            await asyncio.wait_for(self._loaded.wait(), TIMEOUT)

    async def run(self, expression: str) -> Any:
        result = await self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def until(self, condition: str) -> None:
        """Waits in the page for a condition, polling every 20 ms."""
        check = f"new Promise(done => (function poll() {{ ({condition}) ? done(true) : setTimeout(poll, 20) }})())"
        try:
            await self.run(check)
        except PageGone:
            await self.until(condition)
        except TimeoutError:
            await self.screenshot("stuck")
            raise AssertionError(f"timed out: {condition}") from None

    async def click(self, element: str) -> None:
        await self.run(f"{element}.click()")

    async def press(self, key: str) -> None:
        await self.send("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.send("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def type(self, text: str) -> None:
        for letter in text:
            await self.press(letter)

    async def screenshot(self, name: str) -> None:
        result = await self.send("Page.captureScreenshot", format="png")
        (SCREENSHOTS / f"{name}.png").write_bytes(base64.b64decode(result["data"]))


@asynccontextmanager
async def open_tab(browser: str) -> AsyncIterator[Tab]:
    """A tab of a browser with an empty profile and no background requests."""
    with tempfile.TemporaryDirectory() as profile:
        flags = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", "--no-first-run", "--disable-sync"]
        flags += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars"]
        # Chromium's sandbox does not start for root, the user of most containers.
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        process = await asyncio.create_subprocess_exec(
            browser, *flags, "about:blank", stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            port = await asyncio.wait_for(_port(process), TIMEOUT)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                    [page] = [target for target in await response.json() if target["type"] == "page"]
                async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    tab = Tab(socket)
                    await tab.watch()
                    yield tab
        finally:
            process.terminate()
            await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    """The port of the DevTools protocol, which the browser prints once it listens."""
    assert process.stderr is not None
    while line := (await process.stderr.readline()).decode(errors="replace"):
        if line.startswith("DevTools listening on "):
            return int(urlsplit(line.split()[-1]).port or 0)
    raise AssertionError("the browser exited before it listened")


async def save_screenshots(tab: Tab, address: str) -> None:
    """Checks the layout on a desktop and a phone, and saves screenshots, also of the dark theme."""
    for name, page in (("home", ""), ("reference", "reference/"), ("migrating", "migrating/"), ("command-line", "command-line/")):
        await tab.go(address + page)
        await tab.screenshot(name)
        assert await tab.run(OVERFLOW) <= 0, f"{page} is wider than its window"
        assert not await tab.run(_CUT_TABLES), f"{page} has a table that is cut off"
    await tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    await tab.go(address + "security/")
    await tab.screenshot("dark")
    await tab.send("Emulation.setEmulatedMedia", features=[])
    await tab.resize(390, 844, mobile=True)
    for name, page in (("phone", ""), ("phone-reference", "reference/chats/")):
        await tab.go(address + page)
        await tab.screenshot(name)
        assert await tab.run(OVERFLOW) <= 0, f"{page} is wider than a phone"


if __name__ == "__main__":
    main()
