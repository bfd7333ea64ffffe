"""Sentences that are a source's own, found by the source's fingerprint."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from itertools import chain
from pathlib import PurePosixPath

from handbook.base import Base, place_in
from handbook.fingerprint import LIMIT, WORD, may_be_copied, runs, words_of
from handbook.load import Page, RawRecord, kind_of_page
from handbook.problem import Guess, Place, Problem, Rule
from handbook.records import Loc, field_name, place_of
from handbook.yamlread import Map, Seq

SHORTEST = 2 * LIMIT
"""So many letters and blanks hold no more than ``LIMIT`` words."""

COPIED = Rule(
    "source-copied",
    "{count} words in a row, from '{start}' on, are those of the source '{source}'",
    "say it in your own words, or quote up to {quoted} words in quotation marks and name the source right behind them",
)
STRAY = Rule("fingerprint-stray", "there is no source '{source}'", "remove this file, or give it the source's id as its name")
SHAPE = Rule(
    "fingerprint-shape",
    "this is not a line of a fingerprint, or not in its order",
    "make the file anew with 'python -m handbook fingerprint', from the source's text",
)

QUOTED = 25
"""Words that a quotation may have."""

SHOWN = 4
"""Words by which a message names the place."""

_HASH = re.compile(r"[0-9a-f]{8}")
_QUOTED = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"|(?<!\w)‘[^‘]*?’(?!\w)")
"""A quotation. Each sign that begins one also ends the search for the end of another, or rows of them would be read in quadratic time."""


class _Text:
    """Words with the places at which they stand in a text."""

    def __init__(self, text: str) -> None:
        lower = text.lower()
        self.text = text
        self._found = list(WORD.finditer(lower if len(lower) == len(text) else text))  # or the places would be lost
        self.words = [match[0].lower().encode() for match in self._found]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where the words from ``first`` to before ``end`` stand."""
        return self._found[first].start(), self._found[end - 1].end()

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Where quotations short enough begin and end."""
        spans = (match.span() for match in _QUOTED.finditer(self.text))
        return [(start, end) for start, end in spans if len(words_of(self.text[start:end])) <= QUOTED]

    def is_quoted(self, first: int, end: int) -> bool:
        """Whether the words stand in a short quotation."""
        start, stop = self.span(first, end)
        before = bisect_right(self.quotations, start, key=lambda span: span[0])
        return before > 0 and stop <= self.quotations[before - 1][1]


class _Names:
    """Names and fixed terms, which are nobody's own words: each counts as one."""

    def __init__(self, base: Base) -> None:
        self.names = {tuple(words_of(name)) for name in _names(base)}
        sizes: defaultdict[bytes, set[int]] = defaultdict(set)
        for first, *rest in filter(None, self.names):
            sizes[first].add(len(rest) + 1)
        self.sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}
        """How many words the names that begin with a word have, the longest first."""

    def leave_many(self, words: list[bytes]) -> bool:
        """Whether there are more than ``LIMIT`` words, if a name is one."""
        count = at = 0
        while at < len(words) and count <= LIMIT:
            at += next((size for size in self.sizes.get(words[at], ()) if tuple(words[at : at + size]) in self.names), 1)
            count += 1
        return count > LIMIT


def _names(base: Base) -> Iterator[str]:
    for organisation in base.records["organisation"].values():
        yield from filter(None, (organisation.name, organisation.english))
    for term in base.records["term"].values():
        yield from (term.term, *term.synonyms)
    for source in base.records["source"].values():
        yield from (source.title, source.publisher)
        yield from (passage.heading for passage in source.passages.values())


def nothing_is_copied(base: Base) -> Iterator[Problem]:
    """No text has more than a few words in a row in common with a source, unless as a short quotation."""
    prints = {
        PurePosixPath(path).stem: frozenset(int(line, 16) for line in lines if _HASH.fullmatch(line))
        for path, lines in base.files.fingerprints.items()
    }
    everything = frozenset(chain.from_iterable(prints.values()))
    names = _Names(base)
    for place, node, names_allowed in _texts(base) if everything else ():
        if may_be_copied("\n".join(_long(node)), everything):
            for loc, text in _strings(node):
                if names_allowed and _cites(loc):
                    continue
                for start, values in _copied(text, prints, names):
                    yield COPIED.at(place(loc, start), field_name(loc), **values)


def _texts(base: Base) -> Iterator[tuple[Callable[[Loc, int], Place], object, bool]]:
    """What each record and each page says, what finds the place of a letter in it, and whether it is a source's own record."""
    for kind, raws in base.files.records.items():
        for raw in raws.values():
            yield partial(_in_record, raw), raw.values, kind == "source"
    for page in base.files.pages.values():
        yield partial(_in_text, page), page.body, False
        if page.front is not None and kind_of_page(page.path) is None:
            yield partial(_in_front, page), page.front, False


def _long(node: object) -> list[str]:
    """The texts in ``node`` that are long enough to hold a run that is looked for."""
    found, todo = [], [node]
    for part in todo:  # grows on the way
        if isinstance(part, str):
            if len(part) > SHORTEST:
                found.append(part)
        elif isinstance(part, Map):
            todo.extend(part.values())
        elif isinstance(part, Seq):
            todo.extend(part)
    return found


def _cites(loc: Loc) -> bool:
    """Whether a field of a source names it or a place in it, and therefore uses its words."""
    return loc[0] in {"title", "publisher", "authors"} or loc[-1] == "heading"


def _in_record(raw: RawRecord, loc: Loc, _: int) -> Place:
    return place_of(raw, loc)


def _in_text(page: Page, _: Loc, start: int) -> Place:
    return place_in(page, start)


def _in_front(page: Page, loc: Loc, _: int) -> Place:
    assert page.front is not None  # noqa: S101  (or there were no field)
    return Place(page.path, *page.front.values_at[str(loc[0])])


def _copied(text: str, prints: Mapping[str, frozenset[int]], names: _Names) -> Iterator[tuple[int, dict[str, object]]]:
    """Where in ``text`` a source's own words begin, and what a message says of them."""
    read = _Text(text)
    for source, hashes in prints.items():
        for first, end in runs(read.words, hashes):
            if names.leave_many(read.words[first:end]) and not read.is_quoted(first, end):
                start, _ = read.span(first, end)
                words = text[start : read.span(first, first + SHOWN)[1]]
                yield start, {"count": end - first, "start": words, "source": source, "quoted": QUOTED}


def _strings(node: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(node, str):
        yield loc, node
    elif isinstance(node, Map):
        for name, value in node.items():
            yield from _strings(value, (*loc, name))
    elif isinstance(node, Seq):
        for index, value in enumerate(node):
            yield from _strings(value, (*loc, index))


def fingerprints_are_whole(base: Base) -> Iterator[Problem]:
    """A fingerprint belongs to a source, and its lines are hashes in their order."""
    for path, lines in base.files.fingerprints.items():
        source = PurePosixPath(path).stem
        if base.known.lacks_id("source", source):
            yield STRAY.at(Place(path, 1, 1), source=source, nearest=Guess(source, base.known.ids["source"]))
        before = ""
        for number, line in enumerate(lines, 1):
            if not _HASH.fullmatch(line) or line <= before:
                yield SHAPE.at(Place(path, number, 1))
                break
            before = line


PRESENT = (nothing_is_copied, fingerprints_are_whole)
