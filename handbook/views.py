"""What each call on a page shows: which rows, in which order, with which links.

A view picks and orders; it holds no words for readers. The words, the columns
and the headings are in the template of the same name under ``templates/``.
"""

from __future__ import annotations

import calendar
import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from handbook.geography import Map, draw
from handbook.load import OUTLINES
from handbook.model import KINDS, Citation, Claim, Requirement
from handbook.relate import Evidence, Handbook, Item
from handbook.reference import field_reference

# Pages that show all records of a kind; each record has an anchor of its id there.
LIST_PAGES = {
    "condition": "conditions/index.md",
    "organisation": "clusters/index.md",
    "use": "clusters/living-labs.md",
    "source": "about/sources.md",
    "term": "about/glossary.md",
    "conflict": "about/conflicts.md",
    "gap": "about/conflicts.md",
}
PROBLEMS_PAGE = "problems/index.md"
EVIDENCE_PAGE = "about/evidence.md"
CONTRIBUTE_PAGE = "contribute/index.md"


@dataclass(frozen=True)
class Link:
    """A label and where it leads, relative to the page it stands on."""

    label: str
    href: Markup


@dataclass(frozen=True)
class Badge:
    """A tag as readers see it, with its rank among its group."""

    group: str
    id: str
    label: str
    description: str
    rank: int
    of: int


@dataclass(frozen=True)
class SourceLink:
    """A citation as readers see it: the source's short name, the place in it, and the link."""

    label: str
    place: str | None
    href: Markup


@dataclass(frozen=True)
class Statement:
    """A claim as readers see it."""

    text: str
    basis: Badge
    sources: tuple[SourceLink, ...]
    meaning: Markup  # where the marks are explained


@dataclass(frozen=True)
class Edit:
    """Where a fact is kept, and the address of its editor if the repository's address is known."""

    path: str
    line: int
    href: Markup | None


@dataclass(frozen=True)
class Repository:
    """The addresses that the site's links to its own repository are made of; empty where it has none."""

    edit: str = ""

    def editor(self, path: str, line: int) -> Markup | None:
        """The address at which ``path`` is edited."""
        return Markup(f"{self.edit.rstrip('/')}/{path}#L{line}") if self.edit else None  # noqa: S704  (checked paths only)


@cache
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")


