"""What changes on a page without a new one is told to those who do not see it change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import settle

WATCH = """() => { window.told = []
  new MutationObserver(changes => { for (const { target } of changes) {
    const region = (target.nodeType === 1 ? target : target.parentElement)?.closest("[role=status], [aria-live=polite]")
    if (region?.textContent.trim()) told.push(region.textContent.trim())
  } }).observe(document.body, { subtree: true, childList: true, characterData: true }) }"""
"""Notes each text that comes into a live region that was there before."""

PLAN = "plan/#!pick=recommendation.run-a-living-lab,tool.living-lab,tool.b2b-match&sector=food&date=2027-06-10"


def lead(page: Any) -> None:
    weeks = page.locator("#when input[type=number], [data-block=when] input[type=number]").first
    weeks.fill("7")
    weeks.press("Tab")


CHANGES: dict[str, tuple[str, Any, str]] = {
    "the order of the finder": ("find/", lambda page: page.get_by_label("Order").select_option("title"), "by title"),
    "a choice in the finder": ("find/", lambda page: page.get_by_role("radio", name="Food").check(), "What fits"),
    "the sectors of the matrix": ("matrix/", lambda page: page.get_by_role("checkbox", name="Food").check(), "Food"),
    "the states of the matrix": ("matrix/", lambda page: page.get_by_role("checkbox", name="Proposed by name").check(), "Proposed by name"),
    "the day of a plan": (PLAN, lambda page: page.locator("#plan-date").fill("2027-09-10"), "10 September 2027"),
    "the sector of a plan": (PLAN, lambda page: page.locator("#plan-sector").select_option("energy"), "Energy"),
    "a lead time of a plan": (PLAN, lead, "2027"),
    "an answer of the fit check": (
        "fit-check/#!for=run-a-living-lab",
        lambda page: page.locator(".hb-fit input[type=radio]").first.check(),
        "Prepare first",
    ),
}


@pytest.fixture
def ready(address: str, open_page: Any) -> Any:
    """A function that opens a page, waits until its tool runs and begins to note what is told."""

    def opened(path: str) -> Any:
        page = settle(open_page().page(), address + path)
        page.locator("[data-part].hb-part-started").first.wait_for(state="attached")
        page.wait_for_function("!document.querySelector('.hb-plan-intro') || document.querySelector('.hb-plan-live')")
        page.evaluate(WATCH)
        return page

    return opened


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_told_when_somebody_changes(change: str, ready: Any) -> None:
    path, act, words = CHANGES[change]
    page = ready(path)
    act(page)
    page.wait_for_function("words => told.some(text => text.includes(words))", arg=words)


def test_a_step_back_is_told_as_well(ready: Any) -> None:
    page = ready(PLAN)
    page.locator("#plan-date").fill("2027-09-10")
    page.wait_for_function("told.some(text => text.includes('10 September 2027'))")
    page.go_back()
    page.wait_for_function("told.at(-1).includes('10 June 2027')")


def test_what_changes_without_a_word_would_be_missed(ready: Any) -> None:
    page = ready("matrix/")
    page.evaluate("document.querySelector('.hb-matrix tbody tr').hidden = true")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.evaluate("told") == []
