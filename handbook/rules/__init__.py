"""The rules, one small function for each; its docstring is the rule.

A rule takes a :class:`handbook.base.Base` and yields a problem for each breach.
Rules that need nothing but one record's own values are the models themselves,
worded in :mod:`handbook.records`; rules about single files are in
:mod:`handbook.yamlread`, :mod:`handbook.frontmatter` and :mod:`handbook.load`.
"""

from handbook.rules import (
    anchors,
    chains,
    citations,
    contributors,
    copied,
    facets,
    forms,
    limits,
    markdown,
    material,
    menu,
    pages,
    prose,
    reach,
    sense,
    settings,
    shown,
    taken,
    unanswered,
    unseen,
    wordings,
)

PRESENT = (
    *pages.PRESENT,
    *prose.PRESENT,
    *limits.PRESENT,
    *markdown.PRESENT,
    *unseen.PRESENT,
    *citations.PRESENT,
    *chains.PRESENT,
    *reach.PRESENT,
    *sense.PRESENT,
    *shown.PRESENT,
    *taken.PRESENT,
    *material.PRESENT,
    *settings.PRESENT,
    *wordings.PRESENT,
    *copied.PRESENT,
    *unanswered.PRESENT,
    *contributors.PRESENT,
    *forms.PRESENT,
)
"""Rules about what is there."""

ABSENT = (
    *pages.ABSENT,
    *anchors.ABSENT,
    *facets.ABSENT,
    *prose.ABSENT,
    *citations.ABSENT,
    *chains.ABSENT,
    *reach.ABSENT,
    *shown.ABSENT,
    *menu.ABSENT,
    *wordings.ABSENT,
    *unanswered.ABSENT,
    *forms.ABSENT,
)
"""Rules about what is not there. They come last, and say nothing of what :mod:`handbook.doubt` cannot rule out."""

ALL = PRESENT + ABSENT
