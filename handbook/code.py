"""Where a page's text is code, which readers see sign by sign, and where a backtick begins code that does not end.

Each character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from handbook.base import Base, within
from handbook.load import Page

HIDDEN = "\x00"
"""Stands for each sign that has no meaning of its own. The check lets it into no file."""

_SIGN = r"(?:[-*+:]|[0-9]{1,9}[.)])[ \t]"
_PART = re.compile(rf"\n(?=[ \t>]*(?:\n|#|{_SIGN}))")
"""The end of a paragraph, of a list's entry or of a heading. No code between backticks goes on behind it."""
_BEGINS = re.compile(_SIGN)
_LINE = re.compile(r"^([ \t]*)(\S[^\n]*)?\n?", re.MULTILINE)
_TICKS = re.compile(r"`+")
_NO_TEXT = re.compile(r"\{\{[^{}\n]*\}\}|\]\([^()\n]*\)|<https?://[^\s<>]*>|\\[^\w\s]")
"""Calls, where links lead, and signs that a backslash makes plain."""
_LONGEST = 100
_SEEN = re.compile(r"[^\n]")
STEP = 4
"""Blanks for each list that a line stands in, and for code. With fewer the builder takes a line for part of the list around that."""


class Entries:
    """The entries of lists that a line may stand in, from the outside."""

    def __init__(self) -> None:
        self._begun: list[tuple[int, int, str]] = []  # the blanks before each, those before its words, and what kind of list it is in

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._begun)

    def clear(self) -> None:
        """Forget all of them."""
        self._begun.clear()

    def begin(self, indent: int, kind: str, width: int = 2) -> None:
        """Note an entry with so many blanks before it, of a ``kind`` of list, and with a sign and blank of so many letters."""
        self._begun.append((indent, indent + width, kind))

    def around(self, indent: int) -> int:
        """Of how many entries a line with so many blanks is meant to be part."""
        return sum(indent >= words for _, words, _ in self._begun)

    def code(self, indent: int) -> int:
        """How many blanks make code of a line that is meant to stand where one with ``indent`` blanks does."""
        return STEP * (self.around(indent) + 1)

    def beside(self, indent: int) -> bool:
        """Whether a line with so many blanks stands right below an entry's sign."""
        return any(start <= indent < words for start, words, _ in self._begun)

    def keep(self, indent: int) -> str | None:
        """Forget the entries that a line with so many blanks is no part of; the kind of the outermost, beside which it stands."""
        kind = None
        while self._begun and indent < self._begun[-1][1]:
            kind = self._begun.pop()[2]
        return kind


class Code(NamedTuple):
    """Where code begins and ends, in order, and where backticks stand that nothing closes."""

    spans: list[tuple[int, int]]
    unclosed: list[tuple[int, int]]


def code_in(base: Base, page: Page) -> Code:
    """All code in a page's text: between fences, indented, and between backticks."""
    blocks = base.listings[page.path]
    if "\n    " in page.body or "\t" in page.body:
        blocks = sorted([*blocks, *_indented(page.body, blocks)])
    found, unclosed = list(blocks), list[tuple[int, int]]()
    offset = 0
    for part in _PART.split(page.body) if "`" in page.body else ():
        runs = [run for run in _TICKS.finditer(part) if not within(blocks, offset + run.start())] if "`" in part else []
        for start, end, closed in _between(runs):
            (found if closed else unclosed).append((offset + start, offset + end))
        offset += len(part) + 1
    return Code(sorted(found), unclosed)


def _indented(text: str, listings: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines that are code because of the blanks before them: behind an empty line, with four more than what they stand in."""
    entries, free, code = Entries(), True, False
    for line in _LINE.finditer(text):
        if line[2] is None:
            free = True
            continue
        indent = len(line[1].expandtabs(STEP))
        if (free or code) and indent >= entries.code(indent) and not within(listings, line.start()):
            code, free = True, False
            yield line.span()
        else:
            begins = _BEGINS.match(line[2])
            if free or begins:
                entries.keep(indent)
            if begins:
                entries.begin(indent, "")
            code, free = False, line[2].startswith("#")


def _between(runs: list[re.Match[str]]) -> Iterator[tuple[int, int, bool]]:
    """Where code between as many backticks begins and ends, and whether it does."""
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        alike[len(run[0])].append(number)
    number = 0
    while number < len(runs):
        length = len(runs[number][0]) - _is_escaped(runs[number])
        same = alike[length]
        after = bisect_right(same, number)
        last = same[after] if after < len(same) else number
        if length:
            yield runs[number].end() - length, runs[last].end(), last > number
        number = last + 1


def _is_escaped(run: re.Match[str]) -> bool:
    """Whether a backslash makes a plain sign of the first of some backticks. That one ends code, but begins none."""
    before = run.string[max(0, run.start() - _LONGEST) : run.start()]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def without_code(page: Page, code: Code) -> str:
    """The page's text with something else in the place of each sign of code, calls, addresses and whatever a backslash makes plain."""
    parts, end = [], 0
    for start, stop in code.spans:
        if start >= end:
            parts += [page.body[end:start], _hide(page.body[start:stop])]
            end = stop
    return _NO_TEXT.sub(lambda found: _hide(found[0]), "".join((*parts, page.body[end:])))


def _hide(text: str) -> str:
    return _SEEN.sub(HIDDEN, text)


def parts_of(text: str) -> Iterator[tuple[int, str]]:
    """Each paragraph, entry of a list and heading, with where it begins."""
    offset = 0
    for part in _PART.split(text):
        yield offset, part
        offset += len(part) + 1
