"""What the finder lists, and for which reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import finder
from handbook.check import check
from handbook.relate import Handbook, relate


@pytest.fixture
def book(tiny: Path) -> Handbook:
    return relate(check(tiny).base)


def entry(book: Handbook, record_id: str) -> finder.Entry:
    return next(found for found in book.entries if found.item.id == record_id)


def test_recommendations_come_before_tools_and_tools_before_lessons(book: Handbook) -> None:
    kinds = [found.item.kind for found in book.entries]
    assert kinds == sorted(kinds, key=finder.RECORDS.index)
    assert len(kinds) == sum(len(book.all(kind)) for kind in finder.RECORDS)


def test_a_recommendation_is_listed_for_a_sector_by_its_state_there(book: Handbook) -> None:
    for item in book.all("recommendation"):
        for sector in book.all("sector"):
            state = book.state(item.id, sector.id).state
            reason = entry(book, item.id).sectors.get(sector.id)
            assert reason == (None if state in finder.NOTHING_TO_SHOW else finder.Reason("state", state))


def test_a_lesson_was_learned_in_the_home_sector(book: Handbook) -> None:
    for item in book.all("lesson"):
        assert entry(book, item.id).sectors["energy"] == finder.Reason("relation", "learned")


def test_a_tool_is_listed_where_it_was_used_before_any_other_reason(book: Handbook) -> None:
    use = next(item.record for item in book.all("use") if item.record.tool)
    assert entry(book, use.tool).sectors[use.sector] == finder.Reason("relation", "used")


def test_a_record_is_listed_for_each_of_its_tags_and_no_other(book: Handbook) -> None:
    for found in book.entries:
        for tag in book.vocabulary["need"]:
            assert found.has("need", tag) == (tag in found.item.record.needs)


def test_every_value_has_a_label_and_a_page(book: Handbook) -> None:
    for facet in finder.FACETS:
        for value, (label, description) in finder.values(book, facet).items():
            assert label
            assert description
            assert finder.page(facet, value) in book.heads


def test_what_a_sector_shares_with_any_other_is_told_apart(root: Path) -> None:
    book = relate(check(root).base)
    listed = [found for found in book.entries if found.has("sector", "food")]
    shared = {found.item.id for found in listed if finder.for_any(book, found, "food")}
    assert {"ask-your-city", "run-a-living-lab"} & {found.item.id for found in listed} - shared
    for found in listed:
        if found.item.kind == "recommendation":
            assert (found.item.id in shared) == (book.state(found.item.id, "food").state == "proposed-generally")
        elif found.item.id in shared:
            assert all(book.state(advice, "food").state != "proposed" for advice in found.item.back["recommendations"])
    assert len(listed) / 3 < len(shared) < len(listed)
