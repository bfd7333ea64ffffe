"""What a finished site may hold: a list of all that the theme and we bring, and nothing else.

It is the last look at what came out, whatever went in: an element, an
attribute, a name, a script, a file or a policy that no page of ours has is a
finding of :mod:`handbook.audit`, be it harmful or not. Who brings a new part
into a template adds it here, and so somebody has looked at it.

The rules read what browsers read first: attributes by their first value, and
names in small letters. Where programs differ in how they read a tag, it is one
that neither builder writes, and so a finding of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from handbook import machinery, theme
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
STYLES = {"style"}
"""Elements and attributes that have a rule of their own, here or in :mod:`handbook.audit`."""

ELEMENTS = frozenset(
    "html head meta title link script body"  # noqa: SIM905
    " header nav main article section footer div details summary figure figcaption"
    " h1 h2 h3 h4 h5 h6 p a br hr strong em code pre blockquote span ul ol li dl dt dd img"
    " table thead tbody tr th td"
    " form label input button"
    " svg g path rect circle text tspan title desc".split()
)

EVERYWHERE = frozenset(("class", "id", "lang", "role", "title"))
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset(("data-md-component", "download", "href", "rel", "tabindex")),
    "body": frozenset(("dir", "data-md-color-accent", "data-md-color-primary", "data-md-color-scheme")),
    "button": frozenset(("type",)),
    "circle": frozenset(("cx", "cy", "r")),
    "div": frozenset(("data-id", "data-md-component", "data-part", "data-record", "hidden", "tabindex")),
    "form": frozenset(("name",)),
    "header": frozenset(("data-md-component",)),
    "img": frozenset(("alt", "src")),
    "input": frozenset(
        ("autocapitalize", "autocomplete", "autocorrect", "checked", "maxlength", "name", "placeholder", "required", "spellcheck", "type")
    ),
    "label": frozenset(("aria-hidden", "for", "tabindex")),
    "link": frozenset(("href", "rel", "type")),
    "main": frozenset(("data-md-component",)),
    "meta": frozenset(("charset", "content", "http-equiv", "name")),
    "nav": frozenset(("data-md-component",)),
    "ol": frozenset(("start",)),
    "path": frozenset(("d", "fill", "stroke", "stroke-linecap", "stroke-linejoin", "stroke-width")),
    "rect": frozenset(("height", "width", "x", "y")),
    "script": frozenset(("src", "type")),
    "section": frozenset(("data-block",)),
    "svg": frozenset(("viewbox", "xmlns")),
    "td": frozenset(("data-label",)),
    "text": frozenset(("aria-hidden", "dy", "text-anchor", "x", "y")),
    "th": frozenset(("data-sector", "scope")),
    "tspan": frozenset(("dy", "x")),
    "ul": frozenset(("data-md-component",)),
}
FAMILIES = ("aria-", "data-md-")
"""Attributes that tell screen readers what a part is, and those by which the theme's script knows its parts."""
NAMED_ONLY = {"aria-hidden", "data-md-component"}
"""Of these, the ones that hide something or give it a script: only where they are listed above."""

KINDS = {
    ("a", "data-md-component"): {"logo"},
    ("button", "type"): {"button", "reset"},
    ("div", "data-md-component"): {"announce", "container", "content", "dialog", "header-title", "header-topic", "sidebar", "skip"},
    ("form", "name"): {"find"},
    ("header", "data-md-component"): {"header"},
    ("input", "name"): {"query"},
    ("input", "type"): {"checkbox", "text"},
    ("link", "rel"): {"canonical", "icon", "next", "prev", "stylesheet"},
    ("main", "data-md-component"): {"main"},
    ("meta", "charset"): {"utf-8"},
    ("meta", "http-equiv"): {"Content-Security-Policy", "refresh"},  # where a page may forward is looked at by itself (audit.py)
    ("meta", "name"): {"description", "robots", "viewport"},
    ("nav", "data-md-component"): {"tabs"},
    ("script", "type"): {"application/json", "module"},
    ("ul", "data-md-component"): {"toc"},
}
"""Attributes that say what an element does, or by what name a script would find it, with all their values."""

