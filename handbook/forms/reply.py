"""The answer to a contributor, in Markdown for the host and for e-mail."""

from __future__ import annotations

from handbook.base import Base
from handbook.forms.choices import offered
from handbook.forms.turn import CORRECTION, Outcome
from handbook.forms.words import render


def reply(outcome: Outcome, base: Base) -> str:
    """The answer to what came of a form."""
    context = {
        "kind": outcome.form.id,
        "problems": [problem for problem in outcome.problems if not problem.for_editors],
        "for_editors": [problem for problem in outcome.problems if problem.for_editors],
        "notes": outcome.notes,
        "files": list(outcome.files),
        "understood": list(_understood(outcome, base)),
        "left_out": [] if outcome.form.id == CORRECTION else [question.ask for question in outcome.left_out],
    }
    return render("reply.md.j2", **context)


def _understood(outcome: Outcome, base: Base) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for question in outcome.form.questions:
        if said := outcome.answers.text(question.id):
            found.append({"ask": question.ask, "said": said, "chosen": []})
        elif chosen := outcome.answers.chosen.get(question.id):
            options = offered(base, question)
            found.append({"ask": question.ask, "said": "", "chosen": [options[option] for option in chosen]})
    return found
