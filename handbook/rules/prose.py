"""The text of pages: what it may hold, and what it must rest on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handbook.base import Base, place_in
from handbook.calls import CALL, MARKS
from handbook.load import DOCS, Page, kind_of_page
from handbook.problem import Place, Problem, Rule, nearest

HTML = Rule("text-html", "'{text}' would be read as HTML", "write it in words, or put &lt; where you mean the sign itself")
LINK = Rule(
    "link-shape",
    "'{target}' is not a link that the handbook allows",
    "link to a page of the handbook by its file, for example ../toolbox/living-lab.md, or to an address that begins with https://",
)
LINK_GONE = Rule("link-broken", "there is no page '{target}'", "did you mean '{nearest}'?")
EMPTY_LINK = Rule("link-empty", "the link has no words", "write in the square brackets where it leads")
IMAGE = Rule("picture-words", "the picture has no description", "write in the square brackets what it shows, for people who cannot see it")
TITLE = Rule("heading-one", "a heading with one # is the page's title, which stands in the front matter", "use ## for headings")
HEADING_JUMP = Rule("heading-jump", "the heading skips a level", "use one # less, so that the outline has no gap")
MISSING_HEADING = Rule("heading-missing", "the heading '## {heading}' is missing", "the order is: {order}")
UNKNOWN_HEADING = Rule("heading-unknown", "'## {heading}' is not one of the headings of this page", "use: {order}; smaller headings with ### are free")
HEADING_ORDER = Rule("heading-order", "the heading '## {heading}' is out of order", "the order is: {order}")
EMPTY_SECTION = Rule("section-empty", "nothing stands under '## {heading}'", "write it; if nobody knows, say so")
NO_MARK = Rule(
    "prose-without-mark",
    "the passage that begins '{start}' does not say what it rests on",
    "end it with a call: cite with the source if a source says so, inferred if you conclude it from a source, or suggested if it is your own advice",
)
LONG_LINE = Rule("line-too-long", "the line has more than {limit} characters", "break it into paragraphs")
LONG_PAGE = Rule("page-too-long", "the page has more than {limit} characters", "split it into two pages")
BRACKETS = Rule("brackets-nested", "there are more than {limit} square brackets in one line", "write it as plain text")

HEADINGS = {
    "lesson": ("What happened", "Why it matters", "What to do", "What to avoid"),
    "tool": ("How it works", "What to watch"),
}
MAX_LINE = 3000
MAX_PAGE = 60_000
MAX_BRACKETS = 40

_HTML = re.compile(r"<(?!https?://[^\s<>\"'`]+>)[A-Za-z/!?][^\s<>]{0,20}")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]*([^\n#]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_SETEXT = re.compile(r"^[^\n]*\S[^\n]*\n {0,3}(=+|-{2,})[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"(!?)\[([^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*)\]\(")
_OPEN = re.compile(r"\]\s*\(")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]*\]:[ \t]*(\S*)", re.MULTILINE)
_BY_NAME = re.compile(r"\][ \t]?\n?\[")
_TARGET = re.compile(r"[ \t]*<?([^\s<>()]*)>?[ \t]*\)")
_ALLOWED = re.compile(
    r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[!#-;=?-~]*)?"
    r"|mailto:[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+"
    r"|#[a-z0-9-]+"
    r"|(?:\.\./)*[a-z0-9-]+(?:/[a-z0-9-]+)*\.(?:md|svg|png|jpg|webp|json|yaml)(?:#[a-z0-9-]+)?)"
)
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|[0-9]+[.)])[ \t]+", re.MULTILINE)
_MARK = re.compile(r"\{\{ ?(?:" + "|".join(MARKS) + r")\(")


def pages_hold_no_html(base: Base) -> Iterator[Problem]:
    """A page's text holds no HTML, not even in code, because what is code to one reader of Markdown is a tag to another."""
    for page in base.files.pages.values():
        for match in _HTML.finditer(page.body):
            yield HTML.at(place_in(page, match.start()), text=match[0])


def links_lead_somewhere_safe(base: Base) -> Iterator[Problem]:
    """A link leads to a page or picture that is there, or to a web or mail address, and says where it leads."""
    for page in base.files.pages.values():
        if "](" in page.body or _OPEN.search(page.body):
            yield from _inline_links(base, page)
        for match in _DEFINITION.finditer(page.body):
            yield LINK.at(place_in(page, match.start()), target=match[0].strip())
        for match in _BY_NAME.finditer(page.body):
            yield LINK.at(place_in(page, match.start()), target="][")


def _inline_links(base: Base, page: Page) -> Iterator[Problem]:
    known = {match.end() - 1: match for match in _INLINE.finditer(page.body)}
    for opening in _OPEN.finditer(page.body):
        at = opening.end() - 1
        match = known.get(at)
        place = place_in(page, opening.start() + 1)
        target = _TARGET.match(page.body, at + 1)
        if match is None or target is None or not _ALLOWED.fullmatch(target[1]):
            end = page.body.find("\n", at)
            yield LINK.at(place, target=target[1] if target else page.body[at + 1 : end if end > 0 else at + 60])
            continue
        if not match[2].strip():
            yield (IMAGE if match[1] else EMPTY_LINK).at(place_in(page, match.start()))
        yield from _target_exists(base, page, place, target[1])


