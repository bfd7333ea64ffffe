"""What a page says to those who do not see it: links and pictures in words that say something, and no drawn tables.

The built pages, most of which templates make, are asked the same in :mod:`handbook.heard`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.base import Base, place_in, within
from handbook.heard import is_address, says_nothing, shows_nothing
from handbook.load import Page
from handbook.problem import Problem, Rule

PICTURE = Rule("picture-says-nothing", "'{words}' does not say what the picture shows", "write what somebody who cannot see it should know")
LINK = Rule(
    "link-says-nothing",
    "'{words}' does not say where the link leads",
    "write words that make sense when they are heard alone, for example the title of the page",
)
ADDRESS = Rule(
    "link-is-address",
    "the words of this link are a bare address, which is read aloud sign by sign",
    "write what the page is called in square brackets, and the address in round brackets right behind them",
)
SAME = Rule(
    "link-same-words",
    "'{words}' leads to '{target}' here and to '{other}' above",
    "word the links so that somebody who hears them alone can tell them apart",
)
TABLE = Rule("table-drawn", "a table drawn with upright strokes has no heads that are read aloud, and is too wide for a phone", "write it as a list")

LONGEST = 300
"""Signs between the brackets of a link; what is longer is no link that anybody would hear to its end."""

_LINK = re.compile(rf"(!?)\[([^\[\]]{{1,{LONGEST}}})\]\([ \t]{{0,9}}<?([^\s<>()]{{1,500}})>?[ \t]{{0,9}}\)")
_BARE = re.compile(r"<(https?://[^\s<>\"'`]{1,500})>")
_STROKES = frozenset("|:- \t>")
"""All that the builder takes for the line between the heads of a table and its rows."""


@dataclass(frozen=True)
class Written:
    """A link or a picture as it is written: its words, where it leads, and at which offset it stands."""

    words: str
    target: str
    start: int
    picture: bool


def _written(base: Base, page: Page) -> Iterator[Written]:
    """The links and pictures of a page outside listings of code."""
    for found in _LINK.finditer(page.body) if "](" in page.body else ():
        if not within(base.listings[page.path], found.start()):
            yield Written(" ".join(found[2].replace("*", "").replace("`", "").split()), found[3], found.start(2), bool(found[1]))


def words_say_something(base: Base) -> Iterator[Problem]:
    """The words of a link say where it leads, and those for a picture what it shows; links of a page with the same words lead to the same page."""
    for page in base.files.pages.values():
        written = list(_written(base, page))
        yield from _led_apart(page, written)
        for link in written:
            place = place_in(page, link.start)
            if link.picture:
                if shows_nothing(link.words):
                    yield PICTURE.at(place, words=link.words)
            elif is_address(link.words):
                yield ADDRESS.at(place)
            elif says_nothing(link.words):
                yield LINK.at(place, words=link.words)
        for found in _BARE.finditer(page.body) if "<http" in page.body else ():
            if not within(base.listings[page.path], found.start()):
                yield ADDRESS.at(place_in(page, found.start()))


def _led_apart(page: Page, written: list[Written]) -> Iterator[Problem]:
    led: dict[str, str] = {}
    for link in written:
        target = link.target.partition("#")[0]
        if link.picture or not target or says_nothing(link.words):
            continue
        whole = target if ":" in target else posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))
        other = led.setdefault(link.words.casefold(), whole)
        if other != whole:
            yield SAME.at(place_in(page, link.start), words=link.words, target=whole, other=other)


def tables_are_not_drawn(base: Base) -> Iterator[Problem]:
    """No table is drawn with strokes: the builder makes one without heads that screen readers can use.

    Nor in a listing of code, because where one ends is not sure, and a table of
    a thousand columns makes a page of many megabytes.
    """
    for page in base.files.pages.values():
        if "|" not in page.body:
            continue
        above, offset = "", 0
        for line in page.body.split("\n"):
            if "|" in line and "|" in above and _STROKES.issuperset(line):
                yield TABLE.at(place_in(page, offset))
            above, offset = line, offset + len(line) + 1



PRESENT = (words_say_something, tables_are_not_drawn)
ABSENT = ()
