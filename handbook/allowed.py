"""What a finished site may hold: a list of all that the theme and we bring, and nothing else.

It is the last look at what came out, whatever went in: an element, an
attribute, a name, a script, a file or a policy that no page of ours has is a
finding of :mod:`handbook.audit`, be it harmful or not. Who brings a new part
into a template adds it here, or its tag in ``handbook/tags.yaml``, and so
somebody has looked at it.

The rules read what browsers read first: attributes by their first value, and
names in small letters. Where programs differ in how they read a tag, it is one
that neither builder writes, and so a finding of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from handbook import machinery, pictures, tags, theme
from handbook.calls import PLACES
from handbook.model import HOST_PATTERN, KINDS, PORT_PATTERN
from handbook.problem import show
from handbook.rules.taken import is_taken

if TYPE_CHECKING:
    from handbook.audit import Element, Page, Site

_BLANK = r"[ \t\n\f\r]"
_ATTRIBUTES = rf'(?:{_BLANK}+[a-zA-Z][a-zA-Z0-9:_-]*(?:="[^"<]*")?)*{_BLANK}*'
TAG = re.compile(rf"(?:!doctype html|/[a-zA-Z][a-zA-Z0-9]*{_BLANK}*|[a-zA-Z][a-zA-Z0-9]*{_ATTRIBUTES}/?)>")
"""A tag as both builders write it, from behind its sign "<": each program reads it in the same way."""

BEGINNING = re.compile(
    rf"{_BLANK}*<!doctype html>{_BLANK}*<html{_ATTRIBUTES}>{_BLANK}*<head>{_BLANK}*"
    rf'<meta charset="utf-8">{_BLANK}*<meta http-equiv="Content-Security-Policy" content="[^"<]*">'
)
"""How each page begins, so that nothing is read in other letters or in an older way, or before the policy."""

_TITLE = re.compile(r"<title>[^<]*</title>")

EMBEDS = {"applet", "base", "embed", "frame", "iframe", "object", "portal"}
"""Elements that have a rule of their own in :mod:`handbook.audit`."""

ENDLESS = {"br", "hr", "img", "input", "link", "meta"}
"""Elements without an end tag."""
END = re.compile(rf"</body>{_BLANK}*</html>{_BLANK}*\Z")
"""How each page ends."""

ADDRESS = re.compile(rf"https?://{HOST_PATTERN}{PORT_PATTERN}(?:/[!-;=?-~]*)?|(?!//)[!-9;=?-\[\]-~]*")
"""An address on the web as the check lets it in (:data:`handbook.model.URL_PATTERN`), or one here: each program reads it in the same way."""

HIDDEN = "hb-hidden"
"""The class of words that some readers hear and nobody sees."""

READ_ALOUD = {"aria-label", "placeholder", "title"}
"""Attributes around a text that reach readers."""

IDS = {
    "script": re.compile(r"__config"),
    "input": re.compile(r"__(?:drawer|search|toc|nav_[0-9]+(?:_[0-9]+)*)"),
    "label": re.compile(r"__nav_[0-9]+(?:_[0-9]+)*_label"),
    "a": re.compile(r"__skip"),
    "div": re.compile(r"hb-(?:search-hint|text)"),
}
"""The ids that scripts look for, by the element that has them."""

DRAWINGS = {"circle", "g", "path", "rect", "text", "tspan"}
"""What ends itself in a drawing, and nowhere else."""

FEATURES = {"content.action.edit", "navigation.indexes", "navigation.sections", "navigation.tabs", "toc.follow"}
"""What of the theme's behaviour is switched on; mkdocs.yml names them."""
WITHOUT = {"annotate", "redirect", "tags", "version"}
"""The theme's settings that say nothing here."""

