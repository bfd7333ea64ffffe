"""Around a build: nothing is built from faulty data, and a failure leaves the published site as it was."""

from __future__ import annotations

import fcntl
import logging
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import CountHandler

from handbook import made
from handbook.address import Address
from handbook.builder import Stopped, prepare, publish, start, swap
from handbook.check import check
from handbook.views import Repository
from tests.conftest import mkdocs
from tests.small_project import small_project

NOWHERE = Address(None, "")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


# -- the swap -----------------------------------------------------------------------------


def test_the_new_folder_takes_the_place_of_the_published_one(tmp_path: Path) -> None:
    published, new = folder(tmp_path / "site", "old"), folder(tmp_path / "site.new", "new")
    (published / "gone.html").write_text("gone")
    swap(new, published)
    assert tree(published) == {"index.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_first_build_needs_no_published_folder(tmp_path: Path) -> None:
    swap(folder(tmp_path / "site.new", "new"), tmp_path / "site")
    assert tree(tmp_path) == {"site/index.html": b"new"}


def test_what_an_earlier_swap_left_behind_is_in_nobody_s_way(tmp_path: Path) -> None:
    folder(tmp_path / "site.old", "older")
    swap(folder(tmp_path / "site.new", "new"), folder(tmp_path / "site", "old"))
    assert tree(tmp_path) == {"site/index.html": b"new"}


def test_a_swap_that_fails_leaves_the_published_folder_as_it_was(tmp_path: Path) -> None:
    published = folder(tmp_path / "site", "old")
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "site.new", published)
    assert tree(tmp_path) == {"site/index.html": b"old"}


# -- prepare and publish --------------------------------------------------------------------


def test_a_build_writes_beside_the_published_folder_and_ends_in_its_place(tmp_path: Path) -> None:
    published = folder(tmp_path / "site", "old")
    config: dict[str, Any] = {"site_dir": str(published)}
    prepare(config, NOWHERE)
    new = Path(config["site_dir"])
    assert new.parent == tmp_path
    assert new != published
    folder(new, "new")
    assert tree(published) == {"index.html": b"old"}
    publish(config)
    assert config == {"site_dir": str(published)}
    assert tree(tmp_path) == {"site/index.html": b"new"}


def test_nothing_of_an_earlier_failed_build_gets_into_the_next(tmp_path: Path) -> None:
    config: dict[str, Any] = {"site_dir": str(tmp_path / "site")}
    folder(tmp_path / "site.new", "left behind")
    prepare(config, NOWHERE)
    assert not Path(config["site_dir"]).exists()


def test_a_published_folder_that_was_moved_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    folder(tmp_path / "site.old", "old")
    prepare({"site_dir": str(tmp_path / "site")}, NOWHERE)
    assert tree(tmp_path) == {"site/index.html": b"old"}


def test_a_link_to_the_published_folder_stays_a_link(tmp_path: Path) -> None:
    served = folder(tmp_path / "served", "old")
    (tmp_path / "site").symlink_to(served)
    config: dict[str, Any] = {"site_dir": str(tmp_path / "site")}
    prepare(config, NOWHERE)
    folder(Path(config["site_dir"]), "new")
    publish(config)
    assert (tmp_path / "site").readlink() == served
    assert tree(served) == {"index.html": b"new"}


def test_addresses_are_set_where_there_are_any(tmp_path: Path) -> None:
    config: dict[str, Any] = {"site_dir": str(tmp_path / "site"), "site_url": "http://127.0.0.1/"}
    prepare(config, NOWHERE)
    assert config["site_url"] == "http://127.0.0.1/"
    assert "edit_uri_template" not in config
    prepare(config, Address("https://x.example/", "https://git.example/edit/main"))
    assert config["site_url"] == "https://x.example/"
    assert config["edit_uri_template"].format(path="lessons/x.md") == "https://git.example/edit/main/docs/lessons/x.md"


@pytest.fixture
def counter() -> Any:
    """A handler that counts warnings as MkDocs does in a strict build."""
    handler = CountHandler()
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


@pytest.mark.parametrize(("strict", "published"), [(True, "old"), (False, "new")])
def test_a_warning_keeps_a_strict_build_from_being_published(strict: bool, published: str, tmp_path: Path, counter: logging.Logger) -> None:
    site = folder(tmp_path / "site", "old")
    config: dict[str, Any] = {"site_dir": str(site), "strict": strict}
    prepare(config, NOWHERE)
    folder(Path(config["site_dir"]), "new")
    counter.warning("a broken link")
    publish(config)
    assert tree(tmp_path) == {"site/index.html": published.encode()}


