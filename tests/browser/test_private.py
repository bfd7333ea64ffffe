"""No request to anybody else, no cookie, nothing stored before the reader acts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import KINDS_OF_PAGE

STORED = "[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_a_visit_asks_nobody_else_and_leaves_nothing_behind(kind: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address + KINDS_OF_PAGE[kind], wait_until="networkidle")
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []
    assert page.evaluate(STORED) == [[], [], ""]
    assert watched.context.cookies() == []
    assert watched.errors == []


def test_only_the_chosen_colours_are_stored_and_only_when_chosen(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address)
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert page.evaluate(STORED) == [["/.__palette"], [], ""]
    page.goto(address + "lessons/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []


def test_a_search_stays_in_the_browser(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address)
    page.locator("input.md-search__input").press_sequentially("hospital")
    page.locator(".md-search-result__item").first.wait_for()
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_load_state("networkidle")
    assert not any("hospital" in url.split("?")[-1] for url in watched.requests if "?" in url)
    assert page.evaluate(STORED) == [[], [], ""]


@pytest.mark.parametrize("kind", ["home", "lesson", "tool", "sector", "matrix"])
def test_pages_read_without_javascript(kind: str, address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + KINDS_OF_PAGE[kind])
    assert page.locator("article h1").inner_text().strip()
    assert page.locator("article a").count() > 3
