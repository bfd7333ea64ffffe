"""Which tags a finished page may hold, around its text, in it and in its drawings, inside what, and which once: handbook/tags.yaml, compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from handbook.audit import Element

TABLE = Path(__file__).with_name("tags.yaml")
ONCE, AT_MOST_ONCE, OFTEN, WORDS, DIFFERS = "once", "at most once", "often", "words", "differs"
TEXT, AWAY, DRAWING = "text", "leads away", "drawing"

PARTS = {"footer", "header", "nav"}
"""The parts around the text that have words."""

CONTENTS, TOPIC = "md-nav--secondary", "md-header__topic"
"""The theme's names for a page's contents, and for the words in the bar at the top."""

_ATTRIBUTE = re.compile(r'([a-z-]+)(\??)="([^"]*)"')


@dataclass(frozen=True)
class Table:
    """The tags, as patterns: one for all that may stand in a text, one for its drawings, and one for all around it, with a group for each."""

    text: re.Pattern[str]
    drawing: re.Pattern[str]
    around: re.Pattern[str]
    often: tuple[tuple[str, bool], ...]
    """Each tag around the text that may be there once, in the order of the groups, and whether it must."""
    words: re.Pattern[str]
    """What around the text has words in it."""
    differs: re.Pattern[str]
    """What around the text has words that are not the same on every page."""
    away: re.Pattern[str]
    """What with a class may hold links in the text that lead to other sites."""

    def fits(self, element: Element) -> bool:
        """Whether an element is one that may stand where it does."""
        inside = self.drawing if element.in_drawing else self.text
        return bool((inside if element.in_text else self.around).fullmatch(_line(element)))

    def has_words(self, element: Element) -> bool:
        """Whether words may stand in an element around the text."""
        return bool(self.words.fullmatch(_place(element)))

    def is_of_the_page(self, element: Element) -> bool:
        """Whether an element around the text says something else from page to page."""
        return any(self.differs.fullmatch(_place(outer)) for outer in (element, *around(element)))

    def says_the_same(self, element: Element) -> bool:
        """Whether words stand around the text that are the same on every page."""
        return self.has_words(element) and not self.is_of_the_page(element)

    def leads_within(self, element: Element) -> bool:
        """Whether a link is one of the page's contents."""
        return element.name == "a" and not element.in_text and any(CONTENTS in _place(outer).split() for outer in around(element))

    def is_topic(self, element: Element) -> bool:
        """Whether words in the bar at the top say what the page is about."""
        return any(TOPIC in _place(outer).split() for outer in (element, *around(element)))

    def may_lead_away(self, element: Element) -> bool:
        """Whether a link in a text may lead to another site: it looks like none of ours, and stands in none of our parts that only lead to pages."""
        if not element.in_text:
            return "class" not in element.attributes
        marked = (outer for outer in (element, *around(element)) if "class" in outer.attributes)
        return not element.in_drawing and all(self.away.fullmatch(_place(outer)) for outer in marked)

    def counted(self, elements: Iterable[Element]) -> list[tuple[str, int]]:
        """Each tag around the text that is there too often, or should be there and is not; with how often it is."""
        found = Counter(fit.lastindex for element in elements if not element.in_text and (fit := self.around.fullmatch(_line(element))))
        counts = ((tag, must, found[number]) for number, (tag, must) in enumerate(self.often, start=1))
        return [(tag, count) for tag, must, count in counts if count > 1 or (must and not count)]


def table(tags: Mapping[str, list[str]]) -> Table:
    """The table of the tags under the eight names of ``tags.yaml``."""
    single = [(tag, True) for tag in tags[ONCE]] + [(tag, False) for tag in tags[AT_MOST_ONCE]]
    around = [f"({_pattern(tag)})" for tag, _ in single] + [_pattern(tag) for tag in tags[OFTEN]]
    text, drawing = (_one_of(map(_pattern, tags[name])) for name in (TEXT, DRAWING))
    return Table(text, drawing, _one_of(around), tuple(single), *(_one_of(tags[name]) for name in (WORDS, DIFFERS, AWAY)))


@cache
def known() -> Table:
    """The table of ``tags.yaml``."""
    return table(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _pattern(tag: str) -> str:
    """A pattern for the line of an element, without groups of its own."""
    tag, _, places = tag.partition("> in ")
    name, _, attributes = tag.strip("<>").partition(" ")
    wanted = sorted((name, f"(?:\n{name}=(?:{value})){optional}") for name, optional, value in _ATTRIBUTE.findall(attributes))
    stands = "".join(f"\nin (?:{place})" for place in places.split(" in ") if place)
    whole = f"(?:{name}){''.join(pattern for _, pattern in wanted)}{stands}(?:\nin .*)*"
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", whole)


def _line(element: Element) -> str:
    """An element as its patterns have it: the name, and on lines of their own the attributes by their names, and the tags around it."""
    given = {name: " ".join(value.split("\n")) for name, value in element.attributes.items()}
    if "class" in given:
        given["class"] = " ".join(sorted(given["class"].split()))
    places = (f"\nin {_place(outer)}" for outer in around(element))
    return "".join((element.name, *(f"\n{name}={given[name]}" for name in sorted(given)), *places))


def around(element: Element) -> Iterator[Element]:
    """What an element stands in, from the inside: in a text, up to the one that holds the text."""
    in_text = element.in_text
    while element.inside and element.in_text == in_text:
        element = element.inside
        yield element


def part_of(element: Element) -> str:
    """The part around the text that an element is in, as messages name it."""
    parts = [outer for outer in (element, *around(element)) if outer.name in PARTS]
    return f"<{_place(parts[-1])}>" if parts else "the page"


def _place(element: Element) -> str:
    """An element as what others stand in: the name, and its classes in the order of the alphabet."""
    return " ".join((element.name, *sorted(element.attributes.get("class", "").split())))