def test_a_strict_build_without_a_warning_is_published(tmp_path: Path, counter: logging.Logger) -> None:
    config: dict[str, Any] = {"site_dir": str(folder(tmp_path / "site", "old")), "strict": True}
    prepare(config, NOWHERE)
    folder(Path(config["site_dir"]), "new")
    counter.info("all is well")
    publish(config)
    assert tree(tmp_path) == {"site/index.html": b"new"}


# -- the check before a build ---------------------------------------------------------------


def break_data(project: Path) -> None:
    """Three faults in three files."""
    lesson = project / "docs" / "lessons" / "write-it-down.md"
    lesson.write_text(lesson.read_text().replace("kind: worked", "kind: wrked"))
    glossary = project / "data" / "glossary.yaml"
    glossary.write_text(glossary.read_text().replace("  term: Pitch\n", ""))
    page = project / "docs" / "about" / "glossary.md"
    page.write_text(page.read_text().replace("{{ glossary() }}", "{{ glosary() }}\n\n<b>x</b>"))


def test_a_handbook_with_problems_stops_the_build_with_every_problem_in_words(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_data(tiny)
    problems = check(tiny).problems
    assert len(problems) > 3
    with pytest.raises(Stopped) as stopped:
        start(tiny, Repository())
    printed = [f"{problem.message} [{problem.rule.id}]" for problem in problems]
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if line in printed] == printed
    assert stopped.value.code == 1
    assert isinstance(stopped.value, SystemExit)
    assert isinstance(stopped.value, Exception)


