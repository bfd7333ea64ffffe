"""No request to anybody else, no cookie, nothing stored before the reader acts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.conftest import KINDS_OF_PAGE, Asked, settle
from tests.browser.states import STATES

STORED = "[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
KEPT = """async () => [
  ...Object.keys(localStorage).map(key => "localStorage " + key), ...Object.keys(sessionStorage).map(key => "sessionStorage " + key),
  ...(await indexedDB.databases()).map(base => "indexedDB " + base.name), ...(await caches.keys()).map(key => "cache " + key),
  ...(await navigator.serviceWorker.getRegistrations()).map(worker => "worker " + worker.scope),
  ...(await Array.fromAsync((await navigator.storage.getDirectory()).keys())).map(name => "file " + name), ...(document.cookie ? ["cookie"] : []),
]"""
"""The places in which a page can keep something in a browser."""

COLOURS, SHORTLIST = "localStorage /.__palette", "localStorage /.shortlist"
"""What the page on privacy names."""

CHOSEN = {"the other colours": [COLOURS]}
"""The states in which the reader has asked for something to be kept."""


def kept(watched: Any, page: Any) -> list[str]:
    """What the browser keeps for the site."""
    return [*page.evaluate(KEPT), *(f"cookie {cookie['name']}" for cookie in watched.context.cookies())]


def elsewhere(watched: Any, address: str) -> list[str]:
    """The requests that did not go to the site itself."""
    return [url for url in watched.requests if not url.startswith((address, "data:", f"blob:{address}", "about:"))]


ORDINARY = {
    "accept", "accept-language", "origin", "referer", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "upgrade-insecure-requests",
    "user-agent",
}  # fmt: skip
"""The headers that a browser sends by itself."""

MINUTE = 60_000

LEAVE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true })
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))
  dispatchEvent(new Event("beforeunload"))
  dispatchEvent(new PageTransitionEvent("pagehide"))
}"""
"""What a page hears when the reader leaves it."""


def told(watched: Any, address: str, site: Path) -> list[str]:
    """What could tell the site's own host more than which of its files is asked for, one line for each."""
    own = [asked for asked in watched.asked if asked.url.startswith((address, "ws"))]
    return [f"{asked.method} {asked.url.removeprefix(address)}: {fault}" for asked in own for fault in _faults(asked, address, site)]


def _faults(asked: Asked, address: str, site: Path) -> Iterator[str]:
    if asked.method != "GET":
        yield "not only asked"
    if asked.body:
        yield f"sends {len(asked.body)} bytes"
    if asked.headers.keys() - ORDINARY:
        yield f"has headers of its own: {sorted(asked.headers.keys() - ORDINARY)}"
    for url in (asked.url, asked.headers.get("referer", address)):
        parts = urlsplit(url)
        if parts.query or "?" in url:
            yield f"has a query: {url}"
        file = site / unquote(parts.path).lstrip("/")
        if not (file / "index.html" if parts.path.endswith("/") else file).is_file():
            yield f"names no file of the site: {url}"


def let_time_pass(page: Any, address: str) -> None:
    """A minute of the page's own clock, which stands under the test's hand, and what the page does when it is left."""
    page.clock.run_for(MINUTE)
    page.evaluate(LEAVE)
    # The browser reports requests in their order: when this one is there, all before it are.
    with page.expect_request(address + "sitemap.xml"):
        page.evaluate("url => fetch(url).then(() => null)", address + "sitemap.xml")


