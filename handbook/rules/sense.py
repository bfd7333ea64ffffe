"""Whether what a record says about itself fits together."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base import Base
from handbook.problem import Problem, Rule
from handbook.records import place_of

OUTCOME = Rule(
    "outcome-contradiction",
    "'kind: {kind}' and 'outcome_known: {known}' contradict each other",
    "where the source leaves open what came of it, write 'kind: open' with 'no' or 'partly' here; "
    "where it says what came of it, write another kind with 'yes' or 'partly'",
)

RESULT = "result"
"""The tag of the open question what came of it."""

OPEN, KNOWN, UNKNOWN = "open", "yes", "no"
"""Tags of the groups ``kind`` and ``outcome-known``. Every other kind says what came of it."""


def kinds_fit_outcomes(base: Base) -> Iterator[Problem]:
    """A lesson that says whether it worked knows something of the outcome, and one that leaves it open does not know all.

    Somebody's account may judge what happened and leave unanswered what came of it: then nothing is known of the outcome.
    """
    for lesson_id, lesson in base.records["lesson"].items():
        if RESULT in lesson.open and lesson.outcome_known == UNKNOWN:
            continue
        if lesson.outcome_known == (KNOWN if lesson.kind == OPEN else UNKNOWN):
            place = place_of(base.raw("lesson", lesson_id), ("outcome_known",))
            yield OUTCOME.at(place, "outcome_known", kind=lesson.kind, known=lesson.outcome_known)


PRESENT = (kinds_fit_outcomes,)
