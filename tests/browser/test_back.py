"""The choices follow the reader over the browser's own buttons, also over pages that it keeps in its memory, and nothing is stored for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import QUIET, WHOLE, executable
from tests.browser.test_private import STORED
from tests.browser.test_shortlist import opened

CITY, TOOLS = "recommendation.ask-your-city", "recommendation.borrow-tools"
GO = "steps => { setTimeout(() => history.go(steps)) }"
KEPT = "addEventListener('pageshow', ({ persisted }) => { window.kept = persisted })"


@pytest.fixture(scope="module")
def remembering(chromium: Browser) -> Iterator[Browser]:
    """A Chromium that keeps the pages left in its memory, as it does for readers; Playwright tells it not to, and only the whole one can."""
    browser = chromium.browser_type.launch(executable_path=executable(WHOLE), args=QUIET, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture(params=["loaded again", "kept in memory"])
def phone(request: pytest.FixtureRequest) -> Iterator[Page]:
    browser = request.getfixturevalue("remembering" if request.param == "kept in memory" else "chromium")
    context = browser.new_context(viewport={"width": 390, "height": 800})
    context.add_init_script(KEPT)
    page = context.new_page()
    yield page
    context.close()


def go(page: Page, steps: int, where: str) -> None:
    """Press the browser's button and wait for the address; Playwright's own way waits for a page that comes out of the memory to be loaded."""
    page.evaluate(GO, steps)
    page.wait_for_function("where => location.href.endsWith(where)", arg=where)


def listed(*picks: str) -> str:
    return f"#!pick={','.join(picks)}" if picks else ""


def follow(page: Page, where: str) -> None:
    page.locator(f"article a[href*='{where.partition('/')[2] or where}']").first.click()
    page.wait_for_url(f"**/{where}**")
    page.wait_for_load_state("networkidle")


def shown(page: Page) -> str:
    return " ".join(page.locator(".hb-bar").inner_text().split())


def test_what_is_added_on_a_page_is_still_on_the_list_on_the_page_before(phone: Page, address: str, request: pytest.FixtureRequest) -> None:
    opened(phone, f"{address}transfer/")
    follow(phone, "transfer/ask-your-city/")
    phone.get_by_role("button", name="Add to my shortlist").click()
    go(phone, -1, f"/transfer/{listed(CITY)}")
    assert phone.evaluate("window.kept") is ("memory" in request.node.name)
    assert shown(phone) == "Shortlist (1)"
    follow(phone, "transfer/borrow-tools/")
    phone.get_by_role("button", name="Add to my shortlist").click()
    go(phone, -1, f"/transfer/{listed(CITY, TOOLS)}")
    assert shown(phone) == "Shortlist (2)"
    go(phone, 1, f"/transfer/borrow-tools/{listed(CITY, TOOLS)}")
    phone.reload()
    assert shown(phone) == "Shortlist (2)"
    assert phone.evaluate(STORED) == [[], [], ""]


def test_back_undoes_on_the_page_where_something_was_taken_off_and_then_takes_the_list_along(phone: Page, address: str) -> None:
    opened(phone, f"{address}transfer/{listed(CITY)}")
    follow(phone, "transfer/ask-your-city/")
    phone.get_by_role("button", name="shortlist", exact=False).click()
    phone.wait_for_function("!location.hash.includes('pick')")
    go(phone, -1, f"/transfer/ask-your-city/{listed(CITY)}")
    go(phone, 1, "/transfer/ask-your-city/")
    go(phone, -2, "/transfer/")  # the page before is told that the list is empty now
    assert phone.locator(".hb-bar").is_hidden()
    go(phone, 2, "/transfer/ask-your-city/")
    go(phone, -1, f"/transfer/ask-your-city/{listed(CITY)}")
    go(phone, -1, f"/transfer/{listed(CITY)}")


def test_what_was_added_elsewhere_survives_an_undo(phone: Page, address: str) -> None:
    opened(phone, f"{address}compare/{listed(CITY, TOOLS, 'tool.living-lab')}")
    phone.get_by_role("button", name="shortlist: Borrow").click()
    phone.wait_for_function("!location.hash.includes('borrow')")
    phone.locator(".hb-shortlist a").first.click()
    phone.wait_for_url("**/ask-your-city/**")
    follow(phone, "lessons/")
    phone.get_by_role("button", name="Add to my shortlist").click()
    lesson = "lesson." + phone.url.split("/lessons/")[1].split("/")[0]
    go(phone, -2, f"/compare/{listed(CITY, 'tool.living-lab', lesson)}")
    go(phone, -1, f"/compare/{listed(CITY, TOOLS, 'tool.living-lab', lesson)}")


def test_a_link_with_a_list_of_its_own_wins_and_is_only_looked_at(phone: Page, address: str) -> None:
    opened(phone, f"{address}transfer/{listed(CITY)}")
    phone.goto(f"{address}compare/{listed('tool.green-visit')}")
    phone.locator(".hb-shortlist").wait_for()
    assert shown(phone) == "Shortlist (1)"
    assert phone.url.endswith(listed("tool.green-visit"))
    phone.locator(".hb-shortlist a").first.click()
    phone.wait_for_url(f"**/toolbox/green-visit/{listed('tool.green-visit')}")
    phone.get_by_role("button", name=re.compile("shortlist")).wait_for()
    go(phone, -2, f"/transfer/{listed(CITY)}")  # the reader's own list is as it was
    go(phone, 2, f"/toolbox/green-visit/{listed('tool.green-visit')}")


def test_an_address_without_a_list_takes_none_away(phone: Page, address: str) -> None:
    opened(phone, f"{address}transfer/{listed(CITY)}")
    phone.goto(f"{address}sectors/food/")
    phone.locator(".hb-bar").wait_for(state="hidden")
    go(phone, -1, f"/transfer/{listed(CITY)}")


def test_a_choice_in_the_finder_is_taken_back_and_the_list_stays(phone: Page, address: str) -> None:
    opened(phone, f"{address}find/")
    phone.get_by_label("Food").check()
    phone.wait_for_function("location.hash === '#!sector=food'")
    phone.get_by_role("button", name="Add to my shortlist").first.click()
    phone.wait_for_function("location.hash.includes('pick')")
    picked = unquote(phone.url).split("pick=")[1].split("&")[0]
    go(phone, -1, f"/find/#!pick={picked}")
    assert not phone.get_by_label("Food").is_checked()
    go(phone, 1, f"/find/#!pick={picked}&sector=food")


def test_answers_are_taken_back_one_by_one_and_go_along_to_the_page_before(phone: Page, address: str) -> None:
    opened(phone, f"{address}transfer/run-a-living-lab/")
    follow(phone, "fit-check/")
    answers = phone.locator("[data-part=fit] input[type=radio]")
    answers.nth(0).check()
    phone.wait_for_function("location.hash.includes('fit=')")
    first = unquote(phone.url).split("fit=")[1].split("&")[0]
    answers.nth(1).check()
    phone.wait_for_function("first => !decodeURIComponent(location.hash).includes(first)", arg=first)
    phone.evaluate(GO, -1)
    phone.wait_for_function("first => decodeURIComponent(location.hash).includes(first)", arg=first)
    assert answers.nth(0).is_checked()
    go(phone, -1, "#for-run-a-living-lab")
    phone.evaluate(GO, 1)
    phone.wait_for_function("location.hash.includes('fit=')")
    phone.evaluate(GO, -2)
    phone.wait_for_function("first => location.href.endsWith('/transfer/run-a-living-lab/#!fit=' + first)", arg=first)


def test_a_step_taken_before_a_page_has_its_scripts_holds_and_what_was_chosen_elsewhere_comes_along(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), f"{address}transfer/{listed(CITY)}")
    follow(page, "transfer/ask-your-city/")
    page.get_by_role("button", name="shortlist", exact=False).click()
    follow(page, "lessons/")
    page.get_by_role("button", name="Add to my shortlist").click()
    lesson = "lesson." + page.url.split("/lessons/")[1].split("/")[0]
    scripts, held = "**/assets/javascripts/handbook*.js", []

    def hold(route: Route) -> None:  # Playwright cannot call the list's own method
        held.append(route)

    page.route(scripts, hold)
    with page.expect_request(scripts):
        go(page, -1, "/transfer/ask-your-city/")
    go(page, -1, f"/transfer/ask-your-city/{listed(CITY)}")
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_function("where => location.href.endsWith(where)", arg=f"/transfer/ask-your-city/{listed(lesson, CITY)}")
    assert shown(page) == "Shortlist (2)"


def test_text_for_the_plan_goes_along_among_the_tools_and_comes_back_over_other_pages(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), f"{address}plan/{listed(CITY)}&note=org:Food%20Valley")
    page.locator("[data-part=plan] a[href*='/transfer/ask-your-city/']").first.click()
    page.wait_for_url(f"**/transfer/ask-your-city/{listed(CITY)}")  # what was written is not in the address of a page that others may be sent
    page.locator(".hb-bar").click()
    page.wait_for_url("**/compare/**note=**")
    page.get_by_role("link", name="Plan for the board").click()
    page.wait_for_url("**/plan/**note=**")
    page.wait_for_function("document.getElementById('plan-org')?.value === 'Food Valley'")


def test_where_the_browser_does_not_tell_which_page_was_left_the_reader_is_told(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.add_init_script("Object.defineProperty(window, 'navigation', { value: undefined })")
    opened(page, f"{address}toolbox/living-lab/")
    page.get_by_role("button", name="Add to my shortlist").click()
    said: Callable[[], str] = page.locator(".hb-pick [role=status]").inner_text
    assert "goes along with links, not with your browser’s Back button" in said()
