"""What the finder can find, by which facets, and why it is listed.

A facet is one of the questions that a reader can answer with a value: the
sector, whom to work with, the problem, and how sure the source is. Each value
has a page of its own that lists what the finder would list for it, so nothing
depends on scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handbook.relate import Handbook, Item

RECORDS = ("recommendation", "tool", "lesson")
"""What can be found, in the order in which it is listed."""

SECTOR = "sector"
FIELDS = {"with": "with_", "need": "needs", "kind": "kind", "breadth": "breadth", "outcome-known": "outcome_known"}
"""The facets besides the sector: each a group of the vocabulary, and the records' field that holds its tags."""

FACETS = (SECTOR, *FIELDS)
QUESTIONS = (SECTOR, "with", "need")
"""The facets that the finder asks for; the others narrow what was found."""

NOTHING_TO_SHOW = ("not-considered", "does-not-apply")
"""States of a recommendation in a sector that are no reason to list it there."""


@dataclass(frozen=True)
class Reason:
    """Why a record is listed for a sector: a tag of the vocabulary group ``state`` or ``relation``."""

    group: str
    tag: str


FOR_ANY = Reason("state", "proposed-generally")
BEHIND = Reason("relation", "behind")


@dataclass(frozen=True)
class Entry:
    """A record that can be found, with its values for each facet."""

    item: Item
    sectors: Mapping[str, Reason]
    tags: Mapping[str, tuple[str, ...]]

    def has(self, facet: str, value: str) -> bool:
        """Whether the record is listed for this value of a facet."""
        return value in (self.sectors if facet == SECTOR else self.tags.get(facet, ()))


def entries(book: Handbook) -> tuple[Entry, ...]:
    """Everything that can be found, in the order in which it is listed."""
    live = {
        (item.id, sector.id): state
        for item in book.all("recommendation")
        for sector in book.all("sector")
        if (state := book.state(item.id, sector.id).state) not in NOTHING_TO_SHOW
    }
    ordered = {"recommendation": book.all("recommendation"), "tool": book.all("tool"), "lesson": book.lessons}
    return tuple(Entry(item, dict(_sectors(book, item, live)), dict(_tags(item.record))) for kind in RECORDS for item in ordered[kind])


def _tags(record: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for facet, name in FIELDS.items():
        value = getattr(record, name, ())
        if value:
            yield facet, (value,) if isinstance(value, str) else value


def _sectors(book: Handbook, item: Item, live: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, Reason]]:
    """The sectors for which a record is listed, each with the strongest reason.

    A recommendation is listed by its state there. A tool or a lesson is listed
    where it was used or learned, where the sector's guide puts it first, and
    where it stands behind a recommendation that is listed.
    """
    for sector in book.all(SECTOR):
        if item.kind == "recommendation":
            if state := live.get((item.id, sector.id)):
                yield sector.id, Reason("state", state)
        elif tag := _relation(book, item, sector, live):
            yield sector.id, Reason("relation", tag)


def _relation(book: Handbook, item: Item, sector: Item, live: Mapping[tuple[str, str], str]) -> str | None:
    if item.kind == "tool" and any(book.get("use", use).record.sector == sector.id for use in item.back.get("uses", ())):
        return "used"
    if item.kind == "lesson" and sector.id == (item.record.learned_in or (book.home if "sector" not in item.record.open else None)):
        return "learned"
    if item.id in (sector.record.first_tools if item.kind == "tool" else sector.record.first_lessons):
        return "first"
    behind = any((recommendation, sector.id) in live for recommendation in item.back.get("recommendations", ()))
    return "behind" if behind else None


def for_any(book: Handbook, entry: Entry, sector: str) -> bool:
    """Whether a record is listed for ``sector`` only because of advice that was proposed for any sector."""
    if entry.sectors[sector] == FOR_ANY:
        return True
    behind = entry.item.back.get("recommendations", ())
    return entry.sectors[sector] == BEHIND and all(
        book.state(recommendation, sector).state in (FOR_ANY.tag, *NOTHING_TO_SHOW) for recommendation in behind
    )


def values(book: Handbook, facet: str) -> dict[str, tuple[str, str]]:
    """The values of a facet with their label and description."""
    if facet == SECTOR:
        return {item.id: (item.title, item.record.summary) for item in book.all(SECTOR)}
    return {tag: (entry.label, entry.description) for tag, entry in book.vocabulary[facet].items()}


def page(facet: str, value: str) -> str:
    """The page of a value, below docs/."""
    return f"find/{facet}/{value}.md"
