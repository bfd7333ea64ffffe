"""The files that the builders' themes bring into a site, read from where they are installed. Nothing of a theme is imported."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

THEMES = ("material", "zensical")
"""The themes of the two builders, each a Python package."""


@cache
def files() -> dict[str, tuple[Path, ...]]:
    """The installed file or files, one for each theme that has it, by their path in a site."""
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
