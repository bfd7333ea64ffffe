"""What the build needs besides data and pages: the words of each call, and the outlines of the map."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, TemplateSyntaxError

from handbook.base import Base
from handbook.calls import CALLS
from handbook.geography import draw
from handbook.load import OUTLINES
from handbook.problem import Place, Problem, Rule
from handbook.records import place_of

FOLDER = "templates"
SUFFIX = ".md.j2"

NO_TEMPLATE = Rule("template-missing", "the words for the call '{name}' should be here, and the file is missing", "put it back")
BROKEN_TEMPLATE = Rule("template-broken", "the file cannot be read as a template ({reason})", "compare it with an earlier version")
BROKEN_OUTLINES = Rule("outlines-broken", "the map cannot be drawn from this file ({reason})", "put back an earlier version of it")
NO_OUTLINE = Rule(
    "outlines-country",
    "the map has no outline of a partner's country '{country}'",
    "add it to data/outlines.geojson with its label, marked as a partner",
)


def templates_can_be_read(base: Base) -> Iterator[Problem]:
    """Each call has a template with its words, and each template follows the rules of its language."""
    folder = base.files.root / FOLDER
    for name in CALLS:
        if not (folder / f"{name}{SUFFIX}").is_file():
            yield NO_TEMPLATE.at(Place(f"{FOLDER}/{name}{SUFFIX}", 1, 1), name=name)
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        place = f"{FOLDER}/{path.name}"
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
    """The outlines are readable, and show the country of every partner."""
    if OUTLINES not in base.files.checked:
        return
    try:
        drawn = draw(base.files.root / OUTLINES)
    except json.JSONDecodeError as error:
        yield BROKEN_OUTLINES.at(Place(OUTLINES, error.lineno, error.colno), reason=error.msg.lower())
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        yield BROKEN_OUTLINES.at(Place(OUTLINES, 1, 1), reason=f"{type(error).__name__} {error}".lower())
    else:
        for key, organisation in base.records["organisation"].items():
            if organisation.country not in drawn.labels:
                yield NO_OUTLINE.at(place_of(base.raw("organisation", key), ("country",)), "country", country=organisation.country)


PRESENT = (templates_can_be_read, the_map_can_be_drawn)
ABSENT = ()
