"""Which tags a finished page may hold, around its text and in it, inside what, and which are there once: handbook/tags.yaml, read and compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from handbook.audit import Element

TABLE = Path(__file__).with_name("tags.yaml")
ONCE, AT_MOST_ONCE, OFTEN, WORDS, TEXT = "once", "at most once", "often", "words", "text"

_ATTRIBUTE = re.compile(r'([a-z-]+)(\??)="([^"]*)"')


@dataclass(frozen=True)
class Table:
    """The tags, as patterns: one for all that may stand in a text, and one for all around it, with a group for each."""

    text: re.Pattern[str]
    around: re.Pattern[str]
    often: tuple[tuple[str, bool], ...]
    """Each tag around the text that may be there once, in the order of the groups, and whether it must."""
    words: re.Pattern[str]
    """What around the text has words in it."""

    def fits(self, element: Element) -> bool:
        """Whether an element is one that may stand where it does."""
        return bool((self.text if element.in_text else self.around).fullmatch(_line(element)))

    def has_words(self, element: Element) -> bool:
        """Whether words may stand in an element around the text."""
        return bool(self.words.fullmatch(_place(element)))

    def counted(self, elements: Iterable[Element]) -> list[tuple[str, int]]:
        """Each tag around the text that is there too often, or should be there and is not; with how often it is."""
        found = Counter(fit.lastindex for element in elements if not element.in_text and (fit := self.around.fullmatch(_line(element))))
        counts = ((tag, must, found[number]) for number, (tag, must) in enumerate(self.often, start=1))
        return [(tag, count) for tag, must, count in counts if count > 1 or (must and not count)]


def table(tags: Mapping[str, list[str]]) -> Table:
    """The table of the tags under the five names of ``tags.yaml``."""
    single = [(tag, True) for tag in tags[ONCE]] + [(tag, False) for tag in tags[AT_MOST_ONCE]]
    around = [f"({_pattern(tag)})" for tag, _ in single] + [_pattern(tag) for tag in tags[OFTEN]]
    return Table(_one_of(map(_pattern, tags[TEXT])), _one_of(around), tuple(single), _one_of(tags[WORDS]))


@cache
def known() -> Table:
    """The table of ``tags.yaml``."""
    return table(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _pattern(tag: str) -> str:
    """A pattern for the line of an element, without groups of its own."""
    tag, _, place = tag.partition("> in ")
    name, _, attributes = tag.strip("<>").partition(" ")
    wanted = sorted((name, f"(?:\n{name}=(?:{value})){optional}") for name, optional, value in _ATTRIBUTE.findall(attributes))
    stands = f"\nin (?:{place})" if place else "(?:\nin .*)?"
    whole = f"(?:{name}){''.join(pattern for _, pattern in wanted)}{stands}"
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", whole)


def _line(element: Element) -> str:
    """An element as its patterns have it: the name, each attribute on a line of its own, in the order of their names, and what it stands in."""
    given = {name: " ".join(value.split("\n")) for name, value in element.attributes.items()}
    if "class" in given:
        given["class"] = " ".join(sorted(given["class"].split()))
    place = [f"\nin {_place(element.inside)}"] if element.inside and not element.in_text else []
    return "".join((element.name, *(f"\n{name}={given[name]}" for name in sorted(given)), *place))


def _place(element: Element) -> str:
    """An element as what others stand in: the name, and its classes in the order of the alphabet."""
    return " ".join((element.name, *sorted(element.attributes.get("class", "").split())))
