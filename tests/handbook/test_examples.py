"""The files to copy that the contribute page shows are themselves in order."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from handbook.check import check
from handbook.relate import relate
from handbook.render import Renderer
from tests.conftest import ROOT

SOURCE = """
our-report-2027:
  title: Our report
  publisher: Our cluster
  kind: partner-page
  language: en
"""


def shown(name: str) -> str:
    """The example as readers of the page copy it."""
    rendered = Renderer(relate(check(ROOT).base)).call("contribute/index.md", "example", name)
    block = re.search(r"^(`{3,})\w+\n(.*?)^\1$", rendered, re.MULTILINE | re.DOTALL)
    assert block is not None
    return block[2]


def with_files(tmp_path: Path, **files: str) -> list[str]:
    """What the check says of the real handbook with these files added."""
    for name in ("data", "docs", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "vendor.toml", tmp_path)
    with (tmp_path / "data" / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write(SOURCE)
    for path, text in files.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return [problem.message for problem in check(tmp_path).problems]


def test_the_record_of_use_to_copy_passes_the_check(tmp_path: Path) -> None:
    assert with_files(tmp_path, **{"data/uses/our-food-lab-2027.yaml": shown("use")}) == []


def test_the_lesson_to_copy_passes_the_check(tmp_path: Path) -> None:
    text = shown("lesson").replace("the-name-of-this-file", "our-lesson")
    assert with_files(tmp_path, **{"docs/lessons/our-lesson.md": text}) == []
