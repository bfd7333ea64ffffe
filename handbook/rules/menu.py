"""The menu in ``mkdocs.yml``: each page is in it or kept out of it on purpose, and what is in it is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pathspec import GitIgnoreSpec

from handbook.base import Base
from handbook.load import DOCS, PAGE_SUFFIX, SYMLINK
from handbook.problem import MOST, Guess, Place, Problem, Rule
from handbook.yamlread import LOADER, MAX_BYTES, MAX_DEPTH, TOO_LARGE

SETTINGS = "mkdocs.yml"
KNOWN: Final = Path(__file__).parent.parent / "settings.yaml"
"""What the settings may say."""

KEPT_OUT = "not_in_nav"

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
    settings = settings_of(base.files.root)
    if isinstance(settings, Problem):
        yield settings
    fields = _fields(settings)
    if "nav" not in fields:
        return
    pages = {path.removeprefix(f"{DOCS}/"): path for path in base.files.pages}
    listed = dict(_leaves(fields["nav"]))
    unlisted = pages.keys() - listed.keys()
    gone = [page for page in listed if page not in pages]
    for page in gone:
        if not base.files.hides(f"{DOCS}/{page}"):
            yield GONE.at(listed[page], page=page, nearest=Guess(page, unlisted))
    meant = {str(Guess(page, unlisted)) for page in gone[:MOST]}  # said of the menu
    for page in unlisted - meant:
        if KEPT_OUT not in fields or not _kept_out().match_file(page):
            yield OMITTED.at(Place(pages[page], 1, 1), page=page)


@cache
def known() -> Any:
    """What the settings may say, value by value."""
    return yaml.compose(KNOWN.read_bytes(), Loader=LOADER)


@cache
def _kept_out() -> GitIgnoreSpec:
    """The pages that the menu leaves out. The patterns are the machinery's, and not the editors': some take for ever, and some are none."""
    return GitIgnoreSpec.from_lines(_fields(known())[KEPT_OUT].value.splitlines())


def settings_of(root: Path) -> Any:
    """The settings, each value with its place; None if there are none, or the problem that they cannot be read."""
    path = root / SETTINGS
    if path.is_symlink():
        return SYMLINK.at(Place(SETTINGS, 1, 1))
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            return TOO_LARGE.at(Place(SETTINGS, 1, 1), size=len(raw), limit=MAX_BYTES)
        return _strange(raw) or yaml.compose(raw, Loader=LOADER)
    except OSError:
        return None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(SETTINGS, mark.line + 1, mark.column + 1) if mark else Place(SETTINGS, 1, 1)
        return UNREADABLE.at(place, reason=getattr(error, "problem", None) or "it is not text")


def _strange(raw: bytes) -> Problem | None:
    """What is YAML and yet not to be read further: a few such lines can grow to gigabytes, or exhaust the stack."""
    depth = 0
    for event in yaml.parse(raw, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            return UNREADABLE.at(_place(event), reason="it stands for another part of the file")
        if depth > MAX_DEPTH:
            return UNREADABLE.at(_place(event), reason="its lists lie too deep in each other")
    return None


def _place(part: Any) -> Place:
    return Place(SETTINGS, part.start_mark.line + 1, part.start_mark.column + 1)


def site_name(root: Path) -> str:
    """What the settings call the site; nothing if they do not, or cannot be read."""
    name = _fields(settings_of(root)).get("site_name")
    return str(name.value) if isinstance(name, yaml.ScalarNode) else ""


def _fields(node: Any) -> dict[str, Any]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _leaves(node: Any) -> Iterator[tuple[str, Place]]:
    """Every page that a part of the menu names, with the place of its name."""
    if isinstance(node, yaml.ScalarNode):
        if node.value.endswith(PAGE_SUFFIX) and "://" not in node.value:
            yield node.value, _place(node)
    else:
        for child in node.value:
            yield from _leaves(child[1] if isinstance(node, yaml.MappingNode) else child)


PRESENT = ()
ABSENT = (pages_are_in_the_menu,)
