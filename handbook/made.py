"""One handbook for a whole build: checked, related and ready to render, read once.

A builder may ask for the handbook once for each page, and a preview must see
every change to a file, so what was made is kept until a file's name, size or
time of change differs.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from handbook.check import check
from handbook.load import DATA, DOCS
from handbook.problem import Problem
from handbook.relate import relate
from handbook.render import Renderer
from handbook.views import Repository

TEMPLATES = "templates"

Stamp = tuple[tuple[str, int, int], ...]


class Faulty(Exception):
    """The data or the pages have problems; nothing must be built from them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


@dataclass
class _Kept:
    key: tuple[Path, Repository]
    stamp: Stamp
    made: Renderer | Faulty


_kept: list[_Kept] = []


def renderer(root: Path, repository: Repository) -> Renderer:
    """The renderer for the handbook below ``root``.

    Raises :class:`Faulty` with every problem if there is one.
    """
    key, stamp = (root, repository), _stamp(root)
    if not _kept or _kept[0].key != key or _kept[0].stamp != stamp:
        _kept[:] = [_Kept(key, stamp, _make(root, repository))]
    made = _kept[0].made
    if isinstance(made, Faulty):
        raise made
    return made


def _make(root: Path, repository: Repository) -> Renderer | Faulty:
    checked = check(root)
    if checked.problems:
        return Faulty(checked.problems)
    return Renderer(relate(checked.base), repository, root / TEMPLATES)


def _stamp(root: Path) -> Stamp:
    """Name, size and time of change of every file that the handbook is made of."""
    found: list[tuple[str, int, int]] = []
    for top in (DATA, DOCS, TEMPLATES):
        for folder, _, names in os.walk(root / top):
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118  (called once for each page by one builder)
                status = os.lstat(path)
                found.append((path, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))
