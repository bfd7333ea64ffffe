"""The shortlist goes along in the link, is remembered only if the reader says so, and is told to everybody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_accessible import SCHEMES, violations
from tests.browser.test_private import STORED

THREE = "#!pick=tool.living-lab,tool.b2b-match,lesson.bet-on-people"
FULL = "#!pick=" + ",".join(
    f"lesson.{name}"
    for name in (
        "agree-on-common-aims", "agree-what-a-living-lab-is", "ask-whether-cities-share-your-challenge", "bet-on-people",
        "bring-clients-in-early", "check-complementarity", "connect-small-with-large", "deepen-relations-at-home",
        "expect-reflection-not-reform", "find-a-home-for-afterwards", "find-challenges-with-your-city", "fund-the-labour",
        "give-a-concrete-reason", "give-research-one-of-two-roles", "give-trust-its-own-phase", "hold-the-lab-online",
        "invite-other-cities-to-watch", "keep-light-formats-going", "keep-the-living-lab", "let-buyers-meet-suppliers",
    )
)  # fmt: skip


def opened(page: Any, url: str) -> Any:
    """``page`` with ``url`` opened afresh and its scripts run."""
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator(".hb-shortlist > li a, .hb-shortlist > li label").all_inner_texts()
    return [title for title in found if not title.startswith("its page")]


@pytest.mark.parametrize("where", ["toolbox/living-lab/", "transfer/run-a-living-lab/", "lessons/bet-on-people/"])
def test_a_page_is_put_on_the_shortlist_and_taken_off_and_both_are_said(where: str, address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + where)
    assert page.locator(".hb-bar").is_hidden()
    button = page.get_by_role("button", name="Add to my shortlist")
    button.click()
    on = page.get_by_role("button", name="Take off my shortlist")
    assert page.locator(".hb-pick [role=status]").inner_text() == "Added. It is the only one on your shortlist."
    assert page.get_by_role("link", name="Shortlist (1)").is_visible()
    on.click()
    taken_off = "Taken off. Your shortlist is empty. The Back button of your browser brings it back."
    assert page.locator(".hb-pick [role=status]").inner_text() == taken_off
    assert page.locator(".hb-bar").is_hidden()
    assert "pick" not in page.url
    page.go_back()
    page.get_by_text("It is on your shortlist again.").wait_for()
    assert page.get_by_role("link", name="Shortlist (1)").is_visible()


def test_the_list_goes_along_to_the_comparison(address: str, open_page: Any) -> None:
    page = opened(open_page(viewport={"width": 390, "height": 800}).page(), address + "toolbox/living-lab/" + THREE)
    page.get_by_role("link", name="Shortlist (3)").click()
    page.wait_for_url("**/compare/#!pick=**")
    page.locator(".hb-compare").first.wait_for()
    assert titles(page) == ["Living lab", "Business-to-business match", "Bet on people, not on institutions"]


def test_a_full_list_says_so_and_stays_as_it_is(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "toolbox/living-lab/" + FULL)
    before = page.url
    page.get_by_role("button", name="Add to my shortlist").click()
    assert page.locator(".hb-pick [role=status]").inner_text() == "Your shortlist is full: it holds 20. Take one off first."
    assert page.url == before


def test_the_list_is_ordered_shortened_and_emptied_by_keyboard_and_the_back_button_brings_it_back(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + THREE)
    page.get_by_role("button", name="Down: Living lab").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.startsWith('#!pick=tool.b2b-match,tool.living-lab')")
    page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Down: Living lab'")
    assert page.locator("article [role=status]").first.inner_text() == "“Living lab” is now number 2 of 3."
    page.get_by_role("button", name="Take off my shortlist: Business-to-business match").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.hb-shortlist > li').length === 2")
    assert page.evaluate("document.activeElement.closest('.hb-shortlist') !== null"), "the focus is lost"
    full = page.url
    page.get_by_role("button", name="Empty the list").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Your shortlist is empty. Open a").wait_for()
    page.go_back()
    page.wait_for_url(full)
    page.locator(".hb-shortlist > li").nth(1).wait_for()
    page.go_forward()
    page.get_by_text("Your shortlist is empty. Open a").wait_for()


def test_the_link_is_copied_and_opens_the_same_list_elsewhere(address: str, open_page: Any) -> None:
    watched = open_page(permissions=["clipboard-read", "clipboard-write"])
    page = opened(watched.page(), address + "compare/" + THREE)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("The link is copied.").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    other = opened(open_page().page(), link)
    other.locator(".hb-compare").first.wait_for()
    assert titles(other) == titles(page)


def test_where_the_browser_does_not_copy_the_link_stands_in_a_field(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    opened(page, address + "compare/" + THREE)
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_label("The link to this page with your shortlist")
    field.wait_for()
    assert field.input_value() == page.url


def test_nothing_is_stored_before_the_reader_ticks_and_unticking_deletes_it(address: str, open_page: Any) -> None:
    watched = open_page()
    page = opened(watched.page(), address + "compare/" + THREE)
    page.get_by_role("button", name="Down: Living lab").click()
    opened(page, address + "compare/" + THREE)
    assert page.evaluate(STORED) == [[], [], ""]
    page.get_by_label("Remember on this device").check()
    assert page.evaluate(STORED) == [["/.shortlist"], [], ""]
    page.get_by_label("Remember on this device").uncheck()
    assert page.evaluate(STORED) == [[], [], ""]
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []


def test_what_is_remembered_is_loaded_only_where_the_link_has_no_list_and_it_is_said(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + THREE)
    page.get_by_label("Remember on this device").check()
    opened(page, address + "sectors/food/")
    assert page.locator(".hb-bar").text_content() == "Shortlist (3) from this device"
    opened(page, address + "compare/")
    page.get_by_text("This one was remembered on this device.").wait_for()
    assert len(titles(page)) == 3
    opened(page, address + "compare/#!pick=tool.green-visit")
    assert titles(page) == ["Green visit"]
    assert page.get_by_text("This one was remembered on this device.").count() == 0
    opened(page, address + "compare/")
    assert len(titles(page)) == 3, "a link that was only looked at changes nothing that is remembered"


def test_every_change_is_remembered_also_that_the_list_was_emptied(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + THREE)
    page.get_by_label("Remember on this device").check()
    page.get_by_role("button", name="Take off my shortlist: Living lab").click()
    opened(page, address + "compare/")
    assert len(titles(page)) == 2
    page.get_by_role("button", name="Empty the list").click()
    opened(page, address + "compare/")
    assert titles(page) == []
    assert page.get_by_label("Remember on this device").is_checked()


@pytest.mark.parametrize("stored", ["not json", "{}", '["<img src=x onerror=alert(1)>", 7, "tool.living-lab"]', "null"])
def test_what_else_stands_in_the_storage_does_no_harm(stored: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = opened(watched.page(), address)
    page.evaluate("text => localStorage.setItem('/.shortlist', text)", stored)
    opened(page, address + "compare/")
    page.locator("#shortlist, .hb-remember").first.wait_for()
    assert page.locator("article img").count() == 0
    assert titles(page) == (["Living lab"] if "living" in stored else [])
    assert watched.errors == []


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("where", ["toolbox/living-lab/" + THREE, "sectors/food/" + FULL])
def test_axe_finds_nothing_and_nothing_sticks_out_while_there_is_a_list(where: str, width: int, address: str, open_page: Any) -> None:
    page = opened(open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page(), address + where)
    for scheme in SCHEMES:
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_no_button_stands_where_none_would_work(address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + "toolbox/living-lab/")
    assert page.locator(".hb-pick").is_hidden()
    assert page.locator(".hb-bar").count() == 0


IDS = """{
  "lesson": {"ids": ["bet-on-people"], "former": {}},
  "recommendation": {"ids": ["ask-your-city"], "former": {"ask-your-town": "ask-your-city"}},
  "tool": {"ids": ["living-lab"], "former": {"lab": "living-lab"}}
}"""
OLD = "#!pick=recommendation.ask-your-town,tool.lab,tool.constructor,lesson.was-removed,tool.living-lab,tool.L"
TOLD = [
    "The handbook has no tool called “constructor”. It was left out.",
    "The handbook has no lesson called “was-removed”. It was left out.",
    "Part of the shortlist in the link is damaged. It was left out.",
]


@pytest.mark.parametrize("where", ["", "sectors/food/", "toolbox/living-lab/", "find/", "compare/", "questions/", "fit-check/", "plan/", "matrix/"])
def test_what_was_renamed_is_followed_and_what_is_gone_is_told_on_every_page_and_never_asked_for(where: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/data/ids.json", lambda route: route.fulfill(body=IDS, content_type="application/json"))
    page.goto(address + where + OLD)
    page.locator(".hb-notices p").first.wait_for()
    page.wait_for_function("document.querySelector('.hb-bar').textContent.includes('(2)')")
    assert page.locator(".hb-notices p").all_inner_texts() == TOLD
    assert page.locator(".hb-notice", has_text="constructor").count() == 1, "it is told once"
    assert page.url.split("pick=")[1].startswith("recommendation.ask-your-city,tool.living-lab,")
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if "removed" in url or "constructor" in url] == []
    assert said == []
    assert watched.errors == []


def test_without_a_list_in_the_address_the_ids_are_not_read(address: str, open_page: Any) -> None:
    watched = open_page()
    opened(watched.page(), address + "compare/")
    assert [url for url in watched.requests if url.endswith("ids.json")] == []
