"""The header search finds every lesson, tool, sector and term, also by synonym and in the other five languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handbook.check import check
from handbook.relate import Handbook, relate

# Each result is a page with some of its sections; a search gives the addresses of each result's links.
FIND = """async words => {
  const box = document.querySelector("input.md-search__input")
  const meta = document.querySelector(".md-search-result__meta")
  const address = a => { const u = new URL(a.href); return u.pathname.slice(1) + decodeURIComponent(u.hash) }
  const out = []
  for (const word of words) {
    meta.textContent = "waiting"
    box.value = word
    box.dispatchEvent(new Event("keyup", {bubbles: true}))
    box.dispatchEvent(new Event("input", {bubbles: true}))
    for (let i = 0; i < 200 && meta.textContent === "waiting"; i++) await new Promise(r => setTimeout(r, 25))
    await new Promise(r => setTimeout(r, 40))
    out.push([...document.querySelectorAll(".md-search-result__item")].map(
      item => [...item.querySelectorAll("a.md-search-result__link")].map(address)))
  }
  return out
}"""


@pytest.fixture(scope="module")
def book(root: Path) -> Handbook:
    return relate(check(root).base)


def searched(words: list[str], address: str, open_page: Any) -> dict[str, list[list[str]]]:
    """What the search box of the home page lists for each of ``words``: results in order, each with its links."""
    page = open_page().page()
    page.goto(address)
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").type("a")
    page.locator(".md-search-result__item").first.wait_for()
    found: list[list[list[str]]] = page.evaluate(FIND, words)
    return dict(zip(words, found, strict=True))


def missed(wanted: dict[str, str], address: str, open_page: Any, among: int) -> list[str]:
    """The searches that do not list their page (or, with a #, their section) among the first results."""
    found = searched(list(wanted), address, open_page)
    return [
        f"{words!r} does not find {target}: {[result[0] for result in found[words][:among]]}"
        for words, target in wanted.items()
        if not any(target in {link if "#" in target else link.split("#")[0] for link in result} for result in found[words][:among])
    ]


def test_every_lesson_is_found_by_its_title(book: Handbook, address: str, open_page: Any) -> None:
    wanted = {item.title: f"lessons/{item.id}/" for item in book.all("lesson")}
    assert missed(wanted, address, open_page, among=3) == []


def test_every_tool_is_found_by_its_names(book: Handbook, address: str, open_page: Any) -> None:
    names = {name: f"toolbox/{item.id}/" for item in book.all("tool") for name in (item.title, *item.record.aka)}
    assert missed(names, address, open_page, among=10) == []


def test_every_sector_is_found_by_its_name_in_six_languages(book: Handbook, address: str, open_page: Any) -> None:
    names = {getattr(item.record.names, lang): f"sectors/{item.id}/" for item in book.all("sector") for lang in ("en", "da", "de", "nb", "nl", "sv")}
    assert missed(names, address, open_page, among=10) == []


def test_every_term_is_found_by_its_synonyms_and_in_five_other_languages(book: Handbook, address: str, open_page: Any) -> None:
    names: dict[str, str] = {}
    for item in book.all("term"):
        others = [word for lang in ("da", "de", "nb", "nl", "sv") if (word := getattr(item.record.words, lang))]
        for name in (item.record.term, *item.record.synonyms, *others):
            names.setdefault(name, f"about/glossary/#{item.id}")
    assert missed(names, address, open_page, among=10) == []


def test_a_result_is_chosen_by_keyboard(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address)
    page.keyboard.press("Tab")
    page.locator("input.md-search__input").focus()
    page.keyboard.type("screen your members")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/screen-your-members/**")
