"""A fault anywhere in the sources stops the build, is named with its place, and leaves the last good site alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import mkdocs
from tests.site.conftest import python, tree
from tests.small_project import small_project

LESSON = "docs/lessons/train-the-pitch.md"
HEADING = "## What to avoid\n"
CONDITIONS = "data/conditions.yaml"
LAST = "templates/lesson_links.md.j2"
PAGE = "---\ntitle: A page of its own\ndescription: About something of its own.\n---\n\nText.\n"

Plant = Callable[[Path], str]
"""Plants a fault into a project, and returns what the output must say of its place."""


def into_text(planted: str, column: int = 1) -> Plant:
    """Put a line of its own into a lesson's text; the fault is in its ``column``."""
    return replaced(LESSON, HEADING, f"{HEADING}\n{planted}\n", f"{LESSON}:{{}}:{column}: ", below=2)


def replaced(path: str, old: str, new: str, says: str, *, below: int = 0) -> Plant:
    """Replace the first ``old``; ``{}`` in ``says`` is the line on which that began, or so many lines ``below``."""

    def plant(project: Path) -> str:
        text = (project / path).read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{old!r} is not in {path}"
        (project / path).write_text(before + new + after, encoding="utf-8")
        return says.format(before.count("\n") + 1 + below)

    return plant


def added(path: str, text: str, says: str) -> Plant:
    """Add a file, or text at the end of one."""

    def plant(project: Path) -> str:
        (project / path).parent.mkdir(exist_ok=True)
        with (project / path).open("a", encoding="utf-8") as file:
            file.write(text)
        return says

    return plant


def linked(project: Path) -> str:
    (project / "docs/about/hosts.md").symlink_to("/etc/hosts")
    return "docs/about/hosts.md:1:1: "


FAULTS: dict[str, Plant] = {
    "an undefined macro": into_text('{{ nosuch("a") }}'),
    "a macro with an argument that does not exist": into_text('{{ cite("nosuch") }}'),
    "a macro with too many arguments": into_text('{{ suggested("a") }}'),
    "a macro with an argument that is no text": into_text("{{ cite(report) }}"),
    "an expression of the template language": into_text("Text. {{ 7 * 7 }} {{ suggested() }}", 7),
    "a statement of the template language": into_text("Text. {% set a = 1 %} {{ suggested() }}", 7),
    "a broken link": into_text("A [page](nope.md). {{ suggested() }}", 9),
    "a broken anchor": into_text("A [page](../toolbox/index.md#nope). {{ suggested() }}", 9),
    "a link out of the handbook's folder": into_text("A [page](../../data/conditions.yaml). {{ suggested() }}", 9),
    "a page that is neither in the menu nor excluded from it": added("docs/about/new.md", PAGE, "docs/about/new.md:1:1: no reader finds this page"),
    "a page that has lost its call": replaced("docs/toolbox/index.md", "{{ toolbox() }}", "Tools.", "docs/toolbox/index.md:5:1: "),
    "a picture from another site": into_text("A ![map](https://example.org/map.png). {{ suggested() }}", 9),
    "a heading in a quotation": into_text("> # Said {{ suggested() }}", 3),
    "outlines that are cut off": replaced("data/outlines.geojson", "{", "{,", "data/outlines.geojson:1:2: "),
    "broken front matter": replaced(LESSON, "title: ", "title: [", LESSON + ":{}:8: "),
    "front matter that is not closed": replaced(LESSON, "\n---\n\n", "\n\n", LESSON + ":1:1: "),
    "a field that names a macro": replaced("docs/about/privacy.md", "description: ", "cite: x\ndescription: ", "docs/about/privacy.md:{}:1: cite: "),
    "a lesson's field that names a macro": replaced(LESSON, "summary: ", "cite: x\nsummary: ", LESSON + ":{}:1: cite: "),
    "a value that is not allowed": replaced(LESSON, "field: ", "field: nosuch-", LESSON + ":{}:8: field: "),
    "an id that does not exist": replaced(LESSON, "tools: [", "tools: [nosuch, ", LESSON + ":{}:9: tools 1: "),
    "a field that a record needs and has not": replaced(CONDITIONS, "  group: ", "  # group: ", "data/conditions.yaml:"),
    "a key given twice": replaced(LESSON, "field: ", "kind: mixed\nkind: mixed\nfield: ", LESSON + ":{}:1: ", below=1),
    "a key given twice in the data": replaced(CONDITIONS, "  title: ", "  title: A\n  title: ", CONDITIONS + ":{}:3: ", below=1),
    "a link to a file elsewhere on the machine": linked,
    "two pages of one address": added("docs/about.md", PAGE, "docs/about.md"),
    "a template with a link to a missing page": added(
        LAST, "\n[x](nope.md)\n", "'lessons/train-the-pitch.md' contains a link 'nope.md', but the target 'lessons/nope.md' is not found"
    ),
    "a template with a link to a missing anchor": added(
        LAST, "\n[x](../toolbox/index.md#nope)\n", "'lessons/train-the-pitch.md' contains a link '../toolbox/index.md#nope', but the doc"
    ),
    "a template with a name that means nothing": added(LAST, "\n{{ nosuch }}\n", "'nosuch' is undefined; shown by 'lesson_links' on docs/lessons/"),
    "a block of the theme with a name that means nothing": added(
        "overrides/main.html", "{% block footer %}{{ nosuch.name }}{% endblock %}\n", 'overrides/main.html", line'
    ),
    "a template with a slip of the pen": added(LAST, "\n{% if %}\n", "templates/lesson_links.md.j2:"),
}


