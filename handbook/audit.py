"""Look at a finished site as browsers, search engines and screen readers will.

The builders check what people wrote, not what came out of it: a broken
``<a href>`` from a template, a second ``<h1>`` or a script from elsewhere
passes both of them. So every page of the built folder is read again, with
nothing but the standard library, and each rule below reports what it finds
as one line ``page: what``. What a page may hold at all is said in
:mod:`handbook.allowed`, and of which
files the rest is a copy in :mod:`handbook.origin`.

The site's own address is that of its home page (``<link rel="canonical">``),
so a site published below a path of its own is looked at in the same way.
"""

from __future__ import annotations

import argparse
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from handbook import allowed, heard, made, origin, tags
from handbook.address import NOWHERE, Address, address
from handbook.forwards import Forward
from handbook.heard import Heard, Listener
from handbook.origin import HOME, INDEX, MISSING
from handbook.problem import show
from handbook.yamlread import FORBIDDEN

NO_ADDRESS = "http://site.invalid/"
"""Stands in for the site's address when the home page does not say it, which is a finding of its own."""

HOLDS_ADDRESS = {"href", "src", "srcset", "action", "formaction", "poster", "ping", "xlink:href", "data"}
SCHEMES_OF_LINKS = {"", "http", "https", "mailto"}
READ_ALOUD = {"alt", "aria-label", "content", "data-label", "placeholder", "title"}
"""Attributes whose text reaches readers."""

