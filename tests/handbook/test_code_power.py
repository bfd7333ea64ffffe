"""No text that somebody writes gets the power of a program: it is refused with its place, or shown as the text that it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handbook import builder, made
from handbook.problem import Problem
from handbook.render import Renderer
from handbook.report import report
from handbook.views import Repository
from tests.attacks import ATTACKS, CANARY, CONTENT, MARKER, PLACES, SECRET, TEXT, TOKENS, VALUE, Attack
from tests.conftest import copy_tiny

PAGE, LESSON, DATA = "docs/about/glossary.md", "docs/lessons/write-it-down.md", "data/glossary.yaml"
CASES = [(name, place) for name in ATTACKS for place in PLACES]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny handbook beside a canary."""
    root = copy_tiny(tmp_path_factory.mktemp("attacks") / "tiny")
    (root / CANARY).write_text(CONTENT, encoding="utf-8")
    return root


@pytest.fixture
def unharmed(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The handbook, made as it was after the test, with a secret in the environment, and looked at for what an attack may have left."""
    monkeypatch.setenv(SECRET, VALUE)
    monkeypatch.chdir(handbook)
    before = {path: (handbook / path).read_text(encoding="utf-8") for path in (PAGE, LESSON, DATA)}
    files = {path.relative_to(handbook) for path in handbook.rglob("*")}
    yield handbook
    for path, text in before.items():
        (handbook / path).write_text(text, encoding="utf-8")
    assert {path.relative_to(handbook) for path in handbook.rglob("*")} == files
    assert not (handbook / MARKER).exists()


def plant(root: Path, attack: Attack, place: str) -> tuple[str, range]:
    """Write the attack into its place. Returns the file's path and the lines on which the attack stands."""
    value = attack.text if attack.raw else json.dumps(attack.text, ensure_ascii=False)
    path, old, new = {
        "page": (PAGE, "{{ glossary() }}", f"{{{{ glossary() }}}}\n\n{attack.text}"),
        "title": (LESSON, "title: Write it down", f"title: {value}"),
        "front matter": (PAGE, "description: All glossary.", f"description: {value}" if not attack.front else f"description: All.\n{attack.front}"),
        "data": (DATA, "term: Pitch", f"term: {value}"),
    }[place]
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    first = text.count("\n", 0, text.index(old)) + 1
    return path, range(first, first + new.count("\n") + 1)


def outcome(root: Path) -> tuple[tuple[Problem, ...], Renderer | None]:
    """What is wrong with the handbook, and what renders it if nothing is."""
    try:
        return (), made.renderer(root, Repository())
    except made.Faulty as faulty:
        return faulty.problems, None


@pytest.mark.parametrize(("name", "place"), CASES, ids=[f"{name} in the {place}" for name, place in CASES])
def test_it_is_refused_with_its_place_or_shown_as_text(name: str, place: str, unharmed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attack = ATTACKS[name]
    wanted = attack.outcomes[PLACES.index(place)]
    path, lines = plant(unharmed, attack, place)
    problems, renderer = outcome(unharmed)
    report(problems, sys.stdout)
    said = capsys.readouterr().out
    if renderer is None:  # and nothing is rendered
        assert wanted in {problem.rule.id for problem in problems}
        assert all(problem.place.path == path and problem.place.line in lines for problem in problems)
        assert all(f"{path}:{problem.place.line}:{problem.place.column}: " in said for problem in problems)
    else:
        assert wanted == TEXT
        said = "\n".join(rendered(renderer))
    assert [token for token in TOKENS if token in said] == []


def rendered(renderer: Renderer) -> Iterator[str]:
    """The pages that show what was attacked, with their titles and descriptions; tests/site/test_code_power.py looks at whole sites."""
    for page in ("about/glossary.md", "lessons/write-it-down.md", "lessons/index.md"):
        yield from (str(renderer.head(page)), renderer.page(page, renderer.handbook.texts[page]))


def test_there_are_at_least_twenty_attacks_each_with_an_outcome_for_each_place() -> None:
    assert len({attack.text for attack in ATTACKS.values()}) == len(ATTACKS) > 20
    assert all(len(attack.outcomes) == len(PLACES) for attack in ATTACKS.values())


def test_of_every_attack_with_brackets_nothing_is_left_to_run_by_a_builder_that_runs_pages_as_templates() -> None:
    """This is looked at in the build itself, whatever the check has said."""
    attacks = [attack.text for attack in ATTACKS.values() if "{" in attack.text and attack.outcomes[0] != "call-argument"]
    assert len(attacks) > 20
    for text in attacks:
        with pytest.raises(builder.Stopped, match=r"docs/x\.md: curly brackets"):
            builder.guard(of_one_page(f'Text. {{{{ cite("report") }}}}\n\n{text}'), "x.md")
    builder.guard(of_one_page('Text. {{ cite("report") }}'), "x.md")


def of_one_page(text: str) -> Any:
    return SimpleNamespace(handbook=SimpleNamespace(texts={"x.md": text}))
