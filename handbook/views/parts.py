"""The pieces that views are made of: links, badges, claims, cards."""

from __future__ import annotations

import calendar
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from handbook.forms.choices import together
from handbook.freshness import due, is_overdue
from handbook.model import ALL_KINDS, Citation, Claim, Requirement
from handbook.relate import Evidence, Handbook, Item
from handbook.text import escape

# Pages that show all records of a kind; each record has an anchor of its id there.
LIST_PAGES = {
    "condition": "conditions/index.md",
    "organisation": "clusters/index.md",
    "use": "clusters/living-labs.md",
    "source": "about/sources.md",
    "term": "about/glossary.md",
    "conflict": "about/conflicts.md",
    "gap": "about/conflicts.md",
    "contributor": "about/thanks.md",
    "form": "contribute/index.md",
}
PROBLEMS_PAGE = "problems/index.md"
EVIDENCE_PAGE = "about/evidence.md"
PASSAGES_PAGE = "about/source-map.md"
"""Has an anchor for each passage of each source, so marks with a passage lead there."""
FIT_PAGE = "fit-check/index.md"
CONTRIBUTE_PAGE = "contribute/index.md"
OUTCOME_KNOWN = "yes"
"""Cards say only where an outcome is not, or not wholly, known."""


@dataclass(frozen=True)
class Link:
    """A label and where it leads, relative to the page it stands on."""

    label: str
    href: Markup

    def __html__(self) -> str:
        """The link in Markdown. Long lists are joined out of these, many times quicker than by a template."""
        return f"[{escape(self.label)}]({self.href})"


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
    again: bool = False  # whether the statement right before it, in the same list, rests on the same


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

    def editor(self, path: str, line: int | None) -> Markup | None:
        """The address at which ``path`` is edited, at ``line`` if one is given."""
        anchor = f"#L{line}" if line else ""
        return Markup(f"{self.edit.rstrip('/')}/{path}{anchor}") if self.edit else None  # noqa: S704  (checked paths only)

    def form(self, form: str, **answers: str) -> Markup | None:
        """The address of one of the host's forms, with some answers filled in by the ids of their questions.

        Only of a host whose editor's address is like GitHub's. What is filled
        in is the text of a line: a menu cannot be filled in from an address.
        """
        return self._at("issues/new", {"template": f"{form}.yml", **answers})

    def new_file(self, folder: str, name: str, text: str) -> Markup | None:
        """The address at which a new file is written in the browser, with a name and a text to begin with."""
        found = _EDITOR.fullmatch(self.edit)
        return self._at(f"new/{found['branch']}/{folder}", {"filename": name, "value": text}) if found else None

    def _at(self, path: str, fields: Mapping[str, str]) -> Markup | None:
        found = _EDITOR.fullmatch(self.edit)
        filled = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
        return Markup(f"{found['home']}/{path}?{filled}") if found else None  # noqa: S704  (everything in it is quoted)


_EDITOR = re.compile(r"(?P<home>https?://[^/]+/[^/]+/[^/]+)/edit/(?P<branch>[^/]+)/?")
"""The address below which GitHub's editor opens files: server, owner, repository, branch."""


@cache
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")


