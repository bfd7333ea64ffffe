"""Begin a record in the shell: what is asked, what is written, and how the check leads on from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.__main__ import main
from handbook.check import check
from handbook.model import KINDS
from handbook.new import NAMES, ask_all, outline, questions
from tests.handbook.hosted import snapshot

FILES = {"lesson": "docs/lessons/our-try.md", "tool": "docs/toolbox/our-try.md", "use": "data/uses/our-try.yaml", "source": "data/sources.yaml"}


def begin(tiny: Path, kind: str, answers: str = "title: Our try\n", record: str = "our-try") -> int:
    file = tiny.with_name("answers.yaml")
    file.write_text(answers, encoding="utf-8")
    return main(["--root", str(tiny), "new", kind, record, "--answers", str(file)])


@pytest.mark.parametrize("kind", NAMES)
def test_one_file_is_written_and_the_check_names_only_what_is_empty_there(kind: str, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(tiny)
    assert begin(tiny, kind) == 0
    out = capsys.readouterr().out
    assert f"written: {FILES[kind]}" in out
    assert f"handbook check {FILES[kind]}" in out
    after = snapshot(tiny)
    assert [path for path in after if after[path] != before.get(path)] == [FILES[kind]]
    problems = check(tiny).problems
    assert {problem.place.path for problem in problems} == {FILES[kind]}
    allowed = {"field-empty", "section-empty", "list-too-short", "source-unused", "record-orphan"}
    assert {problem.rule.id for problem in problems} <= allowed
    assert "field-empty" in {problem.rule.id for problem in problems}


def test_a_record_of_which_everything_was_answered_passes_the_check(tiny: Path) -> None:
    answers = (
        "title: Our try\ntool: telephone-round\nrecommendations: [call-your-members]\nsector: food\nplace: Here\nwhen: 2020\n"
        "open: [owner, challenge]\noutcome: failed\njudged_by: organiser\nsources:\n  - source: page\nowner:\nchallenge:\n"
    )
    assert begin(tiny, "use", answers) == 0
    path = tiny / FILES["use"]
    path.write_text(path.read_text(encoding="utf-8").replace("owner:\n", "").replace("challenge:\n", ""), encoding="utf-8")
    assert [problem.message for problem in check(tiny).problems] == []


@pytest.mark.parametrize("kind", NAMES)
def test_every_field_that_is_needed_is_in_the_file_in_the_model_s_order(kind: str, tiny: Path) -> None:
    base = check(tiny).base
    fields = {info.alias or name: info for name, info in KINDS[kind].model.model_fields.items()}
    made = list(outline(KINDS[kind], {}, base))
    assert {name for name, info in fields.items() if info.is_required()} <= set(made)
    assert made == [name for name in fields if name in made]


@pytest.mark.parametrize("kind", NAMES)
def test_on_a_terminal_each_plain_field_is_asked_for_with_what_it_may_hold(kind: str, tiny: Path) -> None:
    base = check(tiny).base
    wanted = list(questions(KINDS[kind], base))
    asked: list[str] = []

    def answer(words: str) -> str:
        question = wanted[len(asked)]
        asked.append(words)
        return ", ".join(question.allowed[:2]) if question.several else "2020" if question.dated else (*question.allowed, "a, b")[0]

    found = ask_all(KINDS[kind], base, answer)
    assert len(asked) == len(wanted) > 3
    assert found == {
        question.name: list(question.allowed[:2]) if question.several else "2020" if question.dated else (*question.allowed, "a, b")[0]
        for question in wanted
    }
    if kind == "lesson":
        assert any("One of: worked, did-not-work, mixed, open." in words for words in asked)
    if kind == "use":
        assert any("One of: telephone-round." in words for words in asked)


def test_what_a_field_cannot_hold_is_asked_for_again(tiny: Path) -> None:
    base = check(tiny).base
    given = {"sector": ["Fishing", "Food"], "when": ["soon", "7.3.2026"], "outcome": ["great", ""]}
    given["recommendations"] = ["x, call-your-members", " Call your members ,"]
    again: list[str] = []

    def answer(words: str) -> str:
        if words.startswith("This cannot be taken"):
            again.append(words.partition("\n")[0])
        name = words.rpartition("\n")[2].removesuffix(": ")
        return given[name].pop(0) if name in given else ""

    assert ask_all(KINDS["use"], base, answer) == {"recommendations": ["call-your-members"], "sector": "food", "when": "2026-03-07"}
    assert [words.split(".")[0] for words in again] == [f"This cannot be taken: {words}" for words in ("x", "Fishing", "soon", "great")]


@pytest.mark.parametrize(("answers", "shown"), [("tool: telephone-round\n", {"tool"}), ("title: a\n", {"tool", "recommendations"})])
def test_of_tool_and_recommendation_one_is_enough(answers: str, shown: set[str], tiny: Path) -> None:
    assert begin(tiny, "use", answers) == 0
    text = (tiny / FILES["use"]).read_text(encoding="utf-8")
    assert {name for name in ("tool", "recommendations") if f"{name}:" in text} == shown


def test_whoever_stops_answering_has_written_nothing(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_words: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", stop)
    before = snapshot(tiny)
    assert main(["--root", str(tiny), "new", "lesson", "our-try"]) == 2
    assert snapshot(tiny) == before


@pytest.mark.parametrize("record", ["Our Try", "../x", "index", "", "a/b", "a" * 61, "ask-again"])
def test_an_id_that_cannot_be_or_is_taken_writes_nothing(record: str, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(tiny)
    assert begin(tiny, "lesson", record=record) == 2
    assert snapshot(tiny) == before
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("answers", ["a: b: c\n", "- a\n", "&a x: y\n"])
def test_answers_that_cannot_be_read_write_nothing(answers: str, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(tiny)
    assert begin(tiny, "lesson", answers) == 2
    assert "answers.yaml" in capsys.readouterr().err
    assert snapshot(tiny) == before
