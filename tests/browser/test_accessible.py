"""WCAG 2.2 AA as far as a program can tell, on one page of each kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import KINDS_OF_PAGE

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ("default", "slate")
WIDTHS = (1280, 320)

RUN = """async tags => (await axe.run(document, {runOnly: tags})).violations.map(
  v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 4).join(' | '))"""


def violations(page: Any) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_axe_finds_nothing_in_light_and_dark_wide_and_narrow(kind: str, address: str, open_page: Any) -> None:
    found = []
    for width in WIDTHS:
        page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
        page.goto(address + KINDS_OF_PAGE[kind])
        for scheme in SCHEMES:
            page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
            found += [f"{width} {scheme} {violation}" for violation in violations(page)]
    assert found == []


def test_axe_finds_nothing_while_the_search_is_open(address: str, open_page: Any) -> None:
    for width in WIDTHS:
        page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
        page.goto(address)
        if width < 960:
            page.get_by_role("button", name="Search", exact=True).first.click()
        page.locator("input.md-search__input").press_sequentially("living lab")
        page.locator(".md-search-result__item").first.wait_for()
        assert violations(page) == []


def test_axe_finds_nothing_while_the_menu_is_open(address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": 390, "height": 900}, reduced_motion="reduce").page()
    page.goto(address + "sectors/food/")
    page.get_by_role("button", name="Menu").click()
    page.wait_for_timeout(300)
    assert violations(page) == []


JUMP = "nav.hb-jump"


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_gets_a_list_of_what_is_on_a_page_of_four_sections_or_more(kind: str, javascript: bool, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript).page()
    page.goto(address + KINDS_OF_PAGE[kind])
    sections = page.locator("article h2[id]:not([id=''])").evaluate_all("sections => sections.map(section => section.id)")
    listed = page.locator(f"{JUMP} a").all()
    goes_without = page.locator(".md-sidebar--secondary[hidden]").count()
    if len(sections) < 4 or goes_without:
        assert listed == []
        return
    assert [link.get_attribute("href") for link in listed] == [f"#{section}" for section in sections]
    assert not listed[0].is_visible(), "it is folded until it is asked for"
    assert page.locator(JUMP).bounding_box()["height"] < 100
    page.locator(f"{JUMP} summary").click()
    listed[-1].click()
    assert page.url.split("!")[0].endswith(str(listed[-1].get_attribute("href")))
    expect(page.locator(f"article #{sections[-1]}")).to_be_in_viewport()  # at the latest when the page has filled itself in


def test_axe_finds_nothing_while_the_list_of_what_is_on_a_page_is_open(address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce").page()
    page.goto(address + "toolbox/living-lab/")
    page.locator(f"{JUMP} summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(f"{JUMP} a").first.is_visible()
    for scheme in SCHEMES:
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        assert violations(page) == []


def test_where_the_theme_lists_what_is_on_a_page_and_on_paper_there_is_no_second_list(address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": 1280, "height": 900}).page()
    page.goto(address + "toolbox/living-lab/")
    assert page.locator(".md-sidebar--secondary").is_visible()
    assert not page.locator(JUMP).is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(JUMP).is_visible()
    page.emulate_media(media="print")
    assert not page.locator(JUMP).is_visible()


def test_the_first_thing_on_a_tools_page_is_what_to_do_on_monday_and_steps_come_before_prose(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "toolbox/b2b-match/")
    heads = [head.get_attribute("id") for head in page.locator("article h2[id]").all()]
    assert heads[0] == "monday"
    assert heads.index("steps") < heads.index("sizes") < heads.index("how-it-works")
    box, steps = page.locator(".hb-monday"), page.locator(".hb-steps")
    assert steps.locator("li strong").first.inner_text() in box.inner_text()
    assert box.locator(".hb-mark").count() >= 2, "what to do and the size each say what they rest on"


def test_axe_sees_a_planted_fault(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address)
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"assets/images/mark.svg\">')")
    assert any(found.startswith("image-alt") for found in violations(page))


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_on_a_phone(kind: str, width: int, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": width, "height": 800}).page()
    page.goto(address + KINDS_OF_PAGE[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_gets_by_keyboard_from_the_home_page_to_a_condition(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address)
    press_until(page, "I have a sector")
    page.wait_for_url("**/sectors/")
    press_until(page, "Food")
    page.wait_for_url("**/sectors/food/")
    press_until(page, "An owner with a real problem and the means to act")
    page.wait_for_url("**/conditions/#challenge-owner")


def press_until(page: Any, label: str) -> None:
    """Press Tab until the link named ``label`` in the text has the focus, see that the focus shows, and press Enter."""
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.textContent.trim(), e.closest('article') !== null, s.outlineStyle !== 'none' || s.boxShadow !== 'none'] }"""
        )
        if here[0] == label and here[1]:
            assert here[2], f"the focus on {label!r} cannot be seen"
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no link {label!r} can be reached by keyboard")
