"""Limits that keep a page, and a record, within what a reader can follow and the builder can take.

Python-Markdown and its extensions read some texts in quadratic time or worse,
and call themselves for each level of what stands inside something else. Every
limit is far above what anybody would read, and far below what costs a second
or ends the builder. Like the other rules, these look at each character a
bounded number of times. The limit on a page's length is in :mod:`handbook.load`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from handbook.base import Base, place_in
from handbook.doubt import texts
from handbook.load import VOCABULARY
from handbook.model import KINDS
from handbook.problem import Place, Problem, Rule
from handbook.text import signs
from handbook.yamlread import Map, Seq, Value

LONG_LINE = Rule("line-too-long", "the line has more than {limit:,} characters", "break it into paragraphs")
LONG_PASSAGE = Rule(
    "passage-too-long",
    "more than {lines} lines or {letters:,} characters stand together without an empty line between them",
    "leave an empty line between its parts",
)
BRACKETS = Rule("brackets-many", "the page has more than {limit} square brackets, and this is the next", "write it in words, or split the page")
CALLS = Rule("calls-many", "more than {limit} calls stand together without an empty line between them", "leave an empty line between the parts")
HEADINGS = Rule("headings-many", "the page has more than {limit} headings, and this is the next", "leave headings out, or split the page")
NESTED = Rule("list-too-deep", "the line begins with more than {limit} signs for lists or quotations", "write it as plain text or as a simple list")
RECORD = Rule(
    "record-too-large",
    "'{id}' holds so many values and so much text that its page would be slow to load",
    "shorten it to the main points, or make two of it",
)
SIGNS = Rule(
    "signs-many",
    "the file holds more than {limit:,} signs like * and _, and the page that lists what is in it would be slow to load",
    "write words where signs stand in rows, and leave out what is no text",
)
VALUES = Rule(
    "values-many",
    "the file holds more than {limit:,} values, each record counted as {each} more, and the pages that list what is in it would be slow to load",
    "leave out what the handbook has no use for",
)
LISTING = Rule(
    "listing-words",
    "'{text}' stands behind the signs that begin or end a listing of code, and only the name of its language may stand there",
    "write it on the next line; for code within a line, put a single backtick before and after it",
)

MAX_LINE = 3_000
MAX_PASSAGE = 200
MAX_LETTERS = 4_000
MAX_BRACKETS = 150
MAX_CALLS = 40
MAX_HEADINGS = 100
MAX_NESTED = 6
MAX_RECORD = 60_000
"""Characters of all values of a record together, each value counted as ``VALUE`` more."""
VALUE = 20

MAX_SIGNS = 10_000
"""Signs in a file that must be written as references, because Markdown or HTML could give them a meaning: three times what any has.

One page may list all records of several files.
"""

EACH = 4
"""Values that a record's heading and address cost as much as."""

MAX_LISTED = 10_000
"""Values in a file of records that a page lists, each list and each group of fields counted as one: five times what any has."""

MAX_ORGANISATIONS = 12_000
"""The same for the organisations: three hundred of which a kind, a town, a website and what they work on are known."""

MAX_TAGS = 3_000
"""The same for the vocabulary, which several pages show in full: three values for a tag."""

_MOST = {VOCABULARY: MAX_TAGS, KINDS["organisation"].file: MAX_ORGANISATIONS}
_UNLISTED = KINDS["wording"].file

_LONG = re.compile(rf"^[^\n]{{{MAX_LINE + 1}}}", re.MULTILINE)
_PASSAGE = re.compile(r"(?:^[ \t]*+[^ \t\n][^\n]*+\n?)++", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]]")
_SIGNS = r"[ \t]*(?:(?:>|(?:[-*+:]|[0-9]{1,9}[.)])(?=[ \t]))[ \t]*)*"
_HEADING = re.compile(rf"^{_SIGNS}#", re.MULTILINE)
_NESTED = re.compile(rf"^(?:[ \t]*(?:>|(?:[-*+]|[0-9]{{1,9}}[.)])(?=[ \t]))){{{MAX_NESTED + 1}}}", re.MULTILINE)
_FENCE = re.compile(rf"^{_SIGNS}(?:`{{3,}}+|~{{3,}}+)[ \t]*+(?![\w.+-]*+[ \t]*+$)([^\n]*)", re.MULTILINE)


def lines_are_short(base: Base) -> Iterator[Problem]:
    """A line of a page's text is a paragraph at most."""
    for page in base.files.pages.values():
        if max(map(len, page.body.split("\n"))) > MAX_LINE:
            for found in _LONG.finditer(page.body):
                yield LONG_LINE.at(place_in(page, found.start() + MAX_LINE), limit=MAX_LINE)


