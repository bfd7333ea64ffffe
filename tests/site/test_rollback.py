"""Going back: an older version, built again later and elsewhere, is the site that was published then."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, copy_project
from tests.site.conftest import clean_environment, tree

OLD, NEW = "v1.0.0", "v1.1.0"
NEW_TITLE = "Something else"


def git(folder: Path, *words: str) -> None:
    environ = {**clean_environment(), "GIT_CONFIG_GLOBAL": "/dev/null"}
    me = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *me, *words], cwd=folder, env=environ, check=True, capture_output=True)


def repository(folder: Path) -> Path:
    """A repository with one version."""
    copy_project(folder)
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "One")
    git(folder, "tag", OLD)
    return folder


def another_version(folder: Path) -> None:
    """A second version that says something else on every page of conditions, a day later."""
    conditions = folder / "data/conditions.yaml"
    text = conditions.read_text(encoding="utf-8")
    conditions.write_text(re.sub(r"(?m)^  title: .+$", f"  title: {NEW_TITLE}", text, count=1), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Two", "--date", "2030-01-01T00:00:00")
    git(folder, "tag", NEW)


def build(source: Path, version: str, folder: Path) -> dict[str, str]:
    """Clone a version and call ``make site`` there, with this Python in the place of the environment that make would set up."""
    git(source.parent, "clone", "--quiet", "--depth=1", "--branch", version, source.as_uri(), str(folder))
    programs = folder / ".venv/bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (programs / "python").chmod(0o755)
    (folder / ".venv/.ready").touch()
    done = subprocess.run(["make", "site"], cwd=folder, env=clean_environment(), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pip install" not in done.stdout
    return tree(folder / "site")


def test_the_previous_version_built_again_is_byte_for_byte_the_site_that_was_published_then(tmp_path: Path) -> None:
    source = repository(tmp_path / "repository")
    published = build(source, OLD, tmp_path / "then")
    another_version(source)
    again = build(source, OLD, tmp_path / "a folder of another name")
    assert {path for path in published.keys() | again.keys() if published.get(path) != again.get(path)} == set()
    assert NEW_TITLE in (source / "data/conditions.yaml").read_text(encoding="utf-8")
    assert NEW_TITLE not in (tmp_path / "a folder of another name/site/conditions/index.html").read_text(encoding="utf-8")


def test_the_lock_names_every_package_with_its_version_and_hashes_so_that_an_old_build_gets_the_same() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        packages = [entry for entry in entries if not entry.startswith("#")]
        assert packages
        assert [entry for entry in packages if not re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+", entry) or "--hash=sha256:" not in entry] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"pip install.*", makefile) == re.findall(r"pip install.*--require-hashes.*", makefile)
