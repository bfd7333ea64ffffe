"""What the handbook asks and keeps about those who contribute."""

from __future__ import annotations

import pytest

from handbook.check import check
from handbook.model import Contribution, Contributor, Form
from tests.conftest import ROOT

ABOUT_THE_WRITER = {"organisation", "consent", "person"}
ABOUT_THE_MATTER = {
    "lesson": {
        "title", "happened", "do", "kind", "needs", "sector", "why", "avoid", "result", "preconditions", "effort", "with", "dependence",
        "dependence-why", "question", "tools", "page", "language",
    },
    "use": {
        "about", "recommendation", "sector", "when", "done", "outcome", "tool", "name", "place", "country", "owner", "challenge", "who-came",
        "changes", "result", "judged-by", "effort", "page", "language",
    },
    "correction": {"page", "wrong", "right", "source"},
}  # fmt: skip
"""Whoever adds a question decides here what it is about, and so whether the page on privacy must say more."""


def forms() -> dict[str, Form]:
    return check(ROOT).base.records["form"]


@pytest.mark.parametrize("name", list(ABOUT_THE_MATTER))
def test_the_forms_ask_about_the_writer_only_for_organisation_consent_and_a_name(name: str) -> None:
    assert forms().keys() == ABOUT_THE_MATTER.keys()
    questions = {question.id: question for question in forms()[name].questions}
    assert questions.keys() - ABOUT_THE_MATTER[name] == ABOUT_THE_WRITER
    assert ABOUT_THE_MATTER[name] <= questions.keys()
    assert not questions["person"].required
    assert [tick.id for tick in questions["consent"].ticks if tick.required] == ["licence"]


def test_the_list_of_contributors_has_room_for_names_days_and_what_was_given_and_nothing_else() -> None:
    own = {name for name in Contributor.model_fields if not Contributor.model_fields[name].exclude}
    assert own - {"id", "aliases"} == {"name", "agreed", "person", "person_agreed", "contributions"}
    assert set(Contribution.model_fields) == {"lesson", "tool", "use", "what", "when"}
