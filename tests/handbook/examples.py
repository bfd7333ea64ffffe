"""Deliberately bad handbooks: how each differs from the tiny one, and what the check says of it.

A folder of ``tests/handbook/bad`` is named after the rule that it breaks. Its
``data`` and ``docs`` are laid over the tiny handbook; its ``change.yaml`` is a
list of changes to single files, each with ``file`` and

- ``old`` and ``new``: a text that is there once, and what takes its place,
  ``times`` over if that is given;
- ``cut`` and ``before``: what goes is the first text and all up to the other;
- ``write``: all that it then holds;
- ``delete``; ``pipe`` and ``folder``, which put one in its place; ``link``, to where.

``expected.txt`` is all that ``python -m handbook check`` then prints.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import yaml

from handbook.check import check

LESSON = "docs/lessons/write-it-down.md"
TOOL = "docs/toolbox/telephone-round.md"
SECTOR = "docs/sectors/food.md"
"""Pages of the tiny handbook."""

BAD = Path(__file__).parent / "bad"
EXAMPLES = sorted(folder.name for folder in BAD.iterdir())


def spoil(handbook: Path, example: str) -> None:
    """Make the bad example out of a copy of the tiny handbook."""
    folder = BAD / example
    for name in ("data", "docs"):
        if (folder / name).exists():
            shutil.copytree(folder / name, handbook / name, dirs_exist_ok=True)
    if (folder / "change.yaml").exists():
        for change in yaml.safe_load((folder / "change.yaml").read_text(encoding="utf-8")):
            _change(handbook / change.pop("file"), **change)


def expected(example: str) -> str:
    """What the check prints of the bad example."""
    return (BAD / example / "expected.txt").read_text(encoding="utf-8")


def _change(path: Path, **change: Any) -> None:
    match change:
        case {"delete": True}:
            path.unlink()
        case {"write": text}:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        case {"folder": True}:
            path.unlink()
            path.mkdir()
        case {"pipe": True}:
            os.mkfifo(path)
        case {"link": target}:
            path.symlink_to(target)
        case {"cut": cut, "before": before}:
            text = path.read_text(encoding="utf-8")
            start = text.index(cut)
            path.write_text(text[:start] + text[text.index(before, start) :], encoding="utf-8")
        case {"old": old, "new": new}:
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
            path.write_text(text.replace(old, new * change.get("times", 1)), encoding="utf-8")
        case _:
            raise AssertionError(change)


def change(root: Path, path: str, old: str, new: str) -> None:
    """Put ``new`` in the place of the first ``old``, which must be there. Half a surrogate becomes the byte it stands for."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8", errors="surrogateescape")


def found(root: Path) -> list[str]:
    """The rules that are broken, each with its file."""
    return [f"{problem.rule.id} {problem.place.path}" for problem in check(root).problems]


def rules_of(root: Path) -> list[str]:
    """The rules that are broken."""
    return [problem.rule.id for problem in check(root).problems]
