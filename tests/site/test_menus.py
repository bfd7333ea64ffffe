"""Menus stand on every page in the same order and under the same names, so that the way to tell us something is where it was."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.reading import parse

HOME = "http://127.0.0.1:8000/"
BARS = ("md-header", "md-tabs", "md-nav--primary", "md-footer")
"""The bars of a page, by the class that each has."""
OF_THE_PAGE = ("md-nav--secondary", "md-header__title", "md-search__output")
"""What in them is about the page alone: the list of what is on it, its title, what was found."""


def named(html: str, page: str, bar: str) -> list[tuple[str, str]]:
    """The words of each link, label and button in a bar, in their order, and where each link leads."""
    (found,) = [element for element in parse(html).walk() if element.has("class", bar)]
    own = {id(inner) for element in found.walk() if any(element.has("class", name) for name in OF_THE_PAGE) for inner in element.walk()}
    parts = [e for e in found.walk() if e.tag in {"a", "label", "button"} and id(e) not in own and not e.has("for", "__toc")]
    return [(str(e.attributes.get("aria-label") or e.text), urljoin(HOME + page, str(e.attributes["href"])) if e.tag == "a" else "") for e in parts]


def different(pages: dict[str, str], bar: str) -> list[str]:
    """The pages on which a bar is not what it is on the first."""
    all_named = {page: named(html, page, bar) for page, html in pages.items()}
    first = next(iter(all_named.values()))
    assert first
    return [page for page, found in all_named.items() if found != first]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """The text of every page but those that only lead on, by its path."""
    texts = {path.relative_to(site).as_posix().removesuffix("index.html"): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    return {page: text for page, text in texts.items() if 'http-equiv="refresh"' not in text}


@pytest.mark.parametrize("bar", BARS)
def test_on_every_page_a_bar_has_the_same_names_in_the_same_order_that_lead_to_the_same_pages(bar: str, pages: dict[str, str]) -> None:
    assert len(pages) > 100
    assert different(pages, bar) == []


def test_the_way_to_contribute_is_in_the_same_place_of_every_page(pages: dict[str, str]) -> None:
    home = next(iter(pages))
    assert ("Contribute", HOME + "contribute/") in named(pages[home], home, "md-tabs")


@pytest.mark.parametrize(("old", "new"), [("Toolbox", "Tools"), ('href="../lessons/"', 'href="../sectors/"')])
def test_a_name_or_a_place_that_differs_on_one_page_is_seen(old: str, new: str, pages: dict[str, str]) -> None:
    assert old in pages["matrix/"]
    assert different({**pages, "matrix/": pages["matrix/"].replace(old, new)}, "md-tabs") == ["matrix/"]
