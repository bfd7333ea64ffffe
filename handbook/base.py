"""All records that hold up on their own, with the raw files behind them.

The rules in :mod:`handbook.rules` read a base and report what does not fit
together. A base may be incomplete, because every fault is reported in one run;
a handbook is only made of a base without a problem.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, get_args, get_origin

from handbook.calls import MARKS, Call, find
from handbook.doubt import Doubt, by_path
from handbook.load import Files, Page, RawRecord, kind_of_page
from handbook.model import KINDS, Citation, Entry, Known, Part
from handbook.problem import Place, Problem
from handbook.records import Loc, field_name, place_of
from handbook.yamlread import Map, Seq, Value


class Heading(NamedTuple):
    """A heading: how many # it has, its words, and where it starts and ends."""

    level: int
    words: str
    start: int
    end: int


_HEADING = re.compile(r"(#{1,6})([^\n]*)")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})", re.MULTILINE)


def _listings(page: Page) -> list[tuple[int, int]]:
    """Where code between two fences begins and ends. A fence without an end is none."""
    if "```" not in page.body and "~~~" not in page.body:
        return []
    fences: defaultdict[str, list[int]] = defaultdict(list)  # the lines that can end each fence
    for match in _FENCE.finditer(page.body):
        line = page.body[match.start() : page.body.find("\n", match.end()) % (len(page.body) + 1)]
        if line.rstrip(" \t") == match[0]:
            fences[match[0]].append(match.start())
    found: list[tuple[int, int]] = []
    for match in _FENCE.finditer(page.body):
        ends = fences[match[0]]
        after = bisect_right(ends, match.start())
        if (not found or match.start() >= found[-1][1]) and after < len(ends):
            found.append((match.start(), ends[after] + len(match[0])))
    return found


def _headings(text: str, listings: list[tuple[int, int]]) -> list[Heading]:
    found = []
    for match in _HEADING.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if text[start : match.start()] in {"", " ", "  ", "   "} and not (listings and within(listings, start)):
            found.append(Heading(len(match[1]), match[2].rstrip(" \t#").strip(), start, match.end()))
    return found


@dataclass
class Base:
    """What is known after every record has been looked at by itself."""

    files: Files
    known: Known
    vocabulary: dict[str, dict[str, Entry]]
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """What the rules about what is there have found, by the path of the file."""

    def heard(self, problems: Iterable[Problem]) -> None:
        """Take note of what was found, for the rules that come after."""
        self.problems = by_path(problems)

    @cached_property
    def spoilt(self) -> list[RawRecord]:
        """The raw records that are no records, because something in them is wrong."""
        faulty = ((kind, key, raw) for kind, raws in self.files.records.items() for key, raw in raws.items())
        return [raw for kind, key, raw in faulty if key not in self.records[kind]]

    @cached_property
    def doubt(self) -> Doubt:
        """What may be there without having been read. Only of use when the rules about what is there have been heard."""
        return Doubt(self.files, self.problems, self.spoilt)

    def may_name(self, word: str, *kinds: str) -> bool:
        """Whether something of these kinds, or in these folders, may name ``word`` where it could not be read."""
        return self.doubt.covers(word, *(KINDS[kind].home if kind in KINDS else kind for kind in kinds))

    def says(self, path: str, family: str, line: int | None = None) -> bool:
        """Whether a rule whose id begins with ``family`` is broken in a file, or on a line of it."""
        return any(
            problem.rule.id.startswith(family) and line in {None, problem.place.line} for problem in self.problems.get(path, ())
        )

    def raw(self, kind: str, record_id: str) -> RawRecord:
        """The raw record behind a record."""
        return self.files.records[kind][record_id]

    def all(self) -> Iterator[tuple[RawRecord, Any]]:
        """Every record with its raw form."""
        for kind, records in self.records.items():
            for record_id, record in records.items():
                yield self.raw(kind, record_id), record

    @cached_property
    def calls(self) -> dict[str, list[Call]]:
        """The calls in each page's text, by the page's path."""
        return {path: find(page.body) for path, page in self.files.pages.items()}

    @cached_property
    def headings(self) -> dict[str, list[Heading]]:
        """The headings in each page's text, by the page's path."""
        return {path: _headings(page.body, self.listings[path]) for path, page in self.files.pages.items()}

    @cached_property
    def listings(self) -> dict[str, list[tuple[int, int]]]:
        """Where the listings of code in each page's text begin and end, by the page's path."""
        return {path: _listings(page) for path, page in self.files.pages.items()}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Everything that a link can lead to."""
        return (*self.files.pages, *sorted(self.files.assets))

    @cached_property
    def citations(self) -> list[Cited]:
        """Every place that cites a source, in fields and in prose."""
        found: list[Cited] = []
        for raw, record in self.all():
            for loc, citation in parts(record, (Citation,)):
                found.append(Cited(raw.kind.name, raw.id, citation.source, citation.passage, raw, loc))
        for path, calls in self.calls.items():
            page = self.files.pages[path]
            owner = owner_of(page)
            for call in calls:
                if call.name in MARKS and call.arguments:
                    passage = call.arguments[1] if len(call.arguments) > 1 else None
                    found.append(Cited(*owner, call.arguments[0], passage, None, (), page, call))
        return found


def listed(raw: RawRecord, field: str) -> list[str]:
    """What stands in a list of texts of a raw record."""
    value = raw.values.get(field)
    return [item for item in value if isinstance(item, str)] if isinstance(value, Seq) else []


def required(raw: RawRecord) -> Iterator[tuple[str, Value]]:
    """The conditions that a raw record needs, each with how much depends on it."""
    value = raw.values.get("requires")
    for item in value if isinstance(value, Seq) else ():
        if isinstance(item, Map) and isinstance(condition := item.get("condition"), str):
            yield condition, item.get("strength")


def cited_by(raw: RawRecord) -> Iterator[tuple[str, Value]]:
    """Every source that a raw record cites, and the passage."""
    todo: list[Value] = [raw.values]
    while todo:
        node = todo.pop()
        if isinstance(node, Map) and isinstance(source := node.get("source"), str):
            yield source, node.get("passage")
        todo += node.values() if isinstance(node, Map) else node if isinstance(node, Seq) else ()


def within(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether an offset is inside one of some spans, which are in order."""
    before = bisect_right(spans, offset, key=lambda span: span[0])
    return before > 0 and offset < spans[before - 1][1]


