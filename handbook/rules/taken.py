"""What the site needs for itself, and no page or file may take: ids in pages, and names of files.

Scripts look for parts of the page by their ids, and those of the theme begin
with two underscores (``__config``, ``__search``). A heading gets its id from
its words, so ``### __config`` would be found in the place of the theme's
settings. And a file in ``docs/`` takes the place of a file of the theme that
has the same name.
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
from handbook.records import place_of
from handbook.rules.limits import MAX_LINE

TAKEN_ID = Rule("id-taken", "'{id}' would be an id that the site needs for parts of its own", "begin it with another word")
TAKEN_FILE = Rule("file-taken", "the site has a file of this name already, and this one would take its place", "give it another name")

OURS = ("hb-search-hint", "hb-text")
"""The ids of our own that stand on every page."""
THEMES = "__"
"""How those of the theme begin."""
MISSING = f"{DOCS}/404.md"
"""The page for wrong addresses is overrides/404.html."""

_PICTURE = re.compile(r"!\[.*?\]\([^()]*\)")
_ADDRESS = re.compile(r"\]\([^()\n]*\)")


def ids_are_left_to_the_site(base: Base) -> Iterator[Problem]:
    """No heading, title or record has an id by which scripts know a part of the site."""
    for page in base.files.pages.values():
        for heading in base.headings[page.path]:
            if is_taken(found := id_of(heading.words)):
                yield TAKEN_ID.at(place_in(page, heading.start), id=found)
    for raw in (raw for raws in base.files.records.values() for raw in raws.values()):
        title = raw.values.get("title")
        if isinstance(title, str) and is_taken(found := str(slugify(title, "-"))):
            yield TAKEN_ID.at(place_of(raw, ("title",)), "title", id=found)
        if is_taken(raw.id):
            yield TAKEN_ID.at(raw.place, id=raw.id)


def is_taken(name: str) -> bool:
    """Whether an id is one that scripts look for."""
    return name.startswith(THEMES) or name in OURS


def id_of(words: str) -> str:
    """The id of a heading of these ``words``: of what readers see of them, without pictures and marks.

    No line may be longer than what is looked at: to look for pictures takes quadratic time.
    """
    shown = _ADDRESS.sub("]", _PICTURE.sub("", CALL.sub("", words[:MAX_LINE])))
    return str(slugify(unescape(shown), "-"))


def files_are_left_to_the_site(base: Base) -> Iterator[Problem]:
    """No file takes the place of one of the theme's, or of the page for wrong addresses."""
    for path in sorted(base.files.assets):
        if path.removeprefix(f"{DOCS}/") in theme.files():
            yield TAKEN_FILE.at(Place(path, 1, 1))
    if MISSING in base.files.pages:
        yield TAKEN_FILE.at(Place(MISSING, 1, 1))


PRESENT = (ids_are_left_to_the_site, files_are_left_to_the_site)
