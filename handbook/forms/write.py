"""The forms as files: those of the host, and those to be sent by e-mail.

The host's forms are GitHub's issue forms. Of its rules those that a schema
cannot hold are kept by :mod:`handbook.rules.forms`: no two questions or ticks
may read alike.
"""

from __future__ import annotations

import textwrap
from typing import Any

import yaml

from handbook.base import Base
from handbook.forms.choices import UNCHOSEN, offered
from handbook.model import Form, FormQuestion

HOST_FOLDER = ".github/ISSUE_TEMPLATE"
MAIL_FOLDER = "docs/assets/forms"
WIDTH = 90
NOTE = "# Written by `python -m handbook forms` from data/forms.yaml, the vocabulary and the records. Change it there.\n"
HEADING = "### "
TYPES = {"line": "input", "text": "textarea", "one": "dropdown", "several": "dropdown", "ticks": "checkboxes"}


def files(base: Base) -> dict[str, str]:
    """The text of every form, by its path."""
    found = {f"{HOST_FOLDER}/config.yml": NOTE + _yaml({"blank_issues_enabled": True})}
    for form_id, form in base.records["form"].items():
        found[f"{HOST_FOLDER}/{form_id}.yml"] = NOTE + _yaml(_issue_form(base, form))
        found[f"{MAIL_FOLDER}/{form_id}.txt"] = mail_form(base, form)
    return found


def _yaml(values: Any) -> str:
    return str(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=110))


def _issue_form(base: Base, form: Form) -> dict[str, Any]:
    body: list[dict[str, Any]] = [_words("\n\n".join(form.intro))]
    for question in form.questions:
        if form.more and question is _first_optional(form):
            body.append(_words(form.more))
        body.append(_element(base, question))
    return {"name": form.title, "description": form.summary, "title": f"{form.title}: ", "labels": [form.label], "body": body}


def _first_optional(form: Form) -> FormQuestion | None:
    """The question with which the second stage begins."""
    return next((q for q in form.questions if not q.required and not q.fills and not any(tick.required for tick in q.ticks)), None)


def _words(text: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": text}}


def _element(base: Base, question: FormQuestion) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.ask}
    if question.hint:
        attributes["description"] = question.hint
    if question.shape == "ticks":
        attributes["options"] = [{"label": tick.says, "required": tick.required} for tick in question.ticks]
    elif question.shape in {"one", "several"}:
        several = question.shape == "several"
        attributes |= {"multiple": several, "options": [*([] if several else [UNCHOSEN]), *offered(base, question).values()]}
    found = {"type": TYPES[question.shape], "id": question.id, "attributes": attributes}
    return found if question.shape == "ticks" else {**found, "validations": {"required": question.required}}


# -- for e-mail ---------------------------------------------------------------


def mail_form(base: Base, form: Form) -> str:
    """The form as a text to be filled in, with the headings that the host's form gives its answers."""
    lines = [*above(form)]
    for question in form.questions:
        lines += ["", f"{HEADING}{question.ask}", "", *hint(question), ""]
        if question.shape not in {"line", "text"}:
            lines += [f"- [ ] {words}" for words in offered(base, question).values()]
    return "\n".join(lines) + "\n"


def above(form: Form) -> list[str]:
    """The lines above the first question."""
    how = "Write your answers below the questions. Put an x between the brackets of what you choose: [x]. Leave the lines with ### as they are."
    paragraphs = [form.title, form.summary, form.intro[0], how, *([f"Send the text to {form.send_to}."] if form.send_to else [])]
    return [line for paragraph in paragraphs for line in ("", *textwrap.wrap(paragraph, WIDTH))][1:]


def hint(question: FormQuestion) -> list[str]:
    """The lines between a question and its answer."""
    said = [question.hint or ""]
    if question.required or any(tick.required for tick in question.ticks):
        said.append("This is needed.")
    return [f"> {line}" for line in textwrap.wrap(" ".join(said).strip(), WIDTH)]
