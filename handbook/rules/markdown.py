"""Markdown that other readers of it know and the builder does not: it would reach readers as raw signs, or as another list.

Whoever writes at the host sees a preview that takes most of these as they are
meant. Pages without such signs cost a few searches for single words; the
others are looked at line by line, each character a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base import Base, place_in, within
from handbook.code import code_in, parts_of, without_code
from handbook.load import Page
from handbook.problem import Problem, Rule

JOINED = Rule(
    "list-joined",
    "'{text}' begins no list, because the line above belongs to the same paragraph",
    "leave an empty line above the list; if no list is meant, put the sign behind a word, not at the beginning of a line",
)
INDENT = Rule(
    "list-indent",
    "the line begins with {count} blanks, which are too few to be part of the entry above it",
    "put {wanted} blanks before it, four for each list that it stands in; if it stands beside the entry, begin it where the entry begins",
)
NUMBER = Rule("list-number", "'1)' begins no list", "write '1.'; if no list is meant, put it behind a word")
TICKED = Rule("list-ticked", "'{text}' draws no box to tick", "leave the square brackets out")
BOX = Rule(
    "box-drawn",
    "'{text}' draws no box or tab, and would be shown as it stands here",
    "write a paragraph that begins with its main words, or a heading with ###",
)
UNREAD = Rule(
    "sign-unread",
    "'{text}' would be shown with all its signs",
    "leave the signs out and say it in words; if you mean the signs themselves, put a backtick before and after it",
)
UNCLOSED = Rule(
    "sign-unclosed",
    "the paragraph or entry ends, and '{sign}' here is not closed",
    "write '{sign}' a second time where it should end; if you mean the sign itself, put a \\ before it",
)
TOC = Rule("toc-written", "'[TOC]' is not needed", "delete it; the table of contents stands beside the text")
TIMES = Rule(
    "sign-times",
    "'{text}' would be shown without its stars, and slanted",
    "write × between numbers; if you want to stress something, stress whole words",
)

_SIGN = r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]"
_MAY_JOIN = re.compile(rf"\n\n(?![ \t\n>]|{_SIGN})[^\n]*+(?:\n(?!{_SIGN})[^\s>][^\n]*+)*+\n(?:[ \t>]|[-*+]|[0-9])")
_MAY_SHIFT = re.compile(rf"\n[ \t]+{_SIGN}|\n\n[ \t]+\S|\n {{0,3}}>|\n1\) ")
"""Where a list may be read in two ways. Lists as nearly everybody writes them are passed over by these two."""
_LINE = re.compile(r"((?: {0,3}> ?)*+)([ \t]*+)(?:([-*+]|[0-9]{1,9}[.)])(?=[ \t]+\S))?")
_RULER = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_STROKES = frozenset("|:- \t")
_FENCES = ("```", "~~~")
_STEP = 4
"""Blanks for each list that a line stands in. With fewer the builder takes it for part of the list around that."""
_MEANT = 2
"""Blanks from which on the host, and whoever looks at the text, takes a line for part of the entry above it."""
_EMPTY, _TEXT, _ENTRY, _CODE = range(4)
"""What stands right above a line."""


def lists_are_seen_as_lists(base: Base) -> Iterator[Problem]:
    """A list has an empty line above it, signs that the builder knows, and four blanks for each list that a line stands in."""
    for page in base.files.pages.values():
        text = f"\n\n{page.body}"
        if _MAY_SHIFT.search(text) or _MAY_JOIN.search(text):
            yield from _Lists(page, base.listings[page.path]).problems()


class _Lists:
    """Reads a page line by line, as the host does, and tells where the builder reads it otherwise."""

    def __init__(self, page: Page, listings: list[tuple[int, int]]) -> None:
        self.page = page
        self.listings = listings
        self.starts = {start for start, _ in listings}
        self.above = _EMPTY
        self.closed = False  # whether a listing ends right above
        self.entries: list[int] = []  # by how many blanks the entries begin that the line may belong to
        self.quoted = 0
        self.fenced = False  # in a listing inside a quotation

    def problems(self) -> Iterator[Problem]:
        offset = 0
        for line in self.page.body.split("\n"):
            inside = within(self.listings, offset) and offset not in self.starts
            if inside:
                self.above = _TEXT
            else:
                yield from self.line(line, offset)
            self.closed = inside
            offset += len(line) + 1

    def line(self, line: str, offset: int) -> Iterator[Problem]:
        found = _LINE.match(line)
        assert found is not None  # noqa: S101  (each of its parts may be nothing)
        self.quotation(found[1].count(">"))
        indent = len(found[2].expandtabs(_STEP))
        rest = line[found.end(2) :]
        if self.quoted and rest.startswith(_FENCES):
            self.fenced = not self.fenced
        elif not rest.strip():
            self.above = _EMPTY
        elif self.fenced:
            pass
        elif rest.startswith("#") or _RULER.fullmatch(rest):
            self.above = _EMPTY
            self.entries.clear()
        elif found[3] and not found[3].endswith(")"):
            yield from self.entry(indent, found[3], offset + found.start(3), rest)
        else:
            yield from self.words(indent, offset + found.end(2))
            if found[3] == "1)" and self.above != _CODE:
                yield NUMBER.at(place_in(self.page, offset + found.start(3)))

    def quotation(self, depth: int) -> None:
        """Note how many quotations the line stands in. What was outside does not go on inside."""
        if depth != self.quoted:
            self.quoted, self.above, self.fenced = depth, _EMPTY, False
            self.entries.clear()

    def entry(self, indent: int, sign: str, at: int, rest: str) -> Iterator[Problem]:
        if self.above == _TEXT:
            if sign[0].isdigit() and sign != "1." and not self.closed:
                return  # a year at the end of a sentence
            if _STROKES.issuperset(rest):
                return  # below the heads of a table, which is refused as one
            yield JOINED.at(place_in(self.page, at), text=rest)
        elif self.above == _CODE or (self.above == _EMPTY and not self.entries and indent >= _STEP):
            self.above = _CODE
            return
        else:
            yield from self.depth(indent, at)
        self.above = _ENTRY
        self.keep(indent)
        self.entries.append(indent)

    def words(self, indent: int, at: int) -> Iterator[Problem]:
        if self.above == _EMPTY:
            if indent >= _MEANT and self.entries:
                yield from self.depth(indent, at)
            self.keep(indent)
            self.above = _CODE if indent >= _STEP and not self.entries else _TEXT
        elif self.above == _CODE and indent < _STEP:
            self.above = _TEXT

    def depth(self, indent: int, at: int) -> Iterator[Problem]:
        """What is wrong if a line is part of an entry and has too few blanks for the builder to see it."""
        inside = sum(indent >= entry + _MEANT for entry in self.entries)
        if indent // _STEP < inside:
            yield INDENT.at(place_in(self.page, at), count=indent, wanted=_STEP * inside)

    def keep(self, indent: int) -> None:
        """Forget the entries that a line with so many blanks is no part of."""
        while self.entries and indent < self.entries[-1] + _MEANT:
            self.entries.pop()


_SIGNS = ("`", "*", "~", "^", "==", "++", "8<", "!!!", "???")
_MARKED = (re.compile(r":(?::|[a-z0-9_+-]{1,40}:)"), re.compile(r"\[[ xXT!]"))
"""One of these stands in each text that is looked at. To look for a single sign first is quickest."""
_BEFORE = r"^[ \t>]*"
_LINES_OF = {
    TICKED: re.compile(rf"{_BEFORE}{_SIGN}[ \t]*(\[[ xX]\])(?=[ \t])", re.MULTILINE),
    BOX: re.compile(
        rf"{_BEFORE}((?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[\w\"][^\n]{{0,40}}|:::+[ \t]*\w[^\n]{{0,40}}|(?<=>)[ \t]*\[![A-Za-z]+\])", re.MULTILINE
    ),
    TOC: re.compile(rf"{_BEFORE}(?:{_SIGN}[ \t]*)?(\[TOC\])[ \t]*$", re.MULTILINE),
    UNREAD: re.compile(
        r"(~~(?=[^\s~])[^~\n]{1,200}~~|==(?=[^\s=])[^=\n]{1,200}(?<!\s)==(?!=)|\+\+[A-Za-z][\w+-]{0,40}\+\+"
        r"|(?<=\w)~[^\s~]{1,20}~(?!~)|(?<=\w)\^[^\s^]{1,20}\^|\^?\[\^[^\]\n]{1,40}\]:?|\*\[[^\]\n]{1,40}\]:|\^\[[^\]\n]{1,200}\]"
        r"|(?<![\w:/]):[a-z][a-z0-9_+-]{1,40}:(?![\w:/])|-+8<-+)"
    ),
    TIMES: re.compile(r"(?<=\w)(\*(?=\w)[^*\n]{0,200}(?<=\w)\*\w)"),
}
_STRESS = re.compile(r"(?<!\*)\*{2,3}(?!\*)")
_FENCE = 3
"""Backticks that begin a listing. What stands in one without an end is judged as text."""


def signs_are_read(base: Base) -> Iterator[Problem]:
    """Text holds no sign that the builder leaves as it is and other readers of Markdown take for something, outside code."""
    for page in base.files.pages.values():
        body = page.body
        if not any(sign[0] in body and sign in body for sign in _SIGNS) and not any(mark.search(body) for mark in _MARKED):
            continue
        code = code_in(base, page)
        text = without_code(page, code)
        for rule, pattern in _LINES_OF.items():
            for found in pattern.finditer(text):
                start = found.start(1) - (rule is TIMES)
                yield rule.at(place_in(page, start), text=page.body[start : found.end(1)].strip())
        for start, end in code.unclosed:
            if end - start < _FENCE:
                yield UNCLOSED.at(place_in(page, start), sign=page.body[start:end])
        for offset, part in parts_of(text) if "**" in text else ():
            yield from _stress(page, offset, part)


def _stress(page: Page, offset: int, part: str) -> Iterator[Problem]:
    """Stars before a word that no others close. Stars between words, as in 2**3, are left as they are."""
    begun = None
    for found in _STRESS.finditer(part):
        before, after = part[found.start() - 1 : found.start()], part[found.end() : found.end() + 1]
        if begun is not None and before.strip():
            begun = None
        elif begun is None and after.strip() and not before.isalnum():
            begun = found
    if begun is not None:
        yield UNCLOSED.at(place_in(page, offset + begun.start()), sign=begun[0])


PRESENT = (lists_are_seen_as_lists, signs_are_read)
ABSENT = ()
