"""The text of pages: what it may hold, and what it must rest on.

Whatever is here looks at each character a bounded number of times, so that no
page costs more than its length. What keeps the builder's own reader of Markdown
from taking minutes is in :mod:`handbook.rules.limits`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handbook.base import Base, Heading, place_in, within
from handbook.calls import CALL, CALLS, MARKS, OPEN
from handbook.code import code_in
from handbook.load import Page, kind_of_page
from handbook.model import HOST_PATTERN, PORT_PATTERN
from handbook.problem import Guess, Place, Problem, Rule, nearest

HTML = Rule(
    "text-html",
    "'{text}' would be read as HTML",
    "write it in words, or put &lt; where you mean the sign itself",
)
CODE_HTML = Rule(
    "code-html",
    "'{text}' would be read as HTML, although it stands in code",
    "put a blank behind the sign <, as in a < b, or say in words what the code does",
)
CODE_SIGN = Rule(
    "code-sign",
    "'&{name}' and the semicolon behind it stand in code, and would be shown as they are written",
    "write the sign itself, with a blank behind it if it is <",
)
LINK = Rule(
    "link-shape",
    "'{target}' is not a link that the handbook allows",
    "link to a page of the handbook by its file, for example ../toolbox/living-lab.md, or to an address that begins with https://",
)
LINK_BRACKETS = Rule(
    "link-brackets",
    "the round brackets inside the address '{target}' would end the link too early",
    "write %28 for the opening and %29 for the closing one",
)
LINK_TITLE = Rule(
    "link-title",
    "{title} behind the address would show up only for some readers",
    "leave it out, with its quotation marks, and say it in the text",
)
LINK_LETTERS = Rule(
    "link-letters",
    "the address '{target}' holds letters that not every program reads in the same way",
    "open the page and copy the address from the browser, which writes such letters with percent signs, as %C3%BC for ü",
)
NO_PICTURE = Rule(
    "picture-elsewhere",
    "'{target}' is not one of the handbook's own pictures",
    "put the picture into docs/assets/images and name its file here, or leave out the exclamation mark to make it a link",
)
LINK_GONE = Rule("link-broken", "there is no page or picture '{target}'", "add it first, or remove the link")
LINK_BY_NAME = Rule(
    "link-by-name",
    "'{text}' is a link whose address would stand elsewhere, and the handbook does not allow that",
    "write the address in round brackets right after the words: [words](page.md)",
)
LINK_APART = Rule(
    "link-apart",
    "a blank between square and round brackets keeps this from being a link",
    "delete the blank, or leave out the square brackets if no link is meant",
)
EMPTY_LINK = Rule("link-empty", "the link has no words", "write in the square brackets where it leads")
IMAGE = Rule("picture-words", "the picture has no description", "write in the square brackets what it shows, for people who cannot see it")
TITLE = Rule("heading-one", "a line that begins with one # is the page's title, which stands in the front matter", "use ## for headings")
UNDERLINE = Rule(
    "heading-underlined",
    "a line of '=' or '-' makes a heading of the line above it",
    "begin headings with ## instead, or leave an empty line above this one",
)
HEADING_INSIDE = Rule(
    "heading-inside",
    "a heading cannot stand in a list or a quotation",
    "take the # away, or write \\# if you mean the sign itself; for a heading, begin the line with ## and leave an empty line above it",
)
HEADING_JUMP = Rule("heading-jump", "the heading skips a level", "begin it with '{wanted}', one # more than the heading that it belongs to")
MISSING_HEADING = Rule("heading-missing", "the heading '## {heading}' is missing", "add it; the order is: {order}")
UNKNOWN_HEADING = Rule(
    "heading-unknown",
    "'## {heading}' is not one of the headings of this page",
    "use one of: {order}; smaller headings with ### are free",
)
HEADING_ORDER = Rule("heading-order", "the heading '## {heading}' is out of order or there twice", "the order is: {order}")
EMPTY_SECTION = Rule("section-empty", "nothing stands under '## {heading}'", "write it; if nobody knows, say so")
NO_MARK = Rule(
    "prose-without-mark",
    "the passage that begins '{start}' does not end with what it rests on",
    'end it with {{{{ cite("source", "passage") }}}} if a source says so, {{{{ inferred("source", "passage") }}}} if you conclude it '
    "from a source, or {{{{ suggested() }}}} if it is your own advice",
)

HEADINGS = {
    "lesson": ("What happened", "Why it matters", "What to do", "What to avoid"),
    "tool": ("How it works", "What to watch"),
}
LONGEST_LABEL = 2_000
LONGEST_SHOWN = 40

_HTML = re.compile(r"<(?!https?://[^\s<>\"'`]+>)[A-Za-z/!?][^\s<>]{0,20}>?")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_UNDERLINE = re.compile(r"\n[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]]")
_BY_NAME = re.compile(r"\](?::|[ \t]?\n?\[)")
_APART = re.compile(r"\][ \t]+\((?=[ \t]*<?(?:[a-z]{2,10}:|www\.|#|[\w./-]{1,200}\.[a-z]{2,5}[#)?> \t]))")
"""Brackets that would be a link if they touched. Words in brackets behind others, as in “[sic] (in Danish)”, are none."""
_TARGET = re.compile(r"[ \t]*<?([^\s<>()]*)>?[ \t]*\)")
_TITLED = re.compile(r"[^\s<>()\"']{1,2000}[ \t]+(\"[^\"\n]{0,100}\"|'[^'\n]{0,100}')[ \t]*\)")
_FOREIGN = re.compile(r"https?://[^\s<>()]*?[^\x00-\x7f]")
_BRACKETED = re.compile(r"https?://[^\s<>()\[\]]*\(")
PICTURES = (".svg", ".png", ".jpg", ".webp")
# A # behind the signs of quotations, lists or definitions, or indented below a line that begins with one.
_SIGNS = r"(?:>|(?:[-*+:]|[0-9]{1,9}[.)])(?=[ \t]))"
_INSIDE = re.compile(rf"^[ \t]*{_SIGNS}(?:[ \t]*{_SIGNS})*[ \t]*(#)", re.MULTILINE)
_AFTER_SIGNS = re.compile(r"[ \t>*+:0-9.)-]#")  # nothing else needs a closer look
_SIGN = re.compile(_SIGNS)
_DEEP = re.compile(r"^(?: {4}| {0,3}\t)[ \t]*#", re.MULTILINE)
_TO_THE_END = re.compile(r"[^)\n]{0,100}")
_ALLOWED = re.compile(
    rf"(?:https?://{HOST_PATTERN}{PORT_PATTERN}(?:/[!#-;=?-~]*)?"
    rf"|mailto:[A-Za-z0-9.+_-]+@{HOST_PATTERN}"
    r"|#[a-z0-9-]+"
    r"|(?:\.\./)*[a-z0-9-]+(?:/[a-z0-9-]+)*\.(?:md|svg|png|jpg|webp|json|txt|yaml)(?:#[a-z0-9-]+)?)"
)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+", re.MULTILINE)
_LAST_CALL = re.compile(r"\{\{ ?([a-z_]+)\([^{}]*\) ?\}\}$")


def pages_hold_no_html(base: Base) -> Iterator[Problem]:
    """A page's text holds no HTML, not even in code, because what is code to one reader of Markdown is a tag to another."""
    for page in base.files.pages.values():
        found = list(_HTML.finditer(page.body))
        code = code_in(base, page).spans if found else []
        for match in found:
            yield (CODE_HTML if within(code, match.start()) else HTML).at(place_in(page, match.start()), text=match[0])


