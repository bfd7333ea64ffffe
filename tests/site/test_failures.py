"""Whatever goes wrong, and whenever: the published site stays as it was, and the next build goes well."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from handbook.alone import TAKEN, Taken, claim
from handbook.builder import swap
from handbook.exchange import exchange
from tests.conftest import ROOT
from tests.site.conftest import Once, clean_environment, python, tree
from tests.small_project import small_project

BUILD = [sys.executable, "-m", "handbook", "build"]


@pytest.fixture
def project(once: Once, tmp_path: Path) -> Path:
    """A copy of a small project with its site, in which one page is told from a new one."""

    def make(target: Path) -> None:
        small_project(target)
        for page in ("conflicts", "evidence"):  # their calls begin with a heading of the third level
            path = target / f"docs/about/{page}.md"
            path.write_text(path.read_text(encoding="utf-8").replace("\n{{", "\n## What is here?\n\n{{", 1), encoding="utf-8")
        built = python(target, "handbook", "build")
        assert built.returncode == 0, built.stdout + built.stderr
        (target / "site" / "old.html").write_text("old", encoding="utf-8")

    return Path(shutil.copytree(once("small-with-site", make), tmp_path / "project"))


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_site_that_is_a_link_is_not_built_so_that_nothing_is_written_where_people_read(project: Path) -> None:
    served = (project / "site").rename(project.parent / "served")
    before = tree(served)
    for name in ("site", "site.new"):
        (project / name).symlink_to(served)
    failed = python(project, "handbook", "build")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "'site' is a link to another folder; remove the link, build, and copy the folder to where it is served\n"
    (project / "site").unlink()
    built = python(project, "handbook", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert tree(served) == before
    assert [path.name for path in project.glob("site*")] == ["site"]


# -- a fault -----------------------------------------------------------------------------

FAULTS = {
    "the check finds a fault": ("data/glossary.yaml", "\nnosuch:\n  nosuch: 1\n", "nosuch"),
    "a template is broken": ("templates/matrix.md.j2", "{{ nosuch }}", "'nosuch' is undefined"),
    "the theme is broken": ("overrides/main.html", "{% block footer %}{{ nosuch.nosuch }}{% endblock %}", "'nosuch' is undefined"),
    "a link leads nowhere": ("templates/matrix.md.j2", "\n[x](nope.md)\n", "nope.md"),
    "the data cannot be written": ("handbook/published.py", "\ndef publish(*_):\n    raise OSError(28, 'the disk is full')\n", "the disk is full"),
    "the audit finds a fault": ("overrides/main.html", '{% block footer %}<img src="https://x.example/">{% endblock %}', "asks another site"),
    "the new site cannot take its place": ("handbook/other.py", "\ndef swap(*_):\n    raise OSError(1, 'not permitted')\n", "not permitted"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_the_published_site_stays_as_it_was_when(what: str, project: Path) -> None:
    path, text, said = FAULTS[what]
    before = tree(project / "site")
    append(project / path, text)
    failed = python(project, "handbook", "build")
    assert failed.returncode != 0
    assert said in failed.stdout + failed.stderr
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))


UNMOVABLE = """
_replace = os.replace

def exchange(*_):
    return False

def _refuse(old, new):
    if os.path.basename(old) == "site":
        raise OSError(16, "it is a place of its own")
    _replace(old, new)

