"""What is compared, and what is asked: every aspect has its words, and nothing that is unknown is left out."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from handbook.check import check
from handbook.computed import SIDE_BY_SIDE
from handbook.published import HOME_PAGE, files
from handbook.relate import relate
from handbook.rules.reach import NEEDED_TAGS
from handbook.views import Repository, Views
from handbook.views.comparison import ASPECTS
from handbook.views.inquiries import Inquiry
from tests.conftest import ROOT

WORDS = [aspect for aspects in ASPECTS.values() for aspect in aspects]


def views_of(root: Path) -> Views:
    return Views(relate(check(root).base), Repository(), HOME_PAGE)


@pytest.fixture(scope="module")
def real() -> Views:
    return views_of(ROOT)


def asked(inquiries: tuple[Inquiry, ...]) -> list[str]:
    return [question.ask for inquiry in inquiries for reason in inquiry.reasons for question in reason.questions]


def change(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


# -- side by side ---------------------------------------------------------------------------


def test_the_vocabulary_names_the_aspects_in_the_order_in_which_they_are_compared(real: Views) -> None:
    assert list(real.book.vocabulary["compared"]) == WORDS == list(NEEDED_TAGS["compared"])
    assert list(real.book.vocabulary["compared-part"]) == list(ASPECTS) == list(NEEDED_TAGS["compared-part"])


def test_records_of_a_kind_have_the_same_aspects_and_each_aspect_is_of_some_kind(real: Views) -> None:
    used = set()
    for kind in SIDE_BY_SIDE:
        rows = {tuple(real.compared(item)) for item in real.book.all(kind)}
        assert len(rows) == 1, kind
        used |= set(rows.pop())
    assert used == set(WORDS)


def test_every_claim_that_is_compared_keeps_what_it_rests_on(real: Views) -> None:
    for kind in SIDE_BY_SIDE:
        for item in real.book.all(kind):
            for pieces in real.compared(item).values():
                for piece in pieces:
                    assert any(getattr(piece, field.name) is not None for field in dataclasses.fields(piece) if field.name != "key"), item.id
                    assert piece.claim is None or piece.claim.basis.id == "suggested" or piece.claim.sources, item.id


def test_what_a_size_takes_is_shown_as_unknown_where_it_is(tiny: Path) -> None:
    views = views_of(tiny)
    pieces = views.compared(views.book.get("tool", "telephone-round"))["full"]
    assert {piece.part.id: piece.text for piece in pieces if piece.part} == {
        "what": "All members.", "people": "unknown", "time": "unknown", "money": "unknown",
    }  # fmt: skip


def test_the_published_records_have_what_is_computed_apart_from_what_was_written(real: Views) -> None:
    published = dict(files(real.book))
    assert all("computed" not in published[path] for path in ("tools/living-lab.json", "lessons/bet-on-people.json", "sectors/food.json"))
    for item in real.book.all("recommendation"):
        lessons = published[f"recommendations/{item.id}.json"]["computed"]["dissenting"]
        assert lessons == [lesson for lesson in item.record.lessons if published[f"lessons/{lesson}.json"].get("dissent")]


def test_a_recommendation_names_the_lessons_behind_it_that_report_dissent(tiny: Path) -> None:
    def dissenting() -> list[str]:
        return dict(files(views_of(tiny).book))["recommendations/call-your-members.json"]["computed"]["dissenting"]  # type: ignore[no-any-return]

    assert dissenting() == []
    said = "dissent:\n  text: One member of three disliked it.\n  basis: reported\n  sources:\n    - source: study\n      passage: start\n"
    change(tiny / "docs/lessons/telephone-first.md", ("\nreviewed:", f"\n{said}reviewed:"))
    assert dissenting() == ["telephone-first"]


# -- questions ------------------------------------------------------------------------------


def test_each_thing_that_a_use_does_not_know_is_asked_of_those_who_ran_it(real: Views) -> None:
    asking = [use for use in real.book.all("use") if use.record.tool and (use.record.not_known or use.record.outcome == "unknown")]
    assert asking
    for use in asking:
        found = [i for i in real.inquiries(real.book.get("tool", use.record.tool)) if i.use and i.use.label == use.title]
        assert len(found) == 1
        assert [o.link.label for o in found[0].organisations] == [real.book.get("organisation", o).title for o in use.record.organisations]
        assert len(asked((found[0],))) >= len(use.record.not_known) + (use.record.outcome == "unknown")


def test_a_sentence_of_a_record_becomes_a_question(tiny: Path) -> None:
    change(
        tiny / "data" / "uses" / "calls-2019.yaml",
        ("How many came.", "The exact day.\n  - Hoppet's later use."),
        ("outcome: worked", "outcome: unknown"),
        ("judged_by: organiser", "judged_by: nobody"),
    )
    views = views_of(tiny)
    questions = asked(views.inquiries(views.book.get("tool", "telephone-round")))
    assert "Can you tell us the exact day?" in questions
    assert "Can you tell us Hoppet's later use?" in questions
    assert "Did it do what it was meant to do, and who else would say so?" in questions


def test_effort_that_is_unknown_is_asked_about_and_other_effort_is_not(tiny: Path) -> None:
    page = tiny / "docs" / "toolbox" / "telephone-round.md"
    views = views_of(tiny)
    tool = views.book.get("tool", "telephone-round")
    money, people = (views.book.vocabulary["question"][tag].label for tag in ("money", "people"))
    assert {money, people} <= set(asked(views.inquiries(tool)))
    change(page, ("people: unknown", "people: Ten people."))
    views = views_of(tiny)
    again = asked(views.inquiries(views.book.get("tool", "telephone-round")))
    assert money in again
    assert people not in again


LEFT_OPEN = [("yes", "several", 0), ("partly", "several", 1), ("no", "several", 1), ("no", "unknown", 2)]


@pytest.mark.parametrize(("outcome", "breadth", "count"), LEFT_OPEN)
def test_a_lesson_is_asked_about_what_its_source_leaves_open(outcome: str, breadth: str, count: int, tiny: Path) -> None:
    page = tiny / "docs" / "lessons" / "telephone-first.md"
    change(page, ("outcome_known: partly", f'outcome_known: "{outcome}"'), ("breadth: several", f"breadth: {breadth}"))
    views = views_of(tiny)
    assert len(asked(views.inquiries(views.book.get("lesson", "telephone-first")))) == count


def test_a_gap_about_a_tool_is_asked_with_why_it_matters(real: Views) -> None:
    inquiries = real.inquiries(real.book.get("tool", "living-lab"))
    reasons = {question.ask: reason.why for inquiry in inquiries for reason in inquiry.reasons for question in reason.questions}
    for gap in real.book.all("gap"):
        if "living-lab" in gap.record.tools:
            assert reasons[gap.title] == gap.record.matters


def test_no_question_stands_twice_on_the_page_of_all_questions(real: Views) -> None:
    page = real.questions()
    keys = [q.key for row in page["rows"] for i in row["inquiries"] for r in i.reasons for q in r.questions]
    assert len(keys) == len(set(keys)) == page["count"]


def test_what_is_asked_names_organisations_that_have_a_record(real: Views) -> None:
    names = {item.title for item in real.book.all("organisation")}
    for kind in SIDE_BY_SIDE:
        for item in real.book.all(kind):
            for inquiry in real.inquiries(item):
                assert {o.link.label for o in inquiry.organisations} <= names