PICKED = {str(KINDS[name].page_folder): name for name in ("lesson", "tool", "recommendation")}
"""Records that readers put on their list, by the folder of their pages."""
OF_RECORDS = re.compile(rf"(?P<folder>{'|'.join(PICKED)})/(?P<id>[^/]+)/index\.html")
"""The pages of records that can be put on a list; they have that part, and no other page has it."""
ON_ONE_PAGE = {
    part: PLACES[call].replace(".md", ".html")
    for part, call in {
        "compare": "compare",
        "find": "finder",
        "fit": "fit_check",
        "matrix": "matrix",
        "plan": "plan",
        "questions": "questions",
    }.items()
}
"""The parts that are the only one of their kind, with the pages on which they stand."""

SCRIPTS = re.compile(r"assets/javascripts/(?:early|handbook|bundle\.[0-9a-f]{8}\.min)\.js")
STYLESHEETS = re.compile(r"assets/stylesheets/[a-z0-9/.-]+\.css")

FILES = re.compile(
    r"(?:404|(?:[a-z0-9-]+/)*index)\.html"
    r"|sitemap\.xml(?:\.gz)?"
    r"|search/(?:records|text)\.json"
    r"|search\.json"  # Zensical's own
    r"|data/(?:[a-z0-9-]+/){0,2}[a-z0-9-]+\.json"
    r"|assets/(?:images/)?(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:svg|png|jpg|webp)"
    r"|assets/fonts/[a-z0-9.-]+\.(?:woff2|txt)"
    r"|assets/(?:javascripts|vendor)/(?:[a-z0-9-]+/)*[a-z0-9.-]+\.js"
    r"|assets/stylesheets/[a-z0-9-]+\.css"
    r"|assets/forms/[a-z0-9-]+\.txt"
    r"|assets/vendor/(?:bom\.json|[a-z0-9-]+-licence\.txt)"
)
"""The files of a site, but for those of the themes."""

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "connect-src": {"'self'"},
    "worker-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
    "object-src": {"'none'"},
}
"""Each part that the Content-Security-Policy must have, with all that it may let in."""


# -- rules for one page ----------------------------------------------------------


def every_sign_begins_a_tag(page: Page, _site: Site) -> Iterator[str]:
    """No sign "<" stands in a text, an attribute or a comment, because there programs differ in what they take for a tag."""
    if page.strays:
        yield f"has {page.strays} signs '<' that do not begin a tag, in a comment, an attribute or an open text"


def tags_are_read_in_one_way(page: Page, _site: Site) -> Iterator[str]:
    """Every tag is written as the builders write theirs, with double quotes and plain blanks: of others, programs read different things."""
    for piece in page.unclear:
        yield f"has a tag that cannot be read for sure ('<{show(piece[:40])}')"


def tags_are_ours(page: Page, site: Site) -> Iterator[str]:
    """Every tag is one that the theme's templates, ours or Markdown make, in the text or around it, with what it says in ours."""
    if page.path not in site.forwards:
        for element in page.elements:
            if not tags.known().fits(element):
                yield f"holds '{show(element.written)}' {'in' if element.in_text else 'around'} its text, and no page of ours does"


def words_stand_where_ours_do(page: Page, site: Site) -> Iterator[str]:
    """No words stand around the text but in the theme's labels and links, and in our lines at the foot."""
    if page.path not in site.forwards:
        for element, words in page.words_around:
            if not tags.known().has_words(element):
                yield f"holds the words '{show(words)}' in '{show(element.written)}' around its text, and no page of ours does"


def every_page_has_the_same_around(page: Page, site: Site) -> Iterator[str]:
    """The words around a text, and where their links lead, are in each part those of the other pages, but for its own title and contents."""
    if page.path not in site.forwards:
        said = said_around(page, site)
        for part, words, address in sorted(said ^ site.around):
            leads = f", with a link to '{show(address)}'" if address else ""
            says = "says" if (part, words, address) in said else "does not say"
            yield f"{says} '{show(words)}' in {part}{leads}, unlike other pages"


