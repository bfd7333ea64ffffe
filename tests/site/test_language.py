"""Words of other languages say which language they are of, so that they are read aloud as they should be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from handbook.check import check
from handbook.searchable import FIRST, FOLDER
from tests.conftest import ROOT
from tests.reading import Element, _Parser

LANGUAGES = ("da", "de", "nb", "nl", "sv")


def marked(site: Path, page: str) -> set[tuple[str, str]]:
    """Each text of a page that says its language, with that."""
    return {(str(e.attributes["lang"]), e.text) for e in tree(site, page).walk() if "lang" in e.attributes}


def tree(site: Path, page: str) -> Element:
    """The elements of a page."""
    parser = _Parser()
    parser.feed((site / page / "index.html").read_text(encoding="utf-8"))
    return parser.root


@cache
def records(kind: str) -> list[object]:
    return list(check(ROOT).base.records[kind].values())


def test_each_translation_of_a_term_says_its_language(site: Path) -> None:
    wanted = {(lang, word) for term in records("term") for lang in LANGUAGES if (word := getattr(term.words, lang))}  # type: ignore[attr-defined]
    assert len(wanted) > 100
    assert wanted - marked(site, "about/glossary") == set()


def test_each_name_of_a_sector_says_its_language(site: Path) -> None:
    for sector in records("sector"):
        wanted = {(lang, getattr(sector.names, lang)) for lang in LANGUAGES}  # type: ignore[attr-defined]
        assert wanted - marked(site, f"sectors/{sector.id}") == set()  # type: ignore[attr-defined]


def test_each_title_of_a_source_in_another_language_says_its_language(site: Path) -> None:
    wanted = {(s.language, s.title) for s in records("source") if s.language != "en"}  # type: ignore[attr-defined]
    assert len(wanted) > 10
    assert wanted - marked(site, "about/sources") == set()


def said(page: Element) -> Iterator[tuple[str, set[str]]]:
    """Each text in the article of a page, with the languages that are said around it."""
    for element in (inner for article in page.find("article") for inner in article.walk()):
        around = {str(e.attributes["lang"]) for e in _up(element) if "lang" in e.attributes and e.tag != "html"}
        yield from ((" ".join(child.split()), around) for child in element.children if isinstance(child, str))


def _up(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent


def test_wherever_such_a_title_stands_in_the_article_of_the_sources_its_language_is_said(site: Path) -> None:
    texts = list(said(tree(site, "about/sources")))
    wanted: Counter[tuple[str, str]] = Counter()  # each title as a heading and in its links, by its language
    for source in records("source"):
        wanted[source.title, source.language] += 1 + bool(source.url) + bool(source.archived)  # type: ignore[attr-defined]
    foreign = {title for title, language in wanted if language != "en"}
    found = Counter((title, "".join(around) or "en") for text, around in texts if (title := text.removeprefix(": ")) in foreign)
    assert found == {key: count for key, count in wanted.items() if key[0] in foreign}


def test_the_search_is_told_the_language_of_each_title_that_is_not_english(site: Path) -> None:
    rows = json.loads((site / FOLDER / FIRST).read_text(encoding="utf-8"))["documents"]
    foreign = {(s.title, s.language) for s in records("source") if s.language != "en"}  # type: ignore[attr-defined]
    assert {(row[2], row[4]) for row in rows if len(row) > 4} == foreign
