"""The lists of what the site runs are those of what asks for it, and nothing else is known."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from handbook import machinery
from handbook.check import check
from handbook.relate import relate
from handbook.render import Renderer
from tests.conftest import ROOT

ASSETS = ROOT / "docs"


def test_a_part_is_one_that_a_template_names_and_that_has_a_script_to_begin_with() -> None:
    templates = [path.read_text(encoding="utf-8") for top in ("templates", "overrides") for path in (ROOT / top).rglob("*") if path.is_file()]
    assert set(machinery.PARTS) == {name for text in templates for name in re.findall(r'data-part="([^"]*)"', text)}
    assert set(machinery.PARTS) == {path.parent.name for path in (ASSETS / machinery.SCRIPTS_FOLDER).glob("*/index.js")}


def test_what_is_known_is_what_is_there() -> None:
    there = {path.relative_to(ASSETS).as_posix() for top in machinery.FOLDERS for path in (ASSETS / top).rglob("*") if path.is_file()}
    assert machinery.known(ROOT) == there
    assert len(there) > 50


@pytest.mark.parametrize("text", ["", "library = 1", "[[library]]\nfile = 'docs/assets/vendor/x.js'", "\ufffd["])
def test_a_library_without_a_record_that_can_be_read_is_not_known(text: str, tmp_path: Path) -> None:
    (tmp_path / machinery.LIBRARIES).write_text(text, encoding="utf-8")
    assert "assets/vendor/x.js" not in machinery.known(tmp_path)
    assert list(machinery.changed(tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("docs/assets/stylesheets/theme.css", True),
        ("docs/assets/javascripts/lib/dom.js", True),
        ("overrides/main.html", True),
        ("templates/home.md.j2", True),
        ("docs/index.md", False),
        ("data/tools.yaml", False),
        (f"docs/{machinery.BILL}", False),
    ],
)
def test_another_dress_means_that_pages_may_look_or_work_otherwise(path: str, counts: bool, tmp_path: Path) -> None:
    for name in ("docs", "overrides", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    before = machinery.dress(tmp_path)
    assert before == machinery.dress(ROOT)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("another", encoding="utf-8")
    assert (machinery.dress(tmp_path) != before) == counts


def test_the_statement_says_whether_the_dress_has_changed_since_the_last_look(tiny: Path) -> None:
    def said() -> str:
        return Renderer(relate(check(tiny).base)).call("about/accessibility.md", "evaluation")

    assert "stylesheets, scripts or templates; whether" in said()
    path = tiny / "data" / "accessibility.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("0123456789ab", machinery.dress(tiny)), encoding="utf-8")
    assert "no stylesheet, script or template" in said()
