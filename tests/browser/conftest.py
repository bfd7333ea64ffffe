"""A real Chromium on the built site, served on loopback."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, sync_playwright

from tests.conftest import ROOT

# Without these, Chromium itself looks up hosts of its maker at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WHOLE = ("chromium", "chromium-browser", "google-chrome")
"""The browser that readers have."""

NAMES = ("chromium-headless-shell", *WHOLE)
"""The same without what stands around a page. To open one takes a fifth of the work."""

KINDS_OF_PAGE = {
    "home": "",
    "lesson": "lessons/screen-your-members/",
    "negative lesson": "lessons/start-early-to-win-companies/",
    "lessons": "lessons/",
    "problems": "problems/",
    "finder": "find/",
    "facet": "find/need/keep-going/",
    "tool": "toolbox/living-lab/",
    "toolbox": "toolbox/",
    "sector": "sectors/food/",
    "sector tried": "sectors/health-economy/",
    "sectors": "sectors/",
    "compare": "compare/",
    "compare filled in": "compare/#!pick=tool.living-lab,tool.b2b-match,recommendation.run-a-living-lab",
    "questions": "questions/",
    "questions filled in": "questions/#!pick=tool.living-lab",
    "recommendation": "transfer/run-a-living-lab/",
    "recommendations": "transfer/",
    "matrix": "matrix/",
    "conditions": "conditions/",
    "plan": "plan/",
    "plan filled in": "plan/#!pick=recommendation.run-a-living-lab,tool.living-lab&sector=food&date=2027-06-10",
    "organisations": "clusters/",
    "living labs": "clusters/living-labs/",
    "glossary": "about/glossary/",
    "sources": "about/sources/",
    "source map": "about/source-map/",
    "conflicts": "about/conflicts/",
    "evidence": "about/evidence/",
    "about": "about/",
    "accessibility": "about/accessibility/",
    "privacy": "about/privacy/",
    "contribute": "contribute/",
    "fields": "contribute/fields/",
    "vocabulary": "contribute/vocabulary/",
    "fit check": "fit-check/",
    "fit check answered": "fit-check/#!for=run-a-living-lab&fit=staff-time.have,challenge-owner.not&sector=food",
    "fit rule": "fit-check/rule/",
    "not found": "404.html",
}
"""A page of each kind that the handbook is made of, by what it shows."""

ONE_OF_MANY = ("lessons/", "toolbox/", "transfer/", "sectors/", "find/")
"""Folders whose pages are of the kinds above; any other page is of a kind of its own."""


def _others() -> dict[str, str]:
    """The pages that are of a kind of their own and not named above, so that none is forgotten."""
    paths = sorted(path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md"))
    addresses = (f"{path.removesuffix('index').removesuffix('/')}/" for path in paths)
    return {a.strip("/").split("/")[-1].replace("-", " "): a for a in addresses if not a.startswith(ONE_OF_MANY) and a.lstrip("/") not in NAMED}


NAMED = set(KINDS_OF_PAGE.values())
KINDS_OF_PAGE |= _others()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as the host of the site does, without a word in the log."""

    def log_message(self, *_: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():  # as the host of the site does
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def settle(page: Page, address: str) -> Page:
    """``page`` with ``address`` opened and all that its scripts put on it."""
    page.goto(address, wait_until="load")
    page.locator("html.hb-started").wait_for(state="attached")
    return page


def addresses(site: Path) -> list[str]:
    """The address of every page below the site's own, from its sitemap, and of the page for wrong addresses."""
    found = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    home = min(found, key=len)
    pages = [address.removeprefix(home) for address in found]
    assert len(pages) == len(list(site.rglob("index.html"))), "the sitemap names every page"
    return [*pages, "404.html"]


@pytest.fixture(scope="session")
def every_page(site: Path) -> list[str]:
    """The address of every page."""
    return addresses(site)


def executable(names: Sequence[str] = NAMES) -> str:
    """Where Chromium is. That it is missing is an error, because what it proves would go unproven."""
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(f"no Chromium found: install Debian's package '{names[0]}', as .ci/run does")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=QUIET)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Asked:
    """What a browser has asked for, and what it sent along."""

    method: str
    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Watched:
    """A context with every request and console error it has caused."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.asked: list[Asked] = []
        self.errors: list[str] = []
        context.on("request", self._hear)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _hear(self, request: Request) -> None:
        self.asked.append(Asked(request.method, request.url, request.post_data_buffer, request.headers))

    @property
    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        return [asked.url for asked in self.asked]

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("websocket", lambda socket: self.asked.append(Asked("WEBSOCKET", socket.url)))
        return page


LOOKS = """({arg, looks}) => new Promise((done, failed) => {
  const look = () => { const value = (EXPRESSION); return typeof value === "function" ? value(arg) : value }
  const again = left => look() ? done(true) : left ? setTimeout(again, 20, left - 1) : failed(new Error("still not so"))
  again(looks)
})"""


def until(page: Page, expression: str, *, arg: Any = None, timeout: float = 30_000) -> None:
    """Wait until something is so in the page, in milliseconds at most.

    Playwright's own function of that purpose has the page read the text as a
    program at each look, and the site's policy does not let it: a test would
    pass where the first look is enough, and fail where it is not.
    """
    while True:
        try:
            page.evaluate(LOOKS.replace("EXPRESSION", expression), {"arg": arg, "looks": int(timeout / 20)})
        except Error as error:
            if "context was destroyed" not in str(error):  # the page has become another, and that is looked at now
                raise
        else:
            return


Page.wait_for_function = until  # type: ignore[method-assign, assignment]  # for every page, so that no test has the other by mistake


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Any]:
    """A function that opens a context with the options given, closed after the test."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Watched:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(**options)
        contexts.append(context)
        return Watched(context)

    yield opened
    for context in contexts:
        context.close()
