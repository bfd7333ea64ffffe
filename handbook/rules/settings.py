"""What ``mkdocs.yml`` may say besides the menu's order: names and addresses are the editors', the rest is machinery.

A hook, an extension or a tag of YAML can run a program or publish any file of
the machine that builds. So the settings are compared with
``handbook/settings.yaml``, value by value, and what they may say freely is
looked at as text that stands on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from handbook.base import Base
from handbook.load import PAGE_SUFFIX
from handbook.problem import Place, Problem, Rule
from handbook.records import TOO_LONG
from handbook.rules.menu import SETTINGS, known, settings_of

MACHINERY = Rule(
    "settings-machinery",
    "'{name}' belongs to the site's machinery, and is not as it should be here",
    "leave it as it was, and ask an editor if it should change",
)
MISSING = Rule(
    "settings-missing",
    "'{name}' lacks what belongs to the site's machinery ({missing})",
    "put it back as it was, and ask an editor if it should change",
)
SIGNS = Rule(
    "settings-signs",
    "'{text}' holds signs that a program could take for more than words",
    "write words only, without pointed or curly brackets and without straight quotation marks",
)
NO_ADDRESS = Rule("settings-address", "'{text}' is no address of the web", "write one that begins with https://, without blanks")
NO_PAGE = Rule(
    "menu-elsewhere", "the menu can lead to pages of the handbook only, and '{page}' is none", "name a page here, or put the link on a page"
)

MANY = Rule(
    "menu-many",
    "the menu has more than {limit} titles and pages, and each page of the site shows them",
    "leave single pages to the page that lists them",
)

DEEP = Rule(
    "menu-deep",
    "the menu has groups within groups here, and pages are made for one level of groups",
    "put these pages into the group around them, or name that group's page only",
)

MAX_LEVELS: Final = 2
"""Lists in each other in the menu: its groups, and the pages of each."""

MAX_MENU: Final = 300
"""Titles and pages in the menu: six times what it has."""

MAX_WORDS: Final = 1_000
"""Characters of a text in the settings, which stands on each page of the site."""

STANDARD: Final = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "map", "null", "seq", "str", "timestamp"))
"""What YAML itself makes of a value. Any other tag runs a program or reads what stands outside the file."""

FROM_OUTSIDE: Final = "!ENV"
ADDRESS_VARIABLE: Final = "HANDBOOK_SITE_URL"

MAY_BE_MISSING: Final = frozenset(("!words", "!address", "!markup"))
"""The signs in ``handbook/settings.yaml`` of what a fork may leave out."""

_SIGN = re.compile(r"[<>{}\"\x00-\x08\x0b-\x1f\x7f]")
_ADDRESS = re.compile(r"https?://[^\s<>{}\"'\\]+")
_LINK = re.compile(r'<a href="https?://[^\s<>{}"\'\\]+"(?: rel="[a-z ]+")?>|</a>')
_PAGE = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*" + re.escape(PAGE_SUFFIX))


def settings_are_the_editors(base: Base) -> Iterator[Problem]:
    """The settings say what the machinery needs, and besides it words, addresses of the web and pages."""
    settings = settings_of(base.files.root)
    if isinstance(settings, yaml.Node):
        yield from _compared(known(), settings, SETTINGS)


def _compared(known: Any, node: Any, name: str) -> Iterator[Problem]:
    """How ``node``, which stands under ``name``, is not as ``known`` says."""
    if reader := _READERS.get(known.tag):
        yield from reader(node, name)
    elif node.tag != known.tag or type(node) is not type(known):
        yield MACHINERY.at(_place(node), name=name)
    elif isinstance(known, yaml.MappingNode):
        yield from _fields_compared(known, node, name)
    elif isinstance(known, yaml.SequenceNode):
        for ours, theirs in zip(known.value, node.value, strict=False):
            yield from _compared(ours, theirs, name)
        if len(known.value) != len(node.value):
            yield MACHINERY.at(_place(node.value[len(known.value)] if len(node.value) > len(known.value) else node), name=name)
    elif node.value != known.value:
        yield MACHINERY.at(_place(node), name=name)


def _fields_compared(known: Any, node: Any, name: str) -> Iterator[Problem]:
    """Which names in ``node`` are missing, strange, or say something else than ``known`` says."""
    fields = {key.value: value for key, value in known.value}
    named = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    missing = [field for field, value in fields.items() if field not in named and value.tag not in MAY_BE_MISSING]
    if missing and named & fields.keys():  # or it is another thing altogether
        yield MISSING.at(_place(node), name=name, missing=", ".join(missing))
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag not in STANDARD or key.value not in fields:
            yield MACHINERY.at(_place(key), name=key.value if isinstance(key, yaml.ScalarNode) else name)
        else:
            yield from _compared(fields[key.value], value, key.value)


def _words(node: Any, name: str) -> Iterator[Problem]:
    """Every text of ``node`` is nothing but words."""
    for text in _texts(node):
        if text.tag not in STANDARD:
            yield MACHINERY.at(_place(text), name=name)
        elif isinstance(text, yaml.ScalarNode) and _SIGN.search(text.value):
            yield SIGNS.at(_place(text), text=text.value)
        elif isinstance(text, yaml.ScalarNode) and len(text.value) > MAX_WORDS:
            yield TOO_LONG.at(_place(text), limit=MAX_WORDS)


def _texts(node: Any) -> Iterator[Any]:
    """``node`` and all that is in it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, yaml.SequenceNode):
            waiting += one.value
        elif isinstance(one, yaml.MappingNode):
            waiting += [part for pair in one.value for part in pair]