def code_names_no_signs(base: Base) -> Iterator[Problem]:
    """No sign is written by its name in code, where readers would see the name."""
    for page in base.files.pages.values():
        if "&" in page.body and (found := list(_NAMED.finditer(page.body))):
            code = code_in(base, page).spans
            for match in found:
                if within(code, match.start()):
                    yield CODE_SIGN.at(place_in(page, match.start()), name=match[1])


def links_lead_somewhere_safe(base: Base) -> Iterator[Problem]:
    """A link leads to a page or picture that is there, or to a web or mail address, and says where it leads."""
    for page in base.files.pages.values():
        if "]" not in page.body:
            continue
        at = page.body.find("](")
        while at >= 0:
            yield from _link(base, page, at)
            at = page.body.find("](", at + 1)
        for match in _BY_NAME.finditer(page.body):
            near = max(0, match.start() - LONGEST_SHOWN)
            start = max(page.body.rfind("[", near, match.start()), near)
            if match[0] == "]:" and (page.body.startswith("[^", start) or page.body[start - 1 : start] == "*"):
                continue  # a note or an abbreviation, said by another rule
            yield LINK_BY_NAME.at(place_in(page, match.start()), text=page.body[start : match.end()])
        for match in _APART.finditer(page.body):
            yield LINK_APART.at(place_in(page, match.start()))


