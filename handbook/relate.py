"""Make the handbook: every record with its reverse links, states and levels.

What people write and what is computed are told apart at a glance: a record's
own fields are in ``item.record``; everything else on an item is computed here.
Templates never compute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from handbook.base import Base, Cited
from handbook.model import KINDS, Citation, Entry
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
    """One thing that a state rests on: a use, or a place in a source."""

    use: str | None = None
    citation: Citation | None = None
    text: str | None = None


@dataclass(frozen=True)
class State:
    """How a recommendation stands in a sector, and on what evidence."""

    state: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Handbook:
    """All records of a base without problems, related to each other."""

    items: dict[str, dict[str, Item]]
    vocabulary: dict[str, dict[str, Entry]]
    citations: tuple[Cited, ...]
    root: Path

    def all(self, kind: str) -> tuple[Item, ...]:
        """Every record of a kind, in the order of the files."""
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

    def state(self, recommendation: str, sector: str) -> State:
        """The state of a recommendation in a sector.

        What was done there comes first, the best-known outcome winning; then
        what the editors rule out; then what a source proposes, by name before
        in general. The home sector has nothing proposed to it in general.
        """
        record = self.get("recommendation", recommendation).record
        uses = [item for item in self.all("use") if recommendation in item.record.recommendations and item.record.sector == sector]
        if uses:
            outcome = _together({item.record.outcome for item in uses})
            return State(outcome, tuple(Evidence(use=item.id) for item in uses))
        for item in record.does_not_apply:
            if item.sector == sector:
                return State("does-not-apply", (Evidence(text=item.why.text),))
        for named in (sector, None):
            found = tuple(Evidence(citation=c) for p in record.proposed if p.sector == named for c in p.sources)
            if found and (named or sector != self.home):
                return State("proposed" if named else "proposed-generally", found)
        return State("not-considered")

    def level(self, tool: str) -> str:
        """How far a tool has travelled, from the uses on record."""
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

    def users_of(self, source: str) -> tuple[tuple[str, str], ...]:
        """Everything that cites a source, whatever the passage."""
        found: dict[tuple[str, str], None] = {}
        for (cited, _), users in self.passage_users.items():
            if cited == source:
                found.update(dict.fromkeys(users))
        return tuple(found)


def _together(outcomes: set[str]) -> str:
    """One state for several outcomes: agreement as it is, known over unknown, otherwise mixed."""
    known = outcomes - {"unknown"}
    if not known:
        return "tried-unknown"
    if known == {"declined"}:
        return "declined"
    known -= {"declined"}
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


def relate(base: Base) -> Handbook:
    """Relate all records of ``base``, which must be without problems."""
    back: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for source, name, target in _LINKS:
        for record_id, record in base.records[source].items():
            for other in getattr(record, name):
                _add(back[target, other][f"{source}s"], record_id)
    for use_id, use in base.records["use"].items():
        if use.tool:
            _add(back["tool", use.tool]["uses"], use_id)
        _add(back["sector", use.sector]["uses"], use_id)
    for kind in ("lesson", "tool", "recommendation"):
        for record_id, record in base.records[kind].items():
            for item in record.requires:
                _add(back["condition", item.condition][f"{item.strength}_{kind}s"], record_id)
            for condition in getattr(record, "builds", ()):
                _add(back["condition", condition][f"built_by_{kind}s"], record_id)
    items = {
        kind: {
            record_id: Item(kind, record_id, record, _place(base, kind, record_id), _frozen(back.get((kind, record_id), {})))
            for record_id, record in base.records[kind].items()
        }
        for kind in KINDS
    }
    return Handbook(items, base.vocabulary, tuple(base.citations), base.files.root)


def _place(base: Base, kind: str, record_id: str) -> Place:
    return base.raw(kind, record_id).place


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _frozen(names: dict[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in names.items()}
