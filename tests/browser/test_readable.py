"""Everybody's own way to read: larger text, wider spacing, own colours, no motion, a finger, no scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import resize
from tests.browser.conftest import KINDS_OF_PAGE, settle
from tests.browser.probes import ask, style

LAYOUT = ("cut", "overlapping", "sideways")
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }"""
"""WCAG 1.4.12."""


def shown(page: Any, address: str, kind: str) -> Any:
    settle(page, address + KINDS_OF_PAGE[kind])
    return page


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_text_of_twice_the_size_is_whole_and_no_page_scrolls_sideways(kind: str, address: str, open_page: Any) -> None:
    page = open_page(reduced_motion="reduce").page()
    found = []
    fonts = page.context.new_cdp_session(page)
    fonts.send("Page.enable")
    fonts.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})  # the reader's own setting
    shown(page, address, kind)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 40
    found += [f"own size: {line}" for line in ask(page, *LAYOUT)]
    for width in (390, 320):  # the same on a phone
        resize(page, width)
        found += [f"own size, {width}: {line}" for line in ask(page, *LAYOUT)]
    resize(page, 1280)
    fonts.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    style(page, "html { font-size: 250% !important }")  # the theme's own is 125%
    found += [f"text alone: {line}" for line in ask(page, "cut", "overlapping")]
    style(page, "html { font-size: 125% !important }")
    page.set_viewport_size({"width": 640, "height": 450})  # what 200 % leaves of 1280
    found += [f"zoom: {line}" for line in ask(page, *LAYOUT)]
    assert found == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_wider_spacing_of_text_cuts_nothing_off(kind: str, address: str, open_page: Any) -> None:
    page = open_page(reduced_motion="reduce").page()
    shown(page, address, kind)
    style(page, SPACING)
    found = []
    for width in (1280, 320):
        resize(page, width)
        found += [f"{width}: {line}" for line in ask(page, *LAYOUT)]
    assert found == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_nothing_moves_for_a_reader_who_wants_no_motion(kind: str, address: str, open_page: Any) -> None:
    assert ask(shown(open_page(reduced_motion="reduce").page(), address, kind), "moving") == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_each_mark_of_a_state_has_words(kind: str, address: str, open_page: Any) -> None:
    assert ask(shown(open_page().page(), address, kind), "colourAlone") == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_nothing_is_lost_in_the_readers_own_colours(kind: str, address: str, open_page: Any) -> None:
    found = ask(shown(open_page(forced_colors="active").page(), address, kind), "lostInForcedColours", "colourAlone")
    assert found == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_without_scripts_a_page_still_says_what_it_says_and_has_no_button_that_does_nothing(kind: str, address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + KINDS_OF_PAGE[kind])
    assert page.locator("article h1").inner_text().strip()
    assert page.locator("article a[href]:visible").count() + page.locator("nav a[href]:visible").count() > 10
    assert len(page.locator("article").inner_text().split()) > 50
    assert ask(page, "unread", "dead", "sideways") == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_wrong_address_is_sent_to_the_search_only_where_there_is_one(javascript: bool, address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=javascript).page()
    page.goto(address + KINDS_OF_PAGE["not found"])
    expect(page.locator(".md-search__input")).to_be_visible(visible=javascript)
    expect(page.get_by_text("The search above")).to_be_visible(visible=javascript)


TALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1000"><rect width="1" height="1000"/></svg>'
SHOW = """path => new Promise(done => {
  const picture = new Image();
  picture.onload = () => done(picture.getBoundingClientRect().height / innerHeight);
  picture.src = path;
  document.querySelector("article p").append(picture);
})"""


def test_a_picture_of_any_height_is_seen_whole(address: str, open_page: Any) -> None:
    page = open_page().page()
    shown(page, address, "lesson")
    page.route("**/tall.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=TALL))
    assert 0.1 < page.evaluate(SHOW, f"{address}assets/images/tall.svg") < 1


PLANTED = {
    "text that its box cuts off": ("cut", "<div style='width: 3em; overflow: hidden; white-space: nowrap'>Much too long for its box</div>"),
    "text over text": ("overlapping", "<div><p>One line of text</p><p style='margin-top: -3em'>Another line of text</p></div>"),
    "a wide box": ("sideways", "<div style='width: 3000px'>Wide</div>"),
    "a change that takes time": ("moving", "<div style='transition: all 2s !important'>Slow</div>"),
    "jumps that glide": ("moving", "<div style='scroll-behavior: smooth !important'>Gliding</div>"),
    "a button without a script": ("dead", "<button>Press</button>"),
    "a section that only scripts would show": ("unread", "<section style='display: none'><p>Nobody reads this</p></section>"),
    "words as clear as glass": ("unread", "<p style='opacity: 0'>Nobody reads this</p>"),
    "a picture of one colour": (
        "lostInForcedColours",
        "<i style='display: block; width: 20px; height: 20px; background: red; mask: linear-gradient(#000, #000)'></i>",
    ),
    "a badge without words": ("colourAlone", "<span class='hb-badge hb-outcome-failed' style='width: 9px; height: 9px'></span>"),
    "a mark of a new class": ("colourAlone", "<span class='lamp' style='display: block; width: 9px; height: 9px; background: red'></span>"),
    "an edge of a new class": ("colourAlone", "<span class='lamp' style='display: block; height: 9px; border-left: 3px solid red'></span>"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str, address: str, open_page: Any) -> None:
    question, markup = PLANTED[fault]
    without = {"java_script_enabled": False}
    options = {"lostInForcedColours": {"forced_colors": "active"}, "dead": without, "unread": without}.get(question, {})
    page = open_page(reduced_motion="reduce", bypass_csp=True, **options).page()
    page.goto(address + "about/privacy/")
    assert ask(page, question) == []
    page.evaluate("markup => document.querySelector('article').insertAdjacentHTML('beforeend', markup)", markup)
    assert len(ask(page, question)) == 1
