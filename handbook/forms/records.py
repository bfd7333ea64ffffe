"""Make a record out of answers: its file, the source that it rests on, and the credit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from handbook import yamlwrite
from handbook.base import Base
from handbook.dates import iso
from handbook.forms import wording
from handbook.forms.choices import OTHER, key
from handbook.forms.read import Answers, Notice
from handbook.forms.thanks import unthanked
from handbook.forms.words import call, render
from handbook.heard import is_address, says_nothing
from handbook.model import KINDS, Form
from handbook.rules.contributors import ACCOUNT
from handbook.rules.sense import KNOWN, OPEN, RESULT, UNKNOWN
from handbook.views.parts import spelled

UNNAMED = "An organisation that is not named"
MAX_SHORT = 28
MAX_TITLE = 160


@dataclass
class Draft:
    """What is to be written: new files by path, and new entries of list files by kind and id."""

    kind: str
    id: str
    files: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    notes: list[Notice] = field(default_factory=list)


def make(form: Form, answers: Answers, base: Base, day: dt.date) -> Draft | None:
    """The record that the answers to ``form`` make, or None if there is none; ``answers.problems`` then says why."""
    makers: dict[str, Callable[[Form, Answers, Base, dt.date], Draft | None]] = {"lesson": _lesson, "use": _use}
    draft = makers[form.id](form, answers, base, day)
    if draft is not None:
        _credit(draft, answers, base, day)
    return draft


# -- a lesson -----------------------------------------------------------------


def _lesson(form: Form, answers: Answers, base: Base, day: dt.date) -> Draft | None:
    title = answers.text("title")
    lesson = wording.slug(title, f"lesson-{day}")
    if not _is_new(base, "lesson", lesson, title, answers):
        return None
    draft = Draft("lesson", lesson, open=_left_out(form, answers))
    source = _account(draft, answers, base, day)
    happened, steps = wording.pieces(answers.text("happened")), wording.points(answers.text("do"), "1.")
    front = _filled(
        title=title,
        summary=f"{wording.first(happened[0].text)} {wording.first(steps[0].text)}",
        question=answers.text("question"),
        field=_shelf(form, answers, base, draft),
        kind=answers.one("kind"),
        learned_in=answers.one("sector"),
        breadth="one",
        outcome_known=_outcome_known(answers),
        needs=list(answers.chosen["needs"]),
        **{"with": list(answers.chosen.get("with", ()))},
        tools=list(answers.chosen.get("tools", ())),
        sector_dependence=_dependence(answers, source, draft),
        open=list(draft.open),
        sources=[{"source": source}],
    )
    mark = call("cite", source)
    given = {question.id: wording.prose(wording.pieces(answers.text(question.id)), mark) for question in form.questions}
    given["do"] = wording.prose(steps, mark)
    if avoid := answers.text("avoid"):
        given["avoid"] = wording.prose(wording.points(avoid, "-"), mark)
    page = render("lesson.md.j2", id=lesson, front=yamlwrite.write(front), given=given)
    draft.files[f"{KINDS['lesson'].home}/{lesson}.md"] = page
    return draft


def _shelf(form: Form, answers: Answers, base: Base, draft: Draft) -> str:
    """The field of a lesson: that of the first problem it helps with."""
    shelves = {shelf.need: shelf.field for shelf in form.shelves}
    field_ = next((shelves[need] for need in answers.chosen["needs"] if need in shelves), next(iter(base.vocabulary["field"])))
    draft.notes.append(Notice(f"We filed it under “{base.vocabulary['field'][field_].label}”, by the problem that it helps with."))
    return field_


def _outcome_known(answers: Answers) -> str:
    """What came of it is known if the form says so; where it left open whether it worked, in part at most."""
    if RESULT not in answers:
        return UNKNOWN
    return "partly" if answers.one("kind") == OPEN else KNOWN


def _dependence(answers: Answers, source: str, draft: Draft) -> dict[str, Any] | None:
    level, why = answers.one("dependence"), answers.text("dependence-why")
    if level and why:
        text = _whole(why)
        if len(text) <= wording.MAX_CLAIM:
            return {"level": level, "why": text, "sources": [{"source": source}]}
        draft.notes.append(Notice("Why it is or is not tied to your sector is longer than fits, and was left aside. Say it in fewer words."))
    elif level or why:
        draft.notes.append(Notice("Whether it is tied to your sector needs both answers, the choice and the reason, and was left aside."))
    draft.open = tuple(dict.fromkeys((*draft.open, "dependence")))
    return None


# -- a record of use ----------------------------------------------------------


def _use(form: Form, answers: Answers, base: Base, day: dt.date) -> Draft | None:
    when = iso(answers.text("when"))
    if when is None:
        how = "Write the year, the month or the day, for example 2026, 2026-03 or 7.3.2026."
        answers.problems.append(Notice(f"The date cannot be read. {how}", answers.text("when")))
    elif when > day.isoformat()[: len(when)]:
        answers.problems.append(Notice("This date has not come yet. Tell us what happened once it has.", answers.text("when")))
    recommendation, tool = answers.one("recommendation"), answers.one("tool")
    if recommendation == OTHER and tool is None:
        answers.problems.append(Notice("You chose “only a tool”, and no tool is named. Choose the tool, or the recommendation that you followed."))
    if answers.problems or when is None:
        return None
    tried = base.records["recommendation"][recommendation] if recommendation else base.records["tool"][str(tool)]
    sector = str(answers.one("sector"))
    title = answers.text("name") or f"{tried.title}: {base.records['sector'][sector].title}, {spelled(when)}"
    made = wording.slug(f"{recommendation or tool}-{sector}-{when[:4]}", f"use-{day}")
    use = wording.slug(answers.text("name"), "") or wording.free(made, _taken(base, "use"))
    if not _is_new(base, "use", use, title, answers):
        return None
    draft = Draft("use", use, open=_left_out(form, answers))
    source = _account(draft, answers, base, day)
    record = _filled(
        title=title[:MAX_TITLE],
        tool=tool,
        recommendations=[recommendation] if recommendation else [],
        sector=sector,
        country=answers.one("country"),
        place=answers.text("place") or "unknown",
        when=when,
        owner=_claim(answers, "owner", source, draft),
        challenge=_claim(answers, "challenge", source, draft),
        done=_claims(answers, "done", source),
        changes=_claims(answers, "changes", source),
        effort=_claims(answers, "effort", source),
        who_came=_claims(answers, "who-came", source),
        outcome=answers.one("outcome"),
        judged_by=answers.one("judged-by") or ("nobody" if answers.one("outcome") == "unknown" else "organiser"),
        result=_claims(answers, "result", source),
        open=list(draft.open),
        sources=[{"source": source}],
    )
    draft.files[f"{KINDS['use'].home}/{use}.yaml"] = yamlwrite.write(record)
    return draft


def _claims(answers: Answers, question: str, source: str) -> list[dict[str, object]]:
    return wording.claims((piece.whole for piece in wording.pieces(answers.text(question))), source)


def _whole(text: str) -> str:
    """A text on one line."""
    return " ".join(piece.whole for piece in wording.pieces(text))


def _claim(answers: Answers, question: str, source: str, draft: Draft) -> dict[str, object] | None:
    """One claim out of an answer. One that is too long for it is told with what was done."""
    text = _whole(answers.text(question))
    found = wording.claims([text], source) if text else []
    if len(found) > 1:
        draft.notes.append(Notice(f"Only the first {wording.MAX_CLAIM:,} characters of this answer fit. Say the rest under what you did.", text))
    return found[0] if found else None


# -- what both rest on --------------------------------------------------------


def _filled(**values: Any) -> dict[str, Any]:
    """``values`` without those that are empty."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def _left_out(form: Form, answers: Answers) -> tuple[str, ...]:
    """The open questions of those that were not answered."""
    return tuple(question.open for question in form.questions if question.open and question.id not in answers)


