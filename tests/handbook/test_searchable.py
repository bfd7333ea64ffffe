"""Everything a reader can go to is a document of the search, and wordings lead to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook import searchable
from handbook.check import check
from handbook.model import KINDS
from handbook.relate import Handbook, relate
from handbook.searchable import FIRST, SECOND, documents, files, write


@pytest.fixture
def book(tiny: Path) -> Handbook:
    return relate(check(tiny).base)


def test_every_record_that_pages_show_is_found_once(book: Handbook) -> None:
    found = [(d.kind, d.key) for d in documents(book)]
    assert len(found) == len(set(found))
    for kind in KINDS.values():
        if kind.shown:
            assert {(kind.name, item.id) for item in book.all(kind.name)} <= set(found), kind.name


def test_every_problem_and_every_page_without_a_record_is_found(book: Handbook) -> None:
    found = {(d.kind, d.url) for d in documents(book)}
    assert {("problem", f"problems/#{tag}") for tag in book.vocabulary["need"]} <= found
    assert {("page", "lessons/"), ("page", "about/evidence/"), ("page", "")} <= found


def test_a_lesson_is_found_by_its_question_and_by_the_words_of_its_page(book: Handbook) -> None:
    lesson = next(d for d in documents(book) if d.key == "ask-again")
    record = book.get("lesson", "ask-again").record
    assert (lesson.url, lesson.title, lesson.question) == ("lessons/ask-again/", record.title, record.question)
    assert "{{" not in lesson.text
    assert "](" not in lesson.text
    assert lesson.text


def test_a_term_is_found_by_its_synonyms_and_other_languages(book: Handbook) -> None:
    assert next(d for d in documents(book) if d.kind == "term").names == "Short talk salgstale Kurzvortrag"


def test_a_wording_is_a_word_of_what_it_leads_to(book: Handbook) -> None:
    first = dict(files(book))[FIRST]
    signs = [row["sign"] for row in first["wordings"]]
    postings = dict(first["index"]["index"])
    led = [{first["documents"][n][1] for n in postings[sign][searchable.FIELDS.index("signs")]} for sign in signs]
    assert led == [{"toolbox/telephone-round/"}, {"problems/#win-companies", "about/glossary/"}]
    assert first["wordings"][0] == {"said": {"ring up*": "en", "anruf*": "de"}, "means": ("telephone",), "sign": signs[0]}


def test_long_summaries_are_cut_between_words() -> None:
    assert searchable._teaser("word " * 100).endswith("word …")
    assert len(searchable._teaser("word " * 100)) <= searchable.TEASER + 2
    assert searchable._teaser("x" * 500).endswith(" …")


def test_the_same_handbook_gives_the_same_two_files(book: Handbook, tmp_path: Path) -> None:
    write(book, tmp_path / "one")
    write(book, tmp_path / "two")
    for name in (FIRST, SECOND):
        one, two = (tmp_path / site / searchable.FOLDER / name for site in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        assert json.loads(one.read_text(encoding="utf-8"))["made"]
