"""What a page says to those who do not see it: its links one by one, its tables, its pictures.

A program such as axe asks whether a link, a picture or a table's head has
words. Here it is asked whether the words say something. The sources are the
WCAG criteria 1.1.1, 1.3.1 and 2.4.4; the lists of words that say nothing are
in :data:`SAY_NOTHING`, which the check of pages uses too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

from handbook.problem import show

SAY_NOTHING = {
    "a", "click", "click here", "details", "find out more", "go", "here", "information", "it", "learn more", "link", "more", "page", "read more",
    "see here", "see more", "source", "that", "there", "this", "this link", "this page", "website", "its page", "edit this",
}  # fmt: skip
"""Words of a link that do not say where it leads."""

_KINDS = "diagram|drawing|figure|graphic|icon|image|img|logo|map|photo|photograph|picture|screenshot"
_PICTURE = re.compile(rf"(?:an? )?(?:{_KINDS})(?: ?\d+)?|\S+\.(?:gif|jpe?g|png|svg|webp)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def says_nothing(words: str) -> bool:
    """Whether the words of a link do not say where it leads, signs at the end aside."""
    return _folded(words).strip(" .:!?…»›→>") in SAY_NOTHING


def is_address(words: str) -> bool:
    """Whether the words of a link are a bare web address, which is read aloud letter by letter."""
    return _ADDRESS.fullmatch(words.strip()) is not None


def shows_nothing(words: str) -> bool:
    """Whether the words for a picture only say that it is one, or name its file."""
    return _PICTURE.fullmatch(_folded(words).strip(" .")) is not None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


@dataclass
class Heard:
    """What is heard of one page: the links of its text with their words, its tables, the words for its pictures."""

    links: list[tuple[str, str]] = field(default_factory=list)
    headless: int = 0
    """Tables without a head."""
    unscoped: list[str] = field(default_factory=list)
    """Heads of tables that do not say whether they are those of a row or of a column."""
    pictures: list[str] = field(default_factory=list)


class Listener:
    """Fills in a :class:`Heard` with what a reader of HTML tells it, tag by tag.

    Only what stands in the article is the page's own; menus name places as the menus have them.
    """

    def __init__(self) -> None:
        self.heard = Heard()
        self.articles = 0
        self.link: dict[str, str] | None = None
        self.words: list[str] = []
        self.heads = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """A start tag with its attributes."""
        if tag == "a":
            if self.articles and "href" in given:
                self.link, self.words = given, []
        elif tag == "article":
            self.articles += 1
        elif tag == "img":
            if given.get("alt"):
                self.heard.pictures.append(given["alt"])
                self.words.append(given["alt"])
        elif tag == "table":
            self.heads = 0
        elif tag == "th":
            self.heads += 1
            if given.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                self.heard.unscoped.append(given.get("scope", ""))

    def end(self, tag: str) -> None:
        """An end tag."""
        if tag == "a" and self.link is not None:
            words = " ".join("".join(self.words).split())
            self.heard.links.append((self.link.get("aria-label") or words or self.link.get("title", ""), self.link["href"]))
            self.link = None
        elif tag == "article":
            self.articles -= 1
        elif tag == "table" and not self.heads:
            self.heard.headless += 1

    def text(self, data: str) -> None:
        """A text between two tags."""
        if self.link is not None:
            self.words.append(data)


def faults(heard: Heard, address: str) -> Iterator[str]:
    """What is wrong with what is heard of the page at a full ``address``, one line for each fault."""
    yield from _of_links(heard, address)
    for words in heard.pictures:
        if shows_nothing(words):
            yield f"the words '{show(words)}' do not say what a picture shows"
    if heard.headless:
        yield f"has {heard.headless} tables without a head" if heard.headless > 1 else "has a table without a head"
    if heard.unscoped:
        yield f"has {len(heard.unscoped)} heads of tables that do not say of what (scope)"


def _of_links(heard: Heard, address: str) -> Iterator[str]:
    """Links that say nothing, and those that say the same and lead to different pages.

    Links to places on the page itself are told apart by where they stand.
    """
    led: dict[str, set[str]] = defaultdict(set)
    for words, href in heard.links:
        if not any(map(str.isalnum, words)) or says_nothing(words) or is_address(words):
            yield f"the words '{show(words)}' do not say where a link leads"
        try:
            page = urldefrag(urljoin(address, href))[0]
        except ValueError:  # no address at all, which is said elsewhere
            continue
        if page != address:
            led[_folded(words)].add(page)
    for words, pages in led.items():
        if words and len(pages) > 1:
            yield f"links that say '{show(words)}' lead to {len(pages)} pages"
