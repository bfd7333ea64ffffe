"""What the handbook says on GitHub: what a change changes for readers, what is overdue, and the editors' checklist.

The words are in ``templates/comments``. Whatever comes from data, pages or
names of files is plain text in them; see :func:`handbook.text.comment`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook import freshness, revisions
from handbook.address import address
from handbook.calls import TEMPLATES
from handbook.changes import Changes, KindChanges, Version, changes
from handbook.check import check
from handbook.load import DOCS
from handbook.model import KINDS, OWN_KINDS
from handbook.published import HOME_PAGE
from handbook.published import address as built
from handbook.relate import Item, relate
from handbook.report import help_page, report
from handbook.text import comment
from handbook.views import Repository, Views
from handbook.views.parts import spelled

FOLDER = TEMPLATES / "comments"
CHECKLIST = ".github/PULL_REQUEST_TEMPLATE.md"

LIMIT = 65_536
"""What GitHub takes as one comment, in characters. We count bytes, which are never fewer."""

NAMED = 5
"""Files of each sort that are named at most where content and machinery come together."""


@dataclass(frozen=True)
class Reference:
    """A record or a page: a link if readers can open it, or else its title and the file."""

    title: str
    address: str | None
    path: str

    def __html__(self) -> str:
        """It in Markdown."""
        if self.address:
            return f"[{comment(self.title)}]({self.address})"
        return f"{comment(self.title)} ({comment(self.path)})"


def said(name: str, **values: Any) -> str:
    """The text of a template, with every value as plain text."""
    made = Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True, finalize=comment, trim_blocks=True)
    lines = made.get_template(f"{name}.md.j2").render(values).split("\n")
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before).strip("\n") + "\n"


def shortened(text: str, more: str) -> str:
    """``text`` if a comment can hold it, or else its first lines and how many are left out, with ``more``."""
    if len(text.encode()) <= LIMIT:
        return text
    lines, kept, size = text.splitlines(), [], len(more.encode()) + 100
    for line in lines:
        size += len(line.encode()) + 1
        if size > LIMIT:
            break
        kept.append(line)
    return "\n".join(kept) + f"\n\n**{len(lines) - len(kept):,} more lines are left out.** {more}\n"


# -- what a change changes -------------------------------------------------------


def difference(root: Path, base: str, head: str, site: str | None) -> tuple[str, bool]:
    """What readers see differently in ``head``, as a comment, and whether it touches content and machinery.

    Each of the two is a folder or a revision of the repository ``root``. Raises
    :class:`handbook.revisions.NoSuchVersion`.
    """
    with tempfile.TemporaryDirectory() as folder:
        before, after, paths = _versions(root, base, head, Path(folder))
        content, machinery = [p for p in paths if revisions.is_content(p)], [p for p in paths if revisions.is_machinery(p)]
        mixed = bool(content and machinery)
        touched = {name: {"files": found[:NAMED], "more": len(found[NAMED:])} for name, found in (("content", content), ("machinery", machinery))}
        text = said("diff", mixed=mixed, touched=touched, machinery_alone=bool(machinery) and not content, **_seen(before, after, site))
    return shortened(text, f"To see them all: python -m handbook diff {comment(base)} {comment(head)}"), mixed


def _versions(root: Path, base: str, head: str, work: Path) -> tuple[Path, Path, list[str]]:
    """The folders of two versions, and the files that differ."""
    if revisions.is_folder(base) and revisions.is_folder(head):
        return Path(base), Path(head), revisions.differing(Path(base), Path(head))
    one, other = revisions.commit(root, base), revisions.commit(root, head)
    one = revisions.parting(root, one, other)
    for revision, name in ((one, "before"), (other, "after")):
        (work / name).mkdir()
        revisions.write(root, revision, work / name)
        shutil.copytree(TEMPLATES, work / name / TEMPLATES.name)  # ours, which the check looks at as well
    for kind in OWN_KINDS.values():  # a version from before there was such a file
        old = work / "before" / kind.home
        if not old.exists() and (root / kind.home).exists():
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / kind.home, old)
    return work / "before", work / "after", revisions.changed(root, one, other)


def _seen(before: Path, after: Path, site: str | None) -> dict[str, Any]:
    """What the template needs to say what changed, or what is wrong."""
    new = check(after)
    nothing: dict[str, Any] = {"problems": new.problems, "old_problems": 0, "changes": Changes(), "kinds": [], "help": help_page(os.environ)}
    if new.problems:
        return nothing
    old = check(before)
    if old.problems:
        return {**nothing, "old_problems": len(old.problems)}
    one, other = Version(old.base, relate(old.base)), Version(new.base, relate(new.base))
    found = changes(one, other)
    shown = _References(one, other, site)
    return {
        **nothing,
        "changes": found,
        "kinds": [shown.kind(kind) for kind in found.kinds],
        "cells": [{"recommendation": shown.record(c.recommendation), "sector": c.sector.title, "cell": c} for c in found.cells],
        "levels": [{"tool": shown.record(level.tool), "level": level} for level in found.levels],
        "claims": [{"record": shown.record(claim.item), "claim": claim} for claim in found.claims],
        "pages": {
            "new": [shown.page(path) for path in found.new_pages],
            "changed": [shown.page(path) for path in found.changed_pages],
            "removed": found.removed_pages,
        },
    }


class _References:
    """References to what a version shows; links only to what the published one shows already."""

    def __init__(self, before: Version, after: Version, site: str | None) -> None:
        self.before, self.after, self.site = before, after, site
        self.views = Views(after.book, Repository(), HOME_PAGE)

    def record(self, item: Item) -> Reference:
        known = self.site and KINDS[item.kind].shown and item.id in self.before.book.items[item.kind]
        return Reference(item.title, f"{self.site}{built(self.views.target(item.kind, item.id))}" if known else None, item.place.path)

    def page(self, path: str) -> Reference:
        known = self.site and path in self.before.book.heads
        return Reference(self.after.book.heads[path].title, f"{self.site}{built(path)}" if known else None, f"{DOCS}/{path}")

    def kind(self, found: KindChanges) -> dict[str, Any]:
        return {
            "kind": found.kind,
            "new": [{"record": self.record(item), "summary": getattr(item.record, "summary", None)} for item in found.new],
            "changed": [{"record": self.record(one.item), "fields": one.fields, "headings": one.headings} for one in found.changed],
            "renamed": [{"record": self.record(item), "was": was} for was, item in found.renamed],
            "removed": [{"title": item.title, "id": item.id} for item in found.removed],
        }


# -- what is overdue -------------------------------------------------------------


def overdue(root: Path, day: dt.date) -> str | None:
    """The pages that are due for another check on ``day``, as the text of an issue, empty if there are none.

    None, and what is wrong is printed, if there are problems.
    """
    checked = check(root)
    if checked.problems:
        report(checked.problems, sys.stderr)
        return None
    book = relate(checked.base, day)
    rows: list[dict[str, Any]] = [
        {
            "title": late.item.title,
            "path": late.item.place.path,
            "kind": late.item.kind,
            "reviewed": spelled(late.reviewed.isoformat()) if late.reviewed else None,
            "due": spelled(late.due.isoformat()) if late.due else None,
        }
        for late in freshness.overdue(book)
    ]
    if not rows:
        return ""
    late, never = [row for row in rows if row["due"]], [row for row in rows if not row["due"]]
    return shortened(said("overdue", day=spelled(day.isoformat()), late=late, never=never), "To see them all: python -m handbook overdue")


# -- the checklist ---------------------------------------------------------------


def checklist(root: Path) -> str:
    """The form of a pull request, with the editors' checklist."""
    parts = check(root).base.records["checklist"].values()
    return said("pull_request", parts=[{"title": part.title, "points": part.points} for part in parts])


