"""Links to a place on a page: whether the place is there.

Nothing is rendered here. A page's places are its own headings, and what its
calls show: the headings and ids in their templates, and for each list the ids
of its records.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from handbook.base import Base, owner_of, place_in
from handbook.calls import TEMPLATES, Call
from handbook.load import VOCABULARY, Page
from handbook.model import KINDS
from handbook.problem import Guess, Problem, Rule
from handbook.yamlread import Map

NO_PLACE = Rule("link-anchor", "there is no place '#{anchor}' on {page}", "use the id of a heading or of an entry there, or link to the page alone")

# The kind of record of which a call shows all, each under its id.
ALL_OF = {
    "conditions": "condition",
    "conflicts": "conflict",
    "gaps": "gap",
    "glossary": "term",
    "organisations": "organisation",
    "sources": "source",
    "uses": "use",
}
LISTS = {*ALL_OF, "lessons", "problems", "source_map"}
"""Calls that give each entry the id of what it shows; see :func:`_records`."""
DRAWING = "_diagram.md.j2"
"""The template of drawings. What a drawing folds away has the name of its kind for an id."""

_LINK = re.compile(r"\]\([ \t]*<?([^\s<>()#]*)#([a-z0-9-]+)>?[ \t]*\)")
_ADDRESS = re.compile(r"\]\([^()\n]*\)")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_ANYTHING = "[a-z0-9-]+"
_ALONE = re.compile(r"\{\{ (?:title|[a-z_.]+\.label) \}\}")
_ID = re.compile(r'\{ #((?:\{\{.*?\}\}|[^{}])+) \}|(?<![\w-])id="((?:\{\{.*?\}\}|[^"{}])+)"')
_HEADING = re.compile(r"^#{1,6} ([^\n]+?)(?<! \})$", re.MULTILINE)


class Shown(NamedTuple):
    """The places that a template gives: by name, by a name of which a part is known, and by a tag's label."""

    names: frozenset[str]
    shapes: tuple[re.Pattern[str], ...]
    labels: bool
    title: bool


def anchors_are_there(base: Base) -> Iterator[Problem]:
    """The part of a link behind # is a place on the page that it leads to."""
    for page in base.files.pages.values():
        for match in _LINK.finditer(page.body) if "](" in page.body else ():
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), match[1])) if match[1] else page.path
            target = base.files.pages.get(path)
            if target is None or not target.readable or VOCABULARY in base.problems:
                continue
            names, shapes = _places(base, target)
            if match[2] in names or any(shape.fullmatch(match[2]) for shape in shapes):
                continue
            if not base.may_name(match[2], target.path, *_kinds(base, target)):
                guess = Guess(match[2], names, f"{match[1]}#{{}}".format)
                yield NO_PLACE.at(place_in(page, match.start() + 1), anchor=match[2], page=path, nearest=guess)


def _kinds(base: Base, page: Page) -> set[str]:
    """The kinds of which the page shows all records, each in its place."""
    return {ALL_OF[call.name] for call in base.calls[page.path] if call.name in ALL_OF}


def _places(base: Base, page: Page) -> tuple[set[str], list[re.Pattern[str]]]:
    names = {slugify(_ADDRESS.sub("]", heading.words), "-") for heading in base.headings[page.path]}
    shapes: list[re.Pattern[str]] = []
    for call in base.calls[page.path]:
        shown = _shown(call.name)
        names |= shown.names | _records(base, call)
        shapes += shown.shapes
        if shown.labels:
            names.update(slugify(entry.label, "-") for tags in base.vocabulary.values() for entry in tags.values())
        owner, record_id = owner_of(page)
        if shown.title and (raw := base.files.records.get(owner, {}).get(record_id)):
            names.add(slugify(str(raw.values.get("title")), "-"))
    return names, shapes


def _records(base: Base, call: Call) -> set[str]:
    """The ids of what a call lists."""
    if call.name == "problems":
        return set(base.vocabulary.get("need", ()))
    if call.name == "source_map":
        passages = ((key, raw.values.get("passages")) for key, raw in base.files.records["source"].items())
        return {f"{key}-{passage}" for key, listed in passages if isinstance(listed, Map) for passage in listed}
    if call.name == "lessons":
        return set(call.arguments)
    return set(base.files.ids[ALL_OF[call.name]]) if call.name in ALL_OF else set()


@cache
def _shown(name: str) -> Shown:
    """The places in the template of a call. A heading that is an expression is the page's title or a tag's label."""
    path = TEMPLATES / f"{name}.md.j2"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    ids = [match[1] or match[2] for match in _ID.finditer(text)]
    if DRAWING in text:
        ids += [kind.plural for kind in KINDS.values()]
    headings = _HEADING.findall(text)
    parts = [_EXPRESSION.split(known) for known in ids if "{" in known]
    # An id that is nothing but an expression is that of a record, or of something that only the builder knows.
    parts = [part for part in parts if any(part) or name not in LISTS]
    parts += [[slugify(words, "-") for words in _EXPRESSION.split(heading)] for heading in headings if not _ALONE.fullmatch(heading)]
    shapes = (_ANYTHING.join(map(re.escape, part)).replace(_ANYTHING * 2, _ANYTHING) for part in parts if len(part) > 1)
    return Shown(
        frozenset([known for known in ids if "{" not in known] + [slugify(words, "-") for words in headings if "{" not in words]),
        tuple(map(re.compile, shapes)),
        any(_ALONE.fullmatch(words) and words != "{{ title }}" for words in headings),
        "{{ title }}" in headings,
    )


ABSENT = (anchors_are_there,)
