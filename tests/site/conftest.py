"""What the tests of the built site share: copies of it to break, and builds that several tests look at."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import copy_project

Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make a folder of a name by a function, once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        target, made = base / name, base / f"{name}.made"
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(target, ignore_errors=True)
                make(target)
                made.touch()
        return target

    return make_once


@pytest.fixture
def project(site: Path, tmp_path: Path) -> Path:
    """A copy of the real project with its built site, free to be broken."""
    return Path(shutil.copytree(site.parent, tmp_path / "project"))


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """A copy of the real project without a site."""
    return copy_project(tmp_path / "project")


def clean_environment() -> dict[str, str]:
    """This process's environment without the addresses that a build would take from it."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "HANDBOOK_", "CI"))}
    return {**inherited, "NO_MKDOCS_2_WARNING": "1"}


def python(folder: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``python -m`` in ``folder``, without inherited addresses."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**clean_environment(), **(environ or {})},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def tree(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with a hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()
    }
