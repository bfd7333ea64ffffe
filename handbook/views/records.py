"""Views of one record, for its own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handbook.base import parts
from handbook.model import Citation, Claim, SectorDependence, Tool
from handbook.rules.contributors import ACCOUNT
from handbook.views.parts import CONTRIBUTE_PAGE, EVIDENCE_PAGE, FIT_PAGE, LIST_PAGES, Badge, Link
from handbook.views.relations import RelationViews

OWN_LANGUAGE = "en"
"""The language that the handbook is written in."""


class RecordViews(RelationViews):
    """What the page of one record shows."""

    def cite(self, source: str, passage: str | None = None) -> dict[str, Any]:
        """The mark of a reported passage."""
        return self._mark("reported", Citation(source=source, passage=passage))

    def inferred(self, source: str, passage: str | None = None) -> dict[str, Any]:
        """The mark of an editors' inference."""
        return self._mark("inferred", Citation(source=source, passage=passage))

    def suggested(self) -> dict[str, Any]:
        """The mark of an editors' suggestion."""
        return self._mark("suggested")

    def lesson_facts(self, lesson: str) -> dict[str, Any]:
        """The head of a lesson's page."""
        item = self.book.get("lesson", lesson)
        record = item.record
        return {
            "id": lesson,
            "late_since": self._late(item),
            "title": record.title,
            "up": self.href("lessons/index.md"),
            "field": Link(self.book.vocabulary["field"][record.field].label, self.href(f"lessons/index.md#{record.field}")),
            "summary": record.summary,
            "foreign": self._foreign(record.sources),
            "question": record.question,
            "kind": self.badge("kind", record.kind),
            "breadth": self.badge("breadth", record.breadth),
            "outcome": self.badge("outcome-known", record.outcome_known),
            "needs": self.needs(record.needs),
            "with": self.badges("with", record.with_),
            "learned_in": self.link("sector", record.learned_in) if record.learned_in else None,
            "dependence": self._dependence(record.sector_dependence) if record.sector_dependence else None,
            "dissent": self.claim(record.dissent) if record.dissent else None,
            "evidence": self._meaning,
        }

    def _foreign(self, citations: Sequence[Citation]) -> Badge | None:
        """The language of a lesson that is one organisation's own account in another language than the handbook's."""
        if len(citations) != 1:
            return None
        source = self.book.get("source", citations[0].source).record
        return self.badge("language", source.language) if source.kind == ACCOUNT and source.language != OWN_LANGUAGE else None

    def _dependence(self, found: SectorDependence) -> dict[str, Any]:
        basis = "reported" if found.sources else "inferred"
        why = Claim(text=found.why, basis=basis, sources=found.sources)
        return {"badge": self.badge("dependence", found.level), "why": self.claim(why)}

    def open_question(self, tag: str) -> dict[str, Any]:
        """What stands where nobody has written anything."""
        return {"question": self.badge("open-question", tag), "answer": self.answering()}

    def lesson_links(self, lesson: str) -> dict[str, Any]:
        """The foot of a lesson's page."""
        item = self.book.get("lesson", lesson)
        record = item.record
        before, after = self.book.neighbours[lesson]
        return {
            "relations": self._lesson_relations(item),
            "tools": self.cards("tool", record.tools),
            "sectors": self._back(item, "sectors", "sector"),
            "open": self.badges("open-question", record.open),
            "answer": self.answering(),
            "credits": self.credits(item),
            "sources_list": self._sources(record.sources),
            "words": self.words(record.terms),
            "glossary": self.href(LIST_PAGES["term"]),
            "previous": self.link("lesson", before) if before else None,
            "next": self.link("lesson", after) if after else None,
            **self.checked(item),
            "edit": self.edit(item),
        }

    def tool_facts(self, tool: str) -> dict[str, Any]:
        """The head of a tool's page: what to do on Monday, whether it fits, steps and sizes."""
        item = self.book.get("tool", tool)
        record = item.record
        phases = self._phases(record)
        sizes = self._sizes(record)
        return {
            "id": tool,
            "late_since": self._late(item),
            "title": record.title,
            "up": self.href("toolbox/index.md"),
            "summary": record.summary,
            "first": phases[0]["steps"][0],
            "smallest": sizes[0],
            "level": self.badge("level", self.book.level(tool)),
            "outcomes": self._outcomes(self.book.get("use", use) for use in item.back.get("uses", ())),
            "level_meaning": self.href(f"{EVIDENCE_PAGE}#level"),
            "needs": self.needs(record.needs),
            "with": self.badges("with", record.with_),
            "purpose": self.claim(record.purpose),
            "use_when": self.claims(record.use_when),
            "not_when": self.claims(record.not_when),
            "aka": record.aka,
            "phases": phases,
            "sizes": sizes,
            "evidence": self._meaning,
        }

    def _phases(self, record: Tool) -> list[dict[str, Any]]:
        """A tool's steps by phase, in the order in which they are done."""
        phases = []
        for phase in self.book.vocabulary["phase"]:
            steps = [step for step in record.steps if step.phase == phase]
            rows = [
                {"name": step.name, "role": self.badge("role", step.role), "weeks": step.weeks_before, "do": do}
                for step, do in zip(steps, self.claims(step.do for step in steps), strict=True)
            ]
            if rows:
                phases.append({"phase": self.badge("phase", phase), "steps": rows})
        return phases

    def _sizes(self, record: Tool) -> list[dict[str, Any]]:
        """What each size of a tool takes, the smallest first."""
        return [
            {"size": self.badge("size", size), "effort": effort, **self._mark(effort.basis, *effort.sources)}
            for size, effort in (("try", record.effort.try_), ("pilot", record.effort.pilot), ("full", record.effort.full))
        ]

    def tool_links(self, tool: str) -> dict[str, Any]:
        """The foot of a tool's page: roles, parts, numbers, uses, links."""
        item = self.book.get("tool", tool)
        record = item.record
        return {
            "relations": self._tool_relations(item),
            "roles": [{"role": self.badge("role", r.role), "does": self.claim(r.does)} for r in record.roles],
            "blocks": [{"id": b.id, "name": b.name, "core": self.badge("core", b.core), "what": self.claim(b.what)} for b in record.blocks],
            "figures": self.claims(record.figures),
            "side_effects": self.claims(record.side_effects),
            "uses": [self._use_row(self.book.get("use", use)) for use in item.back.get("uses", ())],
            "contribute": self.href(CONTRIBUTE_PAGE),
            "credits": self.credits(item),
            "sectors": self._back(item, "sectors", "sector"),
            "sources_list": self._sources(record.sources),
            "words": self.words(record.terms),
            "glossary": self.href(LIST_PAGES["term"]),
            **self.checked(item),
            "edit": self.edit(item),
        }

    def sector(self, sector: str) -> dict[str, Any]:
        """A sector guide."""
        item = self.book.get("sector", sector)
        record = item.record
        states = [(r, self.book.state(r.id, sector)) for r in self.book.all("recommendation")]
        order = list(self.book.vocabulary["state"])
        in_short = {"proposed-generally", "learned-here", "not-considered"}
        groups = [
            {
                "badge": self.badge("state", state),
                "in_short": state in in_short,
                "proposed": state == "proposed-generally",
                "rows": [
                    {
                        "link": self.link("recommendation", r.id),
                        "summary": r.record.summary,
                        "state": self._state(r.id, sector),
                        "must": self.requirements(r.record.requires)["must"],
                    }
                    for r, s in states
                    if s.state == state
                ],
            }
            for state in reversed(order)
        ]
        return {
            "title": record.title,
            "home": record.home,
            "up": self.href("sectors/index.md"),
            "summary": record.summary,
            "monday": self.claim(record.monday),
            "in_full": [group for group in groups if group["rows"] and not group["in_short"]],
            "in_short": [group for group in groups if group["rows"] and group["in_short"]],
            "meaning": self._meaning,
            "conditions": [
                {
                    "link": self.link("condition", condition),
                    "question": self.book.get("condition", condition).record.question,
                    "for": self.links("recommendation", musts.all),
                }
                for condition, musts in self.book.musts[sector].items()
            ],
            "roles": [{"role": self.badge("role", r.role), "who": self.claim(r.who)} for r in record.roles],
            "words": [{"energy": w.energy, "here": self.claim(w.here)} for w in record.words],
            "public_side": [
                {"part": self.badge("public-part", p.part), "extent": self.badge("extent", p.how_far), "what": self.claim(p.what)}
                for p in record.public_side
            ],
            "watch_out": self.claims(record.watch_out),
            "lessons": self.cards("lesson", record.first_lessons),
            "tools": self.cards("tool", record.first_tools),
            "uses": [self._use_row(self.book.get("use", use)) for use in item.back.get("uses", ())],
            "ecosystem": self.claim(record.ecosystem),
            "nace": self.claim(record.nace),
            "names": [
                {"lang": lang, "language": self.book.vocabulary["language"][lang].label, "word": getattr(record.names, lang)}
                for lang in ("da", "nl", "de", "nb", "sv")
            ],
            "terms": self.words(record.terms),
            "glossary": self.href(LIST_PAGES["term"]),
            "reviewed_by": record.reviewed_by,
            **self.checked(item),
            "late_since": self._late(item),
            "contribute": self.href(CONTRIBUTE_PAGE),
            "edit": self.edit(item),
        }

    def recommendation(self, recommendation: str) -> dict[str, Any]:
        """A recommendation's page."""
        item = self.book.get("recommendation", recommendation)
        record = item.record
        return {
            "id": recommendation,
            "late_since": self._late(item),
            "title": record.title,
            "up": self.href("transfer/index.md"),
            "summary": record.summary,
            "needs": self.needs(record.needs),
            "with": self.badges("with", record.with_),
            "meaning": self._meaning,
            "sources_list": self._sources(dict.fromkeys(citation for _, citation in parts(record, (Citation,)))),
            "because": self.claims(record.because),
            "relations": self._recommendation_relations(item),
            "requires": [
                {
                    "strength": self.badge("strength", r.strength),
                    "link": self.link("condition", r.condition),
                    "question": self.book.get("condition", r.condition).record.question,
                }
                for r in sorted(record.requires, key=lambda r: self.book.rank("strength", r.strength))
            ],
            "adapt": self.claims(record.adapt),
            "first_step": self.claim(record.first_step),
            "try": self.claim(record.small_try.what),
            "stop": self.claim(record.small_try.stop),
            "misfit": self.claims(record.misfit_signs),
            "fit": self.href(f"{FIT_PAGE}#for-{item.id}"),
            "states": [
                {"sector": self.link("sector", s.id), "tried": self.tried(item, s), **self._state(item.id, s.id)} for s in self.book.all("sector")
            ],
            "uses": [self._use_row(self.book.get("use", use)) for use in item.back.get("uses", ())],
            "lessons": self.cards("lesson", record.lessons),
            "tools": self.cards("tool", record.tools),
            **self.checked(item),
            "edit": self.edit(item),
        }
