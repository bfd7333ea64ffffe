"""The forms for those who contribute without git."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handbook.base import Base
from handbook.forms.write import HOST_FOLDER, files
from handbook.load import VOCABULARY
from handbook.model import KINDS
from handbook.problem import Guess, Place, Problem, Rule
from handbook.records import Loc, field_name, place_of
from handbook.rules.reach import tag_groups

TWICE = Rule(
    "form-twice",
    "'{words}' is there twice in this form",
    "word it differently and give it an id of its own, because an answer is found by it",
)
CHOICES = Rule(
    "form-choices",
    "a question of the shape '{shape}' has {wanted}",
    "compare it with the other questions",
)
FILLS = Rule(
    "form-fills",
    "'{name}' is no question of this form that offers a choice of one",
    "name such questions, or remove it",
)
OLD = Rule(
    "form-old",
    "the forms that are kept are not those that the data and pages make now",
    "run 'python -m handbook forms', and send along what it writes",
)
UNKNOWN = Rule("form-source", "there is no {what} '{name}' to choose from", "use one of: {allowed}")

WANTED = {
    "line": "no 'tags', 'records', 'other' and 'ticks'",
    "text": "no 'tags', 'records', 'other' and 'ticks'",
    "one": "either 'tags' or 'records', and no 'ticks'",
    "several": "either 'tags' or 'records', and no 'ticks'",
    "ticks": "'ticks', and no 'tags', 'records' and 'other'",
}


def questions_differ(base: Base) -> Iterator[Problem]:
    """No two questions and ticks of a form have the same id or the same words; capitals and signs do not count."""
    for form_id, form in base.records["form"].items():
        seen: set[str] = set()
        for index, question in enumerate(form.questions):
            found: list[tuple[str, Loc]] = [(f"#{question.id}", ("questions", index, "id")), (question.ask, ("questions", index, "ask"))]
            for nth, tick in enumerate(question.ticks):
                found.append((tick.says, ("questions", index, "ticks", nth, "says")))
            for words, loc in found:
                key = ("#" if words.startswith("#") else "") + "".join(c for c in words.casefold() if c.isalnum())
                if key in seen:
                    yield TWICE.at(place_of(base.raw("form", form_id), loc), f"{form_id} {field_name(loc)}", words=words.removeprefix("#"))
                seen.add(key)


def choices_fit_the_shape(base: Base) -> Iterator[Problem]:
    """A question has what its shape of answer needs to choose from, and nothing else."""
    for form_id, form in base.records["form"].items():
        for index, question in enumerate(form.questions):
            lists = (question.tags is not None) + (question.records is not None)
            chooses, ticks = question.shape in {"one", "several"}, question.shape == "ticks"
            if lists != chooses or bool(question.ticks) != ticks or (question.other and not chooses):
                loc = ("questions", index)
                place = place_of(base.raw("form", form_id), (*loc, "shape"))
                yield CHOICES.at(place, f"{form_id} {field_name(loc)}", shape=question.shape, wanted=WANTED.get(question.shape, "other things"))


def lists_to_choose_from_exist(base: Base) -> Iterator[Problem]:
    """What a question offers to choose from is a group of the vocabulary or a kind of record."""
    known = {"tags": ("group", tuple({**base.known.tags, **dict.fromkeys(sorted(tag_groups()))})), "records": ("kind of record", tuple(KINDS))}
    for form_id, form in base.records["form"].items():
        for index, question in enumerate(form.questions):
            for name, (what, allowed) in known.items():
                value = getattr(question, name)
                if value is not None and value not in allowed and not base.may_name(value, VOCABULARY):
                    loc = ("questions", index, name)
                    place: Place = place_of(base.raw("form", form_id), loc)
                    guess = Guess(value, allowed)
                    yield UNKNOWN.at(place, f"{form_id} {field_name(loc)}", what=what, name=value, nearest=guess, allowed=allowed)


def filled_questions_exist(base: Base) -> Iterator[Problem]:
    """What one line answers as well are questions of the same form that offer a choice of one."""
    for form_id, form in base.records["form"].items():
        allowed = tuple(question.id for question in form.questions if question.shape == "one")
        for index, question in enumerate(form.questions):
            for nth, name in enumerate(question.fills):
                if name not in allowed:
                    loc = ("questions", index, "fills", nth)
                    place = place_of(base.raw("form", form_id), loc)
                    yield FILLS.at(place, f"{form_id} {field_name(loc)}", name=name, nearest=Guess(name, allowed))


def kept_forms_are_those_of_the_data(base: Base) -> Iterator[Problem]:
    """The forms that the repository keeps are those that its data make.

    Only said of a repository that keeps forms for its host, only where nothing
    else is wrong, and once, because one command writes all of them.
    """
    if not (base.files.root / HOST_FOLDER).is_dir() or base.problems or any(lists_to_choose_from_exist(base)):
        return
    old = next((path for path, text in sorted(files(base).items()) if not _holds(base.files.root / path, text.encode())), None)
    if old is not None:
        yield OLD.at(Place(old, 1, 1))


def _holds(path: Path, wanted: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(wanted) and path.read_bytes() == wanted


PRESENT = (questions_differ, choices_fit_the_shape, filled_questions_exist)
ABSENT = (lists_to_choose_from_exist, kept_forms_are_those_of_the_data)