def passages_are_short(base: Base) -> Iterator[Problem]:
    """A bounded number of lines, characters and calls stand together. The builder reads a passage as often as it has parts."""
    for page in base.files.pages.values():
        for passage in _PASSAGE.finditer(page.body) if _may_be_long(page.body) else ():
            text = passage[0].rstrip("\n")
            if text.count("\n") >= MAX_PASSAGE or len(text) > MAX_LETTERS:
                yield LONG_PASSAGE.at(place_in(page, passage.start() + _beyond(text)), lines=MAX_PASSAGE, letters=MAX_LETTERS)
            elif text.count("{{") > MAX_CALLS:
                yield CALLS.at(place_in(page, passage.start()), limit=MAX_CALLS)


def _may_be_long(text: str) -> bool:
    return len(text) > MAX_LETTERS or text.count("\n") >= MAX_PASSAGE or text.count("{{") > MAX_CALLS


def _beyond(text: str) -> int:
    """Where a passage is longer than it may be."""
    ends = [found.end() for found in re.finditer("\n", text)]
    return min(MAX_LETTERS, ends[MAX_PASSAGE - 1] if len(ends) >= MAX_PASSAGE else MAX_LETTERS)


def square_brackets_are_few(base: Base) -> Iterator[Problem]:
    """A page has a bounded number of square brackets. At each the builder looks for the end of a link in all of the passage."""
    for page in base.files.pages.values():
        if page.body.count("[") + page.body.count("]") > MAX_BRACKETS:
            beyond = [found.start() for found in _BRACKET.finditer(page.body)][MAX_BRACKETS]
            yield BRACKETS.at(place_in(page, beyond), limit=MAX_BRACKETS)


def headings_are_few(base: Base) -> Iterator[Problem]:
    """A page has a bounded number of headings, because each stands in its table of contents as well."""
    for page in base.files.pages.values():
        if page.body.count("#") > MAX_HEADINGS:
            found = [match.end() - 1 for match in _HEADING.finditer(page.body)]
            if len(found) > MAX_HEADINGS:
                yield HEADINGS.at(place_in(page, found[MAX_HEADINGS]), limit=MAX_HEADINGS)


def lists_are_not_deep(base: Base) -> Iterator[Problem]:
    """A line begins with a bounded number of signs for lists and quotations, which the builder reads inside each other."""
    for page in base.files.pages.values():
        for found in _NESTED.finditer(page.body):
            yield NESTED.at(place_in(page, found.start()), limit=MAX_NESTED)


def records_are_small(base: Base) -> Iterator[Problem]:
    """A record has no more values and text than a page can show."""
    for records in base.files.records.values():
        for raw in records.values():
            if _weight(raw.values) > MAX_RECORD:
                yield RECORD.at(raw.place, id=raw.id)


def _weight(value: Value) -> int:
    if isinstance(value, Map):
        return VALUE + sum(map(_weight, value.values()))
    return VALUE + (sum(map(_weight, value)) if isinstance(value, Seq) else len(value or ""))


def lists_are_light(base: Base) -> Iterator[Problem]:
    """A file of many records has a bounded number of values, and of signs that the builder stops at, because one page lists them all."""
    lists: defaultdict[str, list[Value]] = defaultdict(list, {VOCABULARY: [base.files.vocabulary]})
    for raw in (raw for raws in base.files.records.values() for raw in raws.values()):
        if raw.place.path == raw.kind.file:
            lists[raw.place.path].append(raw.values)
    for path, found in lists.items():
        if sum(signs(text) for values in found for text in texts(values)) > MAX_SIGNS:
            yield SIGNS.at(Place(path, 1, 1), limit=MAX_SIGNS)
        limit = _MOST.get(path, MAX_LISTED)
        if path != _UNLISTED and sum(EACH + _values(values) for values in found) > limit:
            yield VALUES.at(Place(path, 1, 1), limit=limit, each=EACH)


def _values(value: Value) -> int:
    return 1 + sum(map(_values, value.values() if isinstance(value, Map) else value if isinstance(value, Seq) else ()))


def listings_name_a_language_at_most(base: Base) -> Iterator[Problem]:
    """Behind the signs of a listing stands the name of a language at most. For a line of options the builder would take for ever."""
    for page in base.files.pages.values():
        for found in _FENCE.finditer(page.body) if "```" in page.body or "~~~" in page.body else ():
            yield LISTING.at(place_in(page, found.start(1)), text=found[1])


PRESENT = (
    lines_are_short,
    passages_are_short,
    square_brackets_are_few,
    headings_are_few,
    lists_are_not_deep,
    records_are_small,
    lists_are_light,
    listings_name_a_language_at_most,
)
ABSENT = ()