def test_a_builder_that_asks_for_each_page_hears_the_problems_once(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_data(tiny)
    for _ in range(3):
        with pytest.raises(Stopped):
            start(tiny, Repository())
    assert capsys.readouterr().err.count("wrked") == 1


def test_a_handbook_without_problems_is_ready_to_render(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "_kept", [])
    assert start(tiny, Repository("https://git.example")).repository == Repository("https://git.example")


# -- whole builds ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with its built site, built once for all test processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    target = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "site").exists():
            shutil.rmtree(target, ignore_errors=True)
            done = mkdocs(small_project(target), "build")
            assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the small project, with a site of which every file can be told from a new one."""
    target = tmp_path / "project"
    shutil.copytree(built, target)
    return target


def break_anchor(project: Path) -> None:
    page = project / "docs" / "about" / "glossary.md"
    page.write_text(page.read_text() + "\n[Nowhere](../lessons/ask-again.md#nowhere)\n")


def break_template(project: Path) -> None:
    (project / "templates" / "matrix.md.j2").write_text("{{ nosuch }}")


def break_view(project: Path) -> None:
    views = project / "handbook" / "views" / "__init__.py"
    views.write_text(views.read_text() + "\n\nViews.matrix = lambda self: 1 / 0\n")


def break_theme(project: Path) -> None:
    theme = project / "overrides" / "main.html"
    theme.write_text(theme.read_text() + "{% block footer %}{{ nosuch.nosuch }}{% endblock %}")


BREAKS = {
    "a fault in the data": (break_data, "wrked"),
    "a warning, here a broken anchor": (break_anchor, "nowhere"),
    "a template of ours": (break_template, "nosuch"),
    "an exception in a macro": (break_view, "division by zero"),
    "the theme": (break_theme, "nosuch"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_build_fails_and_leaves_the_published_site_as_it_was_because_of(what: str, project: Path) -> None:
    do, named = BREAKS[what]
    published = tree(project / "site")
    do(project)
    failed = mkdocs(project, "build")
    assert failed.returncode not in {0, 2}
    assert named in failed.stdout + failed.stderr
    assert tree(project / "site") == published
    assert not (project / "site.new").exists()
    assert not (project / "site.old").exists()


def test_a_project_that_was_mended_after_a_failure_is_published(project: Path) -> None:
    published = tree(project / "site")
    views = (project / "handbook" / "views" / "__init__.py").read_bytes()
    break_view(project)
    assert mkdocs(project, "build").returncode != 0
    (project / "handbook" / "views" / "__init__.py").write_bytes(views)
    (project / "docs" / "about" / "new.md").write_text("---\ntitle: New\ndescription: New.\n---\n\nText.\n")
    (project / "mkdocs.yml").write_text(
        (project / "mkdocs.yml").read_text().replace("about/glossary.md\n", "about/glossary.md\n      - about/new.md\n", 1)
    )
    mended = mkdocs(project, "build")
    assert mended.returncode == 0, mended.stderr
    assert tree(project / "site").keys() - published.keys() == {"about/new/index.html"}
    assert not (project / "site.new").exists()


def test_a_faulty_project_ends_mkdocs_with_exit_code_1_and_every_problem(project: Path) -> None:
    break_data(project)
    failed = mkdocs(project, "build")
    assert failed.returncode == 1
    said = failed.stderr.splitlines()
    assert all(f"{problem.message} [{problem.rule.id}]" in said for problem in check(project).problems)
    assert "Traceback" not in failed.stderr


def test_a_quiet_build_fails_for_a_warning_too(project: Path) -> None:
    """MkDocs alone drops warnings before it counts them (https://github.com/mkdocs/mkdocs/issues/4126)."""
    published = tree(project / "site")
    break_anchor(project)
    assert mkdocs(project, "build", "--quiet").returncode != 0
    assert tree(project / "site") == published


def test_a_talkative_build_fails_for_a_broken_anchor_too(project: Path) -> None:
    """MkDocs alone leaves out the check of anchors then (https://github.com/mkdocs/mkdocs/issues/3991)."""
    published = tree(project / "site")
    break_anchor(project)
    assert mkdocs(project, "build", "--verbose").returncode != 0
    assert tree(project / "site") == published


def test_a_title_is_text_whatever_it_holds(project: Path) -> None:
    """The theme prints titles as they are, and the macros plugin runs those with braces."""
    lesson = project / "docs" / "lessons" / "ask-again.md"
    lesson.write_text(lesson.read_text().replace("title: Ask again", "title: 'A & <b>{{ 7*7 }}</b>'"))
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stderr
    page = (project / "site" / "lessons" / "ask-again" / "index.html").read_text()
    assert "<title>A &amp; &lt;b&gt;{{ 7*7 }}&lt;/b&gt; - " in page
    assert "<b>" not in page
    assert "49" not in re.findall(r"<h1.*?</h1>", page)[0]


def test_a_broken_template_is_named_with_its_line_and_without_the_program_s_own_calls(project: Path) -> None:
    with (project / "templates" / "matrix.md.j2").open("a") as template:
        line = (project / "templates" / "matrix.md.j2").read_text().count("\n") + 1
        template.write("{{ nosuch }}\n")
    failed = mkdocs(project, "build")
    assert failed.returncode == 1
    assert f"templates/matrix.md.j2:{line}: 'nosuch' is undefined; shown by 'matrix' on docs/matrix/index.md" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_a_build_into_another_folder_leaves_the_published_one_alone(project: Path) -> None:
    published = tree(project / "site")
    done = mkdocs(project, "build", "--site-dir", "elsewhere/site")
    assert done.returncode == 0, done.stderr
    assert tree(project / "site") == published
    assert tree(project / "elsewhere" / "site").keys() == published.keys()


def test_a_build_is_published_and_edited_where_the_environment_says(project: Path) -> None:
    where = {"GITHUB_REPOSITORY": "baltic/handbook", "GITHUB_SERVER_URL": "https://github.com"}
    done = mkdocs(project, "build", environ=where)
    assert done.returncode == 0, done.stderr
    page = (project / "site" / "lessons" / "ask-again" / "index.html").read_text()
    assert '<link rel="canonical" href="https://baltic.github.io/handbook/lessons/ask-again/">' in page
    assert 'href="https://github.com/baltic/handbook/edit/main/docs/lessons/ask-again.md"' in page
    assert 'href="https://github.com/baltic/handbook/edit/main/docs/lessons/ask-again.md#L1"' in page
    assert "https://baltic.github.io/handbook/lessons/ask-again/" in (project / "site" / "sitemap.xml").read_text()


def test_nothing_is_left_of_a_build_that_is_interrupted(project: Path) -> None:
    published = tree(project / "site")
    views = project / "handbook" / "views" / "__init__.py"
    views.write_text(views.read_text() + "\n\ndef _stop(self):\n    raise KeyboardInterrupt\n\n\nViews.matrix = _stop\n")
    assert mkdocs(project, "build").returncode != 0
    assert tree(project / "site") == published
    assert not (project / "site.new").exists()
