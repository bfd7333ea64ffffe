"""What the check takes for the places on a page are those that readers get."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest

from handbook import made
from handbook.check import check
from handbook.load import DOCS
from handbook.rules.anchors import _places
from handbook.views import Repository
from tests.conftest import ROOT
from tests.handbook.examples import LESSON, change, found

EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
ID = re.compile(r'(?<![\w-])id="([a-z0-9-]+)"')


def built(root: Path, page: str, text: str) -> set[str]:
    """The ids on a page that a link may name, as the builder makes them."""
    renderer = made.renderer(root, Repository())
    return set(ID.findall(markdown.markdown(renderer.page(page, text), extensions=EXTENSIONS)))


def test_every_place_on_every_page_of_the_real_handbook_is_known_to_the_check() -> None:
    base = check(ROOT).base
    unknown, count = [], 0
    for path, page in base.files.pages.items():
        names, shapes = _places(base, page)
        ids = built(ROOT, path.removeprefix(f"{DOCS}/"), page.body)
        count += len(ids)
        unknown += [f"{path}#{name}" for name in ids if name not in names and not any(shape.fullmatch(name) for shape in shapes)]
    assert unknown == []
    assert count > 1_000


TINY = {
    "[words](#what-to-do)": None,
    "[words](#where-do-i-go-from-here)": None,
    "[words](#write-it-down)": None,
    "[words](telephone-first.md#what-to-avoid)": None,
    "[words](../about/evidence.md#marks)": None,
    "[words](../about/source-map.md#study-proposal)": None,
    "[words](../about/sources.md#study)": None,
    "[words](../conditions/index.md#telephone-list)": None,
    "[words](<../toolbox/telephone-round.md#who-does-what>)": None,
    "[words](../sectors/food.md#state-proposed)": None,
    "[words](https://example.org/#nosuch)": None,
    "[words](#what-to-doo)": "#what-to-do",
    "[words](../toolbox/telephone-round.md#who-does-wat)": "../toolbox/telephone-round.md#who-does-what",
    "[words](../about/source-map.md#study-proposals)": "../about/source-map.md#study-proposal",
    "[words](../conditions/index.md#telephone-lists)": "../conditions/index.md#telephone-list",
    "[words](../about/evidence.md#study)": "",
}


@pytest.mark.parametrize(("link", "nearest"), TINY.items())
def test_a_link_leads_to_a_place_that_is_there(link: str, nearest: str | None, tiny: Path) -> None:
    change(tiny, LESSON, "Mail is", f"{link} Mail is")
    problems = check(tiny).problems
    assert [(problem.rule.id, str(problem.values["nearest"])) for problem in problems] == ([] if nearest is None else [("link-anchor", nearest)])


def test_a_page_with_another_problem_is_not_searched_for_places(tiny: Path) -> None:
    change(tiny, LESSON, "Mail is", "[words](telephone-first.md#what-to-do) Mail is")
    change(tiny, "docs/lessons/telephone-first.md", "## What to do", "## What to doo")
    assert found(tiny) == ["heading-unknown docs/lessons/telephone-first.md"]
