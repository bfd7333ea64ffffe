"""Who comes for the first time waits for little, and nothing moves under their eyes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route

from bench.host import BELOW, file_of, moved
from bench.lighthouse import FIRST_VISIT
from handbook.machinery import DOCS, STYLESHEETS, STYLESHEETS_FOLDER
from tests.browser.conftest import KINDS_OF_PAGE, settle
from tests.conftest import ROOT

HEADERS = 200
"""Bytes that the host sends before each file; about what is left of GitHub Pages' when HTTP/2 has packed them."""

PHONE = {"viewport": {"width": 412, "height": 823}, "is_mobile": True, "has_touch": True}

WATCH = """
window.shifts = []
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) shifts.push([value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "a text")])
}).observe({ type: "layout-shift", buffered: true })
"""
STARTED = """
document.querySelector(".hb-bar") !== null
  && [...document.querySelectorAll("[data-part]")].every((part) => part.matches(".hb-part-started, .hb-part-missing"))
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def until(page: Page, condition: str) -> None:
    while not page.evaluate(condition):
        page.wait_for_timeout(20)


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_a_first_visit_moves_at_most_200_kb_and_nothing_moves_when_scripts_come_late(kind: str, site: Path, address: str, open_page: Any) -> None:
    watched = open_page(**PHONE)
    page = watched.page()
    page.add_init_script(WATCH)
    late: list[Route] = []
    left: set[Request] = set()
    # Playwright marks the functions that it is given, and cannot mark those of lists and sets.
    page.on("request", lambda request: left.add(request))  # noqa: PLW0108
    page.on("requestfinished", lambda request: left.discard(request))  # noqa: PLW0108
    page.route("**/handbook.js", lambda route: late.append(route))  # noqa: PLW0108
    page.goto(address + KINDS_OF_PAGE[kind], wait_until="commit")
    until(page, PAINTED)
    while not late:
        page.wait_for_timeout(20)
    late[0].continue_()
    until(page, STARTED)
    while left:
        page.wait_for_timeout(20)
    page.evaluate(DRAWN)

    paths = [urlsplit(url).path.lstrip("/") for url in dict.fromkeys(watched.requests) if url.startswith(address)]
    files = [file_of(site, BELOW + path) for path in paths]
    assert len(files) > 20
    assert None not in files
    size = {path: HEADERS + len(moved(site, path)) for path in files if path}
    assert sum(size.values()) <= FIRST_VISIT, sorted(size.items(), key=lambda item: -item[1])[:12]
    assert page.evaluate("shifts") == []


RULED = {path: set(re.findall(r"\.(hb-[a-z0-9-]+)", (ROOT / DOCS / path).read_text(encoding="utf-8"))) for path in STYLESHEETS}
"""The classes that each stylesheet has rules for."""
FORMS = f"{STYLESHEETS_FOLDER}/tools.css"
"""Every tool has it, and uses it when there is something on the shortlist."""

IN_ONE = {name for name, count in Counter(name for names in RULED.values() for name in names).items() if count == 1}


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_a_page_asks_for_the_stylesheets_that_it_has_use_for_and_for_no_others(kind: str, address: str, open_page: Any) -> None:
    page = settle(open_page().page(), address + KINDS_OF_PAGE[kind])
    found = set(page.evaluate("[...document.querySelectorAll('[class*=hb-]')].flatMap((element) => [...element.classList])"))
    linked = page.evaluate("[...document.styleSheets].map((sheet) => sheet.href)")
    asked = {path for path in STYLESHEETS if address + path in linked}
    used = {path for path, names in RULED.items() if names & IN_ONE & found}
    assert used <= asked
    assert asked - used <= ({FORMS} if page.locator("[data-part]:not(.hb-pick)").count() else set())


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_stands_below_a_tool_appears_even_if_no_script_ever_comes(motion: str, address: str, open_page: Any) -> None:
    page = open_page(reduced_motion=motion).page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address + KINDS_OF_PAGE["compare"])
    page.locator(".hb-all-side-by-side h3").first.wait_for()
