"""The pages of the finder's values: one for each, and none besides."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base import Base
from handbook.finder import FACETS, SECTOR, page
from handbook.load import DOCS, LIST_PAGE, VOCABULARY
from handbook.problem import Guess, Place, Problem, Rule
from handbook.yamlread import Map

FOLDER = f"{DOCS}/find"

NO_PAGE = Rule(
    "facet-page-missing",
    "'{value}' has no page in the finder",
    'add the file {path} with a title and a description between two lines of hyphens, and below them the line {{{{ facet("{value}") }}}}',
)
NO_VALUE = Rule("facet-page-stray", "the finder has no '{value}'", "remove this page, or add the tag or the sector that it is about first")
OTHER = Rule("facet-page-other", "this page does not show '{value}'", 'let it hold the line {{{{ facet("{value}") }}}}')


def values(base: Base) -> dict[str, Place]:
    """Every value of the finder, such as ``need/win-companies``, and where it is kept."""
    found = {f"{SECTOR}/{key}": raw.place for key, raw in base.files.records[SECTOR].items()}
    for group, tags in base.files.vocabulary.items():
        if group in FACETS and isinstance(tags, Map):
            found.update((f"{group}/{tag}", Place(VOCABULARY, *tags.keys_at[tag])) for tag in tags)
    return found


def readable(base: Base, value: str) -> bool:
    """Whether what ``value`` would have to be one of could be read."""
    facet = value.partition("/")[0]
    return facet not in FACETS or facet in (base.known.ids if facet == SECTOR else base.known.tags)


def values_have_pages(base: Base) -> Iterator[Problem]:
    """Each value of the finder has a page, so that it can be reached without scripts."""
    if not base.sound(FOLDER):
        return
    for value, place in values(base).items():
        path = f"{DOCS}/{page(*value.split('/'))}"
        if path not in base.files.pages:
            yield NO_PAGE.at(place, value=value, path=path)


def pages_have_values(base: Base) -> Iterator[Problem]:
    """Each page below find/ is about a value of the finder, and shows it."""
    known = values(base)
    for path in base.files.pages:
        if not path.startswith(f"{FOLDER}/") or path == f"{FOLDER}/{LIST_PAGE}":
            continue
        value = path.removeprefix(f"{FOLDER}/").removesuffix(".md")
        if value not in known:
            if base.sound(VOCABULARY, SECTOR):
                yield NO_VALUE.at(Place(path, 1, 1), value=value, nearest=Guess(value, known))
        elif path not in base.faulty and not any(call.name == "facet" and call.arguments == (value,) for call in base.calls[path]):
            yield OTHER.at(Place(path, 1, 1), value=value)


ABSENT = (values_have_pages, pages_have_values)
