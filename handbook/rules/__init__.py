"""The rules, one small function for each; its docstring is the rule.

A rule takes a :class:`handbook.base.Base` and yields a problem for each breach.
Rules that need nothing but one record's own values are the models themselves,
worded in :mod:`handbook.records`; rules about single files are in
:mod:`handbook.yamlread`, :mod:`handbook.frontmatter` and :mod:`handbook.load`.
"""

from handbook.rules import chains, citations, pages, prose, reach

ALL = (*pages.RULES, *prose.RULES, *citations.RULES, *chains.RULES, *reach.RULES)