def overlap(path: str, other: str) -> bool:
    """Whether one of two paths is the other, or below it."""
    return path == other or path.startswith(other + "/") or other.startswith(path + "/")


@dataclass(frozen=True)
class Cited:
    """One place that cites a source: whose it is, what it cites, and where it stands."""

    kind: str
    id: str
    source: str
    passage: str | None
    raw: RawRecord | None
    loc: Loc
    page: Page | None = None
    call: Call | None = None

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        if self.raw:
            return place_of(self.raw, self.loc)
        assert self.page is not None  # noqa: S101  (a citation stands in a record or in a page)
        assert self.call is not None  # noqa: S101
        return place_in(self.page, self.call.start)

    @property
    def field(self) -> str:
        """The field it stands in, or the call."""
        return field_name(self.loc) if self.raw else (self.call.name if self.call else "")


def owner_of(page: Page) -> tuple[str, str]:
    """The kind and id of the record that a page shows, or ``page`` and its path."""
    kind = kind_of_page(page.path)
    return (kind.name, page.path.rsplit("/", 1)[-1].removesuffix(".md")) if kind else ("page", page.path)


def place_in(page: Page, offset: int) -> Place:
    """The place of an offset into a page's text."""
    line = bisect_right(page.line_starts, offset) - 1
    start = page.line_starts[line]
    unseen = bisect_right(page.gone, offset) - bisect_left(page.gone, start) if page.gone else 0
    return Place(page.path, page.body_line + line, offset - start + unseen + 1)


def parts(part: Any, wanted: tuple[type[Part], ...], loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Every part of a wanted type inside a record, with where it stands; not those inside another one."""
    if isinstance(part, wanted):
        yield loc, part
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from parts(item, wanted, (*loc, index))
    else:
        model: type[Part] = type(part)
        for name, written in _leading_to(model, wanted):
            if value := getattr(part, name):
                yield from parts(value, wanted, (*loc, written))


@cache
def _leading_to(model: type[Part], wanted: tuple[type[Part], ...]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that can hold a part of a wanted type, and how each is written."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items() if _holds(info.annotation, wanted))


def _holds(annotation: Any, wanted: tuple[type[Part], ...]) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return issubclass(annotation, wanted) or bool(_leading_to(annotation, wanted))
    return get_origin(annotation) is not dict and any(_holds(inner, wanted) for inner in get_args(annotation))