def said_around(page: Page, site: Site) -> frozenset[tuple[str, str, str]]:
    """The words around a page's text that each page should have: in which part, and with the full address if they are a link's."""
    found = set()
    for element, words in page.words_around:
        if tags.known().says_the_same(element):
            link = next((outer for outer in (element, *tags.around(element)) if outer.name == "a"), None)
            value = link.attributes.get("href", "#") if link else "#"
            found.add((tags.part_of(element), words, "" if value.startswith("#") else site.resolve(page, value) or value))
    for element in page.elements:
        if not element.in_text and not tags.known().is_of_the_page(element):
            found.update((tags.part_of(element), element.attributes[name], "") for name in READ_ALOUD & element.attributes.keys())
    return frozenset(found)


def each_part_is_there_once(page: Page, site: Site) -> Iterator[str]:
    """Each part around the text is there, and none twice: what a browser or a script looks for, it finds, and finds no other."""
    if page.path not in site.forwards:
        for tag, count in tags.known().counted(page.elements):
            yield f"holds '{tag}' {count} times, and each page of ours at most once" if count else f"does not hold '{tag}'"


def tags_end_where_they_should(page: Page, _site: Site) -> Iterator[str]:
    """Every tag that needs an end has it in its place, and nothing stands behind the last: each program sees the same parts in the same."""
    if page.ill_ended:
        yield f"has a tag that does not end where it should ('{show(page.ill_ended[0])}')"
    if not page.has_end:
        yield "does not end with the end of its body and of the page"


def pages_do_not_hide(page: Page, site: Site) -> Iterator[str]:
    """No page that readers look for hides from search engines."""
    if page.path != "404.html" and page.path not in site.forwards and any(e.attributes.get("name") == "robots" for e in page.named("meta")):
        yield "hides from search engines (robots)"


def signs_can_be_seen(page: Page, _site: Site) -> Iterator[str]:
    """No character is invisible, turns the direction of a text, or is none, be it written as a reference or not. The check refuses the same ones."""
    for sign in dict.fromkeys(page.forbidden):
        yield f"holds the character U+{ord(sign):04X}, which nobody sees"


def links_lead_where_they_seem_to(page: Page, site: Site) -> Iterator[str]:
    """Whatever looks or works like a part of the theme or of ours leads to a page here, or to where the site is edited.

    And each address is one that all programs read in the same way: one of the web as the check lets it in, or one here.
    """
    for reference in page.references:
        element, address = reference.element, site.resolve(page, reference.value)
        if tags.known().leads_within(element) and not reference.value.startswith("#"):
            yield f"has an entry of the page's contents lead to '{show(reference.value)}'"
        if element.attributes.get("rel") == "edit" and site.is_edited_at(address or "") and not site.is_source(address or ""):
            yield f"has the button for editing lead to '{show(reference.value)}'"
        if "md-logo" in element.attributes.get("class", "").split() and address != site.address:
            yield f"has the sign of the site lead to '{show(reference.value)}'"
        has_our_look = "download" in element.attributes or not tags.known().may_lead_away(element)
        if has_our_look and reference.scheme == "mailto":
            yield f"has a link with the look of one of ours that leads to mail ('{show(reference.value)}')"
        if reference.scheme not in {"", "http", "https"} or address is None:
            continue  # which other rules find
        if not reference.value.startswith(site.address) and not ADDRESS.fullmatch(reference.value):
            yield f"has an address that programs could read in different ways ('{show(reference.value)}')"
        elif not site.is_own(address) and has_our_look and not site.is_edited_at(address):
            yield f"has a link with the look of one of ours that leads to another site ('{show(reference.value)}')"


def no_link_elsewhere_is_hidden(page: Page, site: Site) -> Iterator[str]:
    """A link that leads to another site has words that everybody sees, not only such as some readers hear."""
    for _, words in groupby(page.link_words, key=lambda said: id(said[0])):
        held = list(words)
        address = site.resolve(page, held[0][0].attributes.get("href", "")) or ""
        if not site.is_own(address) and not site.is_edited_at(address) and all(hidden for _, hidden in held):
            yield f"has a link to another site that nobody sees ('{show(address)}')"


def the_bar_names_the_page(page: Page, _site: Site) -> Iterator[str]:
    """What the bar at the top says of a page is the page's title, or the name of the site."""
    title = " ".join("".join(page.titles).split())
    for element, words in page.words_around:
        if len(page.titles) == 1 and title and tags.known().is_topic(element) and f" - {words} - " not in f" - {title} - ":
            yield f"says '{show(words)}' in the bar at the top, and its title is '{show(title)}'"


