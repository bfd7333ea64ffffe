"""WCAG 2.2 AA as far as a program can tell, on one page of each kind."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import SCHEMES, WIDTHS, in_every_combination, look, paint, violations
from tests.browser.conftest import KINDS_OF_PAGE, settle
from tests.browser.states import STATES


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_axe_finds_nothing_on_a_page_of_each_kind_in_light_and_dark_at_three_widths(kind: str, address: str, open_page: Any) -> None:
    page = open_page(reduced_motion="reduce").page()
    settle(page, address + KINDS_OF_PAGE[kind])
    assert in_every_combination(page)[0] == []


TURNS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]


@pytest.mark.parametrize("turn", range(len(TURNS)), ids=[f"{width}-{SCHEMES[scheme]}" for width, scheme in TURNS])
def test_axe_finds_nothing_on_any_page_each_looked_at_once_in_one_of_six_combinations(
    turn: int, address: str, every_page: list[str], open_page: Any
) -> None:
    width, scheme = TURNS[turn]
    page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
    found = []
    for path in every_page[turn :: len(TURNS)]:
        page.goto(address + path)
        paint(page, scheme)
        found += [f"{path} {line}" for line in violations(page)]
    assert found == []


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_whatever_is_open_or_filled_in(state: str, address: str, open_page: Any) -> None:
    found = []
    for width in WIDTHS:
        if STATES[state].phone and width > 400:
            continue
        page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
        STATES[state].reach(page, address)
        found += in_every_combination(page, (width,))[0]
    assert found == []


PLANTED = {
    "image-alt": '<img src="assets/images/mark.svg">',
    "color-contrast": '<p style="color: #999; background: #aaa">grey</p>',
    "target-size": '<button style="all: unset; width: 9px; height: 9px"></button>' * 3,
    "link-in-text-block": '<p>words <a href="x/" style="text-decoration: none">and a link</a> words</p>',
    "heading-order": "<h6>deep</h6>",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_axe_sees_a_planted_fault(rule: str, address: str, open_page: Any) -> None:
    page = open_page(bypass_csp=True).page()
    page.goto(address)
    page.evaluate("markup => document.querySelector('article').insertAdjacentHTML('beforeend', markup)", PLANTED[rule])
    assert any(found.startswith(rule) for found in look(page)[0])


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