IDS = {
    "script": re.compile(r"__config"),
    "input": re.compile(r"__(?:drawer|search|toc|nav_[0-9]+(?:_[0-9]+)*)"),
    "label": re.compile(r"__nav_[0-9]+(?:_[0-9]+)*_label"),
    "a": re.compile(r"__skip"),
    "div": re.compile(r"hb-(?:search-hint|text)"),
}
"""The ids that scripts look for, by the element that has them."""

HEAD = {"robots": "noindex", "viewport": "width=device-width,initial-scale=1"}
"""What each <meta> of these names says."""

COUNTED = (
    ("", "data-md-component"),
    ("", "data-part"),
    ("form", "name"),
    ("input", "name"),
    ("link", "rel"),
    ("meta", "name"),
)
"""The element, if it is only one, and its attribute by which a browser or a script finds what is there once."""
OFTEN = {"canonical", "description", "stylesheet"}
"""Of these, what has a rule of its own, in :mod:`handbook.audit`, or may stand there often."""
TWICE = {"logo", "sidebar", "toc"}

ONLY_AROUND = {"button", "form", "input", "label"}
"""Elements of the theme that no text has."""
CLASSES_IN_TEXT = {"md-content__button", "md-icon"}
"""The theme's classes that a text may have: those of the pencil beside the title."""
CLASSES = {
    "headerlink": {"a"},
    "highlight": {"div"},
    "md-overlay": {"label"},
    "md-search__overlay": {"label"},
    "no-js": {"html"},
}
"""Classes, with the elements that have them. Beside these there are the theme's others, ours, and those of listings."""
FAMILIES_OF_CLASSES = ("hb-", "md-")

DRAWINGS = {"circle", "g", "path", "rect", "svg", "text", "tspan"}

FEATURES = {"content.action.edit", "navigation.indexes", "navigation.sections", "navigation.tabs", "toc.follow"}
"""What of the theme's behaviour is switched on; mkdocs.yml names them."""
WITHOUT = {"annotate", "redirect", "tags", "version"}
"""The theme's settings that say nothing here."""

OF_RECORDS = re.compile(r"(?:lessons|toolbox|transfer)/[^/]+/index\.html")
"""The pages of records that can be put on a list; they have that part, and no other page has it."""

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


def elements_are_ours(page: Page, _site: Site) -> Iterator[str]:
    """Every element is one that the theme's templates, ours or Markdown make."""
    for element in page.elements:
        if element.name not in ELEMENTS | EMBEDS | STYLES:
            yield f"holds {element}, and no page of ours does"


def attributes_are_ours(page: Page, _site: Site) -> Iterator[str]:
    """Every attribute is one that its element has in the theme's templates, in ours or in Markdown."""
    for element in page.elements:
        if element.name in ELEMENTS:
            known = EVERYWHERE | ATTRIBUTES.get(element.name, frozenset())
            for name in element.attributes:
                family = name.startswith(FAMILIES) and name not in NAMED_ONLY
                if name not in known and not family and not name.startswith("on") and name not in STYLES:
                    yield f"{element} has an attribute that none of ours has ('{show(name)}')"


def elements_do_what_ours_do(page: Page, _site: Site) -> Iterator[str]:
    """Whatever says what an element does, or gives it a name in scripts, says what it says in ours."""
    for element in page.elements:
        for (kind, name), values in KINDS.items():
            value = element.attributes.get(name)
            if element.name == kind and value is not None and value not in values:
                yield f"{element} has {name} '{show(value)}', and none of ours has"


