"""Whether each file of a finished site is the one it should be, byte by byte or address by address.

There is a page for each one in ``docs`` and for each former id, and no other;
what is in them is judged by :mod:`handbook.allowed`. Of the rest, what was only
copied must be as it is in ``docs/assets``, and what scripts read is made of the
data once more and must be the same. What a script or a stylesheet in
``docs/assets`` does is not judged here: it is read by those who own it, see
:mod:`handbook.machinery`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.parsers import expat

from markupsafe import Markup

from handbook import forwards, made, pictures, published, searchable, theme
from handbook.problem import show
from handbook.relate import Head
from handbook.rules import menu
from handbook.views import Repository

if TYPE_CHECKING:
    from handbook.audit import Site

ASSETS = "assets/"
SOURCES = "docs"
DATA = (f"{published.FOLDER}/", f"{searchable.FOLDER}/")
SEARCHED = "search/records.json"
ADDRESSES = {"url", "website"}
"""The fields of published data that hold an address."""

SITEMAP, PACKED = "sitemap.xml", "sitemap.xml.gz"
IN_SITEMAP = {"urlset", "url", "loc", "lastmod"}

HOME, MISSING, INDEX = "index.html", "404.html", "index.html"
ZENSICALS = "search.json"
"""What Zensical writes for its own search, which no page of ours asks for."""


@dataclass(frozen=True)
class Wanted:
    """What a site should have, by the paths: its pages, those that lead on from a former address, the files of data, whole, and the pages' heads."""

    pages: frozenset[str]
    forwards: Mapping[str, forwards.Forward]
    files: Mapping[str, bytes]
    heads: Mapping[str, Head] = field(default_factory=dict)
    name: str = ""
    """What the settings call the site."""


def wanted(root: Path) -> Wanted:
    """What the site of the project below ``root`` should have. Raises :class:`handbook.made.Faulty` if the project has problems."""
    book = made.renderer(root, Repository()).handbook
    former = {forward.path: forward for forward in forwards.forwards(book)}
    heads = {published.address(page) + INDEX: head for page, head in book.heads.items()}
    files = {f"{published.FOLDER}/{path}": published.written(content) for path, content in published.files(book)}
    files |= {f"{searchable.FOLDER}/{path}": published.written(content) for path, content in searchable.files(book)}
    return Wanted(frozenset(heads.keys() | former.keys() | {MISSING}), former, files, heads, menu.site_name(root))


def pages_and_data_are_those_of_the_sources(site: Site) -> Iterator[str]:
    """Each page and each file of data is one that the sources make, each that they make is there, and the data are what they should be."""
    try:
        should = site.wanted
    except made.Faulty as faulty:
        yield f"{SOURCES}: nobody can say what the site should have, because the check finds problems here ({len(faulty.problems)})"
        return
    there = site.pages.keys() | {path for path in site.files if path.startswith(DATA)}
    for path in sorted(there | should.pages | should.files.keys()):
        if path not in there:
            yield f"{path}: is not in the site, and the sources make it"
        elif path not in should.pages and path not in should.files:
            yield f"{path}: is nothing that the sources make"
        elif path in should.files and (site.folder / path).read_bytes() != should.files[path]:
            yield f"{path}: is not what the sources make of the data"
    if ZENSICALS in site.files and not _is_zensicals(site):
        yield f"{ZENSICALS}: is Zensical's, and another builder made this site"


def heads_are_those_of_the_sources(site: Site) -> Iterator[str]:
    """The title and the description of each page are what the sources say."""
    try:
        should = site.wanted
    except made.Faulty:
        return  # which another rule says
    for path, head in should.heads.items():
        if path in site.pages:
            title = head.title if head.title == should.name else f"{head.title} - {should.name}"
            yield from _said(path, "title", title, site.pages[path].titles)
            yield from _said(path, "description", head.description, site.pages[path].descriptions)


def _said(path: str, what: str, source: str, said: list[str]) -> Iterator[str]:
    """What is wrong if a page says something else than the sources do. The templates leave out tags, as here (``striptags``)."""
    should = Markup(source).striptags()  # noqa: S704  (for its words only)
    for text in said if len(said) == 1 else ():  # that there is one is a rule of its own
        if text.strip() and " ".join(text.split()) != should:
            yield f"{path}: has the {what} '{show(text)}', and the sources say '{show(should)}'"


def the_site_is_published_where_it_says(site: Site) -> Iterator[str]:
    """The pages give the address at which the site is published as their own, if that is known."""
    if site.published and site.address != site.published:
        yield f"{HOME}: gives '{show(site.address)}' as the address of the site, which is published at '{show(site.published)}'"


def former_addresses_lead_on(site: Site) -> Iterator[str]:
    """The page at a former address is the one that the sources make, and leads to the page of the record that was there."""
    for path, forward in site.forwards.items():
        if path in site.pages and (site.folder / path).read_bytes() != forwards.text(forward, site.address + forward.leads_to).encode():
            yield f"{path}: is not the page that leads from a former address to '{forward.leads_to}'"


def _is_zensicals(site: Site) -> bool:
    """Whether the site has a file that only Zensical's theme brings."""
    scripts = [path for path in site.files & theme.published().keys() if path.endswith(".js")]
    return any(all("zensical" in installed.parts for installed in theme.published()[path]) for path in scripts)


def files_are_plain(site: Site) -> Iterator[str]:
    """No file is a link, a pipe or a device: a server would send what is behind it."""
    for path in site.strange:
        yield f"{path}: is a link, or no ordinary file"


