"""What a reader has chosen is kept in the link, goes along from page to page, and nothing hostile in a link does harm."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import KINDS_OF_PAGE, settle

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


ACTS = {
    "MouseEvent": ["mouseover", "mouseenter", "mousemove", "mousedown", "mouseup", "click", "auxclick", "dblclick", "contextmenu"],
    "PointerEvent": ["pointerover", "pointerenter", "pointerdown", "pointerup", "pointercancel"],
    "FocusEvent": ["focus", "focusin", "blur", "focusout"],
    "KeyboardEvent": ["keydown", "keypress", "keyup"],
    "TouchEvent": ["touchstart", "touchend"],
    "DragEvent": ["dragstart"],
    "ClipboardEvent": ["copy"],
}
"""What a link hears when a reader comes near it, opens it in any way, or takes it along."""

USE = """async acts => {
  addEventListener("click", (event) => event.preventDefault()) // after all others
  addEventListener("auxclick", (event) => event.preventDefault())
  const home = new URL("/", location).href
  const said = (link) => ["href", "ping", "referrerpolicy", "rel", "target"].map((name) => link.getAttribute(name))
  const outside = [...document.links].filter((link) => /^https?:/.test(link.href) && !link.href.startsWith(home))
  const before = new Map(outside.map((link) => [link, said(link)]))
  const found = []
  for (const [link, words] of before) for (const [make, names] of Object.entries(acts)) for (const name of names) {
    link.dispatchEvent(new window[make](name, { bubbles: true, cancelable: true, composed: true, key: "Enter" }))
    if (`${said(link)}` !== `${words}`) found.push(`${name}: ${link.href}`)
  }
  await new Promise((done) => { setTimeout(done) }) // what a listener has put off
  for (const [link, words] of before) if (`${said(link)}` !== `${words}`) found.push(`later: ${link.href}`)
  return { links: [...before.values()].map(([href]) => href), found }
}"""

CHOSEN = "#!pick=tool.living-lab,recommendation.run-a-living-lab&sector=food&fit=staff-time.have&date=2027-06-10"


def known(site: Path) -> set[str]:
    """Every address of another site that a page or a data file of the built site has."""
    files = (path for ending in ("html", "json") for path in site.rglob(f"*.{ending}"))
    return {found for path in files for found in re.findall(r'https?://[^\s"<>]+', unescape(path.read_text(encoding="utf-8")))}


def test_links_to_other_sites_carry_nothing(address: str, site: Path, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    with_links = set()
    ours = known(site)
    for kind, path in KINDS_OF_PAGE.items():
        page.goto("about:blank")  # else a page with another fragment would not be opened again
        settle(page, address + (path if "#" in path else path + CHOSEN))
        if "#" in path:  # what the page is made of comes after its start
            page.wait_for_load_state("networkidle")
        used = page.evaluate(USE, ACTS)
        assert used["found"] == [], kind
        assert set(used["links"]) <= ours, kind
        if used["links"]:
            with_links.add(kind)
    assert with_links >= {"sources", "organisations", "plan filled in", "fit check answered"}
    assert [url for url in watched.requests if not url.startswith((address, "data:", "about:"))] == []


CARRY = """names => {
  const take = ({ type, target }) => {
    const link = target instanceof Element && target.closest("a[href^=http]")
    if (link) link.href = `${link.href.split("?")[0]}?from=${type}${location.hash}`
  }
  for (const name of names) addEventListener(name, take, true)
}"""


def test_a_link_that_took_something_along_at_any_act_would_be_seen(address: str, open_page: Any) -> None:
    page = open_page().page()
    settle(page, address + "about/sources/" + CHOSEN)
    names = [name for names in ACTS.values() for name in names]
    page.evaluate(CARRY, names)
    found = page.evaluate(USE, ACTS)["found"]
    assert [name for name in names if not any(line.startswith(f"{name}: ") and f"?from={name}#!pick" in line for line in found)] == []


def test_a_hostile_shortlist_is_left_out_in_words(home: Any, address: str) -> None:
    script = """async module => { const { picks } = await import(module); return picks() }"""
    bad = ["<img src=x onerror=alert(1)>", "tool./../../x", "user.root", "tool.Living"]
    home.evaluate("f => history.replaceState(null, '', f)", "#!pick=" + ",".join(f"{b}" for b in bad) + ",tool.living-lab")
    found = home.evaluate(script, address + "assets/javascripts/lib/shortlist.js")
    assert json.loads(json.dumps(found)) == {
        "picks": [{"record": "tool", "id": "living-lab"}],
        "notes": ["Part of the shortlist in the link is damaged. It was left out."],
    }
