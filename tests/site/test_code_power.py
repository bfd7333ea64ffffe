"""Whole builds of attacks: what is text stays text, and what the check might miss is not run either."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import ATTACKS, CANARY, CONTENT, MAKE, MARKER, SECRET, TEXT, TOKENS, VALUE
from tests.reading import parse
from tests.site.conftest import python
from tests.site.test_hostile import write
from tests.small_project import small_project

WORDS = tuple(a.text for a in ATTACKS.values() if not a.raw and a.outcomes[1] == a.outcomes[3] == TEXT)[::3]
"""Some of each sort; tests/handbook/test_code_power.py tries all."""
RUNS = f"{{{{ lipsum.__globals__.os.{MAKE} }}}}"
BUILDERS = {"mkdocs": ("mkdocs", "build", "--no-strict"), "zensical": ("zensical", "build")}
PAGE = "---\ntitle: {title}\ndescription: Of {title}.\n{front}---\n\n{body}\n"


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, VALUE)


def leaked(project: Path, done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    """What an attack has made, told or written, in any folder that the build has touched."""
    if (project / MARKER).exists():
        yield "a program has run"
    for token in TOKENS:
        if token in done.stdout + done.stderr:
            yield f"{token} was said"
        for path in project.rglob("*"):
            if path.is_file() and path.name != CANARY and token.encode() in path.read_bytes():
                yield f"{token} is in {path}"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def unchecked(project: Path, pages: dict[str, tuple[str, str]]) -> Path:
    """A project with these pages, each of front matter and text, in which the check finds nothing whatever there is."""
    small_project(project, extra_nav=[f"contribute/{name}.md" for name in pages])
    (project / CANARY).write_text(CONTENT, encoding="utf-8")
    for name, (front, body) in pages.items():
        (project / "docs/contribute" / f"{name}.md").write_text(PAGE.format(title=name, front=front, body=body), encoding="utf-8")
    checked = 'return Checked(base, tuple(_listed(sorted(set(problems), key=attrgetter("order")))))'
    replace(project / "handbook/check.py", checked, "return Checked(base, ())")
    return project


def test_an_attack_in_every_field_of_the_data_and_in_titles_is_text_in_the_sites_of_both_builders(tmp_path: Path) -> None:
    project = tmp_path / "project"
    write(project, WORDS)
    (project / CANARY).write_text(CONTENT, encoding="utf-8")
    for command in BUILDERS.values():
        done = python(project, *command)
        assert done.returncode == 0, done.stdout + done.stderr
        assert list(leaked(project, done)) == []
        for number, text in enumerate(WORDS):
            page = parse((project / f"site/lessons/h-{number}/index.html").read_text(encoding="utf-8"))
            assert page.find("h1")[0].text == " ".join(text.split())


def test_mkdocs_runs_nothing_even_if_the_check_is_switched_off(tmp_path: Path) -> None:
    bodies = {f"body-{n}": ("", a.text) for n, a in enumerate(ATTACKS.values()) if a.outcomes[0] not in {"call-unknown", "call-argument"}}
    fronts = {f"front-{n}": (f"{a.front or f'x: {a.text}'}\n", RUNS) for n, a in enumerate(ATTACKS.values()) if a.front or a.raw}
    ordered = next(name for name, (front, _) in fronts.items() if front == "render_macros: true\n")
    assert len(bodies) + len(fronts) > 50
    project = unchecked(tmp_path / "project", bodies | fronts)
    done = python(project, *BUILDERS["mkdocs"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(leaked(project, done)) == []
    for name in bodies | fronts:
        assert (project / f"site/contribute/{name}/index.html").is_file()
    page = parse((project / "site/contribute" / ordered / "index.html").read_text(encoding="utf-8"))
    assert f".os.{MAKE} }}}}" in page.find("article")[0].text, "it is shown, for the audit to find"


def test_zensical_stops_before_it_runs_anything_even_if_the_check_is_switched_off(tmp_path: Path) -> None:
    project = unchecked(tmp_path / "project", {"attack": ("", RUNS)})
    done = python(project, *BUILDERS["zensical"])
    assert done.returncode == 1
    assert "docs/contribute/attack.md: curly brackets here hold no call of the handbook, and nothing else is run" in done.stderr
    assert list(leaked(project, done)) == []


SECOND_LINES = {
    "mkdocs": ('env.page.meta["render_macros"] = False', 'env.page.meta["render_macros"] = True'),
    "zensical": ("builder.guard(renderer, env.page.path)", "pass"),
}


@pytest.mark.parametrize("name", BUILDERS)
def test_the_attack_would_run_without_the_second_look_of(name: str, tmp_path: Path) -> None:
    """So the tests above can fail."""
    project = unchecked(tmp_path / "project", {"attack": ("", RUNS)})
    replace(project / "macros.py", *SECOND_LINES[name])
    done = python(project, *BUILDERS[name])
    assert list(leaked(project, done)) == ["a program has run"]


@pytest.mark.parametrize("name", BUILDERS)
def test_nothing_of_a_page_that_the_check_has_missed_gets_into_the_published_site(name: str, tmp_path: Path) -> None:
    project = unchecked(tmp_path / "project", {"attack": ("", RUNS)})
    done = python(project, "handbook", "build", "--with", name)
    assert done.returncode == 1
    assert "contribute/attack" in done.stdout + done.stderr
    assert list(leaked(project, done)) == []
    assert not (project / "site").exists()
