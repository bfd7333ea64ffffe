"""The same sources, built by Zensical, show the same; and a fault in them stops that build as well."""

from __future__ import annotations

import difflib
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from handbook import audit, origin, theme
from tests.conftest import ROOT, copy_project
from tests.site.conftest import Once, python, tree
from tests.small_project import small_project

ADDED_BY_ZENSICAL = {"__skip"}
"""Where its link past the menu leads; MkDocs's theme leads to the first heading."""

FOR_THE_SEARCH = "data-search-exclude"
"""Zensical takes it out when it has read it."""


@pytest.fixture(scope="session")
def zensical(once: Once) -> Path:
    """The real site, built by ``zensical build`` and nothing else."""

    def make(target: Path) -> None:
        built = python(copy_project(target), "zensical", "build")
        assert built.returncode == 0, built.stdout + built.stderr

    return once("zensical", make) / "site"


class _Article(HTMLParser):
    """What a page shows between the menu and the foot: its texts, its headings and anchors, its badges, and where its links lead."""

    def __init__(self, site: audit.Site, page: audit.Page) -> None:
        super().__init__(convert_charrefs=True)
        self.site, self.page = site, page
        self.inside = False
        self.shown: list[str] = []
        self.feed((site.folder / page.path).read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "article"
        attributes = {name: value or "" for name, value in attrs if name != FOR_THE_SEARCH}
        if not self.inside or attributes.get("id") in ADDED_BY_ZENSICAL:
            return
        for name in ("href", "src", "action"):  # one may write ./ where the other writes ../food/
            if name in attributes:
                attributes[name] = str(self.site.resolve(self.page, attributes[name]))
        self.shown.append(f"<{tag} {sorted(attributes.items())}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.shown.append(" ".join(data.split()))


def shown(folder: Path) -> dict[str, list[str]]:
    site = audit.read(folder)
    return {path: _Article(site, page).shown for path, page in site.pages.items()}


def head(folder: Path) -> dict[str, list[list[str]]]:
    site = audit.read(folder)
    return {path: [[" ".join(t.split()) for t in page.titles], page.descriptions, page.canonical] for path, page in site.pages.items()}


def test_both_builders_make_the_same_pages_with_the_same_titles_descriptions_and_addresses(site: Path, zensical: Path) -> None:
    assert head(zensical) == head(site)


def test_both_builders_show_the_same_texts_badges_and_links_on_every_page(site: Path, zensical: Path) -> None:
    here, there = shown(site), shown(zensical)
    differences = (difflib.unified_diff(here[path], there[path], f"mkdocs {path}", f"zensical {path}", n=1, lineterm="") for path in here)
    assert "\n".join(line for lines in differences for line in lines) == ""


@pytest.mark.parametrize("page", ["lessons/train-the-pitch", "toolbox/living-lab", "sectors/food", "matrix"])
def test_what_the_builders_are_compared_by_is_not_nothing(site: Path, page: str) -> None:
    article = shown(site)[f"{page}/index.html"]
    assert len([part for part in article if part.startswith("<a ")]) > 20
    assert len([part for part in article if "hb-badge" in part]) > 2


def test_the_audit_misses_nothing_in_the_site_of_zensical_but_what_it_does_not_write_or_leave_out(zensical: Path, tmp_path: Path) -> None:
    missing = [f"{path}: is not in the site, and the sources make it" for path in sorted(origin.wanted(ROOT).files)]
    assert missing
    assert len(audit.audit(audit.read(zensical))) > len(missing)
    without = Path(shutil.copytree(zensical, tmp_path / "site"))
    theme.leave_out(without)
    assert audit.audit(audit.read(without, root=ROOT)) == missing


def test_zensical_started_by_itself_names_a_fault_once_and_fails(unbuilt: Path) -> None:
    plant(unbuilt)
    built = python(unbuilt, "zensical", "build")
    assert built.returncode == 1
    assert built.stderr.count("data/conditions.yaml:") == 1
    assert "Traceback" not in built.stderr
    assert "nothing is built before the problems named above are mended" in built.stderr
    assert not list(unbuilt.glob("site/*/index.html"))


def test_zensical_makes_a_page_anew_that_shows_what_has_changed_on_another(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert python(project, "zensical", "build").returncode == 0
    lesson = project / "docs/lessons/telephone-first.md"
    text = lesson.read_text(encoding="utf-8")
    title = text.partition("title: ")[2].partition("\n")[0]
    lesson.write_text(text.replace(title, "A title of its own", 1), encoding="utf-8")
    later = lesson.stat().st_mtime + 2  # Zensical looks at whole seconds
    os.utime(lesson, (later, later))
    assert python(project, "zensical", "build").returncode == 0
    assert "A title of its own" in (project / "site/lessons/index.html").read_text(encoding="utf-8")


def test_zensical_runs_nothing_in_a_title_and_shows_it_as_text(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    lesson = project / "docs/lessons/telephone-first.md"
    text = lesson.read_text(encoding="utf-8")
    title = text.partition("title: ")[2].partition("\n")[0]
    lesson.write_text(text.replace(f"title: {title}", "title: 'Say {{ 7*7 }} & <b>R&D</b>'", 1), encoding="utf-8")
    built = python(project, "zensical", "build")
    assert built.returncode == 0, built.stderr
    path = "lessons/telephone-first/index.html"
    page = audit.read(project / "site").pages[path]
    wanted = "Say {{ 7*7 }} & <b>R&D</b>"
    assert page.titles[0].startswith(wanted)
    assert page.texts.count(wanted) == 3, "in the bar at the top, in the heading and in the drawing"
    assert not page.named("b")


def plant(project: Path) -> None:
    data = project / "data/conditions.yaml"
    data.write_text(data.read_text(encoding="utf-8").replace("  title: ", "  nosuch: 1\n  title: ", 1), encoding="utf-8")


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_fault_in_the_data_stops_either_builder_before_it_begins(project: Path, builder: str) -> None:
    plant(project)
    before = tree(project / "site")
    built = python(project, "handbook", "build", "--with", builder)
    assert built.returncode == 1
    assert built.stdout == ""
    assert built.stderr.startswith("data/conditions.yaml:")
    assert "\n1 problem to mend\n" in built.stderr
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))


def test_a_build_with_zensical_takes_the_last_sites_place_and_the_repositorys_addresses(project: Path, zensical: Path) -> None:
    (project / "site/left-over.html").touch()
    built = python(project, "handbook", "build", "--with", "zensical", environ={"GITHUB_REPOSITORY": "Owner/name"})
    assert (built.returncode, built.stdout.splitlines()[-1]) == (0, f"{len(list(zensical.rglob('*.html')))} pages in order")
    assert not (project / "site/left-over.html").exists()
    assert not list(project.glob("site.*"))
    assert not [path for path in audit.read(project / "site").files if theme.is_left_out(path)]
    pages = audit.read(project / "site").pages
    assert pages["sectors/food/index.html"].canonical == ["https://owner.github.io/name/sectors/food/"]
    links = [e.attributes.get("href", "") for e in pages["sectors/food/index.html"].named("a")]
    assert [link for link in links if link.startswith("https://github.com/Owner/name/edit/main/data/sectors.yaml#L")]


def test_a_build_that_zensical_gives_up_leaves_the_last_good_site(project: Path) -> None:
    (project / "templates/conditions.md.j2").write_text("{{ nosuch }}", encoding="utf-8")
    before = tree(project / "site")
    built = python(project, "handbook", "build", "--with", "zensical")
    assert built.returncode == 1
    assert re.search(r"^templates/conditions\.md\.j2:1: 'nosuch' is undefined", built.stderr, re.MULTILINE)
    assert "Traceback" not in built.stderr
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))


def test_an_unknown_builder_is_refused(unbuilt: Path) -> None:
    shutil.rmtree(unbuilt / "data")
    built = python(unbuilt, "handbook", "build", "--with", "hugo")
    assert built.returncode == 2
    assert "'mkdocs', 'zensical'" in built.stderr