class Parts:
    """The pieces that views are made of, with links from one page."""

    def __init__(self, handbook: Handbook, repository: Repository, page: str) -> None:
        self.book = handbook
        self.repository = repository
        self.page = page
        self.folder = posixpath.dirname(page)

    def href(self, target: str) -> Markup:
        """A link from this page to ``target``, a path below docs/ with or without an anchor."""
        path, _, anchor = target.partition("#")
        relative = "" if path == self.page and anchor else _relative(path, self.folder)
        return Markup(f"{relative}#{anchor}" if anchor else relative)  # noqa: S704  (ids and our own page names only)

    def target(self, kind: str, record_id: str) -> str:
        """The page, and the anchor if need be, that shows a record."""
        folder = ALL_KINDS[kind].page_folder
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
        """A citation with its link to the passage, or else to the source."""
        record = self.book.get("source", citation.source).record
        passage = record.passages.get(citation.passage) if citation.passage else None
        target = f"{PASSAGES_PAGE}#{citation.source}-{citation.passage}" if citation.passage else self.target("source", citation.source)
        return SourceLink(record.mark, passage.heading if passage else None, self.href(target))

    def claim(self, claim: Claim) -> Statement:
        """A claim with its mark and its sources."""
        return Statement(claim.text, self.badge("basis", claim.basis), tuple(self.source(c) for c in claim.sources), self._meaning)

    @property
    def _meaning(self) -> Markup:
        return self.href(f"{EVIDENCE_PAGE}#marks")

    def claims(self, claims: Iterable[Claim]) -> list[Statement]:
        """Several claims in a row; what rests on the same as the one before it says so."""
        made = [self.claim(claim) for claim in claims]
        rests = [(claim.basis, claim.sources) for claim in made]
        return [replace(claim, again=nth > 0 and rests[nth] == rests[nth - 1]) for nth, claim in enumerate(made)]

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

    def credits(self, item: Item) -> list[Any]:
        """Those who contributed a record and agreed to be named."""
        return [self.book.get("contributor", contributor).record for contributor in item.back.get("contributors", ())]

    def words(self, terms: Iterable[str]) -> list[dict[str, Any]]:
        """Glossary terms in short: the glossary says the rest, and where each meaning comes from."""
        return [{"link": self.link("term", term), "short": first_sentence(self.book.get("term", term).record.definition.text)} for term in terms]

    def card(self, item: Item) -> dict[str, Any]:
        """A record in short, for lists."""
        record = item.record
        card: dict[str, Any] = {"id": item.id, "link": self.link(item.kind, item.id), "summary": record.summary, "badges": [], "outcomes": []}
        if item.kind == "lesson":
            card["badges"] = [self.badge("kind", record.kind), self.badge("breadth", record.breadth)]
            if record.outcome_known != OUTCOME_KNOWN:
                card["badges"].append(self.badge("outcome-known", record.outcome_known))
        elif item.kind == "tool":
            card["badges"] = [self.badge("level", self.book.level(item.id))]
            card["outcomes"] = self._outcomes(self.book.get("use", use) for use in item.back.get("uses", ()))
        return card

    def _outcomes(self, uses: Iterable[Item]) -> list[dict[str, Any]]:
        """How often each outcome came of some uses."""
        counts = Counter(item.record.outcome for item in uses)
        ranked = sorted(counts.items(), key=lambda pair: self.book.rank("outcome", pair[0]))
        return [{"outcome": self.badge("outcome", outcome), "count": count} for outcome, count in ranked]

    def cards(self, kind: str, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Several records in short."""
        return [self.card(self.book.get(kind, record_id)) for record_id in ids]

    def _back(self, item: Item, name: str, kind: str) -> list[Link]:
        return self.links(kind, item.back.get(name, ()))

    def _evidence(self, evidence: Evidence, sector: str) -> dict[str, Any]:
        uses = [self.book.get("use", use) for use in evidence.uses]
        judges = dict.fromkeys(item.record.judged_by for item in uses if item.record.outcome != "unknown")
        if len(uses) == 1:
            href: Markup | None = self.href(self.target("use", uses[0].id))
        else:
            href = self.href(f"{self.target('sector', sector)}#tried") if uses else None
        return {
            "uses": href,
            "count": len(uses),
            "title": uses[0].title if uses else None,
            "sector": self.book.get("sector", sector).title,
            "outcomes": self._outcomes(uses),
            "judges": self.badges("judge", judges),
            "source": self.source(evidence.citation) if evidence.citation else None,
            "text": evidence.text,
        }

    def tried(self, recommendation: Item, sector: Item) -> Markup:
        """Where a reader says to have tried it in a sector: the form with both filled in, or else the page that says how."""
        form = self.repository.form("use", about=together((recommendation.title, sector.title)))
        return form or self.href(self.target("form", "use"))

    def answering(self) -> Markup:
        """Where a reader answers what is open on this page: the form of a correction with the page filled in, or else the page that says how."""
        return self.repository.form("correction", page=self.page.removesuffix(".md")) or self.href(CONTRIBUTE_PAGE)

    def _state(self, recommendation: str, sector: str) -> dict[str, Any]:
        state = self.book.state(recommendation, sector)
        return {"badge": self.badge("state", state.state), "evidence": [self._evidence(item, sector) for item in state.evidence]}

    def checked(self, item: Item) -> dict[str, str | None]:
        """When somebody last checked a record, and the month in which it is due again."""
        day = due(self.book, item)
        reviewed = item.record.reviewed
        return {
            "reviewed": spelled(reviewed.isoformat()) if reviewed else None,
            "due_again": spelled(day.isoformat()[:7]) if day else None,
        }

    def _late(self, item: Item) -> dict[str, str] | None:
        """When a record was last checked and when it was due for another check, if that day has passed."""
        day = due(self.book, item)
        if day is None or not is_overdue(self.book, item):
            return None
        return {"reviewed": spelled(item.record.reviewed.isoformat()), "due": spelled(day.isoformat()[:7])}

    def _mark(self, basis: str, *citations: Citation) -> dict[str, Any]:
        return {"claim": Statement("", self.badge("basis", basis), tuple(self.source(c) for c in citations), self._meaning)}

    def _sources(self, citations: Iterable[Citation]) -> list[dict[str, Any]]:
        rows = []
        for citation in citations:
            record = self.book.get("source", citation.source).record
            passage = record.passages.get(citation.passage) if citation.passage else None
            rows.append(
                {"link": self.source(citation), "title": record.title, "publisher": record.publisher, "gist": passage.gist if passage else None}
            )
        return rows

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


_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[“\"(]?[A-Z])")


def first_sentence(text: str) -> str:
    """A text up to the first full stop, question or exclamation mark that a capital letter follows."""
    return _END_OF_SENTENCE.split(text.strip(), 1)[0]


def spelled(when: str) -> str:
    """A year, month or day as people write it: ``2018-11-07`` as ``7 November 2018``."""
    year, *rest = when.split("-")
    names = [calendar.month_name[int(rest[0])]] if rest else []
    days = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*days, *names, year])


def host(address: str) -> str:
    """The name of the computer that a web address leads to, as people say it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
