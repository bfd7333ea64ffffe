"""The handbooks that are measured are handbooks: they pass the check, and grow where a real one would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bench.generate import generate
from bench.plain import plain
from handbook.base import Base
from handbook.check import check
from handbook.forms.turn import turn, write
from handbook.relate import relate
from tests.conftest import copy_project
from tests.handbook.hosted import LESSON, form_of, hosted

ROOT = Path(__file__).parents[2]
LESSONS = 60


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bench") / "large"
    generate(ROOT, target, LESSONS)
    return target


@pytest.fixture(scope="module")
def base(large: Path) -> Base:
    checked = check(large)
    assert [problem.message for problem in checked.problems] == []
    return checked.base


def test_it_passes_the_check_and_has_the_lessons_that_were_asked_for(base: Base) -> None:
    assert len(base.records["lesson"]) == LESSONS


def test_the_real_lessons_are_among_them_unchanged(large: Path) -> None:
    for path in (ROOT / "docs" / "lessons").glob("*.md"):
        assert (large / "docs" / "lessons" / path.name).read_bytes() == path.read_bytes()


def test_new_lessons_stand_in_lists_and_links_back(base: Base) -> None:
    real = check(ROOT).base
    new = base.records["lesson"].keys() - real.records["lesson"].keys()
    book = relate(base)
    assert new <= {item.id for item in book.lessons}
    assert new <= {lesson for item in book.all("tool") for lesson in item.back.get("lessons", ())} | {
        lesson for lesson in new if not base.records["lesson"][lesson].tools
    }
    assert new <= {user for users in book.passage_users.values() for kind, user in users if kind == "lesson"}


def test_the_same_call_writes_the_same_files(large: Path, tmp_path: Path) -> None:
    generate(ROOT, tmp_path / "again", LESSONS)
    for path in (large / "docs" / "lessons").iterdir():
        assert (tmp_path / "again" / "docs" / "lessons" / path.name).read_bytes() == path.read_bytes()


def test_a_lesson_with_no_more_than_the_needed_answers_is_multiplied_too(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    base = check(project).base
    first = {**LESSON, "title": "Above all ring the chef"}
    write(turn(hosted(form_of(base, "lesson"), first).encode(), "lesson", project, dt.date(2026, 4, 1)), project)
    generate(project, tmp_path / "large", len(base.records["lesson"]) + 2)
    checked = check(tmp_path / "large")
    assert [problem.message for problem in checked.problems] == []
    assert not checked.base.records["lesson"]["above-all-ring-the-chef-1"].with_


def test_a_handbook_with_problems_is_not_multiplied(tiny: Path, tmp_path: Path) -> None:
    page = tiny / "docs" / "lessons" / "write-it-down.md"
    page.write_text(page.read_text(encoding="utf-8").replace("kind: ", "kind: x"), encoding="utf-8")
    with pytest.raises(ValueError, match="kind"):
        generate(tiny, tmp_path / "no", LESSONS)


def test_plain_pages_hold_no_call_and_ask_for_no_macros(large: Path, tmp_path: Path) -> None:
    plain(large, tmp_path / "plain")
    pages = list((tmp_path / "plain" / "docs").rglob("*.md"))
    assert len(pages) == len(list((large / "docs").rglob("*.md")))
    assert not any("{{" in page.read_text(encoding="utf-8") for page in pages if page.parent.name != "contribute")
    assert "macros" not in (tmp_path / "plain" / "mkdocs.yml").read_text(encoding="utf-8")
