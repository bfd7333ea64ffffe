"""Split a page into its front matter and its text.

What counts as front matter is decided by MkDocs (``mkdocs/utils/meta.py``,
1.6.1): a first line ``---``, YAML, a line ``---`` and a line end after it. Where
a page differs by one character MkDocs prints the data as text, or swallows
the first lines, and the build succeeds all the same. So whatever MkDocs would
not read as we do is a problem here, and a page without a problem here is read
by MkDocs in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from handbook.problem import Place, Problem, Rule
from handbook.yamlread import LOADER, Map, Seq, Spot, Value, decode, forbidden_characters, read

OPENING: Final = re.compile(r"---[ \t]*\n")
CLOSING: Final = re.compile(r"^(?:---(?P<more>.*)|(?P<dots>\.\.\.)[ \t]*)$(?P<end>\n?)", re.MULTILINE)
"""A line that closes the front matter, or was probably meant to."""

SWALLOWED: Final = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
"""A first line that MkDocs takes for a field of another kind of front matter, and does not print."""

NOTHING: Final = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")

MISSING = Rule(
    "front-missing",
    "the page does not begin with its data",
    "begin it with a line '---', the data such as 'title: Meet in person first', and another line '---'",
)
SPACE_BEFORE = Rule(
    "front-space-before",
    "there is an empty line or a space before the first '---'",
    "delete it, so that the three hyphens are the first characters of the page",
)
NO_OPENING = Rule(
    "front-no-opening",
    "the line '---' before the data is missing",
    "write a line '---' above this one, and another one below the data",
)
OPENING_LINE = Rule(
    "front-opening-line",
    "the first line of the page must be '---' and nothing else",
    "move '{more}' to a line of its own, or delete it",
)
NOT_CLOSED = Rule(
    "front-not-closed",
    "the line '---' after the data is missing",
    "write a line '---' between the last line of data and the text",
)
CLOSING_LINE = Rule(
    "front-closing-line",
    "the line after the data must be '---' and nothing else",
    "move '{more}' to a line of its own, or delete it",
)
DOTS = Rule(
    "front-dots",
    "the data are closed by '...'",
    "write '---' instead",
)
NO_END = Rule(
    "front-no-line-end",
    "the page ends with the '---' after the data, which is then not seen as their end",
    "begin a new line after it, and write the text of the page there",
)
EMPTY = Rule(
    "front-empty",
    "there are no data between the first '---' and the second",
    "write at least one line like 'title: Meet in person first' between them",
)
NOT_A_VALUE = Rule(
    "front-not-a-value",
    "'{value}' looks like a date or a number but is none, and the builder would print all the data as text",
    "correct it, or put it in quotes",
)


def split(raw: bytes, path: str) -> tuple[Map | None, str, int, list[Problem]]:
    r"""Split a page.

    ``raw`` is what the file holds and ``path`` its name in messages. Returns

    - the front matter as a mapping with places in the file, or None if it could not be read;
    - the text after it, with ``\n`` for every line end (all of the page if there is no front matter);
    - the line of the file, from 1, on which that text begins;
    - every problem, sorted by place, among them the forbidden characters in the text.

    Raises nothing, whatever the bytes.
    """
    page, problems = decode(raw, path)
    if page is None:
        return None, "", 1, problems
    opening = OPENING.match(page)
    closing = CLOSING.search(page, opening.end()) if opening else None
    if opening is None or closing is None:
        problems = forbidden_characters(page, path)
        if not any(problem.place.line == 1 for problem in problems):  # it may hide the hyphens
            problems.append(_no_front_matter(page, path))
        return None, page, 1, sorted(problems)

    block, body = page[opening.end() : closing.start()], page[closing.end() :]
    line = block.count("\n") + 2
    body_line = line + len(closing["end"])
    problems = [*_closing_problems(closing, Place(path, line, 1)), *forbidden_characters(body, path, body_line)]
    if NOTHING.fullmatch(block):
        return None, body, body_line, sorted([EMPTY.at(Place(path, 1, 1)), *problems])
    front, faults = read(block, path, first_line=2)
    if not faults:
        faults = _not_for_mkdocs(block, path, front)
    return (front if front or not faults else None), body, body_line, sorted(problems + faults)


def _no_front_matter(page: str, path: str) -> Problem:
    """Say why a page has no front matter."""
    start = Place(path, 1, 1)
    first = page.partition("\n")[0]
    if first.startswith("---"):
        more = first[3:].strip(" \t")
        return _with_more(OPENING_LINE, start, first[3:]) if more else NOT_CLOSED.at(start)
    if page.lstrip().startswith("---"):
        return SPACE_BEFORE.at(start)
    return NO_OPENING.at(start) if SWALLOWED.match(first) else MISSING.at(start)


def _closing_problems(closing: re.Match[str], place: Place) -> list[Problem]:
    if closing["dots"]:
        return [DOTS.at(place)]
    if closing["more"].strip(" \t"):
        return [_with_more(CLOSING_LINE, place, closing["more"])]
    return [] if closing["end"] else [NO_END.at(place)]


def _with_more(rule: Rule, place: Place, more: str) -> Problem:
    """Return the problem that something follows the three hyphens, placed where that begins."""
    text = more.strip(" \t")
    return rule.at(Place(place.path, place.line, 4 + more.index(text)), more=text)


# MkDocs converts values without quotes, and gives up silently where it cannot: 2024-02-30 looks like a date, and there
# is no such day. To try every value would cost as much as reading the page, so only what may fail is tried.

_MAY_FAIL: Final = re.compile(
    r"[\d_:=<](?:"  # what any of these begins with, so that the rest is tried at few places only
    r"(?<=\d)\d{3}-(?!(?:0?[1-9]|1[0-2])-(?:0?[1-9]|1\d|2[0-8])(?![\d \tTt]))\d\d?-\d"  # not surely a date
    r"|(?<=0)(?:000-|[bx]_)|(?<=[\d_:])(?<![\d_:]{2})[\d_:]{3999}"  # no year, no digits, too many digits
    r"|(?:(?<==)|(?<=<)<)[ \t]*(?:[\n,\]}#]|\Z)"  # values with a meaning that PyYAML has not
    r")"
)

_ENDLESS: Final = re.compile(r"[-+\d_:.]{4000,}")
"""Python converts no more than 4,300 digits, and ``1:1:1...``, which is base 60, takes quadratic time."""


def _not_for_mkdocs(block: str, path: str, front: Map) -> list[Problem]:
    """Return a problem for each value that stops MkDocs from reading the front matter."""
    if not _MAY_FAIL.search(block):
        return []
    converter = yaml.SafeLoader("")
    names = dict(_names(front))
    return [
        NOT_A_VALUE.at(Place(path, *(spot := _spot(event))), names.get(spot, ""), value=event.value)
        for event in yaml.parse(block, Loader=LOADER)
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and not _converts(converter, event.value)
    ]


def _spot(event: Any) -> Spot:
    return event.start_mark.line + 2, event.start_mark.column + 1


def _names(node: Value, name: str = "") -> Iterator[tuple[Spot, str]]:
    """The place of every value, and the names of the fields that lead to it."""
    if isinstance(node, Map):
        steps = [(key, node.values_at[key], value) for key, value in node.items()]
    elif isinstance(node, Seq):
        steps = [(str(number), spot, value) for number, (spot, value) in enumerate(zip(node.items_at, node, strict=True), 1)]
    else:
        return
    for step, spot, value in steps:
        yield spot, f"{name} {step}".lstrip()
        yield from _names(value, f"{name} {step}")


def _converts(converter: Any, text: str) -> bool:
    if _ENDLESS.fullmatch(text):
        return False
    tag = converter.resolve(yaml.ScalarNode, text, (True, False))
    try:
        converter.construct_object(yaml.ScalarNode(tag, text))
    except Exception:  # noqa: BLE001  (MkDocs gives up on any error, too)
        return False
    return True