class Views:
    """The views of one handbook, for one page."""

    def __init__(self, handbook: Handbook, repository: Repository, page: str) -> None:
        self.book = handbook
        self.repository = repository
        self.page = page

    # -- parts -----------------------------------------------------------------

    def href(self, target: str) -> Markup:
        """A link from this page to ``target``, a path below docs/ with or without an anchor."""
        path, _, anchor = target.partition("#")
        relative = "" if path == self.page and anchor else _relative(path, posixpath.dirname(self.page))
        return Markup(relative + (f"#{anchor}" if anchor else ""))  # noqa: S704  (ids and our own page names only)

    def target(self, kind: str, record_id: str) -> str:
        """The page, and the anchor if need be, that shows a record."""
        folder = KINDS[kind].page_folder
        return f"{folder}/{record_id}.md" if folder else f"{LIST_PAGES[kind]}#{record_id}"

    def link(self, kind: str, record_id: str) -> Link:
        """A link to a record, labelled with its title."""
        return Link(self.book.get(kind, record_id).title, self.href(self.target(kind, record_id)))

    def links(self, kind: str, ids: Iterable[str]) -> list[Link]:
        """Links to several records of a kind."""
        return [self.link(kind, record_id) for record_id in ids]

    def badge(self, group: str, tag: str) -> Badge:
        """A tag with its words and its rank."""
        entry = self.book.vocabulary[group][tag]
        return Badge(group, tag, entry.label, entry.description, self.book.rank(group, tag), len(self.book.vocabulary[group]) - 1)

    def badges(self, group: str, tags: Iterable[str]) -> list[Badge]:
        """Several tags of a group."""
        return [self.badge(group, tag) for tag in tags]

    def source(self, citation: Citation) -> SourceLink:
        """A citation with its link into the page of sources."""
        record = self.book.get("source", citation.source).record
        passage = record.passages.get(citation.passage) if citation.passage else None
        anchor = f"{citation.source}-{citation.passage}" if citation.passage else citation.source
        year = f" {record.published[:4]}" if record.published and not passage else ""
        return SourceLink((record.short or record.publisher) + year, passage.heading if passage else None, self.href(f"{LIST_PAGES['source']}#{anchor}"))

    def claim(self, claim: Claim) -> Statement:
        """A claim with its mark and its sources."""
        return Statement(claim.text, self.badge("basis", claim.basis), tuple(self.source(c) for c in claim.sources), self._meaning)

    @property
    def _meaning(self) -> Markup:
        return self.href(f"{EVIDENCE_PAGE}#marks")

    def claims(self, claims: Iterable[Claim]) -> list[Statement]:
        """Several claims."""
        return [self.claim(claim) for claim in claims]

    def edit(self, item: Item, *, page: str | None = None) -> Edit:
        """Where a record is kept."""
        path, line = (page, 1) if page else (item.place.path, item.place.line)
        return Edit(path, line, self.repository.editor(path, line))

    def needs(self, tags: Iterable[str]) -> list[Link]:
        """Readers' problems, linked to the page of problems."""
        return [Link(self.book.vocabulary["need"][tag].label, self.href(f"{PROBLEMS_PAGE}#{tag}")) for tag in tags]

    def requirements(self, requires: Iterable[Requirement]) -> dict[str, list[Link]]:
        """Conditions by strength."""
        found: dict[str, list[Link]] = {"must": [], "helps": []}
        for item in requires:
            found[item.strength].append(self.link("condition", item.condition))
        return found

    def words(self, terms: Iterable[str]) -> list[dict[str, Any]]:
        """Glossary terms with their other languages."""
        return [self._term(self.book.get("term", term)) for term in terms]

    def _term(self, item: Item) -> dict[str, Any]:
        record = item.record
        words = [
            {"lang": lang, "language": self.book.vocabulary["language"][lang].label, "word": getattr(record.words, lang)}
            for lang in ("da", "nl", "de", "nb", "sv")
            if getattr(record.words, lang)
        ]
        return {
            "id": item.id,
            "link": self.link("term", item.id),
            "term": record.term,
            "definition": self.claim(record.definition),
            "is_not": self.claim(record.is_not) if record.is_not else None,
            "synonyms": record.synonyms,
            "words": words,
        }

    def card(self, item: Item) -> dict[str, Any]:
        """A record in short, for lists."""
        record = item.record
        card: dict[str, Any] = {"id": item.id, "link": self.link(item.kind, item.id), "summary": record.summary, "badges": []}
        if item.kind == "lesson":
            card["badges"] = [self.badge("kind", record.kind), self.badge("breadth", record.breadth)]
        elif item.kind == "tool":
            card["badges"] = [self.badge("level", self.book.level(item.id))]
        return card

    def cards(self, kind: str, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Several records in short."""
        return [self.card(self.book.get(kind, record_id)) for record_id in ids]

    def _back(self, item: Item, name: str, kind: str) -> list[Link]:
        return self.links(kind, item.back.get(name, ()))

    def _evidence(self, evidence: Evidence, sector: str) -> dict[str, Any]:
        uses = [self.book.get("use", use) for use in evidence.uses]
        judges = {item.record.judged_by for item in uses if item.record.outcome != "unknown"}
        if len(uses) == 1:
            href: Markup | None = self.href(self.target("use", uses[0].id))
        else:
            href = self.href(f"{self.target('sector', sector)}#tried") if uses else None
        return {
            "uses": href,
            "count": len(uses),
            "title": uses[0].title if uses else None,
            "judge": self.badge("judge", judges.pop()) if len(judges) == 1 else None,
            "source": self.source(evidence.citation) if evidence.citation else None,
            "text": evidence.text,
        }

    def _state(self, recommendation: str, sector: str) -> dict[str, Any]:
        state = self.book.state(recommendation, sector)
        return {"badge": self.badge("state", state.state), "evidence": [self._evidence(item, sector) for item in state.evidence]}

    # -- one record --------------------------------------------------------------

    def cite(self, source: str, passage: str | None = None) -> dict[str, Any]:
        """The mark of a reported passage."""
        return self._mark("reported", Citation(source=source, passage=passage))

    def inferred(self, source: str, passage: str | None = None) -> dict[str, Any]:
        """The mark of an editors' inference."""
        return self._mark("inferred", Citation(source=source, passage=passage))

    def suggested(self) -> dict[str, Any]:
        """The mark of an editors' suggestion."""
        return self._mark("suggested")

    def _mark(self, basis: str, *citations: Citation) -> dict[str, Any]:
        return {"claim": Statement("", self.badge("basis", basis), tuple(self.source(c) for c in citations), self._meaning)}

    def lesson_facts(self, lesson: str) -> dict[str, Any]:
        """The head of a lesson's page."""
        record = self.book.get("lesson", lesson).record
        return {
            "title": record.title,
            "up": self.href("lessons/index.md"),
            "field": Link(self.book.vocabulary["field"][record.field].label, self.href(f"lessons/index.md#{record.field}")),
            "summary": record.summary,
            "question": record.question,
            "kind": self.badge("kind", record.kind),
            "breadth": self.badge("breadth", record.breadth),
            "outcome": self.badge("outcome-known", record.outcome_known),
            "needs": self.needs(record.needs),
            "with": self.badges("with", record.with_),
            "dependence": self.badge("dependence", record.sector_dependence.level),
            "dependence_why": record.sector_dependence.why,
            "dissent": self.claim(record.dissent) if record.dissent else None,
            "evidence": self._meaning,
        }

    def lesson_links(self, lesson: str) -> dict[str, Any]:
        """The foot of a lesson's page."""
        item = self.book.get("lesson", lesson)
        record = item.record
        before, after = self.book.neighbours[lesson]
        return {
            "requires": self.requirements(record.requires),
            "builds": self.links("condition", record.builds),
            "tools": self.cards("tool", record.tools),
            "recommendations": self._back(item, "recommendations", "recommendation"),
            "sectors": self._back(item, "sectors", "sector"),
            "sources_list": self._sources(record.sources),
            "words": self.words(record.terms),
            "previous": self.link("lesson", before) if before else None,
            "next": self.link("lesson", after) if after else None,
            "reviewed": spelled(record.reviewed.isoformat()) if record.reviewed else None,
            "edit": self.edit(item),
        }

    def _sources(self, citations: Iterable[Citation]) -> list[dict[str, Any]]:
        rows = []
        for citation in citations:
            record = self.book.get("source", citation.source).record
            passage = record.passages.get(citation.passage) if citation.passage else None
            rows.append({"link": self.source(citation), "title": record.title, "publisher": record.publisher, "gist": passage.gist if passage else None})
        return rows

    def tool_facts(self, tool: str) -> dict[str, Any]:
        """The head of a tool's page."""
        record = self.book.get("tool", tool).record
        return {
            "title": record.title,
            "up": self.href("toolbox/index.md"),
            "summary": record.summary,
            "level": self.badge("level", self.book.level(tool)),
            "needs": self.needs(record.needs),
            "with": self.badges("with", record.with_),
            "purpose": self.claim(record.purpose),
            "use_when": self.claims(record.use_when),
            "not_when": self.claims(record.not_when),
            "aka": record.aka,
            "evidence": self._meaning,
        }

    def tool_links(self, tool: str) -> dict[str, Any]:
        """The body and the foot of a tool's page: steps, roles, blocks, sizes, uses, links."""
        item = self.book.get("tool", tool)
        record = item.record
        phases = [
            {
                "phase": self.badge("phase", phase),
                "steps": [
                    {"name": s.name, "role": self.badge("role", s.role), "weeks": s.weeks_before, "do": self.claim(s.do)}
                    for s in record.steps
                    if s.phase == phase
                ],
            }
            for phase in self.book.vocabulary["phase"]
        ]
        sizes = [
            {"size": self.badge("size", size), "effort": effort, **self._mark(effort.basis, *effort.sources)}
            for size, effort in (("try", record.effort.try_), ("pilot", record.effort.pilot), ("full", record.effort.full))
        ]
        return {
            "phases": [phase for phase in phases if phase["steps"]],
            "lead_times": sorted(
                ({"name": s.name, "weeks": s.weeks_before, "basis": self.badge("basis", s.do.basis)} for s in record.steps if s.weeks_before is not None),
                key=lambda row: -row["weeks"],
            ),
            "roles": [{"role": self.badge("role", r.role), "does": self.claim(r.does)} for r in record.roles],
            "blocks": [{"id": b.id, "name": b.name, "core": self.badge("core", b.core), "what": self.claim(b.what)} for b in record.blocks],
            "sizes": sizes,
            "figures": self.claims(record.figures),
            "side_effects": self.claims(record.side_effects),
            "uses": [self._use_row(self.book.get("use", use)) for use in item.back.get("uses", ())],
            "contribute": self.href(CONTRIBUTE_PAGE),
            "requires": self.requirements(record.requires),
            "builds": self.links("condition", record.builds),
            "lessons": self._back(item, "lessons", "lesson"),
            "recommendations": self._back(item, "recommendations", "recommendation"),
            "sectors": self._back(item, "sectors", "sector"),
            "sources_list": self._sources(record.sources),
            "words": self.words(record.terms),
            "reviewed": spelled(record.reviewed.isoformat()) if record.reviewed else None,
            "edit": self.edit(item),
        }

    def _use_row(self, item: Item) -> dict[str, Any]:
        record = item.record
        return {
            "link": self.link("use", item.id),
            "sector": self.link("sector", record.sector),
            "when": spelled(record.when),
            "place": record.place,
            "outcome": self.badge("outcome", record.outcome),
            "judge": self.badge("judge", record.judged_by),
        }

    def sector(self, sector: str) -> dict[str, Any]:
        """A sector guide."""
        item = self.book.get("sector", sector)
        record = item.record
        states = [(r, self.book.state(r.id, sector)) for r in self.book.all("recommendation")]
        order = list(self.book.vocabulary["state"])
        groups = [
            {
                "badge": self.badge("state", state),
                "in_full": state not in {"proposed-generally", "learned-here", "not-considered"},
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
        wanted = {"proposed", "proposed-generally", "tried-unknown", "tried-mixed", "tried-worked"}
        musts: dict[str, list[Link]] = {}
        for recommendation, state in states:
            if state.state in wanted:
                for requirement in recommendation.record.requires:
                    if requirement.strength == "must":
                        musts.setdefault(requirement.condition, []).append(self.link("recommendation", recommendation.id))
        ranked = sorted(musts, key=lambda c: (-len(musts[c]), c))
        return {
            "title": record.title,
            "home": record.home,
            "up": self.href("sectors/index.md"),
            "summary": record.summary,
            "monday": self.claim(record.monday),
            "groups": [group for group in groups if group["rows"]],
            "conditions": [
                {"link": self.link("condition", c), "question": self.book.get("condition", c).record.question, "count": len(musts[c]), "for": musts[c]}
                for c in ranked
            ],
            "roles": [{"role": self.badge("role", r.role), "who": self.claim(r.who)} for r in record.roles],
            "words": [{"energy": w.energy, "here": self.claim(w.here)} for w in record.words],
            "public_side": [
                {"part": self.badge("public-part", p.part), "extent": self.badge("extent", p.how_far), "what": self.claim(p.what)} for p in record.public_side
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
            "reviewed_by": record.reviewed_by,
            "contribute": self.href(CONTRIBUTE_PAGE),
            "edit": self.edit(item),
        }

    def recommendation(self, recommendation: str) -> dict[str, Any]:
        """A recommendation's page."""
        item = self.book.get("recommendation", recommendation)
        record = item.record
        return {
            "title": record.title,
            "up": self.href("transfer/index.md"),
            "summary": record.summary,
            "needs": self.needs(record.needs),
            "with": self.badges("with", record.with_),
            "because": self.claims(record.because),
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
            "states": [{"sector": self.link("sector", s.id), **self._state(item.id, s.id)} for s in self.book.all("sector")],
            "uses": [self._use_row(self.book.get("use", use)) for use in item.back.get("uses", ())],
            "lessons": self.cards("lesson", record.lessons),
            "tools": self.cards("tool", record.tools),
            "reviewed": spelled(record.reviewed.isoformat()) if record.reviewed else None,
            "edit": self.edit(item),
        }

    # -- many records ------------------------------------------------------------

    def home(self) -> dict[str, Any]:
        """The home page."""
        return {
            "sectors": [self.link("sector", s.id) for s in self.book.all("sector") if not s.record.home],
            "needs": self.needs(self.book.vocabulary["need"]),
            "tools": [self.link("tool", t.id) for t in self.book.all("tool")],
            "pages": {
                name: self.href(path)
                for name, path in (
                    ("sectors", "sectors/index.md"), ("problems", PROBLEMS_PAGE), ("toolbox", "toolbox/index.md"),
                    ("evidence", EVIDENCE_PAGE), ("matrix", "matrix/index.md"), ("lessons", "lessons/index.md"),
                    ("transfer", "transfer/index.md"), ("contribute", "contribute/index.md"), ("sources", "about/sources.md"),
                )
            },
            **self.proven(),
        }  # fmt: skip

    def proven(self) -> dict[str, Any]:
        """What has been done where, and what is only proposed."""
        away = [s for s in self.book.all("sector") if not s.record.home]
        uses = self.book.all("use")
        tried = [self._use_row(u) for u in uses if u.record.sector != self.book.home]
        cells = [self.book.state(r.id, s.id).state for r in self.book.all("recommendation") for s in away]
        return {
            "lessons_count": len(self.book.all("lesson")),
            "tools_count": len(self.book.all("tool")),
            "recommendations_count": len(self.book.all("recommendation")),
            "home_uses_count": len(uses) - len(tried),
            "tried": tried,
            "tried_cells": sum(state.startswith("tried") for state in cells),
            "proposed_cells": sum(state.startswith("proposed") for state in cells),
            "cells": len(cells),
        }

    def problems(self) -> dict[str, Any]:
        """What helps with each of the readers' problems."""
        groups = []
        for tag in self.book.vocabulary["need"]:
            groups.append(
                {
                    "need": self.badge("need", tag),
                    "recommendations": [self.link("recommendation", i.id) for i in self.book.all("recommendation") if tag in i.record.needs],
                    "lessons": [self.card(i) for i in self.book.lessons if tag in i.record.needs],
                    "tools": [self.link("tool", i.id) for i in self.book.all("tool") if tag in i.record.needs],
                }
            )
        return {"groups": groups}

    def lessons(self, field: str) -> dict[str, Any]:
        """The lessons of one field."""
        return {"field": self.badge("field", field), "cards": [self.card(i) for i in self.book.lessons if i.record.field == field]}

    def toolbox(self) -> dict[str, Any]:
        """All tools."""
        return {"cards": [self.card(item) for item in self.book.all("tool")]}

    def sectors(self) -> dict[str, Any]:
        """All sectors, with what is on record for each."""
        rows = []
        for item in self.book.all("sector"):
            states = [self.book.state(r.id, item.id).state for r in self.book.all("recommendation")]
            rows.append(
                {
                    **self.card(item),
                    "home": item.record.home,
                    "tried": sum(s.startswith("tried") for s in states),
                    "named": states.count("proposed"),
                    "general": states.count("proposed-generally"),
                }
            )
        return {"cards": rows}

    def conditions(self) -> dict[str, Any]:
        """All conditions by group, with who needs and who builds each."""
        groups = []
        for group in self.book.vocabulary["condition-group"]:
            rows = [
                {
                    "id": i.id,
                    "record": i.record,
                    "because": self.claim(i.record.because),
                    "must": self._back(i, "must_recommendations", "recommendation"),
                    "helps": self._back(i, "helps_recommendations", "recommendation"),
                    "built_by": [*self._back(i, "built_by_tools", "tool"), *self._back(i, "built_by_lessons", "lesson")],
                    "needed_by": [*self._back(i, "must_tools", "tool"), *self._back(i, "must_lessons", "lesson")],
                    "edit": self.edit(i),
                }
                for i in self.book.all("condition")
                if i.record.group == group
            ]
            groups.append({"group": self.badge("condition-group", group), "rows": rows})
        return {"groups": [group for group in groups if group["rows"]]}

    def recommendations(self) -> dict[str, Any]:
        """All recommendations, those that a source proposes first."""
        items = self.book.all("recommendation")
        return {
            "proposed": [self.card(i) for i in items if i.record.proposed],
            "suggested": [self.card(i) for i in items if not i.record.proposed],
        }

    def matrix(self) -> dict[str, Any]:
        """The state of each recommendation in each sector."""
        sectors = self.book.all("sector")
        return {
            "sectors": [self.link("sector", s.id) for s in sectors],
            "rows": [
                {
                    "link": self.link("recommendation", r.id),
                    "cells": [{"sector": s.title, **self._state(r.id, s.id)} for s in sectors],
                }
                for r in self.book.all("recommendation")
            ],
            "states": [self.badge("state", state) for state in self.book.vocabulary["state"]],
        }

    def organisations(self) -> dict[str, Any]:
        """All partners by country."""
        groups = []
        for country in self.book.vocabulary["country"]:
            rows = [self._organisation(i) for i in self.book.all("organisation") if i.record.country == country]
            if rows:
                groups.append({"country": self.badge("country", country), "rows": rows})
        answers = [i.record.cluster_organisation.answer for i in self.book.all("organisation")]
        return {
            "groups": groups,
            "total": len(answers),
            "answers": [{"badge": self.badge("answer", a), "count": answers.count(a)} for a in self.book.vocabulary["answer"]],
        }

    def _organisation(self, item: Item) -> dict[str, Any]:
        record = item.record
        return {
            "id": item.id,
            "name": record.name,
            "english": record.english,
            "city": self.claim(record.city) if record.city else None,
            "kind": self.badge("organisation-kind", record.kind.is_),
            "kind_basis": self.badge("basis", record.kind.basis),
            "kind_sources": [self.source(c) for c in record.kind.sources],
            "answer": self.badge("answer", record.cluster_organisation.answer),
            "reason": self.claim(record.cluster_organisation.reason),
            "focus": self.claim(record.focus) if record.focus else None,
            "role": self.claims(record.role),
            "later": self.claims(record.later),
            "website": Markup(record.website.url) if record.website else None,  # noqa: S704  (the model checks its shape)
            "website_sources": [self.source(c) for c in record.website.sources] if record.website else [],
            "listed": [self.source(c) for c in record.listed],
            "uses": self._back(item, "uses", "use"),
            "edit": self.edit(item),
        }

    def map(self) -> dict[str, Any]:
        """The partners' countries on a map."""
        found: dict[str, list[str]] = {}
        for item in self.book.all("organisation"):
            found.setdefault(item.record.country, []).append(item.record.name)
        drawn: Map = draw(self.book.root / OUTLINES)
        rows = [
            {"country": self.badge("country", c), "short": self.book.vocabulary["country"][c].label.split(" (")[-1].rstrip(")"), "count": len(found[c]), "names": found[c], "shape": drawn.shapes[c], "label": drawn.labels[c]}
            for c in self.book.vocabulary["country"]
            if c in found
        ]
        return {"width": drawn.width, "height": drawn.height, "others": drawn.others, "rows": rows}

    def uses(self) -> dict[str, Any]:
        """Every use on record, the latest first."""
        items = sorted(self.book.all("use"), key=lambda i: (i.record.when, i.id), reverse=True)
        return {"rows": [self._use(item) for item in items]}

    def _use(self, item: Item) -> dict[str, Any]:
        record = item.record
        tool = self.book.get("tool", record.tool).record if record.tool else None
        names = {block.id: block.name for block in tool.blocks} if tool else {}
        return {
            **self._use_row(item),
            "id": item.id,
            "title": record.title,
            "tool": self.link("tool", record.tool) if record.tool else None,
            "recommendations": self.links("recommendation", record.recommendations),
            "country": self.badge("country", record.country) if record.country else None,
            "organisations": self.links("organisation", record.organisations),
            "when_note": self.claim(record.when_note) if record.when_note else None,
            "owner": self.claim(record.owner),
            "challenge": self.claim(record.challenge),
            "who_came": self.claims(record.who_came),
            "blocks": [
                {"what": part, "name": names[change.block], "how": self.claim(change.how)}
                for part in ("kept", "changed", "dropped")
                for change in getattr(record, part)
            ],
            "result": self.claims(record.result),
            "not_known": record.not_known,
            "sources": self._sources(record.sources),
            "edit": self.edit(item),
        }

    def glossary(self) -> dict[str, Any]:
        """All terms in alphabetical order, with where each is used."""
        rows = []
        for item in sorted(self.book.all("term"), key=lambda i: i.record.term.casefold()):
            rows.append(
                {
                    **self._term(item),
                    "tools": [*self.links("tool", item.record.tools)],
                    "used_by": [
                        *self.links("tool", (tool for tool in item.back.get("tools", ()) if tool not in item.record.tools)),
                        *self._back(item, "lessons", "lesson"),
                        *self._back(item, "sectors", "sector"),
                    ],
                    "edit": self.edit(item),
                }
            )
        return {"rows": rows}

    def sources(self) -> dict[str, Any]:
        """All sources by kind, with what rests on each."""
        groups = []
        for kind in self.book.vocabulary["source-kind"]:
            rows = [self._source(item) for item in self.book.all("source") if item.record.kind == kind]
            if rows:
                groups.append({"kind": self.badge("source-kind", kind), "rows": rows})
        return {"groups": groups}

    def _source(self, item: Item) -> dict[str, Any]:
        record = item.record
        return {
            "id": item.id,
            "record": record,
            "url": Markup(record.url) if record.url else None,  # noqa: S704  (the model checks its shape)
            "archived": Markup(record.archived) if record.archived else None,  # noqa: S704
            "language": self.badge("language", record.language),
            "users": [] if record.passages else [self._user(user) for user in self.book.users_of(item.id)],
            "edit": self.edit(item),
        }

    def _user(self, user: tuple[str, str]) -> Link:
        kind, record_id = user
        if kind == "page":
            path = record_id.removeprefix("docs/")
            return Link(path, self.href(path))
        return self.link(kind, record_id)

    def source_map(self) -> dict[str, Any]:
        """Where each passage of a report went."""
        reports = []
        for item in self.book.all("source"):
            if not item.record.passages:
                continue
            rows = [
                {
                    "id": f"{item.id}-{key}",
                    "passage": passage,
                    "section": self.badge("field", passage.section) if passage.section else None,
                    "users": [self._user(u) for u in self.book.passage_users.get((item.id, key), ())],
                }
                for key, passage in item.record.passages.items()
            ]
            reports.append({"title": item.title, "rows": rows})
        return {"reports": reports}

    def appraisal(self, source: str) -> dict[str, Any]:
        """How far to trust a source."""
        record = self.book.get("source", source).record
        rows = [
            {"question": name, "concern": self.badge("concern", part.concern), "reason": part.reason}
            for name, part in (
                ("gathering", record.appraisal.gathering),
                ("coherence", record.appraisal.coherence),
                ("adequacy", record.appraisal.adequacy),
                ("relevance", record.appraisal.relevance),
            )
        ]
        return {"rows": rows, "title": record.title, "edit": self.edit(self.book.get("source", source))}

    def conflicts(self) -> dict[str, Any]:
        """What sources disagree on."""
        rows = [
            {
                "id": i.id,
                "title": i.title,
                "versions": [{"says": v.says, "sources": [self.source(c) for c in v.sources]} for v in i.record.versions],
                "reading": self.claim(i.record.reading),
                "edit": self.edit(i),
            }
            for i in self.book.all("conflict")
        ]
        return {"rows": rows}

    def gaps(self) -> dict[str, Any]:
        """What was looked for and not found."""
        return {"rows": [{"id": i.id, "title": i.title, "record": i.record, "edit": self.edit(i)} for i in self.book.all("gap")]}

    def evidence(self) -> dict[str, Any]:
        """What the badges mean."""
        groups = ("basis", "kind", "breadth", "outcome-known", "dependence", "state", "level", "concern")
        return {group.replace("-", "_"): [self.badge(group, tag) for tag in self.book.vocabulary[group]] for group in groups}

    def vocabulary(self) -> dict[str, Any]:
        """All allowed tags."""
        groups = [{"id": g, "tags": [self.badge(g, t) for t in tags]} for g, tags in self.book.vocabulary.items()]
        return {"groups": groups, "edit": Edit("data/vocabulary.yaml", 1, self.repository.editor("data/vocabulary.yaml", 1))}

    def fields(self) -> dict[str, Any]:
        """The fields of every kind of record."""
        return {"kinds": field_reference(self.book.vocabulary)}

    def example(self, name: str) -> dict[str, Any]:
        """A complete file to copy."""
        return {"name": name}


def spelled(when: str) -> str:
    """A year, month or day as people write it: ``2018-11-07`` as ``7 November 2018``."""
    year, *rest = when.split("-")
    names = [calendar.month_name[int(rest[0])]] if rest else []
    days = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*days, *names, year])


def view(name: str) -> Callable[..., dict[str, Any]]:
    """The view of a call. Raises ``AttributeError`` if there is none."""
    found: Callable[..., dict[str, Any]] = getattr(Views, name)
    return found
