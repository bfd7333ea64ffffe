"""What readers will see differently between two versions of the handbook."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from handbook.base import Base, owner_of, parts
from handbook.calls import CALL, MARKS, find
from handbook.load import DOCS, OWN_ASSETS, Page, kind_of_page
from handbook.model import KINDS, OWN_KINDS, Citation, Claim, Part, Ref, Requirement, Tag
from handbook.relate import Evidence, Handbook, Item
from handbook.renames import Renames
from handbook.renames import mark as mark_of

BASES = {"cite": "reported", "inferred": "inferred", "suggested": "suggested"}
"""What each mark in the text says that a passage rests on."""

PAGES_OF_HELP = {"fault": "contribute/when-a-check-fails.md", "checklist": "contribute/editors.md"}
"""The pages that are made of what the handbook says about its own making."""

LONG = 160
"""Characters of a value beyond which only is said that it changed."""

UNTRIED = ("not-considered", "learned-here", "proposed-generally")
"""States that a new recommendation or sector has everywhere, and that are no news."""


@dataclass(frozen=True)
class Version:
    """A handbook with the files that it is made of."""

    base: Base
    book: Handbook

    def body(self, path: str) -> str:
        """The text of a page, or nothing if there is no such page."""
        page = self.base.files.pages.get(path)
        return page.body if page else ""


@dataclass(frozen=True)
class FieldChange:
    """What changed in a field: its value, or entries of a list; nothing of it if it was only reworded at length."""

    name: str
    before: str | None = None
    after: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changed:
    """A record that changed: its fields, and the headings under which its text did."""

    item: Item
    fields: tuple[FieldChange, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True)
class KindChanges:
    """What happened to the records of one kind."""

    kind: str
    new: tuple[Item, ...]
    changed: tuple[Changed, ...]
    renamed: tuple[tuple[str, Item], ...]
    removed: tuple[Item, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix with another state."""

    recommendation: Item
    sector: Item
    before: str | None
    after: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A tool that has travelled further, or less far, than was said."""

    tool: Item
    before: str
    after: str
    rises: bool


@dataclass(frozen=True)
class Resting:
    """A claim that rests on something else than before."""

    item: Item
    text: str
    before: str
    after: str
    lost: tuple[str, ...]
    bare: bool


@dataclass(frozen=True)
class Changes:
    """Everything that readers will see differently."""

    kinds: tuple[KindChanges, ...] = ()
    cells: tuple[Cell, ...] = ()
    levels: tuple[Level, ...] = ()
    claims: tuple[Resting, ...] = ()
    new_pages: tuple[str, ...] = ()
    changed_pages: tuple[str, ...] = ()
    removed_pages: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    tags: tuple[FieldChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any(vars(self).values())


def changes(before: Version, after: Version) -> Changes:
    """What readers see in ``after`` and did not in ``before``, and the other way round."""
    new, changed, removed = _pages(before, after)
    names = Renames(before.book, after.book)
    return Changes(
        tuple(kind for kind in (_kind(name, before, after, names) for name in KINDS) if kind.new or kind.changed or kind.renamed or kind.removed),
        tuple(_cells(before.book, after.book, names)),
        tuple(_levels(before.book, after.book, names)),
        tuple(_claims(before, after, names)),
        new,
        changed,
        removed,
        tuple(_pictures(before.base, after.base)),
        tuple(_tags(before.book, after.book)),
    )


# -- records ---------------------------------------------------------------------


def _kind(kind: str, before: Version, after: Version, names: Renames) -> KindChanges:
    old, new = before.book.items[kind], after.book.items[kind]
    renamed = {alias: new[key] for key, alias in names.former[kind].items()}
    pairs = [(old[names.was(kind, key)], item) for key, item in new.items() if names.was(kind, key) in old]
    return KindChanges(
        kind,
        tuple(item for key, item in new.items() if names.was(kind, key) not in old),
        tuple(found for found in (_changed(was, item, before, after, names) for was, item in pairs) if found.fields or found.headings),
        tuple(renamed.items()),
        tuple(item for key, item in old.items() if key not in new and key not in renamed),
    )


def _changed(was: Item, item: Item, before: Version, after: Version, names: Renames) -> Changed:
    fields = tuple(_fields(was.record, item.record, before.book, after.book, names))
    own_text = KINDS[item.kind].folder == f"{DOCS}/{KINDS[item.kind].page_folder}"
    headings = tuple(_headings(names.text(before.body(was.place.path)), after.body(item.place.path))) if own_text else ()
    return Changed(item, fields, headings)


def _fields(was: Part, record: Part, old: Handbook, new: Handbook, names: Renames) -> Iterator[FieldChange]:
    in_new_names = names.part(was)
    for name, info in type(record).model_fields.items():
        one, other = getattr(was, name), getattr(record, name)
        if getattr(in_new_names, name) == other or info.exclude or name == "aliases":
            continue
        mark = mark_of(info.annotation, info.metadata)
        written = info.alias or name
        if isinstance(one, tuple) and isinstance(other, tuple):
            yield _list_change(written, [_said(value, mark, old) for value in one], [_said(value, mark, new) for value in other])
        elif isinstance(one, dict) and isinstance(other, dict):
            yield _list_change(written, list(one), list(other))
        else:
            shown = _said(one, mark, old) if one is not None else "", _said(other, mark, new) if other is not None else ""
            both = shown[0] is not None and shown[1] is not None and max(map(len, filter(None, shown)), default=0) <= LONG
            yield FieldChange(written, shown[0], shown[1]) if both else FieldChange(written)


def _list_change(name: str, one: list[str | None], other: list[str | None]) -> FieldChange:
    old, new = [text for text in one if text], [text for text in other if text]
    added = tuple(dict.fromkeys(text for text in new if text not in old))
    removed = tuple(dict.fromkeys(text for text in old if text not in new))
    if any(len(text) > LONG for text in (*added, *removed)):
        return FieldChange(name)
    return FieldChange(name, added=added, removed=removed)


def _said(value: Any, mark: Tag | Ref | None, book: Handbook) -> str | None:
    """A value as readers see it, or None if it cannot be said in a line."""
    if isinstance(value, Part):
        return _part_said(value, book)
    if isinstance(mark, Tag):
        return book.vocabulary[mark.group][value].label
    if isinstance(mark, Ref):
        return book.get(mark.kind, value).title
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _part_said(part: Part, book: Handbook) -> str | None:
    if isinstance(part, Requirement):
        strength = book.vocabulary["strength"][part.strength].label
        return f"{book.get('condition', part.condition).title} ({strength})"
    if isinstance(part, Citation):
        return _place(part, book)
    return next((str(getattr(part, name)) for name in ("text", "name", "says", "energy") if hasattr(part, name)), None)


def _place(citation: Citation, book: Handbook, called: str | None = None) -> str:
    """A citation as its mark and the place, if the source is ``called`` otherwise in this version."""
    source = book.get("source", called or citation.source).record
    passage = source.passages.get(citation.passage) if citation.passage else None
    return f"{source.mark}, under “{passage.heading}”" if passage else str(source.mark)


# -- text ------------------------------------------------------------------------

_SECTION = re.compile(r"^## *", re.MULTILINE)
_PIECE = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t])")


def _headings(one: str, other: str) -> Iterator[str]:
    """The headings under which the text differs."""
    old, new = dict(_sections(one)), dict(_sections(other))
    yield from (heading for heading in {**old, **new} if old.get(heading) != new.get(heading))


def _sections(body: str) -> Iterator[tuple[str, str]]:
    """Each heading of a text with what stands below it; the text above the first has none."""
    for section in _SECTION.split(body):
        heading, _, text = section.partition("\n")
        yield heading.strip(), text.strip()


def _marked(body: str) -> Iterator[tuple[str, str, _Rest]]:
    """Each paragraph and list item with marks: its heading, its text without them, and what it rests on."""
    for heading, text in _sections(body):
        for piece in _PIECE.split(text):
            marks = [call for call in find(piece) if call.name in MARKS]
            if marks:
                citations = tuple(citation for call in marks if (citation := _cited(call.arguments)))
                yield heading, CALL.sub("", piece).strip(), (BASES[marks[0].name], citations)


def _cited(arguments: tuple[str, ...]) -> Citation | None:
    return Citation(source=arguments[0], passage=arguments[1] if len(arguments) > 1 else None) if arguments else None


# -- claims ----------------------------------------------------------------------

_Rest = tuple[str, tuple[Citation, ...]]
_Rests = Mapping[tuple[Any, ...], tuple[str, _Rest]]

LIKE = 0.6
"""From which likeness on, word by word, two paragraphs are the same one reworded. That of :mod:`difflib`, with its usual threshold."""

FEW = 30
"""Paragraphs under a heading beyond which none is compared with all others."""


def _claims(before: Version, after: Version, names: Renames) -> Iterator[Resting]:
    """Claims that are there as before, word for word, alike or in the same place, and lost a source or rest on something else."""
    for kind in KINDS:
        for key, item in after.book.items[kind].items():
            was = before.book.items[kind].get(names.was(kind, key))
            if was is None:
                continue
            old = dict(_rests(names.part(was.record), names.text(_own_body(was, before))))
            for text, one, other in _pairs(old, dict(_rests(item.record, _own_body(item, after)))):
                lost = tuple(_place(citation, before.book, names.was("source", citation.source)) for citation in one[1] if citation not in other[1])
                if lost or one[0] != other[0]:
                    basis = after.book.vocabulary["basis"]
                    yield Resting(item, text, basis[one[0]].label, basis[other[0]].label, lost, not other[1])


def _own_body(item: Item, version: Version) -> str:
    """The text of a record's own page, or nothing if it has none."""
    page = version.base.files.pages.get(item.place.path)
    return page.body if page is not None and owner_of(page) == (item.kind, item.id) else ""


