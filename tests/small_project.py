"""A project that builds like the real one, around the tiny handbook."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from tests.conftest import ROOT, copy_tiny


def small_project(target: Path, extra_nav: Iterable[str] = ()) -> Path:
    """Copy the tiny handbook to ``target`` with all that a build needs.

    The settings are the real ones. The menu is the real one without the pages
    that the tiny handbook lacks, and with the pages of ``extra_nav``.
    """
    copy_tiny(target)
    for name in ("handbook", "overrides"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", target / "docs" / "assets")
    for name in ("macros.py", "vendor.toml"):
        shutil.copy(ROOT / name, target)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    menu = re.search(r"^nav:\n(?: .*\n)+", settings, re.MULTILINE)
    assert menu
    kept = [line for line in menu[0].splitlines() if not (page := re.search(r"[^ ]+\.md$", line)) or (target / "docs" / page[0]).exists()]
    kept = [line for line, following in pairwise([*kept, ""]) if not line.endswith(":") or following.startswith(" " * 6) or line == "nav:"]
    added = ["  - Extra:", *(f"      - {page}" for page in extra_nav)] if extra_nav else []
    (target / "mkdocs.yml").write_text(settings.replace(menu[0], "\n".join([*kept, *added, ""])), encoding="utf-8")
    return target
