"""Tools, recommendations and lessons side by side: the same aspects of each, in the same order.

Which aspects there are, in which part of the comparison, is said here; what
they are called is in ``data/vocabulary.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handbook.base import parts
from handbook.model import Citation, Claim, Effort, Requirement
from handbook.relate import Item
from handbook.views.parts import Badge, Link, Parts, Statement, spelled

ASPECTS: dict[str, tuple[str, ...]] = {
    "needs": ("must", "helps", "builds", "with"),
    "takes": ("first-step", "try", "pilot", "full", "tools"),
    "known": ("level", "worked", "breadth", "uses", "states", "dependence", "figures"),
    "risks": ("not-when", "stop", "misfit", "side-effects", "dissent", "watch"),
    "says-so": ("sources",),
}
"""The aspects in each part of a comparison. A kind of record has some of them."""

WATCH = {"lesson": "what-to-avoid", "tool": "what-to-watch"}
"""The section of a record's page that warns in prose, which no field holds."""


@dataclass(frozen=True)
class Piece:
    """One thing that is said of an aspect; what it consists of is shown in the order of these fields.

    ``key`` is the same in two records if they say the same. Free text has
    none: it can be read side by side, and not compared by a program.
    """

    key: str | None = None
    part: Badge | None = None
    link: Link | None = None
    badge: Badge | None = None
    text: str | None = None
    claim: Statement | None = None


class ComparisonViews(Parts):
    """What is compared, and the page that shows it for all tools and recommendations."""

    def compare(self) -> dict[str, Any]:
        """All tools and all recommendations, each kind in one table for each part of the comparison."""
        return {
            "meaning": self._meaning,
            "groups": [{"kind": kind, "tables": self._tables(kind)} for kind in ("tool", "recommendation")],
        }

    def _tables(self, kind: str) -> list[dict[str, Any]]:
        items = [(self.link(kind, item.id), self.compared(item)) for item in self.book.all(kind)]
        tables = []
        for part, aspects in ASPECTS.items():
            columns = [aspect for aspect in aspects if any(aspect in cells for _, cells in items)]
            heads = self.badges("compared", columns)
            rows = [{"link": link, "cells": [{"label": head.label, "pieces": cells[head.id]} for head in heads]} for link, cells in items]
            tables.append({"part": self.badge("compared-part", part), "columns": heads, "rows": rows})
        return tables

    def compared(self, item: Item) -> dict[str, tuple[Piece, ...]]:
        """What is said of each aspect of a lesson, a tool or a recommendation; nothing where nobody says anything."""
        record = item.record
        cells = {
            "must": self._required(record.requires, "must"),
            "helps": self._required(record.requires, "helps"),
            "with": (self._tag("with", tag) for tag in record.with_),
            **{"lesson": self._lesson, "tool": self._tool, "recommendation": self._recommendation}[item.kind](item),
            "sources": self._named(item),
        }
        if item.kind in WATCH:
            where = self.href(f"{self.target(item.kind, item.id)}#{WATCH[item.kind]}")
            cells["watch"] = [Piece(link=Link(f"{self.badge('compared', 'watch').description}: {item.title}", where))]
        return {aspect: tuple(cells[aspect]) for aspects in ASPECTS.values() for aspect in aspects if aspect in cells}

    def _lesson(self, item: Item) -> dict[str, Iterable[Piece]]:
        record = item.record
        return {
            "builds": self._linked("condition", record.builds),
            "tools": self._linked("tool", record.tools),
            "worked": [self._tag("kind", record.kind), self._tag("outcome-known", record.outcome_known)],
            "breadth": [self._tag("breadth", record.breadth)],
            "dependence": [self._tag("dependence", record.sector_dependence.level)] if record.sector_dependence else [],
            "dissent": self._said([record.dissent] if record.dissent else []),
        }

    def _tool(self, item: Item) -> dict[str, Iterable[Piece]]:
        record = item.record
        return {
            "builds": self._linked("condition", record.builds),
            "try": self._effort(record.effort.try_),
            "pilot": self._effort(record.effort.pilot),
            "full": self._effort(record.effort.full),
            "level": [self._tag("level", self.book.level(item.id))],
            "uses": self._uses(item),
            "figures": self._said(record.figures),
            "not-when": self._said(record.not_when),
            "side-effects": self._said(record.side_effects),
        }

    def _recommendation(self, item: Item) -> dict[str, Iterable[Piece]]:
        record = item.record
        states = {sector.id: self.book.state(item.id, sector.id).state for sector in self.book.all("sector")}
        return {
            "first-step": self._said([record.first_step]),
            "try": self._said([record.small_try.what]),
            "tools": self._linked("tool", record.tools),
            "uses": self._uses(item),
            "states": [
                Piece(f"{sector}:{state}", link=self.link("sector", sector), badge=self.badge("state", state)) for sector, state in states.items()
            ],
            "stop": self._said([record.small_try.stop]),
            "misfit": self._said(record.misfit_signs),
        }

    def _required(self, requires: Iterable[Requirement], strength: str) -> list[Piece]:
        return self._linked("condition", (r.condition for r in requires if r.strength == strength))

    def _linked(self, kind: str, ids: Iterable[str]) -> list[Piece]:
        return [Piece(record_id, link=self.link(kind, record_id)) for record_id in ids]

    def _tag(self, group: str, tag: str) -> Piece:
        return Piece(f"{group}:{tag}", badge=self.badge(group, tag))

    def _said(self, claims: Iterable[Claim]) -> list[Piece]:
        return [Piece(claim=self.claim(claim)) for claim in claims]

    def _effort(self, effort: Effort) -> list[Piece]:
        """What a size takes, each thing under its name, and at the end what the estimate rests on."""
        pieces = [Piece(part=self.badge("effort-part", name), text=getattr(effort, name)) for name in ("what", "people", "time", "money")]
        return [*pieces, Piece(**self._mark(effort.basis, *effort.sources))]

    def _uses(self, item: Item) -> list[Piece]:
        found = []
        for use in item.back.get("uses", ()):
            record = self.book.get("use", use).record
            outcome = self.badge("outcome", record.outcome)
            found.append(Piece(use, link=self.link("use", use), badge=outcome, text=f"{record.place}, {spelled(record.when)}"))
        return found

    def _named(self, item: Item) -> list[Piece]:
        """Each source once, whatever the places in it."""
        names = dict.fromkeys(citation.source for _, citation in parts(item.record, (Citation,)))
        found = [(self.book.get("source", name), self.source(Citation(source=name, passage=None))) for name in names]
        return [Piece(link=Link(link.label, link.href), text=source.title) for source, link in found]