@pytest.mark.parametrize("plant", FAULTS.values(), ids=FAULTS)
def test_a_fault_stops_the_build_is_named_and_leaves_the_last_good_site_alone(project: Path, plant: Plant) -> None:
    place, before = plant(project), tree(project / "site")
    built = mkdocs(project, "build")
    assert built.returncode != 0
    assert place in built.stdout + built.stderr
    assert tree(project / "site") == before
    assert not list(project.glob("site.*")), "the failed build has left something behind"


WARNED = FAULTS["a template with a link to a missing page"], FAULTS["a template with a link to a missing anchor"]


@pytest.mark.parametrize("flag", ["--quiet", "--verbose"])
def test_broken_links_stop_the_build_however_much_it_is_told_to_say(project: Path, flag: str) -> None:
    places, before = [plant(project) for plant in WARNED], tree(project / "site")
    built = mkdocs(project, "build", flag)
    assert built.returncode != 0
    assert [place for place in places if place in built.stderr] == places
    assert tree(project / "site") == before


def test_a_quiet_build_without_a_fault_says_nothing(tmp_path: Path) -> None:
    built = mkdocs(small_project(tmp_path / "small"), "build", "--quiet")
    assert (built.returncode, built.stderr) == (0, "")


def test_who_asks_for_a_build_that_is_not_strict_gets_it_with_its_warnings(tmp_path: Path) -> None:
    small = small_project(tmp_path / "small")
    added(LAST, "\n[x](nope.md)\n", "")(small)
    built = mkdocs(small, "build", "--no-strict")
    assert built.returncode == 0
    assert "contains a link 'nope.md'" in built.stderr
    assert (small / "site/index.html").exists()


def test_no_switch_builds_from_faulty_data(project: Path) -> None:
    place, before = FAULTS["a value that is not allowed"](project), tree(project / "site")
    built = mkdocs(project, "build", "--no-strict", "--quiet", "--dirty")
    assert built.returncode != 0
    assert place in built.stderr
    assert tree(project / "site") == before


def test_every_fault_is_named_in_one_run(project: Path) -> None:
    wanted = ("a value that is not allowed", "a key given twice in the data", "a field that names a macro")
    places = [FAULTS[name](project) for name in wanted]
    said = mkdocs(project, "build").stderr
    assert [place for place in places if place in said] == places


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_broken_address_in_html_from_a_template_is_found_before_the_site_is_replaced(project: Path, builder: str) -> None:
    added(LAST, '\n<a href="nope/">x</a>\n', "")(project)
    before = tree(project / "site")
    built = python(project, "handbook", "build", "--with", builder)
    assert built.returncode == 1
    assert re.search(r"^lessons/train-the-pitch/index\.html: '(\.\./)?nope/' leads to no file$", built.stdout, re.MULTILINE)
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))