# -- the command line ------------------------------------------------------------


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``diff``, ``overdue`` and ``checklist`` to the command line."""
    comparing = commands.add_parser("diff", help="say what readers will see differently, for a comment on a pull request")
    comparing.add_argument("base", help="the version before: a revision, or a folder")
    comparing.add_argument("head", help="the version after: a revision, or a folder")
    comparing.add_argument("--fail-if-mixed", action="store_true", help="end with 1 if content and machinery are both touched")
    comparing.set_defaults(run=lambda options: _diff(options, os.environ))
    listing = commands.add_parser("overdue", help="list the pages that are due for another check, for an issue")
    listing.add_argument("--on", type=dt.date.fromisoformat, metavar="DAY", help="the day to judge by (default: that of a build)")
    listing.set_defaults(run=lambda options: _overdue(options, os.environ))
    form = commands.add_parser("checklist", help=f"write the editors' checklist into {CHECKLIST}")
    form.set_defaults(run=_checklist)


def _diff(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    try:
        text, mixed = difference(options.root, options.base, options.head, address(environ).site)
    except revisions.NoSuchVersion as missing:
        print(f"there is neither a revision nor a handbook's folder {missing}", file=sys.stderr)
        return 2
    print(text, end="")
    return int(mixed and options.fail_if_mixed)


def _overdue(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    text = overdue(options.root, options.on or freshness.today(environ))
    if text is None:
        return 1
    print(text, end="")
    return 0


def _checklist(options: argparse.Namespace) -> int:
    target = options.root / CHECKLIST
    target.parent.mkdir(exist_ok=True)
    target.write_text(checklist(options.root), encoding="utf-8")
    print(target)
    return 0


