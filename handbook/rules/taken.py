"""What the site needs for itself, and no page or file may take: ids in pages, and names of files.

The theme's scripts look for parts of the page by ids that begin with two
underscores (``__config``, ``__search``), and ours by ids that begin with
``hb-``. A heading gets its id from its words, so ``### __config`` would be
found in the place of the theme's settings. And a file in ``docs/`` takes the
place of a file of the theme that has the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from handbook import theme
from handbook.base import Base, place_in
from handbook.calls import CALL
from handbook.load import DOCS
from handbook.problem import Place, Problem, Rule

TAKEN_ID = Rule("id-taken", "'{id}' would be an id that the site needs for parts of its own", "begin with another word")
TAKEN_FILE = Rule("file-taken", "the site has a file of this name already, and this one would take its place", "give it another name")

OURS = "hb-"
THEMES_IDS = "__"
MISSING = f"{DOCS}/404.md"
"""The page for wrong addresses is overrides/404.html."""

_PICTURE = re.compile(r"!\[.*?\]\([^()]*\)")
_ADDRESS = re.compile(r"\]\([^()\n]*\)")


def ids_are_left_to_the_site(base: Base) -> Iterator[Problem]:
    """No heading and no record has an id that begins as those of the site's own parts do."""
    for page in base.files.pages.values():
        for heading in base.headings[page.path]:
            if (found := id_of(heading.words)).startswith((OURS, THEMES_IDS)):
                yield TAKEN_ID.at(place_in(page, heading.start), id=found)
    for ids in base.files.ids.values():
        for name, place in ids.items():
            if name.startswith(OURS):
                yield TAKEN_ID.at(place, id=name)


def id_of(words: str) -> str:
    """The id of a heading of these ``words``: of what readers see of them, without pictures and marks."""
    shown = _ADDRESS.sub("]", _PICTURE.sub("", CALL.sub("", words)))
    return str(slugify(unescape(shown), "-"))


def files_are_left_to_the_site(base: Base) -> Iterator[Problem]:
    """No file takes the place of one of the theme's, or of the page for wrong addresses."""
    for path in sorted(base.files.assets):
        if path.removeprefix(f"{DOCS}/") in theme.files():
            yield TAKEN_FILE.at(Place(path, 1, 1))
    if MISSING in base.files.pages:
        yield TAKEN_FILE.at(Place(MISSING, 1, 1))


PRESENT = (ids_are_left_to_the_site, files_are_left_to_the_site)