def settings_are_the_themes(page: Page, site: Site) -> Iterator[str]:
    """The data that stand in a page are the theme's settings, and say what they say on every page."""
    for element in page.named("script"):
        if element.attributes.get("type") == "application/json" and element.attributes.get("id") != "__config":
            yield "holds data that are not the theme's settings"
    for text in page.settings:
        try:
            held = dict(json.loads(text))
        except (ValueError, TypeError, RecursionError):
            yield "has settings that cannot be read"
            continue
        for name, value in held.items():
            if not _is_set_so(page, site, name, value):
                yield f"has a setting that none of ours has ('{show(name)}')"


def _is_set_so(page: Page, site: Site, name: str, value: Any) -> bool:
    """Whether one of the theme's settings says on a page what it should."""
    if name == "base":
        return isinstance(value, str) and site.resolve(page, value.rstrip("/") + "/") == site.address
    if name == "search":
        address = site.resolve(page, value) if isinstance(value, str) else None
        # The theme's own search, which no page of ours starts; see handbook/theme.py.
        return address is not None and address.startswith(site.address) and theme.is_left_out(address.removeprefix(site.address))
    if name == "features":
        return isinstance(value, list) and all(one in FEATURES for one in value)
    if name == "translations":
        return isinstance(value, dict) and all(isinstance(words, str) and "<" not in words for words in value.values())
    return name in WITHOUT and value is None


def ids_of_scripts_are_where_they_look(page: Page, _site: Site) -> Iterator[str]:
    """No element has an id by which a script would take it for a part of the theme's or ours."""
    for element in page.elements:
        found = element.attributes.get("id", "")
        if is_taken(found) and not ((ids := IDS.get(element.name)) and ids.fullmatch(found)):
            yield f"{element} has the id '{show(found)}', by which scripts know another part"


def scripts_are_files_of_ours(page: Page, site: Site) -> Iterator[str]:
    """Every script is one of three files: the theme's, and two of ours, which bring the rest."""
    for element in page.named("script"):
        path = _own_path(page, site, element, "src")
        if "src" in element.attributes and not (path and SCRIPTS.fullmatch(path)):
            yield f"runs a script that is not ours ('{show(element.attributes['src'])}')"


def parts_stand_where_ours_do(page: Page, _site: Site) -> Iterator[str]:
    """Every part that a script makes is one of ours, and stands on the page that has it, once."""
    for part, count in Counter(element.attributes["data-part"] for element in page.elements if "data-part" in element.attributes).items():
        if part not in machinery.PARTS:
            yield f"has a part '{show(part)}' that is none of ours"
        elif count > 1:
            yield f"has {count} parts '{part}'"
        elif ON_ONE_PAGE.get(part, page.path) != page.path or (part == "pick" and not OF_RECORDS.fullmatch(page.path)):
            yield f"has the part '{part}', which other pages have"
    for element in page.elements:
        if element.attributes.get("data-part") == "pick" and not _adds_the_pages_own(page, element):
            yield f"has a button for another record ('{show(element.attributes.get('data-id', ''))}')"
    if page.path != ON_ONE_PAGE["plan"] and any("data-block" in element.attributes for element in page.elements):
        yield "has a piece of the plan, which another page has"
    if page.path not in ON_ONE_PAGE.values() and any("hb-without-script" in element.attributes.get("class", "") for element in page.elements):
        yield "has a text for readers without scripts, and no tool in its place"


def _adds_the_pages_own(page: Page, element: Element) -> bool:
    """Whether the record that a button puts on the reader's list is the one of the page."""
    found = OF_RECORDS.fullmatch(page.path)
    record = (element.attributes.get("data-record"), element.attributes.get("data-id"))
    return not found or record == (PICKED[found["folder"]], found["id"])


