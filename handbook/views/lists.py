"""Views of many records, for the pages that list them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from markupsafe import Markup

from handbook.geography import Map, draw
from handbook.load import DOCS, OUTLINES
from handbook.machinery import dress
from handbook.model import KINDS
from handbook.problem import RULES
from handbook.reference import field_reference
from handbook.relate import Item
from handbook.views.parts import EVIDENCE_PAGE, PASSAGES_PAGE, PROBLEMS_PAGE, Edit, Link, Parts, host, spelled


class ListViews(Parts):
    """What the pages that list records show."""

    def home(self) -> dict[str, Any]:
        """The home page."""
        return {
            "sectors": [self.link("sector", s.id) for s in self.book.all("sector") if not s.record.home],
            "needs": self.needs(self.book.vocabulary["need"]),
            "tools": [self.link("tool", t.id) for t in self.book.all("tool")],
            "pages": {
                name: self.href(path)
                for name, path in (
                    ("find", "find/index.md"), ("fit", "fit-check/index.md"), ("compare", "compare/index.md"), ("plan", "plan/index.md"),
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
        at_home = Counter(u.record.tool for u in uses if u.record.sector == self.book.home and u.record.tool)
        cells = [self.book.state(r.id, s.id).state for r in self.book.all("recommendation") for s in away]
        return {
            "lessons_count": len(self.book.all("lesson")),
            "tools_count": len(self.book.all("tool")),
            "recommendations_count": len(self.book.all("recommendation")),
            "at_home": [{"tool": self.link("tool", tool), "count": count} for tool, count in at_home.most_common()],
            "tried": tried,
            "tried_cells": sum(state.startswith("tried") for state in cells),
            "proposed_cells": sum(any(p.sector in {None, s.id} for p in r.record.proposed) for r in self.book.all("recommendation") for s in away),
            "cells": len(cells),
        }

    def problems(self) -> dict[str, Any]:
        """What helps with each of the readers' problems."""
        groups = [
            {
                "need": self.badge("need", tag),
                "recommendations": [self.link("recommendation", i.id) for i in self.book.all("recommendation") if tag in i.record.needs],
                "lessons": [self.card(i) for i in sorted(self.book.lessons, key=lambda i: _at(tag, i)) if tag in i.record.needs],
                "tools": [self.link("tool", i.id) for i in self.book.all("tool") if tag in i.record.needs],
            }
            for tag in self.book.vocabulary["need"]
        ]
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
                    "named": sum(any(p.sector == item.id for p in r.record.proposed) for r in self.book.all("recommendation")),
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
                    "helped_by": [*self._back(i, "helps_tools", "tool"), *self._back(i, "helps_lessons", "lesson")],
                    "sectors": self._needing(i.id),
                    "any_sector": len({r for musts in self.book.musts.values() if i.id in musts for r in musts[i.id].general}),
                    "edit": self.edit(i),
                }
                for i in self.book.all("condition")
                if i.record.group == group
            ]
            groups.append({"group": self.badge("condition-group", group), "rows": rows})
        return {"groups": [group for group in groups if group["rows"]]}

    def _needing(self, condition: str) -> list[dict[str, Any]]:
        """The sectors that need a condition for what was tried there or is proposed for them by name, and for how much."""
        counts = {s: len(musts[condition].named) for s, musts in self.book.musts.items() if condition in musts}
        return [
            {"link": Link(self.book.get("sector", s).title, self.href(f"{self.target('sector', s)}#conditions")), "count": count}
            for s, count in counts.items()
            if count
        ]

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
            "sectors": [{"id": Markup(s.id), "link": self.link("sector", s.id)} for s in sectors],  # noqa: S704  (an id)
            "rows": [
                {
                    "link": self.link("recommendation", r.id),
                    "cells": [{"sector": s.title, "tried": self.tried(r, s), **self._state(r.id, s.id)} for s in sectors],
                }
                for r in self.book.all("recommendation")
            ],
            "states": [self.badge("state", state) for state in reversed(self.book.vocabulary["state"])],
        }

    def plan(self) -> dict[str, Any]:
        """The form of a plan: what to choose from, and the lead times of every tool."""
        return {
            "sectors": [self.link("sector", s.id) for s in self.book.all("sector") if not s.record.home],
            "pages": {
                name: self.href(path)
                for name, path in (
                    ("toolbox", "toolbox/index.md"), ("transfer", "transfer/index.md"), ("problems", PROBLEMS_PAGE),
                    ("conditions", "conditions/index.md"), ("unknown", "about/conflicts.md"),
                )
            },
            "tools": [
                {
                    "id": item.id,
                    "link": self.link("tool", item.id),
                    "steps": [
                        {"name": s.name, "role": self.badge("role", s.role), "phase": self.badge("phase", s.phase), "weeks": s.weeks_before}
                        for s in item.record.steps
                    ],
                }
                for item in self.book.all("tool")
            ],
        }  # fmt: skip

    def organisations(self) -> dict[str, Any]:
        """All partners by country."""
        groups = []
        for country in sorted(self.book.vocabulary["country"], key=lambda c: self.book.vocabulary["country"][c].label):
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
            "host": host(record.website.url) if record.website else None,
            "website": Markup(record.website.url) if record.website else None,  # noqa: S704  (the model checks its shape)
            "website_sources": [self.source(c) for c in record.website.sources] if record.website else [],
            "listed": [self.source(c) for c in record.listed],
            "uses": self._back(item, "uses", "use"),
            "edit": self.edit(item),
        }

    def map(self) -> dict[str, Any]:
        """The number of partners in each country, on a map."""
        found: dict[str, list[str]] = {}
        for item in self.book.all("organisation"):
            found.setdefault(item.record.country, []).append(item.record.name)
        drawn: Map = draw(self.book.root / OUTLINES)
        rows = [
            {
                "country": self.badge("country", c),
                "short": self.book.vocabulary["country"][c].label.split(" (")[-1].rstrip(")"),
                "count": len(found[c]),
                "names": found[c],
                "label": drawn.labels[c],
            }
            for c in self.book.vocabulary["country"]
            if c in found
        ]
        return {"width": drawn.width, "height": drawn.height, "land": drawn.land, "rows": rows}

    def uses(self) -> dict[str, Any]:
        """Every use on record, the latest first."""
        return {"rows": [self._use(item) for item in self.book.all("use")]}

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
            "owner": self.claim(record.owner) if record.owner else None,
            "challenge": self.claim(record.challenge) if record.challenge else None,
            "done": self.claims(record.done),
            "changes": self.claims(record.changes),
            "effort": self.claims(record.effort),
            "who_came": self.claims(record.who_came),
            "blocks": [
                {"what": part, "name": names[change.block], "how": self.claim(change.how)}
                for part in ("kept", "changed", "dropped")
                for change in getattr(record, part)
            ],
            "result": self.claims(record.result),
            "not_known": record.not_known,
            "open": self.badges("open-question", record.open),
            "credits": self.credits(item),
            "sources": self._sources(record.sources),
            "edit": self.edit(item),
        }

    def glossary(self) -> dict[str, Any]:
        """All terms in alphabetical order, with where each is used."""
        rows = [
            {
                **self._term(item),
                "tools": self.links("tool", item.record.tools),
                "used_by": [
                    *self.links("tool", (tool for tool in item.back.get("tools", ()) if tool not in item.record.tools)),
                    *self._back(item, "lessons", "lesson"),
                    *self._back(item, "sectors", "sector"),
                ],
                "edit": self.edit(item),
            }
            for item in sorted(self.book.all("term"), key=lambda i: i.record.term.casefold())
        ]
        return {"rows": rows}

    def _term(self, item: Item) -> dict[str, Any]:
        record = item.record
        words = [
            {"lang": lang, "language": self.book.vocabulary["language"][lang].label, "word": getattr(record.words, lang)}
            for lang in ("da", "nl", "de", "nb", "sv")
            if getattr(record.words, lang)
        ]
        return {
            "id": item.id,
            "term": record.term,
            "definition": self.claim(record.definition),
            "is_not": self.claim(record.is_not) if record.is_not else None,
            "synonyms": record.synonyms,
            "words": words,
        }

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
            "published": spelled(record.published) if record.published else None,
            "accessed": spelled(record.accessed) if record.accessed else None,
            "host": host(record.url) if record.url else None,
            "url": Markup(record.url) if record.url else None,  # noqa: S704  (the model checks its shape)
            "archived": Markup(record.archived) if record.archived else None,  # noqa: S704
            "language": self.badge("language", record.language),
            "users": [] if record.passages else self._users(self.book.users_of(item.id)),
            "passages": len(record.passages),
            "passages_page": self.href(PASSAGES_PAGE),
            "edit": self.edit(item),
        }

    def _users(self, users: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        """What cites something, by kind."""
        groups: dict[str, list[Link]] = {kind: [] for kind in (*KINDS, "page")}
        for kind, record_id in users:
            groups[kind].append(self._page_link(record_id) if kind == "page" else self.link(kind, record_id))
        return [{"kind": kind, "links": links} for kind, links in groups.items() if links]

    def _page_link(self, path: str) -> Link:
        page = path.removeprefix(f"{DOCS}/")
        return Link(self.book.heads[page].title, self.href(page))

    def source_map(self) -> dict[str, Any]:
        """Where each passage of a report went, by the report's fields."""
        reports = []
        for item in self.book.all("source"):
            if not item.record.passages:
                continue
            sections: dict[str | None, list[dict[str, Any]]] = {}
            for key, passage in item.record.passages.items():
                sections.setdefault(passage.section, []).append(
                    {
                        "id": f"{item.id}-{key}",
                        "passage": passage,
                        "groups": self._users(self.book.passage_users.get((item.id, key), ())),
                        "proposed_for": self.links("sector", self.book.passage_sectors.get((item.id, key), ())),
                    }
                )
            groups = [
                {"id": section or "other", "section": self.badge("field", section) if section else None, "rows": rows}
                for section, rows in sections.items()
            ]
            reports.append({"id": item.id, "link": self.link("source", item.id), "groups": groups})
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

    def faults(self) -> dict[str, Any]:
        """Every rule of the check with an example, by what it concerns."""
        groups = []
        for item in self.book.all("fault"):
            rows = [
                {
                    "id": rule,
                    "words": [_pieces(sentence) for sentence in RULES[rule].in_general],
                    "example": shown,
                    "help": self.href(_help_for(shown.help)) if shown.help else None,
                }
                for rule, shown in item.record.rules.items()
            ]
            groups.append({"id": item.id, "title": item.title, "about": item.record.about, "rows": rows})
        return {"groups": groups}

    def checklist(self) -> dict[str, Any]:
        """What editors look at before a change is published."""
        return {"parts": [item.record for item in self.book.all("checklist")]}

    def promises(self, topic: str) -> dict[str, Any]:
        """What is promised on a topic, each promise with the tests that prove it."""
        rows = [
            {"record": item.record, "count": len(item.record.tests), "files": list(self._by_file(item.record.tests))}
            for item in self.book.all("promise")
            if item.record.topic == topic
        ]
        return {"rows": rows}

    def _by_file(self, tests: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Tests, of which each has the sentence that it proves as its name, by the file that they are kept in."""
        for path, found in groupby(sorted(tests), lambda test: test.partition("::")[0]):
            names = [test.partition("::test_")[2].replace("_", " ") for test in found]
            yield {"names": names, "path": path, "href": self.repository.editor(path, None)}

    def evaluation(self) -> dict[str, Any]:
        """What the last full look at the accessibility of the site found."""
        last = [
            {
                "record": item.record,
                "day": spelled(item.record.day.isoformat()),
                "changed": item.record.dress != dress(self.book.root),
                "edit": self.edit(item),
            }
            for item in self.book.all("evaluation")
        ]
        return {"last": last[-1] if last else None}

    def example(self, name: str) -> dict[str, Any]:
        """A complete file to copy."""
        return {"name": name}


_TYPED = re.compile(r"(\{\{.*?\}\}|\[[^\]]*\]\([^)]*\)|&\w+;|\\#)")


def _pieces(sentence: str) -> list[dict[str, Any]]:
    """A sentence in pieces, each words or what is typed just so."""
    return [{"text": text, "typed": nth % 2 == 1} for nth, text in enumerate(_TYPED.split(sentence)) if text]


def _help_for(name: str) -> str:
    """The page of tags, that of fields, or its part on one kind of record."""
    if name == "tags":
        return "contribute/vocabulary.md"
    return "contribute/fields.md" if name == "fields" else f"contribute/fields.md#kind-{name}"


def _at(tag: str, item: Item) -> int:
    """How early a record names one of its tags: what it helps with most stands first."""
    tags = item.record.needs
    return tags.index(tag) if tag in tags else len(tags)
