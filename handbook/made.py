"""One handbook for a whole build: checked, related and ready to render, read once.

A builder may ask for the handbook once for each page, and a preview must see
every change to a file, so what was made is kept until a file's name, size or
time of change differs.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from handbook.check import check
from handbook.doubt import texts
from handbook.freshness import today
from handbook.load import DATA, DOCS, load
from handbook.problem import Problem
from handbook.relate import relate
from handbook.render import Renderer
from handbook.rules.menu import SETTINGS
from handbook.views import Repository
from handbook.yamlread import Map

TEMPLATES = "templates"

Stamp = tuple[tuple[str, int, int], ...]


class Faulty(Exception):  # noqa: N818  (it is no error of the program)
    """The data or the pages have problems; nothing must be built from them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


@dataclass
class _Kept:
    key: tuple[Path, Repository]
    stamp: Stamp
    made: Renderer | Faulty
    looked: float = 0
    took: float = 0


_kept: list[_Kept] = []


def renderer(root: Path, repository: Repository, patience: float = 0) -> Renderer:
    """The renderer for the handbook below ``root``.

    With ``patience`` the files are not looked at again before that many times
    as long has passed as the last look at them took, so that a builder may ask
    for each page.

    Raises :class:`Faulty` with every problem if there is one.
    """
    key, now = (root, repository), time.monotonic()
    if not _kept or _kept[0].key != key or now - _kept[0].looked >= patience * _kept[0].took:
        stamp = _stamp(root)
        took = time.monotonic() - now
        if not _kept or _kept[0].key != key or _kept[0].stamp != stamp:
            _kept[:] = [_Kept(key, stamp, _make(root, repository))]
        _kept[0].looked, _kept[0].took = time.monotonic(), took
    made = _kept[0].made
    if isinstance(made, Faulty):
        raise made.with_traceback(None)  # or it would grow with each raise
    return made


def words(root: Path) -> tuple[str, ...]:
    """Every text that readers of the handbook below ``root`` are meant to see as it is, whatever signs are in it.

    Of prose these are only pieces in which a sign is written so that no program
    reads it: ``&amp;nbsp;`` in a page is ``&nbsp;`` to its readers.
    """
    files = load(root)
    found = {text for raws in files.records.values() for raw in raws.values() for text in texts(raw.values)}
    found.update(texts(files.vocabulary))
    for page in files.pages.values():
        found.update(texts(page.front or Map()))
        if "&" in page.body or "\\" in page.body:
            found.update(shown for piece in page.body.split() if (shown := _shown(piece)) != piece or _AMPERSAND.search(piece))
    return tuple(found)


_ESCAPED = re.compile(r"\\([^\w\s])")
_AMPERSAND = re.compile(r"^[^\[\]]*&[^\[\]]*$")


def _shown(piece: str) -> str:
    """A piece of prose as readers see it, as far as signs are concerned."""
    return unescape(_ESCAPED.sub(r"\1", piece))


def _make(root: Path, repository: Repository) -> Renderer | Faulty:
    checked = check(root)
    if checked.problems:
        return Faulty(checked.problems)
    return Renderer(relate(checked.base, today(os.environ)), repository, root / TEMPLATES)


def _stamp(root: Path) -> Stamp:
    """Name, size and time of change of every file that the handbook is made of."""
    found: list[tuple[str, int, int]] = []
    for top in (DATA, DOCS, TEMPLATES):
        for folder, _, names in os.walk(root / top):
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118  (no object for each of many files)
                try:
                    status = os.lstat(path)
                except FileNotFoundError:  # an editor's passing file
                    continue
                found.append((path, status.st_size, status.st_mtime_ns))
    with suppress(FileNotFoundError):
        status = (root / SETTINGS).stat()
        found.append((SETTINGS, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))
