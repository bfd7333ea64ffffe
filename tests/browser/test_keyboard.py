"""Every page by keyboard alone: all of it is reached, in the order of the page, in sight, and nothing holds the reader."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import SCHEMES
from tests.browser.conftest import KINDS_OF_PAGE, settle
from tests.browser.probes import load

SMALL = (
    "home", "tool", "sector", "finder", "compare", "compare filled in", "questions", "questions filled in", "matrix", "fit check answered",
    "plan filled in", "not found",
)  # fmt: skip
"""Kinds that are walked through at 400 % as well: all that runs a tool of its own, and a few that do not."""

SIZES = {"1280": (1280, 900), "400 %": (320, 256)}
"""What is left of a window of 1280 by 1024 at 400 % is the size that WCAG 1.4.10 asks for, and narrower than a phone."""
WALKS = [*((kind, "1280") for kind in KINDS_OF_PAGE), *((kind, "400 %") for kind in SMALL)]


def walk(page: Any) -> tuple[int, list[str]]:
    """Press Tab from the top of the page to its end. Returns how many stops were left out, and what was wrong."""
    load(page)
    expected = page.evaluate("probes.expectAll()")
    last, found = -1, []
    for _ in range(2 * expected + 10):  # more would be a trap
        page.keyboard.press("Tab")
        here = page.evaluate("last => probes.focused(last)", last)
        if here.get("end"):
            return expected - 1 - last, found + page.evaluate("schemes => probes.rings(schemes)", list(SCHEMES))
        last = here["nth"]
        found += here["wrong"]
    return expected - 1 - last, [*found, "there is no way out"]


@pytest.mark.parametrize(("kind", "size"), WALKS)
def test_the_tab_key_reaches_everything_in_order_in_sight_and_gets_out_again(kind: str, size: str, address: str, open_page: Any) -> None:
    width, height = SIZES[size]
    page = open_page(viewport={"width": width, "height": height}, reduced_motion="reduce").page()
    settle(page, address + KINDS_OF_PAGE[kind])
    there = page.url
    left, found = walk(page)
    assert found == []
    assert left == 0
    assert (page.url, len(page.context.pages)) == (there, 1), "nothing opens because it has the focus"


def covered(page: Any) -> list[str]:
    """The words for what has the focus, if something covers it."""
    return [line for line in page.evaluate("probes.focused(-1)").get("wrong", ()) if line.startswith("covered")]


@pytest.mark.parametrize("width", [320, 390])
def test_without_scripts_the_tab_key_opens_the_menu_reaches_all_of_it_and_gets_out_again(width: int, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce", java_script_enabled=False).page()
    page.goto(address + KINDS_OF_PAGE["sector"])
    assert walk(page) == (0, [])
    inside = page.locator(".md-sidebar--primary a >> visible=true")
    assert inside.count() == 0
    page.goto("about:blank")
    page.goto(address + KINDS_OF_PAGE["sector"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Menu")).to_be_focused()
    page.keyboard.press("Space")
    assert inside.count() > 3
    page.keyboard.press("Shift+Tab")  # out at the top, to go through all of it from there
    assert walk(page) == (0, [])
    page.get_by_role("checkbox", name="Menu").press("Space")
    assert inside.count() == 0


OPEN = "document.getElementById('__drawer').checked"


@pytest.mark.parametrize("kind", ["home", "sector", "sources", "plan filled in", "not found"])
@pytest.mark.parametrize("width", [320, 390])
def test_the_focus_is_in_the_open_menu_and_where_it_goes_on_the_menu_closes(kind: str, width: int, address: str, open_page: Any) -> None:
    page = settle(open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page(), address + KINDS_OF_PAGE[kind])
    load(page)
    page.evaluate("probes.expectAll()")
    opener = page.get_by_role("button", name="Menu", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    stops, found = 0, []
    while page.evaluate(OPEN):
        assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
        found += covered(page)
        stops += 1
        page.keyboard.press("Tab")
    assert stops > 3
    assert found == []
    assert covered(page) == []
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate(OPEN)
    expect(page.locator(".md-header :focus, .md-skip:focus")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_escape_closes_the_menu_and_gives_the_focus_back(width: int, address: str, open_page: Any) -> None:
    page = settle(open_page(viewport={"width": width, "height": 900}).page(), address)
    opener = page.get_by_role("button", name="Menu", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.evaluate(OPEN)
    expect(opener).to_be_focused()


KEYS = "abcdefghijklmnopqrstuvwxyz0123456789/?.,;:-+*#!'"
TOOLS = (
    "home", "lesson", "tool", "finder", "compare", "questions", "matrix", "fit check", "fit check answered", "plan", "plan filled in", "not found",
)  # fmt: skip
"""Kinds of pages on which anything of ours listens, and a page of text."""
SET_OFF = """() => { window.setOff = []
  document.activeElement?.blur()
  scrollTo(0, 200)
  const note = what => setOff.push(what)
  navigation.addEventListener("navigate", event => { note("goes to " + event.destination.url); event.preventDefault() })
  for (const act of ["focusin", "input", "change", "click", "toggle"])
    addEventListener(act, event => note(act + " " + event.target.outerHTML?.slice(0, 80)), true)
  new MutationObserver(all => all.forEach(one => note("changes " + one.type + " " + one.attributeName + " of " + one.target.nodeName)))
    .observe(document.querySelector("article"), { subtree: true, childList: true, characterData: true, attributes: true })
  window.switches = () => [...document.querySelectorAll("input, details, dialog")].map(one => Boolean(one.checked || one.open)).join()
  window.asItWas = switches() }"""
"""Notes what happens to the page from now on: where it goes, its focus, its text, what is switched or open. It does not really go away."""
AFTERWARDS = """async () => { for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame)
  if (scrollY !== 200) setOff.push("moves to " + scrollY)
  if (switches() !== asItWas) setOff.push("opens or closes something")
  return [...new Set(setOff)] }"""


def press_all(page: Any) -> list[str]:
    """Press each letter, each digit and some signs where nothing has the focus. Returns what that has set off."""
    page.evaluate(SET_OFF)
    for key in KEYS:
        page.keyboard.press(key)
    happened: list[str] = page.evaluate(AFTERWARDS)
    return happened


@pytest.mark.parametrize("kind", TOOLS)
def test_no_letter_digit_or_sign_sets_anything_off(kind: str, address: str, open_page: Any) -> None:
    page = settle(open_page(viewport={"width": 1280, "height": 300}, reduced_motion="reduce").page(), address + KINDS_OF_PAGE[kind])
    page.wait_for_load_state("networkidle")
    assert press_all(page) == []


SHORTCUTS = {
    "n": "location.href = 'about/'",
    "7": "scrollBy({ top: 300, behavior: 'smooth' })",
    "g": "document.querySelector('article a').focus()",
    "k": "document.getElementById('__search').checked = true",
    "x": "document.querySelector('h1').textContent = 'Another'",
    "?": "history.replaceState(null, '', '#x')",
}


@pytest.mark.parametrize("key", SHORTCUTS)
def test_a_planted_shortcut_is_seen(key: str, address: str, open_page: Any) -> None:
    watched = open_page(viewport={"width": 1280, "height": 300})
    # First of all, because the search lets no key of the theme's go further.
    watched.context.add_init_script(f"addEventListener('keydown', event => {{ if (event.key === '{key}') {{ {SHORTCUTS[key]} }} }}, true)")
    page = settle(watched.page(), address)
    page.wait_for_load_state("networkidle")
    assert press_all(page) != []


@pytest.mark.parametrize("kind", ["home", "tool", "finder", "matrix"])
def test_the_focus_shows_in_the_readers_own_colours(kind: str, address: str, open_page: Any) -> None:
    page = open_page(forced_colors="active", reduced_motion="reduce").page()
    settle(page, address + KINDS_OF_PAGE[kind])
    assert walk(page) == (0, [])


@pytest.mark.parametrize("kind", KINDS_OF_PAGE)
def test_the_first_stop_leads_past_the_menus_to_the_text(kind: str, address: str, open_page: Any) -> None:
    page = open_page(reduced_motion="reduce").page()
    settle(page, address + KINDS_OF_PAGE[kind])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # In the text, or behind it where the text has no stop of its own.
    assert page.evaluate("document.getElementById('hb-text').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING")


PLANTED = {
    "a trap": ("<input id=trap>", "const t = document.getElementById('trap'); t.onkeydown = event => event.key === 'Tab' && event.preventDefault()"),
    "no ring": ("<a href='#' id=bare>bare</a>", "document.getElementById('bare').style.setProperty('outline', 'none', 'important')"),
    "a ring like glass": (
        "<a href='#' id=glass>glass</a>",
        "document.getElementById('glass').style.setProperty('outline-color', 'transparent', 'important')",
    ),
    "a faint ring": ("<a href='#' id=faint>faint</a>", "document.getElementById('faint').style.setProperty('outline-color', '#ccc', 'important')"),
    "a ring for light colours alone": (
        "<a href='#' id=pale>pale</a>",
        "document.getElementById('pale').style.setProperty('outline-color', '#16323c', 'important')",
    ),
    "cut off": ("<p style='position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)'><a href='#'>cut off</a></p>", ""),
    "beside the window": ("<a href='#' style='position: fixed; left: -999px'>beside</a>", ""),
    "another order": ("<a href='#' tabindex=5>first</a>", ""),
    "covered": (
        "<a href='#' id=low>low</a><div id=lid>lid</div>",
        "document.getElementById('lid').style.cssText = 'position: fixed; z-index: 99; inset: 0; background: red'",
    ),
    "out of reach": ("<a href='#' id=out>out</a>", "document.getElementById('out').addEventListener('focus', e => e.target.blur())"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str, address: str, open_page: Any) -> None:
    page = open_page(reduced_motion="reduce", bypass_csp=True).page()
    settle(page, address + "about/privacy/")
    markup, script = PLANTED[fault]
    page.evaluate("markup => document.querySelector('article').insertAdjacentHTML('beforeend', markup)", markup)
    page.evaluate(f"() => {{ {script} }}")
    assert walk(page) != (0, [])
