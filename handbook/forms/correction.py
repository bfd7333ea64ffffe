"""A correction makes no file: an editor reads it. The note says which file it is about, if that can be told."""

from __future__ import annotations

from handbook.base import Base
from handbook.calls import MADE_OF, OF_RECORD
from handbook.forms.choices import key
from handbook.forms.read import Answers
from handbook.forms.words import render
from handbook.load import DOCS, LIST_PAGE
from handbook.model import KINDS, Form


def note(form: Form, answers: Answers, base: Base) -> str:
    """The note to the editors, in Markdown."""
    page = _page(answers.text("page"), base)
    context = {
        "page": page,
        "kept": _kept(page, base) if page else None,
        "said": {question.id: answers.text(question.id) for question in form.questions},
        "named": answers.ticked("consent", "organisation"),
        "person": answers.ticked("consent", "person"),
    }
    return render("correction.md.j2", **context)


def _page(words: str, base: Base) -> str | None:
    """The page that an address or a title names."""
    address = words.partition("#")[0].partition("?")[0].strip().rstrip("/").removesuffix("/index.html").removesuffix(".md")
    best = None
    for path, page in base.files.pages.items():
        place = path.removeprefix(f"{DOCS}/").removesuffix(".md").removesuffix(LIST_PAGE.removesuffix(".md")).rstrip("/")
        if place and (address == place or address.endswith(f"/{place}")) and (best is None or len(path) > len(best)):
            best = path
        elif page.front is not None and key(str(page.front.get("title", ""))) == key(words):
            return path
    return best


def _kept(page: str, base: Base) -> str:
    """The file that holds the facts of a page."""
    for call in base.calls.get(page, ()):
        kind = KINDS.get(MADE_OF.get(call.name, ""))
        if kind and kind.file:
            return f"{kind.file}, {call.arguments[0]}" if call.name in OF_RECORD else kind.file
    return page
