"""The files that the builders' themes bring, read from where they are installed. Nothing of a theme is imported.

A site has few of them. A theme brings a search of its own as well, in a worker
with word lists in thirty languages, and the maps by which its makers look for
faults. No page of ours asks for these: the theme's script starts its search
only where a page has a part named ``search``, and the audit knows no such part.
So they are not published.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

THEMES = ("material", "zensical")
"""The themes of the two builders, each a Python package."""

PUBLISHED = re.compile(
    r"assets/javascripts/(?:bundle\.[0-9a-f]{8}\.min\.js|LICENSE)"
    r"|assets/stylesheets/(?:classic/)?(?:main|palette)\.[0-9a-f]{8}\.min\.css"
)
"""The files that a site has of its theme: its script and its stylesheets, and what Zensical says of licences."""


@cache
def files() -> dict[str, tuple[Path, ...]]:
    """The installed file or files, one for each theme that has it, by their path in a site, be they published or not."""
    found: dict[str, tuple[Path, ...]] = {}
    for theme in THEMES:
        spec = find_spec(theme)
        if spec is None or spec.origin is None:
            continue
        folder = Path(spec.origin).parent / "templates"
        for path in sorted(folder.rglob("assets/**/*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found[name] = (*found.get(name, ()), path)
    return found


@cache
def published() -> dict[str, tuple[Path, ...]]:
    """Those of :func:`files` that a site has."""
    return {path: installed for path, installed in files().items() if PUBLISHED.fullmatch(path)}


def is_left_out(path: str) -> bool:
    """Whether a path in a site is that of a file of the theme that is not published."""
    return path in files() and path not in published()


def leave_out(site: Path) -> None:
    """Take the theme's other files, and folders that hold nothing else, out of ``site``, the folder of a finished build.

    None of ours is among them, because the check refuses a file of such a name (:mod:`handbook.rules.taken`).
    """
    for path in filter(is_left_out, files()):
        (site / path).unlink(missing_ok=True)
        for folder in (site / path).relative_to(site).parents:
            if folder.name and (site / folder).is_dir() and not any((site / folder).iterdir()):
                (site / folder).rmdir()