os.replace = _refuse
"""


@pytest.mark.parametrize("command", [("handbook", "build"), ("mkdocs", "build")], ids=lambda command: command[0])
def test_a_site_that_cannot_be_moved_is_said_in_one_sentence(command: tuple[str, str], project: Path) -> None:
    append(project / "handbook/builder.py", UNMOVABLE)
    before = tree(project / "site")
    failed = python(project, *command)
    assert failed.returncode == 1
    assert f"the new site cannot take the place of {project / 'site' if command[0] == 'mkdocs' else 'site'}, which is as it was: " in failed.stderr
    assert "it is a place of its own" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))


# -- what is in the way ----------------------------------------------------------------------


def test_files_and_links_that_stand_where_a_build_works_are_cleared_and_what_they_lead_to_is_not(project: Path) -> None:
    kept = project / "docs" / "index.md"
    for name in ("site.new", "site.old"):
        (project / name).write_text("left behind", encoding="utf-8")
    (project / "site.new.new").symlink_to(kept.parent)
    (project / "site.new.old").symlink_to(kept)
    text = kept.read_bytes()
    built = python(project, "handbook", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert kept.read_bytes() == text
    assert not list(project.glob("site.*"))
    assert not (project / "site" / "old.html").exists()


def do_before_the_swap(project: Path, program: str) -> None:
    """Have a build run ``program`` when all its pages are made."""
    path, line = project / "macros.py", "def on_post_build(env: Any) -> None:\n"
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, f"{line}{indent(program, '    ')}"), encoding="utf-8")


COMMANDS = [("handbook", "build"), ("mkdocs", "build")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_second_build_of_the_same_site_is_refused_and_leaves_everything_to_the_first(command: tuple[str, str], project: Path) -> None:
    (project / "site.new").mkdir()
    (project / "site.new" / "half.html").write_text("half", encoding="utf-8")
    before = tree(project)
    first = claim(project / "site")
    try:
        refused = python(project, *command, environ={"PYTHONDONTWRITEBYTECODE": "1"})
    finally:
        first.release()
    assert refused.returncode == 1
    assert f"{TAKEN}\n" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert tree(project) == before


NESTED = """
import subprocess
if "SECOND" not in os.environ:
    for _module in ("handbook", "mkdocs"):
        _second = [sys.executable, "-m", _module, "build"]
        _second = subprocess.run(_second, env={**os.environ, "SECOND": "1"}, capture_output=True, text=True, check=False)
        print("second:", _second.returncode, _second.stderr, file=sys.stderr)
"""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_build_keeps_others_out_until_it_has_ended(command: tuple[str, str], project: Path) -> None:
    """A build that is in the middle of its pages starts two others, and waits for them."""
    do_before_the_swap(project, NESTED)
    built = python(project, *command)
    assert built.returncode == 0, built.stdout + built.stderr
    assert built.stderr.count(f"{TAKEN}\n") == 2
    assert built.stderr.count("second: 1") == 2
    assert (project / "site" / "404.html").is_file()
    assert not list(project.glob("site.*"))


WAITING = """
import time
if "SECOND" not in os.environ:
    (ROOT / "begun").touch()
    while (ROOT / "begun").exists():
        time.sleep(0.05)