def _rests(record: Part, body: str) -> Iterator[tuple[tuple[Any, ...], tuple[str, _Rest]]]:
    """By where it stands: each claim of a record and its page, and what it rests on."""
    for loc, claim in parts(record, (Claim,)):
        yield ("field", *loc), (claim.text, (claim.basis, claim.sources))
    below: Counter[str] = Counter()
    for heading, text, rest in _marked(body):
        below[heading] += 1
        yield ("text", heading, below[heading]), (text, rest)


def _pairs(one: _Rests, other: _Rests) -> Iterator[tuple[str, _Rest, _Rest]]:
    """The same claim before and after: of the same words, or else alike, or else in the same place if its words are gone."""
    old, new = dict(one), dict(other)
    by_text: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for loc, (text, _) in one.items():
        by_text[text].append(loc)
    for loc, (text, rest) in other.items():
        if by_text.get(text):
            yield text, old.pop(by_text[text].pop(0))[1], rest
            del new[loc]
    for loc, (text, rest) in list(new.items()):
        alike = _most_alike(loc, text, old)
        if alike:
            yield text, old.pop(alike)[1], rest
            del new[loc]
    yield from ((text, old[loc][1], rest) for loc, (text, rest) in new.items() if loc in old)


def _most_alike(loc: tuple[Any, ...], text: str, old: _Rests) -> tuple[Any, ...] | None:
    """Where the paragraph stood under the same heading that this one words anew."""
    under = [place for place in old if place[0] == loc[0] == "text" and place[1] == loc[1]]
    words = text.split()
    likeness = {place: SequenceMatcher(None, old[place][0].split(), words).ratio() for place in under[:FEW]}
    best = max(likeness, key=lambda place: likeness[place], default=None)
    return best if best and likeness[best] >= LIKE else None


