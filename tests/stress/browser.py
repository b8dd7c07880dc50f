"""Opens the built documentation in a real browser: every page and link, the search, the reference.

Run by `make test-long`, with the folder of the site as its argument. It needs Debian's package `chromium`; without it,
nothing is tried, and that is said. Screenshots are left in `build/screenshots` for people to look at.
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
PICTURES = ROOT / "build/screenshots"
BROWSERS = ("chromium", "chromium-browser")
PATIENCE = 30.0
_LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
_IDS = "[...document.querySelectorAll('[id]')].map(one => one.id)"
# Wider than the window is what a reader has to scroll sideways for.
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT_TABLES = (
    "[...document.querySelectorAll('article table')].filter(one => one.offsetWidth > one.parentElement.offsetWidth + 1).length"
)
# The search is a tree of its own (a shadow root) within the page.
_IN_SEARCH = "[...document.querySelectorAll('*')].flatMap(one => [...one.shadowRoot?.querySelectorAll('{}') ?? []])"


def main() -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("not tried: there is no Chromium here; apt-get install chromium brings it")
        return
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with served(Path(sys.argv[1])) as address:
        asyncio.run(try_in(browser, address, Path(sys.argv[1])))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """A line for each request would hide what went wrong."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site on a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


async def try_in(browser: str, address: str, site: Path) -> None:
    pages = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html"))
    async with opened(browser) as tab:
        await tab.shaped(1280, 900)
        found = {page: await read_page(tab, address, page) for page in pages}
        links = check_links(address, found)
        print(f"{len(pages)} pages open without an error and load nothing from elsewhere; {links} links lead somewhere")
        await try_reference(tab, address)
        await try_search(tab, address)
        await take_pictures(tab, address)
    print(f"screenshots are in {PICTURES.relative_to(ROOT)}")


async def read_page(tab: Tab, address: str, page: str) -> tuple[list[str], set[str]]:
    """Opens a page; returns its links and what in it can be linked to."""
    await tab.go(address + page)
    strange = [url for url in tab.asked_for if not url.startswith((address, "data:", "blob:"))]
    assert not strange, f"{page} loads from elsewhere: {strange}"
    assert not tab.errors, f"{page}: {tab.errors}"
    return await tab.run(_LINKS), set(await tab.run(_IDS))


def check_links(address: str, found: dict[str, tuple[list[str], set[str]]]) -> int:
    checked = 0
    for page, (links, _) in found.items():
        for link in links:
            bare, anchor = urldefrag(link)
            # What leads elsewhere is not for a test without a network; there should be little of it.
            if not bare.startswith(address):
                assert urlsplit(bare).scheme in ("https", "http"), f"{page}: {link}"
                continue
            target = bare.removeprefix(address)
            assert target in found, f"{page}: {link} leads nowhere"
            assert not anchor or unquote(anchor) in found[target][1], f"{page}: {link} has no such heading"
            checked += 1
    return checked


async def try_reference(tab: Tab, address: str) -> None:
    """From the table of all operations to the section of one."""
    await tab.go(address + "reference/")
    rows = await tab.run("document.querySelectorAll('article table tbody tr').length")
    assert rows >= 148, rows
    await tab.click("[...document.querySelectorAll('article a')].find(one => one.textContent.includes('client.chats.unassign('))")
    await tab.until("location.hash === '#unassign' && document.readyState === 'complete' && document.getElementById('unassign')")
    text = await tab.run("document.querySelector('article').innerText")
    for words in ("client.chats.unassign(", "Example", "observed in", "Chats:Unassign Chat"):
        assert words in text, words
    top = await tab.run("document.getElementById('unassign').getBoundingClientRect().top")
    assert 0 <= top < 400, f"the heading is at {top}"
    await tab.picture("operation")
    print("the reference has every operation, and leads to each")


async def try_search(tab: Tab, address: str) -> None:
    await tab.go(address)
    await tab.press("/")
    await tab.until(f"{_IN_SEARCH.format('input')}.length > 0")
    await tab.type("unassign")
    await tab.until(f"{_IN_SEARCH.format('a[href]')}.some(link => link.href.includes('reference/chats/'))")
    await tab.picture("search")
    print("the search finds an operation")


#: What the browser says of a question whose page has made way for the next one.
GONE = ("Inspected target navigated or closed", "Execution context was destroyed.")


class PageGone(Exception):
    """The page went away while it was asked."""