"""


def test_while_a_builder_is_at_work_whose_own_parent_was_killed_no_other_build_begins(project: Path) -> None:
    do_before_the_swap(project, WAITING)
    before = tree(project / "site")
    first = subprocess.Popen(BUILD, cwd=project, env=clean_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (project / "begun").exists():
        assert first.poll() is None
    first.kill()
    first.wait()
    refused = python(project, "handbook", "build", environ={"SECOND": "1"})
    (project / "begun").unlink()
    assert (refused.returncode, refused.stderr) == (1, f"{TAKEN}\n")
    while _is_claimed(project / "site"):
        pass
    assert tree(project / "site") == before


def _is_claimed(folder: Path) -> bool:
    try:
        claim(folder).release()
    except Taken:
        return True
    return False


def test_a_folder_that_was_made_only_to_be_claimed_is_gone_after_a_build_that_failed(project: Path) -> None:
    shutil.rmtree(project / "site")
    append(project / "data/conditions.yaml", "\nnosuch: 1\n")
    for command in COMMANDS:
        assert python(project, *command).returncode == 1
        assert not list(project.glob("site*"))


@pytest.mark.parametrize("largest", [200_000, 20_000, 1_000])
def test_the_published_site_stays_as_it_was_when_the_disk_takes_no_more(largest: int, project: Path) -> None:
    """The system refuses to write more than so many bytes into a file: first a library, then a page, then nearly anything."""
    before = tree(project / "site")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    environ = {**clean_environment(), "PYTHONDONTWRITEBYTECODE": "1"}
    failed = subprocess.run(BUILD, cwd=project, env=environ, preexec_fn=limit, capture_output=True, text=True, timeout=300, check=False)
    assert failed.returncode != 0
    assert "File too large" in failed.stderr
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))


# -- a sudden end --------------------------------------------------------------------------

END = "\nimport os as _os\n\ndef {name}(*_):\n    _os.killpg(0, {signal})\n    raise SystemExit(3)\n"
MOMENTS = {
    "while the pages are made": ("handbook/render.py", "_end", "\nRenderer.page = _end\n"),
    "when all pages are written": ("handbook/published.py", "publish", ""),
    "between the audit and the swap": ("handbook/other.py", "swap", ""),
}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=lambda sent: sent.name)
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_published_site_stays_as_it_was_and_the_next_build_goes_well_after_an_end(moment: str, sent: signal.Signals, project: Path) -> None:
    path, name, more = MOMENTS[moment]
    before = tree(project / "site")
    whole = (project / path).read_bytes()
    append(project / path, END.format(name=name, signal=int(sent)) + more)
    ended = subprocess.run(BUILD, cwd=project, env=clean_environment(), start_new_session=True, capture_output=True, timeout=300, check=False)
    assert ended.returncode != 0
    assert tree(project / "site") == before
    if sent is signal.SIGINT:
        assert not list(project.glob("site.*"))
    else:  # nobody was left to clear up: the next build does
        (project / path).write_bytes(whole)
        again = python(project, "handbook", "build")
        assert again.returncode == 0, again.stderr
        assert before.keys() - tree(project / "site").keys() == {"old.html"}
        assert not list(project.glob("site.*"))


def folders(place: Path) -> tuple[Path, Path]:
    for name in ("new", "old"):
        (place / name).mkdir()
        (place / name / "index.html").write_text(name, encoding="utf-8")
    return place / "new", place / "old"


def test_two_folders_change_places_in_one_step_of_the_system(tmp_path: Path) -> None:
    new, old = folders(tmp_path)
    assert exchange(new, old)
    assert {path: (path / "index.html").read_text(encoding="utf-8") for path in (new, old)} == {new: "old", old: "new"}
    assert not exchange(new, tmp_path / "missing")


def test_a_build_that_is_killed_in_the_swap_leaves_the_old_site_or_the_new_one_and_never_none(tmp_path: Path) -> None:
    """Killed before each call of the system that changes a folder, until one run gets through."""
    program = """
import os, signal, sys
from pathlib import Path
from handbook import builder
left = int(sys.argv[1])
def counted(call):
    def counting(*words, **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*words, **more)
    return counting
builder.exchange, os.replace, builder.remove = map(counted, (builder.exchange, os.replace, builder.remove))
builder.swap(Path("new"), Path("old"))
"""
    seen = []
    for calls in range(10):
        place = tmp_path / str(calls)
        place.mkdir()
        folders(place)
        environ = {**clean_environment(), "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", program, str(calls)], cwd=place, env=environ, check=False)
        seen.append((place / "old/index.html").read_text(encoding="utf-8"))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert seen == ["old", "old", "new", "new"]


def test_where_the_system_cannot_exchange_two_folders_the_swap_takes_two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.builder.exchange", lambda *_: False)
    new, old = folders(tmp_path)
    swap(new, old)
    assert [(path.name, (path / "index.html").read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("old", "new")]


def test_a_site_that_a_killed_build_has_moved_aside_is_back_even_if_the_next_build_fails(project: Path) -> None:
    before = tree(project / "site")
    (project / "site").rename(project / "site.old")
    append(project / "data/glossary.yaml", FAULTS["the check finds a fault"][1])
    assert python(project, "handbook", "build").returncode == 1
    assert tree(project / "site") == before
    assert not list(project.glob("site.*"))
