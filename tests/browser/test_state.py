"""What a reader has chosen is kept in the link, goes along from page to page, and nothing hostile in a link does harm."""

from __future__ import annotations

import json
from typing import Any

import pytest

MODULE = "assets/javascripts/lib/state.js"
PARSE = """async ([module, fragments]) => { const { parse } = await import(module)
  return fragments.map(f => { const { anchor, values, notes } = parse(f); return [anchor, Object.fromEntries(values), notes] }) }"""
ROUND = """async ([module, states]) => { const { parse, format } = await import(module)
  return states.map(s => { const f = format(new Map(Object.entries(s))); return [f, Object.fromEntries(parse("#" + f).values)] }) }"""


@pytest.fixture
def home(address: str, open_page: Any) -> Any:
    page = open_page().page()
    page.goto(address)
    return page


def test_a_state_is_read_back_as_it_was_written(home: Any, address: str) -> None:
    states = [
        {},
        {"pick": ["lesson.bet-on-people", "tool.living-lab"], "sector": ["food"]},
        {"note": ["Ten weeks, not twelve: “ask” & <b>call</b>! 100 % = alles, oder?\nZeile zwei", "#~'()*"]},
    ]
    for state, (fragment, back) in zip(states, home.evaluate(ROUND, [address + MODULE, states]), strict=True):
        assert back == state, fragment
        assert not set(fragment) & set(" <>\"'"), fragment


@pytest.mark.parametrize(
    ("fragment", "read"),
    [
        ("", ["", {}, []]),
        ("#monday", ["monday", {}, []]),
        ("#monday!sector=food", ["monday", {"sector": ["food"]}, []]),
        ("#!sector=food&sector=food&need=a,,b", ["", {"sector": ["food"], "need": ["a", "b"]}, []]),
        ("#!constructor=x", ["", {}, ["The link carries “constructor”, which this handbook does not know. It was left out."]]),
        ("#!__proto__=x", ["", {}, ["The link carries “__proto__”, which this handbook does not know. It was left out."]]),
        ("#!sector=%E0%A4%A", ["", {}, ["What the link carries as “sector” is damaged. It was left out."]]),
        ("#!" + "z" * 50, ["", {}, [f"The link carries “{'z' * 40}…”, which this handbook does not know. It was left out."]]),
        ("#!sector=" + "a" * 6000, ["", {}, ["The link is longer than a link of this handbook can be. What it carries was not read."]]),
    ],
)
def test_a_fragment_is_read_whatever_it_holds(home: Any, address: str, fragment: str, read: list[Any]) -> None:
    assert home.evaluate(PARSE, [address + MODULE, [fragment]]) == [read]


def test_the_shortlist_goes_along_to_the_next_page_and_to_a_place_in_it(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "sectors/food/#!pick=tool.living-lab&sort=title")
    page.get_by_role("link", name="An owner with a real problem and the means to act").first.click()
    page.wait_for_url("**/conditions/#challenge-owner!pick=tool.living-lab")
    page.wait_for_function("document.querySelector(':target')?.id === 'challenge-owner'")
    top = page.evaluate("document.getElementById('challenge-owner').getBoundingClientRect().top")
    assert 0 <= top < 300


def test_a_place_in_the_same_page_keeps_the_shortlist(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "toolbox/living-lab/#!pick=tool.living-lab")
    page.locator("nav.md-nav--secondary a").nth(2).click()
    page.wait_for_function("/^#[a-z-]+!pick=tool.living-lab$/.test(location.hash)")


def test_links_to_other_sites_carry_nothing(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "about/sources/#!pick=tool.living-lab")
    link = page.locator("article a[href^='https://']").first
    link.dispatch_event("pointerdown")
    assert "pick" not in link.get_attribute("href")


def test_a_hostile_shortlist_is_left_out_in_words(home: Any, address: str) -> None:
    script = """async module => { const { picks } = await import(module); return picks() }"""
    bad = ["<img src=x onerror=alert(1)>", "tool./../../x", "user.root", "tool.Living"]
    home.evaluate("f => history.replaceState(null, '', f)", "#!pick=" + ",".join(f"{b}" for b in bad) + ",tool.living-lab")
    found = home.evaluate(script, address + "assets/javascripts/lib/shortlist.js")
    assert json.loads(json.dumps(found)) == {
        "picks": [{"record": "tool", "id": "living-lab"}],
        "notes": ["Part of the shortlist in the link is damaged. It was left out."],
    }
