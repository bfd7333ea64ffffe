"""What a reader can have opened or filled in, so that each of it is looked at as pages are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import settle

WIDE = 960
"""From this width on the theme shows the search box and, a little later, the menu without a button."""


@dataclass(frozen=True)
class State:
    """Where it is, what the reader does there, and what is then to be seen. ``phone``: it is there on narrow screens only."""

    address: str
    shown: str
    act: Callable[[Any], None] | None = None
    phone: bool = False

    def reach(self, page: Any, site: str) -> None:
        """Bring ``page`` into this state, whatever it showed before. ``site`` is the site's address."""
        page.goto("about:blank")
        settle(page, site + self.address)
        if self.act:
            self.act(page)
        expect(page.locator(self.shown).first).to_be_visible()


def _search(words: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        if page.viewport_size["width"] < WIDE:
            page.get_by_role("button", name="Search", exact=True).first.click()
        page.locator("input.md-search__input").press_sequentially(words)

    return act


def _press(role: Any, name: str) -> Callable[[Any], None]:
    return lambda page: page.get_by_role(role, name=name).first.click()


def _unfold(where: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        page.locator(f"{where} details >> visible=true").first.wait_for()
        page.locator(f"{where} details").evaluate_all("all => { for (const one of all) if (one.checkVisibility()) one.open = true }")

    return act


def _find(page: Any) -> None:
    page.locator("input[name=sector][value=food]").check()
    page.locator("input[name=with][value=smes]").check()
    page.get_by_text("More filters").click()
    page.locator("input[name=kind][value=worked]").check()
    page.get_by_label("Order").select_option("title")
    page.evaluate("scrollTo(0, 0)")  # the bar that stays in sight covers a part of whatever is at its edge


def _filter(page: Any) -> None:
    page.locator("input[name=sector][value=food]").check()
    page.locator("input[name=state][value=proposed]").check()


def _answer(page: Any) -> None:
    page.locator("#fit-for").select_option("run-a-living-lab")
    for nth in range(3):
        page.locator(".hb-fit fieldset").nth(nth).locator("input[type=radio]").nth(nth).check()


def _compare(page: Any) -> None:
    page.locator(".hb-compare tbody tr").first.wait_for()
    page.get_by_role("button", name="Take off").first.click()


def _plan(page: Any) -> None:
    page.locator(".hb-plan-live").wait_for()
    page.locator("#plan-title").press_sequentially("Labs for food")
    page.locator("#plan-org").press_sequentially("Food people")
    page.locator("#plan-sector").select_option("food")
    page.locator("#plan-date").fill("2027-06-10")
    page.get_by_role("button", name="Edit").first.click()
    page.locator(".hb-plan-editor textarea >> visible=true").press_sequentially("Ours. ")


STATES = {
    "the search with results": State("", ".md-search-result__item", _search("living lab")),
    "the search without results": State("", ".md-search-result__meta", _search("qqqq zzzz")),
    "the menu": State("sectors/food/", ".md-sidebar--primary .md-nav__title >> visible=true", _press("button", "Menu"), phone=True),
    "the list of what is on a page": State(
        "toolbox/living-lab/", ".hb-jump a", lambda page: page.locator(".hb-jump summary").click(), phone=True
    ),
    "all that unfolds on a tool": State("toolbox/living-lab/", "article details[open] >> visible=true", _unfold("article")),
    "all that unfolds on the questions": State(
        "questions/#!pick=tool.living-lab", "article details[open] >> visible=true", _unfold("[data-part=questions]")
    ),
    "something put on the shortlist": State("toolbox/living-lab/", ".hb-bar", _press("button", "Add to my shortlist")),
    "the finder with choices": State("find/", "[data-part] a", _find),
    "a damaged link": State("find/#!sector=atlantis&x=1", ".hb-notice"),
    "the fit check with answers": State("fit-check/", ".hb-fit-answer", _answer),
    "a comparison": State(
        "compare/#!pick=tool.living-lab,tool.b2b-match,recommendation.run-a-living-lab,lesson.hold-the-lab-online", ".hb-compare tbody tr", _compare
    ),
    "the matrix with choices": State("matrix/", ".hb-matrix", _filter),
    "a plan": State("plan/#!pick=recommendation.run-a-living-lab,tool.living-lab", ".hb-plan-editor textarea >> visible=true", _plan),
    "the other colours": State("lessons/", ".hb-scheme[aria-pressed=true]", _press("button", "Dark colours")),
}