def _link(base: Base, page: Page, at: int) -> Iterator[Problem]:
    """What is wrong with the link whose square brackets end ``at`` this place."""
    target = _TARGET.match(page.body, at + 2)
    if target is None or not _ALLOWED.fullmatch(target[1]):
        if titled := _TITLED.match(page.body, at + 2):
            yield LINK_TITLE.at(place_in(page, titled.start(1)), title=titled[1])
            return
        found = _TO_THE_END.match(page.body, at + 2)
        shown = found[0] if found else ""
        if _FOREIGN.match(shown):
            yield LINK_LETTERS.at(place_in(page, at + 1), target=shown)
            return
        yield (LINK_BRACKETS if _BRACKETED.match(shown) else LINK).at(place_in(page, at + 1), target=shown)
        return
    picture = _is_picture(page.body, at)
    start = page.body.rfind("[", max(0, at - LONGEST_LABEL), at)
    if start >= 0 and not page.body[start + 1 : at].strip():
        yield (IMAGE if picture else EMPTY_LINK).at(place_in(page, start))
    path = target[1].partition("#")[0]
    if picture and (":" in path or not path.endswith(PICTURES)):
        yield NO_PICTURE.at(place_in(page, at + 1), target=target[1])
        return
    if not path or ":" in path:
        return
    here = posixpath.dirname(page.path)
    full = posixpath.normpath(posixpath.join(here, path))
    if full not in base.files.pages and full not in base.files.assets:
        guess = Guess(full, base.paths, lambda found: posixpath.relpath(found, here))
        yield LINK_GONE.at(place_in(page, at + 1), target=target[1], nearest=guess)


def _is_picture(text: str, at: int) -> bool:
    """Whether square brackets that end ``at`` this place may be those of a picture.

    They are if an exclamation mark stands before their beginning. Readers of
    Markdown differ in where that is, so the first brackets that end in this way
    after ``![`` are taken for a picture's as well.
    """
    begin = max(0, at - LONGEST_LABEL)
    mark = text.rfind("![", begin, at)
    if mark < 0:
        return False
    if text.find("](", mark) == at:
        return True
    depth = 0
    for found in reversed(list(_BRACKET.finditer(text, begin, at))):
        depth += 1 if found[0] == "]" else -1
        if depth < 0:
            return found.start() > 0 and text[found.start() - 1] == "!"
    return False


def headings_stand_alone(base: Base) -> Iterator[Problem]:
    """No heading stands in a quotation, a list or a definition, where it would be part of an outline that nobody sees."""
    for page in base.files.pages.values():
        if _AFTER_SIGNS.search(page.body):
            listings = base.listings[page.path]
            for offset in (*(match.start(1) for match in _INSIDE.finditer(page.body)), *_indented(page.body)):
                if not within(listings, offset):
                    yield HEADING_INSIDE.at(place_in(page, offset))


def _indented(text: str) -> Iterator[int]:
    """Where a heading is indented so far that it belongs to the list or definition above it, and is not a listing of code."""
    inside = False
    for line in re.finditer(r"^([ \t]*)([^\s][^\n]*)", text, re.MULTILINE) if _DEEP.search(text) else ():
        if len(line[1].expandtabs(4)) < 4:  # noqa: PLR2004  (from there on it is code, or part of the list)
            inside = _SIGN.match(line[2]) is not None
        elif inside and line[2].startswith("#"):
            yield line.start(2)


def headings_make_an_outline(base: Base) -> Iterator[Problem]:
    """Headings begin at the second level, and no level is skipped."""
    for page in base.files.pages.values():
        level = 1
        for heading in base.headings[page.path]:
            if heading.level == 1:
                yield TITLE.at(place_in(page, heading.start))
            elif heading.level > level + 1:
                yield HEADING_JUMP.at(place_in(page, heading.start), wanted="#" * (level + 1))
            level = heading.level
        for match in _UNDERLINE.finditer(page.body):
            above = page.body[page.body.rfind("\n", 0, match.start()) + 1 : match.start()]
            if above.strip(" \t>") and not within(base.listings[page.path], match.start()):
                yield UNDERLINE.at(place_in(page, match.start() + 1))