# -- what is computed ------------------------------------------------------------


def _cells(before: Handbook, after: Handbook, names: Renames) -> Iterator[Cell]:
    for recommendation in after.all("recommendation"):
        for sector in after.all("sector"):
            state = after.state(recommendation.id, sector.id)
            old = names.was("recommendation", recommendation.id), names.was("sector", sector.id)
            known = old[0] in before.items["recommendation"] and old[1] in before.items["sector"]
            was = before.state(*old).state if known else None
            if was == state.state or (was is None and state.state in UNTRIED):
                continue
            labels = after.vocabulary["state"]
            evidence = tuple(words for found in state.evidence for words in _evidence(found, after))
            yield Cell(recommendation, sector, before.vocabulary["state"][was].label if was else None, labels[state.state].label, evidence)


def _evidence(evidence: Evidence, book: Handbook) -> Iterator[str]:
    for use in evidence.uses:
        item = book.get("use", use)
        yield f"{item.title} ({book.vocabulary['outcome'][item.record.outcome].label})"
    if evidence.citation:
        yield _place(evidence.citation, book)
    if evidence.text:
        yield evidence.text


def _levels(before: Handbook, after: Handbook, names: Renames) -> Iterator[Level]:
    for tool in after.all("tool"):
        old = names.was("tool", tool.id)
        if old in before.items["tool"] and (was := before.level(old)) != (now := after.level(tool.id)):
            labels = after.vocabulary["level"]
            rises = after.rank("level", now) > after.rank("level", was)
            yield Level(tool, labels[was].label if was in labels else was, labels[now].label, rises)


