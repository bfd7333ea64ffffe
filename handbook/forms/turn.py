"""Turn a form that came back into files, if nothing speaks against it, and say what came of it.

What the form would make is first tried on a copy of the handbook and judged
by the check, so that nothing is written that the check would refuse.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handbook.check import check
from handbook.fix.command import mend
from handbook.forms import correction, entries, records
from handbook.forms.read import MAX_BYTES, Answers, Notice, read
from handbook.forms.records import Draft
from handbook.forms.thanks import unthanked
from handbook.load import DATA, DOCS
from handbook.machinery import LIBRARIES
from handbook.made import TEMPLATES
from handbook.model import KINDS, Form, FormQuestion, Known
from handbook.problem import Problem

CORRECTION = "correction"
CHECKED = "Our own check has something against the page that your text would make, and an editor has to look at it. To the editor it says:"


@dataclass
class Outcome:
    """What came of a form.

    ``files`` are to be written, by path; there are none if there is a problem,
    or if the form is a correction, of which ``note`` then tells the editors.
    """

    form: Form
    answers: Answers
    problems: list[Notice] = field(default_factory=list)
    notes: list[Notice] = field(default_factory=list)
    left_out: list[FormQuestion] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    new: str | None = None
    note: str | None = None


def turn(raw: bytes, kind: str, root: Path, day: dt.date) -> Outcome:
    """What the text of a form makes of the handbook below ``root``. Writes nothing there.

    Raises ``KeyError`` if there is no form of this name.
    """
    before = check(root)
    form = before.base.records["form"][kind]
    answers = read(raw, form, before.base)
    outcome = Outcome(form, answers, answers.problems, answers.notes)
    outcome.left_out = [question for question in form.questions if question.open and question.id not in answers]
    if outcome.problems:
        return outcome
    if kind == CORRECTION:
        outcome.note = correction.note(form, answers, before.base)
        outcome.notes += unthanked(answers)
        return outcome
    draft = records.make(form, answers, before.base, day)
    if draft is None:
        return outcome
    outcome.notes += draft.notes
    files = _files(draft, root, before.base.known)
    if refused := _refused(files, root, before.problems):
        outcome.problems += [Notice(CHECKED, problem.message, for_editors=True) for problem in refused[:5]]
    else:
        outcome.files, outcome.new = files, next(iter(draft.files))
    return outcome


def _files(draft: Draft, root: Path, known: Known) -> dict[str, str]:
    """The text of every file that a draft writes or adds to. What is new in it is in plain form, so that ``fix`` has nothing to mend."""
    found = {path: mend(text, path, known)[0] for path, text in draft.files.items()}
    for kind, new in draft.entries.items():
        path = KINDS[kind].home
        text = (root / path).read_text(encoding="utf-8-sig") if (root / path).exists() else ""
        for key, values in new.items():
            if kind == "contributor" and "contributions" not in values:
                text = entries.extend(text, key, "contributions", values)
            else:
                text = entries.append(text, mend(entries.entry(key, values), path, known)[0])
        found[path] = text
    return found


def _refused(files: Mapping[str, str], root: Path, before: tuple[Problem, ...]) -> list[Problem]:
    """What the check has against the files, and did not have before."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for top in (DATA, DOCS, TEMPLATES):
            shutil.copytree(root / top, copy / top, symlinks=True)
        if (root / LIBRARIES).is_file():
            shutil.copy(root / LIBRARIES, copy)
        for path, text in files.items():
            (copy / path).write_text(text, encoding="utf-8", newline="\n")
        known = {(problem.rule.id, problem.words) for problem in before}
        return [problem for problem in check(copy).problems if (problem.rule.id, problem.words) not in known]


# -- writing ------------------------------------------------------------------


class Taken(Exception):  # noqa: N818  (it is no error of the program)
    """A file is in the way."""


def write(outcome: Outcome, folder: Path) -> None:
    """Write the files of ``outcome`` below ``folder``.

    Raises :class:`Taken`, and writes nothing, if the new file is there
    already, or if a link stands where a file or folder should be.
    """
    for path in outcome.files:
        steps = [folder / part for part in (Path(path), *Path(path).parents)]
        if (path == outcome.new and os.path.lexists(steps[0])) or any(step.is_symlink() for step in steps[:-1]):
            raise Taken(path)
    for path, text in outcome.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x" if path == outcome.new else "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def take(path: Path) -> bytes:
    """What a file holds, up to a little more than a form may have. Raises ``OSError`` if it cannot be read."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
