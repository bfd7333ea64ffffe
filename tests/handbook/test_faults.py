"""The page “When a check fails”: every rule is on it, and what it shows as wrong and right is wrong and right."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from handbook.check import check
from handbook.frontmatter import split
from handbook.model import KINDS, Example
from handbook.problem import RULES
from handbook.yamlread import read
from tests.conftest import ROOT

EXAMPLES: dict[str, tuple[str, Example]] = {
    rule: (group.id, example) for group in check(ROOT).base.records["fault"].values() for rule, example in group.rules.items()
}
SHOWN = {rule: (group, example.instead, example.write) for rule, (group, example) in EXAMPLES.items() if example.instead and example.write}
PAGE = (ROOT / "docs/lessons/agree-on-common-aims.md").read_text(encoding="utf-8")
ID = "agree-on-common-aims"


def test_every_rule_is_explained_once_and_nothing_else_is() -> None:
    assert set(EXAMPLES) == set(RULES), "data/faults.yaml has an example for each rule"
    groups = check(ROOT).base.records["fault"].values()
    assert sum(len(group.rules) for group in groups) == len(EXAMPLES)


def test_every_example_is_told_or_shown_and_not_both() -> None:
    for rule, (_, example) in EXAMPLES.items():
        assert bool(example.case) != bool(example.instead and example.write), rule
        assert not (example.case and (example.instead or example.write)), rule


def test_the_help_that_is_named_is_there() -> None:
    named = {example.help for _, example in EXAMPLES.values() if example.help}
    assert named <= {"tags", "fields", *KINDS}


@pytest.mark.parametrize("rule", [rule for rule, (group, _, _) in SHOWN.items() if group == "as-it-is-typed"])
def test_the_program_that_reads_data_refuses_the_one_and_takes_the_other(rule: str) -> None:
    _, instead, write = SHOWN[rule]
    assert rule in {problem.rule.id for problem in read(instead.encode(), "data/x.yaml")[1]}
    assert read(write.encode(), "data/x.yaml")[1] == []


@pytest.mark.parametrize("rule", [rule for rule, (group, _, _) in SHOWN.items() if group == "between-hyphens"])
def test_the_program_that_reads_pages_refuses_the_one_and_takes_the_other(rule: str) -> None:
    _, instead, write = SHOWN[rule]
    assert rule in {problem.rule.id for problem in split(instead.encode(), "docs/x.md")[3]}
    assert split(f"{write}\n".encode(), "docs/x.md")[3] == []


def lesson(name: str, typed: str) -> str:
    """A lesson with something typed in a field, or else at the end of its text."""
    text = PAGE.replace(f'("{ID}")', f'("{name}")').replace("title: ", f"title: {name} ", 1).replace("question: ", f"question: {name} ", 1)
    if re.match(r"[a-z_]+:", typed):
        for field in re.findall(r"^([a-z_]+):", typed, re.MULTILINE):
            text = re.sub(rf"^{field}:.*\n(?:(?: |- ).*\n)*", "", text, count=1, flags=re.MULTILINE)
        left_out = {"qestion": "question", "title: Screen your members before you invite them\nfield": "kind"}
        dropped = next((name for start, name in left_out.items() if typed.startswith(start)), "")
        text = re.sub(rf"^{dropped}:.*\n", "", text, flags=re.MULTILINE) if dropped else text
        return text.replace("---\n", f"---\n{typed}\n", 1)
    return text.replace(f'{{{{ lesson_links("{name}") }}}}', f'{typed}\n\n{{{{ lesson_links("{name}") }}}}')


IN_LESSONS = [rule for rule, (group, _, _) in SHOWN.items() if group not in {"as-it-is-typed", "between-hyphens"}]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, set[str]]]:
    """The rules that each example breaks, typed into a lesson of its own in the real handbook: as it should not be, and as it should."""
    found = {}
    for side, nth in (("instead", 1), ("write", 2)):
        root = tmp_path_factory.mktemp(side)
        for name in ("data", "docs"):
            shutil.copytree(ROOT / name, root / name)
        for rule in IN_LESSONS:
            (root / f"docs/lessons/x-{rule}.md").write_text(lesson(f"x-{rule}", str(SHOWN[rule][nth])), encoding="utf-8")
        broken: dict[str, set[str]] = {rule: set() for rule in IN_LESSONS}
        for problem in check(root).problems:
            name = Path(problem.place.path).stem.removeprefix("x-")
            if name in broken:
                broken[name].add(problem.rule.id)
        found[side] = broken
    return found


@pytest.mark.parametrize("rule", IN_LESSONS)
def test_the_check_refuses_the_one_in_a_lesson_and_not_the_other(rule: str, judged: dict[str, dict[str, set[str]]]) -> None:
    assert rule in judged["instead"][rule]
    assert rule not in judged["write"][rule]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: str(rule.id))
def test_a_rule_in_general_is_two_sentences_without_a_hole(rule: object) -> None:
    for sentence in rule.in_general:  # type: ignore[attr-defined]
        assert sentence[0] == sentence[0].upper()
        assert sentence.endswith(".")
        assert not re.search(r"(?<!\{)\{(?!\{)", sentence)