def _tags(before: Handbook, after: Handbook) -> Iterator[FieldChange]:
    """Tags by their group: labels that came, went or changed, and tags of which the meaning changed."""
    for group, tags in after.vocabulary.items():
        old = before.vocabulary.get(group, {})
        if tags != old:
            labels, were = [tag.label for tag in tags.values()], [tag.label for tag in old.values()]
            yield _list_change(group, list(were), list(labels))
    for group, tags in before.vocabulary.items():
        if group not in after.vocabulary:
            yield FieldChange(group, removed=tuple(tag.label for tag in tags.values()))


# -- pages and pictures ----------------------------------------------------------


def _pages(before: Version, after: Version) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The pages that are no record's own text, new, changed and removed, as paths below docs/."""
    old, new = _plain_pages(before), _plain_pages(after)
    of_help = [page for kind, page in PAGES_OF_HELP.items() if _records(before, kind) != _records(after, kind)]
    changed = [path for path in new if path in old and old[path] != new[path]]
    return (
        tuple(path for path in new if path not in old and not _shows_a_record(path)),
        tuple(dict.fromkeys([*changed, *(page for page in of_help if page in new)])),
        tuple(path for path in old if path not in new and not _shows_a_record(path)),
    )


def _shows_a_record(path: str) -> bool:
    return kind_of_page(f"{DOCS}/{path}") is not None


def _records(version: Version, kind: str) -> dict[str, Any]:
    return version.base.records[OWN_KINDS[kind].name]


def _plain_pages(version: Version) -> dict[str, tuple[Any, str]]:
    """Front matter and text of each page that is no record's file, by its path below docs/."""
    found: dict[str, tuple[Any, str]] = {}
    for path, page in version.base.files.pages.items():
        if not _is_a_record(page):
            found[path.removeprefix(f"{DOCS}/")] = (dict(page.front or {}), page.body)
    return found


def _is_a_record(page: Page) -> bool:
    kind = kind_of_page(page.path)
    return kind is not None and kind.folder is not None


def _pictures(before: Base, after: Base) -> Iterator[str]:
    old, new = _hashes(before), _hashes(after)
    yield from sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def _hashes(base: Base) -> dict[str, str]:
    own = tuple(f"{folder}/" for folder in OWN_ASSETS)
    return {path: hashlib.sha256(Path(base.files.root, path).read_bytes()).hexdigest() for path in base.files.assets if not path.startswith(own)}
