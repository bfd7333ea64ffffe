"""What ordinary forms make of the real handbook passes the check, is built, and passes the audit."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from handbook.check import check
from handbook.forms.choices import together
from handbook.forms.turn import turn, write
from tests.conftest import ROOT, copy_project
from tests.handbook.hosted import CORRECTION, LESSON, NAMED, PERSON, USE, Given, form_of, hosted
from tests.site.conftest import Once, python

DAY = dt.date(2026, 4, 1)
TRIED = (("run-a-living-lab", "health-economy", 2), ("step-abroad", "food", 3), ("step-abroad", "food", 4))
"""Cells of the matrix that readers come from, one with uses on record and one twice, each with the month."""

NAMES = ("Baltic Food Cluster", "Ada Lovelace")
"""Who gave the lesson: an organisation and a person, and both agreed to be named."""


def fill_in(project: Path, kind: str, given: Given) -> None:
    """Take a filled form into the project."""
    outcome = turn(hosted(form_of(check(project).base, kind), given).encode(), kind, project, DAY)
    assert [f"{notice.text} {notice.said}" for notice in outcome.problems] == []
    write(outcome, project)


def make(project: Path) -> None:
    """Make the real handbook with one lesson of six answers, a correction, and a use from each cell."""
    records = check(copy_project(project)).base.records
    fill_in(project, "lesson", {**LESSON, "consent": [*LESSON["consent"], NAMED, PERSON], "person": NAMES[1]})
    fill_in(project, "correction", CORRECTION)
    for recommendation, sector, month in TRIED:
        titles = records["recommendation"][recommendation].title, records["sector"][sector].title
        from_cell = {name: answer for name, answer in USE.items() if name not in {"recommendation", "sector"}}
        fill_in(project, "use", {**from_cell, "about": together(titles), "when": f"2026-0{month}", "done": f"We went in month {month}."})
    built = python(project, "handbook", "build")
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture
def contributed(once: Once) -> Path:
    return once("contributed", make)


def test_the_real_handbook_with_a_form_of_each_kind_is_checked_built_and_audited(contributed: Path) -> None:
    assert (contributed / "site/lessons/ring-the-chef-before-the-office/index.html").is_file()
    assert "2 on record" in (contributed / "site/sectors/food/index.html").read_text(encoding="utf-8")


def holding(name: str, site: Path) -> list[str]:
    """The files of a site in which a name stands."""
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file() and name.encode() in path.read_bytes()]


def test_names_stand_where_the_page_on_privacy_says_and_nowhere_else(contributed: Path) -> None:
    organisation, person = (set(holding(name, contributed / "site")) for name in NAMES)
    assert person == {"about/thanks/index.html", "lessons/ring-the-chef-before-the-office/index.html", "data/contributors.json"}
    assert organisation - person == {
        "about/sources/index.html",
        "search/records.json",
        "data/lessons/ring-the-chef-before-the-office.json",
        "data/comparison/lessons/ring-the-chef-before-the-office.json",
        "data/sources/account-baltic-food-cluster-2026.json",
    }
    assert person < organisation
    given = json.loads((contributed / "site/data/contributors.json").read_text(encoding="utf-8"))
    assert [(each["name"], each["agreed"], each["person"], each["person_agreed"]) for each in given] == [(NAMES[0], str(DAY), NAMES[1], str(DAY))]


def test_a_name_that_is_taken_out_of_the_sources_is_in_no_file_of_the_next_site(contributed: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(contributed, tmp_path / "project"))
    for name in NAMES:
        assert {"about/thanks/index.html", "data/contributors.json"} <= set(holding(name, project / "site"))
    for folder in ("data", "docs"):
        shutil.rmtree(project / folder)
        shutil.copytree(ROOT / folder, project / folder)
    built = python(project, "handbook", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    for name in NAMES:
        assert holding(name, project / "site") == []
