"""Make a large handbook out of the real one.

Everything but the lessons is copied as it is. The lessons are multiplied: each
new one has the prose of a real lesson, an id and a title of its own, and other
tags, tools, terms, passages and neighbours. So lists, back-links, problem pages
and the source map grow as they would if partners wrote that many lessons.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

from handbook.base import Base
from handbook.check import check
from handbook.model import Lesson

COPIED = ("data", "docs", "handbook", "templates", "overrides", "macros.py", "mkdocs.yml", "vendor.toml")
SEED = 20260501
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_LESSON_LINK = re.compile(r"\]\([a-z0-9-]+\.md\)")
_REPORT_MARK = re.compile(r'\{\{ (cite|inferred)\("report", "[a-z0-9-]+"\) \}\}')


def generate(root: Path, target: Path, lessons: int) -> None:
    """Write a handbook with at least ``lessons`` lessons to the new folder ``target``, from the one at ``root``.

    The same call always writes the same files. Raises ``ValueError`` if the
    handbook at ``root`` has problems.
    """
    checked = check(root)
    if checked.problems:
        raise ValueError(checked.problems[0].message)
    target.mkdir(parents=True)
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(root / name, target / name)
    _Writer(checked.base, target / "docs" / "lessons", lessons).write()


class _Writer:
    """Writes new lessons into a folder that holds the real ones."""

    def __init__(self, base: Base, folder: Path, lessons: int) -> None:
        self.base = base
        self.folder = folder
        self.random = Random(SEED)  # noqa: S311  (the same handbook each time, nothing secret)
        real = list(base.records["lesson"])
        self.new = [(real[n % len(real)], f"{real[n % len(real)]}-{n // len(real) + 1}") for n in range(lessons - len(real))]
        self.ids = [*real, *(new for _, new in self.new)]
        self.real: list[Lesson] = list(base.records["lesson"].values())
        report = next(s for s in base.records["source"].values() if s.passages)
        self.passages = [key for key, passage in report.passages.items() if passage.context is None]
        self.report = report.id
        self.others = [s.id for s in base.records["source"].values() if not s.passages]

    def write(self) -> None:
        """Write all new lessons."""
        for real, new in self.new:
            front = yaml.load((self.folder / f"{real}.md").read_text("utf-8").split("---\n")[1], LOADER)  # noqa: S506  (a safe loader)
            body = self.base.files.pages[f"docs/lessons/{real}.md"].body
            text = yaml.dump(self.front(front, new), Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=100)
            (self.folder / f"{new}.md").write_text(f"---\n{text}---\n{self.body(body, real, new)}", "utf-8")

    def front(self, front: dict[str, Any], new: str) -> dict[str, Any]:
        """The front matter of a real lesson, turned into that of a new one."""
        # What a lesson needs and what it builds stay together, so that every condition can still be reached,
        # and so do whether it worked and whether that is known.
        chain, ending = self.random.choice(self.real), self.random.choice(self.real)
        return {
            **front,
            "title": f"{front['title']}, case {new.rsplit('-', 1)[1]}",
            "summary": f"{front['summary']} This is case {new.rsplit('-', 1)[1]}.",
            "field": self.random.choice(self.real).field,
            "kind": ending.kind,
            "outcome_known": ending.outcome_known,
            "breadth": self.random.choice(self.real).breadth,
            "needs": self.some(list(self.base.vocabulary["need"]), front["needs"]),
            "with": self.some(list(self.base.vocabulary["with"]), front.get("with", ())),
            "requires": [item.model_dump() for item in chain.requires],
            "builds": list(chain.builds),
            "tools": self.some(list(self.base.records["tool"]), front.get("tools", ())),
            "terms": self.some(list(self.base.records["term"]), front.get("terms", ())),
            "sources": [self.citation(source) for source in front["sources"]],
        }

    def body(self, body: str, real: str, new: str) -> str:
        """The text of a real lesson, turned into that of a new one."""
        body = body.replace(f'("{real}")', f'("{new}")')
        body = _LESSON_LINK.sub(lambda _: f"]({self.random.choice(self.ids)}.md)", body)
        return _REPORT_MARK.sub(lambda m: f'{{{{ {m[1]}("{self.report}", "{self.random.choice(self.passages)}") }}}}', body)

    def citation(self, real: dict[str, str]) -> dict[str, str]:
        """Another citation of the same sort."""
        if "passage" in real:
            return {"source": self.report, "passage": self.random.choice(self.passages)}
        return {"source": self.random.choice(self.others)}

    def some(self, allowed: Sequence[str], real: Sequence[str]) -> list[str]:
        """As many as the real lesson has, of those allowed."""
        return self.random.sample(allowed, len(real))
