"""Words are split and shortened so that a reader's form finds the handbook's, and the index has the form that the page loads."""

from __future__ import annotations

import pytest

from handbook.wordindex import index, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("companies", "company"), ("clusters", "cluster"), ("funding", "funds"), ("planning", "plan"), ("sharing", "share"),
        ("pitched", "pitches"), ("cities", "city"), ("managing", "manage"), ("Fördermittel", "FOERDERMITTEL"), ("Ærø", "aeroe"), ("naïve", "naive"),
    ],
)  # fmt: skip
def test_two_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert list(words(one)) == list(words(other))


@pytest.mark.parametrize("word", ["business", "need", "spring", "lab", "analysis", "focus", "bring", "speed", "less"])
def test_a_word_that_only_looks_like_a_form_is_left_alone(word: str) -> None:
    assert stem(word) == word


def test_signs_and_numbers_part_words() -> None:
    assert list(words("B2B-match: 15 firms' (SMEs)")) == ["b2b", "match", "15", "firm", "sme"]


def test_the_index_counts_words_by_field_and_document() -> None:
    made = index(("title", "text"), [("Trust", "trust trusts time"), ("", "time")])
    assert made["index"] == [("trust", {0: {0: 1}, 1: {0: 2}}), ("time", {1: {0: 1, 1: 1}})]
    assert made["fieldLength"] == {0: [1, 2], 1: [0, 1]}
    assert made["averageFieldLength"] == [0.5, 1.5]
    assert made["documentCount"] == 2


def test_an_index_of_nothing_can_be_made() -> None:
    assert index(("title",), [])["documentCount"] == 0
