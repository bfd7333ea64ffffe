"""The drawing of what a record needs and leads to: read on a phone, on paper and aloud, followed by mouse and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_accessible import violations

PAGES = ["lessons/screen-your-members/", "toolbox/living-lab/", "transfer/run-a-living-lab/", "transfer/ask-your-city/"]

SMALLEST = """() => Math.min(...[...document.querySelectorAll('.hb-diagram svg')].flatMap(svg =>
  [...svg.querySelectorAll('text, tspan')].map(t => parseFloat(getComputedStyle(t).fontSize) * svg.getScreenCTM().a)))"""
OUTSIDE = """() => [...document.querySelectorAll('.hb-diagram :is(a, .hb-this)')].filter(node => {
  const box = node.querySelector('rect').getBBox()
  return [...node.querySelectorAll('text:not(.hb-group-head)')].map(t => t.getBBox()).some(text => text.x < box.x || text.y < box.y ||
    text.x + text.width > box.x + box.width || text.y + text.height > box.y + box.height)
}).map(node => node.textContent)"""
SIDE_BY_SIDE = """() => { const [one, other] = [...document.querySelectorAll('.hb-diagram svg')].map(svg => svg.getBoundingClientRect())
  return one.top === other.top && one.right < other.left }"""
STICKS_OUT = """() => { const room = document.querySelector('.hb-diagram').getBoundingClientRect().right
  return [...document.querySelectorAll('.hb-diagram svg')].some(svg => svg.getBoundingClientRect().right > room + 1) }"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "beside"), [(1280, True), (768, True), (390, False), (320, False)])
def test_letters_keep_their_size_and_stay_in_their_boxes(path: str, width: int, beside: bool, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": width, "height": 900}).page()
    page.goto(address + path)
    assert page.evaluate(SMALLEST) >= 12
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(SIDE_BY_SIDE) is beside
    assert page.evaluate(STICKS_OUT) is False


def test_letters_grow_with_the_readers_own_size(address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": 768, "height": 900}).page()
    page.goto(address + PAGES[0])
    before = page.evaluate(SMALLEST)
    page.evaluate(
        "document.documentElement.style.setProperty('font-size', '250%', 'important')"
    )  # what a browser set to twice its letters makes of 125 %
    assert page.evaluate(SMALLEST) == pytest.approx(2 * before)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(STICKS_OUT) is False


@pytest.mark.parametrize("width", [642, 672])  # a page of A4 and one of US letter without their margins
def test_on_paper_both_panels_stand_side_by_side_and_the_words_are_left_out(width: int, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": width, "height": 900}).page()
    page.emulate_media(media="print")
    page.goto(address + PAGES[0])
    assert page.evaluate(SIDE_BY_SIDE) is True
    assert page.evaluate(STICKS_OUT) is False
    assert not page.locator(".hb-in-words").is_visible()


LOOK = """selector => { const s = getComputedStyle(document.querySelector(selector)); return [s.stroke, s.strokeWidth, s.strokeDasharray] }"""


@pytest.mark.parametrize("forced", ["none", "active"])
def test_what_must_be_there_and_what_helps_differ_by_more_than_colour(forced: str, address: str, open_page: Any) -> None:
    page = open_page(forced_colors=forced).page()
    page.goto(address + PAGES[0])
    for part in ("rect", ".hb-line"):
        must, helps = (page.evaluate(LOOK, f".hb-group-{key} {part}") for key in ("must", "helps"))
        assert float(must[1].removesuffix("px")) >= 2 * float(helps[1].removesuffix("px"))
        assert (must[2] == "none", helps[2] == "none") == (True, False)
    heads = page.locator(".hb-diagram g[role=group]").evaluate_all(
        "groups => groups.map(g => [g.getAttribute('aria-label'), g.querySelector('text').textContent])"
    )
    assert [label for label, _ in heads] == [text for _, text in heads] == [
        "Must be in place", "Helps", "Brings you closer to", "Tools to do it with", "Stands behind",
    ]  # fmt: skip


def test_a_reader_follows_the_drawing_by_keyboard_and_sees_where_the_focus_is(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + PAGES[0])
    page.locator(".hb-diagram a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    look = page.evaluate(
        """() => { const e = document.activeElement, s = getComputedStyle(e)
        return [e.textContent, s.outlineStyle, s.outlineWidth] }"""
    )
    assert look[0].startswith("An owner with a real problem and the means to act")
    assert (look[1], look[2] != "0px") == ("solid", True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/conditions/#challenge-owner")


def test_a_box_for_many_leads_to_the_list_of_them(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "toolbox/living-lab/")
    many = page.locator(".hb-diagram a", has_text="lessons").filter(has_text="34")
    count = int(many.text_content().split()[0])
    many.click()
    page.wait_for_url("**/toolbox/living-lab/#lessons")
    assert page.locator("#lessons dd a").count() == count


def test_the_shortlist_goes_along_from_a_box(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address + PAGES[0] + "#!pick=tool.living-lab")
    page.locator(".hb-diagram a", has_text="Member screening").click()
    page.wait_for_url("**/toolbox/member-screening/#!pick=tool.living-lab")
    assert watched.errors == []


def test_a_screen_reader_hears_groups_of_links_and_nothing_twice(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + PAGES[0])
    shown = page.locator(".hb-diagram").aria_snapshot()
    assert '- group "Must be in place"' in shown
    assert '- link "An owner with a real problem and the means to act 2 lessons, 1 tool to build it"' in shown
    assert shown.count("Helps") == 1
    assert page.locator(".hb-in-words dd").first.is_hidden()
    page.get_by_text("The same in words").click()
    drawn = page.locator(".hb-diagram :is(.hb-group-must, .hb-group-helps, .hb-group-builds, .hb-group-recommendations) a")
    hrefs = "links => links.map(a => a.getAttribute('href'))"
    assert drawn.evaluate_all(hrefs) == page.locator(".hb-in-words a").evaluate_all(hrefs) != []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_with_the_words_unfolded(path: str, address: str, open_page: Any) -> None:
    for width in (1280, 320):
        page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
        page.goto(address + path)
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert violations(page) == []
