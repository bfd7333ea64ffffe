"""Whatever a form holds that came back, it makes files that the check takes, or sentences; and its words stay words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import Base
from handbook.check import check
from handbook.forms.choices import offered
from handbook.forms.reply import reply
from handbook.forms.turn import CORRECTION, Outcome, turn
from handbook.forms.write import mail_form
from handbook.model import Form, FormQuestion
from tests.conftest import copy_tiny
from tests.fuzz.makings import changed, changes, examples, pieces, raw, texts
from tests.handbook.hosted import CORRECTION as A_CORRECTION
from tests.handbook.hosted import LESSON, USE

DAY = dt.date(2026, 4, 1)
GOOD = {"lesson": LESSON, "use": USE, CORRECTION: A_CORRECTION}
FILES = {
    "lesson": r"docs/lessons/[a-z0-9]+(-[a-z0-9]+)*\.md|data/(sources|contributors)\.yaml",
    "use": r"data/uses/[a-z0-9]+(-[a-z0-9]+)*\.yaml|data/(sources|contributors)\.yaml",
    CORRECTION: "",
}
MARK = "zqx"
"""Stands before, behind and within the words of the contributor, so that they are known wherever they come out."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny handbook that nothing here writes to."""
    return copy_tiny(tmp_path_factory.mktemp("forms") / "tiny")


@pytest.fixture(scope="module")
def base(tiny: Path) -> Base:
    return check(tiny).base


def answers(draw: st.DrawFn, question: FormQuestion, kind: str, choices: dict[str, str]) -> str:
    """What stands below a question: the good answer, nothing, another choice, or words of any sort."""
    good = GOOD[kind].get(question.id, "")
    words = list(choices.values())
    if question.shape == "ticks":
        ticked = draw(st.sampled_from((list(good), words, words[:1], [])))
        return "\n".join(f"- [{'x' if text in ticked else ' '}] {text}" for text in words)
    if question.shape in {"one", "several"} and not draw(st.integers(0, 3)):
        return ", ".join(draw(st.lists(st.sampled_from(words), max_size=3)))
    if draw(st.integers(0, 3)):
        return good if isinstance(good, str) else ", ".join(good)
    return draw(hostile())


@st.composite
def hostile(draw: st.DrawFn) -> str:
    """Words of any sort, with the mark between them."""
    return MARK + "".join(piece + draw(st.sampled_from(("", "", MARK, f" {MARK} ", "\n\n"))) for piece in draw(st.lists(pieces(), max_size=6))) + MARK


@st.composite
def filled(draw: st.DrawFn, form: Form, base: Base) -> str:
    """A form with answers of any sort, as the host or somebody's mail program writes it."""
    heading = draw(st.sampled_from(("### ", "### ", "## ", "> ### ", "**", "")))
    parts = [f"{heading}{question.ask}\n\n{answers(draw, question, form.id, offered(base, question))}" for question in form.questions]
    return draw(st.sampled_from(("", "", "Dear editors,\n\n"))) + "\n\n".join(parts)


def sent(kind: str, base: Base) -> st.SearchStrategy[bytes]:
    """What may come back as a form: filled in, filled in and spoilt, empty, or no form at all."""
    form = base.records["form"][kind]
    whole = filled(form, base)
    spoilt = st.builds(changed, whole | st.just(mail_form(base, form)), changes())
    return st.one_of(whole.map(lambda text: text.encode("utf-8", "replace")), raw(st.one_of(whole, spoilt, texts())), st.binary(max_size=40))


@pytest.mark.parametrize("kind", GOOD)
def test_whatever_comes_back_makes_sentences_or_files_that_the_check_takes(kind: str, tiny: Path, base: Base) -> None:
    made = []

    @examples(35)
    @given(sent(kind, base))
    def each(text: bytes) -> None:
        outcome = turn(text, kind, tiny, DAY)
        judge(outcome, kind, base)
        made.append(bool(outcome.files or outcome.note))

    each()
    assert True in made
    assert False in made


def judge(outcome: Outcome, kind: str, base: Base) -> None:
    """Check what is promised of whatever came of a form. That the check has nothing against its files is said by what came of it."""
    assert bool(outcome.problems) != bool(outcome.files or outcome.note)
    assert [path for path in outcome.files if not re.fullmatch(FILES[kind], path)] == []
    for notice in (*outcome.problems, *outcome.notes):
        assert re.fullmatch(r"[A-Z“].*[.:?”]", notice.text), notice.text
        assert MARK not in notice.text
        assert "an editor has to look" not in notice.text or len(notice.said) < 400
    for text in (reply(outcome, base), outcome.note or ""):
        assert MARK not in outside_code(text)


def outside_code(text: str) -> str:
    """An answer without its blocks of code and its code within lines, told line by line as CommonMark tells them."""
    left, fence = [], ""
    for line in text.split("\n"):
        begins = re.match("(`{3,})text$", line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif begins:
            fence = begins[1]
        else:
            left.append(re.sub(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", line))
    assert not fence
    return "\n".join(left)