def _target_exists(base: Base, page: Page, place: Place, target: str) -> Iterator[Problem]:
    path = target.split("#")[0]
    if not path or ":" in path:
        return
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    if full not in base.files.pages and full not in base.files.assets:
        guess = nearest(full, [*base.files.pages, *base.files.assets]) or f"{DOCS}/index.md"
        yield LINK_GONE.at(place, target=target, nearest=posixpath.relpath(guess, posixpath.dirname(page.path)))


def headings_make_an_outline(base: Base) -> Iterator[Problem]:
    """Headings begin at the second level, and no level is skipped."""
    for page in base.files.pages.values():
        level = 1
        for match in _HEADING.finditer(page.body):
            depth = len(match[1])
            if depth == 1:
                yield TITLE.at(place_in(page, match.start()))
            elif depth > level + 1:
                yield HEADING_JUMP.at(place_in(page, match.start()))
            level = max(depth, 1)
        for match in _SETEXT.finditer(page.body):
            if match[1].startswith("=") or not match[0].lstrip().startswith(("|", "-")):
                yield TITLE.at(place_in(page, match.start()))


def fixed_headings_stand_in_order(base: Base) -> Iterator[Problem]:
    """A lesson and a tool have their fixed headings, all of them, in their order, and no other of that level."""
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        wanted = HEADINGS.get(kind.name) if kind else None
        if wanted is None or page.front is None:
            continue
        order = ", ".join(wanted)
        found = [(m[2], m) for m in _HEADING.finditer(page.body) if len(m[1]) == 2]  # noqa: PLR2004  (second level)
        reached = -1
        for heading, match in found:
            place = place_in(page, match.start())
            if heading not in wanted:
                yield UNKNOWN_HEADING.at(place, heading=heading, order=order)
                continue
            if wanted.index(heading) <= reached:
                yield HEADING_ORDER.at(place, heading=heading, order=order)
            reached = max(reached, wanted.index(heading))
        names = {heading for heading, _ in found}
        for heading in wanted:
            if heading not in names:
                yield MISSING_HEADING.at(Place(page.path, page.body_line, 1), heading=heading, order=order)


def sections_are_not_empty(base: Base) -> Iterator[Problem]:
    """Something stands under each fixed heading."""
    for page, heading, text, start in _sections(base):
        if not CALL.sub("", text).strip():
            yield EMPTY_SECTION.at(place_in(page, start), heading=heading)


def prose_says_what_it_rests_on(base: Base) -> Iterator[Problem]:
    """Each paragraph and each list item of a lesson or a tool ends with a mark of what it rests on."""
    for page, _, text, start in _sections(base):
        for piece, at in _pieces(text, start):
            if not _MARK.search(piece) and not piece.startswith(("#", "{{")):
                words = " ".join(_ITEM.sub("", piece).split()[:6])
                yield NO_MARK.at(place_in(page, at), start=words)


def _sections(base: Base) -> Iterator[tuple[Page, str, str, int]]:
    """The text under each fixed heading, with its heading and where the text starts."""
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        wanted = HEADINGS.get(kind.name) if kind else None
        if wanted is None:
            continue
        found = [m for m in _HEADING.finditer(page.body) if len(m[1]) == 2]  # noqa: PLR2004  (second level)
        ends = [*(m.start() for m in found[1:]), len(page.body)]
        for match, end in zip(found, ends, strict=False):
            if match[2] in wanted:
                yield page, match[2], page.body[match.end() : end], match.end()


def _pieces(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Paragraphs and list items, with where each begins."""
    for block in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|$))+", text):
        cuts = [m.start() for m in _ITEM.finditer(block[0])]
        if not cuts or cuts[0] != 0:
            cuts = [0, *cuts]
        for here, there in zip(cuts, [*cuts[1:], len(block[0])], strict=True):
            piece = block[0][here:there]
            yield piece.strip(), start + block.start() + here + len(piece) - len(piece.lstrip())


def pages_stay_small(base: Base) -> Iterator[Problem]:
    """A page and its lines stay within what a reader and the builder can take."""
    for page in base.files.pages.values():
        if len(page.body) > MAX_PAGE:
            yield LONG_PAGE.at(Place(page.path, page.body_line, 1), limit=MAX_PAGE)
        for number, line in enumerate(page.body.split("\n")):
            if len(line) > MAX_LINE:
                yield LONG_LINE.at(Place(page.path, page.body_line + number, MAX_LINE + 1), limit=MAX_LINE)
            elif line.count("[") > MAX_BRACKETS or line.count("]") > MAX_BRACKETS:
                yield BRACKETS.at(Place(page.path, page.body_line + number, 1), limit=MAX_BRACKETS)


RULES = (
    pages_stay_small,
    pages_hold_no_html,
    links_lead_somewhere_safe,
    headings_make_an_outline,
    fixed_headings_stand_in_order,
    sections_are_not_empty,
    prose_says_what_it_rests_on,
)
