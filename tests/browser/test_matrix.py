"""The matrix, filtered by sector and state: by mouse, by keyboard, by link and on a phone; and the plain table without any of it."""

from __future__ import annotations

from typing import Any

import pytest

from handbook.check import check
from tests.browser.test_accessible import violations
from tests.conftest import ROOT

RECORDS = check(ROOT).base.records
MODULE = "assets/javascripts/matrix/filter.js"
SHOWN = """() => [...document.querySelectorAll('.hb-matrix tbody tr')].filter(r => r.checkVisibility())
  .map(r => [...r.cells].slice(1).filter(c => c.checkVisibility()).map(c => [c.dataset.label, c.querySelector('.hb-badge').textContent]))"""
STATES = """() => [...document.querySelectorAll('.hb-matrix tbody tr')].map(r => Object.fromEntries(
  [...r.cells].slice(1).map(c => [c.dataset.label, c.querySelector('.hb-badge').textContent])))"""


@pytest.fixture
def watched(open_page: Any) -> Any:
    return open_page()


@pytest.fixture
def page(watched: Any, address: str) -> Any:
    page = watched.page()
    page.goto(address + "matrix/")
    page.get_by_role("status").wait_for()
    return page


def said(page: Any) -> str:
    text: str = page.get_by_role("status").inner_text()
    return text


def test_choices_leave_the_rows_and_columns_that_are_asked_for(page: Any) -> None:
    everything = page.evaluate(STATES)
    assert said(page) == f"{len(everything)} of {len(everything)} recommendations shown."
    page.get_by_role("checkbox", name="Food").check()
    assert all([label for label, _ in row] == ["Food"] for row in page.evaluate(SHOWN))
    page.get_by_role("checkbox", name="Proposed by name").check()
    wanted = [row for row in everything if row["Food"] == "Proposed by name"]
    assert page.evaluate(SHOWN) == [[["Food", "Proposed by name"]]] * len(wanted)
    assert 0 < len(wanted) < len(everything)
    assert said(page) == f"{len(wanted)} of {len(everything)} recommendations shown: Food, Proposed by name."
    assert page.url.endswith("#!sector=food&state=proposed")


def test_each_count_is_what_choosing_it_would_leave(page: Any) -> None:
    page.get_by_role("checkbox", name="Health economy").check()
    labels = page.locator(".hb-form fieldset").nth(1).locator("label").all_inner_texts()
    for label in labels:
        name, _, count = label.replace("\n", " ").strip().rpartition("(")
        box = page.get_by_role("checkbox", name=label.replace("\n", " ").strip(), exact=False)
        box.check()
        assert said(page).startswith(f"{count.rstrip(')')} of "), name
        box.uncheck()
    assert len(labels) == 10


def test_back_and_forward_undo_and_redo_each_choice(page: Any) -> None:
    page.get_by_role("checkbox", name="Food").check()
    page.get_by_role("checkbox", name="Proposed by name").check()
    both = said(page)
    page.go_back()
    assert page.get_by_role("checkbox", name="Food").is_checked()
    assert not page.get_by_role("checkbox", name="Proposed by name").is_checked()
    page.go_back()
    assert not page.get_by_role("checkbox", name="Food").is_checked()
    assert len(page.evaluate(SHOWN)[0]) == len(RECORDS["sector"])
    page.go_forward()
    page.go_forward()
    assert said(page) == both


def test_a_reader_filters_by_keyboard_alone(page: Any) -> None:
    page.get_by_role("checkbox", name="Energy").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_role("checkbox", name="Food").is_checked()
    assert page.url.endswith("#!sector=food")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Show the whole table":
            break
    page.keyboard.press("Enter")
    assert not page.get_by_role("checkbox", name="Food").is_checked()
    assert "sector" not in page.url
    assert page.evaluate("document.activeElement.name") == "sector"


def test_a_link_opened_fresh_shows_what_it_was_made_from(page: Any, open_page: Any) -> None:
    page.get_by_role("checkbox", name="Health economy").check()
    page.get_by_role("checkbox", name="Tried, said to work").check()
    there = open_page(viewport={"width": 390, "height": 800}).page()
    there.goto(page.url)
    there.get_by_role("status").wait_for()
    assert there.evaluate(SHOWN) == page.evaluate(SHOWN) != []
    assert said(there) == said(page)
    assert there.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_empty_result_says_which_choice_to_drop(page: Any) -> None:
    page.get_by_role("checkbox", name="Another sector").check()
    page.get_by_role("checkbox", name="Tried, said to work").check()
    everything = page.evaluate(STATES)
    assert said(page) == f"0 of {len(everything)} recommendations shown: Another sector, Tried, said to work."
    assert not page.locator(".hb-matrix").is_visible()
    tried = sum("Tried, said to work" in row.values() for row in everything)
    assert page.locator(".hb-notice button").all_inner_texts() == [f"Show all sectors ({tried})", f"Show all states ({len(everything)})"]
    page.get_by_role("button", name="Show all sectors").click()
    assert len(page.evaluate(SHOWN)) == tried
    assert page.evaluate("document.activeElement.name") == "sector"


