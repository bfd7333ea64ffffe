"""Markdown that other readers of it know and the builder does not: it would reach readers as raw signs, or as another list.

Whoever writes at the host sees a preview that takes most of these as they are
meant. Pages without such signs cost a few searches for single words; the
others are looked at line by line, each character a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base import Base, place_in, within
from handbook.code import STEP, Entries, code_in, parts_of, without_code
from handbook.load import Page
from handbook.problem import Problem, Rule

JOINED = Rule(
    "list-joined",
    "'{text}' begins no list, because the line above belongs to the same paragraph",
    "leave an empty line above the list; if no list is meant, move the sign to the end of the line above",
)
SHIFTED = Rule(
    "list-shifted",
    "'{text}' begins no list, because too many blanks stand before it",
    "put {wanted} blanks before it, and leave an empty line above the list; if it is code, put a line of three backticks above and below it",
)
INDENT = Rule(
    "list-indent",
    "the line begins with {count} blanks, which are too few to be part of the entry above it",
    "put {wanted} blanks before {what}, four for each list that it stands in; if it does not belong to that entry, begin it where the entry begins",
)
QUOTED = Rule(
    "quotation-joined",
    "'{text}' begins no quotation of its own, because the line above belongs to a list",
    "leave an empty line above it",
)
NUMBER = Rule("list-number", "'{text}' begins no entry of a list", "write '{wanted}'; if no list is meant, put a word before it")
START = Rule(
    "list-start",
    "'{text}' would be shown as '1.', because it begins a list",
    "write a word before the number, or \\ before the full stop; if it goes on with a list above, put four blanks before whatever "
    "stands between the two",
)
MIXED = Rule(
    "list-mixed",
    "'{text}' would go on with the list above, which has {signs}",
    "put four blanks before it if it belongs to the entry above; if it begins a list of its own, write a sentence between the two",
)
TICKED = Rule("list-ticked", "'{text}' draws no box to tick", "leave the square brackets out")
BOX = Rule(
    "box-drawn",
    "'{text}' draws no box or tab, and would be shown as it stands here",
    "write a paragraph that begins with its main words, or a heading with ###, and begin the lines below it without blanks",
)
UNREAD = Rule(
    "sign-unread",
    "'{text}' would be shown with all its signs",
    "leave the signs out and say it in words; if you mean the signs themselves, put a backtick before and after it",
)
SMALL = Rule(
    "sign-small",
    "'{text}' would be shown with all its signs",
    "type the small sign itself, as in CO₂ and m², or say it in words",
)
UNCLOSED = Rule(
    "sign-unclosed",
    "'{sign}' begins something that does not end in this paragraph or entry",
    "write '{sign}' a second time where it should end; if you mean the signs themselves, put a \\ before each",
)
OPEN = Rule(
    "listing-open",
    "'{sign}' begins a listing that does not end",
    "write '{sign}' on a line of its own where it ends, with as many blanks before it as here",
)
TOC = Rule("toc-written", "'[TOC]' is not needed", "delete it; the table of contents stands beside the text")
TIMES = Rule(
    "sign-times",
    "'{text}' would be shown without its stars, and slanted",
    "write × between numbers; if you mean the stars, put a \\ before each; if you want to stress something, stress whole words",
)

_SIGN = r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]"
_GOES_ON = rf"[^\n]*+(?:\n(?!{_SIGN}|#)[^\s>][^\n]*+)*+"
"""The rest of a line, and the lines that go on with its paragraph."""
_MAY_JOIN = re.compile(rf"\n\n(?![ \t\n>]|{_SIGN}){_GOES_ON}\n(?:[ \t>]|[-*+]|[0-9])")
_MAY_SHIFT = re.compile(rf"\n[ \t]+{_SIGN}|\n\n[ \t]+\S|\n[ \t]*>|\n[0-9]{{1,9}}\) |\n:[ \t]")
_MAY_START = re.compile(r"\n\n(?!1\.)[0-9]{1,9}\.[ \t]|\n#[^\n]*\n(?!1\.)[0-9]{1,9}\.[ \t]")
_MAY_MIX = re.compile(rf"\n[0-9]{{1,9}}\.[ \t]{_GOES_ON}\n+[-*+][ \t]|\n[-*+][ \t]{_GOES_ON}\n+[0-9]{{1,9}}\.[ \t]")
"""Where a list may be read in two ways. Lists as nearly everybody writes them are passed over by these four."""
_LINE = re.compile(r"((?: {0,3}> ?)*+)([ \t]*+)(?:([-*+:]|[0-9]{1,9}[.)])(?=[ \t]+\S))?")
_BEHIND = re.compile(r":[ \t]+(?:[-*+]|[0-9]{1,9}\.)[ \t]")
_RULER = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_STROKES = frozenset("|:- \t")
_FENCES = ("```", "~~~")
_EMPTY, _TEXT, _ENTRY, _CODE = range(4)
"""What stands right above a line."""
_KINDS = {"-": "signs such as -", "1": "numbers"}
"""What each kind of list has before its entries."""


def lists_are_seen_as_lists(base: Base) -> Iterator[Problem]:
    """A list stands by itself, has signs that the builder knows, and four blanks for each list that a line stands in."""
    for page in base.files.pages.values():
        text = f"\n\n{page.body}"
        if any(pattern.search(text) for pattern in (_MAY_SHIFT, _MAY_JOIN, _MAY_START, _MAY_MIX)):
            yield from _Lists(page, base.listings[page.path]).problems()


class _Lists:
    """Reads a page line by line, as the host does, and tells where the builder reads it otherwise."""

    def __init__(self, page: Page, listings: list[tuple[int, int]]) -> None:
        self.page = page
        self.listings = listings
        self.starts = {start for start, _ in listings}
        self.above = _EMPTY
        self.code = False  # whether only empty lines stand between this one and code by blanks
        self.closed = False  # whether a listing ends right above
        self.entries = Entries()
        self.outside = Entries()  # those that go on behind a quotation
        self.quoted = 0
        self.fenced = False  # in a listing inside a quotation
        self.apart = False  # in a paragraph with an empty line above it

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
        rest = line[found.end(2) :]
        if found[1].count(">") != self.quoted:
            yield from self.quotation(found[1], line, offset)
        indent = len(found[2].expandtabs(STEP))
        if not rest.strip():
            self.code = self.code or self.above == _CODE
            self.above = _EMPTY
            return
        if self.quoted and rest.startswith(_FENCES):
            self.fenced = not self.fenced
            self.above = _EMPTY
        elif self.fenced:
            pass
        elif rest.startswith("#") or _RULER.fullmatch(rest):
            self.above = _EMPTY
            self.entries.clear()
        elif (self.above == _CODE or (self.above == _EMPTY and self.code)) and indent >= self.entries.code(indent):
            self.above = _CODE
        elif found[3] == ":":
            self.definition(indent, rest)
        elif found[3] and not found[3].endswith(")"):
            yield from self.entry(indent, found[3], offset + found.start(3), rest)
        else:
            yield from self.words(indent, offset + found.end(2), rest, found[3])
        self.code = False

    def quotation(self, signs: str, line: str, offset: int) -> Iterator[Problem]:
        """Note how many quotations the line stands in. What was outside does not go on inside."""
        depth, indent = signs.count(">"), len(signs) - len(signs.lstrip(" "))
        inside = depth > self.quoted == 0 and self.entries.around(indent) > 0
        if depth > self.quoted and self.entries.any:
            if self.above == _EMPTY and not self.quoted:
                yield from self.depth(indent, offset + indent, "it")
            elif self.above in {_TEXT, _ENTRY} and not inside:
                yield QUOTED.at(place_in(self.page, offset + indent), text=line.strip())
        goes_on = depth < self.quoted and self.above in {_TEXT, _ENTRY}
        outside = self.entries if inside else Entries()
        self.entries = Entries() if depth else self.outside
        self.above = _EMPTY if not goes_on else _ENTRY if self.entries.any else _TEXT
        self.quoted, self.fenced, self.outside = depth, False, outside

    def definition(self, indent: int, rest: str) -> None:
        """What explains a term stands in no list, and what is part of it has four blanks all the same."""
        self.entries.keep(indent)
        self.entries.begin(indent, ":")
        if _BEHIND.match(rest):
            self.entries.begin(indent + STEP, "")
        self.above = _ENTRY

    def entry(self, indent: int, sign: str, at: int, rest: str) -> Iterator[Problem]:
        kind = "1" if sign[0].isdigit() else "-"
        if self.above == _TEXT:
            if kind == "1" and sign != "1." and not self.closed:
                return  # a year at the end of a sentence
            if _STROKES.issuperset(rest):
                return  # below the heads of a table, which is refused as one
        wanted = STEP * self.entries.around(indent)
        if indent >= wanted + STEP:
            yield SHIFTED.at(place_in(self.page, at), text=rest, wanted=wanted or "no")
        elif self.above == _TEXT:
            yield JOINED.at(place_in(self.page, at), text=rest)
        else:
            yield from self.depth(indent, at, "it")
        beside = self.entries.keep(indent)
        if beside in _KINDS and beside != kind:
            yield MIXED.at(place_in(self.page, at), text=rest, signs=_KINDS[beside])
            kind = beside
        elif beside is None and self.above == _EMPTY and kind == "1" and int(sign[:-1]) != 1:
            yield START.at(place_in(self.page, at), text=sign)
        self.above, self.apart = _ENTRY, False
        self.entries.begin(indent, kind, len(sign) + 1)

    def words(self, indent: int, at: int, rest: str, sign: str | None) -> Iterator[Problem]:
        if self.above == _EMPTY and indent >= self.entries.code(indent):
            self.above = _CODE
        elif sign and (sign == "1)" or (self.above in {_EMPTY, _ENTRY} and self.entries.beside(indent))):
            yield NUMBER.at(place_in(self.page, at), text=sign, wanted=f"{sign[:-1]}.")
            self.entries.keep(indent)
            self.entries.begin(indent, "1", len(sign) + 1)
            self.above = _ENTRY
        elif self.above == _EMPTY:
            yield from self.depth(indent, at, "it and before each other line of the listing" if rest.startswith(_FENCES) else "it")
            self.entries.keep(indent)
            self.above, self.apart = _TEXT, True
        elif rest.startswith(">") and self.entries.any and not self.apart:
            yield QUOTED.at(place_in(self.page, at), text=rest)
        elif self.above == _CODE:
            self.above = _TEXT

    def depth(self, indent: int, at: int, what: str) -> Iterator[Problem]:
        """What is wrong if a line is part of an entry and has too few blanks for the builder to see it."""
        inside = self.entries.around(indent)
        if indent // STEP < inside:
            yield INDENT.at(place_in(self.page, at), count=indent, wanted=STEP * inside, what=what)


_BEFORE = r"^[ \t>]*"
_EMOJI = re.compile(r"(:(?<![\w:/]:)(?:[a-z][a-z0-9_+-]{1,40}|[+-]1):(?![\w:/]))")
_BETWEEN = re.compile(r"\*(?<=[\w)]\*)(?=[\w(])")
_LOOKED_FOR: tuple[tuple[Rule, tuple[str, ...] | re.Pattern[str], re.Pattern[str]], ...] = (
    (TICKED, ("[ ]", "[x]", "[X]"), re.compile(rf"{_BEFORE}{_SIGN}[ \t]*(\[[ xX]\])(?=[ \t])", re.MULTILINE)),
    (
        BOX,
        ("!!!", "???", "===", ":::", "[!"),
        re.compile(
            rf"{_BEFORE}((?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[\w\"][^\n]{{0,40}}|:::+[ \t]*\w[^\n]{{0,40}}|(?<=>)[ \t]*\[![A-Za-z]+\])", re.MULTILINE
        ),
    ),
    (TOC, ("[TOC]",), re.compile(rf"{_BEFORE}(?:{_SIGN}[ \t]*)?(\[TOC\])[ \t]*$", re.MULTILINE)),
    (UNREAD, ("~~",), re.compile(r"(~~(?=[^\s~])(?:[^~\n]|\n(?!\n)){1,200}~~)")),
    (UNREAD, ("==",), re.compile(r"(==(?=[^\s=])[^=\n]{1,200}(?<!\s)==(?!=))")),
    (UNREAD, ("++",), re.compile(r"(\+\+[A-Za-z][\w+-]{0,40}\+\+)")),
    (UNREAD, ("[^", "^[", "*["), re.compile(r"(\^?\[\^[^\]\n]{1,40}\]:?|\*\[[^\]\n]{1,40}\]:|\^\[[^\]\n]{1,200}\])")),
    (UNREAD, _EMOJI, _EMOJI),
    (UNREAD, ("8<",), re.compile(r"((?<!-)-+8<-+)")),
    (UNREAD, ("\\\n",), re.compile(r"(\\)\n(?=[^\n])")),
    (SMALL, ("~", "^"), re.compile(r"((?<=\w)~[^\s~]{1,20}~(?!~)|(?<=\w)\^[^\s^]{1,20}\^)")),
    (TIMES, _BETWEEN, re.compile(r"(\*(?<=[\w)]\*)(?=[\w(])[^*\n]{0,200}(?<=[\w)])\*(?=[\w(]))")),
)
"""Signs, what is looked for first because it is quicker and must stand in such a text, and how they are found."""
_STRESS = re.compile(r"(?<!\*)\*{2,3}(?!\*)")
_ENDS = frozenset(".,;:!?)]'\"’”")
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})(?=[^`\n]*$)", re.MULTILINE)
_LEAST = 3
"""Backticks that make a fence."""
_WORD = re.compile(r"\w{0,20}")


def signs_are_read(base: Base) -> Iterator[Problem]:
    """Text holds no sign that the builder leaves as it is and other readers of Markdown take for something, outside code."""
    for page in base.files.pages.values():
        body = page.body
        wanted = [(rule, pattern) for rule, first, pattern in _LOOKED_FOR if _may_hold(body, first)]
        if not wanted and "`" not in body and "**" not in body:
            continue
        code = code_in(base, page)
        text = without_code(page, code)
        for rule, pattern in wanted:
            for found in pattern.finditer(text):
                start, end = _words_around(body, *found.span(1)) if rule is TIMES else found.span(1)
                yield rule.at(place_in(page, start), text=body[start:end].strip())
        for start, end in code.unclosed:
            if end - start < _LEAST or body[body.rfind("\n", 0, start) + 1 : start].strip(" \t>"):  # the others are fences
                yield UNCLOSED.at(place_in(page, start), sign=body[start:end])
        for offset, part in parts_of(text) if "**" in text else ():
            yield from _stress(page, offset, part)


def _may_hold(text: str, first: tuple[str, ...] | re.Pattern[str]) -> bool:
    return any(sign in text for sign in first) if isinstance(first, tuple) else first.search(text) is not None


def _words_around(text: str, start: int, end: int) -> tuple[int, int]:
    """A place with the letters right before and after it."""
    before = _WORD.match(text[max(0, start - 20) : start][::-1])
    after = _WORD.match(text, end)
    assert before is not None  # noqa: S101  (both patterns match nothing as well)
    assert after is not None  # noqa: S101
    return start - before.end(), after.end()


def _stress(page: Page, offset: int, part: str) -> Iterator[Problem]:
    """Stars before a word that no others close. Stars between words, as in 2**3, and behind one, as in 5 €**, are left as they are."""
    begun = None
    for found in _STRESS.finditer(part):
        before, after = part[found.start() - 1 : found.start()], part[found.end() : found.end() + 1]
        if begun is not None and before.strip():
            begun = None
        elif begun is None and after.strip() and not before.isalnum() and not (before.strip() and after in _ENDS):
            begun = found
    if begun is not None:
        yield UNCLOSED.at(place_in(page, offset + begun.start()), sign=begun[0])


def listings_end(base: Base) -> Iterator[Problem]:
    """Each listing between fences ends."""
    for page in base.files.pages.values():
        if "```" in page.body or "~~~" in page.body:
            listings = base.listings[page.path]
            for found in _FENCE.finditer(page.body):
                if not within(listings, found.start(1)):
                    yield OPEN.at(place_in(page, found.start(1)), sign=found[1])
                    break  # whatever follows is read as the host does not


PRESENT = (lists_are_seen_as_lists, signs_are_read, listings_end)
ABSENT = ()
