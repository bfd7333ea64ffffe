"""All records that hold up on their own, with the raw files behind them.

The rules in :mod:`handbook.rules` read a base and report what does not fit
together. A base may be incomplete, because every fault is reported in one run;
a handbook is only made of a base without a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from handbook.calls import MARKS, Call, find
from handbook.load import Files, Page, RawRecord
from handbook.model import Citation, Entry, Known, Record
from handbook.problem import Place
from handbook.records import Loc, field_name, place_of


@dataclass
class Base:
    """What is known after every record has been looked at by itself."""

    files: Files
    known: Known
    vocabulary: dict[str, dict[str, Entry]]
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

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
    def citations(self) -> list[Cited]:
        """Every place that cites a source, in fields and in prose."""
        found: list[Cited] = []
        for raw, record in self.all():
            for loc, citation in citations_in(record):
                found.append(Cited(raw.kind.name, raw.id, citation.source, citation.passage, raw, loc))
        for path, calls in self.calls.items():
            page = self.files.pages[path]
            owner = owner_of(self, page)
            for call in calls:
                if call.name in MARKS and call.arguments:
                    passage = call.arguments[1] if len(call.arguments) > 1 else None
                    found.append(Cited(*owner, call.arguments[0], passage, None, (), page, call))
        return found


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
        assert self.page is not None and self.call is not None  # noqa: S101  (one of the two is always there)
        return place_in(self.page, self.call.start)

    @property
    def field(self) -> str:
        """The field it stands in, or the call."""
        return field_name(self.loc) if self.raw else (self.call.name if self.call else "")


def owner_of(base: Base, page: Page) -> tuple[str, str]:
    """The kind and id of the record that a page shows, or ``page`` and its path."""
    from handbook.load import kind_of_page

    kind = kind_of_page(page.path)
    return (kind.name, page.path.rsplit("/", 1)[-1].removesuffix(".md")) if kind else ("page", page.path)


def place_in(page: Page, offset: int) -> Place:
    """The place of an offset into a page's text."""
    before = page.body.count("\n", 0, offset)
    return Place(page.path, page.body_line + before, offset - page.body.rfind("\n", 0, offset))


def citations_in(part: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Citation]]:
    """Every citation inside a record, with where it stands."""
    if isinstance(part, Citation):
        yield loc, part
    elif isinstance(part, Record) or hasattr(type(part), "model_fields"):
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            if value and not isinstance(value, str):
                yield from citations_in(value, (*loc, info.alias or name))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            if not isinstance(item, str):
                yield from citations_in(item, (*loc, index))