def test_a_state_that_stands_nowhere_has_one_way_out(page: Any) -> None:
    everything = page.evaluate(STATES)
    assert not any("Tried, failed" in row.values() for row in everything)
    page.get_by_role("checkbox", name="Tried, failed").check()
    assert page.locator(".hb-notice button").all_inner_texts() == [f"Show all states ({len(everything)})"]


@pytest.mark.parametrize(
    ("fragment", "words", "kept"),
    [
        ("#!sector=<img src=x onerror=alert(1)>", "“<img src=x onerror=alert(1)>”. It was left out.", None),
        ("#!sector=nosuch,food&state=proposed", "a sector that is not in this table: “nosuch”. It was left out.", ("Food", "Proposed by name")),
        ("#!state=constructor", "The link asks for a state that is not in this table: “constructor”.", None),
        ("#!sector=%E0%A4%A", "is damaged", None),
        ("#!sector=" + "x" * 7000, "longer than a link of this handbook can be", None),
        ("#!sec", "which this handbook does not know", None),
    ],
)
def test_a_hostile_outdated_or_cut_off_link_is_told_in_words_and_breaks_nothing(
    fragment: str, words: str, kept: tuple[str, str] | None, address: str, watched: Any
) -> None:
    page = watched.page()
    page.goto(address + "matrix/" + fragment)
    page.get_by_role("status").wait_for()
    everything = page.evaluate(STATES)
    assert words in page.locator(".hb-notice").inner_text()
    assert len(page.evaluate(SHOWN)) == sum(kept is None or row[kept[0]] == kept[1] for row in everything)
    assert page.locator("article img").count() == 0
    assert watched.errors == []


def test_every_cell_keeps_its_links(page: Any) -> None:
    before = page.locator(".hb-matrix td a").evaluate_all("links => links.map(a => a.href)")
    page.get_by_role("checkbox", name="Food").check()
    page.get_by_role("button", name="Show the whole table").click()
    assert page.locator(".hb-matrix td a").evaluate_all("links => links.map(a => a.href)") == before
    page.locator(".hb-matrix tbody th a").first.click()
    page.wait_for_url("**/transfer/*/*")


def test_the_states_stand_in_the_order_of_what_they_rest_on(page: Any) -> None:
    order = [
        "Tried, said to work", "Tried, mixed", "Tried, failed", "Tried, outcome unknown", "Declined", "Learned here",
        "Proposed by name", "Proposed for any sector", "Does not apply", "Not considered",
    ]  # fmt: skip
    assert page.locator(".hb-legend .hb-badge").all_inner_texts() == order
    assert [t.split("(")[0].strip() for t in page.locator(".hb-form fieldset").nth(1).locator("label").all_inner_texts()] == order


def test_without_javascript_the_whole_table_is_there_and_nothing_else(address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + "matrix/#!sector=food")
    rows, columns = (len(RECORDS[kind]) for kind in ("recommendation", "sector"))
    assert page.locator(".hb-matrix tbody tr").count() == page.locator(".hb-matrix tbody tr:visible").count() == rows
    assert page.locator(".hb-matrix tbody td:visible").count() == rows * columns
    assert page.locator("article :is(input, button, [role=status])").count() == 0


@pytest.mark.parametrize("fragment", ["", "#!sector=food&state=proposed", "#!sector=another-sector&state=tried-worked&nosuch=1"])
def test_axe_finds_nothing_in_any_state(fragment: str, address: str, open_page: Any) -> None:
    found = []
    for width in (1280, 320):
        page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
        page.goto(address + "matrix/" + fragment)
        page.get_by_role("status").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("default", "slate"):
            page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
            found += [f"{width} {scheme} {violation}" for violation in violations(page)]
    assert found == []


def test_what_is_left_and_what_would_be_left_agree_for_every_choice(page: Any, address: str) -> None:
    differences = page.evaluate(
        """async module => { const { left, counts, ways } = await import(module)
        const sectors = ["a", "b", "c"], states = ["x", "y"]
        const rows = [["x", "x", "y"], ["y", "y", "y"], ["x", "y", "x"]].map(r => ({ states: new Map(sectors.map((s, i) => [s, r[i]])) }))
        const subsets = list => list.reduce((all, e) => [...all, ...all.map(s => [...s, e])], [[]])
        const wrong = []
        for (const sector of subsets(sectors)) for (const state of subsets(states)) {
          const plain = rows.filter(r => !state.length || (sector.length ? sector : sectors).some(s => state.includes(r.states.get(s))))
          if (left(rows, { sector, state }).length !== plain.length) wrong.push(["left", sector, state])
          for (const [value, count] of counts(rows, { sector, state }, "state", states))
            if (count !== left(rows, { sector, state: [value] }).length) wrong.push(["counts", sector, state])
          for (const [kind, count] of ways(rows, { sector, state }))
            if (!count || count !== left(rows, { sector, state, [kind]: [] }).length) wrong.push(["ways", sector, state])
        }
        return wrong }""",
        address + MODULE,
    )
    assert differences == []
