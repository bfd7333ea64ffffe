"""The calls that a page may make, and how they are read.

A page is text with a few calls such as ``{{ cite("report", "smes-screening") }}``.
Only the names below may be called, only with texts in double quotes, and each
text must be what the table says. Everything else that the template engine
would understand is refused before any page is rendered, because a page with
the full template language could run programs on the machine that builds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
"""The folder with the words of each call, in ``<call>.md.j2``."""

CALL = re.compile(r'\{\{ ?([a-z_]+)\(((?:"[^"{}\\\n]*"(?:, ?"[^"{}\\\n]*")*)?)\) ?\}\}')
_ARGUMENT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Argument:
    """What a text given to a call must be: a record's id, a tag, or a passage of the source before it."""

    kind: str
    optional: bool = False


@dataclass(frozen=True)
class Call:
    """A call found in a page's text."""

    name: str
    arguments: tuple[str, ...]
    start: int
    end: int


def _record(kind: str) -> tuple[Argument, ...]:
    return (Argument(kind),)


_SOURCE = (Argument("source"), Argument("passage", optional=True))

# The marks that say what a passage of prose rests on.
MARKS: dict[str, tuple[Argument, ...]] = {"cite": _SOURCE, "inferred": _SOURCE, "suggested": ()}

# Stands in the place of a passage that nobody has written.
OPEN = "open_question"

# Calls that show one record; each belongs on that record's own page.
OF_RECORD: dict[str, tuple[Argument, ...]] = {
    "lesson_facts": _record("lesson"),
    "lesson_links": _record("lesson"),
    "tool_facts": _record("tool"),
    "tool_links": _record("tool"),
    "sector": _record("sector"),
    "recommendation": _record("recommendation"),
}

# Calls that show many records, for pages that editors keep.
OF_MANY: dict[str, tuple[Argument, ...]] = {
    "home": (),
    "finder": (),
    "facet": (Argument("facet"),),
    "problems": (),
    "lessons": (Argument("tag:field"),),
    "toolbox": (),
    "sectors": (),
    "conditions": (),
    "recommendations": (),
    "matrix": (),
    "fit_check": (),
    "fit_example": _record("recommendation"),
    "plan": (),
    "organisations": (),
    "map": (),
    "uses": (),
    "glossary": (),
    "sources": (),
    "source_map": (),
    "appraisal": _record("source"),
    "conflicts": (),
    "gaps": (),
    "compare": (),
    "questions": (),
    "evidence": (),
    "proven": (),
    "fields": (),
    "vocabulary": (),
    "faults": (),
    "checklist": (),
    "add": _record("form"),
    "thanks": (),
    "example": (Argument("example"),),
    "promises": (Argument("tag:promise"),),
    "evaluation": (),
}

# The page below docs/ on which each of them stands, once. Pages and the search lead there.
PLACES: dict[str, str] = {
    "home": "index.md",
    "finder": "find/index.md",
    "problems": "problems/index.md",
    "lessons": "lessons/index.md",
    "toolbox": "toolbox/index.md",
    "sectors": "sectors/index.md",
    "conditions": "conditions/index.md",
    "recommendations": "transfer/index.md",
    "matrix": "matrix/index.md",
    "fit_check": "fit-check/index.md",
    "compare": "compare/index.md",
    "questions": "questions/index.md",
    "plan": "plan/index.md",
    "organisations": "clusters/index.md",
    "map": "clusters/index.md",
    "uses": "clusters/living-labs.md",
    "glossary": "about/glossary.md",
    "sources": "about/sources.md",
    "source_map": "about/source-map.md",
    "conflicts": "about/conflicts.md",
    "gaps": "about/conflicts.md",
    "evidence": "about/evidence.md",
    "evaluation": "about/accessibility.md",
    "fields": "contribute/fields.md",
    "vocabulary": "contribute/vocabulary.md",
    "thanks": "about/thanks.md",
}
ANYWHERE = ("appraisal", "example", "facet", "fit_example", "promises", "proven")
"""Calls that show many records and may stand on any page, once."""

# The kind of record that a page is made of if it makes one of these calls.
MADE_OF = {
    **{name: arguments[0].kind for name, arguments in OF_RECORD.items()},
    "sectors": "sector",
    "conditions": "condition",
    "recommendations": "recommendation",
    "matrix": "recommendation",
    "organisations": "organisation",
    "glossary": "term",
    "sources": "source",
    "source_map": "source",
    "conflicts": "conflict",
    "thanks": "contributor",
}

CALLS = {**MARKS, OPEN: (Argument("tag:open-question"),), **OF_RECORD, **OF_MANY}
EXAMPLES = ("lesson", "use")


def written(name: str, *arguments: str) -> str:
    """A call as it stands in a page."""
    given = ", ".join(f'"{argument}"' for argument in arguments)
    return f"{{{{ {name}({given}) }}}}"


def find(text: str) -> list[Call]:
    """Every well-formed call in ``text``, known or not, in order."""
    return [
        Call(match[1], tuple(_ARGUMENT.findall(match[2])), match.start(), match.end())
        for match in CALL.finditer(text)
    ]