def heads_say_what_ours_say(page: Page, _site: Site) -> Iterator[str]:
    """A page is as wide as the screen and can be made larger, and no page that readers look for hides from search engines."""
    for element in page.named("meta"):
        name, content = element.attributes.get("name", ""), element.attributes.get("content", "")
        if HEAD.get(name, content) != content:
            yield f"says '{show(content)}' for its {name}, and none of ours does"
        if name == "robots" and page.path != "404.html" and not page.forwards:
            yield "hides from search engines (robots)"


def each_part_is_there_once(page: Page, _site: Site) -> Iterator[str]:
    """What a browser or a script looks for by a name, and takes the first of, is there once."""
    counted = Counter(
        (attribute, element.attributes[attribute])
        for name, attribute in COUNTED
        for element in page.elements
        if attribute in element.attributes and name in {"", element.name}
    )
    for (attribute, value), count in counted.items():
        if value not in OFTEN and count > 1 + (value in TWICE):
            yield f"has {count} parts with the {attribute} '{show(value)}'"


def classes_are_ours(page: Page, _site: Site) -> Iterator[str]:
    """Every class is one that the theme or we give such an element: the theme's scripts and stylesheets do much with some."""
    for element in page.elements:
        for name in element.attributes.get("class", "").split():
            known = element.name in CLASSES[name] if name in CLASSES else name.startswith(FAMILIES_OF_CLASSES) or element.name == "span"
            if not known:
                yield f"{element} has the class '{show(name)}', and none of ours has"


def texts_hold_no_part_of_the_theme(page: Page, _site: Site) -> Iterator[str]:
    """In what a page says, nothing looks or works like the theme's own parts around it: no field, no button, no cover over the page."""
    for element in page.elements:
        if not element.in_text:
            continue
        if element.name in ONLY_AROUND:
            yield f"holds {element} in its text, and no page of ours does"
        classes = element.attributes.get("class", "").split()
        parts = [name for name in classes if name.startswith("md-") and name not in CLASSES_IN_TEXT]
        for name in (*parts, *(name for name in element.attributes if name.startswith("data-md-"))):
            yield f"{element} in its text has '{show(name)}' of the theme, and none of ours has"


def drawings_load_nothing(page: Page, _site: Site) -> Iterator[str]:
    """No colour or measure in a drawing is a call, which could load a file."""
    for element in page.elements:
        for name, value in element.attributes.items():
            if element.name in DRAWINGS and name not in EVERYWHERE and not name.startswith("aria-") and ("(" in value or "\\" in value):
                yield f"{element} has {name} '{show(value)}', and none of ours has a call there"


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
    for element in page.elements:
        part = element.attributes.get("data-part")
        if part is not None and part not in machinery.PARTS:
            yield f"has a part '{show(part)}' that is none of ours"
        elif part not in {None, "search"} and (part == "pick") != bool(OF_RECORDS.fullmatch(page.path)):
            yield f"has the part '{show(part)}', which other pages have"


def stylesheets_are_files_of_ours(page: Page, site: Site) -> Iterator[str]:
    """Every stylesheet lies with the theme's and ours."""
    for element in page.named("link"):
        path = _own_path(page, site, element, "href")
        if "stylesheet" in element.attributes.get("rel", "").lower().split() and not (path and STYLESHEETS.fullmatch(path)):
            yield f"has a stylesheet that is not ours ('{show(element.attributes.get('href', ''))}')"


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
    elements_are_ours,
    attributes_are_ours,
    elements_do_what_ours_do,
    heads_say_what_ours_say,
    each_part_is_there_once,
    classes_are_ours,
    texts_hold_no_part_of_the_theme,
    drawings_load_nothing,
    settings_are_the_themes,
    ids_of_scripts_are_where_they_look,
    scripts_are_files_of_ours,
    stylesheets_are_files_of_ours,
    no_script_stands_in_the_page,
    the_policy_comes_first,
    heads_hold_no_text,
)
SITE_RULES = (files_are_ours,)