def test_no_page_of_the_site_asks_anybody_else_or_leaves_anything_behind(address: str, every_page: list[str], open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    for path in every_page:
        page.goto(address + path)
        assert kept(watched, page) == [], path
    page.wait_for_load_state("networkidle")
    assert elsewhere(watched, address) == []
    assert kept(watched, page) == []
    assert watched.errors == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_a_page_of_each_kind_asks_nobody_else_also_when_all_its_scripts_have_run(kind: str, address: str, site: Path, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    settle(page, address + KINDS_OF_PAGE[kind])
    page.wait_for_load_state("networkidle")
    assert told(watched, address, site) == []
    assert elsewhere(watched, address) == []
    assert kept(watched, page) == []
    assert watched.errors == []


@pytest.mark.parametrize("state", STATES)
def test_whatever_a_reader_opens_or_fills_in_nothing_is_sent_and_only_what_was_asked_for_is_kept(
    state: str, address: str, site: Path, open_page: Any
) -> None:
    watched = open_page(viewport={"width": 390 if STATES[state].phone else 1280, "height": 900})
    page = watched.page()
    page.clock.install()
    STATES[state].reach(page, address)
    page.wait_for_load_state("networkidle")
    let_time_pass(page, address)
    assert watched.asked
    assert told(watched, address, site) == []
    assert elsewhere(watched, address) == []
    assert kept(watched, page) == CHOSEN.get(state, [])


SPY = """for (const act of ['input', 'click', 'toggle']) addEventListener(act, () => {
  localStorage.setItem('spy', act)
  navigator.sendBeacon('/heard', act)
}, true)"""
"""Keeps and sends something whenever a reader types, chooses, presses or unfolds."""

ACTS = [state for state in STATES if STATES[state].act]


@pytest.mark.parametrize("state", ACTS)
def test_a_page_that_kept_or_sent_what_a_reader_does_would_be_seen(state: str, address: str, site: Path, open_page: Any) -> None:
    watched = open_page(viewport={"width": 390 if STATES[state].phone else 1280, "height": 900})
    watched.context.add_init_script(SPY)
    page = watched.page()
    page.clock.install()
    STATES[state].reach(page, address)
    let_time_pass(page, address)
    assert "localStorage spy" in kept(watched, page)
    assert "POST heard: not only asked" in told(watched, address, site)


SENDS = {
    "a beacon": ("navigator.sendBeacon('/beacon', typed)", "POST beacon: sends 8 bytes"),
    "a post": ("fetch('/sitemap.xml', { method: 'POST', body: typed })", "POST sitemap.xml: sends 8 bytes"),
    "an empty post": ("fetch('/404.html', { method: 'POST' })", "POST 404.html: not only asked"),
    "a path": ("fetch('/heard/' + typed)", "GET heard/hospital: names no file of the site: {address}heard/hospital"),
    "a picture": ("new Image().src = '/' + typed + '.png'", "GET hospital.png: names no file of the site: {address}hospital.png"),
    "a query": ("fetch('/404.html?' + typed)", "GET 404.html?hospital: has a query: {address}404.html?hospital"),
    "a header": ("fetch('/404.html', { headers: { 'x-typed': typed } })", "GET 404.html: has headers of its own: ['x-typed']"),
    "a socket": ("new WebSocket(`ws://${location.host}/404.html`)", "WEBSOCKET ws://{host}/404.html: not only asked"),
    "a beacon at the end of the minute": ("setTimeout(() => navigator.sendBeacon('/late', typed), 59000)", "POST late: sends 8 bytes"),
    "a beacon when the page is left": ("addEventListener('pagehide', () => navigator.sendBeacon('/left', typed))", "POST left: sends 8 bytes"),
    "a beacon when the page is hidden": (
        "addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') navigator.sendBeacon('/hid', typed) })",
        "POST hid: sends 8 bytes",
    ),
    "a name of the page": (
        "fetch('/404.html', { referrer: '/as-' + typed })",
        "GET 404.html: names no file of the site: {address}as-hospital",
    ),
}
"""Ways to tell the host of the site what was typed, with the line that each is seen by."""


def test_whatever_tells_the_host_what_was_typed_would_be_seen(address: str, site: Path, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.clock.install()
    settle(page, address)
    for script, _ in SENDS.values():
        page.evaluate(f"() => {{ const typed = 'hospital'; {script} }}")
    let_time_pass(page, address)
    seen = told(watched, address, site)
    host = urlsplit(address).netloc
    assert {name: line for name, (_, line) in SENDS.items() if line.format(address=address, host=host) not in seen} == {}


def test_every_tool_is_among_the_states_and_is_used_by_hand() -> None:
    tools = ("find/", "matrix/", "fit-check/", "compare/", "plan/")
    assert {tool: [state for state in ACTS if STATES[state].address.startswith(tool)] != [] for tool in tools} == dict.fromkeys(tools, True)


def test_only_the_chosen_colours_are_stored_and_only_when_chosen(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address)
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert kept(watched, page) == [COLOURS]
    page.goto(address + "lessons/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert elsewhere(watched, address) == []


def test_the_shortlist_is_stored_only_while_the_box_is_ticked(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address + "compare/#!pick=tool.living-lab")
    box = page.get_by_label("Remember on this device")
    box.check()
    assert kept(watched, page) == [SHORTLIST]
    box.uncheck()
    assert kept(watched, page) == []


def test_what_stands_behind_the_sign_in_an_address_is_sent_to_nobody(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    settle(page, address + "plan/#!pick=tool.living-lab&note=a,secret&sector=food")
    assert watched.requests
    assert not any(word in url for url in watched.requests for word in ("secret", "pick", "food&", "#!"))


def test_a_search_stays_in_the_browser(address: str, site: Path, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.clock.install()
    settle(page, address)
    page.locator("input.md-search__input").press_sequentially("hospital")
    page.locator("[data-complete]").wait_for(state="attached")
    page.locator(".md-search-result__item").first.wait_for()
    page.locator(".md-search-result__item a").first.click()
    page.locator("html.hb-started").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    let_time_pass(page, address)
    assert told(watched, address, site) == []
    assert elsewhere(watched, address) == []
    assert kept(watched, page) == []


KEEPS = {
    "localStorage": "localStorage.setItem('x', '1')",
    "sessionStorage": "sessionStorage.setItem('x', '1')",
    "cookie": "document.cookie = 'x=1'",
    "indexedDB": "new Promise(done => { indexedDB.open('x').onsuccess = done })",
    "cache": "caches.open('x')",
    "worker": "navigator.serviceWorker.register('/assets/javascripts/search/words.js', { type: 'module' })",
    "file": "navigator.storage.getDirectory().then(folder => folder.getFileHandle('x', { create: true }))",
}


@pytest.mark.parametrize("place", KEEPS)
def test_whatever_is_kept_anywhere_would_be_seen(place: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address)
    page.evaluate(f"async () => {{ await ({KEEPS[place]}) }}")
    assert any(found.startswith(place) for found in kept(watched, page))


def test_a_request_to_another_site_would_be_seen(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address)
    with page.expect_request("http://127.0.0.1:9/**"):
        page.evaluate("() => { new Image().src = 'http://127.0.0.1:9/x.png' }")
    assert elsewhere(watched, address) == ["http://127.0.0.1:9/x.png"]


@pytest.mark.parametrize("kind", ["home", "lesson", "tool", "sector", "matrix"])
def test_pages_read_without_javascript(kind: str, address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + KINDS_OF_PAGE[kind])
    assert page.locator("article h1").inner_text().strip()
    assert page.locator("article a").count() > 3