def _address(node: Any, name: str) -> Iterator[Problem]:
    """An address of the web, or what the one variable gives that is meant for it, with such an address for want of it."""
    if node.tag == FROM_OUTSIDE and isinstance(node, yaml.SequenceNode):
        variable, *given = node.value
        if len(given) != 1 or (variable.tag, variable.value) != ("tag:yaml.org,2002:str", ADDRESS_VARIABLE):
            yield MACHINERY.at(_place(node), name=name)
            return
        node = given[0]
    if not isinstance(node, yaml.ScalarNode) or node.tag not in STANDARD:
        yield MACHINERY.at(_place(node), name=name)
    elif node.value and not _ADDRESS.fullmatch(node.value):
        yield NO_ADDRESS.at(_place(node), text=node.value)


def _markup(node: Any, name: str) -> Iterator[Problem]:
    """Words, and links to the web."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in STANDARD:
        yield MACHINERY.at(_place(node), name=name)
    elif _SIGN.search(_LINK.sub("", node.value)):
        yield SIGNS.at(_place(node), text=node.value)
    elif len(node.value) > MAX_WORDS:
        yield TOO_LONG.at(_place(node), limit=MAX_WORDS)


def _menu(node: Any, name: str) -> Iterator[Problem]:
    """Titles of nothing but words, and pages, and not too many of them."""
    if sum(isinstance(text, yaml.ScalarNode) for text in _texts(node)) > MAX_MENU:
        yield MANY.at(_place(node), limit=MAX_MENU)
        return
    waiting = [(node, 1)]
    while waiting:
        one, level = waiting.pop()
        if one.tag not in STANDARD:
            yield MACHINERY.at(_place(one), name=name)
        elif isinstance(one, yaml.SequenceNode):
            if level > MAX_LEVELS:
                yield DEEP.at(_place(one))
            waiting += [(part, level + 1) for part in one.value]
        elif isinstance(one, yaml.MappingNode):
            for key, value in one.value:
                yield from _words(key, name)
                waiting.append((value, level))
        elif not _PAGE.fullmatch(one.value):
            yield NO_PAGE.at(_place(one), page=one.value)


_READERS: Final = {"!words": _words, "!address": _address, "!markup": _markup, "!menu": _menu}


def _place(node: Any) -> Place:
    return Place(SETTINGS, node.start_mark.line + 1, node.start_mark.column + 1)


PRESENT = (settings_are_the_editors,)
ABSENT = ()