def _taken(base: Base, kind: str) -> set[str]:
    return {*base.known.ids.get(kind, ()), *base.known.renamed.get(kind, ()), "index"}


def _is_new(base: Base, kind: str, record_id: str, title: str, answers: Answers) -> bool:
    """Whether nothing has this id or title yet, and links can bear the title; otherwise a problem says why not. Nothing is ever overwritten."""
    same = next((key_ for key_, record in base.records[kind].items() if key(record.title) == key(title)), None)
    other = next((what for what, name in _titles(base) if key(name) == key(title)), None)
    if is_address(title) or says_nothing(title):
        how = "Say that in a few words; an address has a question of its own."
        problem = Notice(f"The name that you give it would not tell readers what it is about. {how}", title)
    elif same is not None or record_id in _taken(base, kind):
        problem = Notice(
            f"There is a {KINDS[kind].name} of this name already: “{same or record_id}”. If you mean that one, send a correction of its page; "
            "if yours is another, give it another name."
        )
    elif other is not None:
        problem = Notice(f"There is a {other} of this name in the handbook. Give yours another, so that readers can tell the two apart:", title)
    else:
        return True
    answers.problems.append(problem)
    return False


def _titles(base: Base) -> Iterator[tuple[str, str]]:
    """What links lead to in the handbook: what it is, and its name."""
    for kind in KINDS.values():
        field_ = next((name for name in ("title", "term") if name in kind.model.model_fields), None)
        if field_ and kind.shown:
            yield from ((kind.name, getattr(record, field_)) for record in base.records[kind.name].values())
    for page in base.files.pages.values():
        if page.front is not None:
            yield "page", str(page.front.get("title", ""))


