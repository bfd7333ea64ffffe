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
_TICKS = re.compile(r"(?<!\\)`+")
_NO_TEXT = re.compile(r"\{\{[^{}\n]*\}\}|\]\([^()\n]*\)|<https?://[^\s<>]*>|\\[^\w\s]")
"""Calls, where links lead, and signs that a backslash makes plain."""
_SEEN = re.compile(r"[^\n]")
_DEEP = 4


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
    """Lines that are code because of the blanks before them: behind an empty line, and in no list."""
    listed, free, code = False, True, False
    for line in _LINE.finditer(text):
        if line[2] is None:
            free = True
        elif len(line[1].expandtabs(_DEEP)) >= _DEEP and not listed and (free or code) and not within(listings, line.start()):
            code, free = True, False
            yield line.span()
        else:
            if len(line[1].expandtabs(_DEEP)) < _DEEP:
                listed = _BEGINS.match(line[2]) is not None or (listed and not free)
            code, free = False, line[2].startswith("#")


def _between(runs: list[re.Match[str]]) -> Iterator[tuple[int, int, bool]]:
    """Where code between as many backticks begins and ends, and whether it does."""
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        alike[len(run[0])].append(number)
    number = 0
    while number < len(runs):
        same = alike[len(runs[number][0])]
        after = bisect_right(same, number)
        last = same[after] if after < len(same) else number
        yield runs[number].start(), runs[last].end(), last > number
        number = last + 1


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