def the_themes_files_are_the_themes(site: Site) -> Iterator[str]:
    """No file stands in the place of one of the theme's."""
    for path in sorted(site.files & theme.published().keys()):
        if (site.folder / path).read_bytes() not in {installed.read_bytes() for installed in theme.published()[path]}:
            yield f"{path}: is not the file that the theme has here"


def assets_are_those_of_the_sources(site: Site) -> Iterator[str]:
    """Each file below assets/ that is not the theme's is one of docs/assets, unchanged; and none of these is missing."""
    sources = site.root / SOURCES
    written = {path.relative_to(sources).as_posix() for path in (sources / ASSETS).rglob("*") if path.is_file()}
    for path in sorted(written | {path for path in site.files if path.startswith(ASSETS)} - theme.published().keys()):
        if path not in site.files:
            yield f"{path}: is in {SOURCES}, and not in the site"
        elif path not in written:
            yield f"{path}: is not in {SOURCES}, of which the site is made"
        elif (site.folder / path).read_bytes() != (sources / path).read_bytes():
            yield f"{path}: is not the file that {SOURCES} has here"


def pictures_are_pictures(site: Site) -> Iterator[str]:
    """Each picture begins as its name says, and no SVG file runs a script or loads another file: readers can open it by its address."""
    for path in sorted(site.files - theme.published().keys()):
        if path.endswith(tuple(pictures.SUFFIXES)):
            for problem in pictures.problems((site.folder / path).read_bytes(), path):
                yield f"{path}: {problem.words}"


def data_lead_where_pages_may(site: Site) -> Iterator[str]:
    """An address in the data that scripts read is that of a page here, or leads to the web. The search leads to pages here only."""
    for path in sorted(path for path in site.files if path.startswith(DATA)):
        try:
            held = json.loads((site.folder / path).read_bytes())
            found = _searched(held) if path == SEARCHED else _addresses(held)
            for value in dict.fromkeys(found):
                if not _leads(site, value, away=path != SEARCHED):
                    yield f"{path}: leads to '{show(value)}', which is no page here" + ("" if path == SEARCHED else " and not on the web")
        except (ValueError, LookupError, TypeError, RecursionError):
            yield f"{path}: cannot be read as data"


def _searched(held: Any) -> list[str]:
    return [str(row[1]) for row in held["documents"]] if "documents" in held else []


def _addresses(held: Any) -> Iterator[str]:
    """Every address in the data, from the first to the last."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from (value for name, value in one.items() if name in ADDRESSES and isinstance(value, str))
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one


def _leads(site: Site, value: str, *, away: bool) -> bool:
    """Whether an address is that of a file of the site or, if it may be ``away``, of another one on the web."""
    address = site.resolve(None, value)
    if address is None:
        return False
    if site.is_own(address):
        return site.file(address) is not None
    return away and urlsplit(address).scheme in {"http", "https"} and value.startswith(("http://", "https://"))


def the_sitemap_lists_pages(site: Site) -> Iterator[str]:
    """The list for search engines holds the address of each page here but those that are at none of their own, and nothing that would run."""
    if SITEMAP not in site.files:
        yield f"{SITEMAP}: is not in the site"
        return
    raw = (site.folder / SITEMAP).read_bytes()
    try:
        listed, strange = _listed(raw)
    except expat.ExpatError:
        yield f"{SITEMAP}: cannot be read"
        return
    for what in dict.fromkeys(strange):
        yield f"{SITEMAP}: holds {show(what)}, and none of ours does"
    for value in dict.fromkeys(listed):
        if not site.is_own(value) or site.file(value) not in site.pages:
            yield f"{SITEMAP}: lists '{show(value)}', which is no page here"
    expected = {site.address + site.pages[path].location for path in site.pages.keys() - site.forwards.keys() - {MISSING}}
    for address in sorted(expected.difference(listed)):
        yield f"{SITEMAP}: does not list '{show(address)}'"
    if PACKED in site.files and not _unpacks_to(site, raw):
        yield f"{PACKED}: is not {SITEMAP}"


def _listed(raw: bytes) -> tuple[list[str], list[str]]:
    """The addresses in a sitemap, and what has no place in one. Raises ``expat.ExpatError`` if it cannot be read."""
    found: list[str] = []
    strange: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        inside.append(name)
        if name not in IN_SITEMAP:
            strange.append(f"<{name}>")
        if name == "loc":
            found.append("")

    def text(data: str) -> None:
        if inside[-1:] == ["loc"]:
            found[-1] += data

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _name: inside.pop()
    parser.ProcessingInstructionHandler = lambda name, _data: strange.append(f"<?{name}?>")
    parser.StartDoctypeDeclHandler = lambda *_: strange.append("<!DOCTYPE>")
    parser.Parse(raw, True)
    return [value.strip() for value in found], strange


def _unpacks_to(site: Site, raw: bytes) -> bool:
    try:
        with gzip.open(site.folder / PACKED) as packed:
            return packed.read(len(raw) + 1) == raw
    except (OSError, EOFError, ValueError):
        return False


SITE_RULES = (
    files_are_plain,
    the_themes_files_are_the_themes,
    assets_are_those_of_the_sources,
    pictures_are_pictures,
    data_lead_where_pages_may,
    the_sitemap_lists_pages,
    pages_and_data_are_those_of_the_sources,
    former_addresses_lead_on,
    heads_are_those_of_the_sources,
    the_site_is_published_where_it_says,
)