def fixed_headings_stand_in_order(base: Base) -> Iterator[Problem]:
    """A lesson and a tool have their fixed headings in their order, and no other of that level."""
    for page, order in _with_fixed_headings(base):
        reached = -1
        for heading in _second_level(base, page):
            if heading.words not in order:
                guess = Guess(heading.words, order)
                yield UNKNOWN_HEADING.at(place_in(page, heading.start), heading=heading.words, order=order, nearest=guess)
                continue
            if order.index(heading.words) <= reached:
                yield HEADING_ORDER.at(place_in(page, heading.start), heading=heading.words, order=order)
            reached = max(reached, order.index(heading.words))


def fixed_headings_are_there(base: Base) -> Iterator[Problem]:
    """A lesson and a tool have all their fixed headings. One with other words, or another sign, is there and is judged elsewhere."""
    for page, order in _with_fixed_headings(base):
        if not page.readable:
            continue
        names = {heading.words for heading in base.headings[page.path] if heading.level <= 2} | _underlined(page)  # noqa: PLR2004
        missing = [heading for heading in order if heading not in names]
        if missing:
            written = [heading.words for heading in _second_level(base, page)]
            for place, other in enumerate(written):
                if other not in order or other in written[:place]:
                    meant = nearest(other, missing) or next(iter(missing), None)
                    missing = [heading for heading in missing if heading != meant]
        for heading in missing:
            yield MISSING_HEADING.at(Place(page.path, page.body_line, 1), heading=heading, order=order)


def _underlined(page: Page) -> set[str]:
    """Lines of which a line of signs below makes headings."""
    found = _UNDERLINE.finditer(page.body)
    return {page.body[page.body.rfind("\n", 0, match.start()) + 1 : match.start()].strip() for match in found}


def sections_are_not_empty(base: Base) -> Iterator[Problem]:
    """Something stands under each fixed heading, or that nobody has answered it yet."""
    for page, heading, text in _sections(base):
        if not CALL.sub(lambda call: "open" if call[1] == OPEN else "", text).strip():
            yield EMPTY_SECTION.at(place_in(page, heading.start), heading=heading.words)


def prose_says_what_it_rests_on(base: Base) -> Iterator[Problem]:
    """Each paragraph and each list item of a lesson or a tool ends with a mark of what it rests on."""
    for page, heading, text in _sections(base):
        for piece, at in _pieces(text, heading.end):
            if not _is_marked(piece):
                words = " ".join(_ITEM.sub("", piece).split()[:6])
                yield NO_MARK.at(place_in(page, at), start=words)


def _is_marked(piece: str) -> bool:
    """Whether it ends with a mark, or with what may have been meant as one and is judged elsewhere, or is nothing but a call."""
    end = _LAST_CALL.search(piece)
    return piece.endswith("}") and (end is None or end[1] in MARKS or end[1] not in CALLS or end[0] == piece)


def _with_fixed_headings(base: Base) -> Iterator[tuple[Page, tuple[str, ...]]]:
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        if kind and kind.name in HEADINGS:
            yield page, HEADINGS[kind.name]


def _second_level(base: Base, page: Page) -> list[Heading]:
    return [heading for heading in base.headings[page.path] if heading.level == 2]  # noqa: PLR2004


def _sections(base: Base) -> Iterator[tuple[Page, Heading, str]]:
    """Each fixed heading with the text under it."""
    for page, order in _with_fixed_headings(base):
        found = _second_level(base, page)
        ends = [*(heading.start for heading in found[1:]), len(page.body)]
        for heading, end in zip(found, ends, strict=False):
            if heading.words in order:
                yield page, heading, page.body[heading.end : end]


def _pieces(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Paragraphs and list items, with where each begins. Empty lines and headings end them."""
    begin = None
    for line in (*re.finditer(r"[^\n]*\n?", text), None):
        words = line[0].strip() if line else ""
        ends = not words or words.startswith("#") or (line is not None and _INSIDE.match(line[0]) is not None)
        if line is None or ends or _ITEM.match(line[0]):
            if begin is not None:
                piece = text[begin : line.start() if line else len(text)]
                yield piece.strip(), start + begin + len(piece) - len(piece.lstrip())
            begin = None
        if line is not None and not ends and begin is None:
            begin = line.start()


PRESENT = (
    pages_hold_no_html,
    code_names_no_signs,
    headings_stand_alone,
    links_lead_somewhere_safe,
    headings_make_an_outline,
    fixed_headings_stand_in_order,
    sections_are_not_empty,
    prose_says_what_it_rests_on,
)
ABSENT = (fixed_headings_are_there,)
