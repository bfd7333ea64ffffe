"""Words of other languages say which language they are of, so that they are read aloud as they should be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from handbook.check import check
from tests.conftest import ROOT
from tests.reading import _Parser

LANGUAGES = ("da", "de", "nb", "nl", "sv")


def marked(site: Path, page: str) -> set[tuple[str, str]]:
    """Each text of a page that says its language, with that."""
    parser = _Parser()
    parser.feed((site / page / "index.html").read_text(encoding="utf-8"))
    return {(str(e.attributes["lang"]), e.text) for e in parser.root.walk() if "lang" in e.attributes}


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
