"""What all tests share: a tiny handbook to break, the real one, and the real site built once."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from handbook.finder import SECTOR

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "tiny"

# What hypothesis makes up is the same each time; `make fuzz` chooses the other profile, which makes up more, and new things each time.
set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
settings.register_profile("small", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck), max_examples=100)
settings.register_profile("long", settings.get_profile("small"), derandomize=False, max_examples=2_000, print_blob=True)
settings.load_profile("small")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no GitHub Actions runs the tests, which would have each problem said once more and give the site an address."""
    for name in ("GITHUB_ACTIONS", "GITHUB_REPOSITORY", "HANDBOOK_SITE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny handbook, free to be broken; its vocabulary, forms and outlines are the real ones."""
    return copy_tiny(tmp_path / "tiny")


def copy_tiny(target: Path) -> Path:
    """Copy the tiny handbook to ``target`` and complete it with the real vocabulary, forms, outlines, templates and pages of tags."""
    shutil.copytree(TINY, target)
    for name in ("vocabulary.yaml", "outlines.geojson", "forms.yaml"):
        shutil.copy(ROOT / "data" / name, target / "data" / name)
    shutil.copytree(ROOT / "templates", target / "templates")
    for group in (ROOT / "docs" / "find").iterdir():
        if group.is_dir() and group.name != SECTOR:  # the tags are the real ones, and so are their pages
            shutil.copytree(group, target / "docs" / "find" / group.name)
    return target


def copy_project(target: Path) -> Path:
    """Copy everything that a build of the real site needs to ``target``."""
    target.mkdir(parents=True)
    for name in ("data", "docs", "handbook", "templates", "overrides"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("macros.py", "mkdocs.yml", "vendor.toml"):
        shutil.copy(ROOT / name, target / name)
    return target


def mkdocs(folder: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs`` in ``folder`` as a person would, with this test's Python and no inherited addresses."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "HANDBOOK_", "CI"))}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={**inherited, "NO_MKDOCS_2_WARNING": "1", **(environ or {})},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once for all test processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    target = shared / "project"
    with (shared / "project.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "site").exists():
            shutil.rmtree(target, ignore_errors=True)
            built = mkdocs(copy_project(target), "build")
            assert built.returncode == 0, built.stdout + built.stderr
    return target / "site"