def stylesheets_are_files_of_ours(page: Page, site: Site) -> Iterator[str]:
    """Every stylesheet lies with the theme's and ours."""
    for element in page.named("link"):
        path = _own_path(page, site, element, "href")
        if "stylesheet" in element.attributes.get("rel", "").lower().split() and not (path and STYLESHEETS.fullmatch(path)):
            yield f"has a stylesheet that is not ours ('{show(element.attributes.get('href', ''))}')"


def pictures_are_files_of_pictures(page: Page, site: Site) -> Iterator[str]:
    """Every picture, and the sign of the site, is a file whose name says so."""
    loaded = [(element, "src") for element in page.named("img")]
    loaded += [(element, "href") for element in page.named("link") if element.attributes.get("rel") == "icon"]
    for element, name in loaded:
        path = _own_path(page, site, element, name)
        if path and not path.endswith(tuple(pictures.SUFFIXES)):
            yield f"{element} shows what is no picture ('{show(element.attributes.get(name, ''))}')"


def no_script_stands_in_the_page(page: Page, _site: Site) -> Iterator[str]:
    """No script stands in the page itself: the policy stops it."""
    for script in page.scripts:
        yield f"holds a script: '{show(' '.join(script.split()))}'"


def the_policy_comes_first(page: Page, _site: Site) -> Iterator[str]:
    """One policy stands before everything that a browser could load or run, and lets in no more than it must."""
    policies = [element for element in page.named("meta") if element.attributes.get("http-equiv", "").lower() == "content-security-policy"]
    if len(policies) != 1:
        yield f"has {len(policies)} policies (Content-Security-Policy)"
        return
    if not BEGINNING.match(page.head):
        yield "does not begin as each page of ours does, up to its policy (Content-Security-Policy)"
    said: dict[str, list[str]] = {}
    for part in policies[0].attributes.get("content", "").split(";"):
        name, *sources = part.strip(" ").split(" ")  # other blanks are none to a browser
        said.setdefault(name, sources)  # the first of two counts
    for name in POLICY:
        if not said.get(name):
            yield f"has a policy that does not say '{name}'"
    for name, sources in said.items():
        for source in sources:
            if source not in POLICY.get(name, set()):
                yield f"has a policy that says '{show(name)} {show(source)}'"


def heads_hold_no_text(page: Page, _site: Site) -> Iterator[str]:
    """No text stands before or in the head but the title: a browser would take it, and all that follows, for the page itself."""
    pieces = _TITLE.sub("", page.head).split("<")[1:]
    text = "".join(piece[found.end() :] for piece in pieces if (found := TAG.match(piece)))
    if text := text.strip(" \t\n\f\r"):
        yield f"has a text in its head ('{show(text)}')"


def _own_path(page: Page, site: Site, element: Element, name: str) -> str | None:
    """The file of the site that an element loads, or None if it is no file of the site."""
    address = site.resolve(page, element.attributes.get(name, ""))
    return site.file(address) if address and site.is_own(address) else None


# -- rules for the whole site ------------------------------------------------------


def files_are_ours(site: Site) -> Iterator[str]:
    """Every file is one of the theme's, or has a place that one of ours can have."""
    for path in sorted(site.files):
        if path not in theme.published() and not FILES.fullmatch(path):
            yield f"{path}: is a file that no site of ours has"


PAGE_RULES = (
    every_sign_begins_a_tag,
    tags_are_read_in_one_way,
    tags_end_where_they_should,
    tags_are_ours,
    words_stand_where_ours_do,
    each_part_is_there_once,
    pages_do_not_hide,
    signs_can_be_seen,
    links_lead_where_they_seem_to,
    settings_are_the_themes,
    ids_of_scripts_are_where_they_look,
    scripts_are_files_of_ours,
    parts_stand_where_ours_do,
    stylesheets_are_files_of_ours,
    pictures_are_files_of_pictures,
    no_script_stands_in_the_page,
    the_policy_comes_first,
    heads_hold_no_text,
    every_page_has_the_same_around,
    no_link_elsewhere_is_hidden,
    the_bar_names_the_page,
)
SITE_RULES = (files_are_ours,)
