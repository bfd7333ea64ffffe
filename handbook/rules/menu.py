"""The menu in ``mkdocs.yml``: each page is in it or kept out of it on purpose, and what is in it is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from pathspec import GitIgnoreSpec

from handbook.base import Base
from handbook.load import DOCS, PAGE_SUFFIX
from handbook.problem import Guess, Place, Problem, Rule
from handbook.yamlread import LOADER, MAX_BYTES

SETTINGS = "mkdocs.yml"

OMITTED = Rule(
    "menu-omitted",
    "no reader finds this page, because the menu does not lead to it",
    "add '{page}' under 'nav:' in mkdocs.yml where it belongs, or remove the page",
)
GONE = Rule("menu-broken", "the menu leads to '{page}', and there is no such page", "add the page first, or remove this line")
UNREADABLE = Rule("menu-unreadable", "the settings cannot be read ({reason})", "compare this line and the one above it with an earlier version")


def pages_are_in_the_menu(base: Base) -> Iterator[Problem]:
    """Each page is in the menu, unless the settings keep it out on purpose; and the menu leads to pages that are there.

    A handbook without settings, such as one that is only checked, has no menu.
    """
    try:
        with (base.files.root / SETTINGS).open("rb") as file:
            settings = yaml.compose(file.read(MAX_BYTES), Loader=LOADER)
    except OSError:
        return
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(SETTINGS, mark.line + 1, mark.column + 1) if mark else Place(SETTINGS, 1, 1)
        yield UNREADABLE.at(place, reason=getattr(error, "problem", None) or "it is not text")
        return
    fields = _fields(settings)
    if "nav" not in fields:
        return
    pages = {path.removeprefix(f"{DOCS}/"): path for path in base.files.pages}
    listed = dict(_leaves(fields["nav"]))
    for page, place in listed.items():
        if page not in pages and not base.files.hides(f"{DOCS}/{page}"):
            yield GONE.at(place, page=page, nearest=Guess(page, pages.keys() - listed.keys()))
    meant = {str(Guess(page, pages.keys() - listed.keys())) for page in listed if page not in pages}  # said of the menu
    kept_out = fields.get("not_in_nav")
    free = GitIgnoreSpec.from_lines(kept_out.value.splitlines() if isinstance(kept_out, yaml.ScalarNode) else [])
    for page in pages.keys() - listed.keys() - meant:
        if not free.match_file(page):
            yield OMITTED.at(Place(pages[page], 1, 1), page=page)


def _fields(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _leaves(node: Any) -> Iterator[tuple[str, Place]]:
    """Every page that a part of the menu names, with the place of its name."""
    if isinstance(node, yaml.ScalarNode):
        if node.value.endswith(PAGE_SUFFIX) and "://" not in node.value:
            yield node.value, Place(SETTINGS, node.start_mark.line + 1, node.start_mark.column + 1)
    else:
        for child in node.value:
            yield from _leaves(child[1] if isinstance(node, yaml.MappingNode) else child)


PRESENT = ()
ABSENT = (pages_are_in_the_menu,)