def _account(draft: Draft, answers: Answers, base: Base, day: dt.date) -> str:
    """Enter the account as a source, and return its id. The organisation is named only if it agreed."""
    named = answers.ticked("consent", "organisation")
    organisation = answers.text("organisation") if named else UNNAMED
    wanted = wording.slug(f"account-{organisation}-{day.year}" if named else f"account-{draft.id}", f"account-{day}")
    source = wording.free(wanted, _taken(base, "source"))
    marks = {record.mark.casefold() for record in base.records["source"].values()}
    short = f"Account: {organisation}" if named else "Account"
    names = (_cut(short, number) for number in range(1, len(marks) + 2))
    note = "The organisation’s own account, given to the editors in a form. They have not compared it with another source."
    if page := answers.text("page"):
        note += f" It names for further reading: {page}"
    language = answers.one("language")
    if language is None:
        draft.notes.append(Notice(f"We took it that you wrote in {base.vocabulary['language']['en'].label}."))
    draft.entries["source"] = {
        source: {
            "title": f"Account by {organisation[0].lower() + organisation[1:] if not named else organisation}, {day.year}",
            "publisher": organisation,
            "short": next(name for name in names if f"{name} {day.year}".casefold() not in marks),
            "kind": ACCOUNT,
            "published": day.isoformat(),
            "language": language or "en",
            "note": note,
            "named": named,
        }
    }
    return source


def _cut(short: str, number: int) -> str:
    """A short name that fits, with a number from the second on."""
    behind = f" ({number})" if number > 1 else ""
    return (short if len(short) + len(behind) <= MAX_SHORT else f"{short[: MAX_SHORT - len(behind) - 1].rstrip()}…") + behind


def _credit(draft: Draft, answers: Answers, base: Base, day: dt.date) -> None:
    """Enter the contributor, if the organisation agreed to be named; the person only on request."""
    organisation, person = answers.text("organisation"), answers.text("person")
    wants = answers.ticked("consent", "person")
    draft.notes += unthanked(answers)
    if not answers.ticked("consent", "organisation"):
        return
    given = {draft.kind: draft.id, "when": day.isoformat()}
    known = next((key for key, record in base.records["contributor"].items() if record.name.casefold() == organisation.casefold()), None)
    if known:
        draft.entries["contributor"] = {known: given}
        if wants and person and base.records["contributor"][known].person is None:
            draft.notes.append(Notice("Your organisation is thanked already, without a person’s name. An editor will add yours by hand."))
        return
    named = {"person": person, "person_agreed": day.isoformat()} if wants and person else {}
    contributor = wording.free(wording.slug(organisation, f"contributor-{day}"), _taken(base, "contributor"))
    draft.entries["contributor"] = {contributor: {"name": organisation, "agreed": day.isoformat(), **named, "contributions": [given]}}
