"""Pages at the addresses that renamed records had before: links that others have made go on leading to them.

A host of files cannot forward by itself, so each old address gets a small page
that does (``overrides/forward.html``). Only records with a page of their own
have an address to keep; the place of another record in a list does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from handbook.model import KINDS
from handbook.relate import Handbook
from handbook.render import environment

OVERRIDES = Path(__file__).parent.parent / "overrides"
TEMPLATE, INDEX = "forward.html", "index.html"

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


@dataclass(frozen=True)
class Forward:
    """A former address of a record: below which folder it is and was, its former id and its id, and its title."""

    folder: str
    former: str
    id: str
    title: str

    @property
    def path(self) -> str:
        """The page at the former address."""
        return f"{self.folder}/{self.former}/{INDEX}"

    @property
    def leads_to(self) -> str:
        """The address of the record's page, below the site's."""
        return f"{self.folder}/{self.id}/"


def forwards(book: Handbook) -> list[Forward]:
    """One for each former id of a record with a page."""
    kinds = [kind for kind in KINDS.values() if kind.page_folder]
    items = ((str(kind.page_folder), item) for kind in kinds for item in book.all(kind.name))
    return [Forward(folder, former, item.id, item.title) for folder, item in items for former in dict.fromkeys(item.record.aliases)]


def text(forward: Forward, address: str) -> str:
    """The page at a former address. ``address`` is the full one of the page that it leads to."""
    template = environment(OVERRIDES).get_template(TEMPLATE)
    return template.render(title=forward.title, former=forward.former, href=f"../{forward.id}/", address=address)


def write(book: Handbook, site: Path) -> None:
    """Write a page for each former id of a record with a page below ``site``, the folder of a finished build."""
    for forward in forwards(book):
        target = site / forward.path
        target.parent.mkdir(parents=True, exist_ok=True)
        # The new page knows its full address, whichever builder has made it.
        (now,) = _CANONICAL.findall((site / forward.leads_to / INDEX).read_text(encoding="utf-8"))
        target.write_text(text(forward, unescape(now)), encoding="utf-8")