class Tab:
    """A page of the browser, driven by the DevTools protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.asked_for: list[str] = []
        self.errors: list[str] = []
        self._socket = socket
        self._number = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._loaded = asyncio.Event()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._waiting.pop(told["id"]).set_result(told)
            else:
                self._happened(told["method"], told["params"])

    def _happened(self, method: str, told: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded.set()
        elif method == "Network.requestWillBeSent":
            self.asked_for.append(told["request"]["url"])
        elif method == "Network.responseReceived" and told["response"]["status"] >= 400:
            self.errors.append(f"{told['response']['status']} {told['response']['url']}")
        elif method == "Runtime.exceptionThrown":
            self.errors.append(str(told["exceptionDetails"]))
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.errors.append(told["entry"]["text"])

    async def ask(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        answered = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        told = await asyncio.wait_for(answered, PATIENCE)
        if "error" in told and told["error"]["message"] in GONE:
            raise PageGone
        assert "error" not in told, (method, told)
        return told["result"]

    async def watch(self) -> None:
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.ask(f"{domain}.enable")

    async def shaped(self, width: int, height: int, *, mobile: bool = False) -> None:
        await self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    async def go(self, url: str) -> None:
        # From an empty page: a mere change of the part after # would load nothing.
        for one in ("about:blank", url):
            self._loaded.clear()
            self.asked_for.clear()
            self.errors.clear()
            await self.ask("Page.navigate", url=one)
            await asyncio.wait_for(self._loaded.wait(), PATIENCE)

    async def run(self, expression: str) -> Any:
        told = await self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def until(self, condition: str) -> None:
        """Waits in the page, frame by frame."""
        check = f"new Promise(done => (function look() {{ ({condition}) ? done(true) : setTimeout(look, 20) }})())"
        try:
            await self.run(check)
        except PageGone:
            await self.until(condition)
        except TimeoutError:
            await self.picture("stuck")
            raise AssertionError(f"never came true: {condition}") from None

    async def click(self, element: str) -> None:
        await self.run(f"{element}.click()")

    async def press(self, key: str) -> None:
        await self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def type(self, text: str) -> None:
        for letter in text:
            await self.press(letter)

    async def picture(self, name: str) -> None:
        told = await self.ask("Page.captureScreenshot", format="png")
        (PICTURES / f"{name}.png").write_bytes(base64.b64decode(told["data"]))


@asynccontextmanager
async def opened(browser: str) -> AsyncIterator[Tab]:
    """A tab of a browser that knows nothing and asks nobody."""
    with tempfile.TemporaryDirectory() as profile:
        flags = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", "--no-first-run", "--disable-sync"]
        flags += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars"]
        # Chromium's own sandbox refuses to start for root, as whom containers run.
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        process = await asyncio.create_subprocess_exec(
            browser, *flags, "about:blank", stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            port = await asyncio.wait_for(_port(process), PATIENCE)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    [page] = [one for one in await answer.json() if one["type"] == "page"]
                async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    tab = Tab(socket)
                    await tab.watch()
                    yield tab
        finally:
            process.terminate()
            await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    """Where it listens; it says so when it does."""
    assert process.stderr is not None
    while line := (await process.stderr.readline()).decode(errors="replace"):
        if line.startswith("DevTools listening on "):
            return int(urlsplit(line.split()[-1]).port or 0)
    raise AssertionError("the browser ended before it listened")


async def take_pictures(tab: Tab, address: str) -> None:
    """What a reader sees, on a desk and on a phone, by day and by night."""
    for name, page in (("home", ""), ("reference", "reference/"), ("migrating", "migrating/"), ("command-line", "command-line/")):
        await tab.go(address + page)
        await tab.picture(name)
        assert await tab.run(_OVERFLOW) <= 0, f"{page} is wider than its window"
        assert not await tab.run(_CUT_TABLES), f"{page} has a table that is cut off"
    await tab.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    await tab.go(address + "security/")
    await tab.picture("dark")
    await tab.ask("Emulation.setEmulatedMedia", features=[])
    await tab.shaped(390, 844, mobile=True)
    for name, page in (("phone", ""), ("phone-reference", "reference/chats/")):
        await tab.go(address + page)
        await tab.picture(name)
        assert await tab.run(_OVERFLOW) <= 0, f"{page} is wider than a phone"


if __name__ == "__main__":
    main()
