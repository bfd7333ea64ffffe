"""Make the handbook: every record with its reverse links, states and levels.

What people write and what is computed are told apart at a glance: a record's
own fields are in ``item.record``; everything else on an item is computed here.
Templates never compute.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from handbook import finder
from handbook.base import Base, Cited
from handbook.calls import MADE_OF, MARKS, OF_RECORD
from handbook.finder import Entry as Found
from handbook.load import DOCS
from handbook.model import ALL_KINDS, KINDS, Citation, Entry
from handbook.problem import Place


@dataclass(frozen=True)
class Item:
    """A record, its id, where it is kept, and what links to it."""

    kind: str
    id: str
    record: Any
    place: Place
    back: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What readers call it."""
        for name in ("title", "term", "name"):
            if name in type(self.record).model_fields:
                return str(getattr(self.record, name))
        return self.id


@dataclass(frozen=True)
class Evidence:
    """What a state rests on: uses, a place in a source, or a reason."""

    uses: tuple[str, ...] = ()
    citation: Citation | None = None
    text: str | None = None


@dataclass(frozen=True)
class State:
    """How a recommendation stands in a sector, and on what evidence."""

    state: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Musts:
    """The recommendations in a sector that cannot do without a condition.

    ``named`` were tried there or are proposed for it by name, ``general`` are
    proposed for any sector.
    """

    named: tuple[str, ...] = ()
    general: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Both."""
        return (*self.named, *self.general)


@dataclass(frozen=True)
class Head:
    """What a page is called and what it is about."""

    title: str
    description: str


@dataclass(frozen=True)
class Handbook:
    """All records of a base without problems, related to each other."""

    items: dict[str, dict[str, Item]]
    vocabulary: dict[str, dict[str, Entry]]
    citations: tuple[Cited, ...]
    root: Path
    heads: Mapping[str, Head] = field(default_factory=dict)
    """By the page's path below docs/."""
    repeats: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By the page's path below docs/: which of its calls, counted from 0, are marks that say once more what the mark before them says."""
    kept: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    """By the page's path below docs/: the data file that a page is made of, and the line if it shows one record of that."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What people wrote on each page, by the same path."""
    day: dt.date | None = None
    """The day on which it is made, for what is late; without one nothing is."""

    def all(self, kind: str) -> tuple[Item, ...]:
        """Every record of a kind, in the order of the files; uses with the latest first."""
        return tuple(self.items[kind].values())

    def get(self, kind: str, record_id: str) -> Item:
        """One record. Raises ``KeyError`` if there is none."""
        return self.items[kind][record_id]

    def rank(self, group: str, tag: str) -> int:
        """The place of a tag in its group; the first has rank 0."""
        return list(self.vocabulary[group]).index(tag)

    @cached_property
    def home(self) -> str:
        """The id of the sector that the lessons come from."""
        return next(item.id for item in self.all("sector") if item.record.home)

    @cached_property
    def lessons(self) -> tuple[Item, ...]:
        """All lessons, by field and then the most widely reported first."""
        return tuple(
            sorted(
                self.all("lesson"),
                key=lambda i: (self.rank("field", i.record.field), -self.rank("breadth", i.record.breadth), i.id),
            )
        )

    @cached_property
    def neighbours(self) -> dict[str, tuple[str | None, str | None]]:
        """The lesson before and the lesson after each lesson in its field."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for _, group in groupby(self.lessons, lambda item: item.record.field):
            ids = [item.id for item in group]
            found.update(zip(ids, zip((None, *ids[:-1]), (*ids[1:], None), strict=True), strict=True))
        return found

    @cached_property
    def entries(self) -> tuple[Found, ...]:
        """Everything that the finder can find."""
        return finder.entries(self)

    def state(self, recommendation: str, sector: str) -> State:
        """The state of a recommendation in a sector, with everything that it rests on.

        What was done there comes first, a known outcome before an unknown one;
        then what the editors rule out; then what a source proposes, by name
        before in general. In the home sector nothing needs proposing: the
        lessons behind every recommendation were learned there.
        """
        record = self.get("recommendation", recommendation).record
        proposals = {
            named: tuple(Evidence(citation=c) for p in record.proposed if p.sector == named for c in p.sources) for named in (sector, None)
        }
        uses = [item for item in self.all("use") if recommendation in item.record.recommendations and item.record.sector == sector]
        if uses:
            outcome = _together({item.record.outcome for item in uses})
            return State(outcome, (Evidence(uses=tuple(item.id for item in uses)), *proposals[sector]))
        for item in record.does_not_apply:
            if item.sector == sector:
                return State("does-not-apply", (Evidence(text=item.why.text),))
        if proposals[sector]:
            return State("proposed", proposals[sector])
        if sector == self.home:
            return State("learned-here")
        if proposals[None]:
            return State("proposed-generally", proposals[None])
        return State("not-considered")

    @cached_property
    def musts(self) -> dict[str, dict[str, Musts]]:
        """By sector, the conditions without which a recommendation that is proposed for it, or was tried in it, makes no sense.

        Those that something proposed by name or tried needs come first, then
        those that more recommendations need.
        """
        found: dict[str, dict[str, Musts]] = {}
        for sector in self.all("sector"):
            named: dict[str, list[str]] = defaultdict(list)
            general: dict[str, list[str]] = defaultdict(list)
            for recommendation in self.all("recommendation"):
                state = self.state(recommendation.id, sector.id).state
                if state.startswith(("proposed", "tried")):
                    for requirement in recommendation.record.requires:
                        if requirement.strength == "must":
                            (general if state == "proposed-generally" else named)[requirement.condition].append(recommendation.id)
            needed = {c: Musts(tuple(named[c]), tuple(general[c])) for c in sorted(named.keys() | general.keys())}
            found[sector.id] = dict(sorted(needed.items(), key=lambda pair: (not pair[1].named, -len(pair[1].all))))
        return found

    def level(self, tool: str) -> str:
        """How far a tool has travelled, from the uses on record; whatever came of them, unless they were declined."""
        sectors = [item.record.sector for item in self.all("use") if item.record.tool == tool and item.record.outcome != "declined"]
        away = {sector for sector in sectors if sector != self.home}
        if len(away) > 1:
            return "used-in-several"
        if away:
            return "used-in-another-sector"
        if len(sectors) > 1:
            return "used-again"
        return "reported-once" if sectors else "not-on-record"

    @cached_property
    def passage_users(self) -> dict[tuple[str, str | None], tuple[tuple[str, str], ...]]:
        """Who cites each source and passage: kind and id, each once, in order."""
        users: dict[tuple[str, str | None], dict[tuple[str, str], None]] = defaultdict(dict)
        for cited in self.citations:
            users[cited.source, cited.passage][cited.kind, cited.id] = None
        return {key: tuple(value) for key, value in users.items()}

    @cached_property
    def passage_sectors(self) -> dict[tuple[str, str | None], tuple[str, ...]]:
        """The sectors for which each passage of a source proposes something by name."""
        found: dict[tuple[str, str | None], dict[str, None]] = defaultdict(dict)
        for item in self.all("recommendation"):
            for proposal in item.record.proposed:
                if proposal.sector:
                    for citation in proposal.sources:
                        found[citation.source, citation.passage][proposal.sector] = None
        return {key: tuple(value) for key, value in found.items()}

    def users_of(self, source: str) -> tuple[tuple[str, str], ...]:
        """Everything that cites a source, whatever the passage."""
        found: dict[tuple[str, str], None] = {}
        for (cited, _), users in self.passage_users.items():
            if cited == source:
                found.update(dict.fromkeys(users))
        return tuple(found)


def _together(outcomes: set[str]) -> str:
    """One state for several outcomes: done over declined, known over unknown, agreement as it is, otherwise mixed."""
    done = outcomes - {"declined"}
    if not done:
        return "declined"
    known = done - {"unknown"}
    if not known:
        return "tried-unknown"
    return f"tried-{known.pop()}" if len(known) == 1 else "tried-mixed"


# Which field of which kind leads to which kind, and the name of the way back.
_LINKS: tuple[tuple[str, str, str], ...] = (
    ("lesson", "tools", "tool"),
    ("lesson", "terms", "term"),
    ("tool", "terms", "term"),
    ("recommendation", "lessons", "lesson"),
    ("recommendation", "tools", "tool"),
    ("sector", "first_lessons", "lesson"),
    ("sector", "first_tools", "tool"),
    ("sector", "terms", "term"),
    ("use", "recommendations", "recommendation"),
    ("use", "organisations", "organisation"),
)


def relate(base: Base, day: dt.date | None = None) -> Handbook:
    """Relate all records of ``base``, which must be without problems, as they are on a ``day``."""
    records = {**base.records, "use": _latest_first(base.records["use"])}
    back: dict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))  # no id twice
    for source, name, target in _LINKS:
        for record_id, record in records[source].items():
            for other in getattr(record, name):
                back[target, other][f"{source}s"][record_id] = None
    for kind, record_id, name, other in _single(records):
        back[kind, record_id][name][other] = None
    for kind in ("lesson", "tool", "recommendation"):
        for record_id, record in records[kind].items():
            for item in record.requires:
                back["condition", item.condition][f"{item.strength}_{kind}s"][record_id] = None
            for condition in getattr(record, "builds", ()):
                back["condition", condition][f"built_by_{kind}s"][record_id] = None
    items = {
        kind: {
            record_id: Item(kind, record_id, record, _place(base, kind, record_id), _frozen(back.get((kind, record_id), {})))
            for record_id, record in records[kind].items()
        }
        for kind in ALL_KINDS
    }
    texts = {path.removeprefix(f"{DOCS}/"): page.body for path, page in base.files.pages.items()}
    by_page = dict(_heads(base)), dict(_repeats(base)), dict(_kept(base)), texts
    return Handbook(items, base.vocabulary, tuple(base.citations), base.files.root, *by_page, day)


def _single(records: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """The ways back from fields that name one record: its kind and id, the name of the way back, and the id of who names it."""
    for contributor_id, contributor in records["contributor"].items():
        for given in contributor.contributions:
            for kind in ("lesson", "tool", "use"):
                if record_id := getattr(given, kind):
                    yield kind, record_id, "contributors", contributor_id
    for use_id, use in records["use"].items():
        if use.tool:
            yield "tool", use.tool, "uses", use_id
        yield "sector", use.sector, "uses", use_id


def _latest_first(uses: Mapping[str, Any]) -> dict[str, Any]:
    """Uses in the one order in which every page lists them."""
    return dict(sorted(uses.items(), key=lambda pair: (pair[1].when, pair[0]), reverse=True))


def _repeats(base: Base) -> Iterator[tuple[str, frozenset[int]]]:
    """The calls of every page that are marks like the mark right before them, under the same heading."""
    for path, calls in base.calls.items():
        headings = [heading.start for heading in base.headings[path]]
        marks = [(nth, call) for nth, call in enumerate(calls) if call.name in MARKS]
        found = frozenset(
            nth
            for (_, before), (nth, call) in pairwise(marks)
            if (call.name, call.arguments) == (before.name, before.arguments) and not any(before.end <= start < call.start for start in headings)
        )
        if found:
            yield path.removeprefix(f"{DOCS}/"), found


def _heads(base: Base) -> Iterator[tuple[str, Head]]:
    """The head of every page; a record's summary is its page's description."""
    for path, page in base.files.pages.items():
        if page.front is not None:
            about = page.front.get("description") or page.front.get("summary", "")
            yield path.removeprefix(f"{DOCS}/"), Head(str(page.front["title"]), str(about))


def _kept(base: Base) -> Iterator[tuple[str, tuple[str, int | None]]]:
    """The data file, and the line if there is one, of every page that shows a record or all records of one."""
    for path, calls in base.calls.items():
        for call in calls:
            kind = KINDS.get(MADE_OF.get(call.name, ""))
            if kind and kind.file:
                line = _place(base, kind.name, call.arguments[0]).line if call.name in OF_RECORD else None
                yield path.removeprefix(f"{DOCS}/"), (kind.file, line)
                break


def _place(base: Base, kind: str, record_id: str) -> Place:
    return base.raw(kind, record_id).place


def _frozen(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in names.items()}
