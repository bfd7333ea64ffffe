"""No request to anybody else, no cookie, nothing stored before the reader acts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import KINDS_OF_PAGE, settle
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
def test_a_page_of_each_kind_asks_nobody_else_also_when_all_its_scripts_have_run(kind: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    settle(page, address + KINDS_OF_PAGE[kind])
    page.wait_for_load_state("networkidle")
    assert elsewhere(watched, address) == []
    assert kept(watched, page) == []
    assert watched.errors == []


@pytest.mark.parametrize("state", STATES)
def test_whatever_a_reader_opens_or_fills_in_nothing_is_sent_and_only_what_was_asked_for_is_kept(
    state: str, address: str, open_page: Any
) -> None:
    watched = open_page(viewport={"width": 390 if STATES[state].phone else 1280, "height": 900})
    page = watched.page()
    STATES[state].reach(page, address)
    page.wait_for_load_state("networkidle")
    assert elsewhere(watched, address) == []
    assert kept(watched, page) == CHOSEN.get(state, [])
    assert not any("?" in url for url in watched.requests), "nothing that was typed goes along with a request"


SPY = "for (const act of ['input', 'click', 'toggle']) addEventListener(act, () => localStorage.setItem('spy', act), true)"
"""Keeps something whenever a reader types, chooses, presses or unfolds."""

ACTS = [state for state in STATES if STATES[state].act]


@pytest.mark.parametrize("state", ACTS)
def test_a_page_that_kept_what_a_reader_does_would_be_seen(state: str, address: str, open_page: Any) -> None:
    watched = open_page(viewport={"width": 390 if STATES[state].phone else 1280, "height": 900})
    watched.context.add_init_script(SPY)
    page = watched.page()
    STATES[state].reach(page, address)
    assert "localStorage spy" in kept(watched, page)


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


def test_a_search_stays_in_the_browser(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address)
    page.locator("input.md-search__input").press_sequentially("hospital")
    page.locator(".md-search-result__item").first.wait_for()
    assert elsewhere(watched, address) == []
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_load_state("networkidle")
    assert not any("hospital" in url.split("?")[-1] for url in watched.requests if "?" in url)
    assert kept(watched, page) == []


KEEPS = {
    "localStorage": "localStorage.setItem('x', '1')",
    "sessionStorage": "sessionStorage.setItem('x', '1')",
    "cookie": "document.cookie = 'x=1'",
    "indexedDB": "new Promise(done => { indexedDB.open('x').onsuccess = done })",
    "cache": "caches.open('x')",
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
