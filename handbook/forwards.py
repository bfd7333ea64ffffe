"""Pages at the addresses that renamed records had before: links that others have made go on leading to them.

A host of files cannot forward by itself, so each old address gets a small page
that does (``overrides/forward.html``). Only records with a page of their own
have an address to keep; the place of another record in a list does not.
"""

from __future__ import annotations

from pathlib import Path

from handbook import audit
from handbook.model import KINDS
from handbook.relate import Handbook
from handbook.render import environment

OVERRIDES = Path(__file__).parent.parent / "overrides"
TEMPLATE = "forward.html"


def write(book: Handbook, site: Path) -> None:
    """Write a page for each former id of a record with a page below ``site``, the folder of a finished build."""
    template = environment(OVERRIDES).get_template(TEMPLATE)
    for kind in (kind for kind in KINDS.values() if kind.page_folder):
        for item in book.all(kind.name):
            for former in dict.fromkeys(item.record.aliases):
                target = site / str(kind.page_folder) / former / audit.INDEX
                target.parent.mkdir(parents=True, exist_ok=True)
                # The new page knows its full address, whichever builder has made it.
                now = audit.read_page(item.id, (target.parent.parent / item.id / audit.INDEX).read_text(encoding="utf-8"))
                text = template.render(title=item.title, former=former, href=f"../{item.id}/", address=now.canonical[0])
                target.write_text(text, encoding="utf-8")
