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
    found = {f"{SECTOR}/{key}": place for key, place in base.files.ids[SECTOR].items()}
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
    known = values(base)
    strays = {str(Guess(value, known)) for value in _pages(base) if value not in known}  # a page with a mistyped name is there
    for value, place in known.items():
        path = f"{DOCS}/{page(*value.split('/'))}"
        if path not in base.files.pages and value not in strays and not base.files.hides(path):
            yield NO_PAGE.at(place, value=value, path=path)


def pages_have_values(base: Base) -> Iterator[Problem]:
    """Each page below find/ is about a value of the finder, and shows it."""
    known = values(base)
    for value, path in _pages(base).items():
        if value not in known:
            if readable(base, value):
                yield NO_VALUE.at(Place(path, 1, 1), value=value, nearest=Guess(value, known))
        elif base.files.pages[path].readable and not _shows(base, path, value) and not base.says(path, "call-"):
            yield OTHER.at(Place(path, 1, 1), value=value)


def _shows(base: Base, path: str, value: str) -> bool:
    return any(call.name == "facet" and call.arguments == (value,) for call in base.calls[path])


def _pages(base: Base) -> dict[str, str]:
    """The pages below find/ that are each about a value, by what should be that value."""
    paths = (path for path in base.files.pages if path.startswith(f"{FOLDER}/") and path != f"{FOLDER}/{LIST_PAGE}")
    return {path.removeprefix(f"{FOLDER}/").removesuffix(".md"): path for path in paths}


ABSENT = (values_have_pages, pages_have_values)
