"""Views of the finder and of the pages of its values."""

from __future__ import annotations

from typing import Any

from handbook import finder
from handbook.finder import FACETS, QUESTIONS, RECORDS, SECTOR, Entry
from handbook.views.parts import Badge, Link, Parts

FIND_PAGE = "find/index.md"


class FindViews(Parts):
    """What the finder shows without scripts."""

    def finder(self) -> dict[str, Any]:
        """Every facet with its values, and how many records each has."""
        rows = {facet: {"facet": self.badge("facet", facet), "values": self._values(facet)} for facet in FACETS}
        return {
            "questions": [row for facet, row in rows.items() if facet in QUESTIONS],
            "others": [row for facet, row in rows.items() if facet not in QUESTIONS],
        }

    def _values(self, facet: str) -> list[dict[str, Any]]:
        return [
            {"link": Link(label, self.href(finder.page(facet, value))), "count": sum(entry.has(facet, value) for entry in self.book.entries)}
            for value, (label, _) in finder.values(self.book, facet).items()
        ]

    def facet(self, value: str) -> dict[str, Any]:
        """Everything that has one value of a facet."""
        facet, tag = value.split("/")
        label, description = finder.values(self.book, facet)[tag]
        found = [entry for entry in self.book.entries if entry.has(facet, tag)]
        if facet == SECTOR:  # the strongest reason first
            found.sort(key=lambda entry: -self.book.rank(entry.sectors[tag].group, entry.sectors[tag].tag))
        common = [entry for entry in found if facet == SECTOR and finder.for_any(self.book, entry, tag)]
        return {
            "facet": self.badge("facet", facet),
            "label": label,
            "description": description,
            "count": len(found),
            "groups": self._groups([entry for entry in found if entry not in common], facet, tag),
            "common": self._groups(common, facet, tag),
            "common_count": len(common),
            "up": self.href(FIND_PAGE),
            "guide": self.link(SECTOR, tag) if facet == SECTOR else None,
            # Plain HTML: what follows the "!" is no place in that page, and MkDocs would look for one in Markdown.
            "narrow": self.href(f"{FIND_PAGE}#!{facet}={tag}"),
        }

    def _groups(self, entries: list[Entry], facet: str, value: str) -> list[dict[str, Any]]:
        groups = ({"record": kind, "rows": [self._row(entry, facet, value) for entry in entries if entry.item.kind == kind]} for kind in RECORDS)
        return [group for group in groups if group["rows"]]

    def _row(self, entry: Entry, facet: str, value: str) -> dict[str, Any]:
        record = entry.item.record
        badges: list[Badge] = []
        if facet == SECTOR:
            reason = entry.sectors[value]
            badges.append(self.badge(reason.group, reason.tag))
        elif entry.item.kind == "lesson":
            badges += [self.badge("kind", record.kind), self.badge("breadth", record.breadth)]
        return {"link": self.link(entry.item.kind, entry.item.id), "badges": badges}