_LEFTOVER = re.compile(r"\{[{%#:.]|\{ [.#:]|\]\(|&#|&[a-z]+;")
_CLOSED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{ ?[.#:].*?\}|\]\([^)]*\)|&#?\w+;|\w&#\w")
_CLOSES = re.compile(r"[});]")
_CONTROL = re.compile(r"[\x00-\x20]")
_CLIMBS = re.compile(r"\\|[/\\](?:\.|%2e){2}(?![^/\\?#])", re.IGNORECASE)
"""What has a browser go to another folder of a site than an address begins with (WHATWG URL, double-dot path segments)."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HEADING = re.compile(r"h[1-6]")
_IN_STYLE = re.compile(r"/\*.*?\*/|\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
"""In a stylesheet, a comment and the two ways to write a letter so that only a browser reads it."""
_FROM_ELSEWHERE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE)


# -- what is read --------------------------------------------------------------


@dataclass(frozen=True)
class Element:
    """A start tag, with its attributes as the browser reads them."""

    name: str
    attributes: dict[str, str]
    in_text: bool = False
    """Whether it stands in an <article>, which holds what a page says, and nothing of the theme."""
    in_drawing: bool = False
    """Whether it stands in an <svg>."""
    inside: Element | None = field(default=None, repr=False)
    """The element that it stands in, if there is one."""

    def __str__(self) -> str:
        return f"<{self.name}>"

    @property
    def written(self) -> str:
        """The tag, with its attributes in the order of their names."""
        attributes = (f' {name}="{value}"' for name, value in sorted(self.attributes.items()))
        return f"<{self.name}{''.join(attributes)}>"


@dataclass(frozen=True)
class Reference:
    """An address in a page: where it stands, and whether the browser loads it by itself."""

    element: Element
    value: str
    loads: bool

    @property
    def scheme(self) -> str:
        """The scheme in small letters, or nothing. Browsers skip blanks and control characters, so these do not hide one."""
        found = _SCHEME.match(_CONTROL.sub("", self.value))
        return found[1].lower() if found else ""


@dataclass
class Page:
    """One HTML file: its path below the site's folder, and what the rules ask about it."""

    path: str
    elements: list[Element] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    words_around: list[tuple[Element, str]] = field(default_factory=list)
    """Each piece of text in the body that no <article> holds, with the element that it stands in."""
    link_words: list[tuple[Element, bool]] = field(default_factory=list)
    """For each piece of text in a link that link, and whether only readers who listen get the text."""
    settings: list[str] = field(default_factory=list)
    """The data that stand in the page for scripts."""
    strays: int = 0
    """How many signs "<" do not begin a tag, or the one line that says that this is HTML."""
    unclear: list[str] = field(default_factory=list)
    """What begins with the sign "<" and is not written as both builders write a tag."""
    ill_ended: list[str] = field(default_factory=list)
    """Tags that end something else than what was begun last, and then those that do not end."""
    has_end: bool = False
    """Whether nothing stands behind the end of the page."""
    forbidden: list[str] = field(default_factory=list)
    """All characters that the check lets into no file."""
    head: str = ""
    """The file up to the end of its head, as it is written."""
    heard: Heard = field(default_factory=Heard)

    def named(self, name: str) -> list[Element]:
        """All elements of one name."""
        return [element for element in self.elements if element.name == name]

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id is given."""
        return Counter(element.attributes["id"] for element in self.elements if "id" in element.attributes)

    @cached_property
    def references(self) -> list[Reference]:
        """All addresses in the page."""
        return [reference for element in self.elements for reference in _references(element)]

    @property
    def descriptions(self) -> list[str]:
        """The contents of all descriptions in the head."""
        return [e.attributes.get("content", "").strip() for e in self.named("meta") if e.attributes.get("name", "").lower() == "description"]

    @property
    def canonical(self) -> list[str]:
        """The addresses that the page says are its own."""
        return [e.attributes.get("href", "") for e in self.named("link") if e.attributes.get("rel") == "canonical"]

    @property
    def forwards(self) -> list[str]:
        """The contents of all tags that send readers elsewhere."""
        return [e.attributes.get("content", "") for e in self.named("meta") if e.attributes.get("http-equiv", "").lower() == "refresh"]

    @property
    def location(self) -> str:
        """The page's address below the site's."""
        return self.path.removesuffix(INDEX) if self.path.rsplit("/", 1)[-1] == INDEX else self.path


@dataclass(frozen=True)
class Site:
    """A built folder: its files, and its pages in the order of their paths."""

    folder: Path
    files: frozenset[str]
    pages: dict[str, Page]
    words: tuple[str, ...] = ()
    """Texts that look like something left unread, and are what somebody wrote; the longest first."""
    root: Path = Path()
    """The project that the site was made from."""
    strange: tuple[str, ...] = ()
    """What is neither a folder nor an ordinary file, by its path. None of it is read."""
    edited: str = ""
    """The address below which its files are edited; see :mod:`handbook.address`."""
    published: str = ""
    """The address at which it is published, with a slash at the end, if somebody says it."""

    @cached_property
    def wanted(self) -> origin.Wanted:
        """What the site should have. Raises :class:`handbook.made.Faulty` if the project has problems."""
        return origin.wanted(self.root)

    @cached_property
    def forwards(self) -> Mapping[str, Forward]:
        """The pages that lead on from a former address; none if nobody can say."""
        try:
            return self.wanted.forwards
        except made.Faulty:
            return {}

    @cached_property
    def around(self) -> frozenset[tuple[str, str, str]]:
        """What most pages say around their text; see :func:`handbook.allowed.said_around`."""
        pages = (page for path, page in self.pages.items() if path not in self.forwards)
        ((most, _),) = Counter(allowed.said_around(page, self) for page in pages).most_common(1)
        return most

    @cached_property
    def address(self) -> str:
        """The site's own address, with a slash at the end."""
        said = self.pages[HOME].canonical if HOME in self.pages else []
        return said[0] if said and said[0].endswith("/") and _readable(said[0]) else NO_ADDRESS

    def resolve(self, page: Page | None, value: str) -> str | None:
        """The full address that ``value`` means on ``page``, or else on the home page; None if it is none."""
        try:
            return urljoin(self.address + (page.location if page else ""), _CONTROL.sub("", value))
        except ValueError:
            return None

    def is_own(self, address: str) -> bool:
        """Whether a full address has the site's host, be it below the site's path or not."""
        return urlsplit(address)[:2] == urlsplit(self.address)[:2]

    def is_edited_at(self, address: str) -> bool:
        """Whether a full address is one of the repository in which the site is edited."""
        repository = f"{self.edited.partition('/edit/')[0]}/"
        return bool(self.edited) and address.startswith(repository) and not _CLIMBS.search(address)

    def is_source(self, address: str) -> bool:
        """Whether a full address is one at which a page, or the data that it shows, are edited."""
        return self.is_edited_at(address) and address.startswith((f"{self.edited}/docs/", f"{self.edited}/data/"))

    def file(self, address: str) -> str | None:
        """The file that a server sends for a full address, or None if there is none."""
        path = unquote(urlsplit(address).path)
        base = unquote(urlsplit(self.address).path)
        if not path.startswith(base):
            return None
        path = path.removeprefix(base)
        path = path + INDEX if not path or path.endswith("/") else path
        return path if path in self.files else None


def read(folder: Path, words: Iterable[str] = (), root: Path = Path(), where: Address = NOWHERE) -> Site:
    """Read every page below ``folder``. What is no UTF-8 in it is passed over here, and a finding later.

    ``words`` are all texts that readers are meant to see as they are,
    ``root`` is the project that the site was made from, and ``where`` says
    where it is published and edited.
    """
    files, strange = _listed(folder)
    pages = {path: read_page(path, (folder / path).read_text(encoding="utf-8", errors="replace")) for path in files if path.endswith(".html")}
    doubtful = {folded for text in words if _LEFTOVER.search(folded := " ".join(text.split()))}
    return Site(folder, frozenset(files), pages, tuple(sorted(doubtful, key=len, reverse=True)), root, strange, where.edit, where.site or "")


def _listed(folder: Path) -> tuple[list[str], tuple[str, ...]]:
    """The ordinary files below ``folder``, and what is neither such a file nor a folder. No link is followed."""
    files, strange = [], []
    for top, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(top, name)
            kind = path.lstat().st_mode
            if stat.S_ISREG(kind):
                files.append(path.relative_to(folder).as_posix())
            elif not stat.S_ISDIR(kind):
                strange.append(path.relative_to(folder).as_posix())
    return sorted(files), tuple(sorted(strange))


def read_page(path: str, html: str) -> Page:
    """Read one page."""
    reader = _Reader(Page(path))
    reader.feed(html)
    reader.close()
    reader.page.strays = html.count("<") - reader.tags
    reader.page.unclear = [piece for piece in html.split("<")[1:] if not allowed.TAG.match(piece)]
    reader.page.ill_ended += [str(element) for element in reader.begun]
    reader.page.has_end = allowed.END.search(html) is not None
    reader.page.forbidden = FORBIDDEN.findall(unescape(html))
    reader.page.head = html.partition("</head>")[0]
    return reader.page


class _Reader(HTMLParser):
    """Fills in a page. ``inside`` counts the open elements that decide what a text is, and ``tags`` all tags."""

    WATCHED = ("a", "article", "body", "code", "pre", "script", "style", "svg", "title")

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.inside: Counter[str] = Counter()
        self.tags = 0
        self.begun: list[Element] = []
        self.listener = Listener()
        page.heard = self.listener.heard

    def handle_decl(self, decl: str) -> None:
        self.tags += decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        # The first of two attributes of a name counts, as in a browser.
        attributes = {name: value or "" for name, value in reversed(attrs)}
        within = self.begun[-1] if self.begun else None
        element = Element(tag, attributes, bool(self.inside["article"]), bool(self.inside["svg"]), within)
        self.page.elements.append(element)
        if tag not in allowed.ENDLESS:
            self.begun.append(element)
        self.listener.start(tag, element.attributes)
        if _HEADING.fullmatch(tag):
            self.page.headings.append(int(tag[1]))
        if tag in self.WATCHED:
            self.inside[tag] += 1
        if tag == "title" and not self.inside["svg"]:
            self.page.titles.append("")
        if tag == "script" and element.attributes.get("type") == "application/json":
            self.page.settings.append("")
        elif tag == "script" and "src" not in element.attributes:
            self.page.scripts.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in allowed.DRAWINGS and self.page.elements[-1].in_drawing:  # to a browser, no other tag ends itself
            self.begun.pop()
        self._end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags += 1
        if self.begun and self.begun[-1].name == tag:
            self.begun.pop()
        else:
            self.page.ill_ended.append(f"</{tag}>")
        self._end(tag)

    def _end(self, tag: str) -> None:
        self.listener.end(tag)
        if self.inside[tag]:
            self.inside[tag] -= 1

    def handle_data(self, data: str) -> None:
        self.listener.text(data)
        if self.inside["body"] and not self.inside["article"] and self.begun and data.strip():
            self.page.words_around.append((self.begun[-1], " ".join(data.split())))
        if self.inside["a"] and data.strip():
            outside = [self.begun[-1], *tags.around(self.begun[-1])]
            hidden = any(allowed.HIDDEN in outer.attributes.get("class", "").split() for outer in outside)
            self.page.link_words += [(outer, hidden) for outer in outside if outer.name == "a"]
        if self.inside["script"]:
            held = self.page.settings if self.page.elements[-1].attributes.get("type") == "application/json" else self.page.scripts
            if held:
                held[-1] += data
        elif self.inside["title"] and not self.inside["svg"]:
            self.page.titles[-1] += data
        elif data.strip() and not any(self.inside[name] for name in ("code", "pre", "style")):
            self.page.texts.append(" ".join(data.split()))


def _references(element: Element) -> Iterator[Reference]:
    link = element.name in {"a", "area"} or element.attributes.get("rel") == "canonical"
    for name in HOLDS_ADDRESS & element.attributes.keys():
        value = element.attributes[name]
        if name == "srcset":
            yield from (Reference(element, part.split()[0], loads=True) for part in value.split(",") if part.strip())
        elif name != "data" or element.name == "object":
            yield Reference(element, value, loads=not (link and name == "href"))


def _readable(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


# -- rules for one page ----------------------------------------------------------


def links_lead_to_files(page: Page, site: Site) -> Iterator[str]:
    """Whatever a page links to or loads from its own site is there."""
    for reference in page.references:
        if reference.scheme not in {"", "http", "https"}:
            continue
        address = site.resolve(page, reference.value)
        if address is None:
            yield f"'{show(reference.value)}' is not an address"
        elif site.is_own(address) and site.file(address) is None:
            yield f"'{show(reference.value)}' leads to no file"


def anchors_lead_to_ids(page: Page, site: Site) -> Iterator[str]:
    """The part of a link behind # is the id of something on the page that it leads to.

    What follows a "!" there is what the reader has chosen; see docs/assets/javascripts/lib/state.js.
    """
    for reference in page.references:
        address = site.resolve(page, reference.value)
        if address is None or "#" not in reference.value or not site.is_own(address):
            continue
        target = site.pages.get(site.file(address) or "")
        anchor = unquote(urlsplit(address).fragment).partition("!")[0]
        if target and anchor and anchor not in target.ids:
            yield f"'{show(reference.value)}' leads to no place on {target.path}"


def missing_page_holds_at_any_depth(page: Page, _site: Site) -> Iterator[str]:
    """The page for wrong addresses has no relative link, because it is shown at addresses of any depth."""
    if page.path == MISSING:
        for reference in page.references:
            if not reference.scheme and not reference.value.startswith(("/", "#")):
                yield f"'{show(reference.value)}' is relative, and this page is shown at any depth"


def says_its_own_address(page: Page, site: Site) -> Iterator[str]:
    """Each page but the one for wrong addresses says its own address, so that copies lead back to it.

    One at a former address says that of the page that it leads to; see :mod:`handbook.forwards`.
    """
    if page.path in site.forwards:
        return
    if page.path == MISSING:
        if page.canonical:
            yield "says an address of its own, and has none"
    elif len(page.canonical) != 1:
        yield f"says its own address {len(page.canonical)} times"
    elif page.canonical[0] != site.address + page.location:
        yield f"says that its address is '{show(page.canonical[0])}'"


def has_one_main_heading(page: Page, _site: Site) -> Iterator[str]:
    """There is exactly one <h1>."""
    if page.headings.count(1) != 1:
        yield f"has {page.headings.count(1)} <h1>"


def headings_do_not_jump(page: Page, _site: Site) -> Iterator[str]:
    """No level is left out on the way down, beginning with <h1>."""
    before = 0
    for level in page.headings:
        if level > before + 1:
            yield f"has <h{level}> after <h{before}>" if before else f"begins with <h{level}>"
        before = level


def has_a_title(page: Page, _site: Site) -> Iterator[str]:
    """There is exactly one <title>, and it says something."""
    if [bool(title.strip()) for title in page.titles] != [True]:
        yield "has no title" if not any(title.strip() for title in page.titles) else f"has {len(page.titles)} titles"


def has_a_description(page: Page, _site: Site) -> Iterator[str]:
    """There is exactly one description for search engines, and it says something."""
    if [bool(text) for text in page.descriptions] != [True]:
        yield "has no description" if not any(page.descriptions) else f"has {len(page.descriptions)} descriptions"


def says_its_language(page: Page, _site: Site) -> Iterator[str]:
    """The page says which language it is in."""
    if not any(element.attributes.get("lang", "").strip() for element in page.named("html")):
        yield "does not say its language"


def pictures_have_words(page: Page, _site: Site) -> Iterator[str]:
    """Each picture has words in its place, or says with an empty alt that it needs none."""
    for element in page.named("img"):
        if "alt" not in element.attributes:
            yield f"the picture '{show(element.attributes.get('src', ''))}' has no alt"


def makes_sense_unseen(page: Page, site: Site) -> Iterator[str]:
    """Words for links and pictures say something, the same words lead to one page, and tables have heads. See :mod:`handbook.heard`."""
    yield from heard.faults(page.heard, site.address + page.location)


def tags_run_nothing(page: Page, _site: Site) -> Iterator[str]:
    """No tag carries a script in an attribute."""
    for element in page.elements:
        for name in element.attributes:
            if name.startswith("on"):
                yield f"{element} runs a script ({name})"


def links_go_to_the_web_or_to_mail(page: Page, _site: Site) -> Iterator[str]:
    """No address begins with javascript:, data: or anything else but http, https and, in links, mailto."""
    for reference in page.references:
        allowed = SCHEMES_OF_LINKS - {"mailto"} if reference.loads else SCHEMES_OF_LINKS
        if reference.scheme not in allowed:
            yield f"{reference.element} has an address that begins with '{show(reference.scheme)}:'"


def nothing_comes_from_elsewhere(page: Page, site: Site) -> Iterator[str]:
    """What the browser loads or sends by itself stays with the site."""
    for reference in page.references:
        if reference.loads and reference.scheme in {"", "http", "https"}:
            address = site.resolve(page, reference.value)
            if address and not site.is_own(address):
                yield f"{reference.element} asks another site ('{show(reference.value)}')"


def nothing_is_embedded(page: Page, _site: Site) -> Iterator[str]:
    """There is no frame, no plug-in, and nothing that changes what links mean."""
    for element in page.elements:
        if element.name in allowed.EMBEDS:
            yield f"holds {element}"


def only_former_addresses_forward(page: Page, site: Site) -> Iterator[str]:
    """No page sends its readers elsewhere but those at former addresses, which are looked at by themselves; see :mod:`handbook.origin`."""
    if page.path not in site.forwards:
        for content in page.forwards:
            yield f"forwards its readers ('{show(content)}')"


def styles_are_in_files(page: Page, _site: Site) -> Iterator[str]:
    """No style stands in the page. The theme as it is set up here needs none either."""
    for element in page.elements:
        if element.name == "style":
            yield "holds <style>"
        elif "style" in element.attributes:
            yield f"{element} has a style of its own ('{show(element.attributes['style'])}')"


def ids_are_given_once(page: Page, _site: Site) -> Iterator[str]:
    """No id is given twice."""
    for name, count in page.ids.items():
        if count > 1:
            yield f"the id '{show(name)}' is given {count} times"


def nothing_is_left_unread(page: Page, site: Site) -> Iterator[str]:
    """Readers see no call, no Markdown and no HTML that the builder should have read, outside listings of code.

    What the handbook's own data say in these signs is text, and is left alone:
    a whole one wherever it stands, and the beginning of one where nothing closes it.
    """
    attributes = [text for element in page.elements for name, text in element.attributes.items() if name in READ_ALOUD]
    for text in (*page.texts, *page.titles, *attributes):
        for word in site.words:
            rest = text.replace(word, "…")
            if _is_closed(word) or not _CLOSES.search(rest):  # or a single "{{" in the data would hide every call
                text = rest  # noqa: PLW2901  (what is left of it)
        for found in _LEFTOVER.finditer(text):
            yield f"'{found[0]}' is left in '{show(text[max(found.start() - 20, 0) : found.end() + 20])}'"
    for element in page.elements:
        if "markdown" in element.attributes:
            yield f"{element} still says that it holds Markdown"


@cache
def _is_closed(word: str) -> bool:
    """Whether every sign in ``word`` ends in it, so that nothing but the word itself is passed over with it."""
    return not _LEFTOVER.search(_CLOSED.sub("", word))


# -- rules for the whole site ------------------------------------------------------


def titles_differ(site: Site) -> Iterator[str]:
    """No two pages have the same title."""
    yield from _shared(site, "title", lambda page: page.titles)


def descriptions_differ(site: Site) -> Iterator[str]:
    """No two pages have the same description."""
    yield from _shared(site, "description", lambda page: page.descriptions)


def paths_differ_by_more_than_case(site: Site) -> Iterator[str]:
    """No two files have the same name on a computer that does not tell capitals from small letters."""
    first: dict[str, str] = {}
    for path in sorted(site.files):
        other = first.setdefault(path.casefold(), path)
        if other != path:
            yield f"{path}: differs from {other} only in capitals"


def texts_can_be_read(site: Site) -> Iterator[str]:
    """Every page and stylesheet is in UTF-8, or readers would be shown something else than what is looked at here."""
    for path in sorted(site.files):
        if path.endswith((".html", ".css")):
            try:
                (site.folder / path).read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                yield f"{path}: cannot be read as text"


def stylesheets_stay_at_home(site: Site) -> Iterator[str]:
    """No stylesheet loads anything from elsewhere."""
    for path in sorted(site.files):
        if path.endswith(".css"):
            text = _IN_STYLE.sub(_plainly, (site.folder / path).read_text(encoding="utf-8", errors="replace"))
            for found in _FROM_ELSEWHERE.finditer(text):
                yield f"{path}: asks another site ('{show(found[1])}')"


def _plainly(found: re.Match[str]) -> str:
    """What a browser reads in a stylesheet where ``_IN_STYLE`` stands."""
    number = int(found[1], 16) if found[1] else 0
    return chr(number) if 0 < number < sys.maxunicode else found[2] or ""


def _shared(site: Site, what: str, values: Callable[[Page], list[str]]) -> Iterator[str]:
    first: dict[str, str] = {}
    for page in site.pages.values():
        for value in values(page):
            text = " ".join(value.split())
            other = first.setdefault(text, page.path)
            if text and other != page.path:
                yield f"{page.path}: has the same {what} as {other}"


PAGE_RULES: tuple[Callable[[Page, Site], Iterator[str]], ...] = (
    links_lead_to_files,
    anchors_lead_to_ids,
    missing_page_holds_at_any_depth,
    says_its_own_address,
    has_one_main_heading,
    headings_do_not_jump,
    has_a_title,
    has_a_description,
    says_its_language,
    pictures_have_words,
    makes_sense_unseen,
    tags_run_nothing,
    links_go_to_the_web_or_to_mail,
    nothing_comes_from_elsewhere,
    nothing_is_embedded,
    only_former_addresses_forward,
    styles_are_in_files,
    ids_are_given_once,
    nothing_is_left_unread,
    *allowed.PAGE_RULES,
)
SITE_RULES: tuple[Callable[[Site], Iterator[str]], ...] = (
    titles_differ,
    descriptions_differ,
    paths_differ_by_more_than_case,
    texts_can_be_read,
    stylesheets_stay_at_home,
    *allowed.SITE_RULES,
    *origin.SITE_RULES,
)


def audit(site: Site) -> list[str]:
    """Everything that is wrong with a site, each finding once: page by page, and then what concerns several pages."""
    found = [f"{page.path}: {what}" for page in site.pages.values() for rule in PAGE_RULES for what in rule(page, site)]
    found += [finding for rule in SITE_RULES for finding in rule(site)]
    return list(dict.fromkeys(found))


# -- the command line ----------------------------------------------------------------


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``audit FOLDER`` to the command line."""
    parser = commands.add_parser("audit", help="look at a built site as browsers and readers will")
    parser.add_argument("folder", type=Path, help="the built site, for example site")
    parser.set_defaults(run=lambda options: run(options.folder, made.words(options.root), options.root, address(os.environ)))


def run(folder: Path, words: Iterable[str] = (), root: Path = Path(), where: Address = NOWHERE) -> int:
    """Print every finding. Returns 0 if there is none, and 1 if there is one or nothing to look at.

    ``words``, ``root`` and ``where`` are those of :func:`read`.
    """
    site = read(folder, words, root, where)
    if not site.pages:
        print(f"{folder}: there is no page in this folder", file=sys.stderr)
        return 1
    findings = audit(site)
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}", file=sys.stderr)
        return 1
    print(f"{len(site.pages)} pages in order")
    return 0
