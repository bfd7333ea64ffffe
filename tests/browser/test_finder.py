"""The finder: by mouse, by keys and on a phone, with its choices in the link, and without scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handbook.check import check
from tests.browser.conftest import settle
from tests.browser.test_accessible import SCHEMES, violations
from tests.conftest import ROOT

FILTER = """async ([module, entries, chosen, facets]) => {
  const { filter } = await import(module)
  const { found, near, counts } = filter(entries, new Map(Object.entries(chosen).map(([k, v]) => [k, new Set(v)])), facets)
  return [found.map(e => e.id), near.map(n => [n.entry.id, n.missed]), Object.fromEntries([...counts].map(([k, v]) => [k, Object.fromEntries(v)]))]
}"""
FACETS = ("sector", "with", "need", "kind", "breadth", "outcome-known", "record")


@pytest.fixture
def finder(address: str, open_page: Any) -> Any:
    """A function that opens the finder with a fragment."""

    def opened(fragment: str = "", **options: Any) -> Any:
        page = open_page(**options).page()
        page.goto(f"{address}find/{fragment}")
        page.locator("form[aria-label=Finder]").wait_for()
        return page

    return opened


def titles(page: Any, group: str) -> list[str]:
    return page.locator(f"section[aria-label='{group}'] .hb-card-title").all_inner_texts()


def values(entry: dict[str, Any], facet: str) -> list[str]:
    return [entry["record"]] if facet == "record" else list(entry.get(facet, ()))


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"sector": ["food"]},
        {"sector": ["food"], "with": ["cities-regions"], "need": ["find-time-and-money"]},
        {"need": ["keep-going", "win-the-city"], "kind": ["open", "did-not-work"]},
        {"record": ["tool"], "breadth": ["all"]},
    ],
)
def test_it_finds_what_meets_every_facet_and_counts_what_each_choice_would_give(
    chosen: dict[str, list[str]], site: Path, address: str, open_page: Any
) -> None:
    entries = json.loads((site / "data" / "finder.json").read_text(encoding="utf-8"))["entries"]
    page = open_page().page()
    page.goto(address)
    found, near, counts = page.evaluate(FILTER, [address + "assets/javascripts/find/filter.js", entries, chosen, list(FACETS)])

    def misses(entry: dict[str, Any], but: str = "") -> list[str]:
        return [f for f, wanted in chosen.items() if f != but and not set(values(entry, f)) & set(wanted)]

    assert found == [e["id"] for e in entries if not misses(e)]
    assert near == [[e["id"], misses(e)[0]] for e in entries if len(misses(e)) == 1]
    for facet in FACETS:
        for value in {v for e in entries for v in values(e, facet)}:
            assert counts[facet].get(value, 0) == sum(value in values(e, facet) and not misses(e, facet) for e in entries), (facet, value)


def test_three_answers_lead_to_entries_with_their_reasons(finder: Any) -> None:
    page = finder()
    page.get_by_label("Food").check()
    page.get_by_label("Cities and regions").check()
    page.get_by_label("We want the city or region as a partner").check()
    first = page.locator("section[aria-label=Recommendations] li").first
    assert first.locator(".hb-reasons").first.inner_text() == (
        "Listed because: proposed by name; you work with “Cities and regions”; it helps when you say “We want the city or region as a partner”."
    )
    assert "Ask your city or region to own a challenge" in titles(page, "Recommendations")
    assert page.url.endswith("/find/#!sector=food&with=cities-regions&need=win-the-city")


def test_back_and_forward_undo_and_redo_a_choice(finder: Any) -> None:
    page = finder()
    before = page.locator("article [role=status]").inner_text()
    page.get_by_label("Research", exact=False).first.check()
    after = page.locator("article [role=status]").inner_text()
    assert after != before
    page.go_back()
    page.wait_for_function("text => document.querySelector('article [role=status]').innerText === text", arg=before)
    assert not page.get_by_label("Research", exact=False).first.is_checked()
    page.go_forward()
    page.wait_for_function("text => document.querySelector('article [role=status]').innerText === text", arg=after)


def test_it_is_used_by_keys_alone_on_a_phone(finder: Any) -> None:
    page = finder(viewport={"width": 390, "height": 844})
    page.locator("input[name=sector]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Food").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("location.hash === '#!sector=food&with=smes'")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('hb-card-title')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/transfer/**")
    assert "sector=food" in page.url


def test_what_fits_nothing_says_which_choice_to_take_back(finder: Any) -> None:
    page = finder("#!sector=food&need=improve-our-work&kind=did-not-work")
    assert page.locator("article [role=status]").inner_text().startswith("Nothing in the handbook fits all of this. All but one of your answers: ")
    assert page.get_by_role("button", name=": 0 would fit").count() == 0
    page.get_by_role("button", name="Drop “Did not work”").click()
    page.wait_for_function("location.hash === '#!sector=food&need=improve-our-work'")
    assert page.locator("article [role=status]").inner_text().startswith("What fits: ")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"


def test_few_results_are_followed_by_what_fits_all_but_one_answer(finder: Any, site: Path) -> None:
    chosen = {"sector": "food", "with": "cities-regions", "need": "find-time-and-money"}
    entries = json.loads((site / "data" / "finder.json").read_text(encoding="utf-8"))["entries"]
    missed = [(entry["record"], sum(value not in values(entry, facet) for facet, value in chosen.items())) for entry in entries]
    near_advice = missed.count(("recommendation", 1))
    page = finder("#!sector=food&with=cities-regions&need=find-time-and-money")
    said = page.locator("article [role=status]").inner_text()
    assert said == (
        f"What fits: {missed.count(('lesson', 0))} lessons. All but one of your answers: {near_advice} recommendations, "
        f"{missed.count(('tool', 1))} tools."
    )
    near = page.locator("section[aria-label='Recommendations that fit all but one of your answers']")
    cards = near.locator("li").all_inner_texts()
    assert "not said to help" not in cards[0], "what helps with the problem that the reader has comes first"
    near.get_by_role("button", name=f"Show all {near_advice} recommendations").click()
    assert near.locator(".hb-card-title").count() == near_advice
    assert page.evaluate("document.activeElement.textContent") == near.locator(".hb-card-title").nth(4).inner_text()
    assert "Ask your city or region to own a challenge" in near.inner_text()
    assert "But it is not said to help when you say “We have no project money and little time”." in near.inner_text()


def test_a_problem_that_no_recommendation_found_helps_with_is_named_with_what_does_and_misses_one_answer(finder: Any) -> None:
    page = finder("#!sector=food&with=cities-regions&need=find-time-and-money,win-the-city")
    assert "No recommendation for 1 of your 2 problems." in page.locator("article [role=status]").inner_text()
    helping = page.locator("section[aria-label='What helps when you say “We have no project money and little time”']")
    for card in helping.locator("li").all():
        assert "it helps when you say “We have no project money and little time”" in card.inner_text()
        assert "But " in card.inner_text()
    assert "Find the money for the labour before you promise another round" in helping.locator(".hb-card-title").all_inner_texts()
    assert not set(titles(page, "Recommendations")) & set(helping.locator(".hb-card-title").all_inner_texts())


def test_a_long_list_is_opened_in_full(finder: Any) -> None:
    page = finder()
    every = len(check(ROOT).base.records["lesson"])
    assert len(titles(page, "Lessons")) == 8
    page.get_by_role("button", name=f"Show all {every} lessons").click()
    assert len(titles(page, "Lessons")) == every
    assert page.evaluate("document.activeElement.textContent") == titles(page, "Lessons")[8]


def test_the_reader_chooses_the_order(finder: Any) -> None:
    page = finder("#!record=tool")
    page.get_by_label("Order").select_option("By title")
    found = titles(page, "Tools")
    assert found == sorted(found, key=str.lower)
    assert page.url.endswith("record=tool&sort=title") or page.url.endswith("sort=title&record=tool")


@pytest.mark.parametrize(
    ("fragment", "note"),
    [
        ("#!sector=<img src=x onerror=alert(1)>", "which this handbook does not have. It was left out."),
        ("#!sector=atlantis", "The link asks for “atlantis” under “Your sector”, which this handbook does not have. It was left out."),
        ("#!sector=food,energy", "The link asks for more than one sector. The first was taken."),
        ("#!state=proposed", "The link asks for a state of recommendations. The finder does not sort them by that; the matrix does."),
        ("#!need=%E0%A4%A", "What the link carries as “need” is damaged. It was left out."),
        ("#!pick=tool.living-lab,tool.", "Part of the shortlist in the link is damaged. It was left out."),
        ("#!pick=tool.living-lab,tool.living-l", "The handbook has no tool called “living-l”. It was left out."),
        ("#!sort=__proto__&sector=food&x=1", "The link carries “x”, which this handbook does not know. It was left out."),
    ],
)
def test_a_bad_link_is_told_and_harms_nothing(fragment: str, note: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    settle(page, f"{address}find/{fragment}")
    assert note in page.locator(".hb-notice").inner_text()
    assert page.locator("[data-part] img").count() == 0
    assert titles(page, "Tools") or titles(page, "Recommendations")
    assert watched.errors == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("fragment", ["", "#!sector=food&with=smes&kind=worked", "#!sector=food&need=improve-our-work&kind=did-not-work&x=1"])
def test_axe_finds_nothing(fragment: str, width: int, finder: Any) -> None:
    page = finder(fragment, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    for scheme in SCHEMES:
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_every_value_is_a_link_to_its_page(address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + "find/")
    page.get_by_role("link", name="Cooperation stops when the project stops").click()
    assert page.url == address + "find/need/keep-going/"
    assert page.get_by_role("link", name="Keep light formats going between projects").count() == 1


def test_without_its_data_the_plain_page_stays_and_says_why(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.route("**/data/finder.json", lambda route: route.fulfill(status=404))
    page.goto(address + "find/")
    assert page.get_by_role("alert").inner_text() == "The handbook has no data under the name finder.json."
    assert page.get_by_role("link", name="Cooperation stops when the project stops").is_visible()
