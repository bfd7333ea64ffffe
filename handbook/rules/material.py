"""What the build needs besides data and pages: the words of each call, the outlines of the map, scripts and stylesheets."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from handbook import machinery, theme
from handbook.base import Base
from handbook.calls import CALLS
from handbook.geography import draw
from handbook.load import DOCS, OUTLINES, SYMLINK, UNREADABLE
from handbook.problem import Place, Problem, Rule
from handbook.records import place_of
from handbook.yamlread import TOO_LARGE

FOLDER = "templates"
OVERRIDES = "overrides"
SUFFIX = ".md.j2"

NO_TEMPLATE = Rule("template-missing", "the words for the call '{name}' should be here, and the file is missing", "put it back")
BROKEN_TEMPLATE = Rule("template-broken", "the file cannot be read as a template ({reason})", "compare it with an earlier version")
BROKEN_OUTLINES = Rule("outlines-broken", "the map cannot be drawn from this file ({reason})", "put back an earlier version of it")
NO_OUTLINE = Rule(
    "outlines-country",
    "the map has no outline of a partner's country '{country}'",
    "add it to data/outlines.geojson with its label, marked as a partner",
)
OFF_THE_MAP = Rule(
    "outlines-label",
    "the number of a partner's country '{country}' would stand beside the map",
    "give the country's label in data/outlines.geojson a place on the map, in degrees east and north",
)
STRAY = Rule(
    "machinery-stray",
    "nothing that the site runs asks for this file",
    "remove it, or ask those who keep the machinery to take it in",
)
CHANGED = Rule("library-changed", "this is not the file that vendor.toml records for a library of other people", "put back the recorded one")

STRANGE = Rule(
    "library-record",
    "this line is none by which software of other people is recorded",
    "leave it as it was, or ask those who keep the machinery",
)

ROUND = 16
"""Drawing units around the middle of a country's number that are to be on the map: the circle of templates/map.md.j2."""


def sources_are_plain_files(base: Base) -> Iterator[Problem]:
    """No template is a link, a pipe or a device: a link would publish what it points to."""
    for top in (FOLDER, OVERRIDES):
        for path, kind in _inside(base.files.root, top):
            if stat.S_ISLNK(kind):
                yield SYMLINK.at(Place(path, 1, 1))
            elif not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
                yield UNREADABLE.at(Place(path, 1, 1), reason="it is not an ordinary file")


def _inside(root: Path, top: str) -> Iterator[tuple[str, int]]:
    """The folder ``top``, if it is there, and all that is in it, each with its kind. No link is followed."""
    if os.path.lexists(root / top):
        yield top, (root / top).lstat().st_mode
    for folder, folders, names in os.walk(root / top) if not (root / top).is_symlink() else ():
        for name in sorted((*folders, *names)):
            path = Path(folder, name)
            yield path.relative_to(root).as_posix(), path.lstat().st_mode


def the_machinery_is_known(base: Base) -> Iterator[Problem]:
    """Each script, stylesheet and library is one that the site runs, and each library is as its makers have published it.

    What our own scripts do, no program can judge: they are read by those who keep them.
    """
    known = machinery.known(base.files.root) | theme.files().keys()  # another rule is about the theme's
    for path in sorted(base.files.assets - base.files.unread):
        below = path.removeprefix(f"{DOCS}/")
        if below.startswith(tuple(f"{folder}/" for folder in machinery.FOLDERS)) and below not in known:
            yield STRAY.at(Place(path, 1, 1))
    for path in machinery.changed(base.files.root):
        yield CHANGED.at(Place(path, 1, 1))


def software_is_recorded_plainly(base: Base) -> Iterator[Problem]:
    """The list of other people's software is a file of moderate size with nothing but records in it, each value on a line."""
    root, path = base.files.root, machinery.LIBRARIES
    if (root / path).is_symlink():
        yield SYMLINK.at(Place(path, 1, 1))
    elif size := machinery.too_large(root):
        yield TOO_LARGE.at(Place(path, 1, 1), size=size, limit=machinery.MAX_RECORDS)
    else:
        for line in machinery.strange_lines(root):
            yield STRANGE.at(Place(path, line, 1))


def templates_can_be_read(base: Base) -> Iterator[Problem]:
    """Each call has a template with its words, and each template follows the rules of its language."""
    folder = base.files.root / FOLDER
    for name in CALLS:
        path = folder / f"{name}{SUFFIX}"
        if path.is_dir() or not os.path.lexists(path):
            yield NO_TEMPLATE.at(Place(f"{FOLDER}/{name}{SUFFIX}", 1, 1), name=name)
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        place = f"{FOLDER}/{path.name}"
        if not stat.S_ISREG(path.lstat().st_mode):  # said above; a pipe would never end
            continue
        try:
            _read(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            yield BROKEN_TEMPLATE.at(Place(place, error.lineno, 1), reason=(error.message or "").rstrip("."))
        except (OSError, ValueError) as error:
            yield BROKEN_TEMPLATE.at(Place(place, 1, 1), reason=getattr(error, "strerror", None) or getattr(error, "reason", "it is not text"))


@cache
def _read(text: str) -> None:
    """Raises ``TemplateSyntaxError`` if the text is no template."""
    Environment(autoescape=True).parse(text)


def the_map_can_be_drawn(base: Base) -> Iterator[Problem]:
    """The outlines are readable, and show the country of every partner with a number on the map."""
    if OUTLINES not in base.files.checked:
        return
    try:
        drawn = draw(base.files.root / OUTLINES)
    except json.JSONDecodeError as error:
        yield BROKEN_OUTLINES.at(Place(OUTLINES, error.lineno, error.colno), reason=error.msg.lower())
    except (OSError, ValueError) as error:
        yield BROKEN_OUTLINES.at(Place(OUTLINES, 1, 1), reason=getattr(error, "strerror", None) or error)
    else:
        for key, organisation in base.records["organisation"].items():
            if organisation.country not in drawn.labels:
                yield NO_OUTLINE.at(place_of(base.raw("organisation", key), ("country",)), "country", country=organisation.country)
        for country, label in drawn.labels.items():
            if not (ROUND <= label.x <= drawn.width - ROUND and ROUND <= label.y <= drawn.height - ROUND):
                yield OFF_THE_MAP.at(_where_is(base, country), country=country)


def _where_is(base: Base, country: str) -> Place:
    """The line of the outlines on which a country begins."""
    lines = (base.files.root / OUTLINES).read_text(encoding="utf-8").split("\n")
    found = (number for number, line in enumerate(lines, 1) if re.search(rf'"id"\s*:\s*"{re.escape(country)}"', line))
    return Place(OUTLINES, next(found, 1), 1)


PRESENT = (sources_are_plain_files, the_machinery_is_known, software_is_recorded_plainly, templates_can_be_read, the_map_can_be_drawn)
ABSENT = ()
